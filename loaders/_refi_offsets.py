r"""How a program counted the offsets of its selections, found by trying every way on the file itself.

REFI-QDA says "position of the first and the last character" and no more. Programs count characters or
UTF-16 units, line ends as one or as two, the byte order mark or not, the end inclusive or (nearly always)
exclusive. A reading is good where selections begin and end at words' edges, and where the words that a
selection stores as its name are the words it then holds. One program wrote the whole file, so a source
that says little is read as the others are.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from itertools import accumulate, product
from typing import NamedTuple

from kb.text.words import plural
from loaders._text import fold

# What a name that is the words, one that is cut and one that only begins like them, an edge, and an
# impossible offset count.
_NAME, _CUT_NAME, _BEGIN, _EDGE, _OUTSIDE = 8, 7, 3, 1, -4
_AHEAD = 6  # what one text must fit another way better by, to be read so
_CUT = ("…", "...")
_LONG = 12  # characters of a cut name that say enough
_BEYOND = 2  # characters that an end may be after the text's
_SURE = 0.85  # of the edges, or of the names
_RARE = 2  # what is better by so much only for each thing that no program is known to do is not taken


class Reading(NamedTuple):
    """One way to count.

    Attributes:
        unit: ``characters``, ``utf-16`` or ``bytes`` (of UTF-8).
        crlf: A line end is two.
        shift: What the first character is counted as: 1 where the byte order mark is one, too.
        inclusive: The end is the last character, not the place after it.
    """

    unit: str
    crlf: bool
    shift: int
    inclusive: bool

    def __str__(self) -> str:
        units = {"characters": "characters", "utf-16": "UTF-16 units", "bytes": "bytes of UTF-8"}[self.unit]
        lines = "two" if self.crlf else "one"
        first = ", the first one 1 (a byte order mark, or no 0)" if self.shift else ""
        end = "the last one's place" if self.inclusive else "the place after the last one"
        return f"{units}{first}, a line end as {lines}, the end as {end}"


class Marked(NamedTuple):
    """A selection as the file has it; the name is often its words, perhaps cut.

    None is where the text begins or ends.
    """

    start: int | None
    end: int | None
    name: str | None


# Every way; `choose` says which of several equally good ones is taken.
_ALL = [
    Reading(unit, crlf, shift, inclusive)
    for inclusive, shift, unit, crlf in product(
        (False, True), (0, 1), ("characters", "utf-16", "bytes"), (False, True)
    )
]


class Body:
    r"""A text with its selections.

    Args:
        text: Line ends ``\n``.
        double: Where in it a line end is two characters in the file.
        marked: Its selections.
        points: Places where a recording is at a known time; where people begin to speak, mostly.
    """

    def __init__(
        self, text: str, double: Set[int], marked: Sequence[Marked], points: Sequence[int] = ()
    ) -> None:
        self.text, self.crlf, self.marked, self.points = text, bool(double), marked, points
        self._double = double
        self._wide = {"characters"}
        if any(char > "\uffff" for char in text):
            self._wide.add("utf-16")
        if not text.isascii():
            self._wide.add("bytes")
        self._places: dict[tuple[str, bool], array[int]] = {}
        self._scores: dict[Reading, int] = {}

    def own(self, reading: Reading) -> Reading:
        """The reading, as far as it makes a difference here."""
        unit = reading.unit if reading.unit in self._wide else "characters"
        return reading._replace(unit=unit, crlf=reading.crlf and "\n" in self.text)

    def span(self, reading: Reading, marked: Marked) -> tuple[int, int] | None:
        """A selection in code points, end exclusive; None if it is none in this reading."""
        reading = self.own(reading)
        places = self._counted(reading.unit, reading.crlf)
        first = 0 if marked.start is None else marked.start - reading.shift
        last = places[-1] if marked.end is None else marked.end - reading.shift + reading.inclusive
        start = bisect_left(places, first)
        # Programs count a line end after the text that they do not write.
        end = bisect_left(places, min(last, places[-1]) if last <= places[-1] + _BEYOND else last)
        if not 0 <= first < places[-1] or end >= len(places) or start >= end:
            return None
        return start, end

    def score(self, reading: Reading) -> int:
        """How well all selections fit."""
        reading = self.own(reading)
        if reading not in self._scores:
            fits = sum(self._fit(reading, marked) for marked in self.marked)
            self._scores[reading] = fits + sum(self._begins(reading, point) for point in self.points)
        return self._scores[reading]

    def names(self, reading: Reading) -> tuple[int, int]:
        """Of how many selections the name is their words, and how many edges are words' edges."""
        named = edges = 0
        for marked in self.marked:
            if span := self.span(reading, marked):
                named += _named(self.text[slice(*span)], marked.name) > 0
                edges += _edges(self.text, span)
        self.forget()
        return named, edges

    def forget(self) -> None:
        """Free the memory that counting took."""
        self._places.clear()

    def _fit(self, reading: Reading, marked: Marked) -> int:
        span = self.span(reading, marked)
        if span is None:
            return _OUTSIDE
        return _EDGE * _edges(self.text, span) + _named(self.text[slice(*span)], marked.name)

    def _begins(self, reading: Reading, point: int) -> int:
        """What it counts that a time is where a line or a word begins."""
        reading = self.own(reading)
        places = self._counted(reading.unit, reading.crlf)
        if not 0 <= point - reading.shift <= places[-1]:
            return _OUTSIDE
        at = bisect_left(places, point - reading.shift)
        if at in (0, len(self.text)) or self.text[at - 1] == "\n":
            return 2 * _EDGE
        return _EDGE * _edge(self.text, at, at)

    def _counted(self, unit: str, crlf: bool) -> array[int]:
        """Where each character stands in these units, and where the text ends."""
        if (unit, crlf) not in self._places:
            if unit == "characters":
                widths = [1] * len(self.text)
            elif unit == "utf-16":
                widths = [1 + (char > "\uffff") for char in self.text]
            else:
                widths = [1 + (char > "\x7f") + (char > "\u07ff") + (char > "\uffff") for char in self.text]
            # Text in the XML itself has lost its second characters, and the offsets count them.
            lines = self._double or (n for n, char in enumerate(self.text) if char == "\n")
            for n in lines if crlf else ():
                widths[n] = 2
            self._places[unit, crlf] = array("q", accumulate(widths, initial=0))
        return self._places[unit, crlf]


def choose(bodies: Sequence[Body]) -> tuple[list[Reading], list[tuple[bool, str]]]:
    """The reading of each text, and what to say of the choice: whether it is sure, and a sentence."""
    total = Counter[Reading]()
    for body in bodies:
        for reading in _ALL:
            total[reading] += body.score(reading)
        body.forget()
    # Where it makes no difference how line ends are counted, they count as the file has them.
    crlf = any(body.crlf for body in bodies)
    order = sorted(_ALL, key=lambda r: (_RARE * _rare(r) - total[r], _rare(r), r.crlf != crlf, _odd(r)))
    chosen = [_own(body, order) for body in bodies]
    told = []
    for reading in dict.fromkeys(chosen):
        own = [body for body, each in zip(bodies, chosen, strict=True) if each == reading]
        if any(body.marked for body in own):
            told.append(_told(reading, own))
    return chosen, told


def _rare(reading: Reading) -> int:
    return reading.inclusive + (reading.shift > 0) + (reading.unit == "bytes")


def _odd(reading: Reading) -> bool:
    """Programs for Windows count UTF-16 units and line ends as two; others mostly neither."""
    return (reading.unit == "utf-16") != reading.crlf


def _own(body: Body, order: Sequence[Reading]) -> Reading:
    """The file's reading, unless this text speaks clearly for another one."""
    count = len(body.marked) + len(body.points)
    best = max(order, key=body.score) if count else order[0]
    ahead = body.score(best) - body.score(order[0])
    return best if ahead >= max(_AHEAD, 0.1 * _AHEAD * count) else order[0]


def _told(reading: Reading, bodies: Sequence[Body]) -> tuple[bool, str]:
    marked = sum(len(body.marked) for body in bodies)
    fits = [body.names(reading) for body in bodies]
    named, edges = sum(fit[0] for fit in fits), sum(fit[1] for fit in fits)
    with_name = sum(bool(each.name and each.name.strip()) for body in bodies for each in body.marked)
    rivals = Counter[Reading]()
    for other in _ALL:
        if any(body.own(other) != body.own(reading) for body in bodies):
            rivals[other] = sum(body.score(other) for body in bodies)
    best = sum(body.score(reading) for body in bodies)
    # That the end is inclusive was never seen: what is as good that way is no doubt.
    close = any(
        score >= best + other.inclusive and any(_differ(body, other, reading) for body in bodies)
        for other, score in rivals.items()
    )
    sure = not close and (edges >= _SURE * 2 * marked or (named >= _SURE * with_name and named > 0))
    names = f", and {named} of {with_name} names are the words" if with_name else ""
    doubt = "" if sure else "; this is not sure, so look at some of them"
    return sure, (
        f"the offsets of {plural(marked, 'selection')} in {plural(len(bodies), 'source')} are counted in "
        f"{reading}: {edges} of {2 * marked} ends are edges of words{names}{doubt}."
    )


def _differ(body: Body, one: Reading, other: Reading) -> bool:
    """Whether two readings find other words."""
    found = [[body.span(reading, marked) for marked in body.marked] for reading in (one, other)]
    body.forget()
    return found[0] != found[1]


def _edges(text: str, span: tuple[int, int]) -> int:
    """How many ends are edges of words; a line is selected with its end, too, and a word with a blank."""
    start, end = span
    line = text[end - 1] == "\n" or (end < len(text) and text[end - 1] == " " and not text[end].isspace())
    whole = line and not text[start:end].isspace()
    return _edge(text, start, start) + (whole or _edge(text, end, end - 1))


def _edge(text: str, place: int, inside: int) -> bool:
    """Whether a word begins or ends at a place; `inside` is the selection's character beside it."""
    if text[inside].isspace() or (place < len(text) and _joins(text[place])):
        return False
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def _joins(char: str) -> bool:
    """Whether a character is part of the one before it."""
    return bool(unicodedata.combining(char)) or char in "\u200d\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"


def _named(words: str, name: str | None) -> int:
    """What it counts that a selection is named by these words."""
    name, words = fold(name or ""), fold(words)
    if not name:
        return 0
    if name == words:
        return _NAME
    for end in _CUT:
        if name.endswith(end):
            name = name.removesuffix(end).rstrip()
            return _CUT_NAME * (len(name) >= _LONG and words.startswith(name))
    return _BEGIN * (len(name) >= 2 * _LONG and words.startswith(name))
