"""A document of a coded project: its plain text with passages by offset, to turns and places in them.

Projects of other tools keep a document as one text and a coded passage as two offsets into it. Speakers
are found as in a plain transcript (`loaders._dialogue`); a document without any is one participant's text,
as an answer to a survey is. A place in the text becomes a place in each turn that it touches.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.records import Guess, Notice, Role, Turn, turn_id
from loaders._dialogue import Dialogue, NoLabels
from loaders._paras import Para, Said, Told
from loaders._text import fold


class Place(NamedTuple):
    """Words of one turn.

    Attributes:
        turn: Its id.
        quote: The words; None for the whole turn.
        start, end: Span in the turn's text in code points, end exclusive; None with no quote.
    """

    turn: str
    quote: str | None
    start: int | None
    end: int | None


class _Draft(NamedTuple):
    """A turn before it has its number.

    Attributes:
        lines: First and last index of its lines.
        at: For each character of its text, where it stands in the document (a blank: where the next
            character stands).
    """

    speaker: str
    role: Role | None
    text: str
    lines: tuple[int, int]
    at: array[int]
    start: float | None = None
    end: float | None = None
    guessed: Guess | None = None


class Document:
    r"""One document's text and what its turns are.

    Args:
        file: Name of the file that it stands in, for notices.
        interview: Id of the interview.
        title: The document's name; the speaker's where nobody is named in it.
        text: Its text, line ends ``\n`` (see `newlines`).
        marked: Places in it (start, end) that somebody coded: none of their words is left out, though
            a transcript's head or a tool's own line would be.
        interviewers, interviewees: Labels that the user names.
        times: Seconds from the start of a recording, by place in the text.
    """

    def __init__(
        self,
        file: str,
        interview: str,
        title: str,
        text: str,
        marked: Iterable[tuple[int, int]] = (),
        interviewers: Collection[str] = (),
        interviewees: Collection[str] = (),
        times: Mapping[int, float] | None = None,
    ) -> None:
        self._file, self._interview, self._title, self._text = file, interview, title, text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.notices: list[Notice] = []
        drafts = self._drafts(interviewers, interviewees)
        covered = {n for draft in drafts for n in range(draft.lines[0], draft.lines[1] + 1)}
        drafts += [self._plain(n, "", None) for n in sorted(self._touched(marked) - covered)]
        drafts.sort(key=lambda draft: draft.lines)
        self._drafts_ = drafts
        # Where the first and the last word of each turn stand, and its last line: all of them ascend.
        self._firsts = [draft.at[0] for draft in drafts]
        self._lasts = [draft.at[-1] for draft in drafts]
        self._ends = [draft.lines[1] for draft in drafts]
        self._times = sorted((times or {}).items())
        self.turns = [self._turn(index, draft) for index, draft in enumerate(drafts)]

    def places(self, start: int, end: int) -> list[Place]:
        """Where words of the document stand in its turns: one place for each turn that they touch.

        A place that holds nothing but a label or a time means the whole turn under it. One that holds
        no words at all is nowhere.

        Args:
            start: Offset of the first character, in code points.
            end: Offset after the last one.
        """
        found = []
        for n in range(bisect_left(self._lasts, start), bisect_left(self._firsts, end)):
            at, turn = self._drafts_[n].at, self.turns[n]
            first, last = bisect_left(at, start), bisect_left(at, end)
            while first < last and turn.text[first].isspace():
                first += 1
            while last > first and turn.text[last - 1].isspace():
                last -= 1
            if first < last:
                found.append(Place(turn.id, turn.text[first:last], first, last))
        if not found and self._text[start:end].strip():
            line = bisect_right(self._starts, start) - 1
            under = bisect_left(self._ends, line)
            if under < len(self.turns):
                found.append(Place(self.turns[under].id, None, None, None))
        return found

    # How its turns come about.

    def _drafts(self, interviewers: Collection[str], interviewees: Collection[str]) -> list[_Draft]:
        paras = [Para(line, n) for n, line in enumerate(self._lines, 1)]
        try:
            dialogue = Dialogue(Path(self._title), self._interview, paras, interviewers, interviewees)
        except NoLabels:
            person = fold(self._title)
            return [self._plain(n, person, "interviewee") for n, _ in self._spoken()]
        except InputError as error:
            self._tell("warning", f"nobody is named as its speaker, since {error.message}")
            return [self._plain(n, "", None) for n, _ in self._spoken()]
        drafts = []
        for item in dialogue.said():
            if isinstance(item, Told):
                self._keep(dialogue.notice(item))
                continue
            if notice := dialogue.role_notice(item):
                self._keep(notice)
            drafts.append(self._said(item))
        return [draft for draft in drafts if draft.text]

    def _spoken(self) -> Iterator[tuple[int, str]]:
        return ((n, line) for n, line in enumerate(self._lines) if line.strip())

    def _said(self, item: Said) -> _Draft:
        lines = (min(item.paras), max(item.paras))
        at = _spread(item.text, self._text, self._starts[lines[0]], self._starts[lines[1] + 1])
        first = item.para.line - 1 if item.para.line else lines[0]  # a label alone stands above its words
        span = (min(first, lines[0]), lines[1])
        return _Draft(item.speaker, item.role, item.text, span, at, item.start, item.end, item.guessed)

    def _plain(self, n: int, speaker: str, role: Role | None) -> _Draft:
        text = fold(self._lines[n])
        return _Draft(
            speaker, role, text, (n, n), _spread(text, self._text, self._starts[n], self._starts[n + 1])
        )

    def _touched(self, marked: Iterable[tuple[int, int]]) -> set[int]:
        """Lines of which a marked place holds words."""
        touched = set()
        for start, end in marked:
            n = bisect_right(self._starts, start) - 1
            while n < len(self._lines) and self._starts[n] < end:
                if self._text[max(start, self._starts[n]) : min(end, self._starts[n + 1])].strip():
                    touched.add(n)
                n += 1
        return touched

    def _turn(self, index: int, draft: _Draft) -> Turn:
        start = draft.start
        if start is None and self._times:
            start = self._time_at(draft)
        return Turn(
            id=turn_id(self._interview, index),
            interview=self._interview,
            index=index,
            speaker=draft.speaker,
            role=draft.role,
            text=draft.text,
            line=draft.lines[0] + 1,
            start=start,
            end=draft.end,
            guessed=draft.guessed,
        )

    def _time_at(self, draft: _Draft) -> float | None:
        """The time of the first sync point within the turn."""
        first, after = self._starts[draft.lines[0]], self._starts[draft.lines[1] + 1]
        n = bisect_left(self._times, (first, float("-inf")))
        if n < len(self._times) and self._times[n][0] < after:
            return self._times[n][1]
        return None

    def _keep(self, notice: Notice) -> None:
        self.notices.append(notice.model_copy(update={"source": self._file}))

    def _tell(self, level: str, message: str) -> None:
        self.notices.append(
            Notice(
                level="warning" if level == "warning" else "info",
                message=message,
                source=self._file,
                interview=self._interview,
            )
        )


def newlines(text: str) -> tuple[str, list[int] | None]:
    r"""The text with line ends ``\n``, and where each place of the text as it was stands in it.

    Returns:
        The text, and for every offset from 0 to the old length the offset in the new text; None where
        nothing changed.
    """
    if "\r" not in text:
        return text, None
    moved, gone = [], 0
    for n, char in enumerate(text):
        moved.append(n - gone)
        if char == "\r" and text[n + 1 : n + 2] == "\n":
            gone += 1
    moved.append(len(text) - gone)
    return text.replace("\r\n", "\n").replace("\r", "\n"), moved


def _spread(words: str, text: str, start: int, end: int) -> array[int]:
    """For each character of the words, where it stands in `text[start:end]`.

    The words are that text without its label and times, white space folded. Matched from the end, since
    what was taken off stands mostly in front.
    """
    solid = [n for n in range(start, min(end, len(text))) if not text[n].isspace()]
    raw, wanted = "".join(text[n] for n in solid), "".join(words.split())
    whole = raw.rfind(wanted)
    if whole >= 0:
        places = iter(solid[whole:])
        at = [-1 if char.isspace() else next(places) for char in words]
    else:
        at = _one_by_one(words, text, start, min(end, len(text)))
    last = at[-1]
    for n in range(len(at) - 1, -1, -1):
        if at[n] < 0 or at[n] > last:
            at[n] = last
        last = at[n]
    return array("q", at)


def _one_by_one(words: str, text: str, start: int, end: int) -> list[int]:
    """As `_spread`, where something stands in the text between the words; -1 for what is not there."""
    at = [-1] * len(words)
    here = end - 1
    for n in range(len(words) - 1, -1, -1):
        there = here
        while there >= start and text[there] != words[n]:
            there -= 1
        if there >= start and not words[n].isspace():
            at[n], here = there, there - 1
    if at[-1] < 0:
        at[-1] = max(start, end - 1)
    return at
