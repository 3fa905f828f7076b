"""Feedback loops: chains of causes that lead back to where they began, each loop once.

A loop is written from its first concept by name, which stands at both ends.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from kb.causal.bits import as_bits, distances
from kb.causal.links import ALL, Chain, Clock, Link, Links

COUNTED = 10_000  # more loops than this are "more than 10,000"
_SEARCHED = 150_000  # steps spent at most on loops that are not shown


def find_loops(links: Links, depth: int, limit: int, clock: Clock) -> tuple[list[Chain], int, bool]:
    """The loops to show, how many there are, and whether that is all of them.

    Where all fit, they come by length, then by name. Where they do not: first the loops that one
    person told whole, the shorter ones first; then, for each link that is on a loop, its shortest
    loops; then the shortest of what is left.

    Args:
        links: The causal graph.
        depth: Links of the longest loop.
        limit: At most so many.
        clock: See `Clock`.

    Raises:
        OutOfTime: See `Clock`.
    """
    loops = _Loops(links, depth, clock)
    found: list[Chain] = []
    complete = True
    end = clock.steps + _SEARCHED
    for loop in loops.all():
        if len(found) == COUNTED or (len(found) > limit and clock.steps > end):
            complete = False
            break
        found.append(loop)
    if complete and len(found) <= limit:
        return sorted(found, key=_by_length), len(found), True
    first = itertools.chain(
        loops.by_length(whole=True),
        sorted(loops.shortest_through_each_link(), key=_by_length),
        loops.by_length(),
    )
    chosen: dict[Chain, None] = {}
    for loop in first:
        chosen.setdefault(loop)
        if len(chosen) >= limit:
            break
    return list(chosen), len(found), complete


def _by_length(loop: Chain) -> tuple[int, Chain]:
    return len(loop), loop


class _Loops:
    def __init__(self, links: Links, depth: int, clock: Clock) -> None:
        self._depth, self._clock = depth, clock
        part = strong_parts({at: [link.to for link in ways] for at, ways in enumerate(links.out)})

        def inside(steps: list[list[Link]]) -> list[list[Link]]:
            """Without links between two parts, which are on no loop."""
            return [[link for link in ways if part[link.to] == part[at]] for at, ways in enumerate(steps)]

        self._out, self._before = inside(links.out), as_bits(inside(links.into))
        self._own: list[list[Link]] | None = None
        self._back: dict[int, list[int]] = {}

    def all(self) -> Iterator[Chain]:
        """Every loop, from each beginning in turn."""
        for start in range(len(self._out)):
            yield from self._from(start, 2, self._depth, None)

    def by_length(self, *, whole: bool = False) -> Iterator[Chain]:
        """Loops, the shorter first, then by name; with `whole`, those that one person told whole."""
        for length in range(2, self._depth + 1):
            for start in range(len(self._out)):
                yield from self._from(start, length, length, ALL if whole else None)

    def _told(self) -> list[list[Link]]:
        """The links with only those people on them who tell a loop that it is on."""
        if self._own is None:
            self._own = _on_own_loops(self._out, self._clock)
        return self._own

    def _from(self, start: int, least: int, most: int, people: int | None) -> Iterator[Chain]:
        """Loops of so many links whose first concept by name is the start."""
        ways = self._out if people is None else self._told()
        if not ways[start]:
            return
        if start not in self._back:
            # The least number of links back to the start, over concepts that come after it by name.
            self._back[start] = distances(self._before, start, self._depth, without=(1 << start) - 1)
        back = self._back[start]
        loop = [start]

        def go_on(tellers: int | None) -> Iterator[Chain]:
            left = most - len(loop)  # links still to come after the next
            out = ways[loop[-1]]
            self._clock.tick(len(out))
            for link in out:
                both = None if tellers is None else tellers & link.people
                if both == 0 or back[link.to] > left:
                    continue
                if link.to == start:
                    if len(loop) >= least:
                        yield (*loop, start)
                elif link.to not in loop:
                    loop.append(link.to)
                    yield from go_on(both)
                    loop.pop()

        yield from go_on(people)

    def shortest_through_each_link(self) -> set[Chain]:
        """For each link that is on a loop, the shortest loop it is on, the first by name."""
        loops = set()
        for cause, out in enumerate(self._out):
            if not out:
                continue
            far = distances(self._before, cause, self._depth)
            self._clock.tick(len(far))
            for link in out:
                if far[link.to] < self._depth:
                    loops.add(_turned((cause, *self._down(link.to, far))))
        return loops

    def _down(self, at: int, far: list[int]) -> Iterator[int]:
        """The concepts from here on the shortest way, without its end."""
        while far[at]:
            yield at
            at = next(link.to for link in self._out[at] if far[link.to] == far[at] - 1)


def _turned(loop: Chain) -> Chain:
    """A loop, given without its end, written from its first concept by name."""
    first = loop.index(min(loop))
    return (*loop[first:], *loop[: first + 1])


def _on_own_loops(out: list[list[Link]], clock: Clock) -> list[list[Link]]:
    """Links with those people on whose own links alone they are on a loop; links of nobody are left out."""
    own: dict[int, dict[int, list[int]]] = {}
    for at, ways in enumerate(out):
        for link in ways:
            people = link.people
            while people:
                who = people & -people
                people ^= who
                own.setdefault(who, {}).setdefault(at, []).append(link.to)
    tellers: dict[tuple[int, int], int] = {}
    for who, told in own.items():
        clock.tick(len(told))
        part = strong_parts(told)
        for at, ends in told.items():
            for to in ends:
                if part[at] == part[to]:
                    tellers[at, to] = tellers.get((at, to), 0) | who
    return [
        [link._replace(people=tellers[at, link.to]) for link in ways if (at, link.to) in tellers]
        for at, ways in enumerate(out)
    ]


def strong_parts(out: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """The strongly connected part of each concept, as a number: what lies on a loop shares one.

    Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972),
    here without recursion.

    Args:
        out: By concept, where its links lead to.
    """
    part: dict[int, int] = {}
    low: dict[int, int] = {}
    order: dict[int, int] = {}
    stack: list[int] = []
    parts = 0
    for root in out:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        work = [(root, iter(out[root]))]
        while work:
            at, rest = work[-1]
            for to in rest:
                if to not in order:
                    order[to] = low[to] = len(order)
                    stack.append(to)
                    work.append((to, iter(out.get(to, ()))))
                    break
                if to not in part:
                    low[at] = min(low[at], order[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == order[at]:
                    while at not in part:
                        part[stack.pop()] = parts
                    parts += 1
    return part
