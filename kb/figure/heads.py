"""Heads of links: one a relation, so that they are told apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kb.figure.geometry import Commands, at, outline, polygon, shorten
from kb.figure.layout import Curve, Point
from kb.figure.scene import Shape
from kb.figure.style import EdgeStyle, Theme


def head_length(style: EdgeStyle) -> float:
    """How much of the link the head takes, in points; it grows with the line, but slower."""
    base = {"arrow": 5.0, "vee": 3.6, "dot": 4.2, "bar": 4.4, "diamond": 6.0}[style.head]
    return base + 0.9 * (style.width - 0.6)


STEP, MOST_STEPS = 0.5, 24  # points by which a head is drawn back from its box, and how often at most
HEAD_OUTLINE = 0.7  # width of its line, in points
AT_TIP = 0.3  # points round the tip, which touches the box


def approach(
    curve: Curve, style: EdgeStyle, theme: Theme, within: Callable[[Point], bool]
) -> tuple[Curve, Point]:
    """What is left of a link for its line, and the tip of its head.

    A head whose tip touches the box has a side under it where the link comes in at a flat angle, or
    beside a round corner. Such a head is drawn back until all of it can be seen.
    """
    drawn = shorten(curve, head_length(style))
    for step in range(1, MOST_STEPS + 1):
        shaft, tip = drawn
        shape = head(style, shaft[-1], tip, theme)[0]
        if not any(map(within, rim(shape, tip))):
            break
        drawn = shorten(shorten(curve, STEP * step)[0], head_length(style))
    return drawn


def rim(head: Shape, tip: Point) -> list[Point]:
    """Corners of a head and the middles of its sides, or points round a dot, without its tip."""
    values = [float(value) for command in head.commands for value in command[1:]]
    corners = list(zip(values[::2], values[1::2], strict=True))
    if any(command[0] == "C" for command in head.commands):
        points = [at(tuple(corners), i / 3) for i in range(12)]
    else:
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise([*corners, corners[0]])]
        points = corners + middles
    return [(x, y) for x, y in points if abs(x - tip[0]) + abs(y - tip[1]) > AT_TIP]


def head(style: EdgeStyle, neck: Point, tip: Point, theme: Theme, border: Point | None = None) -> list[Shape]:
    """The head from `neck`, where the line ends, to `tip`; `border` is where the box begins, if beyond."""
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
    shapes = [Shape(path, fill, style.stroke, HEAD_OUTLINE)]
    if style.head == "bar":  # the bar stands off the box by a short piece of line
        shapes.append(Shape((("M", *point(1.4, 0)), ("L", *(border or tip))), "", style.stroke, style.width))
    return shapes
