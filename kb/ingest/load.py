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
from kb.errors import StoreError, UsageError
from kb.ingest.align import merge
from kb.ingest.build import Built, build
from kb.ingest.catalogue_files import doubtful_names, gather_catalogues
from kb.ingest.catalogues import CatalogueSource, broader_pairs, fingerprint, write_catalogue
from kb.ingest.gather import Progress, gather
from kb.ingest.gather_people import gather_participants
from kb.ingest.gathered import Gathered
from kb.ingest.marks import kept, mark_loaded
from kb.ingest.overrides import Overrides
from kb.ingest.participants import matched, tell_unmatched
from kb.ingest.plan import Due, Plan
from kb.ingest.project import sync_projects
from kb.ingest.pseudonyms import renamed_codebook
from kb.ingest.reader import Reader
from kb.ingest.refuse import refuse_relations, refuse_strangers
from kb.ingest.relation_source import RelationSource, share_found
from kb.ingest.report import LoadReport, NotPlaced
from kb.ingest.sources import Sources
from kb.ingest.stored import read_stored, stored_codebook
from kb.ingest.telling import tell_unchanged
from kb.ingest.vocabulary import State, meanings, write_state
from kb.ingest.writing import Writer
from kb.store.bolt import Store, Tx
from kb.store.pending import Pending, mark_all
from kb.store.sums import claimed, refresh_sums
from kb.store.sync import Change, drop_orphans, sync_owned

# Raise it when the same sources give another graph, so that the next load builds all anew.
BUILD_VERSION = 4
# Relations that kb ships belong to an interview if at least half of their words are in it; an
# interview of another study with the same number has none.
_OURS = 0.5
_TURNS = 5  # how often a load whose lock was lost brings the graph in step once more


@dataclass(frozen=True)
class Options:
    """What the user asked for besides the paths.

    Attributes:
        codebook: Laid over the shipped one; kept in the graph for later loads. None keeps what is.
        catalogues: Catalogue files to load beside.
        participants: Tables of participants to load beside (`kb.ingest.participants`).
        without_pseudonyms: What is loaded holds no names, though the graph has interviews whose names
            were replaced.
        shipped_relations: Use the relations files that kb ships where they fit.
        dry_run: Read and put together, but write nothing.
        file_timeout: Seconds that a file's reading may take, as `Reader` takes them.
    """

    overrides: Overrides = field(default_factory=Overrides)
    codebook: Codebook | None = None
    catalogues: tuple[Path, ...] = ()
    participants: tuple[Path, ...] = ()
    without_pseudonyms: bool = False
    shipped_relations: bool = True
    dry_run: bool = False
    file_timeout: float | None = None


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

    Raises:
        UsageError: The graph holds interviews whose names were replaced, and this load replaces none.
    """
    options = options or Options()
    if store is None or options.dry_run:
        return _load(store, paths, options, progress)
    with store.loading() as alone:
        report = _load(store, paths, options, progress)
        settled = alone()
    if not settled:
        _settle(store)
    return report


def _settle(store: Store) -> None:
    """Bring in step what two loads have written at once, of which neither knew the other's sources."""
    for _ in range(_TURNS):
        with store.loading() as alone:
            store.transaction(lambda tx: write_state(tx, None))
            rebuild_without(store, set())
            if alone():
                return
    raise StoreError("The connection to the server broke again and again; load again when it holds.")


def _load(store: Store | None, paths: Iterable[Path], options: Options, progress: Progress) -> LoadReport:
    report = LoadReport(dry_run=options.dry_run)
    stored = read_stored(store)
    book = stored_codebook(stored)
    overrides = options.overrides
    if book and not overrides.codes:
        overrides = replace(overrides, codes=tuple(book.canonical_of), codes_are_new=False)
    paths, names = list(paths), overrides.pseudonyms
    known = kept(store, names)
    if known.marks.lists and not (names or options.without_pseudonyms) and (paths or options.participants):
        raise UsageError(
            "The names in this graph were replaced: name the list again with --pseudonyms FILE, or say "
            "--no-pseudonyms if what you load holds no names."
        )
    if names and options.codebook:
        options = replace(options, codebook=renamed_codebook(names, options.codebook))
    with Reader(options.file_timeout) as reader:
        gathered = gather(paths, stored, overrides, report, progress, reader, known)
        for path in options.participants:
            gather_participants(path, stored, overrides, known, reader, gathered, report)
        new = {*gathered.readings, *gathered.relations, *gathered.projects}
        if names or known.marks.lists:
            mark_loaded(None if options.dry_run else store, stored, known, new, report)
        tell_unchanged(stored, report)
        codebook = options.codebook or book or shipped_codebook()
        _Load(Sources(store, stored, gathered, stored.state), codebook, options, report, reader).run()
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
    with Reader() as reader:
        _Load(Sources(store, stored, Gathered(removed=gone)), codebook, options, report, reader).run()
    return report


class _Load:
    """One load's state; `run` does it."""

    def __init__(
        self, sources: Sources, codebook: Codebook, options: Options, report: LoadReport, reader: Reader
    ) -> None:
        self.sources = sources
        self.reader = reader
        self.store = None if options.dry_run else sources.store
        self.codebook = codebook
        self.options = options
        self.report = report
        self.pending = sources.stored.pending

    def run(self) -> None:
        sources = self.sources
        self._keep_codebook()
        catalogues = {c.id: c for c in (CatalogueSource.load(**row) for row in sources.stored.catalogues)}
        new = gather_catalogues(self.options.catalogues, catalogues, self.report, self.reader)
        sources.catalogues = catalogues | new
        refuse_strangers(sources, self.report)
        if sources.state and sources.state.version != BUILD_VERSION:
            sources.state = None
            if self.store is not None:  # the sums are written anew too, whether or not their claims change
                others = self.store.transaction(mark_all)
                self.pending = Pending(self.pending.marks | others.marks, self.pending.pairs | others.pairs)
        state = self._resolve()
        if sources.state and sources.state.changed(state.meanings, self.concepts):
            sources.state = None  # a name means something else: any interview may have to be built again
            state = self._resolve()
        self.broader = broader_pairs(sources.catalogues.values(), self.concepts, self.codebook)
        for interview in sorted(sources.gone):
            if self.store is not None:
                self._count(self.store.transaction(partial(delete_interview, interview=interview)))
        self._interviews(state)
        for source in sources.catalogues.values():
            if source.id in new:
                self.report.not_placed += doubtful_names(source, self.codebook, sources.labels())
            self._catalogue(source)
        if self.store is not None:
            self._projects(self.store)

    def _projects(self, store: Store) -> None:
        """Write what files say of the study, and tell the rows of participants that are nobody's."""
        stored, wanted = self.sources.stored.projects, self.sources.projects
        known = matched(store, wanted)
        self._count(sync_projects(store, stored, wanted, self.concepts, BUILD_VERSION, known))
        for id_, table in known.items():
            before = stored.get(id_)
            if id_ in self.sources.new.paths or before is None:
                tell_unmatched(wanted[id_], table, self.report.not_placed.append)

    def _resolve(self) -> State:
        """Settle which relations count, and what every name means."""
        sources = self.sources
        if self.options.shipped_relations:
            sources.use_shipped()
        elif sources.state:
            touched = sources.touched
            sources.looked_at = {s for s in sources.state.shipped if s.split("/", 1)[0] not in touched}
        refuse_relations(sources, self.codebook, self.report)
        vocabulary = sources.vocabulary()
        self.concepts = sources.concepts(vocabulary, self.codebook)
        return State(BUILD_VERSION, vocabulary, meanings(self.concepts), frozenset(sources.looked_at))

    def _interviews(self, state: State) -> None:
        """Build and write the interviews that need it; tell again what was lost in the others."""
        sources, stored = self.sources, self.sources.stored
        plan = Plan(sources, self.concepts, BUILD_VERSION)
        due = plan.due()
        # A graph without interviews keeps nothing of a study; to be told before their readings are taken.
        left = state if sources.state or sources.interviews else None
        if self.store is None:
            for each in due:
                self._build(plan, each)
        elif due or self.pending or stored.state != left:
            writer = Writer(self.store, self.pending, self.broader, self._count)
            for each in due:
                writer.put(self._build(plan, each), known=each.known)
            writer.finish(left)
        written = {each.interview for each in due}
        for id_ in sorted(sources.new.unchanged):
            source = sources.new.unchanged[id_]
            if source.interview not in written:
                self.report.not_placed += map(NotPlaced.model_validate_json, source.lost)

    def _build(self, plan: Plan, due: Due) -> Built:
        """Put one interview together."""
        readings, relations = plan.take(due)
        merged = merge(readings)
        shipped = {source.id for source in self.sources.shipped.values()}
        relations = [s for s in relations if s.id not in shipped or share_found(s, merged.turns) >= _OURS]
        built = build(readings, merged, relations, self.concepts, due.fingerprint)
        self.report.interviews.append(due.interview)
        self.report.not_placed += [_used(s, built) for s in relations if s.id in shipped]
        self.report.not_placed += built.unplaced
        return built

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


def _used(source: RelationSource, built: Built) -> NotPlaced:
    """That relations of kb's own are in the graph, which the user did not name."""
    count = sum(claim.source == source.file for claim in built.claims)
    message = f"relations of interview {source.interview} that kb ships are loaded with it: {count}."
    return NotPlaced(level="info", source=source.file, message=message)


def delete_interview(tx: Tx, interview: str) -> Change:
    """Take an interview out of the graph, with all that only it supported."""
    before = claimed(tx, "interview", [interview])[interview]
    change = sync_owned(tx, interview, [], [])
    refresh_sums(tx, before)
    drop_orphans(tx)
    write_state(tx, None)
    return change
