"""Interviews into the graph as they are built: several small ones in one transaction, the sums at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kb.ingest.build import Built
from kb.ingest.vocabulary import State, write_state
from kb.store.bolt import Store, Tx
from kb.store.create import create_whole
from kb.store.pending import Pending, mark, unmark
from kb.store.rows import EdgeRow, Ref
from kb.store.sums import Pair, add_to_sums, claimed, refresh_sums, with_several
from kb.store.sync import Change, drop_orphans, sync_broader, sync_owned, upsert_shared
from kb.store.told import Told

# Nodes and edges a transaction: some twenty interviews, enough that what a transaction costs by itself
# does not count, few enough that they need little memory on both sides.
_ROWS = 8000
# Claims that are waiting to be added to the sums; more are added before the load goes on.
_WAITING = 4000


@dataclass
class _Owed:
    """What the sums do not say yet.

    Attributes:
        again: Pairs of which the claims must be read again.
        claims: New claims of pairs.
        several: Those of their interviews that have several interviewees.
        marks: Marks in the graph that say the same.
        loosened: Something was taken out, so that concepts may be left that nothing speaks of.
    """

    again: set[Pair] = field(default_factory=set)
    claims: dict[Pair, list[Told]] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    loosened: bool = False

    def plus(self, other: _Owed) -> _Owed:
        claims = {pair: [*told] for pair, told in self.claims.items()}
        for pair, told in other.claims.items():
            claims.setdefault(pair, []).extend(told)
        return _Owed(
            self.again | other.again,
            claims,
            self.several | other.several,
            self.marks | other.marks,
            self.loosened or other.loosened,
        )

    @property
    def waiting(self) -> int:
        return sum(len(told) for told in self.claims.values())

    def pay(self, tx: Tx, fresh: set[Ref]) -> tuple[list[EdgeRow], set[Pair]]:
        """Bring the sums up to date as far as the claims need not be there, and take the marks away.

        Args:
            tx: The transaction.
            fresh: Concepts that it made.

        Returns:
            Sum edges that are to be created, and pairs to be read again when the claims are written.
        """
        again = self.again
        if not unmark(tx, self.marks):
            again = again | set(self.claims)  # another load has added some of them
        claims = {pair: told for pair, told in self.claims.items() if pair not in again}
        new, more = add_to_sums(tx, claims, self.several, fresh)
        return new, again | set(more)


class Writer:
    """Takes interviews as they are built; `finish` writes the last of them.

    Args:
        store: The graph.
        pending: What interrupted loads left to be done.
        broader: Names of concepts, each with the one it falls under (see `sync_broader`).
        count: Told what was written.
    """

    def __init__(
        self,
        store: Store,
        pending: Pending,
        broader: Iterable[tuple[str, str]],
        count: Callable[[Change], None],
    ) -> None:
        self._store = store
        self._broader = list(broader)
        self._count = count
        self._owed = _Owed(again=set(pending.pairs), marks=set(pending.marks), loosened=bool(pending))
        self._batch: list[tuple[Built, bool]] = []
        self._rows = 0

    def put(self, built: Built, *, known: bool) -> None:
        """Write an interview, now or with the next ones.

        Args:
            built: It.
            known: It is in the graph already; then only what differs is written.
        """
        if self._rows >= _ROWS:
            self._flush(None, last=False)
        self._batch.append((built, known))
        self._rows += len(built.owned_nodes) + len(built.owned_edges)

    def finish(self, state: State | None) -> None:
        """Write what is left, bring the sums up to date, and keep the state of the study."""
        self._flush(state, last=True)

    def _flush(self, state: State | None, *, last: bool) -> None:
        batch, owed = self._batch, self._owed
        change, self._owed = self._store.transaction(
            lambda tx: self._write(tx, batch, owed, state, last=last)
        )
        self._batch, self._rows = [], 0
        self._count(change)

    def _write(
        self, tx: Tx, batch: list[tuple[Built, bool]], owed: _Owed, state: State | None, *, last: bool
    ) -> tuple[Change, _Owed]:
        """Write one batch in one transaction; it may be called again, and changes nothing but the graph."""
        step = _Step(tx, batch)
        owed = owed.plus(step.owed)
        pays = last or owed.waiting >= _WAITING
        sums, again = owed.pay(tx, step.fresh) if pays else ([], set())
        change = step.write(sums)
        if not pays:
            # What this batch leaves to be done is said in the transaction that leaves it.
            owed.marks.add(mark(tx, step.owed.again | set(step.owed.claims)))
            write_state(tx, None)
            return change, owed
        refresh_sums(tx, again)
        if not last:
            write_state(tx, None)
            return change, _Owed(marks={mark(tx, ())}, loosened=owed.loosened)
        if owed.loosened:
            drop_orphans(tx)
        change = change.plus(sync_broader(tx, self._broader))
        write_state(tx, state)
        return change, _Owed()


class _Step:
    """Some interviews on their way into the graph in one transaction.

    Args:
        tx: The transaction; what is there is read, and what several interviews share is brought in step.
        batch: The interviews, each with whether it is known to be in the graph.

    Attributes:
        fresh: Concepts, coders and categories that were not there.
        owed: What the sums will not say when the interviews are written.
    """

    def __init__(self, tx: Tx, batch: list[tuple[Built, bool]]) -> None:
        self._tx = tx
        there = _there(tx, [built.interview for built, known in batch if not known])
        self._old = [built for built, known in batch if known or built.interview in there]
        self._new = [built for built, known in batch if not known and built.interview not in there]
        names = [built.interview for built in self._old]
        before = claimed(tx, "interview", names) if names else {}
        several = with_several(tx, names) if names else set()
        nodes = {node.ref: node for built, _ in batch for node in built.shared_nodes}
        edges = {(edge.type, edge.start, edge.end): edge for built, _ in batch for edge in built.shared_edges}
        self.fresh = upsert_shared(tx, nodes.values(), edges.values())
        self.owed = _Owed(loosened=bool(self._old))
        for built in self._old:
            was, now = before[built.interview], built.told
            named = (built.interview in several) != built.several
            self.owed.again |= {
                pair for pair in {*was, *now} if named or was.get(pair, set()) != set(now.get(pair, ()))
            }
        claims: dict[Pair, list[Told]] = defaultdict(list)
        for built in self._new:
            for pair, told in built.told.items():
                claims[pair] += told
            if built.several:
                self.owed.several.add(built.interview)
        self.owed.claims = dict(claims)

    def write(self, sums: Sequence[EdgeRow]) -> Change:
        """Write the interviews, and sum edges that are new."""
        rows = [node for built in self._new for node in built.owned_nodes]
        links = [edge for built in self._new for edge in built.owned_edges]
        create_whole(self._tx, rows, [*links, *sums])
        change = Change(nodes_created=len(rows), edges_created=len(links))
        for built in self._old:
            change = change.plus(sync_owned(self._tx, built.interview, built.owned_nodes, built.owned_edges))
        return change


def _there(tx: Tx, interviews: list[str]) -> set[str]:
    """Those of some interviews that are in the graph."""
    if not interviews:
        return set()
    rows = tx.run("UNWIND $ids AS id MATCH (i:Interview {id: id}) RETURN id", {"ids": interviews})
    return {row["id"] for row in rows}
