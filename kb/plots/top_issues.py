"""The issues that most interviews tell of; passages are shown, but do not decide."""

from __future__ import annotations

from collections.abc import Callable

from kb.figure.style import node_style
from kb.plots.axes import Scale, scale
from kb.plots.canvas import Canvas, Entry
from kb.plots.model import Asked, Corpus, Numbers, rows_of, some_of
from kb.plots.rows import Panel, row_chart
from kb.store.bolt import Store

TITLE = "The issues that most interviews tell of"
LIMIT: int | None = 20
ORDERED = False
COLUMNS = ("issue", "category", "interviews", "passages", "coders", "causes", "fixes")
MEANING = {
    "interviews": "number of interviews with a passage coded so",
    "passages": "number of turns coded so, by anyone",
    "coders": "number of coders who used it",
    "causes": "number of causes that somebody tells",
    "fixes": "number of fixes that somebody tells",
}
NOTHING = "no passage is coded with an issue"
_ALL = 1000  # the most that the query gives


def read(store: Store, asked: Asked) -> Numbers:
    """Coded issues by interviews, then passages."""
    # The query counts an interview in which an issue is told of, too; a bar, those with its passages.
    rows = [
        {**row, "interviews": row["coded_in"]}
        for row in rows_of(store, "top-issues", limit=_ALL)
        if row["coded_in"]
    ]
    rows.sort(key=lambda row: (-row["interviews"], -row["passages"], -row["related_in"], row["issue"]))
    return Numbers(rows[: asked.limit or LIMIT], len(rows))


def draw(canvas: Canvas, numbers: Numbers) -> None:
    """Bars for interviews, hollow where nobody told a fix; thin bars for passages beside them."""
    rows = numbers.rows
    style = node_style("issue", canvas.theme)

    def interviews(at: int, middle: float, height: float, values: Scale) -> None:
        fill = style.stroke if rows[at]["fixes"] else canvas.theme.paper
        width = values(rows[at]["interviews"]) - values.start
        canvas.box(values.start, middle - height * 0.3, width, height * 0.6, fill=fill, stroke=style.stroke)

    def passages(at: int, middle: float, _height: float, values: Scale) -> None:
        end = values(rows[at]["passages"])
        canvas.line([(values.start, middle), (end, middle)], canvas.theme.faint)
        canvas.dot(end, middle, 2.6, fill=canvas.theme.faint, stroke=canvas.theme.faint)

    told = max(row["interviews"] for row in rows)
    most = max(row["passages"] for row in rows)
    row_chart(
        canvas,
        [row["issue"] for row in rows],
        [
            Panel("interviews", 0.66, lambda start, end: scale(start, end, told), interviews),
            Panel("passages (turns)", 0.34, lambda start, end: scale(start, end, most), passages),
        ],
    )
    signs = [("somebody told a fix", style.stroke, True), ("nobody told a fix", canvas.theme.paper, False)]
    shown = {bool(row["fixes"]) for row in rows}
    canvas.y += 4.0
    canvas.legend(
        [Entry(text, _sign(canvas, fill, style.stroke)) for text, fill, has in signs if has in shown]
    )


def _sign(canvas: Canvas, fill: str, stroke: str) -> Callable[[float, float], None]:
    return lambda x, y: canvas.box(x - 5.0, y - 2.8, 10.0, 5.6, fill=fill, stroke=stroke)


def caption(numbers: Numbers, corpus: Corpus) -> str:
    """What a bar counts."""
    del corpus
    shown = some_of(len(numbers.rows), numbers.total, "issues")
    return f"{shown}, by the number of interviews in which a passage is coded so, then by such passages."
