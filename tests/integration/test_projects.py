"""Projects of other tools in the graph: what identifies them, and that a damaged one changes nothing."""

from __future__ import annotations

from pathlib import Path

from kb.ingest.load import load
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.graph_check import check_graph
from tests.unit import projects
from tests.unit.test_loader_qualcoder import CODES, CODINGS, FILES, MORE
from tests.unit.test_loader_taguette import BAKERS, HIGHLIGHTS, TAGS


def statuses(store: Store, *paths: Path) -> set[str]:
    return {source.status for source in load(store, list(paths)).sources}


def test_each_folder_of_qualcoder_is_a_project_of_its_own(store: Store, tmp_path: Path) -> None:
    one = projects.qualcoder(tmp_path / "bakers.qda", FILES, CODES, CODINGS, MORE).parent
    other = {f"Millers {name}": text for name, text in FILES.items()}
    projects.qualcoder(tmp_path / "millers.qda", other, CODES, [])
    assert statuses(store, tmp_path) == {"loaded"}
    check_graph(store)
    assert store.read("MATCH (p:Project) RETURN p.id AS id ORDER BY id").rows == [
        {"id": "qualcoder/bakers.qda"},
        {"id": "qualcoder/millers.qda"},
    ]
    before = digest(store)
    assert statuses(store, one) == statuses(store, one / "data.qda") == {"unchanged"}
    assert digest(store) == before


def test_a_damaged_project_is_refused_and_the_graph_stays_as_it_was(store: Store, tmp_path: Path) -> None:
    found = [
        projects.qualcoder(tmp_path / "bakers.qda", FILES, CODES, CODINGS, MORE),
        projects.taguette(tmp_path / "more.sqlite3", {f"More {k}": v for k, v in BAKERS.items()}, [], TAGS),
    ]
    assert statuses(store, *found) == {"loaded"}
    before = digest(store)
    for path in found:
        path.write_bytes(path.read_bytes()[:5000])
    report = load(store, list(found))
    assert [source.status for source in report.sources] == ["failed", "failed"]
    assert ["damaged" in str(source.error) for source in report.sources] == [True, True]
    assert digest(store) == before


def test_codings_of_taguette_are_in_the_graph_under_their_coders_names(store: Store, tmp_path: Path) -> None:
    load(store, [projects.taguette(tmp_path / "bakers.sqlite3", BAKERS, HIGHLIGHTS, TAGS)])
    check_graph(store)
    found = store.read(
        "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) RETURN t.id AS t, c.name AS c, r.coder AS w, r.quote AS q "
        "ORDER BY t, c"
    )
    assert [tuple(row.values()) for row in found.rows] == [
        ("1:0001", "cause.damp", "ann", "The flour is damp"),
        ("1:0001", "issue", "bea", "the crust — it tears."),
        ("1:0001", "issue.torn", "bea", "the crust — it tears."),
        ("1:0002", "issue", "bea", "Ja."),
        ("1:0002", "issue.torn", "bea", "Ja."),
    ]
