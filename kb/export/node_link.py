"""Node-link JSON, as networkx writes and reads it (``node_link_graph(data, edges="edges")``)."""

from __future__ import annotations

from pathlib import Path

from kb.export.flat import dumps
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.graph import Subgraph
from kb.text.files import write_file


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write nodes with labels and properties, and edges with type and properties."""
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"title": options.title or "", "caption": " ".join(caption_lines(graph, options))},
        "nodes": [
            {"id": node.id, "labels": list(node.labels), "properties": node.properties}
            for node in graph.nodes
        ],
        "edges": [
            {
                "source": edge.start,
                "target": edge.end,
                "key": key,
                "type": edge.type,
                "properties": edge.properties,
            }
            for key, edge in enumerate(graph.edges)
        ],
    }
    write_file(path, dumps(document, indent=2) + "\n")
