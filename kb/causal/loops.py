"""Feedback loops: chains of causes that lead back to where they began, each loop once.

A loop is written from its first concept by name, which stands at both ends.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kb.causal.links import Chain, Clock, Link, Links, reaching

COUNTED = 10_000  # more loops than this are "more than 10,000"
_SEARCHED = 400_000  # steps spent at most on loops that are not shown
_ALL = -1  # everybody's bits


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
        loops.by_length(_ALL), sorted(loops.shortest_through_each_link(), key=_by_length), loops.by_length()
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
        part = strong_parts(links)

        def inside(steps: list[list[Link]]) -> list[list[Link]]:
            """Without links between two parts, which are on no loop."""
            return [[link for link in ways if part[link.to] == part[at]] for at, ways in enumerate(steps)]

        self._out, self._into = inside(links.out), inside(links.into)
        self._back: dict[int, list[int]] = {}

    def all(self) -> Iterator[Chain]:
        """Every loop, from each beginning in turn."""
        for start in range(len(self._out)):
            yield from self._from(start, 2, self._depth, None)

    def by_length(self, people: int | None = None) -> Iterator[Chain]:
        """Loops, the shorter first, then by name; with `people`, those that one of them told whole."""
        for length in range(2, self._depth + 1):
            for start in range(len(self._out)):
                yield from self._from(start, length, length, people)

    def _from(self, start: int, least: int, most: int, people: int | None) -> Iterator[Chain]:
        """Loops of so many links whose first concept by name is the start."""
        if not self._out[start]:
            return
        if start not in self._back:
            # The least number of links back to the start, over concepts that come after it by name.
            self._back[start] = reaching(self._into, [start], self._depth, least=start)
        back = self._back[start]
        loop = [start]

        def go_on(tellers: int | None) -> Iterator[Chain]:
            left = most - len(loop)  # links still to come after the next
            out = self._out[loop[-1]]
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
            far = reaching(self._into, [cause], self._depth)
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


def strong_parts(links: Links) -> list[int]:
    """The strongly connected part of each concept, as a number: what lies on a loop shares one.

    Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972),
    here without recursion.
    """
    count = len(links.out)
    part, low, order = [-1] * count, [0] * count, [-1] * count
    stack: list[int] = []
    seen = parts = 0
    for root in range(count):
        if order[root] >= 0:
            continue
        work = [(root, iter(links.out[root]))]
        order[root] = low[root] = seen
        seen += 1
        stack.append(root)
        while work:
            at, rest = work[-1]
            for link in rest:
                if order[link.to] < 0:
                    order[link.to] = low[link.to] = seen
                    seen += 1
                    stack.append(link.to)
                    work.append((link.to, iter(links.out[link.to])))
                    break
                if part[link.to] < 0:
                    low[at] = min(low[at], order[link.to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == order[at]:
                    while part[at] < 0:
                        part[stack.pop()] = parts
                    parts += 1
    return part
