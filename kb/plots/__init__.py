"""Charts of what the corpus says: one module a chart, drawn by the hand that draws the graph figures.

A chart is numbers read from the graph by a canned query, a picture of them, and a caption that says
what they count. The numbers can be printed instead of drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kb.errors import ExportError, UsageError

if TYPE_CHECKING:
    from kb.export import FigureOptions, Notify
    from kb.figure.scene import Scene
    from kb.plots.model import Asked, Corpus, Numbers, Plot
    from kb.store.bolt import Store

__all__ = ["ENDINGS", "PLOTS", "check_ending", "compose", "draw", "find_plot", "read"]

#: Name -> (module, what it shows). The module is imported when its plot is asked for.
PLOTS: Mapping[str, tuple[str, str]] = {
    "top-issues": ("kb.plots.top_issues", "issues by number of interviews, with their passages"),
    "co-occurrence": ("kb.plots.co_occurrence", "codes on the same passages, as a matrix"),
    "coverage": ("kb.plots.coverage", "how much of each interview is coded, coder by coder"),
    "saturation": ("kb.plots.saturation", "new codes and relations per further interview, over many orders"),
    "leverage": ("kb.plots.leverage", "causes that reach most effects and lie on most told chains"),
}
ENDINGS = (".svg", ".pdf", ".png")


def find_plot(name: str) -> Plot:
    """A plot by its name.

    Raises:
        UsageError: There is none; names the nearest.
    """
    if name not in PLOTS:
        from kb.text.nearest import did_you_mean

        raise UsageError(f"There is no plot {name!r}.{did_you_mean(name, PLOTS)}")
    return cast("Plot", import_module(PLOTS[name][0]))


def check_ending(path: Path) -> None:
    """Say no to a file that no chart can be written to, before the numbers are read.

    Raises:
        ExportError: The ending is unknown.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ExportError(
            f"{path.name}: no chart goes by the ending {path.suffix or '(none)'!r}; use one of "
            f"{' '.join(ENDINGS)}, or --format json or csv for the numbers."
        )


def read(store: Store, plot: Plot, asked: Asked, options: FigureOptions) -> tuple[Numbers, Corpus]:
    """The numbers of a plot and the interviews they are of, under pseudonyms where asked for.

    Raises:
        UsageError: The plot has no limit, or no order, and one was asked for.
    """
    from kb.plots.interviews import read_corpus, shield

    if asked.limit is not None and plot.LIMIT is None:
        raise UsageError("This plot shows every interview; leave --limit out.")
    if asked.order is not None and not plot.ORDERED:
        raise UsageError("--order is for the matrix of `kb plot co-occurrence` alone.")
    numbers, corpus = plot.read(store, asked), read_corpus(store)
    return shield(numbers, corpus, options) if options.pseudonyms else (numbers, corpus)


def draw(
    plot: Plot, numbers: Numbers, corpus: Corpus, path: Path, options: FigureOptions, notify: Notify
) -> None:
    """Draw a plot's numbers into a file; the same numbers give the same bytes.

    Args:
        plot: Which one.
        numbers: As `read` gave them.
        corpus: The interviews they are of.
        path: An ``.svg``, ``.pdf`` or ``.png`` file.
        options: Width, theme, title and further texts.
        notify: Takes what the user should know.

    Raises:
        ExportError: There is nothing to draw, or the file cannot be written.
    """
    from kb.figure import pdf, svg
    from kb.figure.png import raster
    from kb.text.files import write_file

    check_ending(path)
    scene = compose(plot, numbers, corpus, options, notify)
    ending = path.suffix.lower()
    if ending == ".svg":
        write_file(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + svg.markup(scene))
    elif ending == ".pdf":
        write_file(path, pdf.document([scene], notify))
    else:
        write_file(path, raster(pdf.document([scene], notify), options.dpi))


def compose(plot: Plot, numbers: Numbers, corpus: Corpus, options: FigureOptions, notify: Notify) -> Scene:
    """A chart with its title and caption; arguments and errors as in `draw`."""
    from kb.export.privacy import shield
    from kb.figure.fit import PAGE_HEIGHT
    from kb.figure.options import POINTS_PER_MM
    from kb.graph import Subgraph
    from kb.plots.canvas import TITLE, Canvas

    if not corpus.interviews:
        raise ExportError("There is nothing to draw: the graph is empty; load something with `kb load PATH`.")
    if not numbers.rows:
        raise ExportError(f"There is nothing to draw: {plot.NOTHING}.")
    _, options = shield(Subgraph(), options)  # names in the title and other texts
    canvas = Canvas(options)
    if options.title:
        canvas.paragraph(options.title, size=TITLE, bold=True)
        canvas.y += 5.0
    plot.draw(canvas, numbers)
    counted = f"{_counts(corpus)}. {plot.caption(numbers, corpus)}"
    caption = " ".join(text for text in (options.caption, counted) if text)
    canvas.y += 5.0
    canvas.paragraph(caption)
    if options.source:
        canvas.paragraph(options.source, colour=canvas.theme.faint)
    scene = canvas.scene(options.title or plot.TITLE, caption)
    for warning in canvas.warnings:
        notify(warning)
    if scene.height > PAGE_HEIGHT:
        high = f"{scene.height / POINTS_PER_MM:.0f} mm"
        notify(f"The chart is {high} high, more than a page; make it wider or ask for a lower --limit.")
    return scene


def _counts(corpus: Corpus) -> str:
    """``7 interviews, 6 of them with codes``."""
    from kb.text.words import plural

    every, coded = len(corpus.interviews), len(corpus.coded)
    if every == 1:
        return f"1 interview, {'with' if coded else 'without exported'} codes"
    if coded == every:
        return f"{plural(every, 'interview')}, all with codes"
    return f"{plural(every, 'interview')}, {coded or 'none'} of them with codes"
