"""``kb check``: what codebook and rules could not decide."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say

if TYPE_CHECKING:
    from kb.codebook.check import Problem
    from kb.store.bolt import Store


def check(
    codebook: Annotated[
        Path | None,
        typer.Option(help="Judge by this codebook, over the shipped one, instead of the kept one."),
    ] = None,
    graph: Annotated[
        bool, typer.Option("--graph", help="Compare the graph with what it keeps of its sources, instead.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="List names that may be left in what is said, instead.")
    ] = False,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --names: the list of names, to see whether one is left."),
    ] = None,
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
    if names or pseudonyms:
        _check_names(pseudonyms, db, format_)
        return
    with store(db) as study:
        found, labels = problems(study, codebook)
    columns = ("kind", "code", "count", "others", "message")
    print_rows(columns, [asdict(problem) for problem in found], format_, title="Undecided")
    say(f"{labels} labels, {len(found)} undecided.")
    if found:
        raise typer.Exit(1)


def problems(study: Store, codebook: Path | None = None) -> tuple[tuple[Problem, ...], int]:
    """What codebook and rules could not decide, and how many labels there are.

    Args:
        study: The graph.
        codebook: Judge by this one, over the shipped one; None for the kept one.
    """
    from kb.ask.study import labels_used
    from kb.codebook import check as run
    from kb.codebook import shipped_codebook
    from kb.ingest.reader import read_codebook
    from kb.ingest.stored import read_stored, stored_codebook

    used = labels_used(study)
    book = read_codebook(codebook) if codebook else stored_codebook(read_stored(study))
    found = run(used, book or shipped_codebook())
    if book is None:
        # That the shipped codebook does not know the codes of another study is no news.
        found = tuple(problem for problem in found if problem.kind != "unknown")
    return found, len(used)


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


def _check_names(pseudonyms: Path | None, db: Path | None, format_: Format) -> None:
    """Print names that may be left; ends with 1 if one of the list is."""
    from kb.ask.leftovers import likely, of_the_list
    from kb.ingest.reader import read_names
    from kb.text.words import plural

    listed = read_names(pseudonyms) if pseudonyms else None
    with store(db, timeout=0) as graph:
        left = of_the_list(graph, listed) if listed else []
        found = [*left, *likely(graph, listed)]
    columns = ("name", "why", "times", "where", "interviews")
    meaning = {
        "why": "of the list: it should have been replaced; part of a word: a compound, a genitive or another "
        "word; capitalised: within a sentence or after a title, and never written small",
        "times": "how often; of the list: in how many texts",
    }
    print_rows(
        columns, [each._asdict() for each in found], format_, title="Names that may be left", headers=meaning
    )
    if listed:
        certain = sum(each.why == "of the list" for each in left)
        say(f"{plural(certain, 'name')} of the list left." if certain else "No name of the list is left.")
        if certain:
            say("Load their sources again with --pseudonyms; labels of codes are yours to rename.")
            raise typer.Exit(1)
    else:
        say("Name the list with --pseudonyms FILE to see whether one of its names is left.")
