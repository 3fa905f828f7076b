"""The embedded engine: ArcadeDB in this process, reached over Bolt on a loopback port."""

from __future__ import annotations

import atexit
import os
import secrets
import socket
from pathlib import Path
from typing import Any

import neo4j

from kb.errors import StoreError, StoreLocked, StoreUnavailable
from kb.store.bolt import Store

DATABASE = "kb"
_START_TRIES = 3  # a port found free may be taken before the engine binds it
_LOCKED = "LockException"  # the engine's own; a folder's name may hold "lock" too
# In the database's folder.
_PASSWORD = "password"  # noqa: S105  # the file's name
_USERS = "config/server-users.jsonl"
_BOLT = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"


def open_embedded(folder: Path, *, create: bool = True) -> Store:
    """Start the engine on a folder and connect to it.

    Args:
        folder: Holds the engine's files, its log and a password that only its owner can read.
        create: Make the folder and the database where they are not there.

    Raises:
        StoreUnavailable: The folder is not there (``create=False``) or cannot be written, or the
            engine has no build for this platform.
        StoreLocked: Another process uses the folder.
    """
    folder = folder.expanduser().absolute()
    if not create and not (folder / "databases" / DATABASE).is_dir():
        raise StoreUnavailable(
            f"There is no knowledge base in {folder} yet; load something first with "
            "`kb load PATH`, or name another folder with --db."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        password = _password(folder)
    except OSError as error:
        raise StoreUnavailable(
            f"{folder} cannot be used as a database folder ({error.strerror}); name another with --db."
        ) from error
    server, port = _start(folder, password)
    driver = neo4j.GraphDatabase.driver(
        f"bolt://127.0.0.1:{port}", auth=("root", password), notifications_min_severity="OFF"
    )
    stop = _stopper(server)
    atexit.register(stop)
    try:
        driver.verify_connectivity()
    except neo4j.exceptions.AuthError as error:
        driver.close()
        stop()
        raise StoreUnavailable(
            f"{folder / _PASSWORD} does not hold the password that this database was made with; put the "
            "right one back, or delete that file and kb makes a new one (the graph is kept)."
        ) from error
    return Store(driver, DATABASE, f"embedded engine in {folder}", embedded=True, on_close=stop)


def _start(folder: Path, password: str) -> tuple[Any, int]:
    engine = _engine(folder)
    failure: Exception | None = None
    for _ in range(_START_TRIES):
        http, bolt = _free_port(), _free_port()
        server = engine.create_server(
            str(folder),
            password,
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
            _open(server)
            return server, bolt
        except Exception as error:  # the engine raises its own and Java's kinds alike
            failure = error
            if _is_started(server):
                server.stop()
            text = f"{error} {error.__cause__}"
            if _LOCKED in text:
                raise StoreLocked(
                    f"Another process is using {folder}; wait for it to end, name another folder with "
                    "--db, or share one graph through a Neo4j server (NEO4J_URI)."
                ) from error
            if "bind" not in text.lower() and "address already in use" not in text.lower():
                break
    raise StoreError(
        f"The embedded engine did not start on {folder} ({failure}); "
        f"see {folder / 'log'}, or name another folder with --db."
    ) from failure


def _open(server: Any) -> None:
    try:
        database = server.get_database(DATABASE)
    except Exception as error:
        if _LOCKED in f"{error} {error.__cause__}":
            raise
        database = server.create_database(DATABASE)
    database.set_wal_flush("yes_nometadata")  # a commit that was answered survives a crash


def _engine(folder: Path) -> Any:
    # Both must be set before the import: the engine reads them once.
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder / "log"))
    try:
        import arcadedb
    except ImportError as error:
        raise StoreUnavailable(
            "The embedded engine has no build for this platform; set NEO4J_URI to use a Neo4j server, "
            "or install the engine with its own Java runtime: pip install 'kb-interviews[jre]'."
        ) from error
    return arcadedb


def _is_started(server: Any) -> bool:
    try:
        return bool(server.is_started())
    except Exception:
        return False


def _stopper(server: Any) -> Any:
    def stop() -> None:
        atexit.unregister(stop)
        if _is_started(server):
            server.stop()

    return stop


def _password(folder: Path) -> str:
    """The password beside the database; the engine keeps that of its first start.

    Where the file is lost or damaged, a new one is made and the engine's list of users, which holds
    the old one, is dropped with it: who may write to the folder owns the graph anyway.
    """
    file = folder / _PASSWORD
    try:
        password = file.read_text(encoding="ascii").strip()
        if password:
            return password
        file.unlink()
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        file.unlink()
    (folder / _USERS).unlink(missing_ok=True)
    # Whole or not there at all: another process may start on the same new folder.
    whole = folder / f"{_PASSWORD}.{os.getpid()}"
    with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(secrets.token_urlsafe(24))
    try:
        os.link(whole, file)
    except FileExistsError:
        pass  # the other one was first, and its password counts
    except OSError:  # a file system without links
        whole.replace(file)
    finally:
        whole.unlink(missing_ok=True)
    return file.read_text(encoding="ascii").strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
