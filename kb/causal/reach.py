"""Reach: how far causes lead, and where chains begin.

These need sets of concepts and shortest ways, no walks: a shortest way passes no concept twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.causal.links import ALL, Chain, Clock, Links, reaching

_COUNTED = 1_500_000  # steps spent at most on counting chains told whole


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
    """A cause of which nobody told a cause.

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
    """The causes of which nobody told a cause, and that lead to one of the ends.

    Args:
        links: The causal graph.
        ends: Concepts by number; None for every one.
        depth: How far back, in links.
        clock: See `Clock`.
    """
    effects = _effects(links, depth, clock)
    asked = None if ends is None else frozenset(ends)
    wanted = ALL if asked is None else sum(1 << at for at in asked)
    found = []
    backwards: dict[int, list[int]] = {}
    for cause, out in enumerate(links.out):
        reached = effects[cause] & wanted
        # What people tell of begins where nobody tells its cause; a catalogue's word alone is nobody's.
        told = any(link.told for link in out)
        caused = any(link.told or not told for link in links.into[cause])
        if cause in links.itself and (links.itself[cause] or not told):
            continue
        if not out or caused or not reached:
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
        yield from go_on(ALL)
