"""Scales and axes: from numbers to places on the page, with round ticks and a named unit."""

from __future__ import annotations

from dataclasses import dataclass

from kb.plots.canvas import HAIR, LEADING, LETTERS, Canvas

TICK_ROOM = 20.0  # points that a tick's number needs, at least
TICK_HEIGHT = 9.0  # of the row of numbers below an axis


@dataclass(frozen=True)
class Scale:
    """From a value in [0, `top`] to a place between two points of the page.

    Attributes:
        ticks: Round values from 0; the last is `top`.
        percent: Whether values are parts of one, written as percentages.
    """

    start: float
    end: float
    ticks: tuple[float, ...]
    percent: bool = False

    @property
    def top(self) -> float:
        """The greatest value that is drawn."""
        return self.ticks[-1]

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (self.end - self.start) * value / self.top

    def label(self, value: float) -> str:
        """A tick's number as written."""
        return f"{value * 100:g}" if self.percent else f"{value:g}"


def scale(start: float, end: float, largest: float, room: float = TICK_ROOM) -> Scale:
    """A scale for counts up to `largest`, whose ticks are `room` points apart or more."""
    return Scale(start, end, tuple(count_ticks(largest, max(1, int(abs(end - start) / room)))))


def percent_scale(start: float, end: float) -> Scale:
    """A scale for parts of one, always up to 100 %, so that charts can be compared."""
    steps = 4 if end - start > 4 * TICK_ROOM else 2
    return Scale(start, end, tuple(step / steps for step in range(steps + 1)), percent=True)


def count_ticks(largest: float, most: int) -> list[float]:
    """Round whole numbers from 0 to the first that is not below `largest`, at most `most` steps."""
    step, factors = 1, (2, 2.5, 2)  # 1, 2, 5, 10, 20, 50 …
    at = 0
    while step * most < largest:
        step = int(step * factors[at % 3])
        at += 1
    last = max(1, -int(-largest // step))
    return [float(step * n) for n in range(last + 1)]


def across(canvas: Canvas, values: Scale, top: float, bottom: float) -> None:
    """Light lines at the ticks of a horizontal scale, drawn before the marks."""
    for tick in values.ticks:
        canvas.line([(values(tick), top), (values(tick), bottom)], canvas.grid, HAIR)


def below(canvas: Canvas, values: Scale, bottom: float, unit: str, room: float) -> float:
    """The numbers of a horizontal scale and its unit, below a panel; gives the height they take.

    Args:
        canvas: The page.
        values: The scale.
        bottom: The panel's lower end.
        unit: What the numbers count; broken into lines.
        room: Width that the unit may take, which may be more than the panel's.
    """
    for tick in values.ticks:
        text = values.label(tick)
        middle = min(values(tick), canvas.right - canvas.width(text) / 2)  # long numbers at the page's edge
        canvas.text(text, middle, bottom + TICK_HEIGHT / 2 + 1.5, anchor="middle")
    lines = canvas.typeface.wrap(unit, LETTERS, room)
    height = LEADING * LETTERS * len(lines)
    # In the middle of the panel, but not over the page's edges.
    widest = max(canvas.width(line) for line in lines)
    middle = (values.start + values.end) / 2
    middle = max(canvas.left + widest / 2, min(middle, canvas.right - widest / 2))
    canvas.lines(lines, middle, bottom + TICK_HEIGHT + 3.0 + height / 2, "middle")
    return TICK_HEIGHT + 3.0 + height
