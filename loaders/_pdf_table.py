"""Tables on a PDF's pages, a cell for the label and one for the words, whose cells go over several lines.

Only the distance of the lines, or a colon at the label's end, tells a label that goes on in the next line
(``Interviewer`` / ``Dana Field``) from the next row's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from loaders._delve_lines import Line
from loaders._heads import SENTENCE
from loaders._paras import Para
from loaders._pdf_cells import Cells, rows_by_words
from loaders._text import fold
from loaders._times import BOLD, BOLD_END

_GAP = 1.0  # type sizes: a blank that wide may part cells, where the second one begins in a column
_NEAR = 3.0  # points within which lines begin at one place
_ROWS = 0.9  # of the lines belong to rows
_LEAST = 4  # rows
_COLONS = (":", "：")
_DOUBTS = 2  # lines that seem to go on with a label
_APART = 1.25  # lines of two rows are so many times as far apart as those of one


class LabelsWrapped(Exception):
    """Labels seem to go over several lines, and nothing tells where a row begins."""


def table_rows(body: Sequence[Line], text: Callable[[Line], str]) -> list[Para] | None:
    """The rows of the table that the lines are, a tab between label and words; None where they are none.

    Also None where no label goes over two lines: then each line tells its row.

    Raises:
        LabelsApart: Labels are not at the top of their cells, and nothing tells where a row begins.
        LabelsWrapped: Labels seem to go over several lines, and nothing tells where a row begins.

    Args:
        body: The lines of all pages, without headers and footers.
        text: Gives a line's words.
    """
    if len(body) < _LEAST:
        return None
    left = min(line.x0 for line in body)
    starts = Counter(round(x / _NEAR) for line in body for x in _starts(line) if x > left + 2 * line.size)
    if not starts:
        return None
    column = starts.most_common(1)[0][0] * _NEAR
    cells = [_cells(line, left, column, text) for line in body]
    good = [one for one in cells if one is not None]
    if len(good) < _ROWS * len(body):
        return None
    if (rows := rows_by_words(good, _APART)) is not None:
        return [_para(row) for row in rows] if len(rows) >= _LEAST else None
    if sum(bool(one.label and one.words) for one in good) < _LEAST:
        return None
    gaps = sorted(
        (b.line.baseline - a.line.baseline) / a.line.size
        for a, b in pairwise(good)
        if a.line.page == b.line.page and b.line.baseline > a.line.baseline
    )
    if not gaps:
        return None
    tight = gaps[-1] < _APART * gaps[0]
    rows = _by_colons(good) if tight else _over_pages(_by_distance(good, _APART * gaps[0]))
    wrapped = sum(sum(bool(one.label) for one in row) > 1 for row in rows)
    if not wrapped or len(rows) < _LEAST or not all(any(one.label for one in row) for row in rows):
        return None
    return [_para(row) for row in rows]


def _by_distance(cells: Sequence[Cells], apart: float) -> list[list[Cells]]:
    rows: list[list[Cells]] = []
    for n, one in enumerate(cells):
        last = cells[n - 1] if n else None
        if last is None or last.line.page != one.line.page:
            new = bool(one.label) or last is None
        else:
            new = (one.line.baseline - last.line.baseline) / last.line.size >= apart
        if new:
            rows.append([])
        rows[-1].append(one)
    return rows


def _by_colons(cells: Sequence[Cells]) -> list[list[Cells]]:
    """The rows where labels end with a colon, and where lines stand as far apart as rows.

    Raises:
        LabelsWrapped: There are no colons, and labels seem to go over several lines.
    """
    labels = [one.label for one in cells if one.label]
    ended = sum(label.endswith(_COLONS) for label in labels)
    if ended < max(2, len(labels) / 4):
        doubts = sum(_wraps(a, b) for a, b in pairwise(cells))
        if doubts >= max(_DOUBTS, 0.1 * len(labels)):
            raise LabelsWrapped
        return []
    rows: list[list[Cells]] = []
    last = ":"
    for one in cells:
        if one.label and last.endswith(_COLONS):
            rows.append([])
        last = one.label or last
        if rows:
            rows[-1].append(one)
    return rows


def _wraps(above: Cells, one: Cells) -> bool:
    """Whether a line seems to go on with the label and the words of the line above, though it has a label."""
    if not (one.label and above.label and above.words):
        return False
    if not one.words:
        return True
    return one.words[0].islower() and not SENTENCE.search(above.words)


def _starts(line: Line) -> list[float]:
    """Where a line's cells may begin."""
    out = [line.x0]
    for a, b in pairwise(line.glyphs):
        if b.x0 - a.x1 > _GAP * line.size:
            out.append(b.x0)
    return out


def _cells(line: Line, left: float, column: float, text: Callable[[Line], str]) -> Cells | None:
    at = next((n for n, glyph in enumerate(line.glyphs) if glyph.x0 >= column - _NEAR), len(line.glyphs))
    first, second = _part(line, 0, at), _part(line, at, len(line.glyphs))
    begins = second is None or abs(second.x0 - column) <= 2 * _NEAR
    fits = first is None or (first.x0 <= left + 2 * _NEAR and first.x1 < column - 0.3 * line.size)
    if not (begins and fits):
        return None
    label, words = (text(one) if one else "" for one in (first, second))
    return Cells(_plain(label), _plain(words), line)


def _plain(text: str) -> str:
    return fold(text.replace(BOLD, "").replace(BOLD_END, ""))


def _part(line: Line, start: int, end: int) -> Line | None:
    glyphs = line.glyphs[start:end]
    while glyphs and glyphs[-1].text.isspace():
        glyphs, end = glyphs[:-1], end - 1
    while glyphs and glyphs[0].text.isspace():
        glyphs, start = glyphs[1:], start + 1
    return line._replace(glyphs=glyphs, marked=line.marked[start:end]) if glyphs else None


def _over_pages(rows: list[list[Cells]]) -> list[list[Cells]]:
    """The rows, those put together that a page's end cuts within a label which stands elsewhere whole."""
    cut = {n for n, (a, b) in enumerate(pairwise(rows), 1) if a[-1].line.page != b[0].line.page}
    whole = {_label(row) for n, row in enumerate(rows) if n not in cut and n + 1 not in cut}
    out: list[list[Cells]] = []
    for n, row in enumerate(rows):
        if n in cut and _label(row) not in whole and _label([*rows[n - 1], *row]) in whole:
            out[-1] += row
        else:
            out.append(row)
    return out


def _para(row: Sequence[Cells]) -> Para:
    words = " ".join(one.words for one in row if one.words)
    return Para(f"{_label(row)}\t{words}", None, row[0].line.page, whole=True)


def _label(row: Sequence[Cells]) -> str:
    label = ""
    for one in row:
        if label.endswith("-") and one.label[:1].islower():
            label = label[:-1] + one.label
        else:
            label = f"{label} {one.label}".strip()
    return label
