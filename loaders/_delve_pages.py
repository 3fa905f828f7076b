"""The pages of a PDF as plain geometry: letters, shapes with an inside, thin bars.

Two libraries read it: pdfminer the file's structure, by which damage and too much to draw are told before
anything is drawn, and PDFium what stands on the pages (`loaders._pdfium`), in a tenth of the time.
Lengths are points; y runs down from the page's top edge. One page is held at a time, and what the library
would print on the terminal is caught.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice
from pathlib import Path

from kb.errors import InputError
from loaders._delve_glyphs import PageContent
from loaders._text import MAX_BYTES, check_file, unreadable

MAGIC = b"%PDF-"
# Readers look for the mark of a PDF in its first 1024 bytes (ISO 32000-1, annex H.3.4.1).
MAGIC_WITHIN = 1024
# The end mark stands in the last 1024 bytes (same annex); some tools append a little more.
_END_WITHIN = 4096
# An interview of two hours prints on 60 pages; what is far beyond is a book or an attack.
MAX_PAGES = 2000
DAMAGED = "the PDF is damaged and cannot be read: copy it again, or print it from Delve again"
_LOGGERS = ("pdfminer",)


class PdfFile:
    """An open PDF that gives its pages one at a time.

    Args:
        path: The file; it is named in every error.
        stream: The file, open for reading.

    Raises:
        InputError: No PDF, cut short, locked, damaged, without pages, or with more than `MAX_PAGES`.
    """

    def __init__(self, path: Path, stream: BufferedReader) -> None:
        self.path = path
        # Imported here, so that asking whether a file is a PDF does not load the PDF libraries.
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage

        from loaders._pdf_bounds import Scales
        from loaders._pdf_parser import LinearParser

        self._scales = Scales()
        _check_ends(path, stream)
        with _hushed():
            try:
                document = PDFDocument(LinearParser(stream))
                # Only the page dictionaries, and no more of them than are read.
                self._pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
            # The library lets many kinds of error through where a file is damaged, also its own
            # slips (KeyError, TypeError, RecursionError): to the user they all mean the same.
            except Exception as error:
                if _is_locked(error):
                    raise InputError(
                        "the PDF is locked with a password: print it again without one.", path
                    ) from error
                raise InputError(f"{DAMAGED}.", path) from error
        if not self._pages:
            raise InputError("the PDF has no pages: print it from Delve again.", path)
        if len(self._pages) > MAX_PAGES:
            raise InputError(
                f"the PDF has more than {MAX_PAGES} pages, which no print of one interview has: "
                "print each transcript into a file of its own.",
                path,
            )
        from loaders._pdf_damage import damage
        from loaders._pdfium import Drawing

        stream.seek(0)
        data = stream.read()
        #: What is wrong with the file's bytes, as the rest of a sentence; None if nothing is seen.
        self.damage = damage(data)
        try:
            self._drawing = Drawing(data)
        except ValueError as error:
            raise InputError(f"{DAMAGED}.", path) from error
        if len(self._drawing) != len(self._pages):
            self.close()
            raise InputError(f"{DAMAGED}.", path)

    def close(self) -> None:
        """Close it."""
        self._drawing.close()

    def __len__(self) -> int:
        return len(self._pages)

    def page(self, number: int) -> PageContent:
        """Read one page.

        Args:
            number: From 1.

        Raises:
            InputError: The page is damaged, or draws more than a transcript does (`loaders._pdf_bounds`).
        """
        from loaders._pdf_bounds import MAX_FILE_BYTES, MAX_PAGE_BYTES, TooMuch

        with _hushed() as complaints:
            try:
                self._scales.weigh(self._pages[number - 1])
                content = self._drawing.page(number)
            except TooMuch as error:
                raise InputError(
                    f"the PDF draws more than {MAX_PAGE_BYTES // 2**10} kB on this page, or more than "
                    f"{MAX_FILE_BYTES // 2**20} MB on all, which no print of an interview does: save the "
                    "transcript as .docx or text.",
                    self.path,
                    page=number,
                ) from error
            except Exception as error:  # as above
                raise InputError(f"{DAMAGED}.", self.path, page=number) from error
        return content._replace(complaints=tuple(dict.fromkeys(complaints)))


def damaged(what: str) -> str:
    """The sentence for a file that can be read although it is damaged."""
    return (
        f"The file is damaged ({what}), and words or codes of it may be missing: copy it again, or "
        "print it from Delve again."
    )


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfFile]:
    """Open a PDF and close it at the end.

    Raises:
        InputError: See `PdfFile`; also for a file that is missing, empty or not readable.
    """
    check_file(path)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with stream:
        pdf = PdfFile(path, stream)
        try:
            yield pdf
        finally:
            pdf.close()


def _check_ends(path: Path, stream: BufferedReader) -> None:
    """Tell a file that is no PDF, and one that was cut short, which the library would half read."""
    if MAGIC not in stream.read(MAGIC_WITHIN):
        raise InputError("this is not a PDF: give it the ending of what it is.", path)
    size = stream.seek(0, 2)
    if size > MAX_BYTES:
        raise InputError(
            f"the PDF is larger than {MAX_BYTES // 2**20} MB, too large for a transcript: split it.", path
        )
    stream.seek(max(0, size - _END_WITHIN))
    if b"%%EOF" not in stream.read():
        raise InputError("the PDF is cut short: copy it again, or print it from Delve again.", path)
    stream.seek(0)


def _is_locked(error: BaseException) -> bool:
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    return any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args))


@contextmanager
def _hushed() -> Iterator[list[str]]:
    """Catch what the PDF library would log on the terminal; gives the messages."""
    messages: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Keep(logging.WARNING)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield messages
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
