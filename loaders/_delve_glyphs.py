"""Letters and shapes of a PDF page, without what the PDF library says besides.

Lengths are points; y runs down from the page's top edge.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

# Names that type foundries give to weights from semibold upwards.
_BOLD = ("bold", "black", "heavy", "demi")

Colour = tuple[float, ...] | None


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


def is_readable(char: dict[str, Any]) -> bool:
    """Whether the file says which letter it is.

    If not, the library writes ``(cid:12)``, nothing or a control character.
    """
    text = char["text"]
    return bool(text) and not text.startswith("(cid:") and (text.isspace() or text.isprintable())


def glyph_of(char: dict[str, Any]) -> Glyph:
    """A letter from the PDF library's."""
    # The box of a letter hangs below its baseline by the font's descent, which differs between the
    # fonts of one line; the text matrix has the baseline itself.
    baseline = char["bottom"] - (char["matrix"][5] - char["y0"])
    font = str(char["fontname"]).casefold()
    return Glyph(
        _letters(char["text"]),
        char["x0"],
        char["x1"],
        baseline,
        char["size"],
        any(word in font for word in _BOLD),
        _colour(char.get("non_stroking_color")),
    )


def _letters(text: str) -> str:
    """Ligatures (U+FB00 to U+FB06) as the letters that were written; everything else untouched."""
    if any("\ufb00" <= letter <= "\ufb06" for letter in text):
        return unicodedata.normalize("NFKC", text)
    return text


def shape_of(item: dict[str, Any]) -> Shape:
    """A shape from the PDF library's."""
    colour = item.get("non_stroking_color") if item.get("fill") else item.get("stroking_color")
    return Shape(item["x0"], item["top"], item["x1"], item["bottom"], _colour(colour))


def _colour(value: Any) -> Colour:
    """RGB where the colour is grey or RGB, as given otherwise; rounded, so that equal looks equal."""
    if not isinstance(value, (tuple, list)) or not all(isinstance(part, (int, float)) for part in value):
        return None
    parts = tuple(round(float(part), 2) for part in value)
    return parts * 3 if len(parts) == 1 else parts
