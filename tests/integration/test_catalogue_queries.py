"""Asking of a catalogue: by id or words, with the codes below it; what nobody told is marked."""

from __future__ import annotations

from typing import Any

import pytest

from kb.ask.answer import ask, concept_names
from kb.ask.query import find_query
from kb.catalogue import shipped_catalogue
from kb.errors import UsageError
from kb.graph import Path as GraphPath
from kb.ingest.load import Options, load
from kb.store.bolt import Store
from tests.integration.conftest import ENGINES, engine_store
from tests.shared import ROOT

DRIFT = "concept or data drift (I6.1)"
IDS = ["ml-quality-issues"]
# A catalogue whose links go on from what the sample interviews tell, and back into it.
OWN = """\
id: own
title: Issues of the pump project
citation: Somebody (2020). A report.
issues:
- id: P1
  name: pumps unlike each other
  causes:
  - what: MD-performance-drop
    source: chapter 2
  consequences:
  - what: MM-drift
    source: chapter 3
  fixes:
  - what: buy one make
    source: chapter 4
    outcome: It took a year.
  codes: [MD-performance-drop, Data-no-signal]
"""


@pytest.fixture(scope="module", params=ENGINES)
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample interviews with the shipped catalogue and one of somebody's own. Only read it."""
    own = tmp_path_factory.mktemp("catalogue") / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    store = engine_store(request.param, request)
    report = load(store, [ROOT / "data" / "interviews"], Options(catalogues=(shipped_catalogue(), own)))
    assert not report.failed
    return store


def rows(store: Store, name: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, find_query(name), given).rows


@pytest.mark.parametrize(
    "wanted", ["I6.1", "i6.1", DRIFT, "concept or Data Drift", "data drift", "DRIFT data"]
)
def test_an_issue_goes_by_its_id_its_name_or_words_of_it(graph: Store, wanted: str) -> None:
    assert concept_names(graph, wanted) == [DRIFT, "MM-drift", "MM-drift-fix"]


def test_a_code_means_itself_alone(graph: Store) -> None:
    assert concept_names(graph, "MM-drift") == ["MM-drift"]


def test_words_of_several_issues_are_an_error_that_lists_them(graph: Store) -> None:
    with pytest.raises(UsageError, match=r"'data poorly described \(I5.1\)'.* or .*name one of them"):
        concept_names(graph, "data")


def test_words_of_no_issue_are_an_error(graph: Store) -> None:
    with pytest.raises(UsageError, match="There is no code or concept 'weather'"):
        concept_names(graph, "weather")


def test_a_question_about_drift_finds_the_catalogue_and_the_people(graph: Store) -> None:
    found = {(row["cause"], row["effect"]): row for row in rows(graph, "causes-of", issue="data drift")}
    told = found["feedback-loop", "MM-drift"]
    assert (told["interviews"], told["told_in"], told["catalogues"]) == (1, ["905"], [])
    stated = found["economies break with their past", DRIFT]
    assert (stated["interviews"], stated["people"], stated["told_in"]) == (0, 0, [])
    assert stated["catalogues"] == IDS
    assert stated["quotes"] == ["ml-quality-issues: economies break with their past (I15)"]
    fixes = rows(graph, "fixes-for", issue="I6.1")
    people = [row["fix"] for row in fixes if row["interviews"]]
    assert people == [row["fix"] for row in fixes][: len(people)] == ["MM-drift-fix"]
    outcome = next(row for row in fixes if row["fix"] == "retrain often")
    assert "It is no guarantee" in outcome["quotes"][0]


def test_evidence_of_an_issue_is_every_passage_of_its_codes(graph: Store) -> None:
    found = rows(graph, "evidence", code="I6.1")
    one, other = (
        {row["turn"] for row in rows(graph, "evidence", code=c)} for c in ("MM-drift", "MM-drift-fix")
    )
    assert {row["turn"] for row in found} == one | other
    assert len(found) == len(one | other)  # a turn with both codes once
    for row in found:
        mark = {"MM-drift": row["turn"] in one, "MM-drift-fix": row["turn"] in other}
        assert row["codes"] == [code for code, has in mark.items() if has]
        assert {by.partition(": ")[0] for by in row["coded_by"]} == set(row["codes"])


def test_evidence_of_relation_tells_the_catalogue_and_each_claim_once(graph: Store) -> None:
    found = rows(graph, "evidence-of-relation", **{"of": "I6.1"})
    own = [row for row in found if row["basis"] == "catalogue" and row["catalogues"] == [IDS[0]]]
    assert all(row["told_in"] is None for row in own)
    assert all(row["catalogues"] == [] for row in found if row["basis"] != "catalogue")
    assert {row["ref"] for row in own} == {"I6.1"}
    assert all(row["person"] is None and row["turn"] is None and row["quote"] for row in own)
    # Both ends of this relation fall under the issue.
    pair = [row for row in found if (row["from"], row["to"]) == ("MM-drift", "MM-drift-fix")]
    assert len(pair) == len({(row["told_in"], row["person"], row["turn"], row["ref"]) for row in pair}) > 0
    assert pair == rows(graph, "evidence-of-relation", **{"of": "MM-drift", "and": "MM-drift-fix"})


def test_chains_with_a_link_that_nobody_told_are_neither_whole_nor_stitched(graph: Store) -> None:
    found = rows(graph, "causal-chains", effect="P1", limit=1000)
    assert {row["told"] for row in found} == {"whole", "stitched", "catalogue"}
    for row in found:
        links = row["path"].edges
        nobody = any(edge.properties["interviews"] == [] for edge in links)
        assert (row["told"] == "catalogue") == nobody
        assert (row["told"] == "whole") == (not nobody and row["told_by"] != [])
        named = {name for edge in links for name in edge.properties.get("catalogues", [])}
        assert set(row["catalogues"]) == named
        assert len(row["catalogues"]) == len(named)
        if nobody:
            assert (row["told_by"], row["tellers"]) == ([], [])
        assert row["chain"][-1] in ("pumps unlike each other (P1)", "MD-performance-drop", "Data-no-signal")
    for told in ("whole", "stitched", "catalogue"):
        only = rows(graph, "causal-chains", effect="P1", told=told, limit=1000)
        assert only == [row for row in found if row["told"] == told]


def test_a_loop_that_a_catalogue_closes_is_marked(graph: Store) -> None:
    found = {tuple(row["loop"]): row for row in rows(graph, "feedback-loops")}
    closed = next(row for loop, row in found.items() if "pumps unlike each other (P1)" in loop)
    assert (closed["told"], closed["told_by"], closed["catalogues"]) == ("catalogue", [], ["own"])
    assert any(row["told"] != "catalogue" and row["catalogues"] == [] for row in found.values())


def test_root_causes_of_the_catalogue_are_marked_and_come_last(graph: Store) -> None:
    found = rows(graph, "root-causes")
    marks = [row["told"] == "catalogue" for row in found]
    assert marks == sorted(marks)
    assert any(marks)
    assert not all(marks)
    assert all((row["told_by"] == []) for row in found if row["told"] == "catalogue")


def test_the_catalogue_tells_who_speaks_of_each_issue(graph: Store) -> None:
    found = {row["id"]: row for row in rows(graph, "catalogue")}
    assert len(found) == 19
    drift = found["I6.1"]
    passages = [row for code in ("MM-drift", "MM-drift-fix") for row in rows(graph, "evidence", code=code)]
    coded = {row["interview"] for row in passages}
    assert drift["interviews"] == len(coded) > 0
    assert drift["passages"] == len({row["turn"] for row in passages})
    assert drift["codes"] == ["MM-drift", "MM-drift-fix"]
    assert (len(drift["causes"]), len(drift["leads_to"]), len(drift["fixes"])) == (6, 3, 9)
    assert drift["cite"] == "doi:10.1007/s10664-024-10536-7"
    assert all(isinstance(part, GraphPath) for part in drift["path"])
    assert len(drift["path"]) == 18
    assert found["P1"]["cite"] == "Somebody (2020). A report."
    assert [row["id"] for row in rows(graph, "catalogue", attribute="Explainability")] == ["I2.1", "I2.2"]
    assert [row["id"] for row in rows(graph, "catalogue", issue="data drift")] == ["I6.1"]


def test_the_catalogue_as_a_graph_has_each_relation_once(graph: Store) -> None:
    found = rows(graph, "catalogue-graph", issue="I6.1")
    keys = [(row["from"], row["relation"], row["to"]) for row in found]
    assert len(keys) == len(set(keys)) == 20
    under = [row for row in found if row["relation"] == "BROADER"]
    assert {row["from"] for row in under} == {"MM-drift", "MM-drift-fix"}
    assert all(row["interviews"] > 0 for row in under)
    assert all(row["quotes"] and row["interviews"] == 0 for row in found if row not in under)
    without = rows(graph, "catalogue-graph", issue="I6.1", codes=False)
    assert [row for row in found if row not in under] == without


def test_the_neighbourhood_of_a_code_has_its_catalogue_issue(graph: Store) -> None:
    found = rows(graph, "neighbourhood", issue="MM-drift")
    [row] = [row for row in found if row["relation"] == "BROADER"]
    assert (row["from"], row["to"], row["interviews"], row["told_in"]) == ("MM-drift", DRIFT, 0, [])


def test_the_card_of_a_catalogue_issue_begins_with_it_and_has_peoples_words(graph: Store) -> None:
    found = rows(graph, "issue-card", issue="I6.1")
    assert (found[0]["section"], found[0]["item"], found[0]["catalogues"]) == ("is", DRIFT, IDS)
    assert found[0]["quotes"][0].startswith("The world moves away")
    said = [row for row in found if row["section"] == "spoken of"]
    assert {row["issue"] for row in said} == {"MM-drift", "MM-drift-fix"}
    of_catalogue = [row for row in found if row["catalogues"] and row["section"] != "is"]
    assert all(not row["interviews"] for row in of_catalogue)
