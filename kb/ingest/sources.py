"""All sources that the graph will have been put together from when a load is done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.codebook import Codebook, Concept, resolve
from kb.ingest.catalogues import CatalogueSource, catalogue_concepts
from kb.ingest.gather import Gathered, file_digest
from kb.ingest.project import Project, described
from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT, RelationSource, free_concepts
from kb.ingest.stored import Stored, read_readings
from kb.relations import load_relations, relations_files
from kb.resources import data_dir
from kb.store.bolt import Store
from kb.store.rows import canonical


@dataclass
class Sources:
    """What the graph holds already, and what this load brings instead or besides.

    Attributes:
        store: The graph; None for a dry run on nothing.
        stored: Its sources.
        new: Read in this load; sources that are refused are taken out of it.
        shipped: Relations that kb ships, of interviews that are there; the user's win over them.
        catalogues: All of them, those of this load in the place of those before.
    """

    store: Store | None
    stored: Stored
    new: Gathered
    shipped: dict[str, RelationSource] = field(default_factory=dict)
    catalogues: dict[str, CatalogueSource] = field(default_factory=dict)

    @property
    def interviews(self) -> set[str]:
        """Ids of the interviews that will be there."""
        return (set(self.stored.builds) | {r.interview for r in self.new.readings.values()}) - self.gone

    @property
    def gone(self) -> set[str]:
        """Ids of interviews that were there, and of which no source is left."""
        sources = self.stored.sources.values()
        removed = {s.interview for s in sources if s.id in self.new.removed and s.format != FORMAT}
        left = {s.interview for s in sources if s.id not in self.new.removed and s.format != FORMAT}
        return removed - left - {r.interview for r in self.new.readings.values()}

    @property
    def projects(self) -> dict[str, Project]:
        """What files say of the whole study, by id."""
        kept = {k: p for k, p in self.stored.projects.items() if k not in self.new.removed_projects}
        return kept | self.new.projects

    @property
    def replaced(self) -> set[str]:
        """Ids of stored sources that this load brings anew, or that are gone."""
        new = set(self.new.readings) | set(self.new.relations) | self.new.removed
        return new | (set(self.shipped) - set(self.new.paths))

    @property
    def relations(self) -> dict[str, RelationSource]:
        """Relations that are not read from the graph: shipped ones, and the user's over them."""
        shipped = {id_: s for id_, s in self.shipped.items() if id_ not in self.new.paths}
        return shipped | self.new.relations

    def use_shipped(self) -> None:
        """Take the shipped relations of the interviews that are there."""
        for path in relations_files(data_dir() / "relations"):
            file = load_relations(path)
            for interview in self.interviews.intersection(file.interviews):
                source = RelationSource(interview, path.name, file.of(interview), file_digest(path))
                self.shipped[source.id] = source

    def of(self, interview: str) -> tuple[list[Reading], list[RelationSource]]:
        """Readings and relations of one interview, from the graph and from this load."""
        readings, relations = read_readings(self.store, interview, self.replaced)
        readings += [r for r in self.new.readings.values() if r.interview == interview]
        relations += [s for s in self.relations.values() if s.interview == interview]
        return readings, relations

    def labels(self) -> set[str]:
        """Every label of the study, as written."""
        replaced = self.replaced
        labels = {
            label
            for source in self.stored.sources.values()
            if source.id not in replaced and source.format != FORMAT
            for label in source.labels
        }
        labels = labels.union(*(project.labels for project in self.projects.values()))
        return labels.union(*(reading.labels for reading in self.new.readings.values()))

    def uses(self) -> set[str]:
        """``place:name`` of every relation and every catalogue."""
        replaced = self.replaced
        uses = {
            use
            for source in self.stored.sources.values()
            if source.id not in replaced and source.format == FORMAT
            for use in source.labels
        }
        uses = uses.union(*(source.uses for source in self.relations.values()))
        return uses.union(*(source.uses for source in self.catalogues.values()))

    def concepts(self, codebook: Codebook) -> dict[str, Concept]:
        """What every label, and every name in a relation or a catalogue, means."""
        labels, uses = self.labels(), self.uses()
        named = {use.partition(":")[2] for use in uses}
        codes = labels | {name for name in named if codebook.canonical(name)}
        resolution = resolve(codes, codebook)
        concepts = {concept.name: concept for concept in resolution.concepts}
        concepts |= {label: resolution.concept(label) for label in codes}
        concepts = described(concepts, self.projects.values())
        concepts |= free_concepts(uses, concepts)
        return concepts | catalogue_concepts(self.catalogues.values(), concepts)

    def fingerprint(self, interview: str, concepts: Mapping[str, Concept], version: int) -> str:
        """Changes whenever what the interview is built from does: its sources, or what a name means.

        Args:
            interview: Its id.
            concepts: What the names mean now.
            version: Of the way interviews are built.
        """
        replaced = self.replaced
        digests: dict[str, str] = {}
        names: set[str] = set()
        for stored in self.stored.sources.values():
            if stored.interview == interview and stored.id not in replaced:
                digests[stored.id] = stored.sha256 + stored.digest
                names.update(
                    label.partition(":")[2] if stored.format == FORMAT else label for label in stored.labels
                )
        for reading in self.new.readings.values():
            if reading.interview == interview:
                digests[reading.id] = reading.sha256 + reading.digest
                names.update(reading.labels)
        for relation in self.relations.values():
            if relation.interview == interview:
                digests[relation.id] = relation.sha256 + relation.digest
                names.update(use.partition(":")[2] for use in relation.uses)
        meaning = {name: str(concepts[name]) for name in sorted(names)}
        issues = {
            str(concepts[issue]) for name in names if (issue := concepts[name].issue) and issue in concepts
        }
        text = canonical([version, digests, meaning, sorted(issues)])
        return hashlib.sha256(text.encode()).hexdigest()
