"""Writing nodes and edges, the plain steps that a sync is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kb.schema import EDGE_TYPES, KEYS, NODE_TYPES
from kb.store.bolt import Tx
from kb.store.rows import EdgeRow, NodeRow, Ref, canonical


def own_properties(label: str) -> frozenset[str]:
    """Kb's own properties of a label; others are a user's."""
    return frozenset((KEYS[label], *NODE_TYPES[label].properties, *NODE_TYPES[label].kept))


def declared(label: str, labels: Iterable[str]) -> frozenset[str]:
    """Only kb's own labels: one that a user added by hand is theirs to keep."""
    return frozenset(labels) & {label, *NODE_TYPES[label].also}


def replace_edges(
    tx: Tx, type_: str, present: list[dict[str, Any]], wanted: Sequence[EdgeRow]
) -> tuple[int, int]:
    """Delete the edges of one type that are not wanted, create the wanted ones that are not there."""
    missing: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in wanted:
        missing[canonical([edge.start[1], edge.end[1], edge.stored])].append(edge)
    stale: list[dict[str, Any]] = []
    for row in present:
        same = missing.get(canonical([row["start"], row["end"], row["p"]]))
        if same:
            same.pop()
        else:
            stale.append({"e": row["e"], "key": row["start"]})
    edge_type = EDGE_TYPES[type_]
    start, end = edge_type.start, edge_type.end
    # From its start: a look-up of an edge by its id alone is a scan on neither engine's good side.
    tx.batch(
        f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.key}})-[r:{type_}]->() "
        "WHERE elementId(r) = row.e DELETE r",
        stale,
    )
    new = [edge for edges in missing.values() for edge in edges]
    tx.batch(
        f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.start}}) "
        f"MATCH (b:{end} {{{KEYS[end]}: row.end}}) CREATE (a)-[r:{type_}]->(b) SET r = row.p",
        [{"start": edge.start[1], "end": edge.end[1], "p": edge.stored} for edge in new],
    )
    return len(stale), len(new)


def create(tx: Tx, nodes: Sequence[NodeRow]) -> None:
    """Create nodes that are not there."""
    by_labels: dict[tuple[str, ...], list[NodeRow]] = defaultdict(list)
    for node in nodes:
        by_labels[tuple(sorted({node.label, *node.labels}))].append(node)
    for labels, rows in sorted(by_labels.items()):
        tx.batch(
            f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row.p",
            [{"p": row.stored} for row in rows],
        )


def update(tx: Tx, nodes: Sequence[NodeRow]) -> None:
    """Set the properties of nodes that are there."""
    by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        properties = dict.fromkeys(own_properties(node.label)) | node.stored  # an absent one goes: null
        by_label[node.label].append({"key": node.key, "p": properties})
    for label, rows in by_label.items():
        tx.batch(f"UNWIND $rows AS row MATCH (n:{label} {{{KEYS[label]}: row.key}}) SET n += row.p", rows)


def delete(tx: Tx, refs: Sequence[Ref]) -> None:
    """Delete nodes with their edges."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, key in refs:
        by_label[label].append(key)
    for label, keys in by_label.items():
        tx.batch(
            f"UNWIND $rows AS row MATCH (n:{label} {{{KEYS[label]}: row.key}}) DETACH DELETE n",
            [{"key": key} for key in keys],
        )


def relabel(tx: Tx, node: NodeRow, old_labels: Iterable[str]) -> None:
    """Make the node anew under its new labels, with all its edges and what a user added to it."""
    key = KEYS[node.label]
    match = f"MATCH (n:{node.label} {{{key}: $key}})"
    held = []
    # An edge from the node to itself is met as one that goes out, and must not be met again.
    for arrow, outgoing in (("-[r]->(x)", True), ("<-[r]-(x) WHERE elementId(x) <> elementId(n)", False)):
        for row in tx.run(
            f"{match} MATCH (n){arrow} RETURN type(r) AS t, labels(x) AS labels, properties(x) AS x, "
            "elementId(x) AS e, elementId(x) = elementId(n) AS itself, properties(r) AS p",
            {"key": node.key},
        ):
            held.append((row, outgoing))
    kept = tx.run(f"{match} RETURN properties(n) AS p", {"key": node.key})[0]["p"]
    delete(tx, [node.ref])
    own = tuple(set(old_labels) - {node.label, *NODE_TYPES[node.label].also})
    added = {name: value for name, value in kept.items() if name not in own_properties(node.label)}
    create(tx, [node._replace(labels=(*node.labels, *own), properties={**added, **node.properties})])
    alike: dict[tuple[str, bool, str], list[dict[str, Any]]] = defaultdict(list)
    for row, outgoing in held:
        other, value = _other_end(node, row)
        alike[row["t"], outgoing, other].append({"key": node.key, "other": value, "p": row["p"]})
    for (type_, outgoing, other), rows in alike.items():
        arrow = f"-[r:{_name(type_)}]->" if outgoing else f"<-[r:{_name(type_)}]-"
        tx.batch(
            f"UNWIND $rows AS row MATCH (n:{node.label} {{{key}: row.key}}) {other} "
            f"CREATE (n){arrow}(x) SET r = row.p",
            rows,
        )


def _other_end(node: NodeRow, row: dict[str, Any]) -> tuple[str, str]:
    """How to find the other end of an edge again by `row.other`: its key, or a user's own node's id."""
    if row["itself"]:
        return f"MATCH (x:{node.label} {{{KEYS[node.label]}: row.other}})", node.key
    for label in row["labels"]:
        if label in KEYS and KEYS[label] in row["x"]:
            return f"MATCH (x:{label} {{{KEYS[label]}: row.other}})", row["x"][KEYS[label]]
    return "MATCH (x) WHERE elementId(x) = row.other", row["e"]


def _name(name: str) -> str:
    """A name that a user chose, as Cypher takes any."""
    return "`" + name.replace("`", "``") + "`"
