"""Quotes with the head that says whose they are, and their turn: ``901/Al: words [901:0012]``."""

from __future__ import annotations

import re

_WHO = r"[^\s:/]+(?::\d+)?(?:/[^:]{1,60})?(?::\d+)?"
_HEADED = re.compile(rf"({_WHO}): (.*?)(?: \[[^\[\]]*:(\d{{4,}})\])?", re.DOTALL)


def headed(quote: str) -> tuple[str, str]:
    """Whose a quote is, with the number of the turn, and its words; whose is empty where it is not said.

    >>> headed("901: it drifts: always [901:0012]"), headed("901/Al: it drifts"), headed("it drifts")
    (('901:0012', 'it drifts: always'), ('901/Al', 'it drifts'), ('', 'it drifts'))
    """
    found = _HEADED.fullmatch(quote)
    if found is None:
        return "", quote
    return f"{found[1]}:{found[3]}" if found[3] else found[1], found[2]
