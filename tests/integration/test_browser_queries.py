"""What goes to Neo4j Browser and Bloom as text gives the rows of the query it is made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.ask.answer import prepare, resolve
from kb.ask.query import Query, query_paths, read_query
from kb.ask.steps import STEPS
from kb.browser.favourites import example
from kb.browser.guide import SLIDES, Slide
from kb.browser.link import browser_address, query_text
from kb.browser.perspective import perspective
from kb.graph import Edge, Node
from kb.ingest.load import load
from kb.store.bolt import Store
from kb.text.cypher import literal
from tests.neo4j_server import Neo4jServer

QUERIES = [read_query(path) for path in query_paths().values()]


def given(query: Query) -> dict[str, object]:
    """An example for each parameter, as a user types it."""
    values = {name: example(param) for name, param in query.params.items()}
    return {name: value[0] if isinstance(value, list) else value for name, value in values.items()}


def told(part: Node | Edge) -> tuple[str, str]:
    """A node or an edge by what it says: an edge that comes before its ends knows no names of theirs."""
    return (part.id, "") if isinstance(part, Node) else (part.type, repr(part.properties))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_parameters_written_out_give_the_same_rows(sample_store: Store, query: Query) -> None:
    parameters = resolve(sample_store, query, given(query))
    ready = prepare(sample_store, query, parameters)
    text = query_text(query, ready.statement, ready.parameters)
    assert sample_store.read(text) == sample_store.read(ready.statement, ready.parameters)


# A comparison of groups has a test, which Cypher does not: pasted elsewhere it only counts.
# Nor can it look for the smallest group of people: it counts those who told a chain whole.
SEARCHES = [q for q in QUERIES if any(STEPS[step].run and step != "doubt" for step in q.steps.values())]


@pytest.mark.parametrize("query", SEARCHES, ids=lambda query: query.name)
def test_a_query_finds_for_itself_what_kb_finds_for_it(sample_store: Store, query: Query) -> None:
    # As in Neo4j Browser, where nobody takes its steps beforehand.
    parameters = resolve(sample_store, query, given(query))
    alone = {name: parameters.get(name) for name in (*query.params, *query.steps)}
    ready = prepare(sample_store, query, parameters)
    found = sample_store.read(ready.statement, ready.parameters)
    assert sample_store.read(query.text, alone) == found
    assert found.rows


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
        drawn = neo4j_store.read(phrase["cypher"], named)
        defaults = {
            name: parameters[name] if name in needed else p.default for name, p in query.params.items()
        } | dict.fromkeys(query.steps)
        paths = [row["path"] for row in neo4j_store.read(query.text, defaults).rows]
        if drawn.columns == ("part",):  # nodes and edges one by one
            wanted = list(dict.fromkeys(told(part) for path in paths for part in path))
            assert [told(row["part"]) for row in drawn.rows] == wanted
        else:
            assert [row["path"] for row in drawn.rows] == paths


def test_the_server_says_where_its_browser_is(neo4j_store: Store, neo4j_server: Neo4jServer) -> None:
    assert browser_address(neo4j_store, neo4j_server.uri) == f"{neo4j_server.http}/browser/"
