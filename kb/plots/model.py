"""What a plot is: numbers read from the graph, a picture of them, and a sentence on what they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Protocol

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.plots.canvas import Canvas
from kb.store.bolt import Store

Row = dict[str, Any]
Order = Literal["category", "likeness"]


class Asked(NamedTuple):
    """What the user may ask of the numbers.

    Attributes:
        limit: At most so many rows, or codes of a matrix; None for the plot's own limit.
        order: How a matrix is ordered; None for the plot's own order.
        width: Of the figure, in points: a narrow matrix has fewer codes.
    """

    width: float
    limit: int | None = None
    order: Order | None = None


class Corpus(NamedTuple):
    """The interviews that the numbers are of.

    Attributes:
        interviews: All of them.
        coded: Those of which an export with codes was loaded.
    """

    interviews: tuple[str, ...]
    coded: tuple[str, ...]


class Numbers(NamedTuple):
    """The numbers behind a picture.

    Attributes:
        rows: As printed, and as drawn.
        total: Of how many the rows are the first; None where that means nothing.
        note: A sentence on how they were counted, for the caption.
    """

    rows: list[Row]
    total: int | None = None
    note: str = ""


class Plot(Protocol):
    """What a module of this package offers.

    Attributes:
        TITLE: What the picture shows.
        LIMIT: Rows, or codes of a matrix, unless the user asks otherwise; None if it has no limit.
        ORDERED: Whether the user may choose the order.
        COLUMNS: Columns of the numbers.
        MEANING: What a column counts, where its name does not say it all.
        NOTHING: Why there is nothing to draw, where there is nothing.
    """

    TITLE: str
    LIMIT: int | None
    ORDERED: bool
    COLUMNS: tuple[str, ...]
    MEANING: Mapping[str, str]
    NOTHING: str

    def read(self, store: Store, asked: Asked) -> Numbers:
        """Read the numbers; no rows where there is nothing to draw."""

    def draw(self, canvas: Canvas, numbers: Numbers) -> None:
        """Draw them, of which there is at least one row."""

    def caption(self, numbers: Numbers, corpus: Corpus) -> str:
        """Say what is counted, in whole sentences."""


def rows_of(store: Store, query: str, **given: Any) -> list[Row]:
    """The rows of a canned query that kb ships."""
    return ask(store, find_query(query), given).rows


def some_of(shown: int, total: int | None, things: str) -> str:
    """``The first 20 of 34 issues``, or ``All 12 issues``."""
    if total is None or shown >= total:
        return f"All {shown} {things}"
    return f"The first {shown} of {total} {things}"
