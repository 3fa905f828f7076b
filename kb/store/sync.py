"""Bring a part of the graph to what it should be: read what is there, write only the difference.

One call is one transaction. A node whose labels change is made anew with its edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kb.schema import ABOUT, EDGE_TYPES, KEYS
from kb.store.bolt import Tx
from kb.store.create import create_whole
from kb.store.rows import EdgeRow, NodeRow, Ref, canonical
from kb.store.write import (
    create,
    declared,
    delete,
    own_properties,
    relabel,
    replace_edges,
    update,
)


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


INTERVIEW = Owner("Interview", "interview", ("Turn", "Speaker", "Claim", "Source", "Memo"))
CATALOGUE = Owner("Catalogue", "catalogue", ("Claim",))
PROJECT = Owner("Project", "project", ("Memo",))
# Edges between nodes that no project owns alone; each says in `project` whose it is. Those that say
# nothing of it, to a speaker or an interview, are the interview's.
PROJECT_EDGES = ("CHILD_OF", "RELATED_TO", "HAS_VALUE", "INTERVIEWED_IN", "SPEAKS_AS")


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


def upsert_shared(tx: Tx, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> set[Ref]:
    """Create or update concepts, coders and categories, and which category a concept is in.

    A category edge that starts at one of the nodes and is not among `edges` goes.

    Returns:
        Those of the nodes that were not there.
    """
    rows = {node.ref: node for node in nodes}
    if not rows:
        return set()
    present, categories = _shared(tx, rows)
    fresh = {ref for ref in rows if ref not in present}
    for ref, (labels, _) in present.items():
        if declared(ref[0], labels) != declared(ref[0], rows[ref].labels):
            relabel(tx, rows[ref], labels)
    update(
        tx,
        [
            rows[ref]
            for ref, (labels, properties) in present.items()
            if declared(ref[0], labels) == declared(ref[0], rows[ref].labels)
            and _differs(rows[ref], properties)
        ],
    )
    wanted = [edge for edge in edges if edge.type == "IN_CATEGORY"]
    new = [edge for edge in wanted if edge.start in fresh]
    create_whole(tx, [rows[ref] for ref in rows if ref in fresh], new)
    kept = [edge for edge in wanted if edge.start not in fresh]
    replace_edges(tx, "IN_CATEGORY", categories, kept)
    return fresh


def _shared(
    tx: Tx, rows: Mapping[Ref, NodeRow]
) -> tuple[dict[Ref, tuple[list[str], dict[str, Any]]], list[dict[str, Any]]]:
    """Labels and properties of those that are there, and the edges from them to categories."""
    keys: dict[str, list[str]] = defaultdict(list)
    for label, key in rows:
        keys[label].append(key)
    labels = sorted(keys)
    looked_up = [
        f"CALL {{ UNWIND ${label} AS key MATCH (n:{label} {{{KEYS[label]}: key}}) "
        f"RETURN collect([key, labels(n), properties(n)]) AS {label} }}"
        for label in labels
    ]
    looked_up.append(
        "CALL { UNWIND $Concept AS key MATCH (a:Concept {name: key})-[r:IN_CATEGORY]->(b:Category) "
        "RETURN collect([key, b.name, properties(r), elementId(r)]) AS categories }"
    )
    text = "\n".join([*looked_up, f"RETURN {', '.join([*labels, 'categories'])}"])
    (found,) = tx.run(text, {"Concept": [], **keys})
    present = {(label, key): (also, props) for label in labels for key, also, props in found[label]}
    names = ("start", "end", "p", "e")
    return present, [dict(zip(names, row, strict=True)) for row in found["categories"]]


def sync_broader(tx: Tx, pairs: Iterable[tuple[str, str]]) -> Change:
    """Make the BROADER edges those of the pairs whose concepts are both in the graph.

    Args:
        tx: The transaction.
        pairs: Names of concepts, the narrower one first.
    """
    rows = [{"a": narrower, "b": broader} for narrower, broader in sorted(set(pairs)) if narrower != broader]
    (found,) = tx.run(
        "CALL { UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
        "RETURN collect([row.a, row.b]) AS wanted } "
        "CALL { MATCH (a:Concept)-[r:BROADER]->(b:Concept) "
        "RETURN collect([a.name, b.name, properties(r), elementId(r)]) AS present } "
        "RETURN wanted, present",
        {"rows": rows},
    )
    wanted = [EdgeRow("BROADER", ("Concept", a), ("Concept", b), {}) for a, b in found["wanted"]]
    present = [dict(zip(("start", "end", "p", "e"), row, strict=True)) for row in found["present"]]
    deleted, created = replace_edges(tx, "BROADER", present, wanted)
    return Change(edges_created=created, edges_deleted=deleted)


def sync_project_edges(tx: Tx, project: str, edges: Sequence[EdgeRow]) -> Change:
    """Make the edges that a project draws between concepts, participants and variables equal to `edges`.

    Args:
        tx: The transaction.
        project: Its id, which each of the edges is given.
        edges: Of the types in `PROJECT_EDGES`.
    """
    change = Change()
    for type_ in PROJECT_EDGES:
        edge = EDGE_TYPES[type_]
        present = tx.run(
            f"MATCH (a:{edge.start})-[r:{type_}]->(b:{edge.end}) WHERE r.project = $project "
            f"RETURN a.{KEYS[edge.start]} AS start, b.{KEYS[edge.end]} AS end, properties(r) AS p, "
            "elementId(r) AS e",
            {"project": project},
        )
        wanted = [
            e._replace(properties={**e.properties, "project": project}) for e in edges if e.type == type_
        ]
        deleted, created = replace_edges(tx, type_, present, wanted)
        change = change.plus(Change(edges_created=created, edges_deleted=deleted))
    return change


def drop_orphans(tx: Tx) -> None:
    """Delete concepts, coders and categories that nothing speaks of any more."""
    used = " AND ".join(
        f"NOT (n){arrow}"
        for arrow in (
            "<-[:CODED_AS]-()",
            *(f"<-[:{type_}]-()" for type_ in ABOUT),
            "-[:IN_CATALOGUE]->()",
            "-[:CODE_OF]->()",
            "-[:CHILD_OF]-()",
            "-[:RELATED_TO]-()",
            "<-[:ON_CODE]-()",
        )
    )
    tx.run(f"MATCH (n:Concept) WHERE {used} DETACH DELETE n")
    tx.run("MATCH (n:Category) WHERE NOT (n)<-[:IN_CATEGORY]-() DETACH DELETE n")
    tx.run("MATCH (n:Coder) WHERE NOT (n)-[:CODED]->() DETACH DELETE n")
    unknown = "NOT (n)-[:CASE_OF]->() AND NOT (n)-[:INTERVIEWED_IN]->()"
    tx.run(f"MATCH (n:Participant) WHERE {unknown} DETACH DELETE n")
    tx.run("MATCH (n:Variable) WHERE NOT (n)<-[:HAS_VALUE]-() DETACH DELETE n")


def _differs(node: NodeRow, properties: dict[str, Any]) -> bool:
    own = {name: properties[name] for name in own_properties(node.label) & set(properties)}
    return canonical(own) != canonical(node.stored)


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
        if ref in wanted and declared(ref[0], row["labels"]) != declared(ref[0], wanted[ref].labels)
    ]
    delete(tx, stale)
    for ref in relabelled:
        relabel(tx, wanted[ref], present[ref]["labels"])
    fresh = [node for ref, node in wanted.items() if ref not in present]
    create(tx, fresh)
    changed = [
        node
        for ref, node in wanted.items()
        if ref in present and ref not in relabelled and _differs(node, present[ref]["p"])
    ]
    update(tx, changed)
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
            # What a project draws to it is not the interview's to change.
            if owner is not INTERVIEW or type_ not in PROJECT_EDGES or "project" not in row["p"]
        ]
        gone, new = replace_edges(tx, type_, rows, by_type[type_])
        deleted += gone
        created += new
    return deleted, created
