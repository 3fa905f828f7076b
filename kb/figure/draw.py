"""From a subgraph to a figure: the placed graph with its title, legend and caption."""

from __future__ import annotations

from kb.figure import frames, kinds, legend, link_labels, panels
from kb.figure.fit import PAGE_HEIGHT, fit
from kb.figure.fonts import Typeface
from kb.figure.options import POINTS_PER_MM, FigureOptions, Notify
from kb.figure.placing import scaled
from kb.figure.scene import Scene
from kb.figure.sheet import (
    CAPTION_SIZE,
    MARGIN,
    NARROW,
    TITLE_SIZE,
    Page,
    between,
    caption_lines,
    link,
    tell,
)
from kb.figure.style import THEMES
from kb.graph import Subgraph

POSTER_HEIGHT = 1189 * POINTS_PER_MM  # A0, upright
POSTER_SHEETS = (420.5, 594.0)  # mm: widths for which a poster is set, that of the largest letters first
__all__ = ["NARROW", "POSTER_HEIGHT", "between", "caption_lines", "compose", "link"]


def compose(graph: Subgraph, options: FigureOptions, notify: Notify) -> Scene:
    """Draw a subgraph as a figure of the width asked for.

    A poster is set for a smaller sheet and enlarged, so that its letters are large as well: for the smallest
    with which it is no higher than A0. Tells through `notify` when letters came out smaller than can be read
    in print, when the layers had to go from top to bottom or links against the flow, and when the figure is
    higher than a page.
    """
    if options.groups:
        return panels.compose(graph, options, notify)
    if options.preset != "poster" or options.width_mm is not None:
        return _composed(graph, options, notify, PAGE_HEIGHT)
    for sheet in POSTER_SHEETS:
        told: list[str] = []
        scene = _composed(graph, options.model_copy(update={"width_mm": sheet}), told.append, POSTER_HEIGHT)
        factor = options.width / scene.width
        if scene.height * factor <= POSTER_HEIGHT:
            return scaled(scene, factor)
    return _composed(graph, options, notify, POSTER_HEIGHT)


def _composed(graph: Subgraph, options: FigureOptions, notify: Notify, highest: float) -> Scene:
    theme = THEMES[options.theme]
    typeface = Typeface(options.fonts)
    room = options.width - 2 * MARGIN
    label = (
        link_labels.widest(graph.edges, options.link_labels, typeface) if options.link_labels else (0.0, 0.0)
    )
    drawing = fit(graph, typeface, room, frames.groups(graph, options), label)
    page = Page(typeface, theme, options.width)
    if options.title:
        page.text(options.title, TITLE_SIZE, theme.ink, bold=True)
        page.skip(5)
    page.graph(drawing, graph, options)
    if options.legend:
        page.skip(10)
        page.add(legend.draw(drawing, theme, typeface, room, options.link_labels), MARGIN)
    caption = caption_lines(graph, options)
    if caption:
        page.skip(7)
    for i, text in enumerate(caption):
        page.text(text, CAPTION_SIZE, theme.ink if i == 0 else theme.faint)
    scene = Scene(
        width=options.width,
        height=page.y + MARGIN,
        paper=theme.paper,
        title=options.title or "Causal graph",
        about=" ".join(caption) or kinds.counts(graph),
        typeface=typeface,
        groups=tuple(page.groups),
    )
    tell(drawing, scene, options, notify, highest)
    return scene
