"""Delve's print view, saved as PDF by a browser.

Read by geometry: bold lines are the speakers' headings, small boxes below a paragraph are its
codes, coloured underlines the coded words. Written from prints of Delve (delvetool.com) made with
Chrome in 2023; there is no public description of the format.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Level, Notice, Source, Turn
from loaders._delve_glyphs import PageContent
from loaders._delve_known import laid_out_like_delve, names_delve, sample_of
from loaders._delve_layout import Layout, layout_of, sheet_of
from loaders._delve_pages import DAMAGED, MAGIC, MAGIC_WITHIN, PdfFile, damaged, open_pdf
from loaders._delve_turns import TurnBuilder
from loaders._source import SourceName, name_doubt, name_parts

FORMAT = "delve-pdf"
ENDINGS = frozenset({".pdf"})
RANK = 10
OPTIONS = frozenset[str]()
READS = "Delve's print view (.pdf)"


def detect(path: Path) -> bool:
    """Whether the file is a PDF; `parse` says so if it is not Delve's."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return MAGIC in file.read(MAGIC_WITHIN)
    except (OSError, ValueError):
        return False


def parse(path: Path) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the records of a print, page by page.

    Whether any code was exported is a property of the interview, its first record: turns are held
    back until the first code box, in a print without codes until its end.

    Raises:
        InputError: No PDF, locked, damaged, cut short, only pictures, or not printed by Delve.
    """
    with open_pdf(path) as pdf:
        sample = sample_of(pdf)
        layout = layout_of(sample)
        if layout is None:
            raise InputError(f"{_why_no_text(sample)}.", path, page=1)
        source = name_parts(path, layout.title or layout.header_title)
        sheets = [sheet_of(page, layout) for page in sample]
        named = names_delve(pdf, sheets, layout)
        if not named and not laid_out_like_delve(sheets, layout):
            raise InputError(
                "this PDF is not a Delve print (it names no Delve and has no coded text under speakers' "
                "headings): print it from Delve, or save it as text.",
                path,
            )
        records = _records(pdf, sample, layout, source)
        held: list[Turn | Coding | Notice] = []
        for record in records:
            held.append(record)
            if isinstance(record, Coding):
                break
        coded = any(isinstance(record, Coding) for record in held)
        if not any(isinstance(record, Turn) for record in held):
            raise InputError("this Delve print holds no text of an interview: print it again.", path)
        yield Source(
            interview=source.interview,
            title=source.title,
            file=path.name,
            format=FORMAT,
            coder=source.coder,
            round=source.round,
            codes_exported=coded,
        )
        if pdf.damage:
            yield Notice(
                level="warning", message=damaged(pdf.damage), source=path.name, interview=source.interview
            )
        for level, message in _facts(name_doubt(path, source), named=named, coded=coded):
            yield Notice(level=level, message=message, source=path.name, interview=source.interview)
        yield from held
        yield from records


def _why_no_text(sample: list[PageContent]) -> str:
    if any(page.complaints for page in sample):
        return DAMAGED
    if any(page.sideways for page in sample):
        return "the pages stand sideways: turn them upright and save the PDF again"
    what = "only pictures, no text" if any(page.images for page in sample) else "no text"
    return f"the PDF has {what}: print the transcript from Delve, or save it as text"


def _facts(doubt: str | None, *, named: bool, coded: bool) -> Iterator[tuple[Level, str]]:
    if doubt:
        yield "warning", f"{doubt[0].upper()}{doubt[1:]}"
    if not named:
        yield "warning", "Nothing in the file names Delve; it was read because it is laid out like Delve's."
    if not coded:
        yield "info", "The print shows no codes: none were exported, which does not say that none were given."


def _records(
    pdf: PdfFile, sample: list[PageContent], layout: Layout, source: SourceName
) -> Iterator[Turn | Coding | Notice]:
    """The turns with their codings, and what could not be read or placed."""
    turns = TurnBuilder(pdf.path, layout, source)
    of_pages: int | None = None
    for number in range(1, len(pdf) + 1):
        page = sample[number - 1] if number <= len(sample) else pdf.page(number)
        sheet = sheet_of(page, layout)
        of_pages = sheet.of_pages or of_pages
        for item in sheet.items:
            yield from turns.add(item)
        for text in sheet.stray:
            yield turns.notice("lost", f"Text in the page's margin was left out: “{text}”.", number)
        yield from _troubles(page, turns)
    yield from turns.finish()
    if of_pages is not None and of_pages != len(pdf):
        yield turns.notice("lost", f"The print had {of_pages} pages, the file has {len(pdf)}.")


def _troubles(page: PageContent, turns: TurnBuilder) -> Iterator[Notice]:
    """What is wrong with a page as such."""
    if not page.glyphs:
        what = "is only a picture" if page.images else "has no text"
        yield turns.notice("lost" if page.images else "warning", f"The page {what}.", page.number)
    if page.unreadable:
        yield turns.notice(
            "lost", f"{page.unreadable} letters have no meaning in the file and were left out.", page.number
        )
    if page.sideways:
        yield turns.notice("lost", f"{page.sideways} letters stand sideways and were left out.", page.number)
    for complaint in page.complaints:
        yield turns.notice("warning", f"The page may be damaged ({complaint}).", page.number)
