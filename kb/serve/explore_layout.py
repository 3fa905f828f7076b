"""Where the boxes of the map stand: in layers along the links, causes to the left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kb.figure.cycles import backward, depths
from kb.figure.layout import Placement, Task, layered
from kb.figure.packing import pack
from kb.figure.parts import Part, parts_of
from kb.graph import Subgraph

Size = tuple[float, float]
LAYER_GAP, BOX_GAP = 70.0, 14.0  # pixels
WIDTH = 1800.0  # that the parts are packed into
# Links up to which the figures' layout takes well under half a second; of more, its layers are ordered here.
MANY = 400
_LAYERS = 24  # of a large part, about
_SWEEPS = 8


def positions(graph: Subgraph, sizes: Mapping[str, Size]) -> dict[str, tuple[float, float]]:
    """The middle of each box, in pixels, y downwards.

    Args:
        graph: What is drawn.
        sizes: Width and height of each node by its id.

    Raises:
        ExportError: The layout program is missing or fails.
    """
    parts = parts_of(graph)
    tasks = tuple(_task(part, sizes) for part in parts)
    return {
        name: place
        for part, places in zip(parts, _placed(tasks), strict=True)
        for name, place in zip(part.ids, places, strict=True)
    }


def forget() -> None:
    """Forget the places that were worked out before, to measure how long they take."""
    _placed.cache_clear()


def _task(part: Part, sizes: Mapping[str, Size]) -> Task:
    index = {name: i for i, name in enumerate(part.ids)}
    pairs = dict.fromkeys((index[edge.start], index[edge.end]) for edge in part.edges)
    return Task(tuple(sizes[name] for name in part.ids), tuple(pairs))


@lru_cache(maxsize=32)  # the same links come again and again: back, another tab, another filter
def _placed(tasks: tuple[Task, ...]) -> list[list[tuple[float, float]]]:
    small = [task for task in tasks if len(task.edges) <= MANY]
    done = dict(zip(small, layered(small, LAYER_GAP, BOX_GAP), strict=True)) if small else {}
    placements = [done[task] if task in done else _in_layers(task) for task in tasks]
    corners, _, _ = pack(placements, WIDTH, 2 * BOX_GAP)
    return [
        [(left + x, top + y) for x, y in placement.centres]
        for (left, top), placement in zip(corners, placements, strict=True)
    ]


def _in_layers(task: Task) -> Placement:
    """Layers as in the figures; in each the boxes in the order of the middle of those they are linked to."""
    count = len(task.sizes)
    depth = _depths(count, task.edges)
    near: list[list[int]] = [[] for _ in range(count)]
    for start, end in task.edges:
        near[start].append(end)
        near[end].append(start)
    layers: list[list[int]] = [[] for _ in range(max(depth) + 1)]
    for node in range(count):
        layers[depth[node]].append(node)
    place = {node: i / len(layer) for layer in layers for i, node in enumerate(layer)}
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            middle = {
                node: sum(place[other] for other in near[node]) / max(len(near[node]), 1) for node in layer
            }
            layer.sort(key=lambda node: (middle[node], node))
            place |= {node: (i + 0.5) / len(layer) for i, node in enumerate(layer)}
    return _stacked(task, layers)


def _depths(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    turned = backward(count, edges, _LAYERS)
    return depths(count, [(b, a) if i in turned else (a, b) for i, (a, b) in enumerate(edges)])


def _stacked(task: Task, layers: Sequence[Sequence[int]]) -> Placement:
    heights = [sum(task.sizes[node][1] + BOX_GAP for node in layer) - BOX_GAP for layer in layers]
    highest, left = max(heights), 0.0
    centres = [(0.0, 0.0)] * len(task.sizes)
    for layer, height in zip(layers, heights, strict=True):
        wide = max(task.sizes[node][0] for node in layer)
        top = (highest - height) / 2
        for node in layer:
            centres[node] = (left + wide / 2, top + task.sizes[node][1] / 2)
            top += task.sizes[node][1] + BOX_GAP
        left += wide + LAYER_GAP
    return Placement(left - LAYER_GAP, highest, tuple(centres), ())
