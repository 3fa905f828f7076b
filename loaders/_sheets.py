"""Tables as rows of text: CSV and TSV files, and the sheets of an Excel workbook (.xlsx).

Nothing is computed: a cell is the text that it shows, a formula in a CSV is its text.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Literal

from kb.errors import InputError
from loaders._sheet import Sheet
from loaders._text import check_file, read_text, sniff

ENDINGS = frozenset({".csv", ".tsv", ".xlsx"})
HEAD = 40  # rows of a sheet that are looked at to tell what it is
_DELIMITERS = ",;\t|"
_FIRST = 30  # rows that tell the delimiter
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
_MAX_CELL = 2**24
_SNIFF = 65536


def read_sheets(path: Path, encoding: str | None = None) -> list[Sheet]:
    """The tables of a file, rows without any text left out.

    Args:
        path: A file that ends in one of `ENDINGS`.
        encoding: Of a CSV that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: The file is missing, damaged, no table, or larger than a table can be.
    """
    check_file(path)
    if is_workbook(path):
        from loaders._xlsx import read_workbook

        return read_workbook(path)
    return [_csv(read_text(path, encoding), path)]


def heads(path: Path) -> list[Sheet]:
    """The first rows of each table of a file; none where it is no table. Never raises."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return []
    return _heads(path, (status.st_mtime_ns, status.st_size))


def problem(path: Path) -> InputError | None:
    """Why the first rows of a table cannot be read; None where they can. Never raises."""
    try:
        _first(path)
    except InputError as error:
        return error
    return None


@lru_cache(maxsize=4)  # several loaders ask in turn
def _heads(path: Path, stamp: tuple[int, int]) -> list[Sheet]:  # noqa: ARG001
    if path.suffix.lower() not in ENDINGS or not path.is_file():
        return []
    try:
        return _first(path)
    except InputError:
        return []


def _first(path: Path) -> list[Sheet]:
    if is_workbook(path):
        from loaders._xlsx import read_workbook

        return read_workbook(path, HEAD)
    return [_csv_head(path)]


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook by its first bytes, whatever its ending says."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04" or path.suffix.lower() == ".xlsx"
    except OSError:
        return path.suffix.lower() == ".xlsx"


def _csv_head(path: Path) -> Sheet:
    text = sniff(path, _SNIFF)
    if text is None:  # an encoding of old: the names of columns may be plain all the same
        with path.open("rb") as file:
            raw = file.read(_SNIFF)
        text = raw.decode(_guess(raw), "replace").replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            raise InputError("this is no text.", path)
    cut = len(text) >= _SNIFF // 4
    try:
        return _csv(text, path, HEAD)
    except InputError:
        if not cut:
            raise
        return _csv(text.rsplit("\n", 1)[0] + "\n", path, HEAD)


def _guess(raw: bytes) -> str:
    """An encoding in which the names of columns can be read; the user says the one of the whole."""
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[start::2].count(0) > len(raw) // 4 > raw[1 - start :: 2].count(0):
            return name
    return "latin-1"


def _csv(text: str, path: Path, most: int | None = None) -> Sheet:
    """The rows of a CSV; its delimiter is told from the first rows, or by Excel's `sep=`."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.lstrip("\n").partition("\n")
    said = _SEPARATOR.fullmatch(first.strip('" '))  # Excel's word
    ahead = 0
    if said:
        ahead = text.index(first) + len(first) + 1
        ahead, text = text[:ahead].count("\n"), rest
    delimiter = said[1] if said else _delimiter(text)
    try:
        return _rows(text, path, delimiter, ahead, most)
    except InputError:
        if delimiter != "\t":
            raise
        # What writes tabs may leave quotation marks as they are.
        return _rows(text, path, delimiter, ahead, most, quoting=csv.QUOTE_NONE)


def _delimiter(text: str) -> str:
    """The sign that parts most of the first rows into the same number of cells, more than one."""

    def fit(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            with _long_cells():
                widths = Counter(len(row) for row in islice(reader, _FIRST) if row)
        except csv.Error:
            return 0, 0
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (rows / widths.total(), width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=fit)


def _rows(
    text: str,
    path: Path,
    delimiter: str,
    ahead: int,
    most: int | None,
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL,
) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting)
    rows: list[list[str]] = []
    lines: list[int] = []
    end = 0  # a quoted cell may hold line ends: the reader knows where a row ends, not where it began
    try:
        with _long_cells():
            for cells in reader:
                line, end = end + 1, reader.line_num
                if any(cell.strip() for cell in cells):
                    rows.append(cells)
                    lines.append(line + ahead)
                if most is not None and len(rows) == most:
                    break
    except csv.Error as error:
        if most is not None and rows and "unexpected end" in str(error):
            return Sheet("", rows, lines)  # only the head was read
        raise InputError(
            f"this is not well-formed CSV ({error}): save the table anew from a spreadsheet.",
            path,
            line=reader.line_num + ahead,
        ) from error
    return Sheet("", rows, lines)


@contextmanager
def _long_cells() -> Iterator[None]:
    """A cell may hold a whole answer; Python's bound of 128 kB is put back after."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
