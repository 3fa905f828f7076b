"""How many codes and relations each further interview brings, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.figure.style import BLUE, VERMILLION, mix
from kb.plots.axes import Scale, across, below, scale
from kb.plots.canvas import HAIR, LEADING, LETTERS, Canvas, Entry
from kb.plots.model import Asked, Corpus, Numbers, Row
from kb.relation import by_edge
from kb.statistics.saturation import BAND, ORDERS, saturation
from kb.store.bolt import Store
from kb.text.words import plural

TITLE = "How many codes and relations each further interview brings"
LIMIT: int | None = None
ORDERED = False
COLUMNS = ("what", "interviews", "mean", "low", "high", "new_mean", "new_low", "new_high")
MEANING = {
    "what": "code (of any kind but the interview guide's questions), or relation: a cause, fix, failed fix "
    "or detection",
    "interviews": "number of interviews heard so far",
    "mean": "number of distinct ones in them, on average over all orders of interviews",
    "low": "10 % of the orders have no more than that",
    "high": "90 % of the orders have no more than that",
    "new_mean": "number of them that the last of these interviews brings, on average",
    "new_low": "the same, in 10 % of the orders no more than that",
    "new_high": "the same, in 90 % of the orders no more than that",
}
NOTHING = "no interview has codes or relations"
_WHAT = ("code", "relation")
# What the query `saturation` lists row by row, a row an item: of a thousand interviews it has 40,000.
_CODES = (
    "MATCH (c:Concept)<-[:CODED_AS]-(t:Turn) "
    "RETURN c.name AS name, c.kind AS kind, collect(DISTINCT t.interview) AS interviews"
)
_RELATIONS = (
    f"MATCH (a:Concept)-[r:{'|'.join(by_edge())}]->(b:Concept) "
    "RETURN type(r) AS type, a.name AS start, b.name AS end, r.interviews AS interviews"
)
_GAP = 34.0  # between the two panels of a row: room for the right one's numbers
_LEFT = 20.0  # room for the numbers of a vertical scale
_HEIGHTS = (92.0, 62.0)  # of the panels, in points
_BETWEEN = 12.0


class _Series(NamedTuple):
    """One panel: what it counts and its columns."""

    unit: str
    mean: str
    low: str
    high: str


def read(store: Store, asked: Asked) -> Numbers:
    """The curve of codes and that of relations, one row a number of interviews.

    An interview without codes (none were exported), or without relations (nobody wrote one down),
    is no data point of that curve: it says nothing about what was said. Codes of the interview
    guide's questions say what was asked, and are not counted.
    """
    del asked
    found: dict[str, dict[str, set[tuple[str, ...]]]] = {what: {} for what in _WHAT}
    asked_too = False
    for row in store.read(_CODES).rows:
        question = row["kind"] == "question"
        asked_too |= question
        for interview in row["interviews"]:
            found["code"].setdefault(interview, set()).update(() if question else {(row["name"],)})
    for row in store.read(_RELATIONS).rows:
        for interview in row["interviews"] or ():
            found["relation"].setdefault(interview, set()).add((row["type"], row["start"], row["end"]))
    rows: list[Row] = []
    notes = []
    left_out = " Codes of the interview guide's questions are left out." if asked_too else ""
    for what, items in found.items():
        curve = saturation(items)
        rows += [{"what": what, **step._asdict()} for step in curve.steps]
        if items:
            distinct = len(set().union(*items.values()))
            notes.append(f"{plural(distinct, what)} in {plural(len(items), 'interview')}")
    return Numbers(rows, note=f"{', '.join(notes)}.{left_out}")


def draw(canvas: Canvas, numbers: Numbers) -> None:
    """Above, what has been met so far; below, what the last interview brought. Means with a band."""
    by_what = {what: [row for row in numbers.rows if row["what"] == what] for what in _WHAT}
    shown = [what for what in _WHAT if by_what[what]]
    width = (canvas.right - canvas.left - _GAP * (len(shown) - 1) - _LEFT - 3.0) / len(shown)
    top = canvas.y
    # The titles of a narrow figure take two lines; those beside them stand on the lower one.
    lines = 1 if width + _LEFT > canvas.width("relations met so far") else 2
    for place, what in enumerate(shown):
        rows = by_what[what]
        colour = {"code": BLUE, "relation": VERMILLION}[what]
        if canvas.options.theme == "dark":
            colour = mix(colour, "#FFFFFF", 0.35)
        left = canvas.left + _LEFT + place * (width + _GAP)
        y = top
        largest = rows[-1]["interviews"]
        values = scale(left, left + width, largest, room=16.0)
        for series, height in zip(
            (
                _Series(f"{what}s met so far", "mean", "low", "high"),
                _Series(f"new {what}s", "new_mean", "new_low", "new_high"),
            ),
            _HEIGHTS,
            strict=True,
        ):
            title = canvas.typeface.wrap(series.unit, LETTERS, width + _LEFT)
            for at, line in enumerate(title):
                middle = y + LETTERS / 2 + LEADING * LETTERS * (at + lines - len(title))
                canvas.text(line, left - _LEFT + 3.0, middle)
            y += LEADING * LETTERS * lines + 5.0
            _panel(canvas, rows, series, values, (y, y + height), colour)
            y += height + _BETWEEN
        y += below(canvas, values, y - _BETWEEN, "interviews", width) - _BETWEEN
        canvas.y = max(canvas.y, y)
    canvas.y += 4.0
    ink = canvas.theme.ink

    def mean(x: float, y: float) -> None:
        canvas.line([(x - 6, y), (x + 6, y)], ink, 1.1)
        canvas.dot(x, y, 2.6, fill=ink, stroke=ink)

    def band(x: float, y: float) -> None:
        canvas.box(x - 6, y - 3, 12, 6, fill=mix(canvas.theme.paper, ink, canvas.theme.tint))

    canvas.legend(
        [
            Entry("mean over all orders", mean),
            Entry(f"{BAND[0] * 100:.0f} % to {BAND[1] * 100:.0f} % of the orders", band),
        ]
    )


def _panel(
    canvas: Canvas,
    rows: Sequence[Row],
    series: _Series,
    across_scale: Scale,
    ends: tuple[float, float],
    colour: str,
) -> None:
    top, bottom = ends
    up = scale(bottom, top, max(max(row[series.high], row[series.mean]) for row in rows), room=17.0)
    for tick in up.ticks:
        canvas.line([(across_scale.start, up(tick)), (across_scale.end, up(tick))], canvas.grid, HAIR)
        canvas.text(up.label(tick), across_scale.start - 4.0, up(tick), anchor="end")
    across(canvas, across_scale, top, bottom)
    canvas.line([(across_scale.start, top), (across_scale.start, bottom)], canvas.theme.faint, HAIR)
    canvas.line([(across_scale.start, bottom), (across_scale.end, bottom)], canvas.theme.faint, HAIR)
    places = [across_scale(row["interviews"]) for row in rows]
    edge = [(x, up(row[series.high])) for x, row in zip(places, rows, strict=True)]
    edge += [(x, up(row[series.low])) for x, row in zip(places[::-1], rows[::-1], strict=True)]
    canvas.area(edge, mix(canvas.theme.paper, colour, canvas.theme.tint + 0.05))
    means = [(x, up(row[series.mean])) for x, row in zip(places, rows, strict=True)]
    canvas.line(means, colour, 1.1)
    for x, y in means if len(means) <= 30 else ():
        canvas.dot(x, y, 2.6, fill=colour, stroke=colour)


def caption(numbers: Numbers, corpus: Corpus) -> str:
    """How the curve was counted."""
    said = [numbers.note]
    heard = [sum(row["what"] == what for row in numbers.rows) for what in _WHAT]
    if min(heard) < len(corpus.interviews):
        said.append(
            "Interviews without exported codes, or without a relation written down, are no data points "
            "of that curve."
        )
    said.append(f"Means are exact; the spread is that of all orders, or of {ORDERS} where there are more.")
    return " ".join(said)
