"""Sets of concepts as bits by number: what lies so many links from a concept, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.causal.links import Link


def as_bits(steps: Sequence[Sequence[Link]]) -> list[int]:
    """For each concept, the concepts at the other ends of its links."""
    return [sum(1 << to for to in {link.to for link in links}) for links in steps]


def members(bits: int) -> Iterator[int]:
    """The concepts in a set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def spread(steps: Sequence[int], now: int) -> int:
    """All that is one link from some concepts."""
    after = 0
    for at in members(now):
        after |= steps[at]
    return after


def distances(steps: Sequence[int], start: int, most: int, *, without: int = 0) -> list[int]:
    """The least number of links from a concept to each.

    Args:
        steps: As `as_bits` gives them.
        start: The concept, by number.
        most: Links to go.
        without: Concepts not to pass.

    Returns:
        For each concept the number, and ``most + 1`` where it is further or there is no way.
    """
    far = [most + 1] * len(steps)
    now, barred = 1 << start, 1 << start | without
    for links in range(most + 1):
        for at in members(now):
            far[at] = links
        now = spread(steps, now) & ~barred
        if not now:
            break
        barred |= now
    return far
