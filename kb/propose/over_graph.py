"""Proposals over a graph: its transcripts, codes and claims handed to `kb.propose.verify`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kb.ask.study import Study, read_study
from kb.codebook import Codebook, Entry
from kb.ingest.stored import kept_codebook
from kb.propose.ends import Names
from kb.propose.prompt import CodeLine
from kb.propose.read import Row
from kb.propose.speech import Heard, Part, Witness
from kb.propose.verify import Source
from kb.records import Turn
from kb.relation import KINDS
from kb.relations.edit import RelationsText
from kb.relations.refused import Refused
from kb.resources import data_dir
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Store
from kb.suggest import CodedInterview, Codes, load_cues


def _aliases(entries: Mapping[str, Entry], name: str) -> tuple[str, ...]:
    return entries[name].aliases if name in entries else ()


class OverGraph:
    """A graph, as far as proposals are held against it; what is not asked for is not read.

    Args:
        store: The graph.
        rows: The proposals: what their ends say in words is listened for.
        language: Of the shipped cue words.
        ledger: The relations file in which decisions are remembered.
    """

    def __init__(
        self, store: Store, rows: Sequence[Row] = (), *, language: str = "en", ledger: Path | None = None
    ) -> None:
        self._store = store
        self._rows = rows
        self._cues = load_cues(data_dir() / "cues" / f"{language}.yaml")
        self._ledger = ledger
        self._turns: dict[str, tuple[Turn, ...]] = {}
        self._witnesses: dict[str, Witness] = {}

    def source(self) -> Source:
        """What verifying needs."""
        refused: list[Refused] = []
        if self._ledger is not None and self._ledger.is_file():
            refused = RelationsText(self._ledger).refused
        return Source(
            interviews=self.interviews,
            turns=self.turns,
            hear=self._hear,
            names=self.names,
            kinds={name: concept["kind"] for name, concept in self._study.concepts.items()},
            claims=self._claims(),
            refused={(each.kind, each.start, each.end) for each in refused if each.interview is None},
            refused_in={
                (each.kind, each.start, each.end, each.interview)
                for each in refused
                if each.interview is not None
            },
        )

    @cached_property
    def interviews(self) -> tuple[str, ...]:
        """Ids of all interviews."""
        rows = self._store.read("MATCH (i:Interview) RETURN i.id AS id ORDER BY id").rows
        return tuple(row["id"] for row in rows)

    def turns(self, interview: str) -> tuple[Turn, ...]:
        """The turns of an interview, in the order said."""
        if interview not in self._turns:
            self._turns[interview] = self._read(interview).turns
        return self._turns[interview]

    @cached_property
    def book(self) -> Codebook:
        """The codebook that the graph keeps."""
        return kept_codebook(self._store)

    @cached_property
    def names(self) -> Names:
        """The names that the concepts of the graph and the codes of the codebook go by."""
        found = dict(self.book.canonical_of)
        rows = self._store.read(
            "MATCH (:Turn)-[r:CODED_AS]->(c:Concept) RETURN DISTINCT r.label AS label, c.name AS name"
        ).rows
        found |= {row["label"]: row["name"] for row in rows}
        found |= {name: name for name in self._study.concepts}
        return Names(found)

    def codes(self) -> list[CodeLine]:
        """The concepts that a proposal may name; no questions, nor what only a catalogue has."""
        entries = self.book.entries
        return [
            CodeLine(
                name,
                concept["kind"],
                ", ".join(filter(None, (concept.get("title"), *_aliases(entries, name)))),
                concept.get("description") or "",
            )
            for name, concept in sorted(self._study.concepts.items())
            if concept["kind"] != "question" and not (concept.get("catalogue") and not concept.get("labels"))
        ]

    @cached_property
    def _study(self) -> Study:
        """The concepts, and one interview with them: of none, the concepts alone."""
        return read_study(self._store, "")

    def _read(self, interview: str) -> Study:
        return read_study(self._store, interview)

    def _hear(self, interview: str, kind: str, start: str, end: str, parts: Sequence[Part]) -> Heard:
        if interview not in self._witnesses:
            study = self._read(interview)
            coded = CodedInterview(interview=interview, turns=study.turns, codings=study.codings)
            self._witnesses[interview] = Witness(coded, self._codes, self._cues, self._in_words)
        return self._witnesses[interview].hear(kind, start, end, parts)

    @cached_property
    def _in_words(self) -> frozenset[str]:
        """What the proposals name in words."""
        ends = {end for row in self._rows if row.proposed for end in (row.proposed.start, row.proposed.end)}
        return frozenset(" ".join(end.split()) for end in ends if end)

    @cached_property
    def _codes(self) -> Codes:
        concepts = self._study.concepts
        entries = self.book.entries
        return Codes(
            kinds={name: c["kind"] for name, c in concepts.items()},
            categories={name: c["category"] for name, c in concepts.items() if c.get("category")},
            phrases={
                name: [
                    *_aliases(entries, name),
                    *([c["description"]] if c.get("description") else ()),
                ]
                for name, c in concepts.items()
            },
            issues={name: c["issue"] for name, c in concepts.items() if c.get("issue")},
        )

    def _claims(self) -> dict[tuple[str, str, str], frozenset[str]]:
        """What readers and analysts state in the graph already, with the interviews."""
        found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for kind in KINDS:
            _, start, end = CLAIM_ENDS[kind.name]
            rows = self._store.read(
                f"MATCH (k:Claim)-[:{start}]->(a:Concept) WHERE k.kind = $kind AND k.interview IS NOT NULL "
                f"AND k.basis <> 'code' MATCH (k)-[:{end}]->(b:Concept) "
                "RETURN DISTINCT a.name AS a, b.name AS b, k.interview AS interview",
                {"kind": kind.name},
            ).rows
            for row in rows:
                found[kind.name, row["a"], row["b"]].add(row["interview"])
        return {key: frozenset(interviews) for key, interviews in found.items()}
