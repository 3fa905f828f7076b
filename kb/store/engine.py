"""The embedded engine as a server: its process, the driver to it, and the end of both."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, rmtree
from typing import Any

import neo4j

from kb.errors import NeedsMemory, StoreDamaged, StoreError, StoreUnavailable
from kb.store.accounts import READER, WRITER
from kb.store.bound import Watched
from kb.store.files import remember_files
from kb.store.process import DATABASE, PASSWORD_FILE, EngineProcess
from kb.store.server import BY_TEXT, Server, terminate

_ROOM = 2**20  # bytes: with less left it can write no page
_LISTEN_SECONDS = 0.7  # for a statement that is asked to end; most do within milliseconds


class Engine(Server):
    """The engine on a folder.

    It runs in a process of its own, because not every statement in it can be ended: it looks at
    the clock while it reads records, but not within a list comprehension, say. Such a statement
    ends with the process. That loses nothing that was committed, and the next statement starts
    the engine anew (0.2 s).

    Args:
        folder: Its root folder.
        password: Of its accounts.
        process: It, started already; this object ends it.
        copy_of: The folder that this one is a copy of, made since that one cannot be written; the copy
            goes with this object.

    Raises:
        StoreLocked: Another process uses the folder.
        StoreError: It does not start, or refuses the password.
    """

    database = DATABASE
    embedded = True

    def __init__(
        self, folder: Path, password: str, process: EngineProcess, copy_of: Path | None = None
    ) -> None:
        self.name = f"embedded engine in {copy_of or folder}"
        self._copy_of = copy_of
        self.unanswered = (
            "The embedded engine broke off in the middle of its work (too little memory, perhaps; "
            f"{folder / 'log'} may say more); what was committed is kept."
        )
        self._folder = folder
        self._database = folder / "databases" / DATABASE
        self._password = password
        self._process = process
        self._drivers: dict[str, neo4j.Driver] = {}  # by account
        self._ended = self._closed = False
        self._ill: EngineProcess | None = None
        self._guard = threading.RLock()
        self._write_lock = threading.RLock()
        atexit.register(self.close)
        try:
            self.driver(neo4j.READ_ACCESS)
        except BaseException:
            self.close()
            raise

    def driver(self, access: str) -> neo4j.Driver:
        """The driver with the rights for it; an engine that was ended, or died, is started anew.

        Raises:
            StoreError: It does not start, or refuses the password.
        """
        if self._copy_of is not None and access == neo4j.WRITE_ACCESS:
            raise StoreError(
                f"{self._copy_of} cannot be written, so that the graph in it can only be read: allow it for "
                "your user, or copy the folder and name the copy with --db."
            )
        with self._guard:
            if self._closed:
                raise StoreError(f"The {self.name} was closed before; open it again.")
            if self._drivers and not self._process.running:  # it died
                self._end_process()
            if self._ended:
                self._process = EngineProcess(self._folder, self._password)
                self._ended = False
            account = READER if access == neo4j.READ_ACCESS else WRITER
            if account not in self._drivers:
                self._drivers[account] = self._connect(account)
            return self._drivers[account]

    def end(self, statement: str, tag: str, access: str, work: Watched[Any]) -> bool:  # noqa: ARG002
        """Ask a statement to end, and end the engine if it does not listen.

        The engine lists no metadata; but nobody else's statements run on it.
        """
        driver = self.driver(access)  # an account may end its own statements
        Watched(lambda _: terminate(driver, DATABASE, BY_TEXT, statement))  # a busy engine may not answer
        if work.wait(_LISTEN_SECONDS):
            return True
        with self._write_lock:  # not in the middle of another thread's write
            if not work.wait(0):
                self._start_anew()
                work.wait(_LISTEN_SECONDS)  # for its thread to see that the connection is gone
        return True

    def settle(self) -> None:
        """After a lost connection: wait for the process to be seen to have ended, if it has."""
        self._process.wait(_LISTEN_SECONDS)

    def explained(self, error: StoreError) -> StoreError:
        """The engine does not say why it could not write, nor why it broke a connection."""
        process = self._process
        lost = isinstance(error, StoreUnavailable) and not process.condemned  # not by kb itself
        if lost and process.complained_of("OutOfMemoryError"):
            self._ill = process
            return NeedsMemory("the embedded engine")
        if type(error) in (StoreError, StoreUnavailable) and disk_usage(self._folder).free < _ROOM:
            return StoreError(
                f"The disk of {self._folder} is full: free some space and do it again; what was committed is "
                "kept."
            )
        return error

    def recover(self) -> None:
        """Start anew if a thread of it ended for want of memory: what else went wrong, nobody knows."""
        if self._ill is self._process and not self._process.condemned:
            self._start_anew()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held while something is written; writes follow one another.

        Raises:
            StoreDamaged: The folder was removed meanwhile: what is written then is nowhere.
        """
        with self._write_lock:
            if not self._database.is_dir():
                raise StoreDamaged(
                    f"The database in {self._folder} was removed while kb had it open: end this command, "
                    "remove what is left of the folder, and load your files anew with `kb load PATH`."
                )
            yield

    def close(self) -> None:
        """Close the driver and stop the engine."""
        atexit.unregister(self.close)
        with self._guard:
            if self._closed:
                return
            self._closed = True
            self._disconnect()
            self._process.stop()
            if self._copy_of is not None:
                rmtree(self._folder, ignore_errors=True)
            elif self._database.is_dir():
                remember_files(self._folder, self._database)

    def _connect(self, account: str) -> neo4j.Driver:
        driver = neo4j.GraphDatabase.driver(
            f"bolt://127.0.0.1:{self._process.port()}",
            auth=(account, self._password),
            notifications_min_severity="OFF",
        )
        try:
            driver.verify_connectivity()
        except neo4j.exceptions.AuthError as error:
            driver.close()
            raise StoreUnavailable(
                f"{self._folder / PASSWORD_FILE} does not hold the password that this database was made "
                "with; put the right one back, or delete that file and kb makes a new one (the graph is "
                "kept)."
            ) from error
        except BaseException:
            driver.close()
            raise
        return driver

    def _start_anew(self) -> None:
        """End the engine; the next statement starts it. Called by the thread that writes, if one does."""
        with self._write_lock:  # not in the middle of another thread's write
            process = self._process
            process.condemn()  # before it is counted: who sees the new count must not get the old driver
            self.restarts += 1
            process.kill()  # before the guard, which somebody may hold who waits for this engine
            with self._guard:
                if self._process is process:  # another thread may have started the next one
                    self._end_process()

    def _end_process(self) -> None:
        self._ended = True
        self._process.kill()
        self._disconnect()

    def _disconnect(self) -> None:
        for driver in self._drivers.values():
            driver.close()
        self._drivers.clear()
