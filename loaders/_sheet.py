"""One table of a file."""

from __future__ import annotations

from typing import NamedTuple


class Sheet(NamedTuple):
    """One table.

    Attributes:
        name: Of the sheet; ``""`` in a CSV.
        rows: Cells as text; rows need not be equally long.
        lines: For each row, the line (CSV) or row (Excel) it begins on, from 1.
        hidden: Whether Excel shows it only to those who ask.
        again: Cells (line and column) that are one with the cell above, and hold its text.
    """

    name: str
    rows: list[list[str]]
    lines: list[int]
    hidden: bool = False
    again: frozenset[tuple[int, int]] = frozenset()
