"""``kb load --catalogue`` and ``kb remove --catalogue``, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli.app import app
from kb.errors import UsageError
from kb.graph import Edge, Node
from kb.graph import Path as GraphPath
from kb.store.bolt import Result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KB_DB", str(tmp_path / "db"))
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_shipped_catalogue_needs_no_path(folder: Path) -> None:
    [source] = json.loads(run("load", "--catalogue", "--format", "json"))["sources"]
    assert (source["status"], source["source"]) == ("loaded", "ml-quality-issues")
    found = json.loads(run("query", "causes-of", "data drift", "--format", "json"))
    assert {row["effect"] for row in found} == {"concept or data drift (I6.1)"}
    run("remove", "--catalogue", "ml-quality-issues")
    with pytest.raises(UsageError, match="The graph is empty"):
        run("query", "causes-of", "data drift")


def test_a_catalogue_of_ones_own_with_an_error_ends_with_1(folder: Path) -> None:
    own = folder / "own.yaml"
    own.write_text("id: own\ntitle: T\ncitation: C\nissues:\n- id: P1\n  nme: x\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["load", "--catalogue-file", str(own)])
    assert result.exit_code == 1
    assert f"{own}, line 6: Issue 'P1' has no key 'nme'. Did you mean 'name'?" in result.stderr


def test_a_catalogue_among_the_paths_is_told_how_to_load(folder: Path) -> None:
    own = folder / "own.yaml"
    own.write_text("id: own\nissues: []\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["load", str(own)])
    assert result.exit_code == 1
    assert "--catalogue-file" in result.stderr


@pytest.mark.parametrize("words", [["load"], ["remove"], ["remove", "11", "--catalogue", "own"]])
def test_nothing_named_is_an_error_with_the_remedy(folder: Path, words: list[str]) -> None:
    with pytest.raises(UsageError, match="--catalogue"):
        run(*words)


def test_an_edge_that_people_told_keeps_that_beside_a_chain_of_the_catalogue() -> None:
    from kb.ask.answer import to_subgraph

    a, b, c = (Node(id=name, labels=("Concept",)) for name in "abc")
    told = Edge(type="CAUSES", start="a", end="b")
    stated = Edge(type="CAUSES", start="b", end="c")
    alone, longer = GraphPath(nodes=(a, b), edges=(told,)), GraphPath(nodes=(a, b, c), edges=(told, stated))
    whole, catalogue = {"told": "stitched", "path": alone}, {"told": "catalogue", "path": longer}
    for rows in ([whole, catalogue], [catalogue, whole]):
        edges = to_subgraph(Result(("told", "path"), rows)).edges
        assert {edge.start: edge.properties["told"] for edge in edges} == {"a": "stitched", "b": "catalogue"}


def test_a_figure_as_tables_names_the_citation_that_they_do_not_hold(folder: Path) -> None:
    own = folder / "own.yaml"
    own.write_text(
        "id: own\ntitle: T\ncitation: A. Author (2020)\nissues:\n- id: P1\n  name: slow pumps\n"
        "  causes: [{what: old valves, source: Q}]\n",
        encoding="utf-8",
    )
    runner = CliRunner()
    loaded = runner.invoke(app, ["load", "--catalogue-file", str(own), "--db", str(folder / "db")])
    assert loaded.exit_code == 0, loaded.stderr
    words = ["export", "causes-of", "P1", "--db", str(folder / "db"), "-o"]
    assert runner.invoke(app, [*words, str(folder / "a.csv")]).stderr.count("A. Author (2020)") == 1
    assert "A. Author (2020)" not in runner.invoke(app, [*words, str(folder / "a.svg")]).stderr
    assert "A. Author (2020)" in (folder / "a.svg").read_text(encoding="utf-8")
