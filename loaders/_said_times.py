"""Times that are said and times that a tool wrote, told from the whole document; where the talk begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from loaders._headings import candidates
from loaders._heads import is_meta
from loaders._label import Heading
from loaders._times import EDGE, is_clock, only_time, peel_bracketed, peel_left, peel_right

_INSIDE = re.compile(r"[:：][\s*_]*(\([\d:., >–→-]{3,40}\))[\s*_–-]*$")
# Zoom's saved captions, ``[Dana Field] 10:00:03``, and its chat, ``10:00:03 From Dana Field : text``.
_ZOOM = re.compile(r"\s*(?:\[[^\[\]]{1,80}\]\s+\d{2}:\d{2}:\d{2}\s*$|\d{2}:\d{2}:\d{2}\s+From\s)")
_HOUR = 3600.0
_FROM = re.compile(r"from\s+(?=\S)", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+.{1,60}$", re.IGNORECASE)
_TAILS = 3  # times at the end of paragraphs that show the form
_HABIT, _FEW = 0.8, 0.1  # of the labels that have a time, and of the turns among them that have only that
_SHARE = 0.2  # of the turns that have a time in a place where times belong


def first_of_talk(lines: Sequence[str]) -> int:
    """Index of the first line that begins with a label that recurs and is no line of a head."""
    found = [
        (n, h.key)
        for n, line in enumerate(lines)
        if line and not is_meta(line)
        for h in candidates(line)
        if h.form in ("colon", "bold", "stamp", "bracket", "timed")
    ]
    counts = Counter(key for _, key in found)
    return next((n for n, key in found if counts[key] > 1), len(lines))


def stamp_lines(lines: Sequence[str], headings: Mapping[int, Heading]) -> set[int]:
    """Indexes of the lines that are a time and nothing else, where a tool wrote them.

    One in brackets is a tool's. Others are said if they are few: ``10:30`` in the middle of an answer.
    """
    stamps = {n: s for n, line in enumerate(lines) if n not in headings and (s := only_time(line))}
    plain = [n for n in stamps if lines[n].strip(EDGE + "*_")[:1] not in "[({<#"]
    starts = [stamps[n].start for n in plain]
    if plain and (len(plain) >= max(3, _SHARE * len(headings)) or len(plain) * 2 >= len(headings)):
        return set(stamps) if starts == sorted(starts) or len(plain) > _SHARE * len(headings) else set()
    return set(stamps) - set(plain)


def with_times_said(headings: dict[int, Heading], lines: Sequence[str]) -> dict[int, Heading]:
    """The headings, a rare time in round brackets after the colon given back to the words.

    Labels whose every time runs against the others' are none: ``Noon 12:00`` between 0:05 and 0:20.
    """
    inside = {}
    for n, found in headings.items():
        if found.form != "colon" or found.start is None or not found.text:
            continue
        if lines[n].endswith(found.text) and (match := _INSIDE.search(lines[n][: -len(found.text)])):
            inside[n] = found._replace(
                text=f"{match[1]} {found.text}", start=None, end=None, mark="", of_day=False
            )
    if len(inside) < max(2, _SHARE * len(headings)):
        headings = headings | inside
    return _forwards(headings)


def _forwards(headings: dict[int, Heading]) -> dict[int, Heading]:
    timed = [
        (n, h) for n, h in sorted(headings.items()) if h.start is not None and h.form in ("stamp", "timed")
    ]
    counts = Counter(h.key for _, h in timed)
    ends: list[float] = []  # of the longest run of times that do not fall, by length
    chain: list[int] = []
    before: list[int] = []
    for at, (_, h) in enumerate(timed):
        place = bisect_right(ends, h.start or 0.0)
        ends[place : place + 1] = [h.start or 0.0]
        chain[place : place + 1] = [at]
        before.append(chain[place - 1] if place else -1)
    kept: set[int] = set()
    at = chain[-1] if chain else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    right = {timed[at][1].key for at in kept}
    wrong = {key for key in counts if key not in right}
    if sum(counts[key] for key in wrong) > max(1, 0.1 * len(timed)):
        return headings  # the clock began anew: nothing can be told from it
    return {n: h for n, h in headings.items() if h.key not in wrong or h.form not in ("stamp", "timed")}


def clock_of_day(headings: dict[int, Heading], lines: Sequence[str]) -> dict[int, Heading]:
    """The headings of what Zoom saves, whose times are those of the day unless the first is near zero.

    Before the names of its chat stands ``From``, behind them whom it is to.
    """
    timed = {n: h for n, h in headings.items() if h.start is not None}
    if not timed or sum(_ZOOM.match(lines[n]) is not None for n in timed) < 0.9 * len(timed):
        return headings
    if all(_FROM.match(h.label) for h in headings.values()):
        headings = {
            n: h._replace(label=_TO.sub("", _FROM.sub("", h.label, count=1))) for n, h in headings.items()
        }
    if (timed[min(timed)].start or 0.0) < _HOUR:
        return headings
    return {n: h._replace(of_day=h.start is not None) for n, h in headings.items()}


def times_at_ends(texts: Sequence[str], labels: int) -> bool:
    """Whether times without brackets end what is said so often, and so much in order, that a tool wrote them.

    Args:
        texts: The paragraphs.
        labels: How many of them have a label.
    """
    tails = [tail for text in texts if is_clock(text) and (tail := peel_right(text)[0])]
    if len(tails) < max(_TAILS, 0.5 * labels):
        return False
    starts = [tail.start for tail in tails]
    falls = sum(a > b for a, b in pairwise(starts))
    return falls * 20 <= len(starts) and starts[0] < starts[-1]


def peeled_ends(texts: Iterable[str]) -> tuple[bool, bool]:
    """Whether times in round brackets begin, and end, what is said so often that a tool wrote them."""
    said = [text for text in texts if text.strip(EDGE)]
    left = sum(text.lstrip(EDGE)[:1] == "(" and peel_bracketed(text)[0] is not None for text in said)
    right = 0
    for text in said:
        if text.rstrip(EDGE)[-1:] == ")" and (tail := peel_right(text)[0]) and tail.bracketed:
            right += 1
    least = max(2, _SHARE * len(said))
    return left >= least, right >= least


def unnamed_turns(pieces: Sequence[tuple[tuple[int, ...], str]], headings: Mapping[int, Heading]) -> set[int]:
    """Indexes of paragraphs that begin with a time as labels do, without a label: another turn begins.

    Where most paragraphs without a label have a time, it stands before each paragraph and says nothing.
    """
    timed = sum(h.start is not None for h in headings.values())
    if not headings or timed < _HABIT * len(headings):
        return set()
    first = min(headings)
    loose = [(numbers[0], text) for numbers, text in pieces if numbers[0] not in headings]
    loose = [(n, text) for n, text in loose if n > first and only_time(text) is None]
    found = {n for n, text in loose if peel_left(text)[0]}
    plain = len(loose) - len(found)
    return found if len(found) <= plain or len(found) <= _FEW * len(headings) else set()
