"""The numbers of lines in a margin of a PDF's pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._delve_lines import Line

_GAP = 0.8  # type sizes between a number and the words
_NEAR = 3.0  # points within which numbers end, or begin, at one place
_LEAST, _SHARE = 4, 0.15  # numbers, and of the lines that have one: some have every fifth
_SURE = 0.9  # of the numbers that count the lines
_DIGITS = 5


class _Number(NamedTuple):
    """A number at the end or the beginning of a line: which glyphs, its value, where it stands."""

    start: int
    end: int
    value: int
    place: int


def without_line_numbers(body: Sequence[Line]) -> list[Line]:
    """The lines without the numbers of a margin; one that is a number and no more is left out."""
    lines = list(body)
    for right in (True, False):
        found = {n: one for n, line in enumerate(lines) if (one := _number(line, right=right))}
        places = Counter(one.place for one in found.values())
        place = max(places, key=lambda one: places[one], default=0)
        found = {n: one for n, one in found.items() if abs(one.place - place) <= 1}
        exact = len(found) > 1 and all(one.value == n + 1 for n, one in found.items())
        if len(found) < (2 if exact else _LEAST) or len(found) < _SHARE * len(lines) or not _count(found):
            continue
        lines = [kept for n, line in enumerate(lines) if (kept := _without(line, found.get(n)))]
    return lines


def _number(line: Line, *, right: bool) -> _Number | None:
    glyphs = line.glyphs
    solid = [n for n, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    order = list(reversed(solid)) if right else solid
    run: list[int] = []
    for n in order:
        if not glyphs[n].text.isdecimal() or len(run) > _DIGITS:
            break
        if run and abs(glyphs[n].x0 - glyphs[run[-1]].x0) > 1.5 * line.size:
            break
        run.append(n)
    if not run or len(run) > _DIGITS:
        return None
    first, last = min(run), max(run)
    others = order[len(run) :]
    if others:
        gap = glyphs[first].x0 - glyphs[others[0]].x1 if right else glyphs[others[0]].x0 - glyphs[last].x1
        if gap < _GAP * line.size:
            return None
    edge = glyphs[last].x1  # numbers stand flush right, in either margin
    value = int("".join(glyphs[n].text for n in sorted(run)))
    return _Number(first, last + 1, value, round(edge / _NEAR))


def _count(found: dict[int, _Number]) -> bool:
    """Whether the numbers count the lines; on a page they may begin anew."""
    pairs = [(found[a].value, found[b].value, b - a) for a, b in pairwise(found)]
    good = sum(above + step == below or below <= min(step, 5) for above, below, step in pairs)
    return good >= _SURE * len(pairs)


def _without(line: Line, number: _Number | None) -> Line | None:
    if number is None:
        return line
    glyphs = line.glyphs[: number.start] + line.glyphs[number.end :]
    marked = line.marked[: number.start] + line.marked[number.end :]
    while glyphs and glyphs[-1].text.isspace():
        glyphs, marked = glyphs[:-1], marked[:-1]
    while glyphs and glyphs[0].text.isspace():
        glyphs, marked = glyphs[1:], marked[1:]
    return line._replace(glyphs=glyphs, marked=marked) if glyphs else None
