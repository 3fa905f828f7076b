"""``import kb``: what a notebook or a script does with a graph, on both engines."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb
from kb.errors import ExportError, QueryTimeout, StoreUnavailable, UsageError
from kb.settings import Settings
from tests.integration.conftest import ENGINES
from tests.neo4j_server import Neo4jServer, wipe
from tests.shared import ROOT

SAMPLES = ROOT / "data" / "interviews"
DROP = "MD-performance-drop"
SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b"
HEAVY = {"neo4j", "pydantic", "typer", "pandas", "networkx", "arcadedb"}


@pytest.fixture(scope="module", params=ENGINES)
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kb.Graph]:
    """The samples with the catalogue, opened and loaded by the face. Only read it."""
    if request.param == "embedded":
        opened = kb.open(tmp_path_factory.mktemp("face") / "study", create=True)
    else:
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        with server.driver() as driver:
            wipe(driver, server.database)
        opened = kb.open(server.uri, password=server.password, database=server.database)
    with opened:
        report = opened.load(SAMPLES, catalogue=True)
        assert not report.failed
        assert len(report.interviews) == 5
        yield opened


def test_rows_a_table_and_a_graph(graph: kb.Graph) -> None:
    chains = graph.ask("causal-chains", effect=DROP, cause="Data-no-signal")
    assert [row["told"] for row in chains] == ["whole"] * len(chains)
    table = chains.to_df()
    assert list(table["links"]) == [row["links"] for row in chains.rows]
    assert "path" in chains.columns
    assert "path" not in table
    assert {node.id for node in chains.subgraph.nodes} >= {"Data-no-signal", DROP}
    assert chains.notes == ("Doubt 1 person and no chain is left: `kb query robustness` says whom.",)
    assert graph.ask("causal-chains", effect=DROP, limit=1).notes


def test_an_answer_without_rows_is_a_table_with_columns(graph: kb.Graph) -> None:
    none = graph.ask("causal-chains", effect="Data-no-signal", told="catalogue")
    assert (len(none), none.subgraph.nodes) == (0, ())
    assert "chain" in none.to_df().columns


def test_networkx_keeps_what_is_on_nodes_and_edges(graph: kb.Graph) -> None:
    figure = graph.subgraph("causal-chains", effect=DROP)
    nx = figure.to_networkx()
    assert set(nx) == {node.id for node in figure.nodes}
    assert nx.number_of_edges() == len(figure.edges)
    assert nx.edges["MT-overfitting", DROP, "CAUSES"]["quotes"]
    assert "Issue" in nx.nodes[DROP]["labels"]


def test_a_figure_is_the_one_of_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    with kb.open(folder, create=True) as graph:
        graph.load(SAMPLES)
        figure = graph.subgraph("causal-chains", effect=DROP)
    by_face = figure.export(tmp_path / "face.svg", preset="one").read_bytes()
    assert ET.fromstring(figure.svg(preset="one")).tag.endswith("svg")
    assert figure._repr_svg_() == figure.svg()
    kb_command = str(Path(sys.executable).with_name("kb"))
    out = tmp_path / "cli.svg"
    asked = [
        "export",
        "causal-chains",
        "--effect",
        DROP,
        "--column",
        "one",
        "-o",
        str(out),
        "--db",
        str(folder),
    ]
    subprocess.run([kb_command, *asked], check=True, capture_output=True)
    assert out.read_bytes() == by_face


def test_who_uses_it_wrongly_gets_one_sentence(tmp_path: Path) -> None:
    with kb.open(tmp_path / "study", create=True) as graph:
        assert not graph.load(SAMPLES / "Interview 904.txt").failed
        for name, given, message in (
            ("causal-chain", {}, "Did you mean causal-chains"),
            ("causal-chains", {"efect": DROP}, "has no parameter 'efect'. Did you mean 'effect'"),
            ("causal-chains", {}, "needs --effect"),
            ("by-interview", {"interview": "99"}, "There is no interview '99'"),
        ):
            with pytest.raises(UsageError, match=message):
                graph.ask(name, **given)
        with pytest.raises(UsageError, match=r"gives rows, not a graph; these give one: .*causal-chains"):
            graph.subgraph("by-interview")
        with pytest.raises(ExportError, match="nothing to draw"):
            graph.subgraph("causal-chains", effect=DROP, told="catalogue").svg()
        figure = graph.subgraph("causal-chains", effect=DROP)
        with pytest.raises(ExportError, match=r"no option 'presset'. Did you mean 'preset'"):
            figure.export(tmp_path / "x.svg", presset="one")
        with pytest.raises(ExportError, match="'width_mm' cannot be 3"):
            figure.export(tmp_path / "x.svg", width_mm=3)
        with pytest.raises(QueryTimeout, match=r"after 0\.5 s"):
            graph.cypher(f"{SLOW} MATCH (t:Turn) WHERE t.index = a + b RETURN count(t) AS n", timeout=0.5)
        assert graph.cypher("MATCH (i:Interview {id: $id}) RETURN i.title AS title", id="904").rows


def test_what_is_asked_for_counts_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("KB_DB", str(tmp_path / "elsewhere"))
    assert Settings(db=tmp_path / "here").embedded
    assert not Settings().embedded
    with kb.open(tmp_path / "here", create=True) as graph:
        assert "here" in repr(graph)
    monkeypatch.delenv("NEO4J_URI")
    with pytest.raises(StoreUnavailable, match="elsewhere"):
        kb.open()
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1:1 does not answer"):
        kb.open("bolt://127.0.0.1:1")


def test_agreement_saturation_and_suggestions(graph: kb.Graph) -> None:
    study = graph.study()
    assert study.interviews == ["901", "902", "903", "904", "905"]
    report = study.agreement(levels=["any"], by_interview=False)
    assert {m.level for m in report.measures} == {"any"}
    curve = study.saturation()
    assert curve.steps[-1].interviews == 5
    assert curve.steps[-1].mean == len(
        {c.code for c in study.codings if study.concepts[c.code]["kind"] != "question"}
    )
    with pytest.raises(UsageError, match="There is no interview '7'"):
        graph.study("7")
    found = graph.suggest("causes", interview="901")
    assert found
    assert {evidence.interview for s in found for evidence in s.evidence} == {"901"}


def test_a_notebook_shows_tables_and_drawings(graph: kb.Graph) -> None:
    chains = graph.ask("causal-chains", effect=DROP, limit=1)
    shown = chains._repr_html_()
    assert f"→ {DROP}" in shown
    assert "chains lead there" in shown
    assert "<script" not in graph.cypher("RETURN '<script>' AS x")._repr_html_()
    assert "Causal chains to an issue" in graph.queries._repr_html_()
    assert "causal-chains" in graph.queries


def test_importing_kb_imports_nothing_else() -> None:
    code = f"""
import sys, kb
heavy = {HEAVY} & set(sys.modules)
assert not heavy, heavy
assert kb.open and kb.Graph and "open" in dir(kb)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    with pytest.raises(AttributeError, match="no attribute 'opn'"):
        kb.opn  # noqa: B018
