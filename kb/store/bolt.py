"""The store: reading, writing and the schema over the official driver, on either server."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import neo4j

from kb.errors import NeedsMemory, QueryTimeout, StoreError, StoreUnavailable, WriteRefused
from kb.store import again
from kb.store.bound import Watched
from kb.store.convert import Values
from kb.store.forget import forget_digests
from kb.store.guard import writes
from kb.store.indexes import make_indexes
from kb.store.parameters import check_parameters
from kb.store.plan import refuse_more_than_reading
from kb.store.server import TAG, Server
from kb.store.translate import needs_memory, translated
from kb.store.turn import Turn

T = TypeVar("T")
BATCH = 1000  # rows an UNWIND; larger ones gain nothing on either engine
_MOST = 2**30  # characters of an answer, of which a row has some however little it holds
_ROW = 100


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
        server: Where it is; closed with the store.
        timeout: Seconds after which a read is ended, unless the read says otherwise; 0 for none.

    Attributes:
        tell: Called with a sentence when another process's load is waited for; does nothing unless set.
    """

    def __init__(self, server: Server, *, timeout: float = 0) -> None:
        self._server = server
        self._schema_done = False
        self._loading = threading.RLock()
        self._turn: Turn | None = None
        self.timeout = timeout
        self.tell: Callable[[str], None] = lambda _: None
        self.name = server.name
        self.embedded = server.embedded

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the driver and, for the embedded engine, stop the server."""
        self._server.close()

    def read(
        self, query: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Result:
        """Run a statement that may only read.

        Args:
            query: The statement.
            parameters: Its parameters.
            timeout: Seconds after which it is ended, on the server too; None for the store's
                bound, 0 for none.

        Raises:
            WriteRefused: The statement writes.
            QueryTimeout: It took longer. The store can be used as before.
            NeedsMemory: It needs more memory than the server has for it. As before, too.
            StoreError: The server refused it (syntax, a missing parameter).
        """
        word = writes(query)
        if word:
            does = f"calls {word}" if "." in word else f"writes ({word})"
            raise WriteRefused(
                f"This statement {does}, and only reads are allowed; `kb cypher --write` runs it."
            )
        bound = (self.timeout if timeout is None else timeout) or None
        while True:
            restarts = self._server.restarts
            try:
                return self._run(query, parameters, neo4j.READ_ACCESS, bound)
            except (QueryTimeout, NeedsMemory):
                raise
            except StoreError:
                if self._server.restarts == restarts:
                    raise
                # The engine was ended because of another thread's statement; this one is not to blame.

    def write(self, query: str, parameters: Mapping[str, Any] | None = None, *, timeout: float = 0) -> Result:
        """Run one statement of a user's that may write, in a transaction of its own.

        What interviews keep for the digest goes with it.

        Args:
            query: The statement.
            parameters: Its parameters.
            timeout: Seconds after which it is ended and what it wrote undone; 0 for no bound.

        Raises:
            QueryTimeout: It took longer.
            StoreError: The server refused it.
        """
        with self._server.writing():
            return self._run(query, parameters, neo4j.WRITE_ACCESS, timeout or None)

    def stream(self, query: str) -> Iterator[dict[str, Any]]:
        """Run a statement of kb's own that only reads, without a time bound, and give its rows as they come.

        Plain values, as the driver gives them. The rows of a large graph need not be held at once.
        """
        with self._translated(), self._session(neo4j.READ_ACCESS) as session:
            tx = session.begin_transaction()
            try:
                for record in tx.run(query):
                    yield dict(record)
            finally:
                tx.rollback()

    def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in one write transaction: all of it happens, or nothing.

        It may be called again: where the server asks for a retry, where the connection breaks or the
        leader changes, and where a constraint refuses what somebody else has just written. So it must
        not have other effects. It has no time bound.
        """
        self.ensure_schema()

        def once(tx: neo4j.ManagedTransaction) -> T:
            try:
                return work(Tx(tx))
            except neo4j.exceptions.DriverError as error:
                self._give_up_lost(error)
                raise

        def attempt() -> T:
            with self._session(neo4j.WRITE_ACCESS) as session:
                if self._turn is None:  # the embedded engine, or none of the transactions of a load
                    return session.execute_write(once)
                return again.committed(session, lambda tx: work(Tx(tx)))

        try:
            with self._server.writing(), self._translated():
                return again.where_refused(attempt)
        except NeedsMemory:
            self._server.recover()
            raise

    @contextmanager
    def loading(self) -> Iterator[Callable[[], bool]]:
        """Held by who loads or removes: on a Neo4j server loads of several processes follow one another.

        Within another one of the same thread it does nothing.

        Yields:
            Whether nobody else could load meanwhile; False if the connection that held the lock broke.

        Raises:
            StoreError: The server does not give the lock.
        """
        with self._loading:
            if self.embedded or self._turn is not None:
                yield lambda: True
                return
            self.ensure_schema()
            turn = Turn(self._server, self.tell)
            with self._translated():
                turn.wait()
            self._turn = turn
            try:
                yield turn.held
            finally:
                self._turn = None
                turn.release()

    def ensure_schema(self) -> None:
        """Make the constraints and indexes of `kb.schema`, once a store."""
        if self._schema_done:
            return
        with self._server.writing(), self._translated(), self._session(neo4j.WRITE_ACCESS) as session:
            make_indexes(session, embedded=self.embedded)
        self._schema_done = True

    def _run(
        self, query: str, parameters: Mapping[str, Any] | None, access: str, bound: float | None
    ) -> Result:
        """Run a statement in a thread of its own, and end it there if it takes too long."""
        check_parameters(parameters)
        tag = secrets.token_hex(8)  # the server lists it with the statement
        too_much: list[NeedsMemory] = []

        def work(watched: Watched[Result]) -> Result:
            def statement(tx: neo4j.ManagedTransaction | neo4j.Transaction) -> Result:
                watched.check()
                if access == neo4j.READ_ACCESS and not self.embedded:
                    refuse_more_than_reading(tx, query, parameters)
                try:
                    with self._not_again():
                        answer = tx.run(query, dict(parameters or {}))
                        found = _result(answer, watched.check)
                        if access == neo4j.WRITE_ACCESS:
                            forget_digests(tx, query, answer.consume().counters)
                    return found
                except NeedsMemory as error:
                    too_much.append(error)  # kept: the end of the statement may fail in ways of its own
                    Watched(lambda _: self._server.end(query, tag, access, watched))
                    raise

            with self._translated(), self._session(access) as session:
                if access == neo4j.WRITE_ACCESS:
                    return session.execute_write(neo4j.unit_of_work({TAG: tag}, bound)(statement))
                if not self.embedded:
                    return again.read(session, neo4j.unit_of_work({TAG: tag}, bound)(statement))
                # The embedded engine lets a read transaction write; the account of this one may not.
                tx = session.begin_transaction()
                try:
                    return statement(tx)
                except neo4j.exceptions.Forbidden as error:
                    raise WriteRefused(
                        "This statement does more than read the graph, which is all that is allowed here; "
                        "`kb cypher --write` runs it."
                    ) from error
                finally:
                    tx.rollback()

        running = Watched(work)
        try:
            in_time = running.wait(bound)
        except KeyboardInterrupt:
            running.give_up()
            self._server.end(query, tag, access, running)
            raise
        if not in_time:
            running.give_up()
            ended = self._server.end(query, tag, access, running)
            raise QueryTimeout(bound, ended=ended)
        if too_much:
            raise too_much[0]
        try:
            return running.result()
        except NeedsMemory:
            self._server.recover()
            raise

    @contextmanager
    def _not_again(self) -> Iterator[None]:
        """Within it, what the driver would try again in vain is kb's own error."""
        try:
            yield
        except neo4j.exceptions.Neo4jError as error:
            if short := needs_memory(error, self.name):
                raise short from error
            raise
        except neo4j.exceptions.DriverError as error:
            self._give_up_lost(error)
            raise

    def _give_up_lost(self, error: neo4j.exceptions.DriverError) -> None:
        """Do not let the driver run a statement again that the embedded engine's connection broke of.

        There is no network between: what broke it once does it each time, as a lack of memory does.
        """
        if self.embedded and isinstance(
            error, neo4j.exceptions.ServiceUnavailable | neo4j.exceptions.SessionExpired
        ):
            raise StoreUnavailable(self._server.unanswered) from error

    def _session(self, access: str) -> neo4j.Session:
        return self._server.session(access)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            with translated(self.name, self._server.unanswered):
                yield
        except StoreError as error:
            if isinstance(error, StoreUnavailable):
                self._server.settle()
            better = self._server.explained(error)
            if better is error:
                raise
            raise better from error


def _result(result: neo4j.Result, check: Callable[[], None]) -> Result:
    columns, values = tuple(result.keys()), Values()
    rows = []
    for record in result:
        check()
        rows.append({c: values.value(record[c]) for c in columns})
        if values.characters + len(rows) * _ROW > _MOST:
            raise NeedsMemory("kb")
    return Result(columns, rows)
