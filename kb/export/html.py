"""One HTML page that needs nothing but itself: the figure with zoom, quotes and highlighting."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

from kb.export.flat import dumps
from kb.figure import kinds
from kb.figure.draw import compose
from kb.figure.fit import PAGE_HEIGHT
from kb.figure.options import FigureOptions, Notify
from kb.figure.scene import Scene
from kb.figure.style import THEMES
from kb.figure.svg import markup
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.xmltext import element

SCREEN = 420.0  # mm, the width of a figure to look around in
_PAGE = Path(__file__).with_name("page.html")


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the page; its Content-Security-Policy forbids every request."""
    theme = THEMES[options.theme]
    scene = _scene(graph, options, notify)
    page = Template(_PAGE.read_text(encoding="utf-8")).substitute(
        title=element(scene.title),
        paper=theme.paper,
        ink=theme.ink,
        faint=theme.faint,
        scheme=options.theme,
        figure=markup(scene),
        # "<" as an escape: no text can end the script element.
        data=dumps(_data(graph)).replace("<", "\\u003c").replace("\u2028", "\\u2028"),
    )
    write_file(path, page)


def _scene(graph: Subgraph, options: FigureOptions, notify: Notify) -> Scene:
    """The figure; one that is higher than a paper's page is laid out for a screen, which is broad."""
    told: list[str] = []
    scene = compose(graph, options, told.append)
    if options.width_mm is None and scene.height > PAGE_HEIGHT:
        scene = compose(graph, options.model_copy(update={"width_mm": SCREEN}), lambda _: None)
    else:
        for message in told:
            notify(message)
    return scene


def _data(graph: Subgraph) -> dict[str, Any]:
    """What the page shows about each node and edge, in the subgraph's order."""
    index = {node.id: i for i, node in enumerate(graph.nodes)}
    names = {node.id: kinds.short(node) for node in graph.nodes}
    return {
        "nodes": [
            {
                "name": names[node.id],
                "kind": kinds.kind(node),
                "about": kinds.about_node(node).split("\n")[2:],
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "start": index[edge.start],
                "end": index[edge.end],
                "text": kinds.sentence(edge, names),
                "quotes": kinds.quotes(edge),
            }
            for edge in graph.edges
        ],
    }
