"""What goes to Neo4j Browser and Bloom as text gives the rows of the query it is made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.ask.answer import resolve
from kb.ask.query import Query, query_paths, read_query
from kb.browser.favourites import example
from kb.browser.guide import SLIDES, Slide
from kb.browser.link import browser_address, query_text
from kb.browser.perspective import perspective
from kb.ingest.load import load
from kb.store.bolt import Store
from kb.text.cypher import literal
from tests.neo4j_server import Neo4jServer

QUERIES = [read_query(path) for path in query_paths().values()]


def given(query: Query) -> dict[str, object]:
    """An example for each parameter, as a user types it."""
    values = {name: example(param) for name, param in query.params.items()}
    return {name: value[0] if isinstance(value, list) else value for name, value in values.items()}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_parameters_written_out_give_the_same_rows(sample_store: Store, query: Query) -> None:
    parameters = resolve(sample_store, query, given(query))
    text = query_text(query, parameters)
    assert sample_store.read(text) == sample_store.read(query.text, parameters)


@pytest.mark.parametrize("slide", [slide for slide in SLIDES if slide.query], ids=lambda slide: slide.heading)
def test_each_query_of_the_guide_finds_something(sample_store: Store, slide: Slide) -> None:
    assert sample_store.read(slide.query).rows


@pytest.mark.parametrize("value", ['it\'s a \\ "b"\n\u2028 // $x', [], [None, True, -1.5], -7, 1e300, None])
def test_literals_are_read_as_what_they_were(sample_store: Store, value: object) -> None:
    assert sample_store.read(f"RETURN {literal(value)} AS value").rows == [{"value": value}]


def test_each_search_phrase_draws_what_the_query_draws(neo4j_store: Store, samples: Path) -> None:
    assert not load(neo4j_store, [samples]).failed
    phrases = {phrase["name"]: phrase for phrase in json.loads(perspective(QUERIES))["templates"]}
    for query in QUERIES:
        if query.returns != "graph":
            continue
        parameters = resolve(neo4j_store, query, given(query))
        needed = {name: parameters[name] for name, param in query.params.items() if param.required}
        phrase = phrases[query.title]
        # A code is a list for the query, and one name for Bloom.
        named = {name: value[0] if isinstance(value, list) else value for name, value in needed.items()}
        found = [row["path"] for row in neo4j_store.read(phrase["cypher"], named).rows]
        defaults = {
            name: parameters[name] if name in needed else p.default for name, p in query.params.items()
        }
        assert found == [row["path"] for row in neo4j_store.read(query.text, defaults).rows]


def test_the_server_says_where_its_browser_is(neo4j_store: Store, neo4j_server: Neo4jServer) -> None:
    assert browser_address(neo4j_store, neo4j_server.uri) == f"{neo4j_server.http}/browser/"
