"""Heads of links: one a relation, so that they are told apart without colour."""

from __future__ import annotations

from kb.export.geometry import Commands, outline, polygon
from kb.export.layout import Point
from kb.export.scene import Shape
from kb.export.style import EdgeStyle, Theme


def head_length(style: EdgeStyle) -> float:
    """How much of the link the head takes, in points; it grows with the line, but slower."""
    base = {"arrow": 5.0, "vee": 3.6, "dot": 4.2, "bar": 4.4, "diamond": 6.0}[style.head]
    return base + 0.9 * (style.width - 0.6)


def head(style: EdgeStyle, neck: Point, tip: Point, theme: Theme) -> list[Shape]:
    """The head from `neck`, where the line ends, to `tip`, where the box begins."""
    dx, dy = tip[0] - neck[0], tip[1] - neck[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length

    def point(along: float, across: float) -> Point:
        return neck[0] + ux * along - uy * across, neck[1] + uy * along + ux * across

    fill = theme.paper if style.hollow else style.stroke
    half = length * 0.36
    if style.head in ("arrow", "vee"):
        path: Commands = polygon([point(0, half), point(length, 0), point(0, -half)])
    elif style.head == "dot":
        middle = point(length / 2, 0)
        path = outline("ellipse", middle[0], middle[1], length, length)
    elif style.head == "bar":
        path = polygon([point(0, 3.6), point(1.4, 3.6), point(1.4, -3.6), point(0, -3.6)])
    else:
        path = polygon([point(0, 0), point(length / 2, half), point(length, 0), point(length / 2, -half)])
    shapes = [Shape(path, fill, style.stroke, 0.7)]
    if style.head == "bar":  # the bar stands off the box by a short piece of line
        shapes.append(Shape((("M", *point(1.4, 0)), ("L", *tip)), "", style.stroke, style.width))
    return shapes
