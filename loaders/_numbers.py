"""Paragraph numbers, as MAXQDA and others write them before their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"\s*(?:[¶§]\s*)?(\d{1,5})(?:[.)]?(?:\s+|$)|[.)])")


def numbers_off(lines: Sequence[str]) -> list[str] | None:
    """The lines without the paragraph numbers of MAXQDA and others; None where there are none.

    A number stands before its paragraph or on the line above it; they run on from the first, and the
    lines between are the paragraph's own, which are joined to it.
    """
    expected: int | None = None
    at: dict[int, int] = {}
    filled = [n for n, line in enumerate(lines) if line.strip()]
    for number in filled:
        match = _NUMBERED.match(lines[number][:40])
        if match is None:
            continue
        value = int(match[1])
        if (expected is None and value <= 1) or value == expected:
            at[number] = match.end()
            expected = value + 1
    if (
        len(at) < 3
        or len(at) * 4 < len(filled)
        or (filled[0] > 0 and min(at) > filled[min(5, len(filled) - 1)])
    ):
        return None
    if min(at) not in filled[:6] or len([n for n in filled if n < min(at)]) > 5:
        return None
    if _is_list(at, filled):
        return None
    return [line[at[n] :] if n in at else line for n, line in enumerate(lines)]


def _is_list(at: dict[int, int], filled: list[int]) -> bool:
    """Whether the numbers are a list within the talk: much of the text lies after or before it."""
    inside = [n for n in filled if min(at) <= n <= max(at) + 3]
    return len(inside) * 10 < len(filled) * 6
