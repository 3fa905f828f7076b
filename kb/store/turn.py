"""Loads of several processes into one Neo4j, one after another: who loads holds a lock of the server's.

The lock is that of a node which a transaction creates and never commits. Who comes later waits for it in
the server, in turn; when the process that holds it ends, however it ends, the server rolls the transaction
back. So no lock is ever left behind, and nothing of it is ever in the graph.
"""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Callable
from contextlib import suppress

import neo4j
from neo4j import exceptions as driver_errors

from kb.store.bound import Watched
from kb.store.server import TAG, Server, running

LOCK = "Lock"  # label of the node, which has a constraint of its own
LOAD = "load"  # its id
COMMIT = "commit"  # id of the node that says which transaction was the last, see `kb.store.bolt`
BROKEN_OFF = "Restoring"  # label of a node that is there as long as a restored graph is not whole
WHO = "kb_load"  # in the metadata of the lock's transaction: the machine and process that hold it, or wait
_TRIES = 8
_PATIENCE = 2.0  # seconds of waiting without a word
_ASKING = 3.0  # seconds for the server to say who holds the lock
_TAKE = f"MERGE (l:{LOCK} {{id: $id}}) SET l.held = true"


class Turn:
    """The lock, held from `wait` to `release`.

    Args:
        server: A Neo4j server.
        tell: Called with a sentence, once, if the lock is waited for longer than a moment.
    """

    def __init__(self, server: Server, tell: Callable[[str], None]) -> None:
        self._server = server
        self._tell = tell
        self._tag = secrets.token_hex(8)
        self._session: neo4j.Session | None = None
        self._tx: neo4j.Transaction | None = None

    def wait(self) -> None:
        """Wait for the lock, which another load may hold for long; Ctrl-C ends the wait.

        Raises:
            neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError: The server does not give it.
        """
        waiting = Watched(lambda _: self._take())
        try:
            if not waiting.wait(_PATIENCE):
                if (holder := self._holder()) is not None:
                    self._tell(
                        f"{self._server.name} is in use by another load{holder}: waiting for it to end."
                    )
                waiting.wait(None)
        except KeyboardInterrupt:
            self._server.end(_TAKE, self._tag, neo4j.WRITE_ACCESS, waiting)
            raise
        waiting.result()

    def _holder(self) -> str | None:
        """Who holds the lock and since when, in words; nothing where the server does not tell this user.

        None where it cannot be reached, so that nobody may hold it.
        """
        asked = Watched(lambda _: running(self._server.driver(neo4j.READ_ACCESS), self._server.database))
        if not asked.wait(_ASKING):
            return ""
        with suppress(driver_errors.Neo4jError):
            try:
                found = asked.result()
            except (driver_errors.DriverError, OSError):
                return None
            loads = [row for row in found if WHO in (row.get("metaData") or {})]
            others = [row for row in loads if row["metaData"].get(TAG) != self._tag]
            if others:  # they get it in the order in which they came
                first = max(others, key=lambda row: row["elapsedTime"])
                seconds = first["elapsedTime"].seconds
                return f" (user {first['username']}, {first['metaData'][WHO]}, for {seconds} s)"
        return ""

    def _open(self) -> neo4j.Session:
        return self._server.session(neo4j.WRITE_ACCESS)

    def _take(self) -> None:
        """Wait for the lock; again, if the connection or the leader goes meanwhile."""
        # A managed transaction ends with its function, and a lock must not: so the driver is asked to
        # retry an empty one, which finds the leader or fails, and the lock is taken at once after it.
        who = f"process {os.getpid()} on {platform.node() or 'a machine without a name'}"
        for left in reversed(range(_TRIES)):
            session, reached = self._open(), False
            try:
                session.execute_write(lambda tx: tx.run("RETURN 1").consume())
                self._session, reached = session, True
                self._tx = session.begin_transaction(metadata={TAG: self._tag, WHO: who})
                self._tx.run(_TAKE, {"id": LOAD}).consume()
                # What the one before has written is what this one is to read, from whichever member of
                # a cluster: a transaction on the leader that begins now has it all behind its bookmark.
                with self._open() as after:
                    after.execute_write(lambda tx: tx.run("RETURN 1").consume())
            except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
                self.release()
                # A commit that broke off is one of an empty transaction here. Where there is no leader to be
                # found, the driver has looked for one for a quarter of a minute.
                broken = isinstance(error, driver_errors.IncompleteCommit)
                if not left or not (broken or (reached and error.is_retryable())):
                    raise
            else:
                return

    def held(self) -> bool:
        """Whether it is held still: a connection may break, and a leader change."""
        if self._tx is None:
            return False
        try:
            self._tx.run("RETURN 1").consume()
        except (driver_errors.DriverError, driver_errors.Neo4jError):
            return False
        return True

    def release(self) -> None:
        """Let the next one load."""
        with suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError):
            if self._tx is not None:
                with self._open() as session:
                    session.run(f"MATCH (l:{LOCK} {{id: $id}}) DELETE l", id=COMMIT).consume()
        with suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError):
            if self._tx is not None:
                self._tx.rollback()
        with suppress(driver_errors.DriverError, driver_errors.Neo4jError, OSError):
            if self._session is not None:
                self._session.close()
        self._tx = self._session = None
