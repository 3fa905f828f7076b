"""What is shown of a candidate: its passage in its context, with the words of both ends marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.records import Turn
from kb.review.model import Draft, Which, Words
from kb.text.quotes import find_quote

_LEFT_OUT = re.compile(r"…|\.{3,}")


class Segment(NamedTuple):
    """A piece of a turn's text.

    Attributes:
        text: The words.
        quoted: Whether they belong to the quote.
        end: What the relation calls the end that they speak of (``cause``, ``fix``, …); ``""`` for none.
    """

    text: str
    quoted: bool = False
    end: str = ""


class ShownTurn(NamedTuple):
    """A turn, in pieces.

    Attributes:
        id: The turn's id.
        speaker: Its label.
        role: ``interviewer``, ``interviewee`` or None.
        segments: Its text; together they are all of it.
        focus: Whether a quote stands in it; the others are its context.
    """

    id: str
    speaker: str
    role: str | None
    segments: tuple[Segment, ...]
    focus: bool


def shown_turns(draft: Draft, turns: Sequence[Turn], around: int = 1) -> list[ShownTurn]:
    """The turns of a draft's quotes and those around them, in the order said.

    Args:
        draft: What the reader would accept.
        turns: Of its interview.
        around: So many turns before the first and after the last quote; what stands between two is shown too.
    """
    of_turn: dict[str, list[Words]] = {}
    for words in draft.quotes:
        of_turn.setdefault(words.turn, []).append(words)
    at = [n for n, turn in enumerate(turns) if turn.id in of_turn]
    if not at:
        return []
    first, last = max(0, at[0] - around), min(len(turns), at[-1] + 1 + around)
    return [_shown(draft, turn, of_turn.get(turn.id, ())) for turn in turns[first:last]]


def _shown(draft: Draft, turn: Turn, quotes: Sequence[Words]) -> ShownTurn:
    places = [place for quote in quotes for place in _places(quote, turn)]
    marks = _marks(draft, turn.id) if quotes else ()
    segments = _segments(turn.text, places, [each for mark in marks if (each := _inside(mark, places, turn))])
    return ShownTurn(turn.id, turn.speaker, turn.role, tuple(segments), bool(quotes))


def _places(words: Words, turn: Turn) -> list[tuple[int, int]]:
    """Where a quote stands in its turn: each part, where words are left out in it."""
    quote, start = words.text, words.start
    if start is not None and turn.text.startswith(quote, start):
        return [(start, start + len(quote))]  # not the same words elsewhere in the turn
    text, places, at = turn.text.casefold(), list[tuple[int, int]](), 0
    for part in filter(None, (part.strip() for part in _LEFT_OUT.split(quote.casefold()))):
        at = text.find(part, at)
        if at < 0 or len(text) != len(turn.text):
            found = find_quote(quote, [turn])
            return [(found[0].start, found[0].end)] if found else []
        places.append((at, at + len(part)))
        at += len(part)
    return places


def _inside(
    mark: tuple[int, int, str], places: Sequence[tuple[int, int]], turn: Turn
) -> tuple[int, int, str] | None:
    """What of an end's words is quoted; None where a cut left less than half of them."""
    start, end, name = mark
    a, b = max(((max(start, x), min(end, y)) for x, y in places), key=lambda p: p[1] - p[0], default=(0, 0))
    while a < b and not turn.text[a].isalnum():
        a += 1
    while a < b and not turn.text[b - 1].isalnum():
        b -= 1
    kept, whole = len(turn.text[a:b].split()), len(turn.text[start:end].split())
    return (a, b, name) if a < b and 2 * kept >= whole else None


def _marks(draft: Draft, turn: str) -> list[tuple[int, int, str]]:
    """The words of the ends in a turn, by what the relation calls them; an end that was changed has none."""
    kind, offered = draft.candidate.kind, draft.candidate.key
    now = {draft.start: kind.start, draft.end: kind.end}
    named: dict[Which, str] = {"start": now.get(offered.start, ""), "end": now.get(offered.end, "")}
    marks = [mark for words in draft.words.quotes if words.turn == turn for mark in words.marks]
    return sorted((start, end, named[which]) for which, start, end in marks if named[which])


def _segments(
    text: str, quotes: Sequence[tuple[int, int]], marks: Sequence[tuple[int, int, str]]
) -> Iterator[Segment]:
    """Cut a text where quotes and marks begin and end; of marks that overlap the first keeps its words."""
    names: dict[int, str] = {}
    cuts = {0, len(text), *(place for quote in quotes for place in quote)}
    free = 0
    for start, end, name in marks:
        begin = max(start, free)
        if begin < end:
            cuts |= {begin, end}
            names |= dict.fromkeys(range(begin, end), name)
            free = end
    for a, b in pairwise(sorted(cuts)):
        yield Segment(text[a:b], any(first <= a < last for first, last in quotes), names.get(a, ""))
