"""Is it the same graph? A digest over everything that `kb.schema` declares, in a fixed order."""

from __future__ import annotations

import hashlib
from typing import Any

from kb.schema import EDGES, KEYS, NODES
from kb.store.bolt import Store
from kb.store.rows import canonical


def digest(store: Store) -> str:
    """SHA-256 (hex) of the graph's content: the same content gives the same text on both engines.

    What the engines number for themselves (element ids, order) and what a user added (labels and
    properties that kb does not declare) have no part in it.
    """
    lines: list[str] = []
    for node in NODES:
        declared = {node.label, *node.also}
        # A node without the key is a user's own, under a label that kb has too.
        query = (
            f"MATCH (n:{node.label}) WHERE n.{node.key} IS NOT NULL "
            "RETURN labels(n) AS labels, properties(n) AS p"
        )
        for row in _rows(store, query):
            labels = sorted(declared & set(row["labels"]))
            lines.append(canonical(["node", labels, _declared(row["p"], (node.key, *node.properties))]))
    for edge in EDGES:
        start, end = KEYS[edge.start], KEYS[edge.end]
        query = (
            f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end}) "
            f"RETURN a.{start} AS a, b.{end} AS b, properties(r) AS p"
        )
        lines.extend(
            canonical(["edge", edge.type, row["a"], row["b"], _declared(row["p"], edge.properties)])
            for row in _rows(store, query)
        )
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _declared(properties: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: properties[name] for name in names if name in properties}


def counts(store: Store) -> dict[str, int]:
    """How many nodes a label and edges a type there are, in the schema's order."""
    found: dict[str, int] = {}
    for node in NODES:
        query = f"MATCH (n:{node.label}) RETURN count(n.{node.key}) AS n"
        found[node.label] = int(store.read(query).rows[0]["n"])
    for edge in EDGES:
        query = f"MATCH (:{edge.start})-[r:{edge.type}]->(:{edge.end}) RETURN count(r) AS n"
        found[edge.type] = int(store.read(query).rows[0]["n"])
    return found


def _rows(store: Store, query: str) -> list[dict[str, Any]]:
    return store.read(query).rows
