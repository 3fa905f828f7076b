"""PDFs with text that are no Delve print: what MAXQDA, Word and the services print, read by geometry.

Lines are put together to paragraphs by their distances and by whether the next word would have fitted;
what comes again at the head or the foot of the pages, and page numbers, are left out. What is a label is
told as in plain transcripts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._delve_known import is_delve_print
from loaders._delve_pages import MAGIC, MAGIC_WITHIN, damaged, open_pdf
from loaders._document import Content, records_of
from loaders._pdf_cells import LabelsApart
from loaders._pdf_lines import paragraphs
from loaders._pdf_table import LabelsWrapped
from loaders._pdf_two import LabelsInOne

FORMAT = "pdf"
ENDINGS = frozenset({".pdf"})
RANK = 26
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "PDFs with text (.pdf)"


def detect(path: Path) -> bool:
    """Whether the file is a PDF with text and no Delve print; a broken PDF is left to the other loader."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            if MAGIC not in file.read(MAGIC_WITHIN):
                return False
        return is_delve_print(path) is False
    except (OSError, ValueError):
        return False


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the interview, its turns with their pages, and notices.

    Args:
        path: The PDF.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: No PDF, locked, damaged, only pictures, or without speakers' labels.
    """
    with open_pdf(path) as pdf:
        pages = [pdf.page(number) for number in range(1, len(pdf) + 1)]
        notes = [damaged(pdf.damage)] if pdf.damage else []
    try:
        paras, left = paragraphs(pages)
    except LabelsWrapped as error:
        raise InputError(
            "labels seem to go over several lines in the cells of this table, and nothing tells where its "
            "rows begin: save the transcript as .docx, or make the first column wider.",
            path,
        ) from error
    except LabelsApart as error:
        raise InputError(
            "labels stand at the foot or in the middle of their cells in this table, and nothing tells where "
            "its rows begin: save the transcript as .docx or text, or set the cells to the top.",
            path,
        ) from error
    except LabelsInOne as error:
        raise InputError(
            "the pages seem to be printed in two columns, and only one of them has labels, so nothing tells "
            "what follows what: save the transcript as .docx or text, in one column.",
            path,
        ) from error
    notes += [f"page {p.number} may be damaged ({text})." for p in pages for text in p.complaints]
    if left:
        words = "; ".join(dict.fromkeys(text[:40] for _, text in left[:3]))
        notes.append(f"lines at the head or foot of pages were left out: {len(left)} (“{words}”).")
    empty = [page.number for page in pages if not page.glyphs and page.images]
    if empty:
        notes.append(f"pages that are only a picture were left out: {', '.join(map(str, empty))}.")
    for name in ("unreadable", "sideways"):
        if count := sum(getattr(page, name) for page in pages):
            what = "have no meaning in the file" if name == "unreadable" else "stand sideways"
            notes.append(f"{count} letters {what} and were left out.")
    if not paras:
        raise InputError(
            "the PDF has no text: save the transcript as .docx or text, or have the pictures read.", path
        )
    yield from records_of(path, Content(paras, [], notes), FORMAT, interviewers, interviewees)
