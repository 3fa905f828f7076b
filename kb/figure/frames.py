"""Frames around the boxes of one category, with their headings."""

from __future__ import annotations

from kb.figure import kinds
from kb.figure.drawing import Frame
from kb.figure.fonts import ASCENT, Typeface
from kb.figure.geometry import outline
from kb.figure.layout import HEADING
from kb.figure.link_labels import Rectangle
from kb.figure.options import FigureOptions
from kb.figure.scene import Line, Shape
from kb.figure.style import Theme, mix
from kb.graph import Subgraph


def groups(graph: Subgraph, options: FigureOptions) -> dict[str, str]:
    """The heading of each concept's frame, by its id; none without a category."""
    if options.group_by is None:
        return {}
    found = ((node.id, kinds.texts(node.properties.get("category"))) for node in graph.nodes)
    return {id_: options.categories.get(name[0]) or name[0] for id_, name in found if name}


def border(frame: Frame, theme: Theme) -> Shape:
    """The frame itself, pale, under everything."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    path = outline("round", frame.left + width / 2, frame.top + height / 2, width, height)
    return Shape(path, mix(theme.paper, theme.faint, 0.07), mix(theme.paper, theme.faint, 0.5), 0.5)


def heading(frame: Frame, typeface: Typeface, theme: Theme) -> tuple[Rectangle, list[Shape | Line]]:
    """A frame's heading, over the links that pass it, and the room it takes."""
    left, top = frame.left + 3, frame.top + 2
    width, height = typeface.width(frame.heading, HEADING, bold=True) + 4, 1.25 * HEADING
    return (left, top, left + width, top + height), [
        Shape(
            outline("box", left + width / 2, top + height / 2, width, height),
            mix(theme.paper, theme.faint, 0.07),
        ),
        Line(frame.heading, left + 2, top + 1 + ASCENT * HEADING, HEADING, theme.faint, bold=True),
    ]
