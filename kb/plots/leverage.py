"""Causes that reach furthest, where a fix would help most."""

from __future__ import annotations

from kb.ask.query import find_query
from kb.figure.style import node_style
from kb.plots.axes import Scale, scale
from kb.plots.canvas import Canvas, Entry
from kb.plots.model import Asked, Corpus, Numbers, rows_of, some_of
from kb.plots.rows import Panel, row_chart
from kb.store.bolt import Store

TITLE = "Causes that reach furthest: where a fix would help most"
LIMIT: int | None = 20
ORDERED = False
COLUMNS = ("cause", "kind", "effects", "chains", "interviews", "fixes")
MEANING = {
    "effects": "number of issues and other effects it leads to, over links of anyone",
    "chains": "number of chains of two links or more, each told whole by one person, that lead on from it",
    "interviews": "number of interviews in which it is told as a cause",
    "fixes": "number of different fixes that somebody tells of it",
}
NOTHING = "no interview tells a cause"
_ALL = 1000  # the most that the query gives


def read(store: Store, asked: Asked) -> Numbers:
    """Causes by effects reached, then by chains told whole."""
    depth = find_query("leverage").params["depth"].default
    rows = rows_of(store, "leverage", depth=depth, limit=_ALL)
    return Numbers(rows[: asked.limit or LIMIT], len(rows), f"over at most {depth} links")


def draw(canvas: Canvas, numbers: Numbers) -> None:
    """Dots for effects reached, squares for told chains; hollow where nobody told a fix."""
    rows = numbers.rows
    colour = node_style("cause", canvas.theme).stroke
    hollow = canvas.theme.paper

    def mark(column: str, shape: str) -> Panel:
        def draw_one(at: int, middle: float, _height: float, values: Scale) -> None:
            end = values(rows[at][column])
            canvas.line([(values.start, middle), (end, middle)], canvas.grid, 1.4)
            fill = colour if rows[at]["fixes"] else hollow
            canvas.dot(end, middle, 5.0, fill=fill, stroke=colour, shape=shape)

        largest = max(row[column] for row in rows)
        unit = {"effects": "effects reached", "chains": "chains that one person told whole"}[column]
        return Panel(unit, 0.5, lambda start, end: scale(start, end, largest), draw_one)

    row_chart(canvas, [row["cause"] for row in rows], [mark("effects", "ellipse"), mark("chains", "box")])

    def sign(fill: str, x: float, y: float) -> None:
        canvas.dot(x - 3.4, y, 5.0, fill=fill, stroke=colour)
        canvas.dot(x + 3.4, y, 5.0, fill=fill, stroke=colour, shape="box")

    entries = (
        Entry("somebody told a fix", lambda x, y: sign(colour, x, y)),
        Entry("nobody told a fix", lambda x, y: sign(hollow, x, y)),
    )
    canvas.y += 4.0
    fixed = {bool(row["fixes"]) for row in rows}
    canvas.legend([entry for entry, has in zip(entries, (True, False), strict=True) if has in fixed])


def caption(numbers: Numbers, corpus: Corpus) -> str:
    """What reaching means, and what a chain is."""
    del corpus
    shown = some_of(len(numbers.rows), numbers.total, "causes")
    return (
        f"{shown}, by the number of effects they lead to {numbers.note}, whoever told them. Chains counted "
        "have two links or more, all told by one person."
    )
