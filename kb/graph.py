"""What a store gives back: nodes, edges and the subgraph they make; no driver types.

Figures and reports work on these alone, so that they need no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Node(BaseModel):
    """A node. `id` is its key in the graph (a concept's name, a turn's id), stable across engines."""

    model_config = ConfigDict(frozen=True)

    id: str
    labels: tuple[str, ...] = ()
    properties: dict[str, Any] = Field(default_factory=dict)


class Edge(BaseModel):
    """A directed edge between two node ids."""

    model_config = ConfigDict(frozen=True)

    type: str
    start: str
    end: str
    properties: dict[str, Any] = Field(default_factory=dict)


class Path(BaseModel):
    """A walk: nodes in the order walked, and the edges between them (which keep their direction)."""

    model_config = ConfigDict(frozen=True)

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class Subgraph(BaseModel):
    """Nodes and edges, each once, in a fixed order: labels, then id; type, then ends."""

    model_config = ConfigDict(frozen=True)

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Subgraph:
        """Collect, drop repeats and sort, so that the same graph always prints the same."""
        by_id = {node.id: node for node in nodes}
        by_key = {(e.type, e.start, e.end, repr(sorted(e.properties.items()))): e for e in edges}
        return cls(
            nodes=tuple(sorted(by_id.values(), key=lambda n: (n.labels, n.id))),
            edges=tuple(by_key[key] for key in sorted(by_key)),
        )
