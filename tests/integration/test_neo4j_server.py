"""The server that the other tests run on: that it is a real one, and the right one."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from neo4j import Driver
from neo4j.exceptions import ClientError

from tests.neo4j_maven import lts_version, neo4j_version
from tests.neo4j_server import ENVIRONMENT, Neo4jServer, wipe


@pytest.fixture
def driver(neo4j_server: Neo4jServer) -> Iterator[Driver]:
    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
        yield driver
        wipe(driver, neo4j_server.database)


def fetch(url: str) -> str:
    # No proxy stands between a test and the server on its own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=30) as response:
        return str(response.read().decode())


def nodes(driver: Driver, database: str) -> int:
    return int(driver.execute_query("MATCH (n) RETURN count(n)", database_=database).records[0][0])


def test_neo4j_itself_answers(driver: Driver, neo4j_server: Neo4jServer) -> None:
    components = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"
    ((version,),) = driver.execute_query(components, database_=neo4j_server.database).records
    assert isinstance(version, str)
    if not ENVIRONMENT.get("KB_TEST_NEO4J_URI"):
        assert version in (lts_version(), neo4j_version())  # of docker-compose.yml, or as Java allows


def test_a_wrong_password_is_refused(neo4j_server: Neo4jServer) -> None:
    wrong = Neo4jServer(neo4j_server.uri, neo4j_server.http, neo4j_server.username, "not the password")
    with wrong.driver() as driver, pytest.raises(ClientError, match="authentication"):
        driver.verify_connectivity()


def test_discovery_names_the_bolt_port(neo4j_server: Neo4jServer) -> None:
    discovered = json.loads(fetch(f"{neo4j_server.http}/"))
    assert urlsplit(discovered["bolt_direct"]).port == urlsplit(neo4j_server.uri).port


def test_neo4j_browser_is_served(neo4j_server: Neo4jServer) -> None:
    assert "<title>Neo4j Browser</title>" in fetch(f"{neo4j_server.http}/browser/")


def test_the_database_asked_for_is_the_one_written_to(driver: Driver, neo4j_server: Neo4jServer) -> None:
    driver.execute_query("CREATE (:Issue {name: 'Data-drift'})", database_=neo4j_server.database)
    assert nodes(driver, neo4j_server.database) == 1
    with pytest.raises(ClientError) as refused:
        nodes(driver, "no-such-database")
    assert refused.value.code == "Neo.ClientError.Database.DatabaseNotFound"


def test_wipe_leaves_a_database_as_it_was_born(driver: Driver, neo4j_server: Neo4jServer) -> None:
    database = neo4j_server.database

    def state() -> list[object]:
        shown = "SHOW INDEXES YIELD name, type, state RETURN type, state ORDER BY type"
        return [nodes(driver, database), *map(list, driver.execute_query(shown, database_=database).records)]

    born = state()
    for statement in (
        "CREATE CONSTRAINT `odd ``name` FOR (i:Issue) REQUIRE i.name IS UNIQUE",
        "CREATE INDEX by_text FOR (t:Turn) ON (t.speaker)",
        "CREATE FULLTEXT INDEX words FOR (t:Turn) ON EACH [t.text]",
        "CREATE (a:Issue {name: 'a'})-[:CAUSES]->(b:Issue {name: 'b'}), (a)-[:CAUSES]->(a)",
    ):
        driver.execute_query(statement, database_=database)
    assert len(state()) == len(born) + 3
    wipe(driver, database)
    assert state() == born
