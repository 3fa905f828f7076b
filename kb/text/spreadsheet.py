"""Tables as an Excel workbook: no cell is a formula, and the same tables give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LONGEST_CELL = 32_767  # characters of a cell of Excel
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

Cell = str | int | float | bool | None


class Table(NamedTuple):
    """One sheet.

    Attributes:
        name: At most 31 characters, without ``[]:*?/`` and backslash.
        columns: Names, which are the first row.
        rows: Values by column; those left out are empty.
        widths: Of columns, in characters; others are as wide as Excel makes them.
        header: Whether the first row is bold and stays in view.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Cell]]
    widths: Mapping[str, float] = {}
    header: bool = False


def workbook(tables: Sequence[Table]) -> tuple[bytes, Counter[str]]:
    """Write tables, each a sheet.

    Returns:
        The workbook, and what its cells do not hold, counted by a phrase.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    lost: Counter[str] = Counter()
    book = Workbook()
    del book[book.sheetnames[0]]
    for table in tables:
        page = book.create_sheet(table.name)
        for c, name in enumerate(table.columns, 1):
            head = page.cell(row=1, column=c, value=name)
            head.data_type = "s"
            if table.header:
                head.font = Font(bold=True)
            if name in table.widths:
                page.column_dimensions[get_column_letter(c)].width = table.widths[name]
        if table.header:
            page.freeze_panes = "A2"
        for r, row in enumerate(table.rows, 2):
            for c, name in enumerate(table.columns, 1):
                value = row.get(name)
                if not isinstance(value, str):
                    page.cell(row=r, column=c, value=value)
                    continue
                clean = ILLEGAL_CHARACTERS_RE.sub("", value)
                lost["signs that Excel has no place for"] += len(value) - len(clean)
                lost["letters beyond what a cell of Excel holds"] += max(0, len(clean) - LONGEST_CELL)
                if clean:
                    cell = page.cell(row=r, column=c, value=clean[:LONGEST_CELL])
                    cell.data_type = "s"  # whatever it begins with: no formula
                    if name in table.widths:
                        cell.alignment = Alignment(wrap_text=True, vertical="top")
    data = io.BytesIO()
    book.save(data)
    return undated(data.getvalue()), lost


def undated(book: bytes) -> bytes:
    """An Office document without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on whatever system it is made
            entry.external_attr = 0o600 << 16
            data = old.read(item)
            if item.filename == "docProps/core.xml":
                data = _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            new.writestr(entry, data)
    return out.getvalue()
