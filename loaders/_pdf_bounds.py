"""How much a PDF may draw: what its pages hold is weighed before it is read.

The PDF library takes some 40 microseconds for a letter or an operator, and neither a page nor a form drawn
upon it has an end of its own: one page may hold millions. A page of a transcript draws some 30 kB.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import literal_name
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

MAX_PAGE_BYTES = 2**18
MAX_FILE_BYTES = 3 * 2**20
#: Operators and their numbers, of which each takes as long as a letter.
MAX_PAGE_WORDS = 2**16
MAX_FILE_WORDS = 2**19


class TooMuch(Exception):  # no error of kb's: the caller says which file
    """A page, or the file, draws more than any transcript does."""


class Budget:
    """What a file may still draw."""

    def __init__(self) -> None:
        self._file_bytes, self._file_words = MAX_FILE_BYTES, MAX_FILE_WORDS
        self.begin_page()

    def begin_page(self) -> None:
        """The page before is done."""
        self._page_bytes, self._page_words = MAX_PAGE_BYTES, MAX_PAGE_WORDS

    def take(self, stream: PDFStream) -> None:
        """Weigh a stream that is about to be drawn; again each time that it is.

        Raises:
            TooMuch: It, or all up to it, is too much.
        """
        data = _unpacked(stream, self._page_bytes)
        weight, words = len(data) + 100, len(data.split()) + 20
        self._file_bytes -= weight
        self._page_bytes -= weight
        self._file_words -= words
        self._page_words -= words
        if min(self._file_bytes, self._page_bytes, self._file_words, self._page_words) < 0:
            raise TooMuch


def _unpacked(stream: PDFStream, most: int) -> bytes:
    """The stream's content; one that unpacks to more is not unpacked whole."""
    filters = [literal_name(name) for name, _ in stream.get_filters()]
    raw = stream.get_rawdata()
    if raw is not None and filters[:1] in (["FlateDecode"], ["Fl"]):
        head = raw
        with suppress(zlib.error):  # the library may read what is left of it
            head = zlib.decompressobj().decompress(raw, most + 1)
        if len(head) > most or (len(filters) > 1 and len(raw) > most):
            raise TooMuch
    data = stream.get_data()
    return data if isinstance(data, bytes) else b""


class _Device(PDFPageAggregatorWithMarkedContent):
    budget: Budget


class _Interpreter(PDFPageInterpreter):
    def execute(self, streams: Any) -> None:
        assert isinstance(self.device, _Device)
        for each in streams:
            stream = stream_value(each)
            if isinstance(stream, PDFStream):
                self.device.budget.take(stream)
        super().execute(streams)


class BoundedPage(Page):
    """A page of the library's that is drawn within a budget."""

    budget: Budget

    @property
    def layout(self) -> Any:
        """What is drawn on it.

        Raises:
            TooMuch: It draws more than it may.
        """
        if not hasattr(self, "_layout"):
            self.budget.begin_page()
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            device.budget = self.budget
            _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout
