"""Whether a PDF's bytes are as its writer left them.

Both libraries read on where a file is damaged, and say nothing of what they could not read. Two things tell
it without reading the pages: the file's last lines say where its table of objects begins (ISO 32000-1,
7.5.5), and every packed stream ends with a sum of its content (zlib, RFC 1950).
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_STREAM = re.compile(rb"\bobj\b(?:(?!endobj|\bobj\b).){0,4000}?\bstream\r?\n", re.DOTALL)
_PACKED = re.compile(rb"/Filter\s*\[?\s*(/(?:ASCII85Decode|A85)\s*)?/(?:FlateDecode|Fl)\b")
_MOST = 128 * 2**20  # unpacked bytes that are checked
_SLICE = 2**18


def damage(data: bytes) -> str | None:
    """What is wrong with a PDF's bytes, as the rest of a sentence; None if nothing is seen."""
    if not _starts_where_it_says(data):
        return "its table of objects is not where the file says"
    broken = sum(not whole for whole in _packed(data))
    if broken:
        return f"{broken} of its parts do not unpack"
    return None


def _starts_where_it_says(data: bytes) -> bool:
    head = max(0, data.find(b"%PDF-", 0, 1024))  # offsets count from the mark, or from the file's start
    found = _START.findall(data[-4096:])
    if not found:
        return False
    at = int(found[-1])
    return any(at + shift < len(data) and _TABLE.match(data, at + shift) for shift in {0, head})


def _packed(data: bytes) -> Iterator[bool]:
    """Whether each packed stream unpacks to its end; a file that is locked has none that does."""
    if b"/Encrypt" in data:
        return
    left = _MOST
    for match in _STREAM.finditer(data):
        filters = _PACKED.search(match.group())
        if not filters:
            continue
        unpack = zlib.decompressobj()
        at, end = match.end(), data.find(b"endstream", match.end())
        rest = data[at : end if end >= 0 else len(data)]
        try:
            if filters[1]:
                rest = base64.a85decode(rest.strip().removesuffix(b"~>"))
            while rest and not unpack.eof and left > 0:
                left -= len(unpack.decompress(rest, _SLICE))
                rest = unpack.unconsumed_tail
        except (zlib.error, ValueError):
            yield False
            continue
        if left <= 0:
            return
        yield unpack.eof
