"""A report as a Word document, with its figures as pictures."""

from __future__ import annotations

import io
from typing import Any

from kb.appendix.blocks import Block, Figure, Heading, Items, Paragraph, Quote, Report, Table
from kb.figure import pdf
from kb.figure.options import POINTS_PER_MM
from kb.figure.png import raster
from kb.text.spreadsheet import undated
from kb.text.xmltext import legal

_ROOM = (160.0, 225.0)  # mm: what a page of A4 has between its margins, with a caption
_DPI = 220


def document(report: Report) -> bytes:
    """The document; the same report gives the same bytes."""
    from docx import Document
    from docx.shared import Mm, Pt

    book = Document()
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    book.styles["Normal"].font.size = Pt(10)
    book.core_properties.title = legal(report.title)
    book.add_heading(legal(report.title), 0)
    for block in report.blocks:
        _add(book, block)
    data = io.BytesIO()
    book.save(data)
    return undated(data.getvalue())


def _add(book: Any, block: Block) -> None:
    from docx.shared import Mm

    match block:
        case Heading():
            book.add_heading(legal(block.text), block.level)
        case Paragraph():
            book.add_paragraph(legal(block.text))
        case Items():
            for text in block.texts:
                book.add_paragraph(legal(text), style="List Bullet")
        case Quote():
            who = f" ({legal(block.who)})" if block.who else ""
            book.add_paragraph(f"“{legal(block.words)}”{who}", style="Quote")
        case Table():
            _table(book, block)
        case Figure():
            width, height = block.scene.width / POINTS_PER_MM, block.scene.height / POINTS_PER_MM
            scale = min(1.0, _ROOM[0] / width, _ROOM[1] / height)
            picture = raster(pdf.document([block.scene], lambda _: None), _DPI)
            book.add_picture(io.BytesIO(picture), width=Mm(width * scale))
            book.add_paragraph(legal(block.caption), style="Caption")


def _table(book: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    grid = book.add_table(rows=0, cols=len(table.columns), style="Light List")
    for row in (table.columns, *table.rows):
        for at, (cell, text) in enumerate(zip(grid.add_row().cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(legal(text)).font.size = Pt(8.5)
            if at in table.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    book.add_paragraph()
