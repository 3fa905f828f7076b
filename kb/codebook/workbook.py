"""A codebook in an Excel workbook (.xlsx), as Taguette exports one: as the text of a CSV of the same rows."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from kb.errors import CodebookError
from kb.text.workbooks import with_document_type

_MAX_PART = 64 * 2**20  # bytes unpacked
_MAX_ROWS = 100_000
_MAX_COLUMNS = 200
_EMPTY = 1000  # rows without a cell, one after the other, that end a sheet


def as_csv(path: Path) -> str:
    """The first sheet of a workbook as CSV: a line a row, line ends within cells as blanks.

    Raises:
        CodebookError: It cannot be read, or is larger than a codebook is.
    """
    try:
        _check(path)
        return _rows(path)
    except CodebookError:
        raise
    except OSError as error:
        raise CodebookError(f"The file cannot be read ({error.strerror or error}).", path) from error
    except Exception as error:  # whatever the library meets in a damaged file
        raise CodebookError(
            "This is no Excel workbook, or a damaged one: open it in Excel or LibreOffice and save it as "
            ".xlsx or .csv.",
            path,
        ) from error


def _check(path: Path) -> None:
    """Look at the archive before anything of it is unpacked."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_PART:
            raise CodebookError(
                "The workbook is larger than a codebook is: leave its other sheets out.", path
            )
        if with_document_type(archive):
            raise CodebookError("The workbook defines a document type: save it anew.", path)


def _rows(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        empty = 0
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS), 1):
            cells = [" ".join(str(cell).split()) if cell is not None else "" for cell in row]
            empty = 0 if any(cells) else empty + 1
            if empty > _EMPTY:
                break
            if number > _MAX_ROWS:
                raise CodebookError(f"The workbook has more than {_MAX_ROWS} rows: no codebook has.", path)
            writer.writerow(cells)
    finally:
        book.close()
    return text.getvalue()
