"""What the plan of a Neo4j server says of a statement."""

from __future__ import annotations

from typing import Any

import pytest

from kb.store.plan import beyond_reading


def plan(*steps: tuple[str, str]) -> dict[str, Any]:
    """A plan as the driver gives it: each step is the child of the one before."""
    found: dict[str, Any] = {}
    for operator, details in reversed(steps):
        children = [found] if found else []
        found = {"operatorType": f"{operator}@neo4j", "args": {"Details": details}, "children": children}
    return found


RESULT = ("ProduceResults", "x")


@pytest.mark.parametrize(
    "step",
    [
        ("ProcedureCall", "apoc.path.expandConfig(n, {}) :: (path :: PATH)"),
        ("ProcedureCall", "apoc.meta.stats() :: (labels :: MAP)"),
        ("ProcedureCall", "db.schema.relTypeProperties() :: (relType :: STRING)"),
        ("Projection", "apoc.text.join(names, $autostring_0) AS x"),
        ("ShowIndexes", "allIndexes, defaultColumns"),
    ],
)
def test_what_reads_is_allowed(step: tuple[str, str]) -> None:
    assert beyond_reading(plan(RESULT, ("Filter", "n.name = 'x'"), step)) is None


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (("ProcedureCall", "apoc.load.json($autostring_0) :: (value :: MAP)"), "calls apoc.load.json,"),
        (("ProcedureCall", "apoc.cypher.run($autostring_0, {}) :: (value :: MAP)"), "calls apoc.cypher.run,"),
        (("ProcedureCall", "apoc.pathological() :: ()"), "calls apoc.pathological,"),
        (("ProcedureCall", "db.labelsToo() :: ()"), "calls db.labelsToo,"),
        (("Projection", "apoc.cypher.runFirstColumnMany($autostring_0, {}) AS x"), "runs another one"),
        (("Filter", "`apoc`.`cypher`.runFirstColumnSingle($autostring_0, {})"), "runs another one"),
        (("LoadCSV", "l"), "LOAD CSV"),
        (("ShowSettings", "allSettings"), "administration"),
        (("ShowWhatComesNext", ""), "administration"),
    ],
)
def test_what_does_more_is_told(step: tuple[str, str], told: str) -> None:
    assert told in str(beyond_reading(plan(RESULT, ("Apply", ""), step)))


def test_what_runs_on_the_database_of_accounts_is_told() -> None:
    shown = {"operatorType": "AdministrationCommand@system", "args": {}, "children": []}
    assert "administration" in str(beyond_reading(shown))
    called = {"operatorType": "dbms.components@system", "args": {}, "children": []}
    assert beyond_reading(called) is None
