"""A catalogue changes no count of people, and every query is the same with it on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.ask.answer import ask
from kb.ask.query import find_query, query_paths
from kb.catalogue import shipped_catalogue
from kb.ingest.load import Options, load
from kb.store.bolt import Store


def rows(store: Store, name: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, find_query(name), given).rows


def test_counts_of_people_are_as_without_a_catalogue(store: Store, samples: Path) -> None:
    load(store, [samples])
    top = rows(store, "top-issues", limit=1000)
    without = rows(store, "issues-without-fix")
    load(store, [], Options(catalogues=(shipped_catalogue(),)))
    assert rows(store, "top-issues", limit=1000) == top
    beside = rows(store, "issues-without-fix")
    assert [{**row, "catalogue_fixes": []} for row in beside] == without
    drop = next(row for row in beside if row["issue"] == "MD-performance-drop")
    # It falls under I1.1, whose fixes the catalogue has.
    assert "deploy softly at first" in drop["catalogue_fixes"]


def test_every_query_gives_the_same_on_both_engines(
    embedded_store: Store, neo4j_store: Store, samples: Path
) -> None:
    for store in (embedded_store, neo4j_store):
        store.write("MATCH (n) DETACH DELETE n")
        load(store, [samples], Options(catalogues=(shipped_catalogue(),)))
    values = {"code": "I6.1", "interview": "901", "coder": "Ada", "str": "drift"}
    for name in query_paths():
        query = find_query(name)
        given = {key: values.get(spec.type) for key, spec in query.params.items() if spec.required}
        first, second = (
            [{key: value for key, value in row.items() if key != "path"} for row in ask(s, query, given).rows]
            for s in (embedded_store, neo4j_store)
        )
        assert first == second, name
