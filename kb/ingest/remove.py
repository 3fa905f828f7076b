"""Taking sources out: the interview is put together again from what is left, or goes whole."""

from __future__ import annotations

from functools import partial

from kb.errors import UsageError
from kb.ingest.catalogues import delete_catalogue
from kb.ingest.load import delete_interview, rebuild_without
from kb.ingest.project import delete_project
from kb.ingest.relation_source import FORMAT
from kb.ingest.stored import Stored, read_stored
from kb.store.bolt import Store
from kb.store.sync import drop_orphans
from kb.text.nearest import did_you_mean


def remove(store: Store, interview: str, *, coder: str | None = None, round_: str | None = None) -> list[str]:
    """Remove an interview, or the sources of one coder or round; or all of a file, by its project's id.

    Returns:
        Ids of the sources that went.

    Raises:
        UsageError: There is no such interview, or no such source of it.
    """
    with store.loading():
        return _remove(store, interview, coder, round_)


def _remove(store: Store, interview: str, coder: str | None, round_: str | None) -> list[str]:
    stored = read_stored(store)
    if interview in stored.projects:
        return _remove_file(store, stored, interview)
    if interview not in stored.builds:
        raise UsageError(
            f"There is no interview {interview!r} in the graph.{did_you_mean(interview, stored.builds)}"
        )
    own = [s for s in stored.sources.values() if s.interview == interview]
    gone = [
        s.id
        for s in own
        if (coder is None and round_ is None) or (s.format != FORMAT and _matches(s.id, coder, round_))
    ]
    if not gone:
        raise UsageError(
            f"Interview {interview} has no source of that coder and round; see `kb query by-interview`."
        )
    left = [s for s in own if s.id not in gone and s.format != FORMAT]
    if left:
        rebuild_without(store, set(gone))
    else:
        store.transaction(lambda tx: delete_interview(tx, interview))
        rebuild_without(store, set())
    _drop_empty_projects(store)
    return sorted(gone)


def _remove_file(store: Store, stored: Stored, project: str) -> list[str]:
    """Remove all sources of a file that holds several, and what it says of the study."""
    gone = [s for s in stored.sources.values() if s.project == project]
    for interview in sorted({source.interview for source in gone}):
        ids = {source.id for source in gone if source.interview == interview}
        others = [s for s in stored.sources.values() if s.interview == interview and s.format != FORMAT]
        if all(source.id in ids for source in others):
            store.transaction(partial(delete_interview, interview=interview))
        else:
            rebuild_without(store, ids)
    store.transaction(partial(delete_project, project=project))
    store.transaction(drop_orphans)
    rebuild_without(store, set())
    return sorted([project, *(source.id for source in gone)])


def _drop_empty_projects(store: Store) -> None:
    """What a file says of the study goes with the last of its sources."""
    stored = read_stored(store)
    held = {source.project for source in stored.sources.values()}
    empty = [p.id for p in stored.projects.values() if p.sources and p.id not in held]
    for project in sorted(empty):
        store.transaction(partial(delete_project, project=project))
    if empty:
        store.transaction(drop_orphans)
        rebuild_without(store, set())


def remove_catalogue(store: Store, catalogue: str) -> None:
    """Remove a catalogue.

    Raises:
        UsageError: There is no such catalogue.
    """
    with store.loading():
        names = [row["id"] for row in store.read("MATCH (c:Catalogue) RETURN c.id AS id").rows]
        if catalogue not in names:
            raise UsageError(
                f"There is no catalogue {catalogue!r} in the graph.{did_you_mean(catalogue, names)}"
            )
        store.transaction(lambda tx: delete_catalogue(tx, catalogue))
        rebuild_without(store, set())


def _matches(source_id: str, coder: str | None, round_: str | None) -> bool:
    parts = source_id.split("/")
    return len(parts) == 3 and coder in (None, parts[1]) and round_ in (None, parts[2])
