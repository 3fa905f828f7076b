"""What the graph holds of sources already: enough to tell what must be read or built again.

Nothing here reads more than it is asked for: a load of one interview into thousands asks for that one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kb.codebook import Codebook, shipped_codebook
from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT, RelationSource
from kb.ingest.speakers import SpeakerReport, ranked
from kb.ingest.vocabulary import STATE, State
from kb.store.bolt import Store
from kb.store.pending import PENDING, Pending

_SOURCE = (
    "s.id AS id, s.interview AS interview, s.file AS file, s.format AS format, s.sha256 AS sha256, "
    "coalesce(s.digest, '') AS digest, s.labels AS labels, coalesce(s.parts, 0) AS parts, "
    "coalesce(s.relations, 0) AS relations, s.lost AS lost, s.project AS project"
)
# One statement: each would cost a load of one small file as much as the others do together.
_WHOLE = (
    "CALL { MATCH (b:Codebook) RETURN collect({sha256: b.sha256, text: b.text}) AS books } "
    "CALL { MATCH (c:Catalogue) RETURN collect({id: c.id, reading: c.reading, file: c.file, "
    "sha256: c.sha256, build: c.build}) AS catalogues } "
    f"CALL {{ MATCH (s:{STATE}) RETURN collect(properties(s)) AS states }} "
    f"CALL {{ MATCH (p:{PENDING}) RETURN collect(properties(p)) AS marks }} "
    "CALL { MATCH (i:Interview) RETURN count(i) AS interviews } "
    "CALL { MATCH (p:Project) RETURN collect({file: p.file, format: p.format, sha256: p.sha256, "
    "reading: p.reading, build: p.build}) AS projects } "
    "RETURN books, catalogues, states, marks, interviews, projects"
)
_SPEAKERS = (
    "UNWIND $of AS of MATCH (i:Interview)-[:HAS_TURN]->(t:Turn) WHERE i.id = of "
    "RETURN of AS interview, coalesce(t.speaker, '') AS speaker, t.role AS role, count(t) AS turns"
)
_MANY = 200  # files; of more than these it is quicker to ask for all than for each


@dataclass(frozen=True)
class StoredSource:
    """A source as the graph knows it, without its reading.

    Attributes:
        parts: Of a relations file: how many interviews it speaks of.
        relations: How many relations it has.
        lost: What of it found no place, as `kb.ingest.report.NotPlaced` in JSON.
    """

    id: str
    interview: str
    file: str
    format: str
    sha256: str
    digest: str
    labels: tuple[str, ...]
    parts: int = 0
    relations: int = 0
    lost: tuple[str, ...] = ()
    project: str | None = None


@dataclass(frozen=True)
class Stored:
    """The sources in the graph, asked for as they are needed; codebook and catalogues kept there.

    A catalogue is a row with ``reading``, ``file``, ``sha256`` and ``build``
    (see `kb.ingest.catalogues.CatalogueSource.row`).

    Attributes:
        state: What the names meant when the last load was done; None if that is not known, as after
            an interrupted one.
        pending: What interrupted loads left to be done.
        empty: There is no interview.
        projects: What files say of the whole study, by id.
    """

    store: Store | None = None
    codebook_sha256: str | None = None
    codebook_text: str | None = None
    catalogues: tuple[dict[str, str], ...] = ()
    state: State | None = None
    pending: Pending = field(default_factory=Pending)
    empty: bool = True
    projects: dict[str, Project] = field(default_factory=dict)

    @cached_property
    def sources(self) -> dict[str, StoredSource]:
        """All of them, by id."""
        return {source.id: source for source in self._sources("MATCH (s:Source)")}

    @cached_property
    def builds(self) -> dict[str, str]:
        """Fingerprints of all interviews, by id."""
        return self._builds("MATCH (i:Interview)")

    def of_files(self, names: Collection[str]) -> Iterator[StoredSource]:
        """The sources that come from files of these names."""
        if len(names) > _MANY or "sources" in self.__dict__:
            found: Iterable[StoredSource] = (s for s in self.sources.values() if s.file in names)
        else:
            found = self._sources("UNWIND $of AS of MATCH (s:Source) WHERE s.file = of", sorted(names))
        yield from found

    def of_interviews(self, interviews: Collection[str]) -> dict[str, StoredSource]:
        """The sources of these interviews, by id."""
        if len(interviews) > _MANY or "sources" in self.__dict__:
            return {s.id: s for s in self.sources.values() if s.interview in interviews}
        asked = "UNWIND $of AS of MATCH (s:Source) WHERE s.interview = of"
        return {source.id: source for source in self._sources(asked, sorted(interviews))}

    def builds_of(self, interviews: Collection[str]) -> dict[str, str]:
        """Fingerprints of those of these interviews that are there, by id."""
        if len(interviews) > _MANY or "builds" in self.__dict__:
            return {i: self.builds[i] for i in interviews if i in self.builds}
        return self._builds("UNWIND $of AS of MATCH (i:Interview) WHERE i.id = of", sorted(interviews))

    def speakers_of(self, interviews: Collection[str]) -> dict[str, list[SpeakerReport]]:
        """Who speaks in these interviews as the graph holds them, those with the most turns first, by id."""
        if self.store is None or self.empty or not interviews:
            return {}
        found: dict[str, list[SpeakerReport]] = {}
        for row in self.store.read(_SPEAKERS, {"of": sorted(interviews)}, timeout=0).rows:
            one = SpeakerReport(speaker=row["speaker"], role=row["role"], turns=row["turns"])
            found.setdefault(row["interview"], []).append(one)
        return {id_: ranked(speakers) for id_, speakers in found.items()}

    def _sources(self, match: str, of: Collection[str] = ()) -> Iterator[StoredSource]:
        if self.store is None or self.empty:
            return
        names: dict[str, str] = {}  # the same label of two sources is one text in memory
        for row in self.store.read(f"{match} RETURN {_SOURCE} ORDER BY id", {"of": list(of)}, timeout=0).rows:
            labels = tuple(names.setdefault(label, label) for label in row["labels"] or ())
            yield StoredSource(**{**row, "labels": labels, "lost": tuple(row["lost"] or ())})

    def _builds(self, match: str, of: Collection[str] = ()) -> dict[str, str]:
        if self.store is None or self.empty:
            return {}
        rows = self.store.read(
            f"{match} RETURN i.id AS id, i.build AS build", {"of": list(of)}, timeout=0
        ).rows
        return {row["id"]: row["build"] or "" for row in rows}


def read_stored(store: Store | None) -> Stored:
    """Ask the graph; an absent store (a dry run on nothing) holds nothing."""
    if store is None:
        return Stored()
    row = store.read(_WHOLE, timeout=0).rows[0]
    book = row["books"]
    catalogues = sorted(row["catalogues"], key=lambda catalogue: str(catalogue.pop("id")))
    pending = Pending.load(row["marks"])
    return Stored(
        store,
        book[0]["sha256"] if book else None,
        book[0]["text"] if book else None,
        tuple(catalogues),
        State.load(row["states"][0]) if row["states"] and not pending else None,
        pending,
        empty=row["interviews"] == 0,
        projects={project.id: project for project in (Project.load(**row) for row in row["projects"])},
    )


def read_readings(
    store: Store | None, interview: str, without: set[str]
) -> tuple[list[Reading], list[RelationSource]]:
    """The readings that the graph keeps of one interview, but for the sources in `without`."""
    if store is None:
        return [], []
    rows = store.read(
        "MATCH (s:Source) WHERE s.interview = $interview RETURN s.id AS id, s.format AS format, "
        "s.file AS file, s.reading AS reading, s.sha256 AS sha256, s.lines AS lines, "
        "coalesce(s.parts, 0) AS parts ORDER BY id",
        {"interview": interview},
        timeout=0,
    ).rows
    readings, relations = [], []
    for row in rows:
        if row["id"] in without:
            continue
        if row["format"] == FORMAT:
            relations.append(RelationSource.load(interview, row))
        else:
            readings.append(Reading.load(row["reading"], row["sha256"]))
    return readings, relations


def stored_codebook(stored: Stored) -> Codebook | None:
    """The codebook that an earlier load brought, if any."""
    return Codebook.model_validate_json(stored.codebook_text) if stored.codebook_text else None


def kept_codebook(store: Store) -> Codebook:
    """The user's codebook, which the graph keeps; else the shipped one."""
    rows = store.read("MATCH (b:Codebook) RETURN b.text AS text").rows
    return Codebook.model_validate_json(rows[0]["text"]) if rows else shipped_codebook()
