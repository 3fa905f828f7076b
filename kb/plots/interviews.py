"""The interviews behind a chart's numbers, and their names taken out where that was asked for."""

from __future__ import annotations

from kb.export.pseudonyms import numbered
from kb.figure.kinds import natural
from kb.figure.options import FigureOptions
from kb.plots.model import Corpus, Numbers, rows_of
from kb.store.bolt import Store


def read_corpus(store: Store) -> Corpus:
    """All interviews, and those with codes, 3 before 11."""
    rows = sorted(rows_of(store, "by-interview"), key=lambda row: natural(row["interview"]))
    return Corpus(
        tuple(row["interview"] for row in rows), tuple(row["interview"] for row in rows if row["coders"])
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
