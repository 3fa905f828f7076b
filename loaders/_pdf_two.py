"""Pages that are printed in two columns, like a newspaper's, put below each other.

Read across, each line would be half one person's and half another's. Columns of running text are told from
a table (a label and its words) by the left one, whose lines are full, and by labels that stand in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from loaders._delve_lines import Line
from loaders._labels import Labels
from loaders._times import BOLD, BOLD_END

_NEAR = 3.0  # points within which lines begin at one place
_MIDDLE = (0.35, 0.65)  # of the text's width, where the second column begins
_GAP = 0.8  # type sizes between the columns
_LEAST = 6  # lines in the second column
_SHARE = 0.25  # of all lines
_CROSS = 0.1  # of the lines may go over both, as a title does
_FULL, _FILLED = 0.5, 0.3  # how full a line of running text is, and the share of such lines
_BOTH = 2  # labels in each column


class LabelsInOne(Exception):
    """Only one of two columns of running text has labels, so it may be a print in columns or a table."""


def columns_below(body: Sequence[Line], text: Callable[[Line], str]) -> list[Line] | None:
    """The lines with the second column of each page below the first, and moved to its place.

    Args:
        body: The lines of all pages, without headers and footers.
        text: Gives a line's words.

    Returns:
        The lines; None where there are no two columns of running text.

    Raises:
        LabelsInOne: There are two, and labels in only one of them.
    """
    left = min(line.x0 for line in body)
    width = max(line.x1 for line in body) - left
    starts = Counter(
        round(x / _NEAR)
        for line in body
        for x in _starts(line)
        if _MIDDLE[0] * width < x - left < _MIDDLE[1] * width
    )
    if not starts:
        return None
    column = starts.most_common(1)[0][0] * _NEAR
    parts = [_parts(line, column) for line in body]
    good = [part for part in parts if part]
    first = [a for a, _ in good if a]
    second = [b for _, b in good if b]
    crossing = len(body) - len(good)
    if len(second) < max(_LEAST, _SHARE * len(body)) or crossing > _CROSS * len(body) or not first:
        return None
    if not _is_filled(first, left, column) or not _labels_in_both(
        first, second, text, full=_is_filled(second, column, left + width)
    ):
        return None
    out: list[Line] = []
    for _, group in groupby(zip(body, parts, strict=True), key=lambda pair: pair[0].page):
        lines = list(group)
        for line, part in lines:
            if (one := line if part is None else part[0]) is not None:
                out.append(one)
        out += [_moved(part[1], column - left) for _, part in lines if part and part[1]]
    return out


def _starts(line: Line) -> list[float]:
    return [line.x0] + [b.x0 for a, b in pairwise(line.glyphs) if b.x0 - a.x1 > _GAP * line.size]


def _parts(line: Line, column: float) -> tuple[Line | None, Line | None] | None:
    """What of a line stands in the first column and what in the second; None where it goes over both."""
    at = next((n for n, glyph in enumerate(line.glyphs) if glyph.x0 >= column - _NEAR), len(line.glyphs))
    end = at
    while end and line.glyphs[end - 1].text.isspace():
        end -= 1
    if end and line.glyphs[end - 1].x1 > column - (_GAP if at < len(line.glyphs) else 0.0) * line.size:
        return None
    return _part(line, 0, end), _part(line, at, len(line.glyphs))


def _part(line: Line, start: int, end: int) -> Line | None:
    while start < end and line.glyphs[start].text.isspace():
        start += 1
    if start == end:
        return None
    glyphs = line.glyphs[start:end]
    bold = all(glyph.bold for glyph in glyphs if not glyph.text.isspace())
    return line._replace(glyphs=glyphs, marked=line.marked[start:end], bold=bold)


def _moved(line: Line, by: float) -> Line:
    return line._replace(glyphs=tuple(g._replace(x0=g.x0 - by, x1=g.x1 - by) for g in line.glyphs))


def _is_filled(side: Sequence[Line], left: float, right: float) -> bool:
    """Whether a column has the lines of running text."""
    return sum(line.x1 - left > _FULL * (right - left) for line in side) >= _FILLED * len(side)


def _labels_in_both(
    first: Sequence[Line], second: Sequence[Line], text: Callable[[Line], str], *, full: bool
) -> bool:
    """Whether labels of the document begin lines in each of the columns, one of them in both.

    Raises:
        LabelsInOne: Only in one of them, though the second one is `full` too.
    """
    sides = [
        [text(line).replace(BOLD, "").replace(BOLD_END, "") for line in side] for side in (first, second)
    ]
    labels = Labels([*sides[0], *sides[1]])
    found = [[h for line in side if (h := labels.read(line))] for side in sides]
    keys = [{h.key for h in side} for side in found]
    if min(map(len, found)) >= _BOTH and not keys[0].isdisjoint(keys[1]):
        return True
    # A label alone in its cell is a table's.
    if full and sum(bool(h.text.strip()) for side in found for h in side) > _BOTH:
        raise LabelsInOne
    return False
