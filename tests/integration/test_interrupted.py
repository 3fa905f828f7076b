"""Ctrl-C, whenever it comes: one line, 130, and a graph that the next load makes whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.integration.test_cli import BASE, KB
from tests.neo4j_server import Neo4jServer, wipe
from tests.shared import ROOT

MOMENTS = int(os.environ.get("KB_TEST_MOMENTS", "6"))


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_one_line_whenever_it_comes(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    environment = {**BASE, "KB_DB": str(tmp_path / "db")}
    if engine == "neo4j":
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        with server.driver() as driver:
            wipe(driver, server.database)
        environment |= {
            "NEO4J_URI": server.uri, "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password, "NEO4J_DATABASE": server.database,
        }  # fmt: skip
    command = [str(KB), "load", str(ROOT / "data" / "interviews"), "--catalogue"]
    began = time.monotonic()
    subprocess.run([*command, "--dry-run"], env=environment, capture_output=True, check=False)
    longest = 2 * (time.monotonic() - began)
    moment = random.Random(engine)  # the same ones each time
    heard = 0
    for _ in range(MOMENTS):
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            time.sleep(moment.uniform(0.25, longest))
            run.send_signal(signal.SIGINT)
            _, told = run.communicate(timeout=120)
        if run.returncode == 130:
            assert told.strip().splitlines()[-1].startswith("kb: interrupted")
            assert "Traceback" not in told
            assert "Error" not in told
            heard += 1
        elif run.returncode == -signal.SIGINT:
            # Python itself was not up yet, or had ended kb already.
            assert told == "" or " written (" in told.splitlines()[-1], told
        else:
            assert (run.returncode, "Traceback" in told) == (0, False)  # it was done before
    assert heard
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_is_heard_while_kb_itself_is_imported() -> None:
    code = """
        import sys, time
        class Slow:
            def find_spec(self, name, *_):
                if name == "kb.cli":
                    print("importing", flush=True)
                    time.sleep(60)
        sys.meta_path.insert(0, Slow())
        sys.argv[0] = "kb"
        import runpy
        runpy.run_module("kb", run_name="__main__")
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "importing\n"
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=120)
    assert run.returncode == 130
    assert told == "kb: interrupted; nothing was begun.\n"
