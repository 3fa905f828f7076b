"""pdfminer's parser with texts gathered in linear time.

The library adds each piece of a text in parentheses to the bytes before it, which copies them all: a page
of a million opening brackets took minutes.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfparser import PDFParser


class LinearParser(PDFParser):
    """A parser that gathers the pieces of a text in place."""

    def _parse_string(self, s: bytes, i: int) -> int:
        if type(self._curtoken) is bytes:
            self._curtoken = bytearray(self._curtoken)  # type: ignore[assignment]  # adding copies nothing
        return super()._parse_string(s, i)

    def _add_token(self, obj: Any) -> None:
        super()._add_token(bytes(obj) if type(obj) is bytearray else obj)
