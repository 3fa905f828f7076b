"""Loading: sources in, the graph in step with them, a report of what went where.

Each interview is put together from all its sources (`kb.ingest.build`) and written in one
transaction; an interview whose sources, and whose codes' meaning, are as before is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.codebook import Codebook, Concept, resolve
from kb.ingest.align import SAME_INTERVIEW, merge, ranked
from kb.ingest.build import Built, build
from kb.ingest.catalogue_files import doubtful_names, gather_catalogues
from kb.ingest.catalogues import (
    CatalogueSource,
    broader_pairs,
    catalogue_concepts,
    fingerprint,
    write_catalogue,
)
from kb.ingest.gather import Gathered, Overrides, Progress, file_digest, gather
from kb.ingest.reading import Reading
from kb.ingest.relations import FORMAT, RelationSource, free_concepts, share_found
from kb.ingest.report import LoadReport, NotPlaced
from kb.ingest.stored import Stored, read_readings, read_stored, stored_codebook
from kb.relations import load_relations, relations_files, unknown_names
from kb.resources import data_dir
from kb.store.bolt import Store, Tx
from kb.store.rows import canonical
from kb.store.sums import claimed_pairs, refresh_sums
from kb.store.sync import Change, drop_orphans, sync_broader, sync_owned, upsert_shared

# Raise it when the same sources give another graph, so that the next load builds all anew.
BUILD_VERSION = 1
# Relations that kb ships belong to an interview if at least half of their words are in it; an
# interview of another study with the same number has none.
_OURS = 0.5


@dataclass(frozen=True)
class Options:
    """What the user asked for besides the paths.

    Attributes:
        codebook: Laid over the shipped one; kept in the graph for later loads. None keeps what is.
        catalogues: Catalogue files to load beside.
        shipped_relations: Use the relations files that kb ships where they fit.
        dry_run: Read and put together, but write nothing.
    """

    overrides: Overrides = field(default_factory=Overrides)
    codebook: Codebook | None = None
    catalogues: tuple[Path, ...] = ()
    shipped_relations: bool = True
    dry_run: bool = False


def load(
    store: Store | None,
    paths: Iterable[Path],
    options: Options | None = None,
    progress: Progress = lambda _done, _total, _name: None,
) -> LoadReport:
    """Load files, folders and patterns into the graph.

    Args:
        store: The graph; None only for a dry run where there is none yet.
        paths: As the user wrote them.
        options: See `Options`.
        progress: Called before each file.
    """
    options = options or Options()
    report = LoadReport(dry_run=options.dry_run)
    stored = read_stored(store)
    gathered = gather(paths, stored, options.overrides, report, progress)
    codebook = options.codebook or stored_codebook(stored) or Codebook.shipped()
    _Load(store, stored, gathered, codebook, options, report).run()
    return report


def rebuild_without(store: Store, gone: set[str]) -> LoadReport:
    """Put interviews together again without some of their sources.

    Args:
        store: The graph.
        gone: Ids of sources; each of their interviews keeps at least one. None of them: only what
            depends on the rest of the graph, as the kind of a concept may, is brought in step.
    """
    report = LoadReport()
    stored = read_stored(store)
    codebook = stored_codebook(stored) or Codebook.shipped()
    options = Options(shipped_relations=False)  # those in the graph stay, and no others come
    _Load(store, stored, Gathered(removed=gone), codebook, options, report).run()
    return report


class _Load:
    """One load's state; `run` does it."""

    def __init__(
        self,
        store: Store | None,
        stored: Stored,
        gathered: Gathered,
        codebook: Codebook,
        options: Options,
        report: LoadReport,
    ) -> None:
        self.store = store
        self.stored = stored
        self.new = gathered
        self.codebook = codebook
        self.options = options
        self.report = report
        self.catalogues = {c.id: c for c in (CatalogueSource.load(**row) for row in stored.catalogues)}

    def run(self) -> None:
        self._keep_codebook()
        self.new_catalogues = gather_catalogues(self.options.catalogues, self.catalogues, self.report)
        self.catalogues |= self.new_catalogues
        self._refuse_strangers()
        present = self._new_interviews() | set(self.stored.builds)
        self.shipped = self._shipped(present) if self.options.shipped_relations else {}
        self._refuse_relations(present)
        self.concepts = self._concepts()
        self.broader = broader_pairs(self.catalogues.values(), self.concepts, self.codebook)
        for interview in sorted(present):
            print_ = self._fingerprint(interview)
            if print_ != self.stored.builds.get(interview):
                self._one(interview, print_)
        for source in self.catalogues.values():
            self._catalogue(source)

    def _catalogue(self, source: CatalogueSource) -> None:
        """Write one catalogue, unless the graph has it as it should be."""
        if source.id in self.new_catalogues:
            self.report.not_placed += doubtful_names(source, self.codebook, self._labels())
        print_ = fingerprint(source, self.concepts, self.broader, BUILD_VERSION)
        if self.options.dry_run or self.store is None or print_ == source.build:
            return
        self._count(
            self.store.transaction(
                lambda tx: write_catalogue(tx, source, self.concepts, self.broader, print_)
            )
        )

    def _one(self, interview: str, print_: str) -> None:
        """Put one interview together and write it."""
        readings, relations = self._sources(interview)
        shipped = {s.id for s in self.shipped.values()}
        turns = merge(readings).turns
        relations = [s for s in relations if s.id not in shipped or share_found(s, turns) >= _OURS]
        built = build(readings, relations, self.concepts, print_)
        self.report.interviews.append(interview)
        self.report.not_placed += [
            NotPlaced(level="lost" if u.level == "lost" else "warning", source=u.source,
                      message=u.message, line=u.line, page=u.page)
            for u in built.unplaced
        ]  # fmt: skip
        if self.options.dry_run or self.store is None:
            return
        self._count(self.store.transaction(lambda tx: write_interview(tx, interview, built, self.broader)))

    def _count(self, change: Change) -> None:
        self.report.nodes += change.nodes_created + change.nodes_updated + change.nodes_deleted
        self.report.edges += change.edges_created + change.edges_deleted

    def _keep_codebook(self) -> None:
        book = self.options.codebook
        if book is None or self.store is None or self.options.dry_run:
            return
        if self.stored.codebook_sha256 != book.digest:
            properties = {"id": "codebook", "sha256": book.digest, "text": book.model_dump_json()}
            self.store.transaction(
                lambda tx: tx.run("MERGE (b:Codebook {id: 'codebook'}) SET b = $p", {"p": properties})
            )

    def _shipped(self, present: set[str]) -> dict[str, RelationSource]:
        sources = {}
        for path in relations_files(data_dir() / "relations"):
            file = load_relations(path)
            for interview in present.intersection(file.interviews):
                source = RelationSource(interview, path.name, file.of(interview), file_digest(path))
                sources[source.id] = source
        return sources

    def _replaced(self) -> set[str]:
        """Ids of stored sources that this load brings anew, or that are gone."""
        new = set(self.new.readings) | set(self.new.relations) | self.new.removed
        return new | (set(self.shipped) - set(self.new.paths))

    def _sources(self, interview: str) -> tuple[list[Reading], list[RelationSource]]:
        readings, relations = read_readings(self.store, interview, self._replaced())
        readings += [r for r in self.new.readings.values() if r.interview.interview == interview]
        relations += [s for s in self._new_relations().values() if s.interview == interview]
        return readings, relations

    def _new_relations(self) -> dict[str, RelationSource]:
        """The user's relations files win over shipped ones of the same name."""
        shipped = {id_: s for id_, s in self.shipped.items() if id_ not in self.new.paths}
        return shipped | self.new.relations

    def _refuse_relations(self, present: set[str]) -> None:
        """Drop relations of interviews that are not there, and files that name unknown codes."""
        codes = set(self._labels()) | set(self.codebook.canonical_of)
        refused: dict[str, str] = {}
        for id_, source in self.new.relations.items():
            if source.interview not in present:
                refused[id_] = (
                    f"interview {source.interview} is not in the graph; load its transcript too, or first."
                )
                continue
            errors = unknown_names(source.relations, codes)
            if errors:
                more = f" ({len(errors) - 1} more like it)" if len(errors) > 1 else ""
                refused[id_] = f"{errors[0]}{more}"
        for id_, why in refused.items():
            del self.new.relations[id_]
            self._fail(id_, why)
        self.shipped = {id_: s for id_, s in self.shipped.items() if not unknown_names(s.relations, codes)}

    def _fail(self, source_id: str, why: str) -> None:
        for source in self.report.sources:
            if source.source == source_id:
                source.status, source.error = "failed", why

    def _labels(self) -> set[str]:
        """Every label of the study: stored sources and new ones."""
        replaced = self._replaced()
        labels = {
            label
            for source in self.stored.sources.values()
            if source.id not in replaced and source.format != FORMAT
            for label in source.labels
        }
        return labels.union(*(reading.labels for reading in self.new.readings.values()))

    def _uses(self) -> set[str]:
        """``place:name`` of every relation and every catalogue: stored and new."""
        replaced = self._replaced()
        uses = {
            use
            for source in self.stored.sources.values()
            if source.id not in replaced and source.format == FORMAT
            for use in source.labels
        }
        uses = uses.union(*(source.uses for source in self._new_relations().values()))
        return uses.union(*(source.uses for source in self.catalogues.values()))

    def _concepts(self) -> dict[str, Concept]:
        """What every label, and every name in a relation, means."""
        labels, uses = self._labels(), self._uses()
        named = {use.partition(":")[2] for use in uses}
        codes = labels | {name for name in named if self.codebook.canonical(name)}
        resolution = resolve(codes, self.codebook)
        concepts = {concept.name: concept for concept in resolution.concepts}
        concepts |= {label: resolution.concept(label) for label in codes}
        concepts |= free_concepts(uses, concepts)
        return concepts | catalogue_concepts(self.catalogues.values(), concepts)

    def _fingerprint(self, interview: str) -> str:
        """Changes whenever what the interview is built from does."""
        replaced = self._replaced()
        sources: dict[str, tuple[str, tuple[str, ...]]] = {
            s.id: (s.sha256 + s.digest, s.labels)
            for s in self.stored.sources.values()
            if s.interview == interview and s.id not in replaced
        }
        for reading in self.new.readings.values():
            if reading.interview.interview == interview:
                sources[reading.id] = (reading.sha256 + reading.digest, reading.labels)
        for relation in self._new_relations().values():
            if relation.interview == interview:
                sources[relation.id] = (relation.sha256 + relation.digest, relation.uses)
        names = {
            label.partition(":")[2] if f"/{FORMAT}/" in id_ else label
            for id_, (_, labels) in sources.items()
            for label in labels
        }
        meaning = {name: str(self.concepts[name]) for name in sorted(names)}
        issues = {
            str(self.concepts[issue])
            for name in names
            if (issue := self.concepts[name].issue) and issue in self.concepts
        }
        digests = {id_: digest for id_, (digest, _) in sources.items()}
        text = canonical([BUILD_VERSION, digests, meaning, sorted(issues)])
        return hashlib.sha256(text.encode()).hexdigest()

    def _new_interviews(self) -> set[str]:
        return {reading.interview.interview for reading in self.new.readings.values()}

    def _refuse_strangers(self) -> None:
        """Refuse new sources that hardly align with the others: another interview's file.

        Before anything else is decided, so that a stored source of the same name stays in its place.
        """
        for interview in sorted(self._new_interviews()):
            fresh = ranked([r for r in self.new.readings.values() if r.interview.interview == interview])
            kept = read_readings(self.store, interview, set(self.new.readings))[0] or fresh[:1]
            for reading in fresh:
                if reading in kept:
                    continue
                if min(placed.share for placed in merge([*kept, reading]).placed.values()) >= SAME_INTERVIEW:
                    kept.append(reading)
                    continue
                del self.new.readings[reading.id]
                self._fail(
                    reading.id,
                    f"hardly a turn of it is in the other sources of interview {interview}; "
                    "if it is another interview, give it another name or --interview.",
                )


def write_interview(tx: Tx, interview: str, built: Built, broader: Iterable[tuple[str, str]] = ()) -> Change:
    """Bring the graph in step with one interview as built, sums and catalogues' broader issues included."""
    before = claimed_pairs(tx, "interview", interview)
    upsert_shared(tx, built.shared_nodes, built.shared_edges)
    change = sync_owned(tx, interview, built.owned_nodes, built.owned_edges)
    after = {(claim.kind, claim.start, claim.end) for claim in built.claims}
    refresh_sums(tx, before | after)
    drop_orphans(tx)
    return change.plus(sync_broader(tx, broader))


def labels_used(store: Store) -> Mapping[str, int]:
    """Codings of each label as written, for `kb check`."""
    rows = store.read(
        "MATCH (:Turn)-[r:CODED_AS]->(:Concept) RETURN r.label AS label, count(r) AS n ORDER BY label"
    ).rows
    return {row["label"]: int(row["n"]) for row in rows}
