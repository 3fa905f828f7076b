"""The embedded engine's process, seen from the process that uses it (the other side is `kb.store.serve`).

Imports no driver, so that the engine starts while the driver is imported.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import IO

from kb.errors import StoreError, StoreLocked, StoreUnavailable
from kb.store import serve

DATABASE = "kb"
PASSWORD_FILE = "password"  # noqa: S105  # its name, in the engine's folder
_STDERR = "stderr.log"
_SAID_BYTES = 2**20  # of what it wrote there
_START_SECONDS = 60.0  # 0.2 s on an idle machine
_STOP_SECONDS = 5.0
_LOCK_SECONDS = 1.5  # the engine of a process that was killed lets go of its folder within moments


class EngineProcess:
    """An engine that starts on a folder.

    Args:
        folder: The engine's root folder; the database is made if it is not there.
        password: Of its user ``root``.

    Attributes:
        condemned: Whether it was to end.

    Raises:
        StoreUnavailable: There is no engine for this platform.
    """

    def __init__(self, folder: Path, password: str) -> None:
        if importlib.util.find_spec("arcadedb") is None:
            raise StoreUnavailable(
                "The embedded engine has no build for this platform; set NEO4J_URI to use a Neo4j server, "
                "or install the engine with its own Java runtime: pip install 'kb-interviews[jre]'."
            )
        self._folder = folder
        self._order: serve.Order = {
            "path": sys.path,
            "folder": str(folder),
            "password": password,
            "database": DATABASE,
        }
        self._port: int | None = None
        self.condemned = False
        self._said_before = 0
        self._popen = self._spawn()

    @property
    def running(self) -> bool:
        """Whether it lives, and is to live."""
        return not self.condemned and self._popen.poll() is None

    def complained_of(self, what: str) -> bool:
        """Whether the engine has written of it on its standard error since it was started."""
        try:
            with (self._folder / "log" / _STDERR).open("rb") as file:
                file.seek(self._said_before)
                return what.encode() in file.read(_SAID_BYTES)
        except OSError:
            return False

    def condemn(self) -> None:
        """Take it for ended from now on."""
        self.condemned = True

    def port(self) -> int:
        """Its Bolt port on 127.0.0.1, waited for.

        Raises:
            StoreLocked: Another process uses the folder.
            StoreError: It did not start.
        """
        give_up = time.monotonic() + _LOCK_SECONDS
        while self._port is None:
            answer = self._answer()
            if "bolt" in answer:
                self._port = answer["bolt"]
                break
            self.kill()
            if not answer.get("locked"):
                failed = " ".join(answer["failed"].split())
                if disk_usage(self._folder).free < 2**20:
                    raise StoreError(
                        f"The disk of {self._folder} is full: free some space, or name another folder with "
                        "--db."
                    )
                raise StoreError(
                    f"The embedded engine did not start on {self._folder} ({failed:.200}); "
                    f"see {self._folder / 'log'}, or name another folder with --db."
                )
            if time.monotonic() > give_up:
                raise StoreLocked(
                    f"Another process is using {self._folder}; wait for it to end, name another folder with "
                    "--db, or share one graph through a Neo4j server (NEO4J_URI)."
                )
            time.sleep(0.1)
            self._popen = self._spawn()
        return self._port

    def wait(self, seconds: float) -> None:
        """Wait for it to end by itself."""
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(seconds)

    def stop(self) -> None:
        """Stop it in order; one that does not listen is ended."""
        if self.running:
            assert self._popen.stdin is not None
            with suppress(OSError), self._popen.stdin as stdin:
                stdin.write(b"stop\n")
            self.wait(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it here and now, whatever it does; what was committed is kept."""
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _spawn(self) -> subprocess.Popen[bytes]:
        log = self._folder / "log"
        # The engine reads both once, when it is imported.
        environment = {"ARCADEDB_LOG_CONSOLE": "0", "ARCADEDB_LOG_DIR": str(log)} | os.environ
        with _complaints(log) as stderr:
            self._said_before = stderr.seek(0, os.SEEK_END) if stderr.seekable() else 0
            popen = subprocess.Popen(  # noqa: S603  # kb's own script
                # Without site and what it imports; where to find the engine is part of the order.
                [sys.executable, "-S", "-P", serve.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=environment,
                # A session of its own: Ctrl-C in the terminal is for this process, not for that one.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        assert popen.stdin is not None
        with suppress(OSError):  # it died at once; `port` says so
            popen.stdin.write(json.dumps(self._order).encode("ascii") + b"\n")
            popen.stdin.flush()
        return popen

    def _answer(self) -> serve.Answer:
        assert self._popen.stdout is not None
        late = threading.Timer(_START_SECONDS, self._popen.kill)
        late.daemon = True
        late.start()
        try:
            line = self._popen.stdout.readline()
        finally:
            late.cancel()
        if line:
            answer: serve.Answer = json.loads(line)
            return answer
        return {"failed": f"its process ended with {self._popen.wait()}"}


def _complaints(log: Path) -> IO[bytes]:
    """Where the engine's stderr goes: lines of Java are nothing for a user's terminal."""
    try:
        log.mkdir(exist_ok=True)
        return (log / _STDERR).open("ab")
    except OSError:
        return Path(os.devnull).open("wb")
