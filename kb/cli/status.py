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

    Two graphs of the same content have the same digest, on either engine.
    """
    import json

    from kb.cli.output import print_rows
    from kb.errors import StoreDamaged
    from kb.schema import NODE_TYPES
    from kb.store.digest import counts, digest
    from kb.store.restore import broken_off

    with store(db) as graph:
        if broken_off(graph):
            raise StoreDamaged(
                "A restore of this graph was broken off and left a part of it; run "
                "`kb restore --replace` again."
            )
        found, fingerprint, name = counts(graph), digest(graph), graph.name
    if format_ is Format.json:
        typer.echo(json.dumps({"store": name, "digest": fingerprint, "counts": found}, indent=1))
        return
    rows = [
        {"what": what, "kind": "node" if what in NODE_TYPES else "edge", "count": count}
        for what, count in found.items()
        if count
    ]
    say(name)
    print_rows(("what", "kind", "count"), rows, format_)
    # Under a table; CSV on stdout holds its rows and nothing else.
    typer.echo(f"digest {fingerprint}", err=format_ in (Format.csv, Format.excel))
