"""How much of each interview is coded, coder by coder and by all of them together."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from kb.figure.kinds import natural
from kb.figure.style import node_style
from kb.plots.axes import Scale, percent_scale
from kb.plots.canvas import Canvas, Entry
from kb.plots.model import Asked, Corpus, Numbers, Row, rows_of
from kb.plots.rows import Panel, row_chart
from kb.store.bolt import Store

TITLE = "How much of each interview is coded"
LIMIT: int | None = None
ORDERED = False
COLUMNS = ("interview", "coder", "rounds", "turns", "coded", "share", "questions_only")
MEANING = {
    "coder": "anyone: by at least one coder",
    "turns": "number of turns said by an interviewee",
    "coded": "number of these with a code of this coder; empty where no codes were exported",
    "share": "coded turns by turns",
    "questions_only": "number of coded turns that carry only codes of the interview guide's questions",
}
NOTHING = "no interview has both exported codes and turns that an interviewee is known to have said"
ANYONE = "anyone"
# What the query `coverage` counts for one coder, for all of them at once.
_CODERS = (
    "MATCH (w:Coder)-[d:CODED]->(i:Interview) WHERE d.codes_exported "
    "RETURN i.id AS interview, w.name AS coder, d.round AS round"
)
_BY_CODER = (
    "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) WHERE t.role = 'interviewee' "
    "RETURN t.interview AS interview, r.coder AS coder, count(DISTINCT t.id) AS coded, "
    "count(DISTINCT CASE c.kind WHEN 'question' THEN null ELSE t.id END) AS findings"
)


def read(store: Store, asked: Asked) -> Numbers:
    """The coders of each interview, then anyone where there are several."""
    del asked
    result: list[Row] = []
    everybody = rows_of(store, "coverage")
    by_coder = {(row["interview"], row["coder"]): row for row in store.read(_BY_CODER).rows}
    coders: dict[str, list[Row]] = {}
    for row in sorted(store.read(_CODERS).rows, key=lambda row: (row["coder"], row["round"])):
        known = coders.setdefault(row["interview"], [])
        if not known or known[-1]["coder"] != row["coder"]:
            known.append({"coder": row["coder"], "rounds": []})
        known[-1]["rounds"].append(row["round"])
    for row in sorted(everybody, key=lambda row: natural(row["interview"])):
        single = [
            _of_coder(row, coder, by_coder.get((row["interview"], coder["coder"])))
            for coder in coders.get(row["interview"], ())
        ]
        result += single
        if len(single) != 1:
            coder = ANYONE if single else None
            coded = row["coded"] if single else None
            asked_only = row["questions_only"] if single else None
            result.append({**row, "coder": coder, "rounds": [], "coded": coded, "questions_only": asked_only})
    if all(row["share"] is None for row in result):
        return Numbers([])
    only_asked = sum(row["questions_only"] for row in everybody)
    note = (
        f" {only_asked} of the coded turns carry only codes of the interview guide's questions."
        if only_asked
        else ""
    )
    return Numbers([{column: row[column] for column in COLUMNS} for row in result], note=note)


def _of_coder(everybody: Row, coder: Row, counted: Row | None) -> Row:
    """A coder's share of an interview.

    Args:
        everybody: That of all coders.
        coder: Name and rounds.
        counted: Turns with a code of theirs; None for none.
    """
    coded, findings = (counted["coded"], counted["findings"]) if counted else (0, 0)
    return {
        **everybody,
        **coder,
        "coded": coded,
        "share": _rounded(coded / everybody["turns"]) if everybody["turns"] else None,
        "questions_only": coded - findings,
    }


def _rounded(share: float) -> float:
    """To three places, halves up, as the queries round."""
    return float(Decimal(repr(share)).quantize(Decimal("0.001"), ROUND_HALF_UP))


def draw(canvas: Canvas, numbers: Numbers) -> None:
    """A bar for each coder of an interview, a darker one for all of them."""
    rows = [row for row in numbers.rows if row["share"] is not None]
    style = node_style("interview", canvas.theme)
    several = len({round_ for row in rows for round_ in row["rounds"]}) > 1

    def fill(row: Row) -> str:
        return style.stroke if row["coder"] == ANYONE else style.fill

    def share(at: int, middle: float, height: float, values: Scale) -> None:
        width = values(rows[at]["share"]) - values.start
        top = middle - height * 0.3
        canvas.box(values.start, top, width, height * 0.6, fill=fill(rows[at]), stroke=style.stroke)

    def label(row: Row) -> str:
        rounds = f" ({', '.join(row['rounds'])})" if several and row["rounds"] else ""
        return f"{row['interview']} · {row['coder']}{rounds}"

    row_chart(
        canvas,
        [label(row) for row in rows],
        [Panel("interviewees' turns with a code (%)", 1, percent_scale, share)],
        asides=[f"{row['coded']} of {row['turns']}" for row in rows],
        aside_head="turns",
        groups={at for at in range(1, len(rows)) if rows[at]["interview"] != rows[at - 1]["interview"]},
    )
    if any(row["coder"] == ANYONE for row in rows):

        def sign(colour: str, x: float, y: float) -> None:
            canvas.box(x - 5.0, y - 2.8, 10.0, 5.6, fill=colour, stroke=style.stroke)

        canvas.y += 4.0
        canvas.legend(
            [
                Entry("one coder", lambda x, y: sign(style.fill, x, y)),
                Entry("at least one of them", lambda x, y: sign(style.stroke, x, y)),
            ]
        )


def caption(numbers: Numbers, corpus: Corpus) -> str:
    """Who is no data point, and what is coded as a question alone."""
    without = [name for name in corpus.interviews if name not in corpus.coded]
    if not without:
        return f"A coder whose export shows no codes is no data point.{numbers.note}"
    which = f"Interview{'s' if len(without) > 1 else ''} {', '.join(without)}"
    return (
        f"{which}, and coders whose export shows no codes, are no data points: nothing says what was coded."
        f"{numbers.note}"
    )
