"""Transactions that are tried again: refused by a constraint, or broken off in the moment of their commit."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from kb.errors import StoreError
from kb.store.turn import COMMIT, LOCK

T = TypeVar("T")
_TRIES = 8
_PAUSE = 0.05  # seconds; doubled each time


class Overtaken(StoreError):
    """What a transaction builds on was changed by another one while it ran; tried again, it goes well."""


def where_refused(attempt: Callable[[], T]) -> T:
    """Call `attempt`, again where somebody else has just made what it was about to make."""
    for tried in range(_TRIES - 1):
        try:
            return attempt()
        except (driver_errors.ConstraintError, Overtaken):
            time.sleep(random.uniform(0.5, 1) * _PAUSE * 2**tried)  # noqa: S311  # no secret: a pause
    return attempt()


def committed(session: neo4j.Session, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
    """Run `work` in a managed transaction that leaves its name in the graph.

    Where the connection breaks while the server commits, nobody can tell by the error whether it has; the
    name tells. Tried blindly again, a load would take what it wrote itself for what was there before.
    """
    name = secrets.token_hex(8)
    done: list[T] = []

    def named(tx: neo4j.ManagedTransaction) -> T:
        done[:] = [work(tx)]
        # Last of all: the lock of this node is held for a moment, and nothing is waited for meanwhile.
        tx.run(f"MERGE (l:{LOCK} {{id: $id}}) SET l.last = $name", {"id": COMMIT, "name": name}).consume()
        return done[0]

    for left in reversed(range(_TRIES)):
        try:
            return session.execute_write(named)
        except driver_errors.IncompleteCommit:
            if _last_of(session) == name:
                return done[0]
            if not left:
                raise
    raise AssertionError  # the loop returns or raises


def read(session: neo4j.Session, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
    """Run `work`, which only reads, in a managed transaction; one that breaks at its end too is run again."""
    for _ in range(_TRIES - 1):
        try:
            return session.execute_read(work)
        except driver_errors.IncompleteCommit:
            continue
    return session.execute_read(work)


def _last_of(session: neo4j.Session) -> str | None:
    """The name of the transaction that was committed last."""

    def last(tx: neo4j.ManagedTransaction) -> str | None:
        rows = tx.run(f"MATCH (l:{LOCK} {{id: $id}}) RETURN l.last AS last", id=COMMIT)
        names = [row["last"] for row in rows]
        return names[0] if names else None

    for _ in range(_TRIES - 1):
        try:
            return session.execute_write(last)  # from the leader
        except driver_errors.IncompleteCommit:
            continue
    return session.execute_write(last)
