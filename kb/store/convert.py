"""The driver's values as `kb.graph` values: the same on both engines, with stable ids."""

from __future__ import annotations

from typing import Any

from neo4j import graph as driver_graph
from neo4j.spatial import Point

from kb.graph import Edge, Node, Path
from kb.schema import KEYS
from kb.store.told import QUOTED

# Their keys could be another label's too (a coder called Data), so the label goes with them.
_EACH = 8  # of a list's values count as so many characters
_PREFIXED = ("Interview", "Coder", "Category", "Catalogue")


class Values:
    """Converts the values of one result; what stands in many rows is converted once.

    Attributes:
        characters: Of the texts and names converted so far.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._nodes: dict[str, Node] = {}
        self._edges: dict[str, Edge] = {}

    def value(self, value: Any) -> Any:
        """Convert one value of a row, lists and maps included."""
        if isinstance(value, str):
            self.characters += len(value)
            return value
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, driver_graph.Node):
            return self.node(value)
        if isinstance(value, driver_graph.Relationship):
            return self.edge(value)
        if isinstance(value, driver_graph.Path):
            return Path(
                nodes=tuple(self.node(node) for node in value.nodes),
                edges=tuple(self.edge(edge) for edge in value.relationships),
            )
        if isinstance(value, list):
            self.characters += len(value) * _EACH
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        if hasattr(value, "iso_format"):  # the driver's dates and times
            return value.iso_format()
        if isinstance(value, Point):
            return {"srid": value.srid, "coordinates": list(value)}
        if isinstance(value, (bytes, bytearray)):
            return value.hex()
        return value

    def node(self, node: driver_graph.Node) -> Node:
        """A node with its key as id; a node of no declared label keeps the engine's id."""
        found = self._nodes.get(node.element_id)
        if found is None:
            found = self._node(node)
            if node.labels:  # the end of an edge, of which nothing is known yet, has none
                self._nodes[node.element_id] = found
        return found

    def _node(self, node: driver_graph.Node) -> Node:
        properties = {key: self.value(value) for key, value in sorted(node.items())}
        labels = tuple(sorted(node.labels))
        for label in labels:
            key = KEYS.get(label)
            if key and key in properties:
                id_ = str(properties[key])
                return Node(
                    id=f"{label} {id_}" if label in _PREFIXED else id_, labels=labels, properties=properties
                )
        return Node(id=node.element_id, labels=labels, properties=properties)

    def edge(self, edge: driver_graph.Relationship) -> Edge:
        """An edge between node ids; its ends carry their keys only if the row holds the nodes too.

        What only loading uses is left out.
        """
        start, end = edge.nodes
        if start is None or end is None:  # cannot happen over Bolt 5; the type allows it
            raise ValueError("a relationship without its ends")
        found = self._edges.get(edge.element_id)
        if found is None:
            found = Edge(
                type=edge.type,
                start=self.node(start).id,
                end=self.node(end).id,
                properties={k: self.value(value) for k, value in sorted(edge.items()) if k != QUOTED},
            )
            if start.labels and end.labels:
                self._edges[edge.element_id] = found
        return found
