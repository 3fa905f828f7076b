"""A real Neo4j for the tests: the fixture `neo4j_server`, once a test session.

It is the first of these that is there:

1. the server at `KB_TEST_NEO4J_URI`, with `KB_TEST_NEO4J_USERNAME` (default `neo4j`),
   `KB_TEST_NEO4J_PASSWORD`, `KB_TEST_NEO4J_DATABASE` (default `neo4j`) and `KB_TEST_NEO4J_HTTP`
   (default: port 7474 of the same host). **Tests empty that database.** `NEO4J_URI` is never used,
   and a `KB_TEST_NEO4J_URI` that equals it is refused: a test must not touch a user's graph;
2. the service of `docker-compose.yml`, by pytest-docker, where a Docker engine and Compose answer;
3. a server assembled from Maven Central, where `java` and `mvn` are there (`tests/neo4j_maven.py`).

Otherwise the tests that ask for it are skipped with that reason, or fail with it if
`KB_REQUIRE_NEO4J` or `CI` is set.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests import neo4j_maven
from tests.shared import ROOT, is_set

if TYPE_CHECKING:
    from neo4j import Driver

# As they were when the tests began: conftest takes these variables out of the tests' environment.
ENVIRONMENT = dict(os.environ)
REQUIRED = is_set("KB_REQUIRE_NEO4J") or is_set("CI")


@dataclass(frozen=True)
class Neo4jServer:
    """Where a Neo4j server answers, and as whom.

    Attributes:
        uri: Its Bolt address, such as ``bolt://127.0.0.1:40123``.
        http: Its HTTP address without a slash at the end; Neo4j Browser is at ``{http}/browser/``.
        username, password: Its login.
        database: The database that the tests write to and empty.
    """

    uri: str
    http: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"

    @classmethod
    def local(cls, bolt_port: int, http_port: int, password: str) -> Neo4jServer:
        """A server on this machine."""
        return cls(f"bolt://127.0.0.1:{bolt_port}", f"http://127.0.0.1:{http_port}", "neo4j", password)

    @property
    def auth(self) -> tuple[str, str]:
        """The login as the driver takes it."""
        return self.username, self.password

    def driver(self) -> Driver:
        """A new driver for it, to be closed by the caller; server notifications are off."""
        from neo4j import GraphDatabase  # here, so that tests without a server start faster

        return GraphDatabase.driver(self.uri, auth=self.auth, notifications_min_severity="OFF")


def server_of(environment: Mapping[str, str]) -> Neo4jServer | None:
    """The server that `KB_TEST_NEO4J_URI` and its companions name, or None.

    Raises:
        ValueError: It is the same server as that of `NEO4J_URI`, which is the user's.
    """
    uri = environment.get("KB_TEST_NEO4J_URI", "").strip()
    if not uri:
        return None
    if _place(uri) == _place(environment.get("NEO4J_URI", "")):
        raise ValueError("KB_TEST_NEO4J_URI is the server of NEO4J_URI: the tests would empty your graph")
    return Neo4jServer(
        uri=uri,
        http=environment.get("KB_TEST_NEO4J_HTTP", f"http://{urlsplit(uri).hostname}:7474").rstrip("/"),
        username=environment.get("KB_TEST_NEO4J_USERNAME", "neo4j"),
        password=environment.get("KB_TEST_NEO4J_PASSWORD", ""),
        database=environment.get("KB_TEST_NEO4J_DATABASE", "neo4j"),
    )


def _place(uri: str) -> tuple[str, int]:
    """Host and port of a Bolt address, whatever its scheme."""
    parts = urlsplit(uri.strip())
    host = parts.hostname or ""
    return ("127.0.0.1" if host in {"localhost", "::1"} else host), parts.port or 7687


def why_no_docker() -> str | None:
    """Why the Docker way is closed, or None if an engine and Compose answer."""
    if shutil.which("docker") is None:
        return "docker not found"
    for question, reason in ("info", "no Docker engine answers"), ("compose version", "no Docker Compose"):
        try:
            subprocess.run(["docker", *question.split()], capture_output=True, timeout=20, check=True)
        except subprocess.SubprocessError:
            return reason
    return None


def wipe(driver: Driver, database: str = "neo4j") -> None:
    """Empty a database: every node and relationship, constraint and index.

    The two token lookup indexes stay; a database is born with them.
    """
    driver.execute_query("MATCH (n) DETACH DELETE n", database_=database)
    # Constraints first: with them go the indexes they own.
    for kind, kinds in ("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES"):
        shown = driver.execute_query(f"SHOW {kinds} YIELD name, type RETURN name, type", database_=database)
        for name, type_ in shown.records:
            if type_ != "LOOKUP":
                driver.execute_query(f"DROP {kind} `{name.replace('`', '``')}`", database_=database)


@pytest.fixture(scope="session")
def docker_compose_file() -> str:
    """The compose file that pytest-docker starts: the shipped one."""
    return str(ROOT / "docker-compose.yml")


@pytest.fixture(scope="session")
def compose_settings() -> Iterator[tuple[Path, Neo4jServer]]:
    """Ports and a password of the session's own, beside whatever else runs here: their file, the server."""
    neo4j_maven.FOLDER.mkdir(exist_ok=True)
    bolt_port, http_port = neo4j_maven.free_ports(2)
    password = secrets.token_urlsafe(12)
    handle, name = tempfile.mkstemp(prefix="compose-", suffix=".env", dir=neo4j_maven.FOLDER)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"NEO4J_PASSWORD={password}\nNEO4J_BOLT_PORT={bolt_port}\nNEO4J_HTTP_PORT={http_port}\n")
    yield Path(name), Neo4jServer.local(bolt_port, http_port, password)
    Path(name).unlink()


@pytest.fixture(scope="session")
def docker_compose_command(compose_settings: tuple[Path, Neo4jServer]) -> str:
    """How pytest-docker calls Compose."""
    return f'docker compose --env-file "{compose_settings[0]}"'


def no_server(no_docker: str | None, no_maven: str | None, *, required: bool) -> tuple[str, str]:
    """What happens where no server can be had: ``skip`` or ``fail``, and the reason that is told."""
    reason = f"no Neo4j to test on: KB_TEST_NEO4J_URI is not set; {no_docker}; {no_maven}"
    if required:
        return "fail", f"{reason}; and KB_REQUIRE_NEO4J or CI is set"
    return "skip", reason


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Neo4jServer]:
    """A running Neo4j server for the whole session; see the module. `wipe` its database before use."""
    try:
        server = server_of(ENVIRONMENT)
    except ValueError as error:
        pytest.fail(str(error))
    if server is not None:
        yield server
        return
    no_docker = why_no_docker()
    if no_docker is None:
        request.getfixturevalue("docker_services")
        yield request.getfixturevalue("compose_settings")[1]
        return
    no_maven = neo4j_maven.why_not()
    if no_maven is None:
        try:
            neo4j_maven.jars()
        except neo4j_maven.NotDownloaded as error:
            no_maven = str(error)
        else:
            with neo4j_maven.running() as ports_and_password:
                yield Neo4jServer.local(*ports_and_password)
            return
    outcome, reason = no_server(no_docker, no_maven, required=REQUIRED)
    (pytest.fail if outcome == "fail" else pytest.skip)(reason)
