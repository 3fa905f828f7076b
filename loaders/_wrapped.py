"""From the lines of a transcript to its paragraphs: which line is the wrapped rest of the line above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders._columns import Row
from loaders._label import Heading
from loaders._label_words import is_noise
from loaders._labels import Labels
from loaders._paras import Para
from loaders._times import EDGE, only_time

# The widths at which text is wrapped; a file with a longer line has its paragraphs in lines.
_WRAP = range(40, 121)


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

    def paragraphs(self) -> Iterator[tuple[tuple[int, ...], str]]:
        """The paragraphs by the indexes of their lines, wrapped lines joined."""
        width = max((len(p.text.rstrip()) for p in self._paras if not p.whole), default=0)
        held: list[int] = []
        for n, line in enumerate(self._lines):
            if not line.strip(EDGE):
                if self._joins or n in self._within:
                    continue  # an empty line of the page, or one that was left out between two pages
                if held:
                    yield tuple(held), self._join(held)
                held = []
            elif held and self._goes_on(held[-1], n, width):
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

    def _goes_on(self, last: int, n: int, width: int) -> bool:
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
        return width in _WRAP and len(above) + 1 + len(line.split(maxsplit=1)[0]) > width
