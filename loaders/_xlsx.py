"""The sheets of an Excel workbook as rows of text, each cell as Excel shows it, within bounds."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import InputError
from kb.text.workbooks import with_document_type
from loaders._merged import merged, repeat
from loaders._sheet import Sheet
from loaders._shown import shown
from loaders._text import unreadable

_MAX_PART = 256 * 2**20
_MAX_ALL = 512 * 2**20
_MAX_PARTS = 10_000
_MAX_CELLS = 10_000_000  # Excel's own bound is a million rows of 16,384 cells, which no study fills
_MAX_GAP = 100_000  # rows without a cell, which a file may claim for nothing
_MAX_TEXT = 64 * 2**20


def read_workbook(path: Path, most: int | None = None) -> list[Sheet]:
    """The sheets with at least one filled row.

    A formula is shown by the value that was last computed, or as its text where there is none.

    Args:
        path: The workbook.
        most: Rows of each sheet at most; None for all.

    Raises:
        InputError: It is no workbook, damaged, locked with a password, or larger than a table can be.
    """
    _check(path)
    with _mended(path):
        sheets, formulas = _sheets(path, most, computed=False)
        if formulas:
            values, _ = _sheets(path, most, computed=True)
            for sheet, value in zip(sheets, values, strict=True):
                for row, (r, c) in ((sheet.rows, at) for at in formulas.get(sheet.name, ())):
                    if value.rows[r][c]:
                        row[r][c] = value.rows[r][c]
    return [_filled(sheet) for sheet in sheets if any(map(any, sheet.rows))]


def _sheets(
    path: Path, most: int | None, *, computed: bool
) -> tuple[list[Sheet], dict[str, list[tuple[int, int]]]]:
    from openpyxl import load_workbook

    found: list[Sheet] = []
    formulas: dict[str, list[tuple[int, int]]] = {}
    cells = letters = 0
    book = load_workbook(path, read_only=True, data_only=computed, keep_links=False)
    try:
        for page in book.worksheets:
            if not hasattr(page, "reset_dimensions"):
                continue  # a chart
            page.reset_dimensions()
            rows: list[list[str]] = []
            lines: list[int] = []
            gap = 0
            for number, row in enumerate(page.iter_rows(), 1):
                texts = [shown(cell.value, getattr(cell, "number_format", "")) for cell in row]
                gap = 0 if any(texts) else gap + 1
                cells += len(texts) if any(texts) else 0
                letters += sum(map(len, texts))
                if cells > _MAX_CELLS or letters > _MAX_TEXT or gap > _MAX_GAP:
                    raise _too_large(path)
                if any(texts) or any(getattr(cell, "data_type", "") == "f" for cell in row):
                    at = len(rows)
                    formulas.setdefault(page.title, []).extend(
                        (at, c) for c, cell in enumerate(row) if getattr(cell, "data_type", "") == "f"
                    )
                rows.append(texts)
                lines.append(number)
                if most is not None and len(rows) >= most:
                    break
            joined = merged(book, page)
            again = repeat(rows, lines, joined, _MAX_CELLS - cells)
            if again is None:
                raise _too_large(path)
            cells += len(again)
            found.append(Sheet(page.title, rows, lines, page.sheet_state != "visible", again))
    finally:
        book.close()
    return found, {name: at for name, at in formulas.items() if at}


def _too_large(path: Path) -> InputError:
    return InputError(
        "this workbook has more cells than a table of a study: split it, or delete what stands far below or "
        "beside the table.",
        path,
    )


def _filled(sheet: Sheet) -> Sheet:
    kept = [n for n, row in enumerate(sheet.rows) if any(cell.strip() for cell in row)]
    return sheet._replace(rows=[sheet.rows[n] for n in kept], lines=[sheet.lines[n] for n in kept])


def _check(path: Path) -> None:
    """Refuse what is no workbook, or would fill the memory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            sizes = [info.file_size for info in infos]
            if len(sizes) > _MAX_PARTS or max(sizes, default=0) > _MAX_PART or sum(sizes) > _MAX_ALL:
                raise InputError("this workbook is larger than a table of a study: split it.", path)
            if not any(info.filename.lower().endswith("workbook.xml") for info in infos):
                raise InputError(
                    "this is no Excel workbook, or one of the binary kind: save it as .xlsx.", path
                )
            if part := with_document_type(archive):
                raise InputError(
                    f"{part} in this workbook declares a document type, which Excel never does: it is not "
                    "read; save the table anew from Excel.",
                    path,
                )
    except OSError as error:
        raise unreadable(path, error) from error
    except _BROKEN as error:
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
        raise _damaged(path, locked=old) from error


_BROKEN = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)


@contextmanager
def _mended(path: Path) -> Iterator[None]:
    """Whatever openpyxl stumbles over is one sentence on the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions, of which no word is read
            yield
    except InputError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # its readers raise what the XML's mistakes happen to lead to
        raise _damaged(path) from error


def _damaged(path: Path, *, locked: bool = False) -> InputError:
    what = (
        "this workbook is protected with a password, or an old .xls with a new ending: open it in Excel or "
        "LibreOffice and save it as .xlsx without a password."
        if locked
        else "this workbook is damaged: open it in Excel or LibreOffice and save it anew as .xlsx."
    )
    return InputError(what, path)
