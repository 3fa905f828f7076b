"""The constraints and indexes of `kb.schema`, made where they are not there yet."""

from __future__ import annotations

import neo4j
from neo4j import exceptions as driver_errors

from kb.schema import EXTRA_INDEXES, NODES
from kb.store.turn import LOCK

# Two processes that make the same ones at once get in each other's way, and the server says so.
_TRIES = 10


def make_indexes(session: neo4j.Session, *, embedded: bool) -> None:
    """Make those that are missing; on a Neo4j server one statement tells which.

    To ask is not only quicker: the statement that makes one waits for all who write to its label, be it
    there or not.
    """
    keys = [(node.label, node.key) for node in NODES] + ([] if embedded else [(LOCK, "id")])
    wanted = {
        f"kb_{label.lower()}_{prop}": f"CREATE CONSTRAINT kb_{label.lower()}_{prop} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{prop} IS UNIQUE"
        for label, prop in keys
    } | {
        f"kb_{label.lower()}_{prop}": f"CREATE INDEX kb_{label.lower()}_{prop} IF NOT EXISTS "
        f"FOR (n:{label}) ON (n.{prop})"
        for label, prop in EXTRA_INDEXES
    }
    there = set() if embedded else _there(session)
    for statement in (text for name, text in wanted.items() if name not in there):
        for left in reversed(range(_TRIES)):
            try:
                session.run(statement).consume()
                break
            except driver_errors.Neo4jError as error:
                if not left or not (error.is_retryable() or "AlreadyExists" in (error.code or "")):
                    raise


def _there(session: neo4j.Session) -> set[str]:
    def names(tx: neo4j.ManagedTransaction) -> set[str]:
        return {row["name"] for row in tx.run("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE'")}

    return session.execute_write(names)  # from the leader
