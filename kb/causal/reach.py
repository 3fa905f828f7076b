"""Reach: how far causes lead, where chains begin, and what lies on the way to an issue.

These need sets of concepts and shortest ways, no walks: a shortest way passes no concept twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.causal.links import Chain, Clock, Link, Links, reaching

_COUNTED = 2_000_000  # steps spent at most on counting chains told whole
_ALL = -1  # everybody's bits


class Reach(NamedTuple):
    """What a cause leads to.

    Attributes:
        cause: By number.
        effects: How many concepts it leads to, over links that somebody tells.
        chains: How many chains of two links or more, each told whole by one person, it is on before
            their end.
    """

    cause: int
    effects: int
    chains: int


class Root(NamedTuple):
    """A cause without a cause of its own.

    Attributes:
        cause: By number.
        effects: How many of the concepts asked for it leads to.
        chain: The shortest chain to the nearest of them, the first by name.
    """

    cause: int
    effects: int
    chain: Chain


def reach(links: Links, depth: int, clock: Clock) -> tuple[list[Reach], bool]:
    """What each cause that somebody tells leads to, and whether all chains were counted.

    Args:
        links: The causal graph.
        depth: How far, in links.
        clock: See `Clock`.

    Raises:
        OutOfTime: See `Clock`.
    """
    effects = _effects(links, depth, clock, told=True)
    chains = [0] * len(links.names)
    end = clock.steps + _COUNTED
    complete = True
    for chain in _told_whole(links, depth, clock):
        for at in chain[:-1]:
            chains[at] += 1
        if clock.steps > end:
            complete = False
            break
    told = [at for at, out in enumerate(links.out) if any(link.told for link in out)]
    return [Reach(at, effects[at].bit_count(), chains[at]) for at in told], complete


def roots(links: Links, ends: Iterable[int] | None, depth: int, clock: Clock) -> list[Root]:
    """The causes that no link leads to, and that lead to one of the ends.

    Args:
        links: The causal graph.
        ends: Concepts by number; None for every one.
        depth: How far back, in links.
        clock: See `Clock`.
    """
    effects = _effects(links, depth, clock)
    asked = None if ends is None else frozenset(ends)
    wanted = _ALL if asked is None else sum(1 << at for at in asked)
    found = []
    backwards: dict[int, list[int]] = {}
    for cause, out in enumerate(links.out):
        reached = effects[cause] & wanted
        if not out or links.into[cause] or cause in links.itself or not reached:
            continue
        nearest = _nearest(links, cause, asked, clock)
        if nearest not in backwards:
            backwards[nearest] = reaching(links.into, [nearest], depth)
        far = backwards[nearest]
        chain = [cause]
        while chain[-1] != nearest:
            chain.append(next(link.to for link in links.out[chain[-1]] if far[link.to] < far[chain[-1]]))
        found.append(Root(cause, reached.bit_count(), tuple(chain)))
    return found


def _nearest(links: Links, cause: int, asked: frozenset[int] | None, clock: Clock) -> int:
    """The nearest concept that was asked for; of several, the first by name."""
    seen, now = {cause}, [cause]
    while True:
        after = sorted({link.to for at in now for link in links.out[at]} - seen)
        clock.tick(len(after) + 1)
        for at in after:
            if asked is None or at in asked:
                return at
        seen.update(after)
        now = after


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
    """
    found: dict[int, int] = {}
    for effect in effects:
        if causes is None:
            far = reaching(links.into, [effect], depth)
            ways = {at: links_before for at, links_before in enumerate(far) if links_before <= depth}
        else:
            ways = {}
            for cause in causes:
                for at, links_before in _between(links, cause, effect, depth, clock).items():
                    ways[at] = min(links_before, ways.get(at, links_before))
        for at, links_before in ways.items():
            found[at] = min(links_before, found.get(at, links_before))
    return found


def _between(links: Links, cause: int, effect: int, depth: int, clock: Clock) -> dict[int, int]:
    """The concepts on chains from one cause to one effect, with their least number of links to the end."""
    if cause == effect:
        return {effect: 0}
    # A chain passes its own ends once: what comes after a stop does not lead over the cause again, and
    # what comes before it not over the effect.
    to_end = reaching(_without(links.into, cause), [effect], depth)
    from_cause = reaching(_without(links.out, effect), [cause], depth)
    whole = min((to_end[link.to] + 1 for link in links.out[cause]), default=depth + 1)
    if whole > depth:
        return {}
    found = {effect: 0, cause: whole}
    for at in range(len(links.names)):
        if at in (cause, effect) or to_end[at] + from_cause[at] > depth:
            continue
        for before in range(to_end[at], depth - from_cause[at] + 1):
            if _passes(links, cause, at, effect, before, depth, to_end, clock):
                found[at] = before
                break
    return found


def _without(steps: list[list[Link]], left_out: int) -> list[list[Link]]:
    return [
        [] if at == left_out else [link for link in links if link.to != left_out]
        for at, links in enumerate(steps)
    ]


def _passes(
    links: Links, cause: int, stop: int, effect: int, before: int, depth: int, to_end: list[int], clock: Clock
) -> bool:
    """Whether a chain from cause to effect has the stop at so many links before its end."""
    for way in _ways(links, [stop], effect, before, to_end, clock):
        if cause not in way and _short_way(links, cause, stop, frozenset(way[1:]), depth - before, clock):
            return True
    return False


def _ways(
    links: Links, way: list[int], effect: int, left: int, to_end: list[int], clock: Clock
) -> Iterator[list[int]]:
    """The ways of exactly `left` links more to the effect that pass no concept twice."""
    if left == 0:
        if way[-1] == effect:
            yield way
        return
    clock.tick(len(links.out[way[-1]]))
    for link in links.out[way[-1]]:
        if to_end[link.to] <= left - 1 and link.to not in way and (link.to != effect or left == 1):
            way.append(link.to)
            yield from _ways(links, way, effect, left - 1, to_end, clock)
            way.pop()


def _short_way(links: Links, start: int, end: int, taken: frozenset[int], most: int, clock: Clock) -> bool:
    """Whether a way of at most so many links leads from start to end past the concepts that are taken."""
    seen, now = {start, *taken}, [start]
    for _ in range(most):
        after = []
        for at in now:
            clock.tick(len(links.out[at]))
            for link in links.out[at]:
                if link.to == end:
                    return True
                if link.to not in seen:
                    seen.add(link.to)
                    after.append(link.to)
        now = after
    return False


def _effects(links: Links, depth: int, clock: Clock, *, told: bool = False) -> list[int]:
    """For each concept the others it leads to within so many links, as bits by number."""
    reached = [0] * len(links.names)
    for _ in range(depth):
        before = reached
        reached = []
        for out in links.out:
            bits = 0
            for link in out:
                if link.told or not told:
                    bits |= 1 << link.to | before[link.to]
            reached.append(bits)
            clock.tick(len(out))
    return [bits & ~(1 << at) for at, bits in enumerate(reached)]


def _told_whole(links: Links, depth: int, clock: Clock) -> Iterator[list[int]]:
    """Chains of two links or more that one person told whole."""
    chain: list[int] = []

    def go_on(people: int) -> Iterator[list[int]]:
        out = links.out[chain[-1]]
        clock.tick(len(out))
        for link in out:
            tellers = people & link.people
            if not tellers or link.to in chain:
                continue
            chain.append(link.to)
            if len(chain) > 2:  # concepts: two links
                yield chain
            if len(chain) <= depth:
                yield from go_on(tellers)
            chain.pop()

    for at in range(len(links.names)):
        chain = [at]
        yield from go_on(_ALL)
