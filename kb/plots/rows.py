"""Charts of labelled rows: a name on the left, and panels with a scale each to the right of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from kb.plots.axes import Scale, across, below
from kb.plots.canvas import HAIR, LEADING, LETTERS, Canvas

LABEL_PART = 0.4  # of the width, that names may take at most before they are broken into lines
ROW = 11.0  # points
GROUP_GAP = 4.0
PANEL_GAP = 14.0


class Panel(NamedTuple):
    """A panel of a row chart.

    Attributes:
        unit: What its scale counts.
        part: Its share of the room that the names leave.
        scale: Makes the scale from the panel's left and right ends.
        draw: Draws one row's mark: index of the row, its middle, its height, the scale.
    """

    unit: str
    part: float
    scale: Callable[[float, float], Scale]
    draw: Callable[[int, float, float, Scale], None]


def row_chart(
    canvas: Canvas,
    labels: Sequence[str],
    panels: Sequence[Panel],
    *,
    asides: Sequence[str] = (),
    aside_head: str = "",
    groups: Collection[int] = (),
) -> None:
    """Draw the rows at the page's free place.

    Args:
        canvas: The page.
        labels: Name of each row.
        panels: From left to right.
        asides: A text at the right end of each row.
        aside_head: What they are, below them.
        groups: Rows before which a gap parts them from those above.
    """
    room = LABEL_PART * (canvas.right - canvas.left)
    wrapped = [canvas.typeface.wrap(label, LETTERS, room) for label in labels]
    label_width = max(canvas.width(line) for lines in wrapped for line in lines)
    first = canvas.left + label_width + 5.0
    last = canvas.right - 3.0
    aside_width = max((canvas.width(text) for text in (*asides, aside_head)), default=0.0)
    if asides:
        last -= aside_width + 6.0
    scales = _scales(panels, first, last)

    top = y = canvas.y
    middles: list[tuple[float, float]] = []
    for at, lines in enumerate(wrapped):
        if at in groups and at:
            y += GROUP_GAP
        height = max(ROW, LEADING * LETTERS * len(lines) + 2.0)
        middles.append((y + height / 2, ROW))
        y += height
    for values in scales:
        across(canvas, values, top, y)
    for at, (middle, height) in enumerate(middles):
        canvas.lines(wrapped[at], first - 5.0, middle, "end")
        for panel, values in zip(panels, scales, strict=True):
            panel.draw(at, middle, height, values)
        if asides:
            canvas.text(asides[at], canvas.right, middle, anchor="end")
    taken = 0.0
    for panel, values in zip(panels, scales, strict=True):
        canvas.line([(values.start, top), (values.start, y)], canvas.theme.faint, HAIR)
        # A unit may be wider than a narrow panel, up to the middle of the gaps at its sides.
        widest = values.end - values.start + PANEL_GAP
        taken = max(taken, below(canvas, values, y, panel.unit, max(widest, 42.0)))
    if aside_head:
        canvas.text(aside_head, canvas.right, y + 6.0, anchor="end", colour=canvas.theme.faint)
    canvas.y = y + taken


def _scales(panels: Sequence[Panel], first: float, last: float) -> list[Scale]:
    room = last - first - PANEL_GAP * (len(panels) - 1)
    whole = sum(panel.part for panel in panels)
    scales = []
    x = first
    for panel in panels:
        width = room * panel.part / whole
        scales.append(panel.scale(x, x + width))
        x += width + PANEL_GAP
    return scales
