"""``kb plot``: what the corpus says, as charts, or as the numbers behind them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.export import Column, Theme
from kb.cli.options import Db, Format, Where, store
from kb.cli.output import print_rows, say


class OrderOption(StrEnum):
    """How the codes of a matrix are ordered."""

    category = "category"
    likeness = "likeness"


def _complete(incomplete: str) -> list[str]:
    from kb.plots import PLOTS

    return [name for name in PLOTS if name.startswith(incomplete)]


def plot(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The chart.", autocompletion=_complete)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file: .svg, .pdf or .png. Without it, print the numbers."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=1000, help="At most so many rows, or codes of a matrix.")
    ] = None,
    order: Annotated[
        OrderOption | None, typer.Option(help="Order of the matrix: codes of one category, or like codes.")
    ] = None,
    column: Annotated[
        Column, typer.Option(help="One column of a paper (85 mm wide) or two (180 mm).")
    ] = Column.two,
    width: Annotated[
        float | None, typer.Option(min=40, max=2000, help="Width in millimetres, instead of a column's.")
    ] = None,
    theme: Annotated[Theme, typer.Option(help="For paper or for slides.")] = Theme.light,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Replace interviews and coders by P1 …, C1 ….")
    ] = False,
    title: Annotated[str | None, typer.Option(help="A line above the chart.")] = None,
    caption: Annotated[str | None, typer.Option(help="A sentence before the counts.")] = None,
    source: Annotated[str | None, typer.Option(help="A citation below the chart.")] = None,
    dpi: Annotated[int, typer.Option(min=36, max=1200, help="Resolution of PNG, dots per inch.")] = 300,
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Print the numbers so, besides drawing.", show_default=False),
    ] = None,
    where: Where = None,
    db: Db = None,
) -> None:
    """Draw a chart of the corpus; without a name, list them.

    The numbers behind a chart are printed where no file is named, or with --format.
    """
    from kb.plots import ENDINGS, PLOTS, check_ending, draw, find_plot, read

    if name is None:
        rows = [{"plot": each, "shows": about} for each, (_, about) in PLOTS.items()]
        print_rows(("plot", "shows"), rows, format_ or Format.table, title="Charts of the corpus")
        say(f"`kb plot NAME -o FILE` draws one; FILE ends in {', '.join(ENDINGS)}.")
        return
    chart = find_plot(name)
    if output is not None:
        check_ending(output)

    from kb.ask.lists import names
    from kb.ask.within import within
    from kb.export import FigureOptions
    from kb.plots.model import Asked

    with store(db) as graph, within(graph, where or ()) as part:
        options = FigureOptions(
            preset=column.value,
            width_mm=width,
            theme=theme.value,
            pseudonyms=pseudonyms,
            **names(graph)._asdict(),
            title=title,
            caption=" ".join(filter(None, (caption, part.said))) or None,
            source=source,
            dpi=dpi,
        )
        asked = Asked(options.width, limit, None if order is None else order.value)
        numbers, corpus = read(part.store, chart, asked, options)
    if output is not None:
        draw(chart, numbers, corpus, output, options, say)
        say(f"{output}: {chart.caption(numbers, corpus)}")
    if output is None or format_ is not None:
        form = format_ or Format.table
        print_rows(chart.COLUMNS, numbers.rows, form, title=chart.TITLE, headers=chart.MEANING)
    for note in (part.said, *part.notes):
        if note:
            say(note)
