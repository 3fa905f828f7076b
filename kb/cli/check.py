"""``kb check``: what codebook and rules could not decide."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say


def check(
    codebook: Annotated[
        Path | None,
        typer.Option(help="Judge by this codebook, over the shipped one, instead of the kept one."),
    ] = None,
    graph: Annotated[
        bool, typer.Option("--graph", help="Compare the graph with what it keeps of its sources, instead.")
    ] = False,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """List what codebook and rules could not decide.

    That is: fixes without an issue, near-duplicate labels, unknown codes and codes used once. Nothing
    is ever merged by itself: write what you decide into your codebook. Ends with 1 if something is
    undecided.
    """
    if graph:
        _check_graph(db, format_)
        return
    from kb.ask.study import labels_used
    from kb.codebook import check as run
    from kb.codebook import shipped_codebook
    from kb.ingest.reader import read_codebook
    from kb.ingest.stored import read_stored, stored_codebook

    with store(db) as study:
        kept = stored_codebook(read_stored(study))
        used = labels_used(study)
    book = read_codebook(codebook) if codebook else kept
    problems = run(used, book or shipped_codebook())
    if book is None:
        # That the shipped codebook does not know the codes of another study is no news.
        problems = tuple(problem for problem in problems if problem.kind != "unknown")
    columns = ("kind", "code", "count", "others", "message")
    print_rows(columns, [asdict(problem) for problem in problems], format_, title="Undecided")
    say(f"{len(used)} labels, {len(problems)} undecided.")
    if problems:
        raise typer.Exit(1)


def _check_graph(db: Path | None, format_: Format) -> None:
    """Print what differs; ends with 1 if anything does."""
    from kb.ingest.rebuild import differences

    with store(db, timeout=0, damaged=True) as graph:
        found = differences(graph)
    rows = [{"what": what, "missing": missing, "too many": more} for what, (missing, more) in found.items()]
    print_rows(("what", "missing", "too many"), rows, format_, title="Not as the sources say")
    if rows:
        say("The graph is not what its sources make; `kb load --rebuild` makes it anew from them.")
        raise typer.Exit(1)
    say("The graph is what its sources make.")
