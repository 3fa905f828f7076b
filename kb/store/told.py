"""What a sum edge says, worked out from claims: all of them, or those that come to it.

Nothing here asks the graph; `kb.store.sums` reads and writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb.relation import EXPLICIT
from kb.store.rows import filled

QUOTES = 8  # of each edge; `kb query evidence-of-relation` shows all
# Where a quote was said, behind its words: the id of its turn, in brackets.
_TURN = re.compile(r" \[[^\[\]]*:\d{4,}\]$")
# Kept on the edge beside what the schema declares: for each of its quotes the `Told.order` of the
# claim that says it, so that the quote of a further claim finds its place without reading them all.
QUOTED = "quoted"


class Told(NamedTuple):
    """What a sum takes from one claim.

    Attributes:
        id: The claim's.
        explicit: One of `kb.relation.EXPLICIT`.
        interview, person, catalogue: Who states it.
        words: Its first quote, whole, or a catalogue's own words; None without.
        turn: Id of the turn that the words are from; None for a catalogue's.
    """

    id: str
    explicit: str
    interview: str | None = None
    person: str | None = None
    catalogue: str | None = None
    words: str | None = None
    turn: str | None = None

    @property
    def order(self) -> str:
        """Sorts claims: people's first, the most explicit first.

        A catalogue makes no link more explicit than people do.
        """
        return f"{EXPLICIT.index(self.explicit) + (0 if self.interview else len(EXPLICIT))} {self.id}"

    def shown(self, several: Collection[str]) -> str:
        """Its words with who says them, and where: ``11: words [11:0042]``, whole.

        The person says them where several of the interview could: ``11/Maria: words [11:0042]``.
        """
        who = self.interview or self.catalogue
        where = f" [{self.turn}]" if self.turn else ""
        return f"{(self.person if who in several else None) or who}: {self.words or ''}{where}"


class Words(NamedTuple):
    """The quote that stands for a claim, and the id of its turn; see `first_words`."""

    words: str | None = None
    turn: str | None = None


Quote = tuple[bool, int, str, str]  # weak, index of its turn, words, id of its turn


def first_words(quotes: Iterable[Quote]) -> Words:
    """The quote that stands for a claim; without any, there are no words.

    A mark that is none, and an interviewer's words, are weak, and come last.
    """
    first = min(quotes, default=None)
    return Words(*first[2:]) if first else Words()


def whole_sum(claims: Sequence[Told], quotes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The properties of the sum edge of some claims; see `kb.schema` for their meaning.

    Args:
        claims: All of them, at least one.
        quotes: See `pick`.
    """
    return _properties(
        {told.interview for told in claims if told.interview},
        {told.person for told in claims if _is_somebody(told)},
        {told.catalogue for told in claims if told.catalogue},
        len(claims),
        EXPLICIT[_rank(min(told.order for told in claims))],
        quotes,
    )


def pick(claims: Iterable[Told], several: Collection[str]) -> list[tuple[str, str]]:
    """The quotes that an edge shows, each with the order of its claim.

    Args:
        claims: In their order.
        several: Interviews with several interviewees.
    """
    kept: list[tuple[str, str]] = []
    for told in claims:
        if len(kept) == QUOTES:
            break
        # Two claims on one passage, one marked by a reader and one by a coder, say it once.
        if told.words and not any(_overlap(told.words, shown) for _, shown in kept):
            kept.append((told.order, told.shown(several)))
    return kept


def added(edge: Mapping[str, Any], claims: Sequence[Told], several: Collection[str]) -> dict[str, Any] | None:
    """The properties of a sum edge after some claims have come to it.

    Args:
        edge: What it says without them; empty for none.
        claims: The new ones, at least one.
        several: Those of their interviews that have several interviewees.

    Returns:
        None where that needs the words of the other claims: a new quote comes before one that it may
        be part of, or that is part of it.
    """
    orders, quotes = edge.get(QUOTED) or [], edge.get("quotes") or []
    if len(orders) != len(quotes):
        return None
    kept = list(zip(orders, quotes, strict=True))
    for told in claims:
        if not told.words:
            continue
        at = bisect_left(kept, (told.order, ""))
        if at == QUOTES or any(_overlap(told.words, shown) for _, shown in kept[:at]):
            continue
        shown = told.shown(several)
        if any(_overlap(_bare(later), shown) for _, later in kept[at:]):
            return None
        kept = [*kept[:at], (told.order, shown), *kept[at:]][:QUOTES]
    strongest = min(_rank(told.order, whole=True) for told in claims)
    if edge:
        people = bool(edge["interviews"])
        strongest = min(strongest, EXPLICIT.index(edge["stated"]) + (0 if people else len(EXPLICIT)))
    return _properties(
        {*(edge.get("interviews") or ()), *(told.interview for told in claims if told.interview)},
        {*(edge.get("people") or ()), *(told.person for told in claims if _is_somebody(told))},
        {*(edge.get("catalogues") or ()), *(told.catalogue for told in claims if told.catalogue)},
        edge.get("claims", 0) + len(claims),
        EXPLICIT[strongest % len(EXPLICIT)],
        kept,
    )


def _properties(
    interviews: Collection[str],
    people: Collection[str | None],
    catalogues: Collection[str],
    claims: int,
    stated: str,
    quotes: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    return filled(
        {
            "interviews": sorted(interviews, key=_by_number),
            "people": sorted(person for person in people if person),
            "catalogues": sorted(catalogues) or None,
            "claims": claims,
            "stated": stated,
            "quotes": [shown for _, shown in quotes],
            QUOTED: [order for order, _ in quotes],
        }
    )


def _is_somebody(told: Told) -> bool:
    """Whether a person is named: somebody who cannot be told from others (`11/?`) tells no chain whole."""
    return bool(told.person) and not str(told.person).endswith("/?")


def _rank(order: str, *, whole: bool = False) -> int:
    rank = int(order.partition(" ")[0])
    return rank if whole else rank % len(EXPLICIT)


def _overlap(quote: str, shown: str) -> bool:
    """Whether one of two quotes is part of the other; `shown` has its interview before it."""
    new, old = quote.casefold(), _bare(shown)
    return new in old or old in new


def _bare(shown: str) -> str:
    return _TURN.sub("", shown.partition(": ")[2]).casefold()


def _by_number(interview: str) -> tuple[int, str]:
    return (int(interview), "") if interview.isdigit() else (1 << 60, interview)
