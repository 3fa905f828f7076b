"""py2neo, which older notebooks use, on the same server: it reads and writes graphs there.

py2neo has no releases since 2021; kb does not import it. These tests say what its users may rely on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.neo4j_server import Neo4jServer, wipe

# py2neo calls what newer Pythons call deprecated; that is not for these tests to judge.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CHAIN = ["Data-no-signal", "MT-overfitting", "MD-performance-drop"]


@pytest.fixture
def py2neo_graph(neo4j_server: Neo4jServer) -> Iterator[Any]:
    """A `py2neo.Graph` on the test server's empty database."""
    from py2neo import Graph

    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
        graph = Graph(neo4j_server.uri, auth=neo4j_server.auth, name=neo4j_server.database)
        yield graph
        graph.service.connector.close()
        wipe(driver, neo4j_server.database)


def bulk_merge(graph: Any) -> None:
    """Merge a chain of causes, as a notebook would."""
    from py2neo.bulk import merge_nodes, merge_relationships

    merge_nodes(graph.auto(), [{"name": name} for name in CHAIN], ("Issue", "name"))
    links = [(cause, {"claims": 2}, effect) for cause, effect in itertools.pairwise(CHAIN)]
    merge_relationships(graph.auto(), links, "CAUSES", ("Issue", "name"), ("Issue", "name"))


def test_it_bulk_merges_and_reads_the_graph_back(py2neo_graph: Any) -> None:
    bulk_merge(py2neo_graph)
    subgraph = py2neo_graph.run("MATCH p = (:Issue)-[:CAUSES]->(:Issue) RETURN p").to_subgraph()
    assert {node["name"] for node in subgraph.nodes} == set(CHAIN)
    told = {
        (link.start_node["name"], link.end_node["name"], link["claims"]) for link in subgraph.relationships
    }
    assert told == {(CHAIN[0], CHAIN[1], 2), (CHAIN[1], CHAIN[2], 2)}


def test_merging_twice_changes_nothing(py2neo_graph: Any) -> None:
    for _ in range(2):
        bulk_merge(py2neo_graph)
    assert py2neo_graph.evaluate("MATCH (n:Issue) RETURN count(n)") == len(CHAIN)
    assert py2neo_graph.evaluate("MATCH ()-[r:CAUSES]->() RETURN count(r)") == len(CHAIN) - 1


def test_it_reads_what_the_driver_wrote(py2neo_graph: Any, neo4j_server: Neo4jServer) -> None:
    with neo4j_server.driver() as driver:
        driver.execute_query(
            "CREATE (:Issue {name: $name, aliases: ['no signal', 'Signal fehlt — «ß»']})",
            name=CHAIN[0],
            database_=neo4j_server.database,
        )
    node = py2neo_graph.nodes.match("Issue", name=CHAIN[0]).first()
    assert set(node.labels) == {"Issue"}
    assert list(node["aliases"]) == ["no signal", "Signal fehlt — «ß»"]


def test_it_reads_the_graph_that_kb_wrote(py2neo_graph: Any, neo4j_server: Neo4jServer) -> None:
    from kb.ingest.load import load
    from kb.store import open_store
    from tests.integration.conftest import server_settings
    from tests.shared import ROOT

    with open_store(server_settings(neo4j_server)) as store:
        assert not load(store, [ROOT / "data" / "interviews"]).failed
    told = py2neo_graph.run(
        "MATCH p = (:Issue {name: $start})-[:CAUSES*2]->(:Issue {name: $end}) RETURN p",
        start=CHAIN[0],
        end=CHAIN[-1],
    ).to_subgraph()
    assert {node["name"] for node in told.nodes} == set(CHAIN)
    assert all("901" in link["interviews"] and link["quotes"] for link in told.relationships)
    assert len(py2neo_graph.nodes.match("Turn", interview="901")) == 40
