"""Chains forward from their causes, by growing length and by name, whoever told them.

The search goes only where an end can still be reached, so that it finds what it is asked for without
walking what nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.causal.links import ALL, Chain, Clock, Link, Links

# Steps without a chain after which the search looks closer where it can still lead.
_DRY = 1000


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


class Forward:
    """Chains by growing length, by name: forward from the causes, only where an end can be reached.

    What "can be reached" means stands in a table, by number of links still to come and concept. The
    first one is of walks, which may pass a concept twice. Where a search finds nothing for a while,
    since every way on leads back over the chain itself (a code through which all chains run), a table
    is made anew without the concepts of the chain so far.

    Args:
        links: The causal graph.
        asked: Which chains.
        clock: See `Clock`.
    """

    def __init__(self, links: Links, asked: Asked, clock: Clock) -> None:
        self._links, self._asked, self._clock = links, asked, clock
        self._table = _Table(self, asked.depth, frozenset())
        self._dry = 0

    def leading(self, depth: int, without: frozenset[int]) -> list[dict[int, int]]:
        """By number of links, the concepts from which a walk of exactly so many leads to an end.

        Args:
            depth: The largest number of links.
            without: Concepts that the walks do not pass.

        Returns:
            For each number of links from 0, concepts with what is to be known of the walks from them.
        """
        leads = [dict.fromkeys(set(self._asked.effects) - without, 0)]
        for _ in range(depth):
            found = {
                link.to: 0 for at in leads[-1] for link in self._links.into[at] if link.to not in without
            }
            self._clock.tick(len(leads[-1]) + 1)
            leads.append(found)
        return leads

    def go_on(self, state: int, link: Link, known: int) -> int | None:
        """What is to be known of a chain once it has this link too; None where none goes this way.

        Args:
            state: What is known of it so far.
            link: Its next link.
            known: What the table says of the walks from the link's end.
        """
        del link, known
        return state

    def _begins(self, known: int) -> bool:
        """Whether a chain begins at a concept of which the table says this."""
        del known
        return True

    def chains(self) -> Iterator[Chain]:
        """The chains: the shorter first, then by the names from the first cause on."""
        causes = self._asked.causes
        for length in range(1, self._asked.depth + 1):
            for at, known in sorted(self._table.leads[length].items()):
                if (causes is None or at in causes) and self._begins(known):
                    yield from self._from([at], ALL, length - 1, self._table)

    def _from(self, chain: list[int], state: int, left: int, table: _Table) -> Iterator[Chain]:
        """The chains that go on from here; after their next link, `left` are still to come."""
        ways = table.ways(self._links.out, chain[-1], left)
        self._clock.tick(len(ways) + 1)
        self._dry += len(ways) + 1
        looked = self._dry
        for link in ways:
            if link.to in chain:
                continue
            if self._dry - looked > _DRY:
                # A long search below, and nothing found: look closer which of these ways are any good.
                table = _Table(self, left, frozenset(chain))
                looked = self._dry
            known = table.leads[left].get(link.to)
            after = None if known is None else self.go_on(state, link, known)
            if after is None:
                continue
            chain.append(link.to)
            if left == 0:
                self._dry = looked = 0
                yield tuple(chain)
            else:
                yield from self._from(chain, after, left - 1, table)
                looked = min(looked, self._dry)  # found something below: nothing is dry
            chain.pop()


class _Table:
    """Where a search may go: `Forward.leading`, and for each concept the links that lead on."""

    def __init__(self, search: Forward, depth: int, without: frozenset[int]) -> None:
        self.leads = search.leading(depth, without)
        self._ways: dict[tuple[int, int], list[Link]] = {}

    def ways(self, out: list[list[Link]], at: int, left: int) -> list[Link]:
        """The links from a concept after which `left` more lead to an end."""
        found = self._ways.get((at, left))
        if found is None:
            found = [link for link in out[at] if link.to in self.leads[left]]
            self._ways[at, left] = found
        return found


class Stitched(Forward):
    """Chains that nobody told whole, every link of which somebody tells.

    What is known of a chain is who tells all of it, as bits; of the walks from a concept, who tells
    every link of all of them: a chain so far told whole by one of these can only become one told
    whole, however it goes on, and is not followed.
    """

    def leading(self, depth: int, without: frozenset[int]) -> list[dict[int, int]]:
        """As `Forward.leading`, over links that somebody tells; known is who tells all of them."""
        common = [dict.fromkeys(set(self._asked.effects) - without, ALL)]
        for _ in range(depth):
            found: dict[int, int] = {}
            for at, people in common[-1].items():
                for link in self._links.into[at]:
                    if link.told and link.to not in without:
                        found[link.to] = found.get(link.to, ALL) & link.people & people
                self._clock.tick(len(self._links.into[at]))
            common.append(found)
        return common

    def go_on(self, state: int, link: Link, known: int) -> int | None:
        """As `Forward.go_on`; the state is who tells all of the chain, as bits."""
        tellers = state & link.people
        return tellers if link.told and not tellers & known else None


class WithCatalogue(Forward):
    """Chains with a link that only a catalogue states.

    Of a chain is known 0 once it has one; of the walks from a concept, 1 if one of them has one.
    """

    def leading(self, depth: int, without: frozenset[int]) -> list[dict[int, int]]:
        """As `Forward.leading`; known is 1 where a walk has a link that only a catalogue states."""
        leads = [dict.fromkeys(set(self._asked.effects) - without, 0)]
        for _ in range(depth):
            found: dict[int, int] = {}
            for at, stated in leads[-1].items():
                for link in self._links.into[at]:
                    if link.to not in without:
                        found[link.to] = found.get(link.to, 0) | stated | (not link.told)
                self._clock.tick(len(self._links.into[at]))
            leads.append(found)
        return leads

    def _begins(self, known: int) -> bool:
        return bool(known)

    def go_on(self, state: int, link: Link, known: int) -> int | None:
        """As `Forward.go_on`; the state is 0 once a link is a catalogue's alone."""
        after = state if link.told else 0
        return after if after == 0 or known else None
