"""Letters to lines and code boxes, by measures that are relative to the type size."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from loaders._delve_glyphs import Glyph, PageContent, Shape
from loaders._text import fold

# In type sizes: letters whose baselines are nearer than this stand on one line.
_SAME_LINE = 0.25
# A gap between letters that is a blank although none was drawn (a blank is 0.25 to 0.3 wide).
_BLANK = 0.2
# A gap that no blank fills: the parts of a page header.
_FIELD_GAP = 1.5
# Where an underline may run below the baseline, and how thick it may be.
_UNDERLINE_FROM, _UNDERLINE_TO, _UNDERLINE_THICK = 0.02, 0.6, 0.35
# Code labels are clearly smaller than the text (0.75 of it in Delve's style sheet).
SMALL = 0.9
# Browsers break a word after these (and not after a slash, seen in Chrome).
_BREAK_AFTER = "-‐–"
_RIGHT_TO_LEFT = ("R", "AL")


T = TypeVar("T")


class Line(NamedTuple):
    """One printed line: letters from left to right, with which of them are underlined as coded."""

    page: int
    baseline: float
    size: float
    bold: bool
    glyphs: tuple[Glyph, ...]
    marked: tuple[bool, ...]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.glyphs[-1].x1

    @property
    def text(self) -> str:
        """The line's words, white space folded."""
        parts: list[str] = []
        blank, end = _BLANK * self.size, self.glyphs[0].x0
        for text, x0, x1, *_ in self.glyphs:
            if x0 - end > blank:
                parts.append(" ")
            parts.append(text)
            end = x1
        return fold("".join(parts))


class Box(NamedTuple):
    """A code: the label in one small box."""

    page: int
    top: float
    label: str


class _ByHeight(Generic[T]):
    """Things of a page by where they stand, so that those at one place are found without asking all.

    Args:
        things: With the place of each, from the page's top edge (points).
    """

    def __init__(self, things: Iterable[tuple[float, T]]) -> None:
        ordered = sorted(things, key=itemgetter(0))
        self._places = [place for place, _ in ordered]
        self._things = [thing for _, thing in ordered]

    def between(self, top: float, bottom: float) -> list[T]:
        """Those from one place to another, both included."""
        return self._things[bisect_left(self._places, top) : bisect_right(self._places, bottom)]


def _marks_of(page: PageContent) -> _ByHeight[Shape]:
    return _ByHeight(((shape.top + shape.bottom) / 2, shape) for shape in page.shapes)


def lines_of(page: PageContent, glyphs: Iterable[Glyph], marks: _ByHeight[Shape] | None = None) -> list[Line]:
    """The lines that the letters make, from top to bottom; lines of blanks alone are left out."""
    marks = marks or _marks_of(page)
    rows: list[list[tuple[int, Glyph]]] = []  # with the order in which they were drawn
    row: list[tuple[int, Glyph]] = []
    at, size = 0.0, 0.0  # of the row's first letter
    for drawn, glyph in sorted(enumerate(glyphs), key=lambda item: item[1].baseline):
        if row and glyph.baseline - at <= _SAME_LINE * (glyph.size if glyph.size > size else size):
            row.append((drawn, glyph))
        else:
            row = [(drawn, glyph)]
            at, size = glyph.baseline, glyph.size
            rows.append(row)
    lines = [[glyph for _, glyph in sorted(row)] for row in rows]
    return [_line(page, marks, line) for line in lines if not all(glyph.text.isspace() for glyph in line)]


def boxes_of(page: PageContent, body_size: float) -> tuple[list[Box], list[Glyph]]:
    """The code boxes of a page, in reading order, and the letters that are in none.

    A code box is any drawn shape around letters that are all smaller than the text's; the smallest
    shape around a letter has it, so that a fill, a border and a frame around several boxes do no harm.
    """
    rest = list(page.glyphs)
    found: list[tuple[Shape, str]] = []
    # One that is drawn again holds nothing more.
    shapes = [shape for shape in dict.fromkeys(page.shapes) if shape.height > SMALL * body_size]
    small = _ByHeight(
        (_middle(glyph), glyph)
        for glyph in rest
        if glyph.size < SMALL * body_size and not glyph.text.isspace()
    )
    marks = _marks_of(page)
    for shape in sorted(shapes, key=lambda shape: shape.height * (shape.x1 - shape.x0)):
        if not any(_inside(glyph, shape) for glyph in small.between(shape.top, shape.bottom)):
            continue
        near = [glyph for glyph in rest if shape.top <= glyph.baseline <= shape.bottom + glyph.size]
        inside = [glyph for glyph in near if _inside(glyph, shape)]
        visible = [glyph for glyph in inside if not glyph.text.isspace()]
        if visible and all(glyph.size < SMALL * body_size for glyph in visible):
            found.append((shape, joined(line.text for line in lines_of(page, inside, marks))))
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    # Rows of boxes: a box is in the row of the one before if their middles are nearer than half a box.
    found.sort(key=lambda item: item[0].top)
    row, row_of = 0, {}
    for at, (shape, _) in enumerate(found):
        if at and shape.top - found[at - 1][0].top > 0.5 * min(shape.height, found[at - 1][0].height):
            row += 1
        row_of[at] = row
    order = sorted(range(len(found)), key=lambda at: (row_of[at], found[at][0].x0))
    return [Box(page.number, found[at][0].top, found[at][1]) for at in order], rest


def in_box(glyph: Glyph, shapes: Iterable[Shape]) -> bool:
    """Whether a letter stands in a shape that is high enough for it and not for a paragraph."""
    return any(glyph.size <= shape.height <= 4 * glyph.size and _inside(glyph, shape) for shape in shapes)


def spans(line: Line) -> list[tuple[str, bool]]:
    """The line's letters with whether they are underlined, blanks put in where only a gap was left."""
    parts: list[tuple[str, bool]] = []
    blank = _BLANK * line.size
    end, before = line.glyphs[0].x0, False
    for (text, x0, x1, *_), marked in zip(line.glyphs, line.marked, strict=True):
        if x0 - end > blank:
            parts.append((" ", marked and before))
        parts.append((text, marked))
        end, before = x1, marked
    return parts


def fields(line: Line) -> list[str]:
    """The parts of a line that wide gaps set apart, such as date and title of a page header."""
    parts = [""]
    for at, glyph in enumerate(line.glyphs):
        if at and glyph.x0 - line.glyphs[at - 1].x1 > _FIELD_GAP * line.size:
            parts.append("")
        parts[-1] += glyph.text
    return [fold(part) for part in parts if part.strip()]


def glued(before: str, after: str) -> bool:
    """Whether a line break between two texts stands for nothing rather than for a blank.

    Browsers break after a hyphen within a word, and anywhere in scripts without blanks.
    """
    if len(before) > 1 and before[-1] in _BREAK_AFTER:
        return before[-2].isalnum() and after[:1].isalnum()
    return bool(before and after) and _unspaced(before[-1]) and _unspaced(after[0])


def joined(texts: Iterable[str]) -> str:
    """The texts of successive lines as one text."""
    whole = ""
    for text in texts:
        whole += text if not whole or glued(whole, text) else " " + text
    return whole


def had_room(line: Line, following: Line, right: float) -> bool:
    """Whether the next line's first word would have fitted behind this line, up to `right`.

    If so, the browser did not break the line there: a new paragraph begins.
    """
    width = 0.0
    text = ""
    for glyph in following.glyphs:
        blank = glyph.text.isspace() and glyph.text != "\u00a0"
        if blank or glued(text, glyph.text):
            break
        text += glyph.text
        width = glyph.x1 - following.x0
    between = 0.0 if glued(line.text, text) else 0.3 * line.size
    return line.x1 + between + width <= right


def _line(page: PageContent, marks: _ByHeight[Shape], row: Sequence[Glyph]) -> Line:
    glyphs = _left_to_right(row)
    visible = [glyph for glyph in glyphs if not glyph.text.isspace()]
    size = max(glyph.size for glyph in visible)
    baseline = visible[0].baseline
    underlines = [
        shape
        for shape in marks.between(baseline + _UNDERLINE_FROM * size, baseline + _UNDERLINE_TO * size)
        if shape.height <= _UNDERLINE_THICK * size
    ]
    return Line(
        page.number,
        baseline,
        size,
        2 * sum(glyph.bold for glyph in visible) > len(visible),
        tuple(glyphs),
        tuple(any(_under(shape, glyph) for shape in underlines) for glyph in glyphs)
        if underlines
        else (False,) * len(glyphs),
    )


def _left_to_right(drawn: Sequence[Glyph]) -> list[Glyph]:
    """The letters of a line by their runs; within a run as drawn, since an accent may start further left.

    A line with right-to-left script comes as printed: the library's own guess of its order mixes words.
    """
    text = "".join([glyph.text for glyph in drawn])
    if not text.isascii() and any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return sorted(drawn, key=lambda glyph: glyph.x0)
    runs: list[list[Glyph]] = []
    for glyph in drawn:
        if runs and -glyph.size <= glyph.x0 - runs[-1][-1].x0 <= _FIELD_GAP * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [glyph for run in sorted(runs, key=lambda run: run[0].x0) for glyph in run]


def _under(shape: Shape, glyph: Glyph) -> bool:
    """An underline in the letter's own colour is how text looks, not a mark on it."""
    return shape.x0 <= (glyph.x0 + glyph.x1) / 2 <= shape.x1 and shape.colour != glyph.colour


def _inside(glyph: Glyph, shape: Shape) -> bool:
    return shape.x0 <= (glyph.x0 + glyph.x1) / 2 <= shape.x1 and shape.top <= _middle(glyph) <= shape.bottom


def _middle(glyph: Glyph) -> float:
    return glyph.baseline - 0.3 * glyph.size  # half the height of a small letter


def _unspaced(letter: str) -> bool:
    """Whether the letter is of a script written without blanks (Chinese, Japanese, Thai, Lao, Khmer)."""
    if unicodedata.east_asian_width(letter) in "WF":
        return not unicodedata.name(letter, "").startswith("HANGUL")
    return bool(re.match(r"[\u0e00-\u0eff\u1780-\u17ff]", letter))
