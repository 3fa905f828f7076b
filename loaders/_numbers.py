"""Numbers of paragraphs, as MAXQDA and others write them, and of lines, in a margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(r"\s*(?:[¶§]\s*)?(?:(\d{1,5})(?:[.)]?(?:\s+|$)|[.)])|[\[(](\d{1,5})[\])](?:\s+|$))")
_RIGHT = re.compile(r"(?<=\S)(?:\s{2,}|\t\s*)(\d{1,4})$")
_LEFT = re.compile(r"^\s{0,8}(\d{1,4})(?:\s{2,}|\t\s*)(?=\S)")
_LEAST, _SHARE = 4, 0.15  # numbers of lines, and of the lines that have one: some have every fifth
_SURE = 0.9  # of the numbers that count the lines


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
        value = int(match[1] or match[2])
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


def line_numbers_off(lines: Sequence[str], *, right: bool) -> list[str] | None:
    """The lines without the numbers of lines in a margin, each or every fifth; None where there are none.

    They count the lines, blank ones or not, and may begin anew on a page.

    Args:
        lines: All lines.
        right: The margin is the right one, else the left one.
    """
    pattern = _RIGHT if right else _LEFT
    found = {n: match for n, line in enumerate(lines) if (match := pattern.search(line.rstrip()))}
    filled = [n for n, line in enumerate(lines) if line.strip()]
    at = {n: place for place, n in enumerate(filled, 1)}
    exact = len(found) > 1 and all(int(match[1]) == at[n] for n, match in found.items())
    if len(found) < (2 if exact else _LEAST) or len(found) < _SHARE * len(filled):
        return None
    for place in ({n: at for at, n in enumerate(filled)}, {n: n for n in filled}):
        pairs = [(int(found[a][1]), int(found[b][1]), place[b] - place[a]) for a, b in pairwise(found)]
        good = sum(above + step == below or below <= min(step, 5) for above, below, step in pairs)
        if good >= _SURE * len(pairs):
            return [_without(line.rstrip(), found[n]) if n in found else line for n, line in enumerate(lines)]
    return None


def _without(line: str, match: re.Match[str]) -> str:
    return line[: match.start()] + line[match.end() :]


def _is_list(at: dict[int, int], filled: list[int]) -> bool:
    """Whether the numbers are a list within the talk: much of the text lies after or before it."""
    inside = [n for n in filled if min(at) <= n <= max(at) + 3]
    return len(inside) * 10 < len(filled) * 6
