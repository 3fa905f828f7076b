"""``kb review``: candidate relations one by one, a key a decision."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.names import completer
from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say
from kb.cli.suggest import DEFAULT_FILE, Language, read_in_time

if TYPE_CHECKING:
    from kb.review.review import Review
    from kb.store.bolt import Store


class By(StrEnum):
    """In which order candidates come."""

    worth = "worth"
    interview = "interview"


def review(
    interview: Annotated[
        str | None, typer.Option(help="Only this interview.", autocompletion=completer("interview"))
    ] = None,
    by: Annotated[By, typer.Option(help="What is likely to hold first, or as the interviews go.")] = By.worth,
    limit: Annotated[int | None, typer.Option(help="At most so many in this session.", min=1)] = None,
    causes: Annotated[bool, typer.Option("--causes", help="Only causes.")] = False,
    fixes: Annotated[bool, typer.Option("--fixes", help="Only fixes.")] = False,
    stated: Annotated[
        bool,
        typer.Option("--stated", help="Only where words state the link, not where codes stand together."),
    ] = False,
    learn: Annotated[
        bool, typer.Option(help="Order by what your earlier decisions teach, where there are enough.")
    ] = True,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who reads, where several do; each decides on all.")
    ] = None,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="How far two reviewers agree, instead of reviewing.")
    ] = False,
    also: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="FILE", help="With --agreement: another reviewer's relations file."),
    ] = None,
    proposals: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The queue of proposals, if not beside the file.")
    ] = None,
    language: Language = "en",
    into: Annotated[
        Path, typer.Option("--into", "-o", help="The relations file that decisions go to.")
    ] = DEFAULT_FILE,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Judge suggested and proposed relations one by one, each with its passage; a key a decision.

    A decision is in the relations file at once; the graph follows when the review is left. It can be
    left at any time, and goes on where it was.
    """
    from kb.errors import UsageError

    if agreement:
        _agreement([into, *(also or ())], format_)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "kb review asks for a key at a terminal, and there is none here; "
            "`kb suggest` lists candidates, and `kb relate` decides on one."
        )
    from kb.review.over_graph import KINDS_SUGGESTED, open_review

    wanted = [kind for kind, only in zip(KINDS_SUGGESTED, (causes, fixes), strict=True) if only]
    read_in_time(into)
    with store(db) as graph:
        _follow(graph, into, quiet=True)
        found = open_review(
            graph,
            into,
            reviewer=(reviewer or "").strip() or None,
            kinds=wanted or KINDS_SUGGESTED,
            interview=interview,
            by=by.value,
            most=limit,
            stated=stated,
            learn=learn,
            language=language,
            proposals=proposals,
            tell=say,
        )
        _ask(found)
        _follow(graph, into, quiet=False)


def _ask(found: Review) -> None:
    """Let the reader decide, and say how far it has come."""
    from kb.review.terminal.ask import Asker
    from kb.review.terminal.loop import run, wants_colour
    from kb.review.terminal.page import progress_line

    if found.current is not None:
        run(found, Asker(colours=wants_colour()), typer.echo)
    progress = found.leave()
    if not progress.total:
        say("There is nothing to review: no passage suggests a relation, and none was proposed.")
    else:
        say(f"{progress_line(progress)}; {progress.left} undecided.")


def _follow(graph: Store, into: Path, *, quiet: bool) -> None:
    """Bring the graph in step with the relations file."""
    from kb.errors import KbError
    from kb.review.over_graph import follow

    try:
        report = follow(graph, into)
    except KbError as error:
        say(f"The decisions are in {into}, but not in the graph: {error}")
        return
    if report is None:
        return
    for item in report.not_placed:
        say(f"{item.level}: {item.message}")
    loaded = sum(source.relations for source in report.sources if source.status == "loaded")
    if not quiet and loaded:
        say(f"{into}: in the graph.")


def _agreement(files: list[Path], format_: Format) -> None:
    """Print how far reviewers agree."""
    import json

    from kb.review.agreement import reviewers_agreement

    found = reviewers_agreement(files)
    if format_ is Format.json:
        typer.echo(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return
    rows = [each.row() for each in found.pairs]
    columns = ("reviewers", "compared", "kappa", "observed", "expected", "candidates", "differ")
    print_rows(columns, rows, format_, title="Agreement between reviewers" if rows else "")
    for pair in found.pairs:
        if pair.reason:
            say(f"{' × '.join(pair.reviewers)}: no kappa, since {pair.reason}.")
    if format_ is Format.table and (differ := [row for pair in found.pairs for row in pair.differing()]):
        typer.echo("")
        print_rows(("interview", "relation", "first", "second"), differ, format_, title="Where they differ")
