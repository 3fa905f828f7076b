"""Whether a draft can become a relation: its ends are codes or several words, its quotes are found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from kb.errors import CodebookError, UsageError
from kb.records import Turn
from kb.relations import Relation, find_evidence, unknown_names
from kb.review.model import Draft, Words
from kb.text.quotes import find_quote

# Of a shorter quote a load takes the words up to the end of the turn, unless some are left out in it
# (docs/relations.md); what a reader has seen marked is the whole of what they accept.
_WHOLE = 12
_NAME = "Relation 'new': "


class Chosen(NamedTuple):
    """Words that a reader chose.

    Attributes:
        text: The words; `…` stands for some that are left out.
        turn: Id of the turn that they were selected in; None where only the words are known.
        start: About where in the turn they begin, in code points; None where that is not known.
    """

    text: str
    turn: str | None = None
    start: int | None = None


def checked(
    draft: Draft, turns: Sequence[Turn], names: Collection[str], concepts: Collection[str] = ()
) -> tuple[str, ...]:
    """The quotes as they are to be written down.

    Args:
        draft: What the reader would accept.
        turns: Of its interview.
        names: Every name that a code goes by.
        concepts: Those of them that are concepts in words.

    Raises:
        UsageError: An end is no code, both are the same, or a quote is not found, or in several places.
    """
    quotes = tuple(_whole(_alone(words, turns)) for words in draft.quotes)
    try:
        relation = Relation(id="new", **draft.entry(None, quotes))
    except ValidationError as error:
        detail = error.errors()[0]
        raise UsageError(f"{detail['ctx']['error'] if 'ctx' in detail else detail['msg']}.") from error
    if wrong := unknown_names([relation], names, concepts):
        raise UsageError(wrong[0].message.removeprefix(_NAME))
    try:
        find_evidence(relation, turns)
    except CodebookError as error:
        raise UsageError(error.message.removeprefix(_NAME)) from error
    return quotes


def chosen(wanted: Chosen, turns: Sequence[Turn]) -> Words:
    """Words that a reader chose, as they stand in one of the turns.

    Args:
        wanted: The words, with the place that the reader saw them in. Where they stand in it, they are these
            and no others like them.
        turns: Where to look, the likeliest first.

    Raises:
        UsageError: They stand in none of the turns.
    """
    text = " ".join(wanted.text.split())
    if not any(map(str.isalnum, text)):
        raise UsageError(f"A quote has words, and {text!r} has none: select more.")
    for turn in sorted(turns, key=lambda turn: turn.id != wanted.turn):
        found = [match for match in find_quote(text, [turn]) if match.exact]
        if found:
            near = wanted.start if turn.id == wanted.turn else None
            match = found[0] if near is None else min(found, key=lambda each: abs(each.start - near))
            start, end = match.start, match.end
            return Words(turn.id, text if "…" in text or "..." in text else turn.text[start:end], start)
    raise UsageError(
        f"These words do not stand there: {text!r}; take words away at either end, or put … for some between."
    )


def _whole(quote: str) -> str:
    return quote if len(quote.split()) >= _WHOLE or "…" in quote or "..." in quote else f"{quote} …"


def _alone(words: Words, turns: Sequence[Turn]) -> str:
    """A quote that stands in several places, with as many words after and before it as tell them apart."""
    if len(find_quote(words.text, turns)) < 2:
        return words.text
    turn = next((each for each in turns if each.id == words.turn), None)
    here = find_quote(words.text, [turn]) if turn else []
    if turn is None or not here:
        return words.text
    near = words.start
    match = here[0] if near is None else min(here, key=lambda each: abs(each.start - near))
    start, end = match.start, match.end
    while len(find_quote(turn.text[start:end], turns)) > 1 and (start > 0 or end < len(turn.text)):
        if end < len(turn.text):
            end = next((i for i in range(end + 1, len(turn.text)) if turn.text[i] == " "), len(turn.text))
        else:
            start = turn.text.rfind(" ", 0, start - 1) + 1 if start > 1 else 0
    return turn.text[start:end].strip()
