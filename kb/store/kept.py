"""Digests of a graph from what its interviews keep: without reading all rows.

Each interview keeps the digests of its part (`kb.store.part`) on its node, in the transaction that writes the
part. The digest of the graph is made from these and from the shared part, which is small and read.

What is kept counts only as long as nothing else can have changed the part. What kb runs for a user
(`kb.store.bolt.Store.write`) takes it away; an interview that another version of kb has written has another
`build`; and it keeps how many nodes and edges its part has, since those added or deleted by other means, or
lost with a file, change the number. A property that was changed by other means is not seen: all rows tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.schema import EDGE_TYPES, EDGES, KEYS, NODE_TYPES, NODES
from kb.store.bolt import Store
from kb.store.digest import Digests, Parts, Sorted, digests, give_edges, give_nodes
from kb.store.part import OWNED, Lines, is_owned, part_digest, part_name
from kb.store.rows import EdgeRow, NodeRow

# Raise it when the lines of a part change (`kb.store.part`), so that what is kept already is not trusted.
_VERSION = "1"
_KEPT = "MATCH (i:Interview) RETURN i.id AS id, i.build AS build, i.digests AS kept"


class Told(NamedTuple):
    """The digests of a graph, and how they came about.

    Attributes:
        digests: Both.
        from_rows: They were calculated from all rows.
        why: A sentence on why that was needed; empty where it was asked for, or not needed.
    """

    digests: Digests
    from_rows: bool
    why: str = ""


class Untrusted(Exception):
    """What interviews keep does not count; the message says why."""


class _Kept(NamedTuple):
    """What an interview keeps; `build` is the interview's when that was made."""

    version: str
    build: str
    graph: str
    study: str
    counts: Mapping[str, int]

    def row(self) -> list[str]:
        """As a property: four texts, then a label or type and a count each."""
        return [*self[:4], *(f"{what} {count}" for what, count in sorted(self.counts.items()))]

    @classmethod
    def load(cls, row: Sequence[str] | None) -> _Kept | None:
        """Undo `row`; None where there is none, or somebody has written something else there."""
        try:
            version, build, graph, study, *counts = row or ()
            return cls(version, build, graph, study, {what: int(n) for what, n in map(str.split, counts)})
        except (ValueError, TypeError):
            return None


def kept_digests(nodes: Sequence[NodeRow], edges: Iterable[EdgeRow]) -> list[str]:
    """What an interview keeps, as a property.

    Args:
        nodes: All that loading writes of it, the interview first.
        edges: The same.
    """
    graph: list[str] = []
    study: list[str] = []
    lines = Lines(lambda _, line: graph.append(line), lambda _, line: study.append(line))
    counts: Counter[str] = Counter()
    owner = nodes[0].key
    for node in nodes:
        if node.label in OWNED:
            properties = {KEYS[node.label]: node.key} | node.properties
            lines.node(owner, NODE_TYPES[node.label], (node.label, *node.labels), properties)
            counts[node.label] += 1
    for edge in edges:
        if edge.start[0] in OWNED:
            lines.edge(owner, EDGE_TYPES[edge.type], edge.start[1], edge.end[1], edge.properties)
            counts[edge.type] += 1
    lines.rest()
    in_graph, in_study = (part_digest(sorted(map(str.encode, each))) for each in (graph, set(study)))
    return _Kept(_VERSION, str(nodes[0].properties["build"]), in_graph, in_study, counts).row()


def kept_parts(store: Store) -> tuple[Parts, Counter[str]]:
    """The digests that interviews keep, and how many nodes and edges they are of.

    Raises:
        Untrusted: One keeps none, or none that counts.
    """
    found, counts = Parts({}, {}), Counter[str]()
    rows = list(store.stream(_KEPT))
    for row in rows:
        kept = _Kept.load(row["kept"])
        if kept and (kept.version, kept.build) == (_VERSION, row["build"]):
            name = part_name(row["id"])
            found.graph[name], found.study[name] = kept.graph, kept.study
            counts.update(kept.counts)
    if len(found.graph) < len(rows):
        raise Untrusted(
            f"{len(rows) - len(found.graph)} of {len(rows)} interviews keep no digest that counts (`kb "
            "cypher --write` takes them away, and an older kb wrote none); after `kb load --rebuild` all do."
        )
    return found, counts


def wrong(store: Store, found: Parts) -> list[str]:
    """Interviews that keep other digests than those of their rows.

    Args:
        store: The graph.
        found: Calculated from its rows.
    """
    ids = []
    for row in store.stream(_KEPT):
        name = part_name(row["id"])
        if row["kept"] is not None:
            kept = _Kept.load(row["kept"])
            own = (found.graph.get(name), found.study.get(name))
            if kept is None or (kept.version == _VERSION and (kept.graph, kept.study) != own):
                ids.append(row["id"])
    return ids


def forget_wrong(store: Store, found: Parts) -> None:
    """Take away what `wrong` finds, in a graph that nobody else changes."""
    if ids := wrong(store, found):
        store.transaction(
            lambda tx: tx.run(
                "UNWIND $ids AS id MATCH (i:Interview {id: id}) SET i.digests = null", {"ids": ids}
            )
        )


def told_digests(store: Store, counted: Mapping[str, int], *, full: bool = False) -> Told:
    """Both digests of the graph, from what interviews keep where that counts, else from all rows.

    Args:
        store: The graph.
        counted: Its nodes and edges, see `kb.store.digest.counts`.
        full: From all rows in any case.
    """
    if full:
        return Told(digests(store), from_rows=True)
    try:
        return Told(_from_kept(store, counted), from_rows=False)
    except Untrusted as reason:
        return Told(digests(store), from_rows=True, why=str(reason))


def _from_kept(store: Store, counted: Mapping[str, int]) -> Digests:
    parts, counts = kept_parts(store)
    with Sorted() as whole, Sorted() as said:
        lines = Lines(whole.add, said.add)
        counts += _give_shared(store, lines)
        shared = Parts(whole.digests(), said.digests(once=True))
    other = [(what, n, counts[what]) for what, n in counted.items() if n != counts[what]]
    if other:
        what, there, wrote = other[0]
        raise Untrusted(
            f"The graph is not as kb wrote it ({what}: {there} instead of {wrote}): something else has "
            "changed it, or is at it; `kb check --graph` tells more."
        )
    return Parts({**parts.graph, **shared.graph}, {**parts.study, **shared.study}).whole


def _give_shared(store: Store, to: Lines) -> Counter[str]:
    """Read what no interview keeps; returns how many nodes and edges that is."""
    counts: Counter[str] = Counter()
    # People's claims are their interview's, and a catalogue's are of none.
    some = {"Claim": f"{{}}.{OWNED['Claim']} IS NULL"}
    for node in NODES:
        if node.label not in OWNED or node.label in some:
            where = some.get(node.label, "").format("n")
            counts[node.label] = sum(1 for _ in give_nodes(store, node, to, where))
    for edge in EDGES:
        if not is_owned(edge) or (edge.start in some and counts[edge.start]):
            where = some.get(edge.start, "").format("a")
            counts[edge.type] = sum(1 for _ in give_edges(store, edge, to, where))
    to.rest()
    return counts
