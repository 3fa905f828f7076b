"""A graph that something else than kb has damaged: it is said, and the graph can be made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.errors import StoreDamaged
from kb.ingest.load import load
from kb.ingest.rebuild import differences, rebuild
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.test_cli import Kb, one_sentence
from tests.shared import ROOT

SAMPLES = ROOT / "data" / "interviews"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    folder = tmp_path_factory.mktemp("damage")
    kb = Kb(folder / "db", folder)
    assert kb("load", SAMPLES).returncode == 0
    return kb


@pytest.mark.parametrize("how", ["removed", "cut"])
@pytest.mark.parametrize(
    "kind", ["CODED_AS_0", "Claim_0", "Turn_0_out_edges", "schema", "Code%7EConcept%7EFix_0"]
)
def test_files_that_are_gone_are_told(whole: Kb, tmp_path: Path, kind: str, how: str) -> None:
    shutil.copytree(whole.db, tmp_path / "db")
    kb = Kb(tmp_path / "db", tmp_path)
    name = "schema.json" if kind == "schema" else f"{kind}.*.bucket"
    (file,) = (tmp_path / "db" / "databases" / "kb").glob(name)
    if how == "removed":
        file.unlink()
    else:
        with file.open("r+b") as handle:
            handle.truncate(file.stat().st_size // 2)
    for command in (["status"], ["load", SAMPLES], ["query", "top-issues"]):
        one_sentence(kb(*command), 4, file.name, "--rebuild", "restore")
    assert file.exists() == (how == "cut")  # the engine has not made an empty one


def test_a_database_that_is_gone_whole_is_told(whole: Kb, tmp_path: Path) -> None:
    shutil.copytree(whole.db, tmp_path / "db")
    kb = Kb(tmp_path / "db", tmp_path)
    shutil.rmtree(tmp_path / "db" / "databases")
    for command in (["status"], ["load", SAMPLES], ["query", "top-issues"]):
        one_sentence(kb(*command), 4, "removed", "restore", "kb load PATH")


def test_what_is_written_when_the_database_is_gone_is_not_lost_silently(whole: Kb, tmp_path: Path) -> None:
    shutil.copytree(whole.db, tmp_path / "db")
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        store.read("RETURN 1 AS one")
        shutil.rmtree(tmp_path / "db" / "databases")
        with pytest.raises(StoreDamaged, match="removed while kb had it open"):
            store.transaction(lambda tx: tx.run("CREATE (:Mine)"))


def test_edges_that_are_gone_come_back(whole: Kb, tmp_path: Path) -> None:
    shutil.copytree(whole.db, tmp_path / "db")
    kb = Kb(tmp_path / "db", tmp_path)
    (file,) = (tmp_path / "db" / "databases" / "kb").glob("CODED_AS_0.*.bucket")
    file.unlink()
    run = kb("load", "--rebuild")
    if run.returncode == 0:  # else the engine cannot read what is left, and kb says what to do
        assert kb.digest() == whole.digest()
    else:
        one_sentence(run, 4, "another folder", "restore")


def test_a_killed_load_is_no_damage(whole: Kb, tmp_path: Path) -> None:
    """The list of files is that of the last orderly end; what came after it is more, not less."""
    shutil.copytree(whole.db, tmp_path / "db")
    kb = Kb(tmp_path / "db", tmp_path)
    listed = (tmp_path / "db" / "files.json").read_text()
    assert kb("load", "--catalogue").returncode == 0
    (tmp_path / "db" / "files.json").write_text(listed)
    assert kb("status").returncode == 0


WRONG = {
    "codings": "MATCH (:Turn)-[r:CODED_AS]->() WITH r LIMIT 7 DELETE r",
    "a turn": "MATCH (t:Turn {id: '901:0003'}) DETACH DELETE t",
    "words": "MATCH (t:Turn) WITH t LIMIT 3 SET t.text = 'forged'",
    "a sum": "MATCH ()-[r:CAUSES]->() SET r.people = ['901/Nobody'], r.claims = 99",
    "a sum that nobody told": "MATCH (a:Concept), (b:Concept) WHERE a.name < b.name AND NOT (a)--(b) "
    "WITH a, b LIMIT 2 CREATE (a)-[:CAUSES {claims: 1, interviews: [], people: [], "
    "stated: 'stated', quotes: []}]->(b)",
    "an interview": "MATCH (i:Interview {id: '902'}) DETACH DELETE i",
    "a stranger": "CREATE (:Turn {id: '999:0001', interview: '999', index: 1, text: 'x'})",
    "concepts": "MATCH (c:Concept)<-[:CODED_AS]-() WITH DISTINCT c LIMIT 2 DETACH DELETE c",
}


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG.keys())
def test_what_is_not_as_the_sources_say_is_found_and_made_anew(store: Store, statement: str) -> None:
    load(store, [SAMPLES])
    store.write("MATCH (c:Concept) WITH c ORDER BY c.name DESC LIMIT 1 SET c.mine = 'kept'")
    expected = digest(store)
    assert differences(store) == {}
    store.write(statement)
    assert digest(store) != expected
    assert differences(store)
    rebuild(store)
    assert digest(store) == expected
    assert differences(store) == {}
    assert store.read("MATCH (c:Concept {mine: 'kept'}) RETURN count(c) AS n").rows == [{"n": 1}]
    assert store.read("MATCH (n:Pending) RETURN count(n) AS n").rows == [{"n": 0}]


def test_the_commands(whole: Kb, tmp_path: Path) -> None:
    shutil.copytree(whole.db, tmp_path / "db")
    kb = Kb(tmp_path / "db", tmp_path)
    assert kb("check", "--graph").returncode == 0
    assert kb("cypher", "--write", WRONG["codings"]).returncode == 0
    found = kb("check", "--graph", "--format", "csv")
    assert (found.returncode, found.stdout.splitlines()[1]) == (1, "CODED_AS,7,0")
    assert kb("load", "--rebuild").returncode == 0
    assert kb("check", "--graph").returncode == 0
    assert kb.digest() == whole.digest()
