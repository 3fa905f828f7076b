"""Which edges run against the flow, so that the others all run one way, through few layers.

The greedy order of Eades, Lin and Smyth (A fast and effective heuristic for the feedback arc set
problem, Information Processing Letters 47(6), 1993): few edges run against it, fewer than the depth
first search of most layout programs leaves, and so the layers are fewer too.
"""

from __future__ import annotations

from collections.abc import Sequence

# What a link costs in `_squeezed`, in layers it could as well have crossed: against the flow, within
# a layer, and each layer beyond the next. Against the flow is drawn better than within a layer.
_AGAINST, _WITHIN, _FURTHER = 4.0, 7.0, 0.5
_CROWD = 0.4  # each box more than half as many again as the layers would hold evenly
_SWEEPS = 30


def backward(count: int, edges: Sequence[tuple[int, int]], layers: int | None = None) -> set[int]:
    """The positions in `edges` of those to be turned round so that no cycle is left.

    Args:
        count: Number of nodes, which are numbered from 0.
        edges: Pairs of start and end; no loops.
        layers: If given, more edges are turned, so that chains pass through about so many layers.
    """
    place: Sequence[int] | dict[int, int]
    if layers is None or max(depths(count, edges)) < layers:
        place = {node: i for i, node in enumerate(_order(count, edges))}
    else:
        place = _squeezed(count, edges, layers)
    return {i for i, (start, end) in enumerate(edges) if place[start] > place[end]}


def _squeezed(count: int, edges: Sequence[tuple[int, int]], layers: int) -> list[int]:
    """A layer for each node, of so many layers, with few edges against the flow.

    Starts from the depths, evenly squeezed, and moves one node after the other to its best layer
    until nothing gets better. Where both ends of an edge share a layer, the first is the earlier.
    """
    depth = depths(count, edges)
    deepest = max(depth)
    layer = [round(d * (layers - 1) / deepest) for d in depth]
    tied: list[list[tuple[int, int]]] = [[] for _ in range(count)]  # (other end, +1 if it follows)
    for start, end in edges:
        tied[start].append((end, 1))
        tied[end].append((start, -1))
    filled = [layer.count(i) for i in range(layers)]
    enough = 1.5 * count / layers

    def cost(node: int, at: int) -> float:
        total = _CROWD * max(0.0, filled[at] + (layer[node] != at) - enough)
        for other, sign in tied[node]:
            span = sign * (layer[other] - at)
            total += (
                _WITHIN if span == 0 else _FURTHER * (span - 1) if span > 0 else _AGAINST - _FURTHER * span
            )
        return total

    for _ in range(_SWEEPS):
        moved = False
        for node in range(count):
            best = min(range(layers), key=lambda at, node=node: (cost(node, at), at))  # type: ignore[misc]
            if cost(node, best) < cost(node, layer[node]):
                filled[layer[node]] -= 1
                filled[best] += 1
                layer[node] = best
                moved = True
        if not moved:
            break
    return layer


def depths(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """For each node the number of edges on the longest chain to it, backward edges turned round."""
    order = _order(count, edges)
    place = {node: i for i, node in enumerate(order)}
    ahead: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        first, second = sorted((start, end), key=place.__getitem__)
        ahead[first].append(second)
    result = [0] * count
    for node in order:
        for end in ahead[node]:
            result[end] = max(result[end], result[node] + 1)
    return result


def _order(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Sources first, sinks last; between them, in turn, the node that most leads onwards."""
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for start, end in edges:
        after[start].append(end)
        before[end].append(start)
    outgoing = [len(ends) for ends in after]
    incoming = [len(starts) for starts in before]
    left = set(range(count))
    head: list[int] = []
    tail: list[int] = []

    def remove(node: int) -> None:
        left.remove(node)
        for end in after[node]:
            incoming[end] -= 1
        for start in before[node]:
            outgoing[start] -= 1

    while left:
        sinks = sorted(node for node in left if outgoing[node] == 0)
        sources = sorted(node for node in left if incoming[node] == 0 and outgoing[node] > 0)
        if sinks or sources:
            for node in sinks:
                tail.append(node)
                remove(node)
            for node in sources:
                if node in left:
                    head.append(node)
                    remove(node)
            continue
        node = max(left, key=lambda n: (outgoing[n] - incoming[n], -n))
        head.append(node)
        remove(node)
    return [*head, *reversed(tail)]
