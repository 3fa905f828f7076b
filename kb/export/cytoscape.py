"""Cytoscape JSON (.cyjs), for Cytoscape desktop and cytoscape.js.

Format: https://js.cytoscape.org/#notation/elements-json. Lists stay lists; both tools take them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.export.flat import dumps, edge_record, node_record
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.graph import Edge, Node, Subgraph
from kb.text.files import write_file


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write the elements with flat data; edges have ids e0, e1 …, in the subgraph's order."""
    nodes = [{"data": _lists(node_record(node), node)} for node in graph.nodes]
    edges = [
        {"data": _lists(edge_record(edge), edge) | {"id": f"e{i}"}} for i, edge in enumerate(graph.edges)
    ]
    document = {
        "format_version": "1.0",
        "generated_by": "kb",
        "target_cytoscapejs_version": "~3",
        "data": {
            "name": options.title or "Causal graph",
            "caption": " ".join(caption_lines(graph, options)),
        },
        "elements": {"nodes": nodes, "edges": edges},
    }
    write_file(path, dumps(document, indent=2) + "\n")


def _lists(record: dict[str, Any], item: Node | Edge) -> dict[str, Any]:
    """The flat record, with lists of texts as they were."""
    kept = {key: value for key, value in item.properties.items() if isinstance(value, list | tuple)}
    return {key: list(kept[key]) if key in kept else value for key, value in record.items()}
