"""``kb dump`` and ``kb restore``: a whole graph into one file, and out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Db, settings, store
from kb.cli.output import say


def dump(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as study.kb.gz.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    db: Db = None,
) -> None:
    """Write the whole graph into one file, with the labels, properties, nodes and edges that you added.

    `kb restore` makes the same graph from it, on either engine.
    """
    from kb.errors import UsageError
    from kb.store.dump import dump as run
    from kb.store.dump import own_indexes

    if file.exists() and not force:
        raise UsageError(f"{file} is there already; --force replaces it.")
    with store(db, timeout=0) as graph:
        counts = run(graph, file)
        own = own_indexes(graph)
    if own:
        say(f"note: not in the file, to be made again after a restore: your indexes on {', '.join(own)}.")
    say(f"{file}: {counts.nodes} nodes, {counts.edges} edges, digest {counts.digest}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `kb dump` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete all that is in the graph before.")
    ] = False,
    most: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="Nodes and edges that the file may hold, 5 million unless said; 0 for no bound.",
            show_default=False,
        ),
    ] = None,
    db: Db = None,
) -> None:
    """Make the graph what a file of `kb dump` says; without --replace it must be empty.

    A file that is cut off or no dump changes nothing. The embedded engine's graph is replaced in one step;
    a Neo4j server's is emptied and written in several.
    """
    from kb.cli.names import remember
    from kb.store.dump import MOST, checked
    from kb.store.restore import replace_embedded
    from kb.store.restore import restore as run

    most = MOST if most is None else most
    checked(file, most)  # before an empty database is made
    found = settings(db)
    if replace and found.embedded and (found.db / "databases").is_dir():
        counts = replace_embedded(found.db, file, most=most)
        with store(db, timeout=0) as graph:
            remember(graph, found)
    else:
        with store(db, create=True, timeout=0, damaged=replace) as graph:
            counts = run(graph, file, replace=replace, most=most)
            remember(graph, found)
    say(f"Restored {counts.nodes} nodes, {counts.edges} edges, digest {counts.digest}.")
