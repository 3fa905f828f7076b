"""``kb status``: what is in the graph, and its digest."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Db, Format, store
from kb.cli.output import say


def status(
    db: Db = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.table,
) -> None:
    """Print where the graph is, what it holds, and a digest of its content.

    Two graphs of the same content have the same digest, on either engine.
    """
    import json

    from kb.cli.output import print_rows
    from kb.schema import NODE_TYPES
    from kb.store.digest import counts, digest

    with store(db) as graph:
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
    typer.echo(f"digest {fingerprint}")
