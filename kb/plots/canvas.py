"""A figure under construction: marks and letters put down in points, from the top left corner.

It makes the same `kb.figure.scene.Scene` as the graph figures, with their fonts and colours, so that
charts and graphs of one paper look alike and every format is written by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from kb.figure.fonts import Typeface, clean
from kb.figure.geometry import Commands, outline, polygon
from kb.figure.layout import Point
from kb.figure.options import FigureOptions
from kb.figure.scene import Group, Line, Scene, Shape
from kb.figure.style import THEMES, mix

MARGIN = 3.0  # points around everything
LETTERS = 7.0  # points, of all letters but the title's
TITLE = 9.0
LEADING = 1.25  # height of a line, in letter sizes
RISE = 0.34  # from the middle of small letters with capitals to their baseline, in letter sizes
ASCENT = 0.78  # from the top of a line to its baseline, optically, in letter sizes
THIN, HAIR = 0.7, 0.4  # widths of lines in points

Anchor = Literal["start", "middle", "end"]


class Entry(NamedTuple):
    """A line of a legend; `sign` is drawn in the middle of a box of `SIGN` points' width."""

    text: str
    sign: Callable[[float, float], None]


SIGN = 12.0


class Canvas:
    """Puts marks and letters on a page of a fixed width; `y` is where the page is free from.

    Attributes:
        left, right: Between which points across things may be drawn.
        warnings: What the user should know about how it came out.
    """

    def __init__(self, options: FigureOptions) -> None:
        self.options = options
        self.theme = THEMES[options.theme]
        self.typeface = Typeface(options.fonts)
        self.grid = mix(self.theme.paper, self.theme.ink, 0.12)
        self.left, self.right = MARGIN, options.width - MARGIN
        self.y = MARGIN
        self.warnings: list[str] = []
        self._items: list[Shape | Line] = []

    def text(
        self,
        text: str,
        x: float,
        middle: float,
        *,
        anchor: Anchor = "start",
        colour: str = "",
        size: float = LETTERS,
        bold: bool = False,
    ) -> None:
        """One line of text, its letters' middle at the height `middle`."""
        text = clean(text)
        if anchor == "end":
            x -= self.width(text, size, bold)
        self._items.append(
            Line(
                text,
                x,
                middle + RISE * size,
                size,
                colour or self.theme.ink,
                "middle" if anchor == "middle" else "start",
                bold,
            )
        )

    def width(self, text: str, size: float = LETTERS, bold: bool = False) -> float:
        """Width of a line of text."""
        return self.typeface.width(text, size, bold)

    def lines(self, texts: Sequence[str], x: float, middle: float, anchor: Anchor) -> None:
        """Lines of text below each other, their block's middle at the height `middle`."""
        first = middle - (len(texts) - 1) * LEADING * LETTERS / 2
        for at, text in enumerate(texts):
            self.text(text, x, first + at * LEADING * LETTERS, anchor=anchor)

    def paragraph(self, text: str, *, size: float = LETTERS, colour: str = "", bold: bool = False) -> None:
        """Text over the whole width, at the free place."""
        for line in self.typeface.fill(text, size, self.right - self.left, bold):
            middle = self.y + (ASCENT - RISE) * size
            self.text(line, self.left, middle, size=size, colour=colour, bold=bold)
            self.y += LEADING * size

    def shape(self, path: Commands, *, fill: str = "", stroke: str = "", width: float = THIN) -> None:
        """Any path."""
        self._items.append(Shape(path, fill, stroke, width if stroke else 0.0))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = THIN,
    ) -> None:
        """A rectangle by its top left corner."""
        path = polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        self.shape(path, fill=fill, stroke=stroke, width=line)

    def dot(self, x: float, y: float, size: float, *, fill: str, stroke: str, shape: str = "ellipse") -> None:
        """A mark around a point: ``ellipse``, ``box``, or another of `kb.figure.geometry.outline`."""
        self.shape(outline(shape, x, y, size, size), fill=fill, stroke=stroke)

    def line(self, points: Sequence[Point], colour: str, width: float = THIN) -> None:
        """A line through points."""
        path: Commands = (("M", *points[0]), *(("L", *point) for point in points[1:]))
        self._items.append(Shape(path, "", colour, width))

    def area(self, points: Sequence[Point], fill: str) -> None:
        """The area within a closed line."""
        self._items.append(Shape(polygon(list(points)), fill))

    def legend(self, entries: Sequence[Entry]) -> None:
        """Signs and what they mean, in rows over the whole width, at the free place."""
        x = self.left
        row = 1.6 * LETTERS
        for entry in entries:
            needed = SIGN + 3.0 + self.width(entry.text)
            if x > self.left and x + needed > self.right:
                x, self.y = self.left, self.y + row
            entry.sign(x + SIGN / 2, self.y + row / 2)
            self.text(entry.text, x + SIGN + 3.0, self.y + row / 2)
            x += needed + 9.0
        self.y += row

    def scene(self, title: str, about: str) -> Scene:
        """The finished figure."""
        return Scene(
            width=self.options.width,
            height=self.y + MARGIN,
            paper=self.theme.paper,
            title=title,
            about=about,
            typeface=self.typeface,
            groups=(Group("frame", tuple(self._items)),),
        )
