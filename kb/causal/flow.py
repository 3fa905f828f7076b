"""The minimum cut between two ends of a directed graph.

Source: E. A. Dinic, Algorithm for solution of a problem of maximum flow in networks with power
estimation, Soviet Math. Dokl. 11 (1970); here without recursion.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.causal.links import Clock


def minimum_cut(
    links: Sequence[tuple[int, int]], capacities: Sequence[int | None], clock: Clock
) -> tuple[int, list[int]] | None:
    """The least capacity whose loss leaves no way from 0 to 1, and links that make it up.

    Args:
        links: Start and end of each, by number.
        capacities: Of each, 0 or more; None for one that cannot be cut.
        clock: See `Clock`.

    Returns:
        The capacity and the links' places, those nearest to the start; None where only links that cannot be
        cut lead all the way.
    """
    endless = sum(capacity or 0 for capacity in capacities) + 1
    size = max((max(link) for link in links), default=1) + 1
    out: list[list[int]] = [[] for _ in range(max(size, 2))]
    to: list[int] = []
    left: list[int] = []
    for (start, end), capacity in zip(links, capacities, strict=True):
        out[start].append(len(to))
        to.append(end)
        left.append(endless if capacity is None else capacity)
        out[end].append(len(to))
        to.append(start)
        left.append(0)
    flow = 0
    while True:
        levels = _levels(out, to, left)
        clock.tick(len(to) + 1)
        if levels[1] < 0:
            break
        tried = [0] * len(out)
        while pushed := _push(out, to, left, levels, tried):
            flow += pushed
            clock.tick(len(out))
            if flow >= endless:
                return None
    return flow, [at for at, (start, end) in enumerate(links) if levels[start] >= 0 > levels[end]]


def _levels(out: Sequence[Sequence[int]], to: Sequence[int], left: Sequence[int]) -> list[int]:
    """How many links each is from 0 over links with room; -1 where none leads there."""
    levels = [-1] * len(out)
    levels[0] = 0
    now = [0]
    while now:
        after = []
        for at in now:
            for link in out[at]:
                if left[link] and levels[to[link]] < 0:
                    levels[to[link]] = levels[at] + 1
                    after.append(to[link])
        now = after
    return levels


def _push(
    out: Sequence[Sequence[int]], to: Sequence[int], left: list[int], levels: Sequence[int], tried: list[int]
) -> int:
    """Push what one shortest way from 0 to 1 takes; 0 if there is no further one."""
    way: list[int] = []
    at = 0
    while at != 1:
        while tried[at] < len(out[at]):
            link = out[at][tried[at]]
            if left[link] and levels[to[link]] == levels[at] + 1:
                break
            tried[at] += 1
        else:
            if not way:
                return 0
            back = way.pop()
            at = to[back ^ 1]
            tried[at] += 1
            continue
        way.append(link)
        at = to[link]
    most = min(left[link] for link in way)
    for link in way:
        left[link] -= most
        left[link ^ 1] += most
    return most
