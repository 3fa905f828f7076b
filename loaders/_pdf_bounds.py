"""How much a PDF may draw: what its pages hold is weighed before it is drawn.

Neither a page nor a form drawn upon it has an end of its own: a form may be drawn a thousand times, and
draw others as often. What a page draws is added up from its streams, each form as often as it is drawn,
without drawing anything. A page of a transcript draws some 30 kB.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

MAX_PAGE_BYTES = 2**18
MAX_FILE_BYTES = 3 * 2**20
#: Operators and their numbers, of which each takes as long as a letter.
MAX_PAGE_WORDS = 2**16
MAX_FILE_WORDS = 2**19
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DEEPEST = 16  # forms within forms
_Weight = tuple[int, int]  # bytes and words


class TooMuch(Exception):  # no error of kb's: the caller says which file
    """A page, or the file, draws more than any transcript does."""


class Scales:
    """Weighs the pages of one file."""

    def __init__(self) -> None:
        self._bytes = self._words = 0
        self._forms: dict[int, _Weight] = {}

    def weigh(self, page: PDFPage) -> None:
        """Weigh a page that is about to be drawn.

        Raises:
            TooMuch: It, or all up to it, draws too much.
        """
        streams = [stream for each in page.contents if isinstance(stream := resolve1(each), PDFStream)]
        size = words = 0
        for stream in streams:
            more = self._stream(stream, page.resources, 0)
            size, words = size + more[0], words + more[1]
            _check(size, words)
        self._bytes += size
        self._words += words
        if self._bytes > MAX_FILE_BYTES or self._words > MAX_FILE_WORDS:
            raise TooMuch

    def _stream(self, stream: PDFStream, resources: Any, depth: int) -> _Weight:
        data = unpacked(stream, MAX_PAGE_BYTES)
        size, words = len(data) + 100, len(data.split()) + 20
        _check(size, words)
        drawn = _DRAWN.findall(data)
        if not drawn:
            return size, words
        if depth == _DEEPEST:
            raise TooMuch
        outside = resolve1(resources)
        there = resolve1(outside.get("XObject")) if isinstance(outside, dict) else None
        for name in drawn:
            form = resolve1(there.get(_name(name))) if isinstance(there, dict) else None
            if not isinstance(form, PDFStream) or literal_name(form.get("Subtype")) != "Form":
                continue
            if id(form) not in self._forms:
                inner = form.get("Resources", outside)
                self._forms[id(form)] = self._stream(form, inner, depth + 1)
            more = self._forms[id(form)]
            size, words = size + more[0], words + more[1]
            _check(size, words)
        return size, words


def unpacked(stream: PDFStream, most: int) -> bytes:
    """The stream's content; one that unpacks to more is not unpacked whole.

    Raises:
        TooMuch: It unpacks to more than `most` bytes.
    """
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


def _check(size: int, words: int) -> None:
    if size > MAX_PAGE_BYTES or words > MAX_PAGE_WORDS:
        raise TooMuch


def _name(raw: bytes) -> str:
    """A name as the library writes it: ``#20`` stands for a blank."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes((int(m.group(1), 16),)), raw)
    return plain.decode("utf-8", "replace")
