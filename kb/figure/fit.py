"""Making a graph fit a column: letters, line breaks and gaps, and where its parts go.

Letters start at 8 points and go down to 6.5, boxes get narrower and taller, until the layers fit
side by side; the height follows. Where even that is too wide, the layers go from top to bottom. Where
that is too wide as well, links are turned against the flow until the layers are few enough, and at
last the figure is scaled down; each time it says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.figure import kinds
from kb.figure.drawing import Box, Drawing, Flow, Frame
from kb.figure.fonts import Typeface
from kb.figure.geometry import SLANT
from kb.figure.layout import Curve, Task, layered
from kb.figure.packing import pack
from kb.figure.parts import Part, parts_of
from kb.figure.style import SHAPES
from kb.graph import Edge, Node, Subgraph

MIN_LETTERS = 6.5  # points
PAGE_HEIGHT = 650.0  # points (229 mm): what a page of a paper has room for, with its caption
LINE = 1.18  # distance of two lines, in letter sizes
CLEAR = 2.0  # room round a box that the layout keeps other boxes' links out of
LEAST_GAP = 13.0  # between two rows
LOOP = 13.0  # room above a box for an edge to itself
MANY_EDGES = 120
_NEAR = 1.1  # how much narrower a layout may come out than its boxes and gaps say
FEWEST_LAYERS = 4  # with which a squeezed graph is still read as one that flows


class Setting(NamedTuple):
    """One way to set a graph; points. `room` is the widest line in a box, `label` the height of a link's."""

    letters: float
    room: float
    layer_gap: float
    box_gap: float
    label: float = 0.0


SETTINGS = (
    Setting(8, 110, 34, 9),
    Setting(8, 92, 30, 8),
    Setting(7.5, 80, 26, 7.5),
    Setting(7.5, 68, 22, 7),
    Setting(7, 60, 19, 6),
    Setting(7, 52, 17, 6),
    Setting(6.5, 46, 15, 5.5),
    Setting(6.5, 40, 13, 5.5),
    Setting(6.5, 34, 12, 5.5),
)
#: The ways to lay layers out, in the order tried, with the settings for each: all for the best of them.
FLOWS: dict[Flow, slice] = {"right": slice(None), "down": slice(1, None, 2), "squeezed": slice(2, None, 2)}


def fit(
    graph: Subgraph,
    typeface: Typeface,
    width: float,
    groups: Mapping[str, str] | None = None,
    label: tuple[float, float] = (0.0, 0.0),
) -> Drawing:
    """Lay a graph out so that it is no wider than `width` points.

    Args:
        graph: What to lay out; at least one node.
        typeface: Measures texts.
        width: In points.
        groups: For nodes that stand in a frame with others, by id, the frame's heading.
        label: Width and height of what is written on a link, for which there is room between layers.

    Returns:
        The first drawing, from the most generous setting on, that is narrow enough and no higher
        than a page. If all are higher, the first that is not much higher than the lowest; if none
        is narrow enough, the narrowest, scaled down.
    """
    parts = parts_of(graph, groups)
    every = [setting._replace(layer_gap=setting.layer_gap + label[0], label=label[1]) for setting in SETTINGS]
    boxes = {setting: {node.id: _box(node, typeface, setting) for node in graph.nodes} for setting in every}
    narrowest: Drawing | None = None
    for flow, chosen in FLOWS.items():
        settings = every[chosen]
        fitting: list[Drawing] = []
        # A large graph fills a page however it is set, and each attempt takes long: only the tightest.
        for setting in settings if len(graph.edges) <= MANY_EDGES else settings[-2:]:
            for drawing in _attempts(parts, boxes[setting], setting, width, flow):
                if drawing.width > width:
                    if narrowest is None or drawing.width < narrowest.width:
                        narrowest = drawing
                    continue
                if drawing.height <= PAGE_HEIGHT:
                    return drawing
                fitting.append(drawing)
                break
        if fitting:
            limit = 1.15 * min(drawing.height for drawing in fitting)
            return next(drawing for drawing in fitting if drawing.height <= limit)
    assert narrowest is not None  # the last setting is always tried
    return replace(narrowest, scale=width / narrowest.width)


def _attempts(
    parts: Sequence[Part], boxes: dict[str, Box], setting: Setting, width: float, flow: Flow
) -> Iterator[Drawing]:
    """The drawings that one setting allows, none if it cannot be narrow enough."""
    if flow != "squeezed":
        if _least_width(parts, boxes, setting, flow) <= width:
            yield _draw(parts, boxes, setting, width, flow, None)
        return
    widest = max(box.width for box in boxes.values())
    layers = int((width + setting.layer_gap) / (widest + setting.layer_gap))
    if setting.room == SETTINGS[-1].room:
        for fewer in range(max(layers, 2), max(layers - 3, 1), -1):
            yield _draw(parts, boxes, setting, width, flow, fewer)
    elif layers >= FEWEST_LAYERS:
        yield _draw(parts, boxes, setting, width, flow, layers)


def _least_width(parts: Sequence[Part], boxes: dict[str, Box], setting: Setting, flow: Flow) -> float:
    """A width that layouts of the parts do not go below.

    From left to right it is the layers' widest boxes side by side, and layouts are within a twentieth of
    it; from top to bottom the widest layer, with a gap for each link that passes it, and layouts were
    wider on all graphs looked at. So what cannot fit is not laid out, which takes seconds for a large graph.
    """
    if flow == "right":
        return max(_usual_width(part, boxes, setting) for part in parts) / _NEAR
    return max(_widest_layer(part, boxes, setting) for part in parts)


def _widest_layer(part: Part, boxes: dict[str, Box], setting: Setting) -> float:
    wide: dict[int, float] = defaultdict(float)
    depth = dict(zip(part.ids, part.depth, strict=True))
    for name in part.ids:
        wide[depth[name]] += boxes[name].width + setting.box_gap
    for edge in part.edges:
        first, last = sorted((depth[edge.start], depth[edge.end]))
        for passed in range(first + 1, last):
            wide[passed] += setting.box_gap
    return max(wide.values()) - setting.box_gap


def _usual_width(part: Part, boxes: dict[str, Box], setting: Setting) -> float:
    """About the width of a part from left to right: the widest box of each layer, and the gaps."""
    widest: dict[int, float] = defaultdict(float)
    for name, depth in zip(part.ids, part.depth, strict=True):
        widest[depth] = max(widest[depth], boxes[name].width)
    return sum(widest.values()) + (len(widest) - 1) * setting.layer_gap


def _draw(
    parts: Sequence[Part],
    boxes: dict[str, Box],
    setting: Setting,
    width: float,
    flow: Flow,
    layers: int | None,
) -> Drawing:
    tasks = []
    for part in parts:
        index = {name: i for i, name in enumerate(part.ids)}
        looping = {edge.start for edge in part.loops}
        tasks.append(
            Task(
                tuple(
                    (boxes[n].width + 2 * CLEAR, boxes[n].height + 2 * CLEAR + 2 * LOOP * (n in looping))
                    for n in part.ids
                ),
                tuple((index[edge.start], index[edge.end]) for edge in part.edges),
                tuple((heading, tuple(index[name] for name in members)) for heading, members in part.groups),
            )
        )
    # Links between rows need no more than their heads take; between columns they also climb.
    lower = max(LEAST_GAP + setting.label, 0.55 * setting.layer_gap)
    layer_gap = lower if flow == "down" else setting.layer_gap
    gaps = (layer_gap - 2 * CLEAR, setting.box_gap - CLEAR / 2)
    # What fits as it is need not be squeezed.
    squeeze = [layers is not None and _usual_width(part, boxes, setting) > width for part in parts]
    limits = [layers if narrow else None for narrow in squeeze]
    placements = layered(tasks, *gaps, flow == "down", limits)
    wide = [i for i, p in enumerate(placements) if layers is not None and p.width > width and not squeeze[i]]
    if wide:
        again = layered([tasks[i] for i in wide], *gaps, layers=[layers] * len(wide))
        for i, placement in zip(wide, again, strict=True):
            placements[i] = placement
    corners, total_width, total_height = pack(placements, width, setting.box_gap)
    placed: list[Box] = []
    curves: list[tuple[Edge, Curve | None]] = []
    frames: list[Frame] = []
    for part, placement, (left, top) in zip(parts, placements, corners, strict=True):
        placed += [
            replace(boxes[name], centre=(x + left, y + top))
            for name, (x, y) in zip(part.ids, placement.centres, strict=True)
        ]
        curves += [(edge, None) for edge in part.loops]
        curves += [
            (edge, tuple((x + left, y + top) for x, y in curve))
            for edge, curve in zip(part.edges, placement.curves, strict=True)
        ]
        frames += [
            Frame(heading, x0 + left, y0 + top, x1 + left, y1 + top)
            for (heading, _), (x0, y0, x1, y1) in zip(part.groups, placement.frames, strict=True)
        ]
    return Drawing(
        total_width, total_height, setting.letters, 1.0, flow, tuple(placed), tuple(curves), tuple(frames)
    )


def _box(node: Node, typeface: Typeface, setting: Setting) -> Box:
    what = kinds.kind(node)
    shape = SHAPES.get(what, ("box", ""))[0]
    lines = typeface.wrap(kinds.label(node), setting.letters, setting.room)
    text_width = max(typeface.width(line, setting.letters) for line in lines)
    height = len(lines) * LINE * setting.letters + 5
    width = text_width + {"box": 8, "round": 9, "note": 9 + SLANT}.get(shape, 4 + 2 * min(SLANT, height / 2))
    if shape == "ellipse":  # the rectangle of the text lies within the curve
        width, height = text_width * 1.3 + 5, height * 1.35
    return Box(node, what, shape, tuple(lines), max(width, 18.0), height)
