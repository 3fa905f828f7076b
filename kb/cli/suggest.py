"""``kb suggest``: candidate relations with their words, for a reader to judge."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.names import completer
from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.suggest import Suggestion

DEFAULT_FILE = Path("relations.yaml")


_SMALL_BYTES = 2**16  # YAML takes 25 s a megabyte at worst


class Kind(StrEnum):
    """What is suggested."""

    causes = "causes"
    fixes = "fixes"


KindArgument = Annotated[Kind, typer.Argument(help="Relations of which kind.", show_default=False)]
Language = Annotated[str, typer.Option(help="Language of the interviews; en is shipped.")]
CueFiles = Annotated[
    list[Path] | None, typer.Option("--cues", help="Cue words of your own, on top; may be repeated.")
]
Stages = Annotated[
    list[str] | None,
    typer.Option("--stage", help="A category, in the order one comes before another; repeat it."),
]
Ledger = Annotated[
    Path, typer.Option("--into", "-o", help="The relations file that remembers what was accepted or refused.")
]


def suggest(
    kind: KindArgument,
    interview: Annotated[
        str | None, typer.Option(help="Only this interview.", autocompletion=completer("interview"))
    ] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 20,
    language: Language = "en",
    cues: CueFiles = None,
    stage: Stages = None,
    learn: Annotated[
        bool, typer.Option(help="Re-weigh the kinds of evidence by what you accepted and refused.")
    ] = True,
    uncertain_first: Annotated[
        bool, typer.Option("--uncertain-first", help="Those first of which a decision tells most.")
    ] = False,
    into: Ledger = DEFAULT_FILE,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Rank relations that the words may state.

    Each has its quote and why it is suggested. What the graph holds, and what was accepted or refused
    with `kb relate` or `kb review`, is left out. Suggestions never enter the graph by themselves.
    """
    from kb.suggest.ledger import without_refused
    from kb.suggest.over_graph import suggestions

    read_in_time(into)
    with store(db) as graph:
        found = suggestions(
            graph,
            kind.value,
            interview=interview,
            language=language,
            cues=cues or (),
            stages=stage,
            ledger=into,
            learn=learn,
            uncertain=uncertain_first,
        )
    found = without_refused(found, into)
    shown = found[:limit]
    if format_ is Format.json:
        import json

        typer.echo(json.dumps([s.model_dump(mode="json") for s in shown], ensure_ascii=False, indent=1))
        return
    if format_ is Format.table:
        print_suggestions(kind, shown)
    else:
        first, second = ("cause", "effect") if kind is Kind.causes else ("issue", "fix")
        columns = (first, second, "score", "interviews", "people", "why", "turn", "quote")
        print_rows(columns, [_row(s, first, second) for s in shown], format_)
    if len(found) > limit:
        say(f"{len(found) - limit} more; --limit shows them.")
    if shown:
        ends = f"{shown[0].start!r} {shown[0].end!r}"
        say(f"`kb relate {kind.value} {ends}` shows the first's passages, and writes what states it.")


def read_in_time(file: Path) -> None:
    """Have a large relations file read by a process that is ended at the bound, before it is read here.

    Raises:
        InputError: It took too long, or is no relations file.
    """
    with suppress(OSError):  # what is wrong with it is told below
        if file.stat().st_size <= _SMALL_BYTES:
            return
        from kb.ingest.reader import Reader

        with Reader() as reader:
            reader.read("relations", file)


def print_suggestions(kind: Kind, shown: list[Suggestion]) -> None:
    """For eyes: each with the words that `kb relate` would write down, and why."""
    from kb.cli.table import print_item
    from kb.suggest.ledger import best_of_each, quotes_of

    for rank, suggestion in enumerate(shown, 1):
        interviews = plural(suggestion.interviews, "interview")
        people = plural(suggestion.people, "person")
        arrow = "→" if kind is Kind.causes else "is fixed by"
        print_item(
            f"{rank:>3}  {suggestion.start} {arrow} {suggestion.end}",
            f"score {suggestion.score:g}, {interviews}, {people}{_further(suggestion)}",
            [
                line
                for item in best_of_each(suggestion.evidence)
                for line in (
                    f"{item.number}  {item.turn}: {' … '.join(f'“{quote}”' for quote in quotes_of(item))}",
                    f"why: {'; '.join(item.why)}",
                )
            ],
        )
    if not shown:
        say("Nothing to suggest that is not decided already.")


def _further(suggestion: Suggestion) -> str:
    """What else a reader should know of it at a glance."""
    said = []
    if not suggestion.directed:
        said.append("direction not told")
    if suggestion.in_words:
        codes = " or ".join(suggestion.might_be)
        said.append("no code names one end" + (f", which might be {codes}" if codes else ""))
    if suggestion.chance is not None:
        said.append("; ".join([f"chance {suggestion.chance:.0%}", *suggestion.learned]))
    return "".join(f"; {one}" for one in said)


def _row(suggestion: Suggestion, first: str, second: str) -> dict[str, Any]:
    best = suggestion.evidence[0]
    return {
        first: suggestion.start,
        second: suggestion.end,
        "score": suggestion.score,
        "interviews": suggestion.interviews,
        "people": suggestion.people,
        "why": "; ".join(best.why),
        "turn": best.turn,
        "quote": best.quote,
    }
