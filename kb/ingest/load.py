"""Loading: sources in, the graph in step with them, a report of what went where.

Each interview is put together from all its sources (`kb.ingest.build`) and written in one
transaction; an interview whose sources, and whose codes' meaning, are as before is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kb.codebook import Codebook, shipped_codebook
from kb.ingest.align import SAME_INTERVIEW, merge, ranked
from kb.ingest.build import Built, build
from kb.ingest.catalogue_files import doubtful_names, gather_catalogues
from kb.ingest.catalogues import CatalogueSource, broader_pairs, fingerprint, write_catalogue
from kb.ingest.gather import Gathered, Progress, gather
from kb.ingest.overrides import Overrides
from kb.ingest.people import People
from kb.ingest.project import sync_projects
from kb.ingest.relation_source import RelationSource, relation_claims, share_found
from kb.ingest.report import LoadReport, NotPlaced
from kb.ingest.sources import Sources
from kb.ingest.stored import read_readings, read_stored, stored_codebook
from kb.relations import unknown_names
from kb.store.bolt import Store, Tx
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
    kept = stored_codebook(stored)
    overrides = options.overrides
    if kept and not overrides.codes:
        overrides = replace(overrides, codes=tuple(kept.canonical_of), codes_are_new=False)
    gathered = gather(paths, stored, overrides, report, progress)
    codebook = options.codebook or kept or shipped_codebook()
    _Load(Sources(store, stored, gathered), codebook, options, report).run()
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
    codebook = stored_codebook(stored) or shipped_codebook()
    options = Options(shipped_relations=False)  # those in the graph stay, and no others come
    _Load(Sources(store, stored, Gathered(removed=gone)), codebook, options, report).run()
    return report


class _Load:
    """One load's state; `run` does it."""

    def __init__(self, sources: Sources, codebook: Codebook, options: Options, report: LoadReport) -> None:
        self.sources = sources
        self.store = None if options.dry_run else sources.store
        self.codebook = codebook
        self.options = options
        self.report = report

    def run(self) -> None:
        sources = self.sources
        self._keep_codebook()
        catalogues = {c.id: c for c in (CatalogueSource.load(**row) for row in sources.stored.catalogues)}
        new = gather_catalogues(self.options.catalogues, catalogues, self.report)
        sources.catalogues = catalogues | new
        self._refuse_strangers()
        if self.options.shipped_relations:
            sources.use_shipped()
        self._refuse_relations()
        self.concepts = sources.concepts(self.codebook)
        self.broader = broader_pairs(sources.catalogues.values(), self.concepts, self.codebook)
        for interview in sorted(sources.gone):
            if self.store is not None:
                self._count(self.store.transaction(partial(delete_interview, interview=interview)))
        for interview in sorted(sources.interviews):
            print_ = sources.fingerprint(interview, self.concepts, BUILD_VERSION)
            if print_ != sources.stored.builds.get(interview):
                self._interview(interview, print_)
            else:
                self._still_lost(interview)
        for source in sources.catalogues.values():
            if source.id in new:
                self.report.not_placed += doubtful_names(source, self.codebook, sources.labels())
            self._catalogue(source)
        if self.store is not None:
            self._count(
                sync_projects(
                    self.store, sources.stored.projects, sources.projects, self.concepts, BUILD_VERSION
                )
            )

    def _interview(self, interview: str, print_: str) -> None:
        """Put one interview together and write it."""
        readings, relations = self.sources.of(interview)
        merged = merge(readings)
        shipped = {source.id for source in self.sources.shipped.values()}
        relations = [s for s in relations if s.id not in shipped or share_found(s, merged.turns) >= _OURS]
        built = build(readings, merged, relations, self.concepts, print_)
        self.report.interviews.append(interview)
        self.report.not_placed += [_used(s, built) for s in relations if s.id in shipped]
        self.report.not_placed += built.unplaced
        if self.store is not None:
            self._count(self.store.transaction(lambda tx: _write(tx, interview, built, self.broader)))

    def _still_lost(self, interview: str) -> None:
        """Tell again what finds no place in an unchanged relations file: it is still to be mended."""
        named = [s for s in self.sources.new.unchanged.values() if s.interview == interview]
        if not named:
            return
        turns = merge(self.sources.of(interview)[0]).turns
        people = People(interview, turns)
        for source in sorted(named, key=lambda s: s.id):
            self.report.not_placed += relation_claims(source, turns, self.concepts, people)[1]

    def _catalogue(self, source: CatalogueSource) -> None:
        """Write one catalogue, unless the graph has it as it should be."""
        print_ = fingerprint(source, self.concepts, self.broader, BUILD_VERSION)
        if self.store is None or print_ == source.build:
            return
        self._count(
            self.store.transaction(
                lambda tx: write_catalogue(tx, source, self.concepts, self.broader, print_)
            )
        )

    def _count(self, change: Change) -> None:
        self.report.nodes += change.nodes_created + change.nodes_updated + change.nodes_deleted
        self.report.edges += change.edges_created + change.edges_deleted

    def _keep_codebook(self) -> None:
        book = self.options.codebook
        if book is None or self.store is None:
            return
        if self.sources.stored.codebook_sha256 != book.digest:
            properties = {"id": "codebook", "sha256": book.digest, "text": book.model_dump_json()}
            self.store.transaction(
                lambda tx: tx.run("MERGE (b:Codebook {id: 'codebook'}) SET b = $p", {"p": properties})
            )

    def _refuse_strangers(self) -> None:
        """Refuse new sources that hardly align with the others: another interview's file.

        Before anything else is decided, so that a stored source of the same name stays in its place.
        """
        new = self.sources.new.readings
        for interview in sorted({reading.interview for reading in new.values()}):
            fresh = ranked([r for r in new.values() if r.interview == interview])
            kept = read_readings(self.sources.store, interview, set(new))[0] or fresh[:1]
            for reading in fresh:
                if reading in kept:
                    continue
                if min(placed.share for placed in merge([*kept, reading]).placed.values()) >= SAME_INTERVIEW:
                    kept.append(reading)
                    continue
                del new[reading.id]
                self._fail(
                    reading.id,
                    f"hardly a turn of it is in the other sources of interview {interview}; "
                    "if it is another interview, give it another name or --interview.",
                )

    def _refuse_relations(self) -> None:
        """Drop relations of interviews that are not there, and files that name unknown codes."""
        codes = self.sources.labels() | set(self.codebook.canonical_of)
        new, present = self.sources.new.relations, self.sources.interviews
        for id_, source in list(new.items()):
            errors = unknown_names(source.relations, codes) if source.interview in present else []
            if source.interview in present and not errors:
                continue
            del new[id_]
            more = f" ({len(errors) - 1} more like it)" if len(errors) > 1 else ""
            absent = f"interview {source.interview} is not in the graph; load its transcript too, or first."
            self._fail(id_, f"{errors[0]}{more}" if errors else absent)
        shipped = self.sources.shipped
        self.sources.shipped = {k: s for k, s in shipped.items() if not unknown_names(s.relations, codes)}

    def _fail(self, source_id: str, why: str) -> None:
        for source in self.report.sources:
            if source.source == source_id:
                source.status, source.error = "failed", why


def _used(source: RelationSource, built: Built) -> NotPlaced:
    """That relations of kb's own are in the graph, which the user did not name."""
    count = sum(claim.source == source.file for claim in built.claims)
    message = f"relations of interview {source.interview} that kb ships are loaded with it: {count}."
    return NotPlaced(level="info", source=source.file, message=message)


def _write(tx: Tx, interview: str, built: Built, broader: Iterable[tuple[str, str]]) -> Change:
    """Bring the graph in step with one interview as built, sums and catalogues' broader issues included."""
    before = claimed_pairs(tx, "interview", interview)
    upsert_shared(tx, built.shared_nodes, built.shared_edges)
    change = sync_owned(tx, interview, built.owned_nodes, built.owned_edges)
    after = {(claim.kind, claim.start, claim.end) for claim in built.claims}
    refresh_sums(tx, before | after)
    drop_orphans(tx)
    return change.plus(sync_broader(tx, broader))


def delete_interview(tx: Tx, interview: str) -> Change:
    """Take an interview out of the graph, with all that only it supported."""
    before = claimed_pairs(tx, "interview", interview)
    change = sync_owned(tx, interview, [], [])
    refresh_sums(tx, before)
    drop_orphans(tx)
    return change
