"""Is it the same study? A digest over what the graph says of it, whichever files that came from.

As `kb.store.digest`, without what tells of files: sources, projects, the codebook's file, when a part was
built. Claims and memos are known by what they say and lead to, since their ids are made of their file's. A
code tree counts where it says more of a code than that there is one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kb.schema import EDGES, KEYS, NODES, EdgeType, NodeType
from kb.store.bolt import Store
from kb.store.rows import canonical

# What only says where something came from.
_NODES = frozenset({"Source", "Project", "Codebook"})
_EDGES = frozenset({"HAS_SOURCE", "CASE_OF"})
_PROPERTIES = frozenset({"build", "project", "source", "only_in"})
_BY_CONTENT = frozenset({"Claim", "Memo"})


def study_digest(store: Store) -> str:
    """SHA-256 (hex) of the study: the same where another tool's file brought the same content.

    A study that went out to another tool and came back has the same one if nothing was lost.
    """
    return hashlib.sha256("\n".join(sorted(set(study_lines(store)))).encode()).hexdigest()


def study_lines(store: Store) -> Iterator[str]:
    """What the digest is made over, in no order."""
    own = _ContentKeys(store)
    described = {
        row["name"]: row["said"]
        for row in store.read(
            "MATCH (c:Concept) RETURN c.name AS name, c.description AS said", timeout=0
        ).rows
    }
    for node in NODES:
        if node.label not in _NODES | _BY_CONTENT:
            yield from _nodes(store, node)
    for edge in EDGES:
        if edge.type in _EDGES or edge.start in _NODES:
            continue
        for start, end, properties in _edges(store, edge):
            if edge.type == "CODE_OF" and not _says(properties, described.get(start)):
                continue
            if edge.start in _BY_CONTENT:
                own.add(edge.start, start, [edge.type, None if edge.end in _NODES else end, properties])
            else:
                yield canonical(["edge", edge.type, start, None if edge.end in _NODES else end, properties])
    yield from own.lines()


def _says(code_of: dict[str, Any], description: str | None) -> bool:
    """Whether a code tree says more than that there is a code; its description may be the concept's."""
    if code_of.get("description") == description:
        code_of.pop("description", None)
    return bool(code_of.keys() - {"label"})


class _ContentKeys:
    """Claims and memos as what they say, and what they lead to."""

    def __init__(self, store: Store) -> None:
        self._nodes: dict[tuple[str, str], dict[str, Any]] = {}
        self._edges: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
        for node in NODES:
            if node.label in _BY_CONTENT:
                for properties in _properties(store, node):
                    self._nodes[node.label, properties.pop(node.key)] = properties

    def add(self, label: str, id_: str, edge: list[Any]) -> None:
        """Take in an edge of one."""
        self._edges[label, id_].append(edge)

    def lines(self) -> Iterator[str]:
        """A line each."""
        for (label, id_), properties in self._nodes.items():
            edges = sorted(canonical(edge) for edge in self._edges[label, id_])
            yield canonical(["node", label, properties, edges])


def _properties(store: Store, node: NodeType) -> Iterator[dict[str, Any]]:
    names = {node.key, *node.properties} - _PROPERTIES
    for row in store.stream(
        f"MATCH (n:{node.label}) WHERE n.{node.key} IS NOT NULL "
        "RETURN labels(n) AS labels, properties(n) AS p"
    ):
        found = {name: value for name, value in row["p"].items() if name in names}
        yield found | {"labels": sorted({node.label, *node.also} & set(row["labels"]))}


def _nodes(store: Store, node: NodeType) -> Iterator[str]:
    for properties in _properties(store, node):
        yield canonical(["node", properties])


def _edges(store: Store, edge: EdgeType) -> Iterator[tuple[str, str, dict[str, Any]]]:
    start, end = KEYS[edge.start], KEYS[edge.end]
    names = set(edge.properties) - _PROPERTIES
    for row in store.stream(
        f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end}) "
        f"RETURN a.{start} AS a, b.{end} AS b, properties(r) AS p"
    ):
        yield row["a"], row["b"], {name: value for name, value in row["p"].items() if name in names}
