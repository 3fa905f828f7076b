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


class Owner(NamedTuple):
    """What a part of the graph belongs to: a node, and those that name it in a property.

    Attributes:
        label: Of the node.
        prop: The property of the others that holds its key.
        owned: Labels of the others.
    """

    label: str
    prop: str
    owned: tuple[str, ...]


INTERVIEW = Owner("Interview", "interview", ("Turn", "Speaker", "Claim", "Source"))
CATALOGUE = Owner("Catalogue", "catalogue", ("Claim",))


class Change(NamedTuple):
    """How many nodes and edges a sync wrote."""

    nodes_created: int = 0
    nodes_updated: int = 0
    nodes_deleted: int = 0
    edges_created: int = 0
    edges_deleted: int = 0

    def __bool__(self) -> bool:
        return any(self)

    def plus(self, other: Change) -> Change:
        """Both, added up."""
        return Change(*(one + more for one, more in zip(self, other, strict=True)))


def sync_owned(
    tx: Tx, key: str, nodes: Sequence[NodeRow], edges: Sequence[EdgeRow], owner: Owner = INTERVIEW
) -> Change:
    """Make the part of the graph that one interview, or one catalogue, owns equal to `nodes` and `edges`.

    Args:
        tx: The transaction.
        key: Id of the interview or catalogue.
        nodes: It, with the nodes it owns.
        edges: Every edge that starts or ends at one of them; the concepts, coders and categories
            they reach must be in the graph already (see `upsert_shared`).
        owner: Which of the two it is.
    """
    gone, updated, new = _sync_nodes(tx, owner, key, nodes)
    deleted, created = _sync_edges(tx, owner, key, edges)
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
            elif _differs(row, old["p"]):
                _update(tx, [row])
    for type_ in ("IN_CATEGORY",):
        wanted = [edge for edge in edges if edge.type == type_]
        starts = sorted({node.key for node in nodes if node.label == EDGE_TYPES[type_].start})
        _replace_edges(tx, type_, _edges_from(tx, type_, starts), wanted)


def sync_broader(tx: Tx, pairs: Iterable[tuple[str, str]]) -> Change:
    """Make the BROADER edges those of the pairs whose concepts are both in the graph.

    Args:
        tx: The transaction.
        pairs: Names of concepts, the narrower one first.
    """
    rows = [{"a": narrower, "b": broader} for narrower, broader in sorted(set(pairs)) if narrower != broader]
    there = tx.run(
        "UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
        "RETURN row.a AS a, row.b AS b",
        {"rows": rows},
    )
    wanted = [EdgeRow("BROADER", ("Concept", row["a"]), ("Concept", row["b"]), {}) for row in there]
    present = tx.run(
        "MATCH (a:Concept)-[r:BROADER]->(b:Concept) "
        "RETURN a.name AS start, b.name AS end, properties(r) AS p, elementId(r) AS e"
    )
    deleted, created = _replace_edges(tx, "BROADER", present, wanted)
    return Change(edges_created=created, edges_deleted=deleted)


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
            "-[:IN_CATALOGUE]->()",
        )
    )
    tx.run(f"MATCH (n:Concept) WHERE {used} DETACH DELETE n")
    tx.run("MATCH (n:Category) WHERE NOT (n)<-[:IN_CATEGORY]-() DETACH DELETE n")
    tx.run("MATCH (n:Coder) WHERE NOT (n)-[:CODED]->() DETACH DELETE n")


def _properties(label: str) -> frozenset[str]:
    """Kb's own properties of a label; others are a user's."""
    return frozenset((KEYS[label], *NODE_TYPES[label].properties))


def _differs(node: NodeRow, properties: dict[str, Any]) -> bool:
    own = {name: properties[name] for name in _properties(node.label) & set(properties)}
    return canonical(own) != canonical(node.stored)


def _declared(label: str, labels: Iterable[str]) -> frozenset[str]:
    """Only kb's own labels: one that a user added by hand is theirs to keep."""
    return frozenset(labels) & {label, *NODE_TYPES[label].also}


def _sync_nodes(tx: Tx, owner: Owner, key: str, nodes: Sequence[NodeRow]) -> tuple[int, int, int]:
    wanted = {node.ref: node for node in nodes}
    present: dict[Ref, dict[str, Any]] = {}
    for label in (owner.label, *owner.owned):
        prop = KEYS[label] if label == owner.label else owner.prop
        for row in tx.run(
            f"MATCH (n:{label}) WHERE n.{prop} = $owner "
            f"RETURN n.{KEYS[label]} AS key, labels(n) AS labels, properties(n) AS p",
            {"owner": key},
        ):
            present[(label, row["key"])] = row
    stale = [ref for ref in present if ref not in wanted]
    relabelled = [
        ref
        for ref, row in present.items()
        if ref in wanted and _declared(ref[0], row["labels"]) != _declared(ref[0], wanted[ref].labels)
    ]
    _delete(tx, stale)
    for ref in relabelled:
        _relabel(tx, wanted[ref], present[ref]["labels"])
    fresh = [node for ref, node in wanted.items() if ref not in present]
    _create(tx, fresh)
    changed = [
        node
        for ref, node in wanted.items()
        if ref in present and ref not in relabelled and _differs(node, present[ref]["p"])
    ]
    _update(tx, changed)
    return len(stale), len(changed) + len(relabelled), len(fresh)


def _sync_edges(tx: Tx, owner: Owner, key: str, edges: Sequence[EdgeRow]) -> tuple[int, int]:
    deleted = created = 0
    by_type: dict[str, list[EdgeRow]] = defaultdict(list)
    for edge in edges:
        by_type[edge.type].append(edge)
    for type_, (start, end) in {e.type: (e.start, e.end) for e in EDGE_TYPES.values()}.items():
        own, other, forward = (start, end, True)
        if start not in owner.owned:
            if end not in (*owner.owned, owner.label):
                continue  # between shared nodes, or another owner's
            own, other, forward = (end, start, False)
        arrow = f"-[r:{type_}]->" if forward else f"<-[r:{type_}]-"
        prop = KEYS[own] if own == owner.label else owner.prop
        present = tx.run(
            f"MATCH (o:{own}) WHERE o.{prop} = $owner MATCH (o){arrow}(x:{other}) "
            f"RETURN o.{KEYS[own]} AS o, x.{KEYS[other]} AS x, properties(r) AS p, elementId(r) AS e",
            {"owner": key},
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
        properties = dict.fromkeys(_properties(node.label)) | node.stored  # an absent one goes: null
        tx.run(
            f"MATCH (n:{node.label} {{{KEYS[node.label]}: $key}}) SET n += $p",
            {"key": node.key, "p": properties},
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
    _delete(tx, [node.ref])
    own = tuple(set(old_labels) - {node.label, *NODE_TYPES[node.label].also})
    added = {name: value for name, value in kept.items() if name not in _properties(node.label)}
    _create(tx, [node._replace(labels=(*node.labels, *own), properties={**added, **node.properties})])
    for row, outgoing in held:
        arrow = f"-[r:{_name(row['t'])}]->" if outgoing else f"<-[r:{_name(row['t'])}]-"
        other, parameters = _other_end(node, row)
        tx.run(
            f"{match} {other} CREATE (n){arrow}(x) SET r = $p",
            {"key": node.key, "p": row["p"], **parameters},
        )


def _other_end(node: NodeRow, row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """How to find the other end of an edge again: by its key, and a user's own node by its id."""
    if row["itself"]:
        return f"MATCH (x:{node.label} {{{KEYS[node.label]}: $key}})", {}
    for label in row["labels"]:
        if label in KEYS and KEYS[label] in row["x"]:
            return f"MATCH (x:{label} {{{KEYS[label]}: $other}})", {"other": row["x"][KEYS[label]]}
    return "MATCH (x) WHERE elementId(x) = $other", {"other": row["e"]}


def _name(name: str) -> str:
    """A name that a user chose, as Cypher takes any."""
    return "`" + name.replace("`", "``") + "`"
