"""A kind of relation that is added to the table is everywhere: nothing else has to be touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.relation import KINDS, PLACES, filled
from kb.resources import cypher_dir
from tests.integration.conftest import ENGINES
from tests.neo4j_server import Neo4jServer
from tests.shared import ROOT


@pytest.fixture(scope="module", params=ENGINES)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `tests/new_kind.py` finds on each engine, after adding `prevents` and `triggers`."""
    folder: Path = tmp_path_factory.mktemp("new-kind")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if request.param == "embedded":
        env["KB_DB"] = str(folder / "db")
    else:
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        env |= {
            "NEO4J_URI": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }  # fmt: skip
    run = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "new_kind.py"), str(folder)],
        capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def test_it_is_read_from_a_relations_file_with_a_place_of_its_own(found: dict[str, Any]) -> None:
    assert (found["failed"], found["lost"], found["again"]) == ([], [], 0)
    assert found["sums"] == [{"i": ["77"], "p": ["77/Interviewee"], "s": "stated"}]
    assert found["concepts"] == [
        {"name": "battery in the cellar", "kind": "fix"}, {"name": "power drop", "kind": "cause"}
    ]  # fmt: skip
    assert found["schema"] == ["ABOUT_SAFEGUARD", "PREVENTED_BY", "TRIGGERS"]


def test_the_queries_answer_with_it(found: dict[str, Any]) -> None:
    assert found["fixes-for"] == [["prevents", "battery in the cellar", 1]]
    assert found["neighbourhood"] == ["CAUSES", "PREVENTED_BY", "TRIGGERS"]
    assert ["kept away by", "battery in the cellar"] in found["issue-card"]
    assert ["caused by", "power drop"] in found["issue-card"]
    assert "cold oven kept away by battery in the cellar" in found["saturation"]
    assert found["causes-of"] == ["power drop"]
    assert found["chains"] == [["power drop", "cold oven", "flat bread"]]


def test_figures_draw_it_and_say_how_it_reads(found: dict[str, Any]) -> None:
    assert "cold oven is prevented by battery in the cellar (interview 77; stated)" in found["sentences"]
    assert "power drop triggers cold oven (interview 77; stated)" in found["sentences"]
    for said in ("kept away by", "sets off", "#123456", "#654321", "3 relations"):
        assert said in found["svg"]


def test_neo4j_browser_and_bloom_know_it(found: dict[str, Any]) -> None:
    (rule,) = [
        rule for rule in found["grass"].split("}\n") if rule.strip().startswith("relationship.TRIGGERS")
    ]
    assert "#654321" in rule
    assert "triggers" in rule
    assert "DETECTED_BY|PREVENTED_BY]" in found["guide"]
    assert "[:CAUSES|TRIGGERS]" in found["guide"]
    assert "PREVENTED_BY" in found["perspective"]


@pytest.mark.parametrize("path", sorted(cypher_dir().rglob("*.cypher")), ids=lambda path: path.stem)
def test_a_query_file_stands_as_the_table_has_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert " ".join(filled(text).split()) == " ".join(text.split())


def test_a_query_that_asks_for_kinds_there_are_not_is_refused() -> None:
    with pytest.raises(ValueError, match="asks for one of relations, causal"):
        filled("MATCH (a)-[:/*:everything*/CAUSES]->(b)")


def test_the_table_is_whole() -> None:
    places = {place.name for place in PLACES}
    for kind in KINDS:
        assert {kind.start, kind.end} <= places
        assert kind.verb != kind.back
    assert len({kind.edge for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({(kind.colour, kind.head) for kind in KINDS}) == len(KINDS)
