"""``kb status``: what is in the graph, and its digest."""

from __future__ import annotations

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import say


def status(
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Print what the graph holds, and its digest.

    Two graphs of the same content have the same digest, on either engine. The digest of the study leaves out
    which files it came from: it is the same after a way through another tool that lost nothing.
    """
    import json

    from kb.cli.output import print_rows
    from kb.schema import NODE_TYPES
    from kb.store.digest import counts, digest
    from kb.store.study_digest import study_digest

    with store(db) as graph:
        found, fingerprint, name = counts(graph), digest(graph), graph.name
        study = study_digest(graph)
    if format_ is Format.json:
        said = {"store": name, "digest": fingerprint, "study": study, "counts": found}
        typer.echo(json.dumps(said, indent=1))
        return
    rows = [
        {"what": what, "kind": "node" if what in NODE_TYPES else "edge", "count": count}
        for what, count in found.items()
        if count
    ]
    say(name)
    print_rows(("what", "kind", "count"), rows, format_)
    # Under a table; CSV on stdout holds its rows and nothing else.
    aside = format_ in (Format.csv, Format.excel)
    typer.echo(f"digest {fingerprint}", err=aside)
    typer.echo(f"study  {study}", err=aside)
