"""The driver's values as `kb.graph` values: the same on both engines, with stable ids."""

from __future__ import annotations

from typing import Any

from neo4j import graph as driver_graph
from neo4j.spatial import Point

from kb.graph import Edge, Node, Path
from kb.schema import KEYS
from kb.store.told import QUOTED

# Their keys could be another label's too (a coder called Data), so the label goes with them.
_PREFIXED = ("Interview", "Coder", "Category", "Catalogue")


def to_value(value: Any) -> Any:
    """Convert one value of a row, lists and maps included."""
    if isinstance(value, driver_graph.Node):
        return to_node(value)
    if isinstance(value, driver_graph.Relationship):
        return to_edge(value)
    if isinstance(value, driver_graph.Path):
        return Path(
            nodes=tuple(to_node(node) for node in value.nodes),
            edges=tuple(to_edge(edge) for edge in value.relationships),
        )
    if isinstance(value, list):
        return [to_value(item) for item in value]
    if isinstance(value, dict):
        return {key: to_value(item) for key, item in value.items()}
    if hasattr(value, "iso_format"):  # the driver's dates and times
        return value.iso_format()
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return value


def to_node(node: driver_graph.Node) -> Node:
    """A node with its key as id; a node of no declared label keeps the engine's id."""
    properties = {key: to_value(value) for key, value in sorted(node.items())}
    labels = tuple(sorted(node.labels))
    for label in labels:
        key = KEYS.get(label)
        if key and key in properties:
            id_ = str(properties[key])
            return Node(
                id=f"{label} {id_}" if label in _PREFIXED else id_, labels=labels, properties=properties
            )
    return Node(id=node.element_id, labels=labels, properties=properties)


def to_edge(edge: driver_graph.Relationship) -> Edge:
    """An edge between node ids; its ends carry their keys only if the row holds the nodes too.

    What only loading uses is left out.
    """
    start, end = edge.nodes
    if start is None or end is None:  # cannot happen over Bolt 5; the type allows it
        raise ValueError("a relationship without its ends")
    return Edge(
        type=edge.type,
        start=to_node(start).id,
        end=to_node(end).id,
        properties={key: to_value(value) for key, value in sorted(edge.items()) if key != QUOTED},
    )
