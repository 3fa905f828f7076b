"""Which server the tests on Neo4j run on, and what they do without one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import neo4j_maven
from tests.conftest import users_settings
from tests.neo4j_server import no_server, server_of, why_no_docker
from tests.shared import ROOT

LOGIN = {"KB_TEST_NEO4J_USERNAME": "tester", "KB_TEST_NEO4J_PASSWORD": "twelve-words"}


def test_the_server_of_the_tests_comes_from_its_own_variables() -> None:
    server = server_of({"KB_TEST_NEO4J_URI": "bolt://graph.example:7999", **LOGIN})
    assert server is not None
    assert (server.uri, server.http) == ("bolt://graph.example:7999", "http://graph.example:7474")
    assert server.auth == ("tester", "twelve-words")
    assert "twelve-words" not in repr(server)


def test_the_users_server_is_never_taken() -> None:
    assert server_of({"NEO4J_URI": "bolt://127.0.0.1:7687", "NEO4J_PASSWORD": "mine"}) is None


@pytest.mark.parametrize("mine", ["bolt://localhost:7687", "neo4j://127.0.0.1", "bolt+s://LOCALHOST"])
def test_the_users_server_under_the_tests_name_is_refused(mine: str) -> None:
    with pytest.raises(ValueError, match="would empty your graph"):
        server_of({"KB_TEST_NEO4J_URI": "bolt://127.0.0.1:7687", "NEO4J_URI": mine})


def test_another_port_of_the_same_machine_is_not_the_users_server() -> None:
    both = {"KB_TEST_NEO4J_URI": "bolt://127.0.0.1:7688", "NEO4J_URI": "bolt://127.0.0.1:7687"}
    assert server_of(both) is not None


def run_pytest(test: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a test in a pytest of its own, where no server is named or required but by `environment`."""
    left_out = {"CI", "KB_REQUIRE_NEO4J", "KB_TEST_NEO4J_URI"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", test]
    return subprocess.run(
        command, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("required", "outcome"), [(False, "skip"), (True, "fail")])
def test_without_a_server_tests_skip_and_fail_only_where_one_is_required(
    monkeypatch: pytest.MonkeyPatch, required: bool, outcome: str
) -> None:
    monkeypatch.setenv("PATH", str(ROOT / "tests" / "no-such-folder"))  # no docker, no java, no mvn
    monkeypatch.delenv("JAVA_HOME", raising=False)
    found, reason = no_server(why_no_docker(), neo4j_maven.why_not(), required=required)
    assert found == outcome
    assert "docker not found; java and mvn not found" in reason


# Stands in for a Docker client with an engine: notes each call, and the settings Compose would read.
DOCKER = """\
#!/bin/sh
echo "$@" >> calls
case "$*" in *--env-file*) cat "$3" > settings ;; esac
"""


def test_with_a_docker_engine_the_compose_file_is_started_and_removed(tmp_path: Path) -> None:
    docker = tmp_path / "docker"
    docker.write_text(DOCKER, encoding="utf-8")
    docker.chmod(0o755)
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    test = "def test_it(neo4j_server):\n    print('at', neo4j_server.uri, neo4j_server.password)\n"
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")

    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = run_pytest("test_it.py", tmp_path, PATH=path, PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stdout

    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    info, version, up, down = (shlex.split(call) for call in calls)
    assert (info, version) == (["info"], ["compose", "version"])
    assert up[-3:] == ["up", "--build", "--wait"]
    assert down[-2:] == ["down", "-v"]
    for call in up, down:
        assert call[call.index("-f") + 1] == str(ROOT / "docker-compose.yml")
        assert not Path(call[call.index("--env-file") + 1]).exists()
    lines = (tmp_path / "settings").read_text(encoding="utf-8").splitlines()
    settings = dict(line.split("=", 1) for line in lines)
    assert f"at bolt://127.0.0.1:{settings['NEO4J_BOLT_PORT']} {settings['NEO4J_PASSWORD']}" in done.stdout


def test_a_test_does_not_see_the_users_settings() -> None:
    users = ("NEO4J_URI", "NEO4J_PASSWORD", "KB_DB", "KB_TEST_NEO4J_URI")
    assert users_settings({**dict.fromkeys(users, "of-the-user"), "PATH": "/bin"}) == list(users)
    assert users_settings(os.environ) == []


@pytest.mark.parametrize(("java", "begins"), [(17, "5.26."), (20, "5.26."), (21, "2026."), (25, "2026.")])
def test_the_version_is_the_newest_that_java_allows(java: int, begins: str) -> None:
    assert neo4j_maven.version_for(java).startswith(begins)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a shell script")
def test_java_home_comes_before_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"25.0.1\" 2025-10-21' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert neo4j_maven.java() == str(java)
    assert neo4j_maven.java_version()[0] == 25
    assert neo4j_maven.neo4j_version() == neo4j_maven.version_for(25)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nothing"))
    assert neo4j_maven.java() == "java"
