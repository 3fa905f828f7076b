"""From the lines of a transcript to its paragraphs: which line is the wrapped rest of the line above.

The longest line of any file is as long as the lines of a wrapped one are, so what follows it is its rest only
where the file is wrapped at other places too, or where it goes on in small letters with an open sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders._columns import Row
from loaders._heads import SENTENCE
from loaders._label import Heading
from loaders._label_words import is_noise
from loaders._labels import Labels
from loaders._paras import Para
from loaders._times import EDGE, only_time, peel_bracketed, peel_left

# The widths at which text is wrapped; a file with a longer line has its paragraphs in lines.
_WRAP = range(40, 121)
_HABIT = 3  # lines that go on from a full one: then the file is wrapped
_TIMED = 0.8  # of the labels have a time: then a line that begins with one is a turn of its own


class Wrapped:
    """The lines of one transcript.

    Args:
        lines: What is read of each, ``""`` for what is no speech.
        paras: As they stand in the file.
        headings: The labels by the index of their line.
        rows: The rows of a table, by the index of their line.
        labels: Its labels.
        numbered: The paragraphs had numbers, which are off.
        joins: The lines had, so each goes on to the next label.
        seams: Lines that go on from a line before them, over the head of a page (`loaders._running`).
    """

    def __init__(
        self,
        lines: Sequence[str],
        paras: Sequence[Para],
        headings: Mapping[int, Heading],
        rows: Mapping[int, Row],
        labels: Labels,
        *,
        numbered: bool,
        joins: bool = False,
        seams: Mapping[int, int] | None = None,
    ) -> None:
        self._lines, self._paras, self._headings, self._rows = lines, paras, headings, rows
        self._labels, self._numbered, self._hanging = labels, numbered, False
        self._joins = joins
        self._seams = dict(seams or {})
        self._within = {n for to, start in self._seams.items() for n in range(start + 1, to)}
        blank = sum(n == 0 or not lines[n - 1].strip(EDGE) for n in headings)
        self._spaced = blank >= 0.9 * len(headings)  # a blank line before each label
        self._width = max((len(p.text.rstrip()) for p in paras if not p.whole), default=0)
        timed = sum(h.start is not None for h in headings.values())
        self._timed = timed >= _TIMED * len(headings) > 0
        self._wraps = self._is_wrapped()

    def paragraphs(self) -> Iterator[tuple[tuple[int, ...], str]]:
        """The paragraphs by the indexes of their lines, wrapped lines joined."""
        held: list[int] = []
        for n, line in enumerate(self._lines):
            if not line.strip(EDGE):
                if self._joins or n in self._within:
                    continue  # an empty line of the page, or one that was left out between two pages
                if held:
                    yield tuple(held), self._join(held)
                held = []
            elif held and self._goes_on(held[-1], n):
                held.append(n)
            else:
                if held:
                    yield tuple(held), self._join(held)
                held = [n]
        if held:
            yield tuple(held), self._join(held)

    def _join(self, numbers: list[int]) -> str:
        if len(numbers) == 1:
            return self._lines[numbers[0]]
        return " ".join(self._lines[n].strip() for n in numbers)

    def _goes_on(self, last: int, n: int) -> bool:
        """Whether a line is the wrapped rest of the line above it."""
        if n in self._seams:
            return True
        if n in self._headings or n in self._rows or last in self._rows or self._paras[n].whole:
            return False
        above, line = self._paras[last].text.rstrip(), self._paras[n].text
        if only_time(self._lines[n]) or only_time(self._lines[last]):
            return False
        if not self._spaced and self._labels.doubtful(self._lines[n]) and self._labels.form != "own":
            return False
        if not self._spaced and self._labels.mistyped(self._lines[n]):
            return False
        if self._timed and (peel_bracketed(self._lines[n])[0] or peel_left(self._lines[n])[0]):
            return False
        head = self._headings.get(last)
        if head and not head.text.strip():
            return False
        indented = len(line) - len(line.lstrip()) > len(above) - len(above.lstrip()) + 1
        if indented and (head or self._hanging):
            self._hanging = True
            return True
        if self._joins:
            return not is_noise(self._lines[n]) and not is_noise(self._lines[last])
        if self._numbered and line[:1] in " \t":
            return True
        if not self._is_full(above, line):
            return False
        return self._wraps or (line.lstrip()[:1].islower() and not SENTENCE.search(above))

    def _is_full(self, above: str, line: str) -> bool:
        """Whether the first word of a line would not have fitted into the one above."""
        return self._width in _WRAP and len(above) + 1 + len(line.split(maxsplit=1)[0]) > self._width

    def _is_wrapped(self) -> bool:
        """Whether several lines without a label go on from a full one, and hardly any from another."""
        full = other = 0
        for n in range(1, len(self._lines)):
            above, line = self._paras[n - 1].text.rstrip(), self._paras[n].text
            if n in self._headings or not above or not self._lines[n].strip(EDGE):
                continue
            if only_time(self._lines[n]) or only_time(self._lines[n - 1]):
                continue
            if self._is_full(above, line):
                full += 1
            else:
                other += 1
        return full >= _HABIT and full >= other
