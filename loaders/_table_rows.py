"""The rows of a table as what they say: whose words, which codes, which relation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loaders._sheet import Sheet
from loaders._table_cells import Parting, Path, is_applied
from loaders._table_columns import Columns
from loaders._text import fold

_MATRIX_COLUMN = re.compile(r"[A-Z]{1,3} ?: (.+)", re.DOTALL)  # NVivo's matrices: A : Code
_MATRIX_ROW = re.compile(r"\d+ ?: (.+)", re.DOTALL)
_COUNT = re.compile(r"\d+(?:[.,]\d+)?\s*%?")


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Where it stands in its sheet, from 1.
        document, group: The document's name and that of its group; ``""`` where none is given.
        text: The passage as it stands, with its line ends.
        codes: Each as its levels from the top.
        coder, speaker, comment, position: As written; ``""`` for none.
        ends: What stands in the columns of a relation's ends, by field.
        relation, explicit: Words on the relation.
        attributes: What is known of the participant, by the column's name.
        again: Its words are those of the row above, in one cell with them.
    """

    line: int
    document: str
    group: str
    text: str
    codes: tuple[Path, ...]
    coder: str
    speaker: str
    comment: str
    position: str
    ends: dict[str, str]
    relation: str
    explicit: str
    attributes: dict[str, str]
    again: bool = False


def rows_of(sheet: Sheet, columns: Columns, parts: Parting, document: str = "") -> Iterator[Row]:
    """The rows under the header that say anything.

    Args:
        sheet: The table.
        columns: Where it has what.
        parts: How cells with codes are read.
        document: Where no column names the document.
    """
    for cells, line in zip(sheet.rows[columns.header + 1 :], sheet.lines[columns.header + 1 :], strict=True):
        get = _Cells(cells, columns)
        codes = [columns.applied[n] for n in columns.applied if n < len(cells) and is_applied(cells[n])]
        if not columns.applied:
            found = [get.raw("codes"), *(cells[n] for n in columns.more if n < len(cells))]
            codes = list(dict.fromkeys(path for cell in found for path in parts.paths(cell)))
        row = Row(
            line,
            get("document") or ("" if "document" in columns.at else document),
            get("group"),
            get.raw("text").strip(),
            tuple(codes),
            get("coder"),
            get("speaker"),
            get.raw("comment").strip(),
            get("position"),
            {end: get(end) for pair in columns.pairs for end in pair[1:] if get(end)},
            get("relation"),
            get("explicit"),
            {fold(columns.names[n]): value for n in columns.attributes if (value := get.at(n))},
            (line, columns.at.get("text", -1)) in sheet.again,
        )
        if row.text or row.codes or row.ends:
            yield row


class _Cells:
    """Cells of a row by field."""

    def __init__(self, cells: Sequence[str], columns: Columns) -> None:
        self._cells = cells
        self._at = columns.at

    def __call__(self, name: str) -> str:
        return fold(self.raw(name))

    def at(self, column: int) -> str:
        return fold(self._cells[column]) if column < len(self._cells) else ""

    def raw(self, name: str) -> str:
        at = self._at.get(name)
        return self._cells[at] if at is not None and at < len(self._cells) else ""


def is_matrix(sheet: Sheet) -> bool:
    """Whether it is a matrix of NVivo: a column for each code, a row for each document or case."""
    if not sheet.rows:
        return False
    named = [cell for cell in sheet.rows[0][1:] if cell.strip()]
    return bool(named) and all(_MATRIX_COLUMN.fullmatch(cell.strip()) for cell in named)


def is_counts(sheet: Sheet) -> bool:
    """Whether all cells under the header but the first of each row are numbers."""
    body = [cell.strip() for row in sheet.rows[1:] for cell in row[1:] if cell.strip()]
    return bool(body) and all(_COUNT.fullmatch(cell) for cell in body)


def unfolded(sheet: Sheet) -> Sheet:
    """A matrix with words in its cells as a table with a row for each passage."""
    names = [m[1] if (m := _MATRIX_COLUMN.fullmatch(cell.strip())) else "" for cell in sheet.rows[0]]
    rows, lines = [["Document", "Text", "Code"]], [sheet.lines[0]]
    for cells, line in zip(sheet.rows[1:], sheet.lines[1:], strict=True):
        match = _MATRIX_ROW.fullmatch(cells[0].strip()) if cells else None
        document = match[1] if match else (cells[0] if cells else "")
        for name, cell in zip(names[1:], cells[1:], strict=False):
            for passage in re.split(r"\n\s*\n", cell):
                if name and passage.strip():
                    rows.append([document, passage, name])
                    lines.append(line)
    return Sheet(sheet.name, rows, lines)
