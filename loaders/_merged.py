"""Cells of a workbook that were merged with those below: each row of them means the text of the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_CHUNK = 2**20
_LONGEST = 200  # of an element, in bytes
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")
_MOST = 100_000


def merged(book: Any, page: Any) -> list[tuple[int, int, int]]:
    """Column (from 0), first and last row (from 1) of the merged cells of a sheet that span rows.

    Args:
        book: A workbook of openpyxl that is read as a stream, which passes over them.
        page: One of its sheets.
    """
    found: dict[tuple[int, int, int], None] = {}
    with book._archive.open(page._worksheet_path) as part:
        kept = b""
        while chunk := part.read(_CHUNK):
            text = kept + chunk
            for column, first, last in _MERGE.findall(text):
                if int(first) < int(last) and len(found) < _MOST:
                    found[_number(column), int(first), int(last)] = None
            kept = text[-_LONGEST:]
    return list(found)


def repeat(
    rows: Sequence[list[str]], lines: Sequence[int], joined: Iterable[tuple[int, int, int]], most: int
) -> frozenset[tuple[int, int]] | None:
    """Write the text of merged cells into the rows below that have words of their own.

    Args:
        rows: Of a sheet, all of them from its first.
        lines: Their numbers.
        joined: As `merged` gives them.
        most: Cells to look at.

    Returns:
        Line and column of those written; None if there are more of them than that.
    """
    written = []
    for column, row, line in _cells(rows, joined):
        most -= 1
        if most < 0:
            return None
        text = rows[row - 1][column] if column < len(rows[row - 1]) else ""
        below = rows[line - 1]
        if text and any(below) and not (column < len(below) and below[column]):
            below.extend([""] * (column + 1 - len(below)))
            written.append((line, column))
            below[column] = text
    return frozenset((lines[line - 1], column) for line, column in written)


def _cells(
    rows: Sequence[list[str]], joined: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Column, first row and row of each cell below the first of merged ones."""
    for column, first, last in joined:
        for line in range(first + 1, min(last, len(rows)) + 1):
            yield column, first, line


def _number(letters: bytes) -> int:
    """A column's number, from 0.

    >>> _number(b"A"), _number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
