"""Text that may stand in XML."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 does not allow, not even escaped (https://www.w3.org/TR/xml/#charsets).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with U+FFFD for every character that XML has no way to write."""
    return _ILLEGAL.sub("\ufffd", text)


def element(text: str) -> str:
    """The text as the content of an element."""
    return escape(legal(text))


def attribute(text: str) -> str:
    """The text as an attribute's value, in its quotation marks."""
    return quoteattr(legal(text))
