"""Every canned query on the shipped samples: both engines give the same rows in the same order."""

from __future__ import annotations

import pytest

from kb.ask.answer import ask
from kb.ask.query import Query, query_paths, read_query
from kb.graph import Edge, Node
from kb.graph import Path as Walk
from kb.ingest.load import Options, load
from kb.store.bolt import Store
from kb.text.cypher import columns
from tests.integration.conftest import engine_store
from tests.shared import ROOT

QUERIES = [read_query(path) for path in query_paths().values()]

# What to ask where a query needs something, and its widest reach: a deep walk, many rows.
ASKED = {
    "effect": "MD-performance-drop",
    "cause": "Data-no-signal",
    "issue": "MT-overfitting",
    "code": "Data-no-signal",
    "of": "MT-overfitting",
    "words": "the data",
    "attribute": "sector",
}


@pytest.fixture(scope="module")
def engines(request: pytest.FixtureRequest) -> dict[str, Store]:
    """The samples with the shipped catalogue on both engines. Only read them.

    They are loaded in another order on each, so that an order which a query leaves open shows.
    """
    stores = {name: engine_store(name, request) for name in ("embedded", "neo4j")}
    catalogue = ROOT / "data" / "catalogue.yaml"
    samples = sorted((ROOT / "data" / "interviews").iterdir())
    assert not load(stores["embedded"], samples, Options(catalogues=(catalogue,))).failed
    for sample in reversed(samples):
        assert not load(stores["neo4j"], [sample]).failed
    assert not load(stores["neo4j"], [], Options(catalogues=(catalogue,))).failed
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


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_whole_file_runs_as_neo4j_browser_takes_it(engines: dict[str, Store], query: Query) -> None:
    # After `:params {…}`: every parameter is set, a code is a list of names, what is left out is null.
    parameters = {
        name: [ASKED[name]] if param.type == "code" and param.required else ASKED.get(name, param.default)
        for name, param in query.params.items()
        if param.required or param.type != "code"
    }
    parameters |= {name: parameters.get(name) for name in (*query.params, *query.steps)}
    text = query.path.read_text(encoding="utf-8")
    embedded, neo4j = (store.read(text, parameters) for store in engines.values())
    assert embedded.rows == neo4j.rows
    given = {name: ASKED[name] for name, param in query.params.items() if param.required}
    assert neo4j.columns == ask(engines["neo4j"], query, given).columns


def test_an_empty_answer_has_its_columns_on_both_engines(store: Store) -> None:
    for name, path in query_paths().items():
        query = read_query(path)
        if any(param.required for param in query.params.values()):
            continue
        result = ask(store, query, {})
        assert result.rows == [], name
        assert result.columns == columns(query.text), name
