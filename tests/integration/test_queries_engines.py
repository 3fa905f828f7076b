"""Every canned query on the shipped samples: both engines give the same rows in the same order."""

from __future__ import annotations

import pytest

from kb.ask import ask
from kb.graph import Edge, Node
from kb.graph import Path as Walk
from kb.ingest.load import Options, load
from kb.query import Query, query_paths, read_query
from kb.store.bolt import Store
from tests.integration.conftest import engine_store
from tests.shared import ROOT

QUERIES = [read_query(path) for path in query_paths().values()]

# What to ask where a query needs something, and its widest reach: a deep walk, many rows.
ASKED = {
    "effect": "MD-performance-drop",
    "issue": "MT-overfitting",
    "code": "Data-no-signal",
    "of": "MT-overfitting",
    "words": "the data",
}


@pytest.fixture(scope="module")
def engines(request: pytest.FixtureRequest) -> dict[str, Store]:
    """The samples with the shipped catalogue on both engines. Only read them."""
    stores = {name: engine_store(name, request) for name in ("embedded", "neo4j")}
    options = Options(catalogues=(ROOT / "data" / "catalogue.yaml",))
    for store in stores.values():
        assert not load(store, [ROOT / "data" / "interviews"], options).failed
    return stores


@pytest.mark.parametrize("reach", ["default", "widest"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_both_engines_give_the_same_rows_in_the_same_order(
    engines: dict[str, Store], query: Query, reach: str
) -> None:
    given: dict[str, object] = {name: ASKED[name] for name, param in query.params.items() if param.required}
    if reach == "widest":
        given |= {name: param.max for name, param in query.params.items() if param.max is not None}
    embedded, neo4j = (ask(store, query, given) for store in engines.values())
    assert embedded.rows == neo4j.rows
    if embedded.rows:
        assert embedded.columns == neo4j.columns
        assert set(query.columns) <= set(embedded.columns)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_what_can_be_drawn_has_a_path_in_every_row(engines: dict[str, Store], query: Query) -> None:
    given = {name: ASKED[name] for name, param in query.params.items() if param.required}
    for row in ask(engines["embedded"], query, given).rows:
        values = [v for value in row.values() for v in (value if isinstance(value, list) else [value])]
        drawn = any(isinstance(value, (Node, Edge, Walk)) for value in values)
        assert drawn == (query.returns == "graph"), row
