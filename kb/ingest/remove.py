"""Taking sources out: the interview is put together again from what is left, or goes whole."""

from __future__ import annotations

from kb.errors import UsageError
from kb.ingest.catalogues import delete_catalogue
from kb.ingest.load import rebuild_without
from kb.ingest.relation_source import FORMAT
from kb.ingest.stored import read_stored
from kb.store.bolt import Store, Tx
from kb.store.sums import claimed_pairs, refresh_sums
from kb.store.sync import drop_orphans, sync_owned
from kb.text.nearest import did_you_mean


def remove(store: Store, interview: str, *, coder: str | None = None, round_: str | None = None) -> list[str]:
    """Remove an interview, or the sources of one coder or round.

    Returns:
        Ids of the sources that went.

    Raises:
        UsageError: There is no such interview, or no such source of it.
    """
    stored = read_stored(store)
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
        store.transaction(lambda tx: _delete(tx, interview))
        rebuild_without(store, set())
    return sorted(gone)


def remove_catalogue(store: Store, catalogue: str) -> None:
    """Remove a catalogue.

    Raises:
        UsageError: There is no such catalogue.
    """
    names = [row["id"] for row in store.read("MATCH (c:Catalogue) RETURN c.id AS id").rows]
    if catalogue not in names:
        raise UsageError(f"There is no catalogue {catalogue!r} in the graph.{did_you_mean(catalogue, names)}")
    store.transaction(lambda tx: delete_catalogue(tx, catalogue))
    rebuild_without(store, set())


def _matches(source_id: str, coder: str | None, round_: str | None) -> bool:
    parts = source_id.split("/")
    return len(parts) == 3 and coder in (None, parts[1]) and round_ in (None, parts[2])


def _delete(tx: Tx, interview: str) -> None:
    before = claimed_pairs(tx, "interview", interview)
    sync_owned(tx, interview, [], [])
    refresh_sums(tx, before)
    drop_orphans(tx)
