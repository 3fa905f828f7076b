"""Whether a PDF is a print of Delve: it names Delve, or has coded text under speakers' headings."""

from __future__ import annotations

from pathlib import Path

from kb.errors import InputError
from loaders._delve_glyphs import PageContent
from loaders._delve_layout import Layout, Sheet, is_heading, layout_of, sheet_of
from loaders._delve_lines import Box, Line
from loaders._delve_pages import PdfFile, open_pdf
from loaders._roles import role_of

SAMPLE = 4  # pages the layout is learned from


def sample_of(pdf: PdfFile) -> list[PageContent]:
    """The first pages."""
    return [pdf.page(number) for number in range(1, min(SAMPLE, len(pdf)) + 1)]


def names_delve(pdf: PdfFile, sheets: list[Sheet], layout: Layout) -> bool:
    """Whether something in the print names Delve."""
    return any(sheet.names_delve for sheet in sheets) or sheet_of(pdf.page(len(pdf)), layout).names_delve


def laid_out_like_delve(sheets: list[Sheet], layout: Layout) -> bool:
    """Whether there are speakers' headings and coded text, for prints without header and footer."""
    items = [item for sheet in sheets for item in sheet.items]
    speakers = any(
        isinstance(item, Line) and is_heading(item, layout) and role_of(item.text) for item in items
    )
    return speakers and any(isinstance(item, Box) for item in items)


def is_delve_print(path: Path) -> bool | None:
    """Whether it is one; None where the PDF cannot be read or has no text, which its loader says."""
    if _says_delve(path):
        return True
    try:
        with open_pdf(path) as pdf:
            sample = sample_of(pdf)
            layout = layout_of(sample)
            if layout is None:
                return None
            sheets = [sheet_of(page, layout) for page in sample]
            return names_delve(pdf, sheets, layout) or laid_out_like_delve(sheets, layout)
    except InputError:
        return None


def _says_delve(path: Path) -> bool:
    """A quick look at the first and the last page, so that a Delve print is not read twice."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        try:
            for number in {0, len(document) - 1}:
                text = document[number].get_textpage().get_text_bounded()
                if "delvetool" in text.casefold().replace("\n", ""):
                    return True
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return False
    return False
