"""What goes wrong with a folder, a disk or a server: one sentence with the remedy, soon."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.errors import StoreError
from kb.settings import Settings
from kb.store import embedded, engine, open_store
from tests.integration.test_cli import Kb, filled, kb, loaded, one_sentence

__all__ = ["filled", "kb", "loaded"]


def served(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port whose connections get this answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept = []

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                kept.append(connection)
                answer(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        for connection in kept:
            connection.close()


@pytest.fixture
def silent() -> Iterator[int]:
    yield from served(lambda _: None)


@pytest.fixture
def plain() -> Iterator[int]:
    """A server that speaks without encryption alone."""

    def refuse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"\x00\x00\x00\x00")
        connection.close()

    yield from served(refuse)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s"])
def test_a_silent_host_is_not_waited_for_long(kb: Kb, silent: int, scheme: str) -> None:
    one_sentence(kb("status", NEO4J_URI=f"{scheme}://127.0.0.1:{silent}", KB_DB=""), 4, "does not answer")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_encryption_that_the_server_does_not_speak_is_named(kb: Kb, plain: int, scheme: str) -> None:
    run = kb("status", NEO4J_URI=f"{scheme}+s://127.0.0.1:{plain}", KB_DB="")
    one_sentence(run, 4, "encrypted", f"NEO4J_URI {scheme}://127.0.0.1:{plain}")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_that_cannot_be_written_can_be_queried(
    filled: Kb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = everything(filled.db)
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))
    # Who runs the tests may be root, whom no rights stop.
    monkeypatch.setattr(embedded.os, "access", lambda path, _mode: not str(path).startswith(str(filled.db)))
    with open_store(Settings(KB_DB=filled.db), create=False) as store:
        assert store.read("MATCH (i:Interview) RETURN count(*) AS n").rows == [{"n": 5}]
        with pytest.raises(StoreError, match=r"cannot be written.*--db"):
            store.write("CREATE (:Lost)")
        with pytest.raises(StoreError, match="cannot be written"):
            store.transaction(lambda tx: tx.run("CREATE (:Lost)"))
    assert everything(filled.db) == before
    assert list(copies.iterdir()) == []


def test_a_full_disk_is_named(filled: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(filled.db)
    with open_store(Settings(KB_DB=filled.db)) as store:
        monkeypatch.setattr(engine, "disk_usage", lambda _: usage._replace(free=0))
        with pytest.raises(StoreError, match=r"disk of .* is full: free some space"):
            store.write("CREATE (:Broken")  # stands for whatever the engine could not write
