"""From the paragraphs of a dialogue to its turns, holding who spoke last; see `loaders._dialogue`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from kb.records import Role
from loaders._columns import Row
from loaders._dropped import FORM as DROPPED
from loaders._heads import is_no_speech
from loaders._label import Heading
from loaders._label_words import is_noise
from loaders._labels import Labels
from loaders._paras import UNREAD, Para, Said, Told, doubt
from loaders._speakers import Speakers
from loaders._text import fold
from loaders._times import (
    BOLD,
    BOLD_END,
    EDGE,
    INVISIBLE,
    Stamp,
    is_clock,
    only_time,
    peel_bracketed,
    peel_left,
    peel_right,
    without_marks,
)

_HEAD = 64  # characters in which a letter that cannot be read makes a label unknown
_SLIP = 3  # paragraphs for which the role of the one before is taken over
_SIGNS = re.compile(r"[?!*#_.…-]{1,5}\s*[:：]\s")  # `??: Hm.`: somebody, and nobody knows who
_FORM = 8  # labels that show whether answers have paragraphs without one
_TAIL = 30  # paragraphs after the last label that may still be its speaker's
Waiting = tuple[Para, Heading] | None  # a label alone on its line, before its text


class Talk(Protocol):
    """What is known of the whole dialogue; see `loaders._dialogue.Dialogue`."""

    paras: list[Para]
    lines: list[str]
    pieces: list[tuple[tuple[int, ...], str]]
    rows: dict[int, Row]
    headings: dict[int, Heading]
    labels: Labels
    speakers: Speakers
    above: bool
    carries: bool
    resumed: set[int]
    titles: set[int]
    loose: bool
    tails: bool
    stamps: set[int]
    odd: dict[int, str]
    nameless: set[int]
    peels: tuple[bool, bool]
    day: float | None


class Walk:
    """Goes through the paragraphs of one dialogue, holding who spoke last."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._speaker = ""
        self._role: Role | None = None
        self._slips = 0
        self._start: Stamp | None = None
        self._carried: list[Para] = []
        self._guessed: list[Para] = []
        self._unknown: list[Para] = []
        self._dropped: list[Para] = []
        self._titles: list[Para] = []
        self._told: list[Told] = []
        self._broken: dict[str, list[Para]] = {}
        self._doubts: dict[str, list[Para]] = {}
        self._last = max(talk.headings)
        self._tail = 0
        self._within = False  # some paragraph before the last label goes on
        self._line: int | None = None  # of the paragraph before
        self._here: int | None = None  # of this one, its last

    def items(self) -> Iterator[Said | Told]:
        waiting: Waiting = None
        for numbers, text in self._talk.pieces:
            n = numbers[0]
            self._line, here = self._here, self._talk.paras[numbers[-1]].line
            self._here = here
            para = self._talk.paras[n]
            found = self._talk.headings.get(n)
            if found is None:
                said, waiting = self._without_label(n, para, text, numbers, waiting)
                if said:
                    yield said
                continue
            if waiting and waiting[1].key != found.key:
                yield _nothing_said(*waiting)
            if waiting and waiting[1].key == found.key and found.start is None:
                found = found._replace(start=waiting[1].start, end=waiting[1].end)
            waiting = None
            self._begin(found)
            text_ = found.text if len(numbers) == 1 else self._rest(found, numbers)
            if text_.strip(EDGE):
                yield self._turn(para, text_, numbers, found)
            else:
                waiting = (para, found)
        if waiting:
            yield _nothing_said(*waiting)
        yield from self._summary()

    def _without_label(
        self, n: int, para: Para, text: str, numbers: tuple[int, ...], waiting: Waiting
    ) -> tuple[Said | None, Waiting]:
        """The turn of a paragraph without a label, and the label that still waits for its words."""
        if row := self._talk.rows.get(n):
            self._start = Stamp(row.start, row.end) if row.start is not None else None
            return self._unheaded(para, row.text, numbers), waiting
        if label := self._talk.odd.get(n):
            self._nobody()
            self._doubts.setdefault(label, []).append(para)
            if waiting:
                self._told.append(_nothing_said(*waiting))
            return self._said(para, "", None, text, numbers, None), None
        if n in self._talk.nameless and not waiting:
            self._nobody()
        if (stamp := only_time(text)) and (
            n in self._talk.nameless or n in self._talk.stamps or _is_mark(text, stamp)
        ):
            if waiting and waiting[1].start is None:
                head = waiting[1]._replace(start=stamp.start, end=stamp.end, of_day=stamp.of_day)
                return None, (waiting[0], head)
            self._start = stamp
            return None, waiting
        if waiting:
            return self._turn(waiting[0], text, numbers, waiting[1]), None
        return self._unheaded(para, text, numbers), None

    def _rest(self, found: Heading, numbers: tuple[int, ...]) -> str:
        return " ".join([found.text.strip(), *(self._talk.lines[n].strip() for n in numbers[1:])])

    def _begin(self, found: Heading) -> None:
        self._speaker = found.label
        self._role = self._talk.speakers.role(found.label)
        self._slips = self._tail = 0

    def _nobody(self) -> None:
        """From here on nobody is known to speak."""
        self._speaker, self._role, self._slips = "", None, _SLIP

    def _unheaded(self, para: Para, text: str, numbers: tuple[int, ...]) -> Said:
        talk = self._talk
        if numbers[0] in talk.titles:
            self._titles.append(para)
            return self._said(para, "", None, text, numbers, None)
        if doubt := talk.labels.doubtful(text):
            self._nobody()
            self._doubts.setdefault(doubt.label, []).append(para)
            return self._said(para, "", None, text, numbers, None)
        if not (bare := not talk.above and talk.labels.is_bare(text)) and (label := talk.labels.broken(text)):
            self._nobody()
            self._broken.setdefault(label, []).append(para)
            return self._said(para, "", None, text, numbers, None)
        if bare:
            self._speaker, self._role, self._slips = "", talk.speakers.role(fold(text)), 0
            return self._said(para, "", self._role, text, numbers, None)
        if UNREAD in text[:_HEAD] or talk.labels.mistyped(text) or _SIGNS.match(text):
            self._nobody()
        if is_noise(text) or is_no_speech(text):
            return self._said(para, "", None, text, numbers, None)
        if numbers[0] in talk.resumed:
            self._unknown.append(para)
            return self._said(para, "", None, text, numbers, None)
        self._tail += numbers[0] > self._last
        if talk.carries and self._speaker and (talk.above or self._goes_on(para)):
            self._carried.append(para)
            self._within |= not self._tail
            return self._said(para, self._speaker, self._role, text, numbers, None)
        self._slips += 1
        role = self._role if self._slips <= _SLIP else None
        (self._guessed if role else self._unknown).append(para)
        said = self._said(para, "", role, text, numbers, None)
        return said._replace(guessed="role") if role else said

    def _goes_on(self, para: Para) -> bool:
        """Whether a paragraph without a label is the speaker's before it.

        After the last label it is as long as answers elsewhere have paragraphs without one, or as it
        stands on the line below: what else stands at the end is a foot (`Subscribe …`), minutes, a signature.
        """
        below = para.line is not None and self._line is not None and para.line == self._line + 1
        form = self._within or below or len(self._talk.headings) < _FORM
        return not self._tail or (self._tail <= _TAIL and form)

    def _turn(self, para: Para, text: str, numbers: tuple[int, ...], found: Heading) -> Said:
        said = self._said(para, found.label, self._role, text, numbers, found)
        if found.form != DROPPED:
            return said
        self._dropped.append(para)
        return said._replace(guessed="speaker")

    def _said(
        self,
        para: Para,
        speaker: str,
        role: Role | None,
        text: str,
        numbers: tuple[int, ...],
        found: Heading | None,
    ) -> Said:
        talk = self._talk
        start, end, of_day = (found.start, found.end, found.of_day) if found else (None, None, False)
        if start is None and self._start is not None:
            start, end, of_day = self._start.start, self._start.end, self._start.of_day
        self._start = None
        words, start, end = _words(text, start, end, talk)
        if of_day and talk.day is not None and start is not None:
            start = (start - talk.day) % 86400.0
        return Said(speaker, role, words, para, start, end, numbers)

    def _summary(self) -> Iterator[Told]:
        yield from self._told
        for label, paras in self._doubts.items():
            yield Told("warning", doubt(label), paras[0])
        for label, paras in self._broken.items():
            yield Told(
                "warning",
                f"paragraphs that begin with “{label}” and not as its label is written elsewhere, so nobody "
                f"is named there and the words are kept: {len(paras)}.",
                paras[0],
            )
        if self._titles:
            yield Told(
                "warning",
                "lines that may be headings or say who is who, so nobody is named there and the words are "
                "kept: "
                f"{len(self._titles)} (“{fold(self._titles[0].text)[:40]}”).",
                self._titles[0],
            )
        for paras, said in (
            (self._guessed, "said in the role of the turn before"),
            (self._unknown, "said by someone unknown"),
            (self._dropped, "said by whom they begin with, the colon missing"),
        ):
            if paras:
                yield Told(
                    "warning",
                    f"paragraphs without a speaker's label, taken to be {said}: {len(paras)}.",
                    paras[0],
                )
        if self._carried and not self._talk.above:
            yield Told(
                "info",
                f"paragraphs without a label that go on with the speaker before: {len(self._carried)}.",
                self._carried[0],
            )


def _is_mark(text: str, stamp: Stamp) -> bool:
    """Whether a time alone is a mark and no answer: nobody says brackets, or hours, minutes and seconds."""
    return stamp.bracketed or text.count(":") > 1


def _nothing_said(para: Para, heading: Heading) -> Told:
    return Told("lost", f"the label “{heading.label}” has no text after it.", para)


def _words(
    text: str, start: float | None, end: float | None, talk: Talk
) -> tuple[str, float | None, float | None]:
    """The words without times, and the times that stood in them."""
    for sign in (BOLD, BOLD_END):
        text = text.replace(sign, "")
    stamp, rest = peel_left(text) if talk.loose else peel_bracketed(text)
    if stamp and rest.strip(EDGE) and (talk.peels[0] or text.lstrip(EDGE)[:1] != "("):
        text = rest
        start = stamp.start if start is None else start
        end = stamp.end if end is None else end
    tail, rest = peel_right(text)
    by_tool = tail is not None and (tail.bracketed or (talk.tails and is_clock(text)))
    if tail and by_tool and rest.strip(EDGE) and (talk.peels[1] or text.rstrip(EDGE)[-1:] != ")"):
        text = rest
        end = tail.start if end is None else end
    return fold(without_marks(text).strip(EDGE + INVISIBLE)), start, end
