"""Where words that a project keeps with their offsets stand in a document's text.

A program counts in a unit of its own: characters, UTF-16 units, bytes; line ends as one or as two. Most
keep the words of a passage beside its offsets, so that each reading of the offsets can be tried on the
passage itself, and a passage whose text was changed since can be looked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from loaders._passages import newlines

CHARACTERS, UTF16, BYTES = "characters", "UTF-16 units", "bytes"
_WIDTH: dict[str, Callable[[str], int]] = {
    CHARACTERS: len,
    UTF16: lambda char: 2 if char > "\uffff" else 1,
    BYTES: lambda char: len(char.encode("utf-8", "surrogatepass")),
}
_AS_ONE, _AS_TWO = "line ends as one", "line ends as two"


class Place(NamedTuple):
    """Where a passage stands.

    Attributes:
        start, end: Offsets in characters, end exclusive.
        sure: Its words are those that the project keeps, or it keeps none.
    """

    start: int
    end: int
    sure: bool


class Anchors:
    r"""One document's text, to find passages in.

    Args:
        raw: The text as the project has it.
        unit: What its program counts in (`CHARACTERS`, `UTF16`, `BYTES`).

    Attributes:
        text: The same with line ends ``\n``, in which places are given.
        found: How many passages were found by another reading of their offsets, or by their words alone,
            by how.
    """

    def __init__(self, raw: str, unit: str = CHARACTERS) -> None:
        self._raw = raw
        self.text, self._moved = newlines(raw)
        units = [unit, *(other for other in (CHARACTERS, UTF16) if other != unit)]
        self._readings = [(unit, ends) for ends in (_AS_TWO, _AS_ONE) for unit in units]
        if self._moved is None:
            self._readings = self._readings[: len(units)]
        self._edges: dict[tuple[str, str], list[int]] = {}
        self.found: Counter[str] = Counter()

    def place(self, start: int | None, end: int | None, words: str = "") -> Place | None:
        """The passage from one offset to another; None if there is none.

        Args:
            start: Its first offset, as the project has it.
            end: The offset after its last one.
            words: Its words, as the project keeps them; ``""`` if it does not.
        """
        wanted = _solid(words)
        first = self._at(self._readings[0], start, end)
        if not wanted:
            return Place(*first, sure=True) if first else None
        for reading in self._readings:
            at = self._at(reading, start, end)
            if at and _solid(self.text[at[0] : at[1]]) == wanted:
                if reading != self._readings[0]:
                    self.found[", ".join(reading)] += 1
                return Place(*at, sure=True)
        if near := self._nearest(wanted, first[0] if first else start or 0):
            self.found["by their words"] += 1
            return near
        return Place(*first, sure=False) if first else None

    def _at(self, reading: tuple[str, str], start: int | None, end: int | None) -> tuple[int, int] | None:
        if start is None or end is None or not 0 <= start < end:
            return None
        edges = self._edge(reading)
        if end > edges[-1]:
            return None
        return bisect_left(edges, start), bisect_left(edges, end)

    def _edge(self, reading: tuple[str, str]) -> list[int]:
        """For each place of the text the offset that a reading has for it; they ascend."""
        if reading not in self._edges:
            unit, ends = reading
            width = _WIDTH[unit]
            if ends == _AS_ONE or self._moved is None:
                self._edges[reading] = list(accumulate(map(width, self.text), initial=0))
            else:
                edges = [0] * (len(self.text) + 1)
                offsets = list(accumulate(map(width, self._raw), initial=0))
                for offset, new in zip(offsets, self._moved, strict=True):
                    edges[new] = offset
                self._edges[reading] = edges
        return self._edges[reading]

    def _nearest(self, wanted: str, start: int) -> Place | None:
        """The place of these words that is nearest to an offset."""
        solid, at = self._words
        here = bisect_left(at, start)
        before = solid.rfind(wanted, 0, here + len(wanted))
        after = solid.find(wanted, here)
        found = [n for n in (before, after) if n >= 0]
        if not found:
            return None
        first = min(found, key=lambda n: (abs(n - here), n))
        return Place(at[first], at[first + len(wanted) - 1] + 1, sure=True)

    @cached_property
    def _words(self) -> tuple[str, Sequence[int]]:
        """The text without white space, and where each character of it stands."""
        at = [n for n, char in enumerate(self.text) if not _is_space(char)]
        return "".join(self.text[n] for n in at), at


def _is_space(char: str) -> bool:
    return char.isspace() or char == "\ufeff"


def _solid(words: str) -> str:
    """Words without white space: programs break and indent lines of a quote as they like."""
    return "".join(words.replace("\ufeff", "").split())
