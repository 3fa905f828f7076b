"""The store: reading, writing and the schema over the official driver, on either server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from kb.errors import StoreError, StoreUnavailable, WriteRefused
from kb.schema import EXTRA_INDEXES, NODES
from kb.store.convert import to_value
from kb.store.guard import writes

T = TypeVar("T")
BATCH = 1000  # rows an UNWIND; larger ones gain nothing on either engine


class Result(NamedTuple):
    """Rows of a query; graph values are `kb.graph` nodes, edges and paths."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]


class Tx:
    """A transaction: ``run`` gives plain rows, ``batch`` runs one statement over many rows."""

    def __init__(self, tx: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        self._tx = tx

    def run(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run one statement; driver values as the driver gives them."""
        return [dict(record) for record in self._tx.run(query, dict(parameters or {}))]

    def batch(self, query: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run ``UNWIND $rows AS row …`` over the rows, in slices of `BATCH`."""
        for at in range(0, len(rows), BATCH):
            self._tx.run(query, {"rows": [dict(row) for row in rows[at : at + BATCH]]}).consume()


class Store:
    """A graph on a Bolt server.

    Args:
        driver: Connected driver; closed with the store.
        database: Name of the database on the server.
        name: How messages and ``kb status`` name it.
        embedded: Whether the server runs in this process, which decides how reads are kept from
            writing: Neo4j refuses a write in a read transaction, the embedded engine does not, so
            there every read is rolled back.
        on_close: Called after the driver is closed.
    """

    def __init__(
        self,
        driver: neo4j.Driver,
        database: str,
        name: str,
        *,
        embedded: bool,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        self._driver = driver
        self._database = database
        self._on_close = on_close
        self._schema_done = False
        self.name = name
        self.embedded = embedded

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the driver and, for the embedded engine, stop the server."""
        self._driver.close()
        if self._on_close is not None:
            self._on_close()
            self._on_close = None

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run a statement that may only read.

        Raises:
            WriteRefused: The statement writes.
            StoreError: The server refused it (syntax, a missing parameter).
        """
        word = writes(query)
        if word:
            raise WriteRefused(
                f"This statement writes ({word}), and only reads are allowed; `kb cypher --write` runs it."
            )

        def work(tx: neo4j.ManagedTransaction | neo4j.Transaction) -> Result:
            return _result(tx.run(query, dict(parameters or {})))

        with translated(self.name), self._session(neo4j.READ_ACCESS) as session:
            if not self.embedded:
                return session.execute_read(work)
            tx = session.begin_transaction()
            try:
                return work(tx)
            finally:
                tx.rollback()

    def write(self, query: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one statement that may write, in a transaction of its own."""

        def work(tx: neo4j.ManagedTransaction) -> Result:
            return _result(tx.run(query, dict(parameters or {})))

        with translated(self.name), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in one write transaction: all of it happens, or nothing.

        It may be called again if the server asks for a retry, so it must not have other effects.
        """
        self.ensure_schema()
        with translated(self.name), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda tx: work(Tx(tx)))

    def ensure_schema(self) -> None:
        """Make the constraints and indexes of `kb.schema`, once a store."""
        if self._schema_done:
            return
        with translated(self.name), self._session(neo4j.WRITE_ACCESS) as session:
            for label, prop in [(node.label, node.key) for node in NODES]:
                session.run(
                    f"CREATE CONSTRAINT kb_{label.lower()}_{prop} IF NOT EXISTS "
                    f"FOR (n:{label}) REQUIRE n.{prop} IS UNIQUE"
                ).consume()
            for label, prop in EXTRA_INDEXES:
                session.run(
                    f"CREATE INDEX kb_{label.lower()}_{prop} IF NOT EXISTS FOR (n:{label}) ON (n.{prop})"
                ).consume()
        self._schema_done = True

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access)


def _result(result: neo4j.Result) -> Result:
    columns = tuple(result.keys())
    return Result(columns, [{c: to_value(record[c]) for c in columns} for record in result])


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn the driver's errors into kb's: the one seam where they are known."""
    try:
        yield
    except driver_errors.AuthError as error:
        raise StoreUnavailable(
            f"{name} refuses the login; check NEO4J_USERNAME and NEO4J_PASSWORD."
        ) from error
    except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, OSError) as error:
        if _interrupted(error):
            raise KeyboardInterrupt from error  # the driver takes Ctrl-C for a lost connection
        raise StoreUnavailable(
            f"{name} does not answer; start the server, or unset NEO4J_URI to use the embedded engine."
        ) from error
    except driver_errors.ConfigurationError as error:
        raise StoreUnavailable(f"{name} is not an address kb can use ({one_line(error)}).") from error
    except driver_errors.Neo4jError as error:
        if "AccessMode" in (error.code or "") or "access mode" in str(error).lower():
            raise WriteRefused(
                "This statement writes, and only reads are allowed; `kb cypher --write` runs it."
            ) from error
        if "DatabaseNotFound" in (error.code or ""):
            raise StoreUnavailable(f"{name} has no database of that name; check NEO4J_DATABASE.") from error
        raise StoreError(f"The server refused the statement: {one_line(error)}") from error
    except UnicodeEncodeError as error:  # bytes of the command line that the system took for no text
        raise StoreError(
            "A name or value holds letters that are not UTF-8; set LC_ALL to a UTF-8 one."
        ) from error
    except driver_errors.DriverError as error:
        raise StoreError(f"The driver could not run the statement: {one_line(error)}") from error


def _interrupted(error: BaseException | None) -> bool:
    """Whether an error began as Ctrl-C."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def one_line(error: Exception) -> str:
    """The gist of a server's error: its message without codes and line breaks."""
    message = getattr(error, "message", None) or str(error)
    text = " ".join(str(message).split())
    return text if len(text) <= 300 else text[:297] + "…"
