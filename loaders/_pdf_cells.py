"""Tables on a PDF's pages in which a label stands at the foot or in the middle of its cell.

The words above it in the same cell are that speaker's. Where two rows are further apart than two lines of one
cell, the words tell the rows, and each label belongs to the row beside it; where they are not, nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._delve_lines import Line
from loaders._heads import SENTENCE

_LEAST = 4  # labels
_LOWER = 0.3  # of the distance of lines: so much lower than the first line a label is not at the top
_MOST = 0.5  # of the rows with several lines
_SEEN = 2  # labels between two lines, which show that they are in the middle
_CASES = 3  # rows with several lines that show a habit
_OPEN, _ENDED = 0.34, 0.5  # rows that would end within a sentence; turns that end with one
_NEARER = 0.25  # of the distance of lines: by so much a label is nearer to its row than to another


class LabelsApart(Exception):
    """Labels stand at the foot or in the middle of their cells, and nothing tells where a row begins."""


class Cells(NamedTuple):
    """A line's label and words, ``""`` where the cell has none here."""

    label: str
    words: str
    line: Line


def rows_by_words(cells: Sequence[Cells], apart: float) -> list[list[Cells]] | None:
    """The rows of a table whose labels are not at the top of their cells; None where they are, or it is none.

    Args:
        cells: The lines of all pages in their order.
        apart: Lines of two rows are so many times as far apart as those of one.

    Raises:
        LabelsApart: They are not, and the rows cannot be told.
    """
    said = [one for one in cells if one.words]
    named = [one for one in cells if one.label]
    gaps = sorted(_gap(a, b) for a, b in pairwise(said) if _below(a, b))
    if len(named) < _LEAST or len(said) < _LEAST or not gaps:
        return None
    if sum(any(c.isalpha() for c in one.label) for one in named) < _MOST * len(named):
        return None  # numbers of lines
    pitch = gaps[0]
    if gaps[-1] < apart * pitch:
        if _between(cells, pitch) >= _SEEN or _within_sentences(cells):
            raise LabelsApart
        return None
    rows: list[list[Cells]] = []
    for n, one in enumerate(said):
        if not n or not _below(said[n - 1], one) or _gap(said[n - 1], one) >= apart * pitch:
            rows.append([])
        rows[-1].append(one)
    labels, unclear = _labels(rows, named, pitch)
    several = [n for n, row in enumerate(rows) if len(row) > 1 and labels[n]]
    lower = [
        n
        for n in several
        if labels[n][0].line.baseline - rows[n][0].line.baseline > _LOWER * pitch * rows[n][0].line.size
    ]
    if len(lower) < 2 or len(lower) < _MOST * len(several):
        return None
    rows, labels = _over_pages(rows, labels)
    if unclear or not all(labels) or _cut(rows, [" ".join(c.label for c in one) for one in labels]):
        raise LabelsApart
    return [
        [
            *(Cells(one.label, "", one.line) for one in labels[n]),
            *(Cells("", one.words, one.line) for one in row),
        ]
        for n, row in enumerate(rows)
    ]


def _labels(
    rows: Sequence[Sequence[Cells]], named: Sequence[Cells], pitch: float
) -> tuple[list[list[Cells]], bool]:
    """The lines of the label of each row, and whether one may be of either of two rows."""
    out: list[list[Cells]] = [[] for _ in rows]
    unclear = False
    for one in named:
        away = sorted((_away(one, row), n) for n, row in enumerate(rows) if row[0].line.page == one.line.page)
        if not away:
            return out, True
        out[away[0][1]].append(one)
        if len(away) > 1 and away[1][0] - away[0][0] < _NEARER * pitch * one.line.size:
            unclear = True
    return out, unclear


def _cut(rows: Sequence[Sequence[Cells]], names: Sequence[str]) -> bool:
    """Whether a label at the top of a page lacks its first line, which looked like the head of the page."""
    tops = [n for n, row in enumerate(rows) if not n or rows[n - 1][-1].line.page != row[0].line.page]
    return any(name.endswith(f" {names[n]}") for n in tops for name in names)


def _away(label: Cells, row: Sequence[Cells]) -> float:
    """How far a label is above or below a row, in points; 0 beside it."""
    at = label.line.baseline
    return max(0.0, row[0].line.baseline - at, at - row[-1].line.baseline)


def _over_pages(
    rows: list[list[Cells]], labels: list[list[Cells]]
) -> tuple[list[list[Cells]], list[list[Cells]]]:
    """The rows, those put together that a page's end cuts: only one of the parts has a label then."""
    whole: list[list[Cells]] = []
    names: list[list[Cells]] = []
    for row, label in zip(rows, labels, strict=True):
        if whole and whole[-1][-1].line.page != row[0].line.page and not (label and names[-1]):
            whole[-1] = [*whole[-1], *row]
            names[-1] = [*names[-1], *label]
        else:
            whole.append(row)
            names.append(label)
    return whole, names


def _between(cells: Sequence[Cells], pitch: float) -> int:
    """How many labels stand between two lines of words that are as near as lines of one cell."""
    return sum(
        bool(one.label and not one.words and above.words and below.words)
        and _below(above, below)
        and _gap(above, below) < 1.1 * pitch
        for above, one, below in zip(cells, cells[1:], cells[2:], strict=False)
    )


def _within_sentences(cells: Sequence[Cells]) -> bool:
    """Whether rows that begin with labels would mostly end within a sentence, in a talk of sentences."""
    ends = [SENTENCE.search(one.words) is not None for one in cells]
    named = [n for n, one in enumerate(cells) if one.label and n]
    before = [n - 1 for n in named if cells[n - 1].words and not cells[n - 1].label]
    ended = sum(ends[n] for n in before)
    return len(before) >= _CASES and ended <= _OPEN * len(before) and sum(ends) >= _ENDED * len(named)


def _below(above: Cells, one: Cells) -> bool:
    return above.line.page == one.line.page and one.line.baseline > above.line.baseline


def _gap(above: Cells, one: Cells) -> float:
    """The distance of two lines, in type sizes."""
    return (one.line.baseline - above.line.baseline) / one.line.size
