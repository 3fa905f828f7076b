"""The digests that interviews keep: those of every row, or not believed."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from kb.catalogue import shipped_catalogue
from kb.codebook import Codebook, Entry, shipped_codebook
from kb.ingest.load import Options, load
from kb.ingest.rebuild import differences, rebuild
from kb.ingest.remove import remove, remove_catalogue
from kb.store.bolt import Store
from kb.store.digest import counts, digests, lines
from kb.store.dump import dump
from kb.store.kept import Told, told_digests
from kb.store.restore import restore
from tests.integration.test_cli import Kb
from tests.shared import ROOT

SAMPLES = ROOT / "data" / "interviews"
TABLE = "interview,speaker,name,sector\n901,,Rosa,health\n902,Interviewee 1,Tom,finance\n"


def told(store: Store) -> Told:
    return told_digests(store, counts(store))


def kept(store: Store) -> None:
    """What is told quickly is what every row says."""
    found = told(store)
    assert (found.from_rows, found.why) == (False, "")
    assert found.digests == digests(store)


def by_other_means(store: Store, statement: str) -> None:
    """As Neo4j Browser writes: past what kb does for a user's statement."""
    store.transaction(lambda tx: tx.run(statement))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES, tmp_path / "interviews"))


def test_they_are_right_after_all_that_changes_a_graph(store: Store, study: Path, tmp_path: Path) -> None:
    seen = []

    def step() -> None:
        kept(store)
        seen.append(told(store).digests.graph)

    load(store, [study])
    step()
    ada = study / "Interview 901 - Ada.md"
    ada.write_text(ada.read_text(encoding="utf-8").replace("monitoring", "watching"), encoding="utf-8")
    load(store, [study])
    step()
    load(store, [], Options(catalogues=(shipped_catalogue(),)))
    step()
    table = tmp_path / "people.csv"
    table.write_text(TABLE, encoding="utf-8")
    load(store, [], Options(participants=(table,)))
    step()
    merged = Codebook(entries={"Own-name": Entry(kind="issue", aliases=("Data-no-signal", "MT-overfitting"))})
    load(store, [], Options(codebook=shipped_codebook().merge(merged)))
    step()
    relations = tmp_path / "relations.yaml"
    relations.write_text(
        'interview: "903"\nrelations:\n- {id: r1, kind: causes, cause: made in haste, effect: Own-name, '
        'explicit: stated, quote: "nobody writes down what a camera is"}\n',
        encoding="utf-8",
    )
    assert not load(store, [relations]).failed
    step()
    table.write_text(TABLE.replace("health", "power"), encoding="utf-8")
    load(store, [], Options(participants=(table,)))
    step()
    remove(store, "901", coder="Ben")
    step()
    remove(store, "902")
    step()
    remove_catalogue(store, store.read("MATCH (c:Catalogue) RETURN c.id AS id").rows[0]["id"])
    step()
    assert len(set(seen)) == len(seen)  # each of them changed it
    rebuild(store)
    kept(store)
    assert told(store).digests.graph == seen[-1]


def test_an_empty_graph_has_one_too(store: Store) -> None:
    kept(store)


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (t:Turn) WITH t ORDER BY t.id LIMIT 1 SET t.text = 'another'",
        "MATCH (:Turn)-[r:CODED_AS]->() WITH r LIMIT 1 DELETE r",
        "CREATE (:Mine)",
    ],
)
def test_a_users_own_statement_takes_them_away(store: Store, statement: str) -> None:
    load(store, [SAMPLES])
    before = told(store)
    store.write("CREATE INDEX own_index FOR (n:Mine) ON (n.title)")
    store.write("MATCH (t:Turn) RETURN count(t)")
    store.write("DROP INDEX own_index")
    assert told(store) == before
    store.write(statement)
    after = told(store)
    assert after.from_rows
    assert "--rebuild" in after.why
    assert after.digests == digests(store)
    assert (after.digests == before.digests) == ("Mine" in statement)
    rebuild(store)
    assert told(store) == before


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (:Turn)-[r:CODED_AS]->() WITH r LIMIT 1 DELETE r",
        "MATCH (t:Turn {id: '901:0003'}) DETACH DELETE t",
        "CREATE (:Turn {id: 'mine', interview: '901', index: 900})",
        "CREATE (:Turn {id: 'mine'})",
        "MATCH (i:Interview {id: '902'}) DETACH DELETE i",
        "MATCH (i:Interview {id: '902'}) SET i.digests = ['1', i.build, 'x']",
        "MATCH (i:Interview {id: '902'}) SET i.digests = i.build",
    ],
)
def test_what_something_else_adds_and_deletes_is_seen(store: Store, statement: str) -> None:
    load(store, [SAMPLES])
    by_other_means(store, statement)
    assert told(store).from_rows
    assert told(store).why
    assert told(store).digests == digests(store)


def test_what_all_share_is_read_however_it_came_there(store: Store) -> None:
    load(store, [SAMPLES], Options(catalogues=(shipped_catalogue(),)))
    before = told(store).digests
    by_other_means(store, "MATCH (c:Concept) WITH c ORDER BY c.name LIMIT 1 SET c.description = 'mine'")
    kept(store)
    assert told(store).digests != before


def test_a_property_that_something_else_changed_is_found_by_those_that_read_all(
    store: Store, tmp_path: Path
) -> None:
    load(store, [SAMPLES])
    before = told(store)
    by_other_means(store, "MATCH (t:Turn {id: '901:0003'}) SET t.text = 'another'")
    assert told(store) == before
    full = told_digests(store, counts(store), full=True)
    assert full.digests != before.digests
    assert differences(store) == {"Turn": (1, 1), "kept digest": (0, 1)}
    dump(store, tmp_path / "g.gz")
    assert restore(store, tmp_path / "g.gz", replace=True).digest == full.digests.graph
    assert told(store).digests == full.digests  # what is not true is not restored
    rebuild(store)
    assert told(store) == before


def test_another_versions_are_not_believed(store: Store) -> None:
    load(store, [SAMPLES])
    by_other_means(store, "MATCH (i:Interview {id: '901'}) SET i.build = 'by an older kb'")
    assert "1 of 5 interviews" in told(store).why
    by_other_means(store, "MATCH (i:Interview) SET i.digests = null")
    assert "5 of 5 interviews" in told(store).why
    assert told(store).digests == digests(store)


def test_they_are_in_a_dump(store: Store, tmp_path: Path) -> None:
    load(store, [SAMPLES], Options(catalogues=(shipped_catalogue(),)))
    before = told(store)
    assert dump(store, tmp_path / "g.gz").digest == before.digests.graph
    store.write("MATCH (n) DETACH DELETE n")
    restore(store, tmp_path / "g.gz")
    assert told(store) == before


def test_a_dump_of_an_older_kb_is_restored(store: Store, tmp_path: Path) -> None:
    """Its digest is made over all lines at once."""
    load(store, [SAMPLES])
    before = told(store).digests
    old = hashlib.sha256("\n".join(sorted(line for _, line in lines(store))).encode()).hexdigest()
    dump(store, tmp_path / "g.gz")
    first, *rest, _ = gzip.decompress((tmp_path / "g.gz").read_bytes()).splitlines(keepends=True)
    head = json.dumps(json.loads(first) | {"version": 1, "digest": old}).encode() + b"\n"
    found = [json.loads(line) for line in rest]
    end = {
        "nodes": sum("labels" in line for line in found),
        "edges": sum("type" in line for line in found),
        "sha256": hashlib.sha256(b"".join([head, *rest])).hexdigest(),
    }
    with gzip.open(tmp_path / "old.gz", "wb") as file:
        file.writelines([head, *rest, json.dumps(end).encode() + b"\n"])
    assert restore(store, tmp_path / "old.gz", replace=True).digest == before.graph
    assert told(store).digests == before


def test_the_command(tmp_path: Path) -> None:
    kb = Kb(tmp_path / "db", tmp_path)
    kb("load", SAMPLES)
    quick, full = kb("status"), kb("status", "--full")
    assert quick.stdout == full.stdout
    assert [json.loads(kb("status", *more, "-f", "json").stdout)["full"] for more in ([], ["--full"])] == [
        False,
        True,
    ]
    kb("cypher", "--write", "MATCH (t:Turn {id: '901:0003'}) SET t.text = 'another'")
    after = kb("status")
    assert after.stdout != quick.stdout
    assert "kb load --rebuild" in after.stderr
    kb("load", "--rebuild")
    again = kb("status")
    assert (again.stdout, again.stderr) == (quick.stdout, quick.stderr)
