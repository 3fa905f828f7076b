"""Only what some people told counts: the answers of a graph in which nobody else was interviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kb
from kb.api.graph import Graph
from kb.ask.answer import ask, to_subgraph
from kb.ask.query import find_query, query_paths
from kb.ask.where import find_people
from kb.ask.within import within
from kb.errors import UsageError
from kb.ingest.load import Options, load
from kb.plots import PLOTS, find_plot
from kb.plots.model import Asked
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from kb.store.digest import lines
from kb.store.scope import Needs
from tests.integration.conftest import ENGINES, engine_store
from tests.integration.graph_check import check_graph
from tests.shared import ROOT

INTERVIEWS = ROOT / "data" / "interviews"
TABLE = """interview,speaker,name,sector,years
901,,Rosa,health,3
902,Interviewee 1,Tom,finance,12
902,Interviewee 2,Uli,finance,2.5
903,,,finance,1
904,,Vera,health,7
905,,Wim,health,20
"""
HEALTH = ("901", "904", "905")
GIVEN: dict[str, list[dict[str, Any]]] = {
    "causal-chains": [
        {"effect": "MD-performance-drop"},
        {"effect": "MD-performance-drop", "told": "stitched"},
    ],
    "causal-map": [{}, {"zoom": "category"}, {"told": "whole"}],
    "robustness": [{"effect": "MD-performance-drop", "cause": "Data-no-signal"}],
    "causes-of": [{"issue": "MD-performance-drop"}],
    "effects-of": [{"issue": "MT-overfitting"}],
    "evidence": [{"code": "MT-overfitting"}, {"code": "MT-overfitting", "context": 2}],
    "evidence-of-relation": [{"of": "MT-overfitting"}, {"of": "MT-overfitting", "context": 2}],
    "fixes-along-chain": [{"effect": "MD-performance-drop"}],
    "fixes-for": [{"issue": "Data-no-signal"}],
    "issue-card": [{"issue": "MD-performance-drop"}],
    "neighbourhood": [{"issue": "MD-performance-drop", "steps": 2}],
    "search": [{"words": "the"}],
}
# Of participants the interviews alone know nothing.
NOT_COMPARED = {"participants", "group-comparison"}


@pytest.fixture(scope="module", params=ENGINES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample interviews with the catalogue, and a table of those who were interviewed."""
    table = tmp_path_factory.mktemp("table") / "people.csv"
    table.write_text(TABLE, encoding="utf-8")
    store = engine_store(request.param, request)
    report = load(store, [INTERVIEWS], Options(participants=(table,)))
    assert not report.failed
    return store


@pytest.fixture(scope="module")
def whole_part(told: Store) -> Iterator[Store]:
    """All that people in health told."""
    with within(told, ["sector=health"]) as part:
        yield part.store


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The interviews of the people in health, and no others."""
    with open_store(Settings(KB_DB=tmp_path_factory.mktemp("alone"))) as store:
        load(store, [path for path in INTERVIEWS.iterdir() if path.name.split()[1][:3] in HEALTH])
        yield store


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if k not in ("path", "category")} for row in rows]


def drawn(found: Any) -> list[Any]:
    names = ("interviews", "people", "claims", "stated", "quotes", "told")
    graph = to_subgraph(found)
    return [node.id for node in graph.nodes] + [
        (e.type, e.start, e.end, *(e.properties.get(name) for name in names)) for e in graph.edges
    ]


def cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (name, given) for name in query_paths() for given in GIVEN.get(name, [{}]) if name not in NOT_COMPARED
    ]


@pytest.mark.parametrize(
    ("name", "given"), cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_query_answers_as_if_nobody_else_had_been_asked(
    told: Store, whole_part: Store, alone: Store, name: str, given: dict[str, Any]
) -> None:
    query = find_query(name)
    filtered, wanted = ask(told, query, given, where=["sector=health"]), ask(alone, query, given)
    assert plain(filtered.rows) == plain(wanted.rows)
    assert drawn(filtered) == drawn(wanted)
    # It was asked of no more than it names; of everything it says the same.
    own = ask(whole_part, query, given)
    assert (own.rows, drawn(own)) == (filtered.rows, drawn(filtered))
    assert "sector=health" in filtered.within
    assert "3 of 6 participants, 3 of 5 interviews" in filtered.within


@pytest.mark.parametrize("name", PLOTS)
def test_every_chart_counts_as_if_nobody_else_had_been_asked(
    whole_part: Store, alone: Store, name: str
) -> None:
    chart, asked = find_plot(name), Asked(500)
    assert plain(chart.read(whole_part, asked).rows) == plain(chart.read(alone, asked).rows)


def test_of_an_interview_of_several_only_the_ones_own_words_count(told: Store) -> None:
    with within(told, ["years=2.5"]) as part:
        turns = part.store.read("MATCH (t:Turn) RETURN t.speaker AS speaker, t.interview AS interview").rows
        assert {(row["interview"], row["speaker"]) for row in turns} == {("902", "Interviewee 2")}
        claims = part.store.read("MATCH (k:Claim) RETURN DISTINCT k.person AS person").rows
        assert [row["person"] for row in claims] == ["902/Interviewee 2"]
        people = part.store.read("MATCH ()-[r:CAUSES]->() UNWIND r.people AS who RETURN DISTINCT who").rows
        assert [row["who"] for row in people] == ["902/Interviewee 2"]


def test_chains_stitched_from_two_groups_are_no_chain_of_one(told: Store) -> None:
    query, given = find_query("causal-chains"), {"effect": "MD-performance-drop", "told": "stitched"}
    everybody = ask(told, query, given).rows
    groups = [ask(told, query, given, where=[f"sector={s}"]).rows for s in ("health", "finance")]
    assert max(map(len, groups)) < len(everybody)
    whole = {"effect": "MD-performance-drop", "told": "whole"}
    for sector, interviews in (("health", set(HEALTH)), ("finance", {"902", "903"})):
        for row in ask(told, query, whole, where=[f"sector={sector}"]).rows:
            assert set(row["told_by"]) <= interviews


@pytest.mark.parametrize(
    ("where", "interviews"),
    [
        (["sector=HEALTH"], {"901", "904", "905"}),
        (["Sector!=health"], {"902", "903"}),
        (["years>=7"], {"902", "904", "905"}),
        (["years<7", "sector=health"], {"901"}),
        (["sector=health", "sector=finance"], {"901", "902", "903", "904", "905"}),
        (["years = 2,5"], {"902"}),
        (["years>3", "years<=12"], {"902", "904"}),
    ],
)
def test_conditions(told: Store, where: list[str], interviews: set[str]) -> None:
    assert find_people(told, where).scope.interviews == interviews


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("sectr=health", "have no attribute 'sectr'.* Did you mean .*sector.* They have sector, years"),
        ("sector=helth", "No participant has sector=helth.* Did you mean .*health.* are finance, health"),
        ("sector>3", "No value of 'sector' is a number; there are finance, health"),
        ("years>many", "compares numbers, and 'many' is none"),
        ("health", "'health' is no condition"),
        ("=health", "'=health' is no condition"),
    ],
)
def test_a_condition_that_nobody_meets_tells_what_there_is(told: Store, where: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        ask(told, find_query("top-issues"), {}, where=[where])


def test_a_code_of_others_has_no_rows(told: Store) -> None:
    (other,) = told.read(
        "MATCH (t:Turn)-[:CODED_AS]->(c:Concept) WITH c, collect(DISTINCT t.interview) AS i "
        "WHERE all(x IN i WHERE x IN ['902', '903']) RETURN c.name AS name ORDER BY name LIMIT 1"
    ).rows
    assert ask(told, find_query("evidence"), {"code": other["name"]}).rows
    assert not ask(told, find_query("evidence"), {"code": other["name"]}, where=["sector=health"]).rows


def test_what_a_statement_needs() -> None:
    assert Needs.of("MATCH (a)-[r:CAUSES]->(b:Concept) RETURN a.name").types == {"CAUSES"}
    assert Needs.of("MATCH (i:Issue) RETURN i").labels == {"Concept"}
    assert Needs.of("MATCH (t:Turn) WHERE t.id = 1 RETURN t.id").turns
    assert Needs.of("MATCH (i:Interview)-[:HAS_TURN]->(t:Turn) RETURN t.id").turns
    assert not Needs.of("MATCH (c:Concept)<-[:CODED_AS]-(t:Turn) RETURN t.id").turns
    assert not Needs.of("MATCH (t:Turn)-[r:CODED_AS]->(c) RETURN t.id").turns
    for any_ in ("MATCH (a)-->(b) RETURN b", "MATCH (a)-[r]-(b) RETURN r", "MATCH (a)<-[*1..2]-(b) RETURN b"):
        assert Needs.of(any_) == Needs.everything()


def test_the_whole_excerpt_is_a_sound_graph(whole_part: Store) -> None:
    check_graph(whole_part)
    kinds = {kind for kind, _ in lines(whole_part)}
    assert {"Turn", "Claim", "NEXT", "SPOKEN_BY", "CODED_AS", "EVIDENCED_BY", "Participant"} <= kinds


def test_in_python_and_in_a_caption(told: Store, tmp_path: Path) -> None:
    graph = Graph(told)
    answer = graph.ask("causal-chains", effect="MD-performance-drop", where={"sector": "health"})
    assert any("sector=health" in note for note in answer.notes)
    file = answer.subgraph.export(tmp_path / "chains.svg", caption="A first sentence.")
    text = " ".join(re.findall(r">([^<>]+)<", file.read_text(encoding="utf-8")))
    assert "A first sentence. Only what people with sector=health told" in " ".join(text.split())
    assert (
        graph.ask("top-issues", where="years>=7").rows == graph.ask("top-issues", where=["years >= 7"]).rows
    )
    assert kb.__name__
