"""`kb serve` as a process: what it prints, who may read, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest

from kb.ingest.load import load
from kb.settings import Settings
from kb.store import open_store
from tests.neo4j_server import Neo4jServer
from tests.shared import ROOT, patience

KB = Path(sys.executable).parent / "kb"
WAIT = patience(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples in the embedded engine."""
    db = tmp_path_factory.mktemp("served")
    with open_store(Settings(KB_DB=db)) as store:
        load(store, [ROOT / "data" / "interviews"])
    return db


@contextmanager
def serving(
    *options: str | Path, at: Path, **environment: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A page that runs, and its address."""
    process = subprocess.Popen(
        [KB, "serve", "--no-open", "--port", "0", *options],
        cwd=at,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
    finally:
        process.kill()
        process.communicate()


def asked(link: str, **headers: str) -> int:
    """The status of an answer."""
    try:
        answer: HTTPResponse
        with urllib.request.urlopen(urllib.request.Request(link, headers=headers), timeout=WAIT) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_the_address_answers_and_ends_in_order(
    folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with serving("--db", folder, at=tmp_path) as (link, process):
        assert link.startswith("http://127.0.0.1:")
        assert asked(link) == 200
        process.send_signal(number)
        out, told = process.communicate(timeout=WAIT)
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in told
    # The folder is free again.
    done = subprocess.run([KB, "status", "--db", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.neo4j
def test_it_serves_a_graph_on_a_server(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    settings = {
        "NEO4J_URI": neo4j_server.uri,
        "NEO4J_USERNAME": neo4j_server.username,
        "NEO4J_PASSWORD": neo4j_server.password,
        "NEO4J_DATABASE": neo4j_server.database,
    }
    with serving(at=tmp_path, **settings) as (link, _):
        assert asked(link) == 200


def test_with_token_only_the_printed_address_lets_in(folder: Path, tmp_path: Path) -> None:
    with serving("--db", folder, "--token", at=tmp_path) as (link, _):
        bare, token = link.split("?token=")
        assert len(token) >= 24
        assert asked(bare) == 401
        assert asked(f"{bare}?token={token[:-1]}") == 401
        assert asked(bare, Cookie=f"kb_access={token}") == 200


def test_another_address_asks_for_a_token_and_says_what_it_means(folder: Path, tmp_path: Path) -> None:
    with serving("--db", folder, "--host", "0.0.0.0", at=tmp_path) as (link, process):
        assert "?token=" in link
        port = link.split("?")[0].rstrip("/").rsplit(":", 1)[1]
        assert asked(f"http://127.0.0.1:{port}/") == 401
        process.terminate()
        assert "not encrypted" in process.communicate(timeout=WAIT)[1]


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str, folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [KB, "serve", "--port", port, "--db", folder],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_and_an_address_of_no_machine_are_told(folder: Path, tmp_path: Path) -> None:
    with serving(at=tmp_path, KB_DB=str(folder)) as (link, _):
        port = link.rstrip("/").rsplit(":", 1)[1]
        other = tmp_path / "other"
        open_store(Settings(KB_DB=other)).close()
        for options, word in (["--port", port], "--port 0"), (["--host", "192.0.2.1"], "--host"):
            done = subprocess.run(
                [KB, "serve", "--db", other, *options], capture_output=True, text=True, check=False
            )
            assert done.returncode == 2
            assert word in done.stderr
            assert "Traceback" not in done.stderr


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [KB, "serve", "--db", tmp_path / "none"], capture_output=True, text=True, check=False, timeout=WAIT
    )
    assert done.returncode == 4
    assert "kb load" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--into", "."], "is a folder"),
        (["--into", "nowhere/x.yaml"], "no folder nowhere"),
        (["--host", " "], "--host"),
        (["--language", "xx"], "'xx'"),
    ],
)
def test_what_cannot_be_served_is_told_before_it_begins(
    folder: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    command = [KB, "serve", "--db", folder, "--port", "0", "--no-open", *options]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=WAIT, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
