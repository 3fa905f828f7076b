"""Put one interview together: from the readings of all its sources to the nodes and edges it owns.

A pure function, which is why loading in any order, twice, gives the same graph.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.codebook import Concept
from kb.ingest.align import Merged
from kb.ingest.analyst import analysed
from kb.ingest.claims import Claim, asked_fixes, fix_claims
from kb.ingest.people import People
from kb.ingest.place import copies, not_aligned, place_codings
from kb.ingest.reading import Reading
from kb.ingest.relation_source import RelationSource, relation_claims
from kb.ingest.report import NotPlaced
from kb.records import Coding, Source, Turn
from kb.schema import KIND_LABELS
from kb.store.kept import kept_digests
from kb.store.rows import EdgeRow, NodeRow
from kb.store.sums import Pair
from kb.store.told import Told


@dataclass(frozen=True)
class Built:
    """One interview, ready to be written.

    Attributes:
        owned_nodes, owned_edges: What the interview owns (`kb.store.sync.sync_owned`).
        shared_nodes, shared_edges: Concepts, coders, categories it needs, and their edges.
        claims: For the sums.
        unplaced: What did not find its place.
    """

    owned_nodes: tuple[NodeRow, ...]
    owned_edges: tuple[EdgeRow, ...]
    shared_nodes: tuple[NodeRow, ...]
    shared_edges: tuple[EdgeRow, ...]
    claims: tuple[Claim, ...]
    unplaced: tuple[NotPlaced, ...]

    @property
    def interview(self) -> str:
        """Its id."""
        return self.owned_nodes[0].key

    @property
    def told(self) -> dict[Pair, list[Told]]:
        """What the sums take from its claims."""
        found: dict[Pair, list[Told]] = defaultdict(list)
        for claim in self.claims:
            found[claim.kind, claim.start, claim.end].append(claim.told(self.interview))
        return found

    @property
    def several(self) -> bool:
        """Whether it has several interviewees."""
        return sum("Interviewee" in node.labels for node in self.owned_nodes) > 1


def build(
    readings: Sequence[Reading],
    merged: Merged,
    relations: Sequence[RelationSource],
    concepts: Mapping[str, Concept],
    fingerprint: str,
) -> Built:
    """Build one interview.

    Args:
        readings: Of all its sources; at least one.
        merged: The readings aligned.
        relations: The relations files that speak of it.
        concepts: For every label, and every concept that a relation names, what it means.
        fingerprint: Kept on the interview, to tell when it must be built again.
    """
    interview = readings[0].interview
    people = People(interview, merged.turns)
    unplaced: list[NotPlaced] = []
    nodes: list[NodeRow] = [_interview(readings, merged, fingerprint)]
    edges: list[EdgeRow] = []
    alone = {
        placed.turns[index][0].id: source
        for source, placed in merged.placed.items()
        for index in placed.added
    }
    nodes += [_turn(turn, alone.get(turn.id)) for turn in merged.turns]
    edges += _sequence(interview, merged.turns, people)
    speaker_nodes, speaker_edges = people.rows()
    nodes += speaker_nodes
    edges += speaker_edges
    coded: list[tuple[Turn, Coding]] = []
    coders: set[str] = set()
    by_source: dict[str, list[tuple[Turn, Coding]]] = {}
    for reading in sorted(readings, key=lambda r: r.id):
        nodes.append(_source(reading))
        edges.append(EdgeRow("HAS_SOURCE", ("Interview", interview), ("Source", reading.id), {}))
        unplaced += not_aligned(reading, merged)
        if reading.coder:
            coders.add(reading.coder)
            edges.append(_coded(reading))
        by_source[reading.id] = place_codings(reading, merged.placed[reading.id], unplaced)
        coded += by_source[reading.id]
    unplaced += copies(readings, by_source)
    coded.sort(key=lambda pair: (pair[0].index, pair[0].id))
    edges += [_coding(turn, coding, concepts) for turn, coding in coded]
    claims = fix_claims(coded, concepts, people)
    unplaced += asked_fixes(coded, concepts, _head(readings, merged).file)
    shared: list[NodeRow] = []
    for reading in sorted(readings, key=lambda r: r.id):
        more = analysed(reading, merged.placed[reading.id], concepts, people)
        claims += more.claims
        nodes += more.nodes
        edges += more.edges
        shared += more.shared
        unplaced += more.unplaced
    for source in sorted(relations, key=lambda s: s.id):
        found, problems = relation_claims(source, merged.turns, concepts, people)
        claims += found
        unplaced += problems
        nodes.append(source.row(problems))
        edges.append(EdgeRow("HAS_SOURCE", ("Interview", interview), ("Source", source.id), {}))
    for claim in claims:
        node, claim_edges = claim.rows(interview)
        nodes.append(node)
        edges += claim_edges
    nodes[0].properties["digests"] = kept_digests(nodes, edges)
    used = {concepts[coding.label].name for _, coding in coded}
    used |= {end for claim in claims for end in (claim.start, claim.end)}
    used |= {edge.end[1] for edge in edges if edge.type == "ON_CODE"}
    shared_nodes, shared_edges = concept_rows(sorted(used), concepts)
    shared_nodes += [NodeRow("Coder", coder, ("Coder",), {}) for coder in sorted(coders)]
    shared_nodes += {node.ref: node for node in shared}.values()
    return Built(
        tuple(nodes), tuple(edges), tuple(shared_nodes), tuple(shared_edges), tuple(claims), tuple(unplaced)
    )


def concept_rows(
    names: Sequence[str], concepts: Mapping[str, Concept]
) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Concepts and their categories as rows."""
    by_name = {concept.name: concept for concept in concepts.values()}
    nodes, edges, categories = [], [], {}
    for name in names:
        concept = by_name[name]
        extra = [KIND_LABELS[concept.kind]] if KIND_LABELS.get(concept.kind) else []
        code = [] if concept.basis in ("relation", "catalogue") else ["Code"]
        properties = {
            "kind": concept.kind,
            "category": concept.category,
            "description": concept.description or None,
            "title": concept.title or None,
            "basis": concept.basis,
            "issue": concept.issue,
            "catalogue": concept.catalogue,
            "ref": concept.ref,
            "attribute": concept.attribute,
        }
        nodes.append(NodeRow("Concept", name, ("Concept", *code, *extra), properties))
        if concept.category:
            categories[concept.category] = concept.category_name
            edges.append(EdgeRow("IN_CATEGORY", ("Concept", name), ("Category", concept.category), {}))
    nodes += [
        NodeRow("Category", category, ("Category",), {"title": title or None})
        for category, title in sorted(categories.items())
    ]
    return nodes, edges


def _head(readings: Sequence[Reading], merged: Merged) -> Source:
    return next(reading for reading in readings if reading.id == merged.base).source


def _interview(readings: Sequence[Reading], merged: Merged, fingerprint: str) -> NodeRow:
    head = _head(readings, merged)
    properties = {"title": head.title, "turns": len(merged.turns), "build": fingerprint}
    return NodeRow("Interview", head.interview, ("Interview",), properties)


def _turn(turn: Turn, only_in: str | None) -> NodeRow:
    properties = {
        "interview": turn.interview,
        "index": turn.index,
        "speaker": turn.speaker,
        "role": turn.role,
        "text": turn.text,
        "start": turn.start,
        "end": turn.end,
        "only_in": only_in,
    }
    return NodeRow("Turn", turn.id, ("Turn",), properties)


def _sequence(interview: str, turns: Sequence[Turn], people: People) -> list[EdgeRow]:
    edges = []
    for turn in turns:
        edges.append(EdgeRow("HAS_TURN", ("Interview", interview), ("Turn", turn.id), {}))
        speaker = people.speaker_id(turn.speaker)
        if speaker:
            edges.append(EdgeRow("SPOKEN_BY", ("Turn", turn.id), ("Speaker", speaker), {}))
    for before, after in itertools.pairwise(turns):
        edges.append(EdgeRow("NEXT", ("Turn", before.id), ("Turn", after.id), {}))
    return edges


def _source(reading: Reading) -> NodeRow:
    head = reading.source
    properties = {
        "interview": head.interview,
        "coder": reading.coder,
        "round": head.round,
        "format": head.format,
        "file": head.file,
        "sha256": reading.sha256,
        "codes_exported": head.codes_exported if reading.coded else None,
        "turns": len(reading.turns),
        "codings": len(reading.codings),
        "labels": list(reading.labels),
        "digest": reading.digest,
        "reading": reading.dump(),
        "project": reading.project,
    }
    return NodeRow("Source", reading.id, ("Source",), properties)


def _coded(reading: Reading) -> EdgeRow:
    head = reading.source
    return EdgeRow(
        "CODED",
        ("Coder", reading.coder or ""),
        ("Interview", head.interview),
        {"round": head.round, "codes_exported": head.codes_exported},
    )


def _coding(turn: Turn, coding: Coding, concepts: Mapping[str, Concept]) -> EdgeRow:
    return EdgeRow(
        "CODED_AS",
        ("Turn", turn.id),
        ("Concept", concepts[coding.label].name),
        {
            "coder": coding.coder,
            "round": coding.round,
            "label": coding.label,
            "quote": coding.quote,
            "start": coding.start,
            "end": coding.end,
            "label_without_underline": coding.label_without_underline or None,
        },
    )
