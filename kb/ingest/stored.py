"""What the graph holds of sources already: enough to tell what must be read or built again."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.codebook import Codebook, shipped_codebook
from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT, RelationSource
from kb.store.bolt import Store


@dataclass(frozen=True)
class StoredSource:
    """A source as the graph knows it, without its reading."""

    id: str
    interview: str
    file: str
    format: str
    sha256: str
    digest: str
    labels: tuple[str, ...]
    project: str | None = None


@dataclass(frozen=True)
class Stored:
    """All sources and projects in the graph, by id; fingerprints of interviews; codebook, catalogues.

    A catalogue is a row with ``reading``, ``file``, ``sha256`` and ``build``
    (see `kb.ingest.catalogues.CatalogueSource.row`).
    """

    sources: dict[str, StoredSource] = field(default_factory=dict)
    builds: dict[str, str] = field(default_factory=dict)
    codebook_sha256: str | None = None
    codebook_text: str | None = None
    catalogues: tuple[dict[str, str], ...] = ()
    projects: dict[str, Project] = field(default_factory=dict)


def read_stored(store: Store | None) -> Stored:
    """Ask the graph; an absent store (a dry run on nothing) holds nothing."""
    if store is None:
        return Stored()
    sources = store.read(
        "MATCH (s:Source) RETURN s.id AS id, s.interview AS interview, s.file AS file, "
        "s.format AS format, s.sha256 AS sha256, coalesce(s.digest, '') AS digest, s.labels AS labels, "
        "s.project AS project"
    )
    builds = store.read("MATCH (i:Interview) RETURN i.id AS id, i.build AS build")
    book = _book(store)
    catalogues = store.read(
        "MATCH (c:Catalogue) RETURN c.reading AS reading, c.file AS file, c.sha256 AS sha256, "
        "c.build AS build ORDER BY c.id"
    ).rows
    return Stored(
        {row["id"]: StoredSource(**{**row, "labels": tuple(row["labels"] or ())}) for row in sources.rows},
        {row["id"]: row["build"] or "" for row in builds.rows},
        book["sha256"] if book else None,
        book["text"] if book else None,
        tuple(catalogues),
        read_projects(store),
    )


def read_projects(store: Store) -> dict[str, Project]:
    """What files say of the whole study, by id."""
    rows = store.read(
        "MATCH (p:Project) RETURN p.file AS file, p.format AS format, p.sha256 AS sha256, "
        "p.reading AS reading, p.build AS build"
    ).rows
    projects = (Project.load(**row) for row in rows)
    return {project.id: project for project in projects}


def read_readings(
    store: Store | None, interview: str, without: set[str]
) -> tuple[list[Reading], list[RelationSource]]:
    """The readings that the graph keeps of one interview, but for the sources in `without`."""
    if store is None:
        return [], []
    rows = store.read(
        "MATCH (s:Source) WHERE s.interview = $interview RETURN s.id AS id, s.format AS format, "
        "s.file AS file, s.reading AS reading, s.sha256 AS sha256 ORDER BY id",
        {"interview": interview},
    ).rows
    readings, relations = [], []
    for row in rows:
        if row["id"] in without:
            continue
        if row["format"] == FORMAT:
            relations.append(RelationSource.load(interview, row["file"], row["reading"], row["sha256"]))
        else:
            readings.append(Reading.load(row["reading"], row["sha256"]))
    return readings, relations


def stored_codebook(stored: Stored) -> Codebook | None:
    """The codebook that an earlier load brought, if any."""
    return Codebook.model_validate_json(stored.codebook_text) if stored.codebook_text else None


def kept_codebook(store: Store) -> Codebook:
    """The user's codebook, which the graph keeps; else the shipped one."""
    book = _book(store)
    return Codebook.model_validate_json(book["text"]) if book else shipped_codebook()


def _book(store: Store) -> dict[str, str] | None:
    rows = store.read("MATCH (b:Codebook) RETURN b.sha256 AS sha256, b.text AS text").rows
    return rows[0] if rows else None
