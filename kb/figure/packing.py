"""Where the parts of a graph that hang together go on the page."""

from __future__ import annotations

from collections.abc import Sequence

from kb.figure.layout import Placement, Point

COMPONENT_GAP = 14.0  # points
BROAD = 0.6  # height to width of a figure that needs no further column


def pack(placements: Sequence[Placement], width: float, gap: float) -> tuple[list[Point], float, float]:
    """Where the top left corner of each part goes, and the size of the whole.

    Parts of several boxes go into rows or columns, whichever is lower; single boxes into rows below.
    """
    many = [i for i, placement in enumerate(placements) if len(placement.centres) > 1]
    single = [i for i, placement in enumerate(placements) if len(placement.centres) == 1]
    corners: dict[int, Point] = {}
    right = bottom = 0.0
    if many:
        corners = min(_arrangements(placements, many, width), key=lambda each: _foot(placements, each))
        right = max(x + placements[i].width for i, (x, _) in corners.items())
        bottom = _foot(placements, corners) + COMPONENT_GAP
    x, row = 0.0, 0.0
    for i in single:
        if x and x + placements[i].width > max(width, right):
            x, bottom, row = 0.0, bottom + row + gap, 0.0
        corners[i] = (x, bottom)
        right = max(right, x + placements[i].width)
        x += placements[i].width + 2 * gap
        row = max(row, placements[i].height)
    bottom += row if single else -COMPONENT_GAP
    return [corners[i] for i in range(len(placements))], right, bottom


def _arrangements(
    placements: Sequence[Placement], order: Sequence[int], width: float
) -> list[dict[int, Point]]:
    """Ways to place the larger parts: in rows, and in as few columns as keep the whole broad."""
    found = [_rows(placements, order, width)]
    widest = max(placements[i].width for i in order)
    most = max(1, min(len(order), int((width + COMPONENT_GAP) / (widest + COMPONENT_GAP))))
    for columns in range(1, most + 1):
        found.append(_columns(placements, order, columns, widest))
        if _foot(placements, found[-1]) <= BROAD * width:
            break
    # Few parts that are low anyway stand one below the other, which is read most easily.
    return found[1:2] if _foot(placements, found[1]) <= BROAD * width else found


def _foot(placements: Sequence[Placement], corners: dict[int, Point]) -> float:
    return max(y + placements[i].height for i, (_, y) in corners.items())


def _rows(placements: Sequence[Placement], order: Sequence[int], width: float) -> dict[int, Point]:
    """Each part, from the highest on, in the first row that has room for it."""
    rows: list[tuple[list[int], float]] = []  # the parts of a row, and its width
    for i in sorted(order, key=lambda i: (-placements[i].height, i)):
        for number, (parts, taken) in enumerate(rows):
            if taken + COMPONENT_GAP + placements[i].width <= width:
                rows[number] = ([*parts, i], taken + COMPONENT_GAP + placements[i].width)
                break
        else:
            rows.append(([i], placements[i].width))
    corners: dict[int, Point] = {}
    y = 0.0
    for parts, _ in rows:
        x = 0.0
        for i in parts:
            corners[i] = (x, y)
            x += placements[i].width + COMPONENT_GAP
        y += max(placements[i].height for i in parts) + COMPONENT_GAP
    return corners


def _columns(
    placements: Sequence[Placement], order: Sequence[int], columns: int, widest: float
) -> dict[int, Point]:
    """Each part in turn at the foot of the lowest column."""
    feet = [0.0] * columns
    corners = {}
    for i in order:
        column = min(range(columns), key=lambda c: (feet[c], c))
        corners[i] = (column * (widest + COMPONENT_GAP), feet[column])
        feet[column] += placements[i].height + COMPONENT_GAP
    return corners
