"""Relations files in the graph: each interview's part of a file is a source of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from kb.codebook import Concept, Kind
from kb.errors import CodebookError
from kb.ingest.claims import Claim, Passage
from kb.ingest.confirmed import confirmed
from kb.ingest.people import People
from kb.ingest.report import NotPlaced
from kb.records import Turn
from kb.relation import PLACES
from kb.relations import Evidence, Relation, find_evidence
from kb.store.rows import NodeRow

FORMAT = "relations"

# A quote this long, or with words left out, is the passage itself; a shorter one says where the
# passage begins, which then runs to the end of the turn.
_WHOLE_PASSAGE = 12


@dataclass(frozen=True)
class RelationSource:
    """One file's relations of one interview.

    Attributes:
        parts: How many interviews the file speaks of; 0: not known.
    """

    interview: str
    file: str
    relations: tuple[Relation, ...]
    sha256: str
    parts: int = 0

    @property
    def id(self) -> str:
        """What makes it the same source when it is loaded again."""
        return f"{self.interview}/{FORMAT}/{self.file}"

    @cached_property
    def uses(self) -> tuple[str, ...]:
        """The names at the relations' ends with their places, as ``place:name``, each once."""
        ends = [end for relation in self.relations for end in (relation.start, relation.end)]
        return tuple(sorted({f"{end.place}:{end.name}" for end in ends}))

    def dump(self) -> str:
        """The relations as JSON."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return json.dumps([r.entry() for r in self.relations], ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the relations, of this interview alone."""
        return hashlib.sha256(self.dump().encode()).hexdigest()

    def row(self, lost: Sequence[NotPlaced]) -> NodeRow:
        """The source as a node, with what of it found no place, to be told again."""
        properties = {
            "interview": self.interview,
            "format": FORMAT,
            "file": self.file,
            "sha256": self.sha256,
            "labels": list(self.uses),
            "digest": self.digest,
            "reading": self.dump(),
            "parts": self.parts,
            "relations": len(self.relations),
            "lines": [relation.line or 0 for relation in self.relations],
            "lost": [item.model_dump_json(exclude_none=True) for item in lost] or None,
        }
        return NodeRow("Source", self.id, ("Source",), properties)

    @classmethod
    def load(cls, interview: str, row: Mapping[str, Any]) -> RelationSource:
        """Undo `row`, from the properties that the graph keeps."""
        entries = json.loads(row["reading"])
        lines = row["lines"] or [0] * len(entries)
        relations = tuple(
            Relation(**fields, line=line or None) for fields, line in zip(entries, lines, strict=True)
        )
        return cls(interview, row["file"], relations, row["sha256"], row["parts"])


def free_concepts(uses: Iterable[str], codes: Mapping[str, Concept]) -> dict[str, Concept]:
    """The concepts that relations name and no code does.

    Args:
        uses: ``place:name`` of all relations in the graph.
        codes: The concepts of codes, by label and name.
    """
    places: dict[str, set[str]] = {}
    for use in uses:
        place, _, name = use.partition(":")
        if name not in codes:
            places.setdefault(name, set()).add(place)
    return {
        name: Concept(
            name=name,
            kind=cast(Kind, next(place.concept for place in PLACES if place.name in found)),
            category=None,
            category_name=None,
            description="",
            issue=None,
            basis="relation",
            category_basis="",
            issue_basis="",
        )
        for name, found in places.items()
    }


def relation_claims(
    source: RelationSource,
    turns: Sequence[Turn],
    concepts: Mapping[str, Concept],
    people: People,
) -> tuple[list[Claim], list[NotPlaced]]:
    """The claims of one source, and a remark on each quote that is not found, or found twice."""
    by_id = {turn.id: turn for turn in turns}
    claims: list[Claim] = []
    lost: list[NotPlaced] = []
    for relation in source.relations:
        try:
            evidence = find_evidence(relation, turns)
        except CodebookError as error:
            lost.append(_lost(source, error.message, error.line))
            continue
        start, end = concepts[relation.start.name].name, concepts[relation.end.name].name
        if start == end:
            same = f"both ends are the code '{start}', and nothing is related to itself."
            lost.append(_lost(source, f"Relation '{relation.id}': {same}", relation.line))
            continue
        passages, told = _passages(evidence, by_id), True
        if not relation.speaker:
            passages, told = confirmed(passages, turns, relation.kind)
            if not told:
                lost.append(_told_by_nobody(source, relation, passages))
        said = [passage.turn for passage in passages]
        claims.append(
            Claim(
                id=f"{source.interview}/{source.file}/{relation.id}",
                kind=relation.kind,
                start=start,
                end=end,
                explicit=relation.explicit,
                person=people.teller_of(said, relation.speaker) if told else people.nobody,
                basis="reader",
                passages=passages,
                source=source.file,
                ref=relation.id,
                note=relation.note,
                by=relation.by,
                reviewer=relation.reviewer,
                start_as=relation.start.wording,
                end_as=relation.end.wording,
            )
        )
    return claims, lost


def _told_by_nobody(source: RelationSource, relation: Relation, passages: Sequence[Passage]) -> NotPlaced:
    """A remark on a relation that the interviewer alone puts into words."""
    turn = next(passage.turn.id for passage in passages if passage.turn.role == "interviewer")
    message = (
        f"Relation '{relation.id}': the interviewer says it in {turn}, and no answer confirms it: it is "
        "told by nobody. Quote the answer that does, or name whose words they are with 'speaker'."
    )
    return NotPlaced(level="info", source=source.file, message=message, line=relation.line)


def _lost(source: RelationSource, message: str, line: int | None) -> NotPlaced:
    return NotPlaced(level="lost", source=source.file, message=message, line=line)


def _passages(evidence: Evidence, turns: Mapping[str, Turn]) -> tuple[Passage, ...]:
    found: dict[str, Passage] = {}
    for quote, match in zip(evidence.relation.quotes, evidence.passages, strict=True):
        turn = turns[match.turn_id]
        text = turn.text[match.start : match.end] if _is_whole(quote) else turn.text[match.start :]
        if turn.id in found:
            text = f"{found[turn.id].quote} … {text}"
        found[turn.id] = Passage(turn, text.strip())
    return tuple(found.values())


def _is_whole(quote: str) -> bool:
    return len(quote.split()) >= _WHOLE_PASSAGE or "…" in quote or "..." in quote


def share_found(source: RelationSource, turns: Sequence[Turn]) -> float:
    """Part of the relations whose words are in the turns, from 0 to 1."""
    found = 0
    for relation in source.relations:
        try:
            find_evidence(relation, turns)
            found += 1
        except CodebookError:
            continue
    return found / len(source.relations) if source.relations else 0.0
