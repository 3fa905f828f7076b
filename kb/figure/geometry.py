"""Outlines of shapes, and curves cut where an outline or an arrowhead begins."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from kb.figure.layout import Curve, Point

#: A path: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).
Command = tuple[str | float, ...]
Commands = tuple[Command, ...]

_ROUND = 0.5523  # control length of a quarter circle, as a part of its radius
SLANT = 6.0  # points by which a hexagon's and a parallelogram's corners are set in
CORNER = 7.0  # radius of a rounded box
_PER_PIECE = 24  # samples of a Bézier piece
_STEPS = 30  # halvings when a curve is cut; far below what a printer resolves


def outline(shape: str, x: float, y: float, width: float, height: float) -> Commands:
    """The outline of a shape around a centre."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    slant = min(SLANT, height / 2)
    if shape == "round":
        return _rounded(left, top, right, bottom, min(CORNER, height / 2))
    if shape == "ellipse":
        return _ellipse(x, y, width / 2, height / 2)
    corners = {
        "box": [(left, top), (right, top), (right, bottom), (left, bottom)],
        "hexagon": [
            (left, y), (left + slant, top), (right - slant, top), (right, y),
            (right - slant, bottom), (left + slant, bottom),
        ],
        "slanted": [(left + slant, top), (right, top), (right - slant, bottom), (left, bottom)],
        "note": [(left, top), (right - slant, top), (right, top + slant), (right, bottom), (left, bottom)],
    }[shape]  # fmt: skip
    return polygon(corners)


def polygon(corners: list[Point]) -> Commands:
    """A closed path through the corners."""
    return (("M", *corners[0]), *(("L", *corner) for corner in corners[1:]), ("Z",))


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Commands:
    k = radius * (1 - _ROUND)
    return (
        ("M", left + radius, top),
        ("L", right - radius, top),
        ("C", right - k, top, right, top + k, right, top + radius),
        ("L", right, bottom - radius),
        ("C", right, bottom - k, right - k, bottom, right - radius, bottom),
        ("L", left + radius, bottom),
        ("C", left + k, bottom, left, bottom - k, left, bottom - radius),
        ("L", left, top + radius),
        ("C", left, top + k, left + k, top, left + radius, top),
        ("Z",),
    )


def _ellipse(x: float, y: float, a: float, b: float) -> Commands:
    ka, kb = a * _ROUND, b * _ROUND
    return (
        ("M", x + a, y),
        ("C", x + a, y + kb, x + ka, y + b, x, y + b),
        ("C", x - ka, y + b, x - a, y + kb, x - a, y),
        ("C", x - a, y - kb, x - ka, y - b, x, y - b),
        ("C", x + ka, y - b, x + a, y - kb, x + a, y),
        ("Z",),
    )


def inside(shape: str, x: float, y: float, width: float, height: float) -> Callable[[Point], bool]:
    """A test whether a point lies within a shape."""
    a, b = width / 2, height / 2
    slant = min(SLANT, b)

    def test(point: Point) -> bool:
        dx, dy = point[0] - x, point[1] - y
        if abs(dx) > a or abs(dy) > b:
            return False
        if shape == "ellipse":
            return (dx / a) ** 2 + (dy / b) ** 2 <= 1
        if shape == "hexagon":
            return abs(dx) <= a - slant * abs(dy) / b
        if shape == "slanted":
            return dx >= -a + slant * (b - dy) / (2 * b) and dx <= a - slant * (b + dy) / (2 * b)
        if shape == "round":
            radius = min(CORNER, b)
            ex, ey = max(abs(dx) - a + radius, 0.0), max(abs(dy) - b + radius, 0.0)
            return ex * ex + ey * ey <= radius * radius
        if shape == "note":
            return dx - dy <= a + b - slant
        return True

    return test


def at(curve: Curve, t: float) -> Point:
    """The point at parameter t in [0, pieces]."""
    pieces = (len(curve) - 1) // 3
    piece = min(int(t), pieces - 1)
    a, b, c, d = curve[3 * piece : 3 * piece + 4]
    t -= piece
    u = 1 - t
    return (
        u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
        u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
    )


def last_inside(curve: Curve, within: Callable[[Point], bool]) -> float:
    """The parameter at which a curve that starts inside a shape leaves it for the last time."""
    samples = _samples(curve)
    last = max((i for i, point in enumerate(samples) if within(point)), default=0)
    return _border(curve, within, last, len(samples) - 1)


def first_outside(curve: Curve, within: Callable[[Point], bool]) -> float:
    """The parameter at which a curve that starts inside a shape leaves it for the first time."""
    samples = _samples(curve)
    first = next((i for i, point in enumerate(samples) if not within(point)), len(samples) - 1)
    return _border(curve, within, max(first - 1, 0), len(samples) - 1)


def _samples(curve: Curve) -> list[Point]:
    pieces = (len(curve) - 1) // 3
    return [at(curve, i / _PER_PIECE) for i in range(_PER_PIECE * pieces + 1)]


def _border(curve: Curve, within: Callable[[Point], bool], sample: int, last: int) -> float:
    """Where between a sample that is inside and the next one the border lies."""
    low, high = sample / _PER_PIECE, min(sample + 1, last) / _PER_PIECE
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if within(at(curve, middle)) else (low, middle)
    return low


def from_parameter(curve: Curve, t: float) -> Curve:
    """What is left of a curve from parameter t on (de Casteljau)."""
    pieces = (len(curve) - 1) // 3
    piece = min(int(t), pieces - 1)
    a, b, c, d = curve[3 * piece : 3 * piece + 4]
    t -= piece
    ab, bc, cd = _mix(a, b, t), _mix(b, c, t), _mix(c, d, t)
    abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
    return (_mix(abc, bcd, t), bcd, cd, d, *curve[3 * piece + 4 :])


def shorten(curve: Curve, length: float) -> tuple[Curve, Point]:
    """Cut off the last `length` points of a curve, as the crow flies.

    Returns:
        What is left, and the tip: where the curve ended. A curve shorter than twice the length
        keeps its first half.
    """
    tip = curve[-1]
    back = curve[::-1]
    samples = _samples(curve)
    if sum(_distance(a, b) for a, b in pairwise(samples)) < 2 * length:
        return from_parameter(back, ((len(curve) - 1) // 3) / 2)[::-1], tip
    cut = first_outside(back, lambda point: _distance(point, tip) <= length)
    return from_parameter(back, cut)[::-1], tip


def commands(curve: Curve) -> Commands:
    """A curve as a path."""
    pieces = range(1, len(curve), 3)
    return (("M", *curve[0]), *(("C", *curve[i], *curve[i + 1], *curve[i + 2]) for i in pieces))


def _mix(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _distance(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
