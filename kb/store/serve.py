"""The embedded engine's own process: a script that `kb.store.embedded` starts and ends.

It reads one line of JSON from standard input (`Order`), answers one on standard output (``{"bolt":
port}`` or ``{"failed": why}``), and then serves until standard input says ``stop`` or closes. It
closes when the process that asked dies, however it dies, so no engine is left behind.

It imports nothing of kb and runs without ``site``, which keeps its start short: 0.2 s, of which
most passes while the other process imports the driver.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from typing import Any, TypedDict

_TRIES = 3  # a port found free may be taken before the engine binds it
_LOCKED = "LockException"  # the engine's own; a folder's name may hold "lock" too
_STOP_SECONDS = 3.0  # for an orderly stop; after that it is ended like a crash, which loses nothing
_BOLT = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"


class Order(TypedDict):
    """What to serve.

    Attributes:
        path: Where Python finds the engine.
        folder: The engine's root folder.
        password: Of its user ``root``.
        database: The database to open, or to make.
    """

    path: list[str]
    folder: str
    password: str
    database: str


class Answer(TypedDict, total=False):
    """How it went: the port, or why there is none."""

    bolt: int
    failed: str
    locked: bool
    missing: bool


def main() -> None:
    """Serve what standard input orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    answer = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # whatever the engine prints must not be taken for an answer
    order: Order = json.loads(sys.stdin.buffer.readline() or b"null")
    if order is None:
        return
    sys.path[:] = order["path"]
    try:
        server, told = _start(order)
        answer.write(json.dumps(told) + "\n")
        answer.flush()
        if server is not None and sys.stdin.buffer.readline().strip() == b"stop":
            _stop(server)
    finally:
        # The engine's own threads would keep the process; a commit that was answered is on the disk.
        os._exit(0)


def _start(order: Order) -> tuple[Any, Answer]:
    try:
        import arcadedb
    except ImportError as error:
        return None, {"failed": str(error), "missing": True}
    text = ""
    for _ in range(_TRIES):
        http, bolt = _free_port(), _free_port()
        server = arcadedb.create_server(
            order["folder"],
            order["password"],
            {
                "host": "127.0.0.1",
                "http_port": http,
                "bolt_host": "127.0.0.1",
                "bolt_port": bolt,
                "server_plugins": _BOLT,
                "mode": "development",  # in production mode it hides why a statement failed
            },
        )
        try:
            server.start()
            _open(server, order["database"])
            return server, {"bolt": bolt}
        except Exception as error:  # the engine raises its own and Java's kinds alike
            text = f"{error} {error.__cause__ or ''}".strip()
            if _is_started(server):
                server.stop()
            if _LOCKED in text:
                return None, {"failed": text, "locked": True}
            if "bind" not in text.lower() and "address already in use" not in text.lower():
                break
    return None, {"failed": text}


def _open(server: Any, name: str) -> None:
    try:
        database = server.get_database(name)
    except Exception as error:
        if _LOCKED in f"{error} {error.__cause__}":
            raise
        database = server.create_database(name)
    database.set_wal_flush("yes_nometadata")  # a commit that was answered survives a crash


def _stop(server: Any) -> None:
    from threading import Thread

    stopping = Thread(target=server.stop, daemon=True)
    stopping.start()
    stopping.join(_STOP_SECONDS)


def _is_started(server: Any) -> bool:
    try:
        return bool(server.is_started())
    except Exception:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
