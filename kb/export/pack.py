"""Where the parts of a graph that hang together go on the page."""

from __future__ import annotations

from collections.abc import Sequence

from kb.export.layout import Placement, Point

COMPONENT_GAP = 14.0  # points
BROAD = 0.6  # height to width of a figure that needs no further column


def pack(placements: Sequence[Placement], width: float, gap: float) -> tuple[list[Point], float, float]:
    """Where the top left corner of each part goes, and the size of the whole.

    Parts go into as few columns as keep the whole broad, single boxes into rows below.
    """
    many = [i for i, placement in enumerate(placements) if len(placement.centres) > 1]
    single = [i for i, placement in enumerate(placements) if len(placement.centres) == 1]
    corners: dict[int, Point] = {}
    right = bottom = 0.0
    if many:
        widest = max(placements[i].width for i in many)
        most = max(1, min(len(many), int((width + COMPONENT_GAP) / (widest + COMPONENT_GAP))))
        for columns in range(1, most + 1):
            corners = _columns(placements, many, columns, widest)
            right = max(corners[i][0] + placements[i].width for i in many)
            bottom = max(corners[i][1] + placements[i].height for i in many)
            if bottom <= BROAD * width:
                break
        bottom += COMPONENT_GAP
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
