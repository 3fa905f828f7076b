"""Letters and shapes of a PDF page, without what the PDF library says besides.

Lengths are points; y runs down from the page's top edge.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

# Names that type foundries give to weights from semibold upwards.
_BOLD = ("bold", "black", "heavy", "demi")

Colour = tuple[float, ...] | None  # red, green, blue, each from 0 to 1


class Glyph(NamedTuple):
    """One letter (or ligature) as printed; `size` is the type size in points."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    colour: Colour


class Shape(NamedTuple):
    """The bounding box of a drawn path."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: Colour

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


class PageContent(NamedTuple):
    """What stands on one page.

    Attributes:
        number: From 1.
        width, height: Of the page.
        glyphs: In the order they were drawn.
        shapes: Rectangles, curves and lines.
        images: How many pictures there are.
        unreadable: How many letters the file gives no Unicode for.
        sideways: How many letters stand sideways; they are not among the glyphs.
        unread: Those letters, each as `UNREAD`, with the number of glyphs drawn before it; they are not
            among the glyphs.
        complaints: What the PDF library found wrong with the page.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    images: int
    unreadable: int
    sideways: int
    complaints: tuple[str, ...] = ()
    unread: tuple[tuple[int, Glyph], ...] = ()

    def with_unread(self) -> list[Glyph]:
        """All letters as drawn, also those that cannot be read."""
        out = list(self.glyphs)
        for n, glyph in reversed(self.unread):
            out.insert(n, glyph)
        return out


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold."""
    return any(word in font.casefold() for word in _BOLD)


def letters(text: str) -> str:
    """Ligatures (U+FB00 to U+FB06) as the letters that were written; everything else untouched."""
    if any("\ufb00" <= letter <= "\ufb06" for letter in text):
        return unicodedata.normalize("NFKC", text)
    return text
