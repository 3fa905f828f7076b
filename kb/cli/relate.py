"""``kb relate``: a reader's decision on one suggested relation, passage by passage."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.names import completer
from kb.cli.options import Db, store
from kb.cli.output import say
from kb.cli.suggest import (
    DEFAULT_FILE,
    CueFiles,
    Kind,
    KindArgument,
    Language,
    Ledger,
    Stages,
    read_in_time,
)
from kb.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kb.suggest import Evidence, Suggestion


class Explicit(StrEnum):
    """How plainly a passage says it."""

    stated = "stated"
    across = "across-turns"
    implied = "implied"


def relate(
    kind: KindArgument,
    start: Annotated[
        str,
        typer.Argument(help="The cause, or the issue.", show_default=False, autocompletion=completer("code")),
    ],
    end: Annotated[
        str,
        typer.Argument(help="The effect, or the fix.", show_default=False, autocompletion=completer("code")),
    ],
    evidence: Annotated[
        str | None,
        typer.Option(metavar="N,N", help="Which passages say it, by their numbers, as in 1,3."),
    ] = None,
    turn: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Which passage says it, by its turn; may be repeated."),
    ] = None,
    explicit: Annotated[
        Explicit | None, typer.Option(help="How plainly these passages say it, as you read them.")
    ] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="Remember that it does not hold.")] = False,
    note: Annotated[str | None, typer.Option(help="Why, in your own words.")] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")] = None,
    interview: Annotated[
        str | None,
        typer.Option(help="Only passages of this interview.", autocompletion=completer("interview")),
    ] = None,
    language: Language = "en",
    cues: CueFiles = None,
    stage: Stages = None,
    into: Ledger = DEFAULT_FILE,
    db: Db = None,
) -> None:
    """Accept a suggestion into a relations file, passage by passage, or refuse it.

    Shows its passages with their numbers. Those that you name are written down; if you name none, the best
    of each interview whose words state the link. The file keeps its comments and order, and
    `kb load FILE` then takes it into the graph.
    """
    from kb.ask.names import concept_names
    from kb.suggest.ledger import accept
    from kb.suggest.ledger import refuse as remember
    from kb.suggest.over_graph import suggestions

    read_in_time(into)
    with store(db) as graph:
        start, end = concept_names(graph, start)[0], concept_names(graph, end)[0]
        if refuse:
            new = remember(into, kind.value, start, end, note, reviewer)
            say(f"{into}: {'refused' if new else 'had been refused already'}: {start} → {end}.")
            return
        found = suggestions(
            graph, kind.value, interview=interview, language=language, cues=cues or (), stages=stage
        )
    match = _match(found, kind, start, end, into)
    passages = sorted(match.evidence, key=lambda item: item.number)
    _show(passages)
    chosen = _chosen(match, passages, evidence, turn or [])
    ids = accept(
        into, match, chosen, note=note, reviewer=reviewer, explicit=explicit.value if explicit else None
    )
    if not ids:
        say(f"{into} has it already.")
        return
    say(f"{into}: added {', '.join(ids)}; `kb load {into}` takes it into the graph.")


def _match(found: Sequence[Suggestion], kind: Kind, start: str, end: str, into: Path) -> Suggestion:
    """The suggestion that was named; one that nothing directs goes either way."""
    from kb.errors import UsageError

    for suggestion in found:
        if (suggestion.start, suggestion.end) == (start, end):
            return suggestion
        if not suggestion.directed and (suggestion.end, suggestion.start) == (start, end):
            return suggestion.model_copy(update={"start": start, "end": end})
    raise UsageError(
        f"{start} → {end} is not among the suggested {kind.value}; write it into {into} with its quote "
        "(the form is in docs/relations.md), or see `kb suggest`."
    )


def _show(passages: Sequence[Evidence]) -> None:
    """The passages with their numbers, the words first."""
    from kb.cli.table import print_item
    from kb.suggest.ledger import states

    for item in passages:
        said = "states it" if states(item) else "states no link"
        words = [f"{quote.turn}, {quote.person or '?'}: “{quote.text}”" for quote in item.quotes]
        print_item(f"{item.number:>3}  {said}", item.explicit, [*words, f"why: {'; '.join(item.why)}"])


def _chosen(
    match: Suggestion, passages: Sequence[Evidence], numbers: str | None, turns: Sequence[str]
) -> list[Evidence]:
    """The passages to be written down: those that are named, else those that state the link."""
    from kb.errors import UsageError
    from kb.suggest.ledger import best_of_each, in_turns, stating

    relation = f"{match.start} → {match.end}"
    if numbers is None and not turns:
        if found := best_of_each(stating(match.evidence)):
            return found
        raise UsageError(
            f"Of {plural(len(passages), 'passage')} none states {relation} in so many words. "
            "Read them above, and name those that say it: --evidence 1 (or 1,3), or --turn ID."
        )
    by_number = {str(item.number): item for item in passages}
    wanted = [part.strip() for part in (numbers or "").split(",") if part.strip()]
    for part in wanted:
        if part not in by_number:
            raise UsageError(f"{relation} has no passage {part!r}; it has {', '.join(by_number)}.")
    for id_ in turns:
        if not any(quote.turn == id_ for item in passages for quote in item.quotes):
            there = dict.fromkeys(quote.turn for item in passages for quote in item.quotes)
            raise UsageError(f"{relation} has no passage in turn {id_!r}; it has some in {', '.join(there)}.")
    return [
        item if str(item.number) in wanted else in_turns(item, turns)
        for item in passages
        if str(item.number) in wanted or any(quote.turn in turns for quote in item.quotes)
    ]
