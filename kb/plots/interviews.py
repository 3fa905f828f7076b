"""The interviews behind a chart's numbers, and their names taken out where that was asked for."""

from __future__ import annotations

from kb.export.pseudonyms import numbered
from kb.figure.kinds import natural
from kb.figure.options import FigureOptions
from kb.plots.model import Corpus, Numbers
from kb.store.bolt import Store

_INTERVIEWS = (
    "MATCH (i:Interview) OPTIONAL MATCH (i)<-[d:CODED]-(:Coder) "
    "RETURN i.id AS interview, sum(CASE d.codes_exported WHEN true THEN 1 ELSE 0 END) AS coded"
)


def read_corpus(store: Store) -> Corpus:
    """All interviews, and those with codes, 3 before 11."""
    rows = sorted(store.read(_INTERVIEWS).rows, key=lambda row: natural(row["interview"]))
    return Corpus(
        tuple(row["interview"] for row in rows), tuple(row["interview"] for row in rows if row["coded"])
    )


def shield(numbers: Numbers, corpus: Corpus, options: FigureOptions) -> tuple[Numbers, Corpus]:
    """The same with P1, P2 … for interviews and C1, C2 … for coders, numbered as in graph figures."""
    interviews = numbered([*options.interviews, *corpus.interviews], "P")
    coders = numbered(options.coders, "C")
    rows = [
        {
            **row,
            **({"interview": interviews[row["interview"]]} if "interview" in row else {}),
            **({"coder": coders.get(row["coder"], row["coder"])} if "coder" in row else {}),
        }
        for row in numbers.rows
    ]
    names = Corpus(
        tuple(interviews[name] for name in corpus.interviews),
        tuple(interviews[name] for name in corpus.coded),
    )
    return numbers._replace(rows=rows), names
