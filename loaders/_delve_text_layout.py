"""Where Delve's print breaks its lines, to tell a cut paragraph from a new one.

The conversion was made from Delve's print, and it cuts a paragraph only where a *printed line*
ended: at a page's foot, or where a sentence ended at the right edge. A heading is lost when it is
the last thing on its page, and then the paragraph before it ended anywhere. So a paragraph whose
last printed line is full goes on; one whose last line has room for the next word has ended.

Delve prints in Liberation Sans, which has the widths of Helvetica, and the ratio of the column to
the letters is the same at every scale; so widths are in ems.
"""

from __future__ import annotations

from pdfminer.fontmetrics import FONT_METRICS

# The column in ems: the longest of some 10,000 printed lines at 10.5 pt on US Letter (612 pt wide)
# measures 48.65 em, and the next word of every one is wider than what is left of that. On A4
# (595.3 pt) the same margins leave 1.6 em less.
LETTER = 48.65
A4 = 47.06
COLUMNS = (LETTER, A4)

_WIDTHS = {char: width / 1000 for char, width in FONT_METRICS["Helvetica"][1].items() if len(char) == 1}
_SPACE = _WIDTHS[" "]
_OTHER = 0.556  # the width of most letters and of every digit


def fills_line(text: str, following: str, column: float) -> bool:
    """Whether the last printed line of a text has no room for the next word.

    Args:
        text: A paragraph from its beginning.
        following: What may continue it; its first word counts.
        column: Width of the print in ems.
    """
    position = 0.0
    for word in text.split():
        width = _width(word)
        wraps = position > 0 and position + _SPACE + width > column
        position = width if wraps or position == 0 else position + _SPACE + width
    first, *_ = following.split() or [""]
    return position + _SPACE + _width(first) > column


def _width(word: str) -> float:
    return sum(_WIDTHS.get(char, _OTHER) for char in word)
