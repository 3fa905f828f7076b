"""What an interrupted load leaves to be done, kept in the graph until it is.

A load of many interviews writes them in several transactions and brings the sums up to date when it
has written them. Each of its transactions but the last leaves a mark with the pairs of which the sums
are still to be brought up; the last one takes the marks away as it does so. A load that finds marks
does what they say first of all: another one was interrupted, or is still at work.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kb.schema import CLAIM_ENDS
from kb.store.bolt import Tx
from kb.store.sums import Pair

PENDING = "Pending"  # label of the marks


class Pending(NamedTuple):
    """Marks that are in the graph.

    Attributes:
        marks: Their ids.
        pairs: Those of which the sums are to be brought up to date.
    """

    marks: frozenset[str] = frozenset()
    pairs: frozenset[Pair] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.marks)

    @classmethod
    def load(cls, rows: Iterable[Mapping[str, Any]]) -> Pending:
        """From the properties of the marks."""
        rows = list(rows)
        pairs = {
            pair
            for row in rows
            for pair in zip(
                row.get("kinds") or (), row.get("starts") or (), row.get("ends") or (), strict=True
            )
        }
        return cls(frozenset(row["id"] for row in rows), frozenset(pairs))


def mark(tx: Tx, pairs: Iterable[Pair]) -> str:
    """Leave a mark; returns its id."""
    id_ = secrets.token_hex(8)
    kinds, starts, ends = [], [], []
    for kind, start, end in sorted(set(pairs)):
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
    properties = {"id": id_, "kinds": kinds, "starts": starts, "ends": ends}
    tx.run(f"CREATE (p:{PENDING}) SET p = $p", {"p": properties})
    return id_


def mark_all(tx: Tx) -> Pending:
    """Leave a mark for every sum there is: they are to say something else than they did."""
    edges = {edge: kind for kind, (edge, _, _) in CLAIM_ENDS.items()}
    rows = tx.run(
        f"MATCH (a:Concept)-[r:{'|'.join(edges)}]->(b:Concept) "
        "RETURN type(r) AS edge, a.name AS a, b.name AS b"
    )
    pairs = frozenset((edges[row["edge"]], row["a"], row["b"]) for row in rows)
    return Pending(frozenset({mark(tx, pairs)}), pairs) if pairs else Pending()


def unmark(tx: Tx, marks: Iterable[str]) -> bool:
    """Take marks away; False if some were gone: another load has done what they said."""
    wanted = sorted(marks)
    if not wanted:
        return True
    there = tx.run(f"MATCH (p:{PENDING}) WHERE p.id IN $ids RETURN p.id AS id", {"ids": wanted})
    tx.run(f"MATCH (p:{PENDING}) WHERE p.id IN $ids DELETE p", {"ids": wanted})
    return len(there) == len(wanted)
