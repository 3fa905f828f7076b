"""All sources that the graph will have been put together from when a load is done."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb.codebook import Codebook, Concept, resolve
from kb.ingest.catalogues import CatalogueSource, catalogue_concepts
from kb.ingest.gathered import Gathered
from kb.ingest.origin import file_digest
from kb.ingest.project import Project, described
from kb.ingest.relation_source import FORMAT, RelationSource, free_concepts
from kb.ingest.spool import Head, head_of
from kb.ingest.stored import Stored
from kb.ingest.vocabulary import State, Vocabulary
from kb.relations import load_relations, relations_files
from kb.resources import data_dir
from kb.store.bolt import Store

# An interview that a relations file may speak of; the parts of a YAML file that look like one but are
# not cost a look that finds nothing.
_SPOKEN_OF = re.compile(r"""\binterview["']?\s*:\s*["']?([^"'\s,}#]+)""")


@dataclass
class Sources:
    """What the graph holds already, and what this load brings instead or besides.

    Attributes:
        store: The graph; None for a dry run on nothing.
        stored: Its sources.
        new: Read in this load; sources that are refused are taken out of it.
        state: What the last load knew, so that only what is new need be looked at; None to look at
            everything.
        shipped: Relations that kb ships, of interviews that are there; the user's win over them.
        looked_at: Those that need not be looked at again until they or their interview change, as
            ``id sha256``.
        catalogues: All of them, those of this load in the place of those before.
    """

    store: Store | None
    stored: Stored
    new: Gathered
    state: State | None = None
    shipped: dict[str, RelationSource] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    catalogues: dict[str, CatalogueSource] = field(default_factory=dict)

    @property
    def touched(self) -> set[str]:
        """Ids of the interviews of which this load brings, or takes, a source."""
        found = {head.interview for head in self.brought.values()}
        if self.new.removed:
            found |= {s.interview for s in self.stored.sources.values() if s.id in self.new.removed}
        return found

    @property
    def interviews(self) -> set[str]:
        """Ids of the interviews that may have to be written: the touched ones, or all."""
        return (self.touched if self.state else self.touched | set(self.stored.builds)) - self.gone

    @property
    def gone(self) -> set[str]:
        """Ids of interviews that were there, and of which no source is left."""
        if not self.new.removed:
            return set()
        sources = self.stored.sources.values()
        removed = {s.interview for s in sources if s.id in self.new.removed and s.format != FORMAT}
        left = {s.interview for s in sources if s.id not in self.new.removed and s.format != FORMAT}
        return removed - left - {head.interview for head in self.new.readings.heads.values()}

    @property
    def projects(self) -> dict[str, Project]:
        """What files say of the whole study, by id."""
        kept = {k: p for k, p in self.stored.projects.items() if k not in self.new.removed_projects}
        return kept | self.new.projects

    def present(self, interviews: Collection[str]) -> set[str]:
        """Those of some interviews that will be there."""
        new = {head.interview for head in self.new.readings.heads.values()}
        return (set(self.stored.builds_of(interviews)) - self.gone) | new.intersection(interviews)

    @property
    def replaced(self) -> set[str]:
        """Ids of stored sources that this load brings anew, or that are gone."""
        new = {*self.new.readings, *self.new.relations} | self.new.removed
        return new | (set(self.shipped) - set(self.new.paths))

    @property
    def brought(self) -> dict[str, Head]:
        """What is not read from the graph, by id: this load's, and the shipped that it does not replace."""
        shipped = {id_: head_of(s) for id_, s in self.shipped.items() if id_ not in self.new.paths}
        return shipped | self.new.relations.heads | self.new.readings.heads

    def relation(self, id_: str) -> RelationSource:
        """One source of relations that is not read from the graph."""
        return self.new.relations[id_] if id_ in self.new.relations else self.shipped[id_]

    def use_shipped(self) -> None:
        """Take the shipped relations of the interviews that are there.

        Those that an earlier load has looked at are let be, unless their interview is touched.
        """
        files = {path: file_digest(path) for path in relations_files(data_dir() / "relations")}
        spoken_of = {path: _spoken_of(path) for path in files}
        there = self.present(set().union(*spoken_of.values()))
        known = self.state.shipped if self.state else frozenset()
        touched = self.touched
        self.shipped = {}
        self.looked_at = set()
        for path, sha256 in files.items():
            names = {i: f"{i}/{FORMAT}/{path.name} {sha256}" for i in there & spoken_of[path]}
            self.looked_at.update(names.values())
            if all(i not in touched and name in known for i, name in names.items()):
                continue
            file = load_relations(path)
            for interview in there.intersection(file.interviews):
                relations = file.of(interview)
                source = RelationSource(interview, path.name, relations, sha256, len(file.interviews))
                self.shipped[source.id] = source
        if known - self.looked_at:
            self.state = None  # kb ships others now, or their interview has gone

    def drop_shipped(self, ids: Iterable[str]) -> None:
        """Leave out shipped relations that name codes that are not there, until they are."""
        for id_ in ids:
            self.looked_at.discard(f"{id_} {self.shipped.pop(id_).sha256}")

    def labels(self) -> set[str]:
        """Every label of the study, as written."""
        labels = set(self.vocabulary().labels)
        return labels.union(*(project.labels for project in self.projects.values()))

    def vocabulary(self) -> Vocabulary:
        """The names of all sources, counted."""
        replaced = self.replaced
        if self.state:
            found = self.state.vocabulary.copy()
            stored = self.stored.of_interviews(self.touched)
            for source in stored.values():
                if source.id in replaced:
                    found.add(source.format, source.labels, -1)
        else:
            found, stored = Vocabulary(), self.stored.sources
            for source in stored.values():
                if source.id not in replaced:
                    found.add(source.format, source.labels)
        for id_, head in self.brought.items():
            # Shipped ones that do not fit their interview are counted, but not in the graph.
            counted = self.state and f"{id_} {head.sha256}" in self.state.shipped
            if id_ in stored or not counted:
                found.add(head.format, head.names)
        return found

    def concepts(self, vocabulary: Vocabulary, codebook: Codebook) -> dict[str, Concept]:
        """What every label, and every name in a relation or a catalogue, means."""
        labels = set(vocabulary.labels).union(*(project.labels for project in self.projects.values()))
        uses = set(vocabulary.uses).union(*(source.uses for source in self.catalogues.values()))
        named = {use.partition(":")[2] for use in uses}
        codes = labels | {name for name in named if codebook.canonical(name)}
        resolution = resolve(codes, codebook)
        concepts = {concept.name: concept for concept in resolution.concepts}
        concepts |= {label: resolution.concept(label) for label in codes}
        concepts = described(concepts, self.projects.values())
        concepts |= free_concepts(uses, concepts)
        return concepts | catalogue_concepts(self.catalogues.values(), concepts)


def _spoken_of(path: Path) -> set[str]:
    """Ids of the interviews that a relations file of kb's own may speak of, without reading it as YAML."""
    return {found.lstrip("0") or "0" for found in _SPOKEN_OF.findall(path.read_text(encoding="utf-8"))}
