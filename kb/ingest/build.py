"""Put one interview together: from the readings of all its sources to the nodes and edges it owns.

A pure function, which is why loading in any order, twice, gives the same graph.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.codebook import Concept
from kb.ingest.align import Merged, Placed, merge
from kb.ingest.claims import Claim, fix_claims
from kb.ingest.people import People
from kb.ingest.reading import Reading
from kb.ingest.relations import RelationSource, relation_claims
from kb.model import Coding, Turn
from kb.quotes import find_quote
from kb.schema import KIND_LABELS
from kb.store.rows import EdgeRow, NodeRow


@dataclass(frozen=True)
class Unplaced:
    """Something in a source that the graph does not hold, or holds only by a guess."""

    level: str  # "lost" or "warning", as in `kb.model.Notice`
    source: str
    message: str
    line: int | None = None
    page: int | None = None


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
    unplaced: tuple[Unplaced, ...]
    codings: int


def build(
    readings: Sequence[Reading],
    relations: Sequence[RelationSource],
    concepts: Mapping[str, Concept],
    fingerprint: str,
) -> Built:
    """Build one interview.

    Args:
        readings: Of all its sources; at least one.
        relations: The relations files that speak of it.
        concepts: For every label, and every concept that a relation names, what it means.
        fingerprint: Kept on the interview, to tell when it must be built again.
    """
    merged = merge(readings)
    interview = readings[0].interview.interview
    people = People(interview, merged.turns)
    unplaced: list[Unplaced] = []
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
    for reading in sorted(readings, key=lambda r: r.id):
        nodes.append(_source(reading))
        edges.append(EdgeRow("HAS_SOURCE", ("Interview", interview), ("Source", reading.id), {}))
        unplaced += _not_aligned(reading, merged)
        if reading.coder:
            coders.add(reading.coder)
            edges.append(_coded(reading))
        coded += _place_codings(reading, merged.placed[reading.id], unplaced)
    coded.sort(key=lambda pair: (pair[0].index, pair[0].id))
    edges += [_coding(turn, coding, concepts) for turn, coding in coded]
    claims = fix_claims(coded, concepts, people)
    for source in sorted(relations, key=lambda s: s.id):
        found, problems = relation_claims(source, merged.turns, concepts, people)
        claims += found
        unplaced += [Unplaced("lost", source.file, p.message, line=p.line) for p in problems]
        nodes.append(source.row())
        edges.append(EdgeRow("HAS_SOURCE", ("Interview", interview), ("Source", source.id), {}))
    for claim in claims:
        node, claim_edges = claim.rows(interview)
        nodes.append(node)
        edges += claim_edges
    used = {concepts[coding.label].name: True for _, coding in coded}
    for claim in claims:
        used.setdefault(claim.start, False)
        used.setdefault(claim.end, False)
    shared_nodes, shared_edges = concept_rows(sorted(used), concepts)
    shared_nodes += [NodeRow("Coder", coder, ("Coder",), {}) for coder in sorted(coders)]
    return Built(
        tuple(nodes), tuple(edges), tuple(shared_nodes), tuple(shared_edges), tuple(claims),
        tuple(unplaced), len(coded),
    )  # fmt: skip


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


def _interview(readings: Sequence[Reading], merged: Merged, fingerprint: str) -> NodeRow:
    head = next(reading for reading in readings if reading.id == merged.base).interview
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
    head = reading.interview
    properties = {
        "interview": head.interview,
        "coder": reading.coder,
        "round": head.round,
        "format": head.format,
        "file": head.source,
        "sha256": reading.sha256,
        "codes_exported": head.codes_exported if reading.coded else None,
        "turns": len(reading.turns),
        "codings": len(reading.codings),
        "labels": list(reading.labels),
        "digest": reading.digest,
        "reading": reading.dump(),
    }
    return NodeRow("Source", reading.id, ("Source",), properties)


def _coded(reading: Reading) -> EdgeRow:
    head = reading.interview
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


def _place_codings(reading: Reading, placed: Placed, unplaced: list[Unplaced]) -> list[tuple[Turn, Coding]]:
    """The reading's codings on the interview's turns, marked words found again in their text."""
    position = {turn.id: turn.index for turn in reading.turns}
    result: dict[tuple[str, str, int | None], tuple[Turn, Coding]] = {}
    for coding in reading.codings:
        targets = placed.turns[position[coding.turn]]
        turn, start, end = _span(coding, targets)
        if coding.quote and start is None:
            unplaced.append(
                Unplaced(
                    "warning",
                    reading.interview.source,
                    f"the words marked {coding.label} were not found in turn {turn.id}, whose text "
                    "comes from another source; the code is on the whole turn.",
                )
            )
        quote = turn.text[start:end] if start is not None else None
        moved = coding.model_copy(
            update={"turn": turn.id, "coder": reading.coder, "quote": quote, "start": start, "end": end}
        )
        result.setdefault((turn.id, coding.label, start), (turn, moved))
    return list(result.values())


def _span(coding: Coding, targets: Sequence[Turn]) -> tuple[Turn, int | None, int | None]:
    """The turn a coding goes to, and where its words are there."""
    if not coding.quote:
        return targets[0], None, None
    for turn in targets:
        if coding.start is not None and turn.text[coding.start : coding.end] == coding.quote:
            return turn, coding.start, coding.end
        at = turn.text.find(coding.quote)
        if at >= 0:
            return turn, at, at + len(coding.quote)
    matches = find_quote(coding.quote, targets)
    if matches:
        by_id = {turn.id: turn for turn in targets}
        return by_id[matches[0].turn_id], matches[0].start, matches[0].end
    return targets[0], None, None


def _not_aligned(reading: Reading, merged: Merged) -> list[Unplaced]:
    added = merged.placed[reading.id].added
    if not added:
        return []
    shown = ", ".join(str(index) for index in added[:5]) + (", …" if len(added) > 5 else "")
    first = reading.turns[added[0]]
    noun = "turn aligns" if len(added) == 1 else "turns align"
    return [
        Unplaced(
            "warning", reading.interview.source,
            f"{len(added)} {noun} with no turn of {merged.base} (index {shown}); "
            "kept as turns of their own.",
            line=first.line, page=first.page,
        )
    ]  # fmt: skip
