"""A Cypher script that rebuilds the subgraph, on Neo4j and on the embedded engine.

It may be run twice: nodes are merged by label and key, edges by type and ends. A node is merged with
all its labels at once, since the embedded engine cannot set a label on a node that it has just made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.export.flat import dumps
from kb.figure.draw import caption_lines
from kb.figure.fonts import clean
from kb.figure.options import FigureOptions, Notify
from kb.graph import Edge, Node, Subgraph
from kb.schema import KEYS
from kb.text import cypher as cyphertext
from kb.text.files import write_file

_PLAIN = (type(None), bool, int, float, str)
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OWN_KEY = "kb_id"  # of nodes whose labels the schema does not know


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write one statement a node and one an edge."""
    nodes = {node.id: node for node in graph.nodes}
    together = Counter((edge.type, edge.start, edge.end) for edge in graph.edges)
    lines = [f"// {clean(line)}" for line in (options.title, *caption_lines(graph, options)) if line]
    lines += [_node(node) for node in graph.nodes]
    lines += [
        _edge(edge, nodes, parallel=together[edge.type, edge.start, edge.end] > 1) for edge in graph.edges
    ]
    write_file(path, "\n".join(lines) + "\n")


def _key(node: Node) -> tuple[str, str, Any]:
    """The label and the property that tell a node from the others, and the property's value."""
    for label, key in KEYS.items():
        if label in node.labels:
            return label, key, node.properties.get(key, node.id)
    return (node.labels[0] if node.labels else ""), _OWN_KEY, node.id


def _node(node: Node) -> str:
    label, key, value = _key(node)
    labels = [label, *(other for other in node.labels if other != label)] if label else []
    pattern = "".join(f":{name(other)}" for other in sorted(labels))
    return f"MERGE (n{pattern} {{{name(key)}: {literal(value)}}}){_set('n', node.properties, without={key})};"


def _match(variable: str, node: Node) -> str:
    label, key, value = _key(node)
    return f"({variable}{f':{name(label)}' if label else ''} {{{name(key)}: {literal(value)}}})"


def _edge(edge: Edge, nodes: Mapping[str, Node], *, parallel: bool) -> str:
    """One edge; parallel ones of one type are told apart by their plain properties."""
    plain = {
        key: value for key, value in edge.properties.items() if isinstance(value, str | int | float | bool)
    }
    told_by = ", ".join(f"{name(key)}: {literal(value)}" for key, value in plain.items()) if parallel else ""
    pattern = f"[r:{name(edge.type)}{f' {{{told_by}}}' if told_by else ''}]"
    return (
        f"MATCH {_match('a', nodes[edge.start])} MATCH {_match('b', nodes[edge.end])} "
        f"MERGE (a)-{pattern}->(b){_set('r', edge.properties, without=set(plain) if parallel else set())};"
    )


def _set(variable: str, properties: Mapping[str, Any], *, without: set[str]) -> str:
    values = [
        f"{variable}.{name(key)} = {literal(value)}"
        for key, value in properties.items()
        if key not in without and value is not None
    ]
    return f" SET {', '.join(values)}" if values else ""


def name(text: str) -> str:
    """A label, type or property name, in backticks where it needs them."""
    return text if _SIMPLE.fullmatch(text) else f"`{text.replace('`', '``')}`"


def literal(value: Any) -> str:
    """A value as Cypher writes it; maps, which no property can hold, as JSON text."""
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return f"[{', '.join(map(literal, items))}]"
    if isinstance(value, dict):
        value = dumps(value)
    return cyphertext.literal(value if isinstance(value, _PLAIN) else str(value))
