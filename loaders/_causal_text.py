"""One source of a causal map: its statements or its text as turns, and where a link's words stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple, cast, get_args

from kb.records import Notice, Role, Turn, turn_id
from kb.text.passages import Spoken
from loaders._passages import Document, newlines
from loaders._text import fold


class Statement(NamedTuple):
    """One statement: its id, words, and who says them (None: no column tells)."""

    id: str
    text: str
    speaker: str | None = None
    role: str = ""


class Words(NamedTuple):
    """Where words stand: a turn and a quote of it, of the first and the last turn that they touch."""

    first: tuple[str, str | None]
    last: tuple[str, str | None]


class SourceText:
    """The text of one source.

    Args:
        file: Name of the file, for notices.
        interview: Id of its interview.
        title: What the source is called; the speaker's name where nobody is named.
        statements: In order.
        text: The whole text, where the source has it as one.
        quotes: What links quote, by statement (``""``: of the source), so that none of it is left out.
        interviewers, interviewees: Labels that the user names.
    """

    def __init__(
        self,
        file: str,
        interview: str,
        title: str,
        statements: Sequence[Statement],
        text: str,
        quotes: Collection[tuple[str, str]],
        interviewers: Collection[str] = (),
        interviewees: Collection[str] = (),
    ) -> None:
        self._interview = interview
        self.notices: list[Notice] = []
        self._turns_of: dict[str, list[int]] = {}
        self._document: Document | None = None
        #: Whether there is no text but what links quote.
        self.quotes_only = not statements and not text.strip()
        if any(statement.speaker is not None for statement in statements):
            self.turns = self._spoken(statements)
        elif self.quotes_only:
            words = sorted({fold(quote) for _, quote in quotes if fold(quote)})
            self.turns = [self._turn(n, title, "interviewee", quote) for n, quote in enumerate(words)]
        else:
            self.turns = self._written(file, title, statements, text, quotes, (interviewers, interviewees))
        self._all = Spoken(self.turns)

    def _turn(self, index: int, speaker: str, role: str, text: str) -> Turn:
        return Turn(
            id=turn_id(self._interview, index),
            interview=self._interview,
            index=index,
            speaker=speaker,
            role=cast(Role, role) if role in get_args(Role) else None,
            text=text,
        )

    def _spoken(self, statements: Sequence[Statement]) -> list[Turn]:
        """Turns as the columns tell."""
        turns: list[Turn] = []
        for statement in statements:
            if text := fold(statement.text):
                self._turns_of[statement.id] = [len(turns)]
                turns.append(self._turn(len(turns), statement.speaker or "", statement.role, text))
        return turns

    def _written(
        self,
        file: str,
        title: str,
        statements: Sequence[Statement],
        text: str,
        quotes: Collection[tuple[str, str]],
        named: tuple[Collection[str], Collection[str]],
    ) -> list[Turn]:
        """Turns as a plain transcript has them; without speakers it is the source's own text."""
        parts = [newlines(part)[0] for part in ([text] if text.strip() else [s.text for s in statements])]
        self._text = "\n".join(parts)
        self._range: dict[str, tuple[int, int]] = {}
        if not text.strip():
            at = 0
            for statement, part in zip(statements, parts, strict=True):
                self._range[statement.id] = (at, at + len(part))
                at += len(part) + 1
        marked = [place for statement, quote in quotes if (place := self._verbatim(statement, quote))]
        self._document = Document(file, self._interview, title, self._text, marked, *named)
        self.notices = self._document.notices
        for id_, (start, end) in self._range.items():
            places = self._document.places(start, end)
            self._turns_of[id_] = [int(place.turn.rsplit(":", 1)[1]) for place in places]
        return self._document.turns

    def _verbatim(self, statement: str, quote: str) -> tuple[int, int] | None:
        start, end = self._range.get(statement, (0, len(self._text)))
        words = newlines(quote)[0].strip()
        at = self._text.find(words, start, end) if words else -1
        if at < 0 and (start, end) != (0, len(self._text)):
            at = self._text.find(words) if words else -1
        return (at, at + len(words)) if at >= 0 else None

    def find(self, statement: str, quote: str) -> tuple[Words | None, bool]:
        """Where a quote stands, and whether it was found; without it, its whole statement is meant."""
        if self._document and (place := self._verbatim(statement, quote)):
            found = self._document.places(*place)
            if found:
                return Words((found[0].turn, found[0].quote), (found[-1].turn, found[-1].quote)), True
        own = [self.turns[n] for n in self._turns_of.get(statement, ())]
        for turns, spoken in ((own, Spoken(own) if own else None), (self.turns, self._all)):
            places = spoken.find(quote) if spoken and quote.strip() else []
            if places:
                spans = places[0]
                ends = [
                    (turns[s.turn].id, turns[s.turn].text[s.start : s.end]) for s in (spans[0], spans[-1])
                ]
                return Words(ends[0], ends[1]), True
        whole = Words((own[0].id, None), (own[-1].id, None)) if own else None
        return whole, not quote.strip()


def in_order(id_: str) -> tuple[tuple[int, ...], str]:
    """A key by which ids with numbers in them are in the order of the numbers."""
    return tuple(int(part) for part in re.findall(r"\d{1,15}", id_)), id_
