"""How wide the columns of a table may be: cells are folded until all of them fit, or it is no table."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Where a word may be folded: after these, which names of codes are full of.
_PARTS = re.compile(r"\s+|[^\s/_;-]+[/_;-]*|[/_;-]+")
BETWEEN = "  "  # two columns
_WORD = 24  # cells of a word that is kept together where there is room
_PART = 12  # cells of a part of a word that is kept together in any case
_TALLEST = 6  # lines of a row; what would be taller reads better as a card


def width_of(text: str) -> int:
    """Cells that a line takes on a terminal: two for a letter of Chinese or Japanese."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fold(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken between words, then within names.

    >>> fold("Data-metadata-issue leads on", 14)
    ['Data-metadata-', 'issue leads on']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for part in _PARTS.findall(paragraph):
            size = width_of(part)
            if used and used + width_of(part.rstrip()) > width:
                lines.append(line.rstrip())
                line, used = "", 0
            if not used and part.isspace():
                continue
            while size > width:  # one word longer than a line
                head = _head(part, width)
                lines.append(head)
                part = part[len(head) :]  # noqa: PLW2901  # the rest of it is what is left to place
                size = width_of(part)
            line, used = line + part, used + size
        lines.append(line.rstrip())
    return lines


def _head(text: str, width: int) -> str:
    """As much of a word as fits; one letter in any case."""
    end = 1
    while end < len(text) and width_of(text[: end + 1]) <= width:
        end += 1
    return text[:end]


def fit(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column so that the table is as wide as the screen at most.

    Args:
        headers: Of the columns; they are folded too.
        rows: The cells.
        width: Cells of the screen.

    Returns:
        None where they do not all fit, or a row would be taller than it is readable.
    """
    columns = [[header, *(row[at] for row in rows)] for at, header in enumerate(headers)]
    wanted = [max(width_of(line) for text in column for line in text.split("\n")) for column in columns]
    kept = [_longest(column, r"\S+", _WORD) for column in columns]
    least = [_longest(column, _PARTS.pattern, _PART) for column in columns]
    room = width - len(BETWEEN) * (len(headers) - 1)
    for floor in (kept, least):
        while sum(wanted) > room:
            at = max(range(len(wanted)), key=lambda at: (wanted[at] > floor[at], wanted[at]))
            if wanted[at] <= floor[at]:
                break
            wanted[at] -= 1
    if sum(wanted) > room:
        return None
    tallest = max((len(fold(text, wanted[at])) for row in rows for at, text in enumerate(row)), default=1)
    return wanted if tallest <= _TALLEST else None


def _longest(texts: Sequence[str], pattern: str, most: int) -> int:
    words = re.compile(pattern)
    return min(most, max((width_of(word) for text in texts for word in words.findall(text)), default=1))
