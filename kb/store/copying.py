"""Copying what some people told from one graph to another, with the sums over it made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Set
from functools import partial
from typing import Any, NamedTuple

from kb.schema import ABOUT, CLAIM_ENDS, EDGE_TYPES, EDGES, KEYS, NODE_TYPES, EdgeType
from kb.store.bolt import Store
from kb.store.create import create_whole
from kb.store.rows import EdgeRow, NodeRow, Ref
from kb.store.scope import Needs, Scope
from kb.store.told import Quote, Told, Words, first_words, pick, whole_sum

_ROWS = 4000  # nodes, or edges, a transaction
_MANY = 200  # interviews; of more than these it is quicker to read all and leave out some
_SUMS = frozenset(edge for edge, _, _ in CLAIM_ENDS.values())
# In the excerpt only if something in it reaches them: by which edge, and at which of its ends they are.
_REACHED = {"Coder": ("CODED", 0), "Category": ("IN_CATEGORY", 1), "Variable": ("HAS_VALUE", 1)}
# Properties that no question is about; an interview's digests are of all of it, and not all is copied.
_KEPT_FOR_LOADING = frozenset({"reading", "build", "digests"})


class _Claim(NamedTuple):
    """A claim in scope, with the concepts at its ends."""

    properties: dict[str, Any]
    start: str
    end: str


class Copy:
    """Copies what is in scope: first it is read, then written."""

    def __init__(self, source: Store, target: Store, scope: Scope, needs: Needs) -> None:
        self._source, self._target, self._scope, self._needs = source, target, scope, needs
        self._nodes: dict[Ref, NodeRow] = {}
        self._edges: list[EdgeRow] = []
        self._claims: dict[str, _Claim] = {}
        self._words: dict[str, list[Quote]] = defaultdict(list)

    def run(self) -> None:
        """Do it."""
        labels, types = self._needs.labels, self._needs.types
        sums = types & _SUMS
        if "Concept" in labels or "Claim" in labels:
            self._read_claims()
        quoted = bool(sums) and self._needs.asks("quotes")
        evidence = self._read_evidence() if quoted or "EVIDENCED_BY" in types else []
        # A code that these people's words never got is none of theirs. Where only relations are asked
        # for, their ends are all that matters.
        coded = "Concept" in labels and (not sums or {"CODED_AS", "BROADER", "IN_CATEGORY"} & types)
        part_turns = self._part_turns() if coded or "Turn" in labels else set()
        codings = self._read_codings(part_turns) if coded else []
        concepts = {end for claim in self._claims.values() for end in (claim.start, claim.end)}
        self._keep("Concept", concepts | {edge.end[1] for edge in codings}, labels)
        if "Turn" in labels:
            proof = {edge.end[1] for edge in evidence} if "EVIDENCED_BY" in types else set()
            reached = proof.union(edge.start[1] for edge in codings)
            theirs = part_turns | proof
            self._read_turns(theirs if self._needs.turns else theirs & reached, reached)
        self._read_others(labels)
        if "Claim" in labels:
            for id_, claim in self._claims.items():
                properties = self._needs.of_these(claim.properties)
                self._nodes["Claim", id_] = NodeRow("Claim", id_, ("Claim",), properties)
                _, *ends = CLAIM_ENDS[claim.properties["kind"]]
                for type_, end in zip(ends, (claim.start, claim.end), strict=True):
                    if type_ in types:
                        self._edges.append(EdgeRow(type_, ("Claim", id_), ("Concept", end), {}))
        for edge in EDGES:
            if edge.type == "CODED_AS":
                self._edges += [e for e in codings if self._has(e)] if edge.type in types else []
            elif edge.type == "EVIDENCED_BY":
                self._edges += [e for e in evidence if self._has(e)] if edge.type in types else []
            elif edge.type in ABOUT:
                continue  # with their claims
            elif edge.type == "HAS_TURN":
                self._edges += self._has_turn() if edge.type in types else []
            elif edge.type in types and edge.type not in _SUMS:
                self._edges += [e for e in self._read_edges(edge) if self._has(e)]
        self._sum_up(sums)
        self._write()

    def _rows(self, start: str, rest: str, prop: str) -> Iterator[dict[str, Any]]:
        """Rows on the interviews in scope; of many interviews it reads all, and more than is asked for."""
        interviews = sorted(self._scope.interviews)
        if len(interviews) > _MANY:
            yield from self._source.stream(f"MATCH {start} {rest}")
        else:
            text = f"UNWIND $ids AS id MATCH {start} WHERE {prop} = id {rest}"
            yield from self._source.read(text, {"ids": interviews}, timeout=0).rows

    def _read_claims(self) -> None:
        scope = self._scope
        for kind, (_, from_type, to_type) in CLAIM_ENDS.items():
            for row in self._source.stream(
                f"MATCH (k:Claim) WHERE k.kind = '{kind}' MATCH (k)-[:{from_type}]->(a:Concept) "
                f"MATCH (k)-[:{to_type}]->(b:Concept) RETURN properties(k) AS p, a.name AS a, b.name AS b"
            ):
                p = row["p"]
                theirs = p.get("interview") in scope.whole or p.get("person") in scope.speakers
                if theirs or p.get("catalogue"):
                    self._claims[p.pop("id")] = _Claim(p, row["a"], row["b"])

    def _read_evidence(self) -> list[EdgeRow]:
        found = []
        for row in self._source.stream(
            "MATCH (k:Claim)-[e:EVIDENCED_BY]->(t:Turn) RETURN k.id AS claim, t.id AS turn, "
            "properties(e) AS p, t.index AS at, t.role AS role"
        ):
            if row["claim"] not in self._claims:
                continue
            p = row["p"]
            if p.get("quote"):
                weak = bool(p.get("label_without_underline")) or row["role"] == "interviewer"
                self._words[row["claim"]].append((weak, row["at"], p["quote"], row["turn"]))
            found.append(EdgeRow("EVIDENCED_BY", ("Claim", row["claim"]), ("Turn", row["turn"]), p))
        return found

    def _part_turns(self) -> set[str]:
        """What the people say in interviews that are not theirs alone."""
        rows = self._source.read(
            "UNWIND $ids AS id MATCH (s:Speaker {id: id}) MATCH (s)<-[:SPOKEN_BY]-(t:Turn) RETURN t.id AS id",
            {"ids": sorted(self._scope.speakers)},
            timeout=0,
        ).rows
        return {row["id"] for row in rows}

    def _read_codings(self, part_turns: Collection[str]) -> list[EdgeRow]:
        whole = self._scope.whole
        names = sorted(self._needs.of_these({name: name for name in EDGE_TYPES["CODED_AS"].properties}))
        wanted = "".join(f", r.{name} AS {name}" for name in names)
        return [
            EdgeRow(
                "CODED_AS", ("Turn", row["turn"]), ("Concept", row["concept"]), {n: row[n] for n in names}
            )
            for row in self._rows(
                "(t:Turn)",
                "MATCH (t)-[r:CODED_AS]->(c:Concept) RETURN t.id AS turn, t.interview AS interview, "
                f"c.name AS concept{wanted}",
                "t.interview",
            )
            if row["interview"] in whole or row["turn"] in part_turns
        ]

    def _read_turns(self, also: Set[str], reached: Set[str]) -> None:
        """Turns of the interviews that are theirs alone, and others by id.

        Args:
            also: Those of other interviews.
            reached: Those that something reaches; where the others do not count they stay out.
        """
        every = {name: name for name in NODE_TYPES["Turn"].properties}
        names = sorted({"interview", *self._needs.of_these(every)})
        if names == ["interview"] and not self._needs.turns and also <= reached:
            for id_ in reached:  # a turn's id tells its interview
                row = {"interview": id_.rpartition(":")[0]}
                self._nodes["Turn", id_] = NodeRow("Turn", id_, ("Turn",), row)
            return
        wanted = ", ".join(f"t.{name} AS {name}" for name in names)
        match = "(t:Turn)" if self._needs.turns else "(t:Turn)-[:CODED_AS|EVIDENCED_BY]-()"
        distinct = "" if self._needs.turns else "DISTINCT "
        for row in self._rows(match, f"RETURN {distinct}t.id AS key, {wanted}", "t.interview"):
            key = row.pop("key")
            if (row["interview"] in self._scope.whole or key in also) and (
                self._needs.turns or key in reached
            ):
                self._nodes["Turn", key] = NodeRow("Turn", key, ("Turn",), {n: row[n] for n in names})

    def _read_others(self, labels: Collection[str]) -> None:
        scope = self._scope
        for label in sorted(set(labels) - {"Concept", "Turn", "Claim", "Codebook"}):
            if label in _REACHED:
                type_, end = _REACHED[label]
                edges = self._read_edges(next(edge for edge in EDGES if edge.type == type_))
                keys = {(e.start, e.end)[end][1] for e in edges if self._within((e.start, e.end)[1 - end])}
                self._keep(label, keys, labels)
            else:
                self._keep(
                    label,
                    {"Interview": scope.interviews, "Participant": scope.participants}.get(label),
                    labels,
                )

    def _within(self, ref: Ref) -> bool:
        """Whether a node is in scope, be it copied or not."""
        scope = self._scope
        if ref[0] in ("Interview", "Participant"):
            return ref[1] in (scope.interviews if ref[0] == "Interview" else scope.participants)
        return ref in self._nodes

    def _keep(self, label: str, keys: Collection[str] | None, labels: Collection[str]) -> None:
        """Copy nodes of a label by their keys; None for all that are of no interview, or of one in scope."""
        if label not in labels:
            return
        scope, key = self._scope, KEYS[label]
        for row in self._source.stream(f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS p"):
            p = {name: value for name, value in row["p"].items() if name not in _KEPT_FOR_LOADING}
            id_ = p.pop(key, None)
            of = p.get("interview")
            if id_ is None or (keys is not None and id_ not in keys and not p.get("catalogue")):
                continue
            if keys is None and of is not None and of not in scope.whole and id_ not in scope.speakers:
                continue
            declared = {label, *NODE_TYPES[label].also}
            self._nodes[label, id_] = NodeRow(label, id_, tuple(sorted(declared & set(row["labels"]))), p)

    def _read_edges(self, edge: EdgeType) -> list[EdgeRow]:
        start, end = KEYS[edge.start], KEYS[edge.end]
        return [
            EdgeRow(edge.type, (edge.start, row["a"]), (edge.end, row["b"]), row["p"])
            for row in self._source.stream(
                f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end}) "
                f"RETURN a.{start} AS a, b.{end} AS b, properties(r) AS p"
            )
        ]

    def _has_turn(self) -> list[EdgeRow]:
        """Each turn in its interview, which it tells itself."""
        turns = (node for node in self._nodes.values() if node.label == "Turn")
        return [EdgeRow("HAS_TURN", ("Interview", t.properties["interview"]), t.ref, {}) for t in turns]

    def _has(self, edge: EdgeRow) -> bool:
        return edge.start in self._nodes and edge.end in self._nodes

    def _sum_up(self, types: Collection[str]) -> None:
        """The sums over the claims in scope."""
        several = {
            row["id"]
            for row in self._source.stream(
                "MATCH (s:Speaker) WHERE s.role = 'interviewee' RETURN s.interview AS id, count(s) AS n"
            )
            if row["n"] > 1
        }
        told: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
        for id_, (p, start, end) in self._claims.items():
            type_ = CLAIM_ENDS[p["kind"]][0]
            if type_ in types:
                words = first_words(self._words[id_])
                if words.words is None and p.get("catalogue"):
                    words = Words(p.get("note"))
                who = (p.get("interview"), p.get("person"), p.get("catalogue"))
                told[type_, start, end].append(Told(id_, p["explicit"], *who, *words))
        for (type_, start, end), claims in told.items():
            claims.sort(key=lambda claim: claim.order)
            sums = whole_sum(claims, pick(claims, several))
            self._edges.append(EdgeRow(type_, ("Concept", start), ("Concept", end), sums))

    def _write(self) -> None:
        """Write nodes some at a time, each edge with the later of its ends."""
        self._target.ensure_schema()
        # Turns and claims last, turns in their order: few edges then have an end that must be looked up.
        order = sorted(
            self._nodes.values(), key=lambda n: (n.label == "Claim", n.label == "Turn", n.label, n.key)
        )
        batch = {node.ref: at // _ROWS for at, node in enumerate(order)}
        edges: dict[int, list[EdgeRow]] = defaultdict(list)
        for edge in self._edges:
            edges[max(batch[edge.start], batch[edge.end])].append(edge)
        for at in range(0, len(order), _ROWS):
            work = partial(create_whole, nodes=order[at : at + _ROWS], edges=edges[at // _ROWS])
            self._target.transaction(work)
