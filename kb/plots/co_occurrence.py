"""Which codes stand on the same passages, as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from kb.figure.options import POINTS_PER_MM
from kb.figure.style import BLUE, SKY, mix
from kb.plots.canvas import LEADING, LETTERS, MARGIN, THIN, Canvas, Entry
from kb.plots.model import Asked, Corpus, Numbers, Order, Row, rows_of, some_of
from kb.plots.rows import LABEL_PART
from kb.statistics.seriation import seriate
from kb.store.bolt import Store

TITLE = "Codes on the same passages"
LIMIT = 20
ORDERED = True
COLUMNS = ("code", "other", "interviews", "passages")
MEANING = {
    "code": "in the order of the matrix",
    "other": "the same code again in the rows that count it alone",
    "interviews": "number of interviews in which both are on one turn",
    "passages": "number of turns with both",
}
NOTHING = "no passage has two codes (those of questions and of whole categories do not count)"
_ALL = 10000  # the most that the queries give
# Codes that mark where in the interview one is, or sort other codes, meet many codes and mean nothing.
_NO_FINDING = ("question", "category")
_CELL, _LEAST = 15.0, 7.0  # points: the largest cell, and the least that a number fits
_ROOM = 10.0  # points of the width that a code needs; a narrow figure has fewer codes
_CLASSES = 6  # shades that can be told apart
Cells = dict[tuple[str, str], Row]


def read(store: Store, asked: Asked) -> Numbers:
    """The codes of the pairs that meet in most interviews, each with itself, and their pairs."""
    use = {row["code"]: row for row in rows_of(store, "code-use", limit=_ALL)}
    cells = {
        (row["code"], row["other"]): row
        for row in rows_of(store, "co-occurrence", limit=_ALL)
        if not any(use[row[end]]["kind"] in _NO_FINDING for end in ("code", "other"))
    }
    meeting = list(dict.fromkeys(code for pair in cells for code in pair))  # the strongest pairs' first
    fitting = min(LIMIT, int((1 - LABEL_PART) * asked.width / _ROOM))
    chosen = {code: use[code] for code in meeting[: asked.limit or fitting]}
    order = _ordered(chosen, cells, asked.order or "category")
    rows: list[Row] = []
    for at, code in enumerate(order):
        for other in (code, *order[:at]):
            pair = use[code] if code == other else cells.get((code, other)) or cells.get((other, code))
            if pair:
                counts = {column: pair[column] for column in ("interviews", "passages")}
                rows.append({"code": code, "other": other, **counts})
    return Numbers(rows, len(meeting))


def _ordered(chosen: dict[str, Row], cells: Cells, order: Order) -> list[str]:
    if order == "likeness":
        # Interviews decide, passages only between equals.
        most = 1 + max((cell["passages"] for cell in cells.values()), default=0)
        likeness = {pair: cell["interviews"] + cell["passages"] / most for pair, cell in cells.items()}
        return seriate(list(chosen), likeness)
    # Within a category the strongest pairs' codes first, as chosen; codes without a category last.
    return sorted(chosen, key=lambda code: (not chosen[code]["category"], chosen[code]["category"] or ""))


def draw(canvas: Canvas, numbers: Numbers) -> None:
    """The lower half of the matrix; a column's number stands where it meets its own row."""
    codes = _codes(numbers)
    counts = {(row["code"], row["other"]): row["interviews"] for row in numbers.rows}
    bounds = classes(max((n for (code, other), n in counts.items() if code != other), default=0))
    room = LABEL_PART * (canvas.right - canvas.left)
    wrapped = [canvas.typeface.wrap(code, LETTERS, room) for code in codes]
    first = canvas.left + max(canvas.width(line) for lines in wrapped for line in lines) + 4.0
    cell = min(_CELL, (canvas.right - first) / len(codes))
    if cell < _LEAST:
        widest = max(canvas.width(code) for code in codes)
        needed = canvas.left + widest + 4.0 + _LEAST * len(codes) + MARGIN
        wide = f"{canvas.options.width / POINTS_PER_MM:.0f} mm"
        canvas.warnings.append(
            f"The matrix of {len(codes)} codes does not fit {wide}: its "
            f"columns are narrower than their numbers; ask for {ceil(needed / POINTS_PER_MM)} mm or a lower "
            "--limit."
        )
    for at, (code, lines) in enumerate(zip(codes, wrapped, strict=True)):
        height = max(cell, LEADING * LETTERS * len(lines))
        canvas.lines(lines, first - 4.0, canvas.y + height / 2, "end")
        for column, other in enumerate(codes[:at]):
            shade = _shade(canvas, counts.get((code, other), 0), bounds)
            left = first + column * cell
            canvas.box(left, canvas.y, cell, height, fill=shade, stroke=canvas.theme.paper, line=THIN)
        middle = canvas.y + height / 2
        canvas.text(
            str(at + 1), first + (at + 0.5) * cell, middle, anchor="middle", colour=canvas.theme.faint
        )
        canvas.y += height
    canvas.y += 5.0
    canvas.paragraph("interviews in which both codes are on one passage (turn):")
    canvas.legend([_entry(canvas, "0", 0, bounds), *_entries(canvas, bounds)])


def _entries(canvas: Canvas, bounds: Sequence[int]) -> list[Entry]:
    texts = [
        str(bound) if bound - lower == 1 else f"{lower + 1}–{bound}"
        for lower, bound in zip([0, *bounds], bounds, strict=False)
    ]
    return [_entry(canvas, text, bound, bounds) for text, bound in zip(texts, bounds, strict=True)]


def _entry(canvas: Canvas, text: str, count: int, bounds: Sequence[int]) -> Entry:
    fill = _shade(canvas, count, bounds)
    return Entry(text, lambda x, y: canvas.box(x - 5.0, y - 4.0, 10.0, 8.0, fill=fill))


def _shade(canvas: Canvas, count: int, bounds: Sequence[int]) -> str:
    """Paper for none, then ever darker (on a dark page ever lighter), in print in grey too."""
    if not count:
        return mix(canvas.theme.paper, canvas.theme.ink, 0.05)
    light = canvas.options.theme == "light"
    at = next(n for n, bound in enumerate(bounds) if count <= bound)
    part = 0.25 + 0.75 * (at + 1) / len(bounds) if len(bounds) > 1 else 0.6
    return mix(canvas.theme.paper, mix(BLUE, "#000000", 0.25) if light else mix(SKY, "#FFFFFF", 0.2), part)


def classes(most: int) -> list[int]:
    """Upper bounds of the shades for counts from 1 to `most`: each count its own, as far as shades go."""
    step = -(-most // _CLASSES) or 1
    return [min(most, step * n) for n in range(1, -(-most // step) + 1)]


def _codes(numbers: Numbers) -> list[str]:
    return [row["code"] for row in numbers.rows if row["code"] == row["other"]]


def caption(numbers: Numbers, corpus: Corpus) -> str:
    """Which codes are in the matrix."""
    del corpus
    shown = some_of(len(_codes(numbers)), numbers.total, "codes that share a passage with another")
    if len(_codes(numbers)) != numbers.total:
        shown += ", those of the pairs that meet in most interviews"
    return (
        f"{shown}; codes of questions and of whole categories are left out. Columns are numbered on the "
        "diagonal."
    )
