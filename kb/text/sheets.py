"""Cells of CSV files that a spreadsheet will open."""

from __future__ import annotations

import re

#: The mark of byte order by which Excel knows UTF-8.
MARK = "\ufeff"
_RUNS = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula: with an apostrophe before it.

    >>> guarded("=HYPERLINK(A1)"), guarded("-0.5"), guarded("a=b")
    ("'=HYPERLINK(A1)", '-0.5', 'a=b')
    """
    return f"'{cell}" if _RUNS.match(cell) and not _NUMBER.fullmatch(cell) else cell
