"""What lies along the chains to an issue, and how far from it.

Without a cause that the chains begin with, every concept from which the issue can be reached is on one:
the shortest way passes nothing twice. With a cause, a concept must be on a chain from it that passes
nothing twice, and two ways (from the cause, and on to the issue) must be found that share nothing. That
is hard to tell in general (it is the problem of two disjoint paths), so the ways are searched, but only
where they are short enough and where no concept is needed by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.causal.bits import as_bits, distances, spread
from kb.causal.links import Clock, Links, reaching


def stops(
    links: Links, effects: Iterable[int], causes: Iterable[int] | None, depth: int, clock: Clock
) -> dict[int, int]:
    """The concepts on chains to an issue, with the least number of links from each to the end.

    Args:
        links: The causal graph.
        effects: The issues at the end, by number.
        causes: The concepts at the beginning; None for any.
        depth: Links of the longest chain.
        clock: See `Clock`.

    Raises:
        OutOfTime: See `Clock`.
    """
    begins = None if causes is None else list(causes)
    found: dict[int, int] = {}
    for effect in effects:
        if begins is None:
            far = reaching(links.into, [effect], depth)
            ways = {at: before for at, before in enumerate(far) if before <= depth}
            _keep_least(found, ways)
        for cause in begins or ():
            _keep_least(found, _Between(links, cause, effect, depth, clock).stops())
    return found


def _keep_least(found: dict[int, int], more: dict[int, int]) -> None:
    for at, before in more.items():
        found[at] = min(before, found.get(at, before))


class _Between:
    """The chains from one cause to one effect. Sets of concepts are bits by number."""

    def __init__(self, links: Links, cause: int, effect: int, depth: int, clock: Clock) -> None:
        self._cause, self._effect, self._depth, self._clock = cause, effect, depth, clock
        self._count = len(links.names)
        self._links = links
        self._out, self._into = as_bits(links.out), as_bits(links.into)

    def stops(self) -> dict[int, int]:
        """See the module's `stops`."""
        cause, effect, depth = self._cause, self._effect, self._depth
        if cause == effect:
            return {effect: 0}
        ends = 1 << cause | 1 << effect
        # A chain passes its own ends once: what comes after a stop does not lead over the cause again,
        # and what comes before it not over the effect.
        to_end = distances(self._into, effect, depth, without=1 << cause)
        from_cause = distances(self._out, cause, depth, without=1 << effect)
        whole = self._way(cause, effect, 0, depth)
        if whole is None:
            return {}
        needed = [at for at in whole[1:-1] if not self._leads(cause, effect, 1 << at, depth)]
        found = {effect: 0, cause: len(whole) - 1}
        for at in range(self._count):
            if ends >> at & 1 or to_end[at] + from_cause[at] > depth or not self._between(at, needed):
                continue
            for before in range(to_end[at], depth - from_cause[at] + 1):
                if self._passes(at, before, to_end):
                    found[at] = before
                    break
        return found

    def _between(self, stop: int, needed: list[int]) -> bool:
        """Whether a stop lies on one side of each concept that all chains pass."""
        return all(
            at == stop
            or self._leads(stop, self._effect, 1 << at | 1 << self._cause, self._depth)
            or self._leads(self._cause, stop, 1 << at | 1 << self._effect, self._depth)
            for at in needed
        )

    def _passes(self, stop: int, before: int, to_end: list[int]) -> bool:
        """Whether a chain has the stop at so many links before its end."""
        left = self._depth - before
        taken = 1 << self._cause
        return any(
            self._leads(self._cause, stop, way & ~(1 << stop), left)
            for way in self._ways(stop, 1 << stop | taken, before, left, stop, to_end)
        )

    def _ways(self, at: int, taken: int, left: int, room: int, stop: int, to_end: list[int]) -> Iterator[int]:
        """The ways of exactly `left` links more to the effect, as the bits of all they pass.

        Args:
            at: Where the way has come to.
            taken: What it has passed, the cause with it.
            left: Links still to come.
            room: Links that there are from the cause to the stop.
            stop: Where the way began.
            to_end: The least number of links to the effect.
        """
        if left == 0:
            if at == self._effect:
                yield taken & ~(1 << self._cause)
            return
        if not self._open(at, taken, left, room, stop):
            return
        for link in self._links.out[at]:
            to = link.to
            if taken >> to & 1 or to_end[to] > left - 1 or (to == self._effect and left > 1):
                continue
            yield from self._ways(to, taken | 1 << to, left - 1, room, stop, to_end)

    def _open(self, at: int, taken: int, left: int, room: int, stop: int) -> bool:
        """Whether a way may still go on: none of what it needs is needed from the cause to the stop."""
        passed = taken & ~(1 << self._cause) & ~(1 << stop)
        if not self._leads(self._cause, stop, passed | 1 << self._effect, room):
            return False
        way = self._way(at, self._effect, taken & ~(1 << at), left)
        if way is None:
            return False
        for needed in way[1:-1]:
            if not self._leads(at, self._effect, taken & ~(1 << at) | 1 << needed, left) and not self._leads(
                self._cause, stop, passed | 1 << needed | 1 << self._effect, room
            ):
                return False
        return True

    def _leads(self, start: int, end: int, without: int, most: int) -> bool:
        """Whether a way of at most so many links leads from start to end past the concepts `without`."""
        return self._levels(start, end, without, most) is not None

    def _way(self, start: int, end: int, without: int, most: int) -> list[int] | None:
        """A shortest way of at most so many links, or None."""
        levels = self._levels(start, end, without, most)
        if levels is None:
            return None
        way = [end]
        for level in reversed(levels):
            before = self._into[way[-1]] & level
            way.append((before & -before).bit_length() - 1)
        return way[::-1]

    def _levels(self, start: int, end: int, without: int, most: int) -> list[int] | None:
        """What lies 0, 1, 2 … links from the start, up to where the end is next; None if it is not."""
        now = 1 << start
        barred = now | without
        levels = []
        for _ in range(most):
            levels.append(now)
            after = spread(self._out, now)
            self._clock.tick(now.bit_count())
            if after >> end & 1 and not without >> end & 1:
                return levels
            now = after & ~barred
            if not now:
                return None
            barred |= now
        return None
