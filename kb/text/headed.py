"""Quotes with the head that says whose they are: ``901: words``, ``901/Al: words``, ``901:0012: words``."""

from __future__ import annotations

import re

_HEADED = re.compile(r"([^\s:/]+(?::\d+)?(?:/[^:]{1,60})?(?::\d+)?): (.*)", re.DOTALL)


def headed(quote: str) -> tuple[str, str]:
    """Whose a quote is, and its words; whose is empty where it is not said.

    >>> headed("901/Al: it drifts: always"), headed("it drifts")
    (('901/Al', 'it drifts: always'), ('', 'it drifts'))
    """
    found = _HEADED.fullmatch(quote)
    return (found[1], found[2]) if found else ("", quote)
