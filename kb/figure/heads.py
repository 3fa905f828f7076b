"""Heads of links: one a relation, so that they are told apart without colour."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import atan2, cos, hypot, remainder, sin, tau

from kb.figure.geometry import Commands, at, outline, polygon, shorten
from kb.figure.layout import Curve, Point
from kb.figure.scene import Shape
from kb.figure.style import EdgeStyle, Theme


def head_length(style: EdgeStyle) -> float:
    """How much of the link the head takes, in points; it grows with the line, but slower."""
    base = {"arrow": 5.0, "vee": 3.6, "dot": 4.2, "bar": 4.4, "diamond": 6.0}[style.head]
    return base + 0.9 * (style.width - 0.6)


HEAD_OUTLINE = 0.7  # width of its line, in points
AT_TIP = 0.3  # points round the tip, which touches the box
BEND = 6.0  # points before the head over which a link turns into a head's direction
_DIRECTIONS = 48  # in which a box's side is looked for
_HALVINGS = 12  # of the angle by which a head turns; a hundredth of a degree


def approach(
    curve: Curve, style: EdgeStyle, theme: Theme, within: Callable[[Point], bool]
) -> tuple[Curve, Point, Point]:
    """What is left of a link for its line, and the neck and the tip of its head, which touches the box.

    A head that comes in at a flat angle, or beside a round corner, would lie partly under the box.
    Such a head turns round its tip, away from the box, just so far that all of it can be seen, and the
    link bends into it; a round head takes its link from any side.
    """
    shaft, tip = shorten(curve, head_length(style))
    neck = shaft[-1]
    length = hypot(neck[0] - tip[0], neck[1] - tip[1])
    angle = atan2(neck[1] - tip[1], neck[0] - tip[0])

    def hidden(turn: float) -> bool:
        shape = head(style, _polar(tip, angle + turn, length), tip, theme)[0]
        return any(map(within, rim(shape, tip)))

    away = _away(tip, within)
    if away is None or not hidden(0.0):
        return shaft, neck, tip
    low, high = 0.0, remainder(away - angle, tau)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if hidden(middle) else (low, middle)
    neck = _polar(tip, angle + high, length)
    before, _ = shorten(curve, length + BEND)
    start, towards = before[-1], before[-2]
    course = atan2(start[1] - towards[1], start[0] - towards[0])
    if style.head == "dot":  # which covers the end of its line
        end = _polar(neck, angle + high, -length / 2)
        arrival = atan2(start[1] - end[1], start[0] - end[0])
    else:
        end, arrival = neck, angle + high
    run = hypot(end[0] - start[0], end[1] - start[1]) / 3
    return (*before, _polar(start, course, run), _polar(end, arrival, run), end), neck, tip


def _polar(point: Point, angle: float, length: float) -> Point:
    return point[0] + length * cos(angle), point[1] + length * sin(angle)


def _away(tip: Point, within: Callable[[Point], bool]) -> float | None:
    """The direction from a point of a box's outline away from the box; None where nothing tells."""
    around = [tau * i / _DIRECTIONS for i in range(_DIRECTIONS)]
    free = [angle for angle in around if not within(_polar(tip, angle, 1.0))]
    x, y = sum(map(cos, free)), sum(map(sin, free))
    return atan2(y, x) if hypot(x, y) > 1e-6 else None


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
    shapes = [Shape(path, fill, style.stroke, HEAD_OUTLINE)]
    if style.head == "bar":  # the bar stands off the box by a short piece of line
        shapes.append(Shape((("M", *point(1.4, 0)), ("L", *tip)), "", style.stroke, style.width))
    return shapes
