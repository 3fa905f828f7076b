"""Bring a part of the graph to what it should be: read what is there, write only the difference.

One call is one transaction. A node whose labels change is made anew with its edges, since the
embedded engine cannot relabel an indexed node (``MERGE … SET n:Label`` is a constraint error).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kb.schema import EDGE_TYPES, KEYS, NODE_TYPES
from kb.store.bolt import Tx
from kb.store.rows import EdgeRow, NodeRow, Ref, canonical

# The labels whose nodes belong to one interview, by their property `interview`.
OWNED = ("Turn", "Speaker", "Claim", "Source")


class Change(NamedTuple):
    """How many nodes and edges a sync wrote."""

    nodes_created: int = 0
    nodes_updated: int = 0
    nodes_deleted: int = 0
    edges_created: int = 0
    edges_deleted: int = 0

    def __bool__(self) -> bool:
        return any(self)


def sync_owned(tx: Tx, interview: str, nodes: Sequence[NodeRow], edges: Sequence[EdgeRow]) -> Change:
    """Make the part of the graph that one interview owns equal to `nodes` and `edges`.

    Args:
        tx: The transaction.
        interview: Its id.
        nodes: The interview and its turns, speakers, claims and sources.
        edges: Every edge that starts or ends at one of them; the concepts, coders and categories
            they reach must be in the graph already (see `upsert_shared`).
    """
    gone, updated, new = _sync_nodes(tx, interview, nodes)
    deleted, created = _sync_edges(tx, interview, edges)
    return Change(new, updated, gone, created, deleted)


def upsert_shared(tx: Tx, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> None:
    """Create or update concepts, coders and categories, and which category a concept is in.

    A category edge that starts at one of the nodes and is not among `edges` goes.
    """
    nodes, edges = list(nodes), list(edges)
    by_label: dict[str, list[NodeRow]] = defaultdict(list)
    for node in nodes:
        by_label[node.label].append(node)
    for label, rows in by_label.items():
        key = KEYS[label]
        present = {
            row["key"]: row
            for row in tx.run(
                f"UNWIND $keys AS key MATCH (n:{label} {{{key}: key}}) "
                "RETURN key, labels(n) AS labels, properties(n) AS p",
                {"keys": [row.key for row in rows]},
            )
        }
        _create(tx, [row for row in rows if row.key not in present])
        for row in rows:
            old = present.get(row.key)
            if old is None:
                continue
            if _declared(label, old["labels"]) != _declared(label, row.labels):
                _relabel(tx, row, old["labels"])
            elif canonical(old["p"]) != canonical(row.stored):
                _update(tx, [row])
    for type_ in ("IN_CATEGORY",):
        wanted = [edge for edge in edges if edge.type == type_]
        starts = sorted({node.key for node in nodes if node.label == EDGE_TYPES[type_].start})
        _replace_edges(tx, type_, _edges_from(tx, type_, starts), wanted)


def drop_orphans(tx: Tx) -> None:
    """Delete concepts, coders and categories that nothing speaks of any more."""
    used = " AND ".join(
        f"NOT (n){arrow}"
        for arrow in (
            "<-[:CODED_AS]-()",
            "<-[:ABOUT_CAUSE]-()",
            "<-[:ABOUT_EFFECT]-()",
            "<-[:ABOUT_ISSUE]-()",
            "<-[:ABOUT_FIX]-()",
        )
    )
    tx.run(f"MATCH (n:Concept) WHERE {used} DETACH DELETE n")
    tx.run("MATCH (n:Category) WHERE NOT (n)<-[:IN_CATEGORY]-() DETACH DELETE n")
    tx.run("MATCH (n:Coder) WHERE NOT (n)-[:CODED]->() DETACH DELETE n")


def _declared(label: str, labels: Iterable[str]) -> frozenset[str]:
    """Only kb's own labels: one that a user added by hand is theirs to keep."""
    return frozenset(labels) & {label, *NODE_TYPES[label].also}


def _sync_nodes(tx: Tx, interview: str, nodes: Sequence[NodeRow]) -> tuple[int, int, int]:
    wanted = {node.ref: node for node in nodes}
    present: dict[Ref, dict[str, Any]] = {}
    for label in ("Interview", *OWNED):
        prop = "id" if label == "Interview" else "interview"
        for row in tx.run(
            f"MATCH (n:{label}) WHERE n.{prop} = $interview "
            f"RETURN n.{KEYS[label]} AS key, labels(n) AS labels, properties(n) AS p",
            {"interview": interview},
        ):
            present[(label, row["key"])] = row
    stale = [ref for ref in present if ref not in wanted]
    relabelled = [
        ref
        for ref, row in present.items()
        if ref in wanted and _declared(ref[0], row["labels"]) != _declared(ref[0], wanted[ref].labels)
    ]
    _delete(tx, stale + relabelled)
    fresh = [node for ref, node in wanted.items() if ref not in present or ref in relabelled]
    _create(tx, fresh)
    changed = [
        node
        for ref, node in wanted.items()
        if ref in present and ref not in relabelled and canonical(present[ref]["p"]) != canonical(node.stored)
    ]
    _update(tx, changed)
    return len(stale), len(changed) + len(relabelled), len(fresh) - len(relabelled)


def _sync_edges(tx: Tx, interview: str, edges: Sequence[EdgeRow]) -> tuple[int, int]:
    deleted = created = 0
    by_type: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        by_type[edge.type].append(edge)
    for type_, (start, end) in {e.type: (e.start, e.end) for e in EDGE_TYPES.values()}.items():
        owner, other, forward = (start, end, True)
        if start not in OWNED:
            if end not in (*OWNED, "Interview"):
                continue  # between shared nodes
            owner, other, forward = (end, start, False)
        arrow = f"-[r:{type_}]->" if forward else f"<-[r:{type_}]-"
        prop = "id" if owner == "Interview" else "interview"
        present = tx.run(
            f"MATCH (o:{owner}) WHERE o.{prop} = $interview MATCH (o){arrow}(x:{other}) "
            f"RETURN o.{KEYS[owner]} AS o, x.{KEYS[other]} AS x, properties(r) AS p, elementId(r) AS e",
            {"interview": interview},
        )
        rows = [
            {
                "start": row["o"] if forward else row["x"],
                "end": row["x"] if forward else row["o"],
                "p": row["p"],
                "e": row["e"],
            }
            for row in present
        ]
        gone, new = _replace_edges(tx, type_, rows, by_type[type_])
        deleted += gone
        created += new
    return deleted, created


def _edges_from(tx: Tx, type_: str, starts: list[str]) -> list[dict[str, Any]]:
    edge = EDGE_TYPES[type_]
    return tx.run(
        f"UNWIND $starts AS key MATCH (a:{edge.start} {{{KEYS[edge.start]}: key}}) "
        f"MATCH (a)-[r:{type_}]->(b:{edge.end}) "
        f"RETURN key AS start, b.{KEYS[edge.end]} AS end, properties(r) AS p, elementId(r) AS e",
        {"starts": starts},
    )


def _replace_edges(
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


def _create(tx: Tx, nodes: Sequence[NodeRow]) -> None:
    by_labels: dict[tuple[str, ...], list[NodeRow]] = defaultdict(list)
    for node in nodes:
        by_labels[tuple(sorted({node.label, *node.labels}))].append(node)
    for labels, rows in sorted(by_labels.items()):
        tx.batch(
            f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row.p",
            [{"p": row.stored} for row in rows],
        )


def _update(tx: Tx, nodes: Sequence[NodeRow]) -> None:
    for node in nodes:
        tx.run(
            f"MATCH (n:{node.label} {{{KEYS[node.label]}: $key}}) SET n = $p",
            {"key": node.key, "p": node.stored},
        )


def _delete(tx: Tx, refs: Sequence[Ref]) -> None:
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, key in refs:
        by_label[label].append(key)
    for label, keys in by_label.items():
        tx.batch(
            f"UNWIND $rows AS row MATCH (n:{label} {{{KEYS[label]}: row.key}}) DETACH DELETE n",
            [{"key": key} for key in keys],
        )


def _relabel(tx: Tx, node: NodeRow, old_labels: Iterable[str]) -> None:
    """Make the node anew under its new labels, with all its edges."""
    key = KEYS[node.label]
    match = f"MATCH (n:{node.label} {{{key}: $key}})"
    held = []
    for arrow, start in (("-[r]->", True), ("<-[r]-", False)):
        for row in tx.run(
            f"{match}{arrow}(x) "
            "RETURN type(r) AS t, labels(x) AS labels, properties(x) AS x, properties(r) AS p",
            {"key": node.key},
        ):
            other = next((label for label in row["labels"] if label in KEYS), None)
            if other is not None:
                held.append((row["t"], start, (other, row["x"][KEYS[other]]), row["p"]))
    _delete(tx, [node.ref])
    own = tuple(set(old_labels) - {node.label, *NODE_TYPES[node.label].also})
    _create(tx, [node._replace(labels=(*node.labels, *own))])
    for type_, outgoing, (label, other_key), properties in held:
        arrow = f"-[r:{type_}]->" if outgoing else f"<-[r:{type_}]-"
        tx.run(
            f"{match} MATCH (x:{label} {{{KEYS[label]}: $other}}) CREATE (n){arrow}(x) SET r = $p",
            {"key": node.key, "other": other_key, "p": properties},
        )
