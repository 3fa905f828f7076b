"""GEXF 1.2 (https://gexf.net), for Gephi: with the colours of the figures and without a date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb.export.flat import Record, column_types, edge_record, node_record, value_text
from kb.figure import kinds
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.figure.style import GREY, SHAPES, THEMES, edge_style
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.xmltext import attribute, element

_NAMESPACE = "http://www.gexf.net/1.2draft"
_BUILT_IN = ("id", "source", "target", "caption", "weight")


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write nodes and edges with typed attributes, colours and weights (number of interviews)."""
    theme = THEMES["light"]
    nodes = [node_record(node) for node in graph.nodes]
    edges = [edge_record(edge) for edge in graph.edges]
    types = {"node": column_types(nodes, _BUILT_IN), "edge": column_types(edges, _BUILT_IN)}
    keys = {
        domain: {name: f"{domain[0]}{i}" for i, name in enumerate(columns)}
        for domain, columns in types.items()
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}/viz" version="1.2">',
        f"<meta><creator>kb</creator><description>{element(' '.join(caption_lines(graph, options)))}"
        "</description></meta>",
        '<graph defaultedgetype="directed" mode="static">',
    ]
    for domain, columns in types.items():
        declared = (
            f'<attribute id="{keys[domain][name]}" title={attribute(name)} type="{kind}"/>'
            for name, kind in columns.items()
        )
        lines.append(f'<attributes class="{domain}" mode="static">{"".join(declared)}</attributes>')
    lines.append("<nodes>")
    for node, record in zip(graph.nodes, nodes, strict=True):
        colour = SHAPES.get(kinds.kind(node), ("", GREY))[1]
        lines.append(
            f"<node id={attribute(node.id)} label={attribute(str(record['caption']))}>"
            f"{_values(record, keys['node'])}{_colour(colour)}</node>"
        )
    lines += ["</nodes>", "<edges>"]
    for i, (edge, record) in enumerate(zip(graph.edges, edges, strict=True)):
        lines.append(
            f'<edge id="{i}" source={attribute(edge.start)} target={attribute(edge.end)} '
            f'label={attribute(kinds.verb(edge.type))} weight="{record["weight"]}">'
            f"{_values(record, keys['edge'])}{_colour(edge_style(edge, theme).stroke)}</edge>"
        )
    lines += ["</edges>", "</graph>", "</gexf>"]
    write_file(path, "\n".join(lines) + "\n")


def _values(record: Record, keys: Mapping[str, str]) -> str:
    values = (
        f'<attvalue for="{keys[name]}" value={attribute(value_text(value))}/>'
        for name, value in record.items()
        if name in keys
    )
    return f"<attvalues>{''.join(values)}</attvalues>"


def _colour(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
