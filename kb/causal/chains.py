"""Chains of causes to an issue: those one person told whole first, then those stitched from several.

A chain passes no concept twice. The order is that of the query `causal-chains`: told whole in most
interviews first, then the shorter one, then by the names from the first cause on; after all chains
told whole come the stitched ones, and last those with a link that only a catalogue states. Chains
are searched in this order, and no further than somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import islice

from kb.causal.forward import Asked, Forward, Stitched, WithCatalogue
from kb.causal.links import ALL, Chain, Clock, Links, reaching

COUNTED = 10_000  # more chains than this are "more than 10,000": nobody reads them
_COUNTING = 400_000  # steps spent at most on counting what is not shown


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
        yield from Stitched(links, asked, clock).chains()
    if asked.told in ("any", "catalogue"):
        yield from WithCatalogue(links, asked, clock).chains()


def _unordered(links: Links, asked: Asked, clock: Clock) -> Iterator[Chain]:
    """The same chains, in the order that is quickest to count them."""
    if asked.told != "any" or asked.people is not None:
        yield from _in_order(links, asked, clock)
    else:
        yield from Forward(links, asked, clock).chains()


def whole(links: Links, asked: Asked, clock: Clock) -> Iterator[Chain]:
    """Chains that one person told whole, those told so in most interviews first.

    Each chain is led back from the issue over links that somebody on all of it tells too. Going
    further back never makes its tellers more, so the next in order is always at hand (best first).
    """
    least = None if asked.causes is None else reaching(links.out, asked.causes, asked.depth, told=True)
    wanted = ALL if asked.people is None else asked.people
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
        lead_back((effect,), ALL)
    while waiting:
        _, length, chain, people = heappop(waiting)
        if asked.causes is None or chain[0] in asked.causes:
            yield chain
        if length < asked.depth:
            lead_back(chain, people)
