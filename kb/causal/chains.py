"""Chains of causes to an issue: those one person told whole first, then those stitched from several.

A chain passes no concept twice. The order is that of the query `causal-chains`: told whole in most
interviews first, then the shorter one, then by the names from the first cause on; after all chains
told whole come the stitched ones, and last those with a link that only a catalogue states. Chains
are searched in this order, and no further than somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice

from kb.causal.links import Chain, Clock, Link, Links, reaching

COUNTED = 10_000  # more chains than this are "more than 10,000": nobody reads them
_COUNTING = 400_000  # steps spent at most on counting what is not shown
_ALL = -1  # everybody's bits


@dataclass(frozen=True)
class Asked:
    """Which chains.

    Attributes:
        effects: The issues at the end, by number.
        causes: The concepts at the beginning; None for any.
        depth: Links of the longest chain.
        told: ``any``, ``whole``, ``stitched`` or ``catalogue``.
        people: Only chains that one of these told whole, as bits; None for whoever.
    """

    effects: tuple[int, ...]
    causes: frozenset[int] | None
    depth: int
    told: str = "any"
    people: int | None = None


def first_chains(links: Links, asked: Asked, limit: int, clock: Clock) -> list[Chain]:
    """The first chains in the order of the query, at most `limit`.

    Raises:
        OutOfTime: See `Clock`.
    """
    return list(islice(_in_order(links, asked, clock), limit))


def count_chains(links: Links, asked: Asked, clock: Clock, most: int = COUNTED) -> tuple[int, bool]:
    """How many chains there are, and whether that is all of them.

    Counting ends at `most`, or where it would take much longer than showing them did.
    """
    end = clock.steps + _COUNTING
    found = 0
    for _ in _unordered(links, asked, clock):
        if found == most:
            return found, False
        found += 1
        if clock.steps > end:
            return found, False
    return found, True


def _in_order(links: Links, asked: Asked, clock: Clock) -> Iterator[Chain]:
    if asked.told in ("any", "whole"):
        yield from whole(links, asked, clock)
    if asked.people is not None:  # a stitched chain is nobody's
        return
    if asked.told in ("any", "stitched"):
        yield from _Stitched(links, asked, clock).chains()
    if asked.told in ("any", "catalogue"):
        yield from _WithCatalogue(links, asked, clock).chains()


def _unordered(links: Links, asked: Asked, clock: Clock) -> Iterator[Chain]:
    """The same chains, in the order that is quickest to count them."""
    if asked.told != "any" or asked.people is not None:
        yield from _in_order(links, asked, clock)
    else:
        yield from _Any(links, asked, clock).chains()


def whole(links: Links, asked: Asked, clock: Clock) -> Iterator[Chain]:
    """Chains that one person told whole, those told so in most interviews first.

    Each chain is led back from the issue over links that somebody on all of it tells too. Going
    further back never makes its tellers more, so the next in order is always at hand (best first).
    """
    least = None if asked.causes is None else reaching(links.out, asked.causes, asked.depth, told=True)
    wanted = _ALL if asked.people is None else asked.people
    waiting: list[tuple[int, int, Chain, int]] = []

    def lead_back(chain: Chain, people: int) -> None:
        length = len(chain)  # links, with the one added
        for link in links.into[chain[0]]:
            clock.tick()
            tellers = people & link.people
            if not tellers & wanted or link.to in chain:
                continue
            if least is None or least[link.to] + length <= asked.depth:
                heappush(waiting, (-links.interviews(tellers), length, (link.to, *chain), tellers))

    for effect in asked.effects:
        lead_back((effect,), _ALL)
    while waiting:
        _, length, chain, people = heappop(waiting)
        if asked.causes is None or chain[0] in asked.causes:
            yield chain
        if length < asked.depth:
            lead_back(chain, people)


class _Any:
    """Chains by growing length, by name: forward from the causes, only where an end can be reached.

    Args:
        links: The causal graph.
        asked: Which chains.
        clock: See `Clock`.
    """

    def __init__(self, links: Links, asked: Asked, clock: Clock) -> None:
        self._links, self._asked, self._clock = links, asked, clock
        self._leads = self._leading()
        self._ways: dict[tuple[int, int], list[Link]] = {}

    def _leading(self) -> list[set[int]]:
        """By number of links, the concepts from which a walk of exactly so many leads to an end."""
        leads: list[set[int]] = [set(self._asked.effects)]
        for _ in range(self._asked.depth):
            leads.append({link.to for at in leads[-1] for link in self._links.into[at]})
            self._clock.tick(len(leads[-1]))
        return leads

    def _may_use(self, link: Link, left: int) -> bool:
        """Whether a walk over this link leads to an end with `left` links more."""
        return link.to in self._leads[left]

    def _go_on(self, state: int, link: Link, left: int) -> int | None:
        """What is to be known of a chain once it has this link too; None where none goes this way."""
        del link, left
        return state

    def _beginnings(self, length: int) -> set[int]:
        return self._leads[length]

    def chains(self) -> Iterator[Chain]:
        """The chains: the shorter first, then by the names from the first cause on."""
        causes = self._asked.causes
        for length in range(1, self._asked.depth + 1):
            for at in sorted(self._beginnings(length)):
                if causes is None or at in causes:
                    yield from self._from([at], _ALL, length - 1)

    def _from(self, chain: list[int], state: int, left: int) -> Iterator[Chain]:
        """The chains that go on from here; after their next link, `left` are still to come."""
        ways = self._ways.get((chain[-1], left))
        if ways is None:
            ways = [link for link in self._links.out[chain[-1]] if self._may_use(link, left)]
            self._ways[chain[-1], left] = ways
        self._clock.tick(len(ways))
        for link in ways:
            if link.to in chain:
                continue
            after = self._go_on(state, link, left)
            if after is None:
                continue
            chain.append(link.to)
            if left == 0:
                yield tuple(chain)
            else:
                yield from self._from(chain, after, left - 1)
            chain.pop()


class _Stitched(_Any):
    """Chains that nobody told whole, every link of which somebody tells.

    What is known of a chain on its way is who tells all of it, as bits.
    """

    def _leading(self) -> list[set[int]]:
        # Who tells every link of every walk from a concept to an end: a chain so far told whole by one
        # of them can only become one told whole, however it goes on, and is not followed.
        self._common: list[dict[int, int]] = [dict.fromkeys(self._asked.effects, _ALL)]
        for _ in range(self._asked.depth):
            found: dict[int, int] = {}
            for at, people in self._common[-1].items():
                for link in self._links.into[at]:
                    if link.told:
                        found[link.to] = found.get(link.to, _ALL) & link.people & people
                self._clock.tick(len(self._links.into[at]))
            self._common.append(found)
        return [set(found) for found in self._common]

    def _may_use(self, link: Link, left: int) -> bool:
        return link.told and super()._may_use(link, left)

    def _go_on(self, state: int, link: Link, left: int) -> int | None:
        tellers = state & link.people
        return None if tellers & self._common[left][link.to] else tellers


class _WithCatalogue(_Any):
    """Chains with a link that only a catalogue states; the state is 0 once there is one."""

    def _leading(self) -> list[set[int]]:
        leads = super()._leading()
        into = self._links.into
        # As `leads`, over walks with at least one such link.
        self._stated: list[set[int]] = [set()]
        for left in range(self._asked.depth):
            found = {link.to for at in self._stated[left] for link in into[at]}
            found |= {link.to for at in leads[left] for link in into[at] if not link.told}
            self._stated.append(found)
        return leads

    def _beginnings(self, length: int) -> set[int]:
        return self._stated[length]

    def _go_on(self, state: int, link: Link, left: int) -> int | None:
        after = state if link.told else 0
        return after if after == 0 or link.to in self._stated[left] else None
