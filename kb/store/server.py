"""What the store needs of a server: a driver, and a way to end a statement that takes too long."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

import neo4j
from neo4j import exceptions as driver_errors

from kb.errors import StoreError
from kb.store.bound import Watched

TAG = "kb"  # in the metadata of a transaction: which of kb's it is
BY_TAG, BY_TEXT = "metaData", "currentQuery"


class Server(ABC):
    """A Bolt server that holds the graph.

    Attributes:
        name: How messages and ``kb status`` name it.
        database: Name of the database on it.
        embedded: Whether it is kb's own engine: what a read may do there is what its account may do.
        unanswered: The sentence for a connection that is lost.
        restarts: How often it was ended and started anew because a statement would not end.
    """

    name: str
    database: str
    embedded: bool
    unanswered: str
    restarts: int = 0

    @abstractmethod
    def driver(self, access: str) -> neo4j.Driver:
        """A connected driver for reading or for writing; the server is started if kb starts it.

        Args:
            access: ``neo4j.READ_ACCESS`` or ``neo4j.WRITE_ACCESS``.
        """

    def session(self, access: str) -> neo4j.Session:
        """A session for reading or for writing, as in `driver`."""
        return self.driver(access).session(database=self.database, default_access_mode=access)

    @abstractmethod
    def end(self, statement: str, tag: str, access: str, work: Watched[Any]) -> bool:
        """End a statement that runs, and return when it has ended or nothing more can be done.

        Args:
            statement: Its text.
            tag: What its transaction's metadata hold under `TAG`.
            access: What it was run for, as in `driver`.
            work: The thread that runs it.

        Returns:
            Whether it has ended.
        """

    @abstractmethod
    def close(self) -> None:
        """Close the driver, and stop the server if kb started it."""

    def settle(self) -> None:  # noqa: B027  # most servers have nothing to do here
        """Called after a connection was lost, before that is told."""

    def recover(self) -> None:  # noqa: B027  # as above
        """Called after a statement that needed too much memory, by the thread that asked for it."""

    def explained(self, error: StoreError) -> StoreError:
        """A better reason for an error of the server's, where there is one."""
        return error

    def writing(self) -> AbstractContextManager[object]:
        """Held while something is written: the server is not ended meanwhile."""
        return nullcontext()


def terminate(driver: neo4j.Driver, database: str, listed: str, value: str) -> None:
    """Ask the server to end a transaction.

    Where the server refuses (it may not be allowed), its own time bound is left to end it.

    Args:
        driver: Connected.
        database: On which it runs.
        listed: The column that tells which, `BY_TAG` or `BY_TEXT`. On a server that others use too only
            the tag does: somebody else's text may be the same. Of several alike the one that has run
            longest ends: its bound is the one that has passed.
        value: What stands there.
    """
    with suppress(driver_errors.Neo4jError, driver_errors.DriverError, OSError):
        mine = [
            row for row in running(driver, database, whole=listed == BY_TAG) if _listed(row, listed) == value
        ]
        if not mine:
            return
        longest = max(mine, key=lambda row: row["elapsedTime"])
        with driver.session(database=database) as session:
            session.run("TERMINATE TRANSACTIONS $id", id=longest["transactionId"]).consume()


def running(driver: neo4j.Driver, database: str, *, whole: bool = True) -> list[dict[str, Any]]:
    """The transactions that run on the server, as far as it tells this user.

    Args:
        driver: Connected.
        database: Of which a session asks.
        whole: All columns, metadata among them, which Neo4j gives only if asked; the embedded engine has
            none.

    Raises:
        neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError: It tells none.
    """
    with driver.session(database=database) as session:
        return [dict(row) for row in session.run("SHOW TRANSACTIONS" + " YIELD *" * whole)]


def _listed(row: dict[str, Any], by: str) -> Any:
    return (row.get("metaData") or {}).get(TAG) if by == BY_TAG else row[by]
