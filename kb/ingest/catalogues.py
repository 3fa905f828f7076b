"""Catalogues in the graph: their issues as concepts, what they say as claims of no person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.catalogue import Catalogue, CatalogueIssue, Statement
from kb.codebook import Codebook, Concept, fold
from kb.ingest.build import concept_rows
from kb.ingest.claims import Claim
from kb.store.bolt import Tx
from kb.store.rows import EdgeRow, NodeRow, canonical
from kb.store.sums import claimed, refresh_sums
from kb.store.sync import CATALOGUE, Change, drop_orphans, sync_broader, sync_owned, upsert_shared


class Said(NamedTuple):
    """One statement of a catalogue: a relation of kind `kind` between two names, each in its place."""

    issue: CatalogueIssue
    statement: Statement
    section: str
    kind: str
    start: tuple[str, str]  # (place, name), as in a relations file
    end: tuple[str, str]


@dataclass(frozen=True)
class CatalogueSource:
    """A catalogue with the file it is from.

    Attributes:
        build: What the graph was built from, if it is there already (see `fingerprint`).
    """

    catalogue: Catalogue
    file: str
    sha256: str
    build: str = ""

    @property
    def id(self) -> str:
        """What makes it the same catalogue when it is loaded again."""
        return self.catalogue.id

    def said(self) -> Iterator[Said]:
        """All statements, in the file's order."""
        for issue in self.catalogue.issues:
            own = issue.title
            for s in issue.causes:
                yield Said(issue, s, "causes", "causes", ("cause", self._named(s)), ("effect", own))
            for s in issue.consequences:
                yield Said(issue, s, "consequences", "causes", ("cause", own), ("effect", self._named(s)))
            for s in issue.fixes:
                yield Said(issue, s, "fixes", "fixes", ("issue", own), ("fix", self._named(s)))

    def _named(self, statement: Statement) -> str:
        """The name of a statement's concept: an issue of the catalogue may be named by its id."""
        titles = {issue.id: issue.title for issue in self.catalogue.issues}
        return titles.get(statement.what, statement.what)

    @property
    def uses(self) -> frozenset[str]:
        """The names in it with their places, as ``place:name``, like those of a relations file."""
        titles = {f"issue:{issue.title}" for issue in self.catalogue.issues}
        ends = {f"{place}:{name}" for said in self.said() for place, name in (said.start, said.end)}
        return frozenset(titles | ends)

    def row(self, build: str) -> NodeRow:
        """The catalogue as a node."""
        head = self.catalogue
        properties = {
            "title": head.title,
            "citation": head.citation,
            "doi": head.doi,
            "about": head.about,
            "file": self.file,
            "sha256": self.sha256,
            "reading": head.model_dump_json(exclude_none=True),
            "build": build,
        }
        return NodeRow("Catalogue", self.id, ("Catalogue",), properties)

    @classmethod
    def load(cls, reading: str, file: str, sha256: str, build: str) -> CatalogueSource:
        """Undo `row`."""
        return cls(Catalogue.model_validate_json(reading), file, sha256, build)


def catalogue_concepts(
    sources: Iterable[CatalogueSource], concepts: Mapping[str, Concept]
) -> dict[str, Concept]:
    """The concepts of the catalogues' issues, by the names they go by.

    Args:
        sources: All catalogues in the graph.
        concepts: Everything else that is named; a code of the same name becomes the issue.
    """
    found: dict[str, Concept] = {}
    for source in sources:
        for issue in source.catalogue.issues:
            other = concepts[issue.title]
            free = other.basis == "relation"
            concept = replace(
                other,
                kind="issue" if free else other.kind,
                basis="catalogue" if free else other.basis,
                description=other.description or issue.description or "",
                catalogue=source.id,
                ref=issue.id,
                attribute=issue.attribute,
            )
            found |= {label: concept for label, same in concepts.items() if same.name == other.name}
    return found


def broader_pairs(
    sources: Iterable[CatalogueSource], concepts: Mapping[str, Concept], codebook: Codebook
) -> frozenset[tuple[str, str]]:
    """For each code of each issue: the names of the code's concept and of the issue's."""
    return frozenset(
        (codebook.canonical(code) or fold(code), concepts[issue.title].name)
        for source in sources
        for issue in source.catalogue.issues
        for code in issue.codes
    )


def fingerprint(
    source: CatalogueSource,
    concepts: Mapping[str, Concept],
    broader: Iterable[tuple[str, str]],
    version: int,
) -> str:
    """Changes whenever what the catalogue's part of the graph is built from does."""
    names = sorted({use.partition(":")[2] for use in source.uses})
    meaning = {name: str(concepts[name]) for name in names}
    text = canonical([version, source.sha256, source.file, meaning, sorted(map(list, broader))])
    return hashlib.sha256(text.encode()).hexdigest()


def write_catalogue(
    tx: Tx,
    source: CatalogueSource,
    concepts: Mapping[str, Concept],
    broader: Iterable[tuple[str, str]],
    build: str,
) -> Change:
    """Bring the graph in step with one catalogue, sums included."""
    claims = [_claim(said, source, concepts) for said in source.said()]
    claims = [claim for claim in claims if claim.start != claim.end]
    nodes, edges = [source.row(build)], []
    names = {concepts[use.partition(":")[2]].name for use in source.uses}
    for issue in source.catalogue.issues:
        concept = ("Concept", concepts[issue.title].name)
        edges.append(EdgeRow("IN_CATALOGUE", concept, ("Catalogue", source.id), {}))
    for claim in claims:
        node, claim_edges = claim.rows(catalogue=source.id)
        nodes.append(node)
        edges += claim_edges
    before = set(claimed(tx, "catalogue", [source.id])[source.id])
    upsert_shared(tx, *concept_rows(sorted(names), concepts))
    change = sync_owned(tx, source.id, nodes, edges, CATALOGUE)
    refresh_sums(tx, before | {(claim.kind, claim.start, claim.end) for claim in claims})
    drop_orphans(tx)
    return change.plus(sync_broader(tx, broader))


def delete_catalogue(tx: Tx, catalogue: str) -> None:
    """Take a catalogue out of the graph."""
    before = claimed(tx, "catalogue", [catalogue])[catalogue]
    sync_owned(tx, catalogue, [], [], CATALOGUE)
    refresh_sums(tx, before)
    drop_orphans(tx)


def _claim(said: Said, source: CatalogueSource, concepts: Mapping[str, Concept]) -> Claim:
    return Claim(
        id=f"catalogue {source.id}/{said.issue.id}/{said.section}/{said.statement.what}",
        kind=said.kind,
        start=concepts[said.start[1]].name,
        end=concepts[said.end[1]].name,
        explicit="stated",
        person=None,
        basis="catalogue",
        passages=(),
        source=source.file,
        ref=said.issue.id,
        note=said.statement.text,
        rests_on=said.statement.source,
        outcome=said.statement.outcome,
    )
