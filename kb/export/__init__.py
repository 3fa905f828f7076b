"""Figures and files from a subgraph: one module a format, chosen by the file's ending.

A format is a module with ``write(graph, path, options, notify)``. It gets the subgraph in a fixed
order and with quotes and names already taken out where that was asked for, so that no format can
forget it; the same subgraph gives the same bytes.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path

from kb.errors import ExportError
from kb.figure.options import PRESETS, FigureOptions, Notify
from kb.graph import Subgraph

__all__ = ["FORMATS", "PRESETS", "FigureOptions", "FigureWarning", "Notify", "export"]

#: Ending -> (module, what it is). The module is imported when its ending is asked for.
FORMATS: dict[str, tuple[str, str]] = {
    ".svg": ("kb.figure.svg", "vector figure; letters as outlines, text selectable"),
    ".pdf": ("kb.figure.pdf", "vector figure; fonts embedded, text selectable"),
    ".png": ("kb.figure.png", "raster figure"),
    ".tex": ("kb.figure.tikz", "TikZ, for pdflatex on its own or in a paper"),
    ".html": ("kb.export.html", "one page for a browser: zoom, quotes, highlighting; no network"),
    ".dot": ("kb.export.dot", "Graphviz"),
    ".mmd": ("kb.export.mermaid", "Mermaid, for Markdown"),
    ".graphml": ("kb.export.graphml", "GraphML, for yEd, Gephi, networkx, igraph"),
    ".gexf": ("kb.export.gexf", "GEXF, for Gephi"),
    ".json": ("kb.export.node_link", "node-link JSON, for networkx and D3"),
    ".cyjs": ("kb.export.cytoscape", "Cytoscape JSON"),
    ".csv": ("kb.export.tables", "two tables: NAME.csv (edges) and NAME.nodes.csv"),
    ".xlsx": ("kb.export.workbook", "Excel: sheets of links, concepts and quotes"),
    ".cypher": ("kb.export.cypher", "a script that rebuilds the subgraph"),
}


class FigureWarning(UserWarning):
    """A figure that was drawn, but not quite as asked for."""


def _warn(message: str) -> None:
    warnings.warn(message, FigureWarning, stacklevel=3)


def export(
    subgraph: Subgraph,
    path: Path,
    options: FigureOptions | None = None,
    notify: Notify = _warn,
) -> None:
    """Write the subgraph to a file in the format that its ending names.

    Args:
        subgraph: What to draw. An edge may carry ``quotes`` (list of str) and ``told``
            (``whole`` or ``stitched``) beside the properties of the schema.
        path: The file to write. An existing one is replaced, once the new one is complete.
        options: Width, theme, what to leave out.
        notify: Takes what the user should know, e.g. that the letters came out too small; by
            default a `FigureWarning`.

    Raises:
        ExportError: If the ending is unknown, there is nothing to draw or the file cannot be
            written.
    """
    from kb.export.privacy import shield
    from kb.figure.names import readable

    path = Path(path)
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise ExportError(
            f"{path.name}: no format goes by the ending {path.suffix or '(none)'!r}; "
            f"use one of {' '.join(FORMATS)}."
        )
    if not subgraph.nodes:
        raise ExportError(f"{path.name}: there is nothing to draw, the query gave no node.")
    options = options or FigureOptions()
    if options.pages and path.suffix.lower() != ".pdf":
        raise ExportError(f"{path.name}: only a .pdf has pages; name one, or leave the pages out.")
    graph, options = shield(subgraph, options)
    if options.names and path.suffix.lower() != ".cypher":  # a script rebuilds the graph as it is
        graph = readable(graph)
    import_module(found[0]).write(graph, path, options, notify)
