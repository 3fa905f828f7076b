"""GraphML (http://graphml.graphdrawing.org/specification.html), for yEd, Gephi, networkx, igraph."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb.export.flat import Record, column_types, edge_record, node_record, value_text
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.xmltext import attribute, element

_ENDS = ("id", "source", "target")


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write nodes and edges with typed attributes; lists are JSON text."""
    nodes = [node_record(node) for node in graph.nodes]
    edges = [edge_record(edge) for edge in graph.edges]
    types = {"node": column_types(nodes, _ENDS), "edge": column_types(edges, _ENDS)}
    keys = {
        domain: {name: f"{domain[0]}{i}" for i, name in enumerate(columns)}
        for domain, columns in types.items()
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for domain, columns in types.items():
        lines += [
            f'<key id="{keys[domain][name]}" for="{domain}" attr.name={attribute(name)} attr.type="{kind}"/>'
            for name, kind in columns.items()
        ]
    lines.append('<graph id="G" edgedefault="directed">')
    lines.append(f"<desc>{element(' '.join(caption_lines(graph, options)))}</desc>")
    for node in nodes:
        lines.append(f"<node id={attribute(str(node['id']))}>{_data(node, keys['node'])}</node>")
    for i, edge in enumerate(edges):
        ends = f"source={attribute(str(edge['source']))} target={attribute(str(edge['target']))}"
        lines.append(f'<edge id="e{i}" {ends}>{_data(edge, keys["edge"])}</edge>')
    lines += ["</graph>", "</graphml>"]
    write_file(path, "\n".join(lines) + "\n")


def _data(record: Record, keys: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{keys[name]}">{element(value_text(value))}</data>'
        for name, value in record.items()
        if name in keys
    )
