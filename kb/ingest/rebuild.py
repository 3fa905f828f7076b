"""The graph held against its sources' readings, which it keeps, and made anew from them."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

from kb.errors import StoreError
from kb.ingest.load import rebuild_without
from kb.ingest.report import LoadReport
from kb.ingest.vocabulary import write_state
from kb.schema import CLAIM_ENDS
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store, Tx
from kb.store.digest import lines, parts
from kb.store.kept import wrong
from kb.store.pending import mark
from kb.store.sync import INTERVIEW

# What a graph is made from: all else follows.
_KEPT = ("Source", "Codebook", "Catalogue", "Project")


def differences(store: Store) -> dict[str, tuple[int, int]]:
    """How many nodes and edges are missing, and how many are there that should not be, by label or type.

    A graph is made from the readings in an embedded database that is thrown away. Interviews whose kept
    digests are not those of their rows are counted as too many under `kept digest`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="kb-check-") as folder,
        open_store(Settings(KB_DB=Path(folder) / "db")) as scratch,
    ):
        for label in _KEPT:
            rows = [dict(row["p"]) for row in store.stream(f"MATCH (n:{label}) RETURN properties(n) AS p")]
            scratch.transaction(partial(_copy, label=label, rows=rows))
        rebuild(scratch)
        wanted, there = Counter(lines(scratch)), Counter(lines(store))
    found: dict[str, tuple[int, int]] = {}
    for at, left in enumerate((wanted - there, there - wanted)):
        for (kind, _), count in left.items():
            both = list(found.get(kind, (0, 0)))
            both[at] += count
            found[kind] = (both[0], both[1])
    if count := len(wrong(store, parts(store))):
        found["kept digest"] = (0, count)
    return dict(sorted(found.items()))


def rebuild(store: Store) -> LoadReport:
    """Make every interview, catalogue and project anew from its readings, and the sums from the claims.

    What a user added to nodes that stay is kept.

    Raises:
        StoreError: The graph is too damaged for that.
    """
    with store.loading():
        try:
            store.transaction(_distrust)
            return rebuild_without(store, set())
        except (StoreError, ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"The graph is too damaged to be made anew in place ({' '.join(str(error).split())[:200]}); "
                "load the sources into another folder with --db, or restore a dump with "
                "`kb restore --replace`."
            ) from error


def _copy(tx: Tx, label: str, rows: list[dict[str, object]]) -> None:
    tx.batch(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.p", [{"p": row} for row in rows])


def _distrust(tx: Tx) -> None:
    """Forget what says that something is as it should be, and what belongs to nothing."""
    tx.run("MATCH (s:Source) WITH DISTINCT s.interview AS id MERGE (i:Interview {id: id})")
    for label in ("Interview", "Catalogue", "Project"):
        tx.run(f"MATCH (n:{label}) SET n.build = ''")
    with_sources = "MATCH (s:Source) RETURN collect(DISTINCT s.interview) AS ids"
    ids = tx.run(with_sources)[0]["ids"]
    for label in INTERVIEW.owned:
        own = f"MATCH (n:{label}) WHERE n.{INTERVIEW.prop} IS NOT NULL AND NOT n.{INTERVIEW.prop} IN $ids"
        tx.run(f"{own} DETACH DELETE n", {"ids": ids})
    tx.run("MATCH (n:Interview) WHERE NOT n.id IN $ids DETACH DELETE n", {"ids": ids})
    pairs = set()
    for kind, (type_, _, _) in CLAIM_ENDS.items():
        rows = tx.run(f"MATCH (a:Concept)-[r:{type_}]->(b:Concept) RETURN a.name AS a, b.name AS b")
        pairs |= {(kind, row["a"], row["b"]) for row in rows}
    mark(tx, pairs)
    write_state(tx, None)
