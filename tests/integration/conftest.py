"""A graph to test on, on both engines: the same cases, the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from tests.neo4j_server import Neo4jServer, wipe
from tests.shared import ROOT

ENGINES = ("embedded", "neo4j")


def server_settings(server: Neo4jServer) -> Settings:
    """Settings that name the test server."""
    return Settings(
        NEO4J_URI=server.uri,
        NEO4J_USERNAME=server.username,
        NEO4J_PASSWORD=SecretStr(server.password),
        NEO4J_DATABASE=server.database,
    )


@pytest.fixture(scope="session")
def embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One embedded engine for the session; a process can have one a folder."""
    with open_store(Settings(KB_DB=tmp_path_factory.mktemp("embedded"))) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_store(neo4j_server: Neo4jServer) -> Iterator[Store]:
    """A store on the test server."""
    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
    with open_store(server_settings(neo4j_server)) as store:
        yield store


def engine_store(engine: str, request: pytest.FixtureRequest) -> Store:
    """The session's store of an engine, emptied."""
    store: Store = request.getfixturevalue(f"{engine}_store")
    store.write("MATCH (n) DETACH DELETE n")
    # Other tests wipe the server, constraints included, under the session's store.
    store._schema_done = False
    return store


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty graph, on each engine in turn."""
    return engine_store(request.param, request)


@pytest.fixture(scope="module", params=ENGINES)
def sample_store(request: pytest.FixtureRequest) -> Store:
    """The shipped sample interviews with their relations, loaded once a module and engine. Only read it."""
    from kb.ingest.load import load

    store = engine_store(request.param, request)
    report = load(store, [ROOT / "data" / "interviews"])
    assert not report.failed
    return store


@pytest.fixture
def samples() -> Path:
    """The folder of the shipped sample interviews."""
    return ROOT / "data" / "interviews"
