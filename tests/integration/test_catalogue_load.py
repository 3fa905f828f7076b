"""A catalogue in the graph: beside the interviews, in step with them, never counted as people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.catalogue import load_catalogue, shipped_catalogue
from kb.codebook import Codebook, Entry, shipped_codebook
from kb.ingest.load import Options, load
from kb.ingest.remove import remove, remove_catalogue
from kb.ingest.report import LoadReport
from kb.store.bolt import Store
from kb.store.digest import counts, digest

OWN = """\
id: own
title: Issues of the pump project
citation: Somebody (2020). A report.
issues:
- id: P1
  name: nothing to learn from
  attribute: reliability
  description: The data has nothing to learn from.
  causes:
  - what: sensors bought before the question was known
    source: chapter 2
  - what: P2
    source: chapter 3
  consequences:
  - what: MD-performance-drop
    source: chapter 2
  fixes:
  - what: ask first
    source: [chapter 4, chapter 5]
    outcome: It took a year.
  codes:
  - Data-no-signal
- id: P2
  name: plans made in haste
  codes:
  - changing-requirements
"""


def with_catalogue(store: Store, *catalogues: Path, paths: tuple[Path, ...] = ()) -> LoadReport:
    return load(store, paths, Options(catalogues=catalogues))


def broader(store: Store) -> set[tuple[str, str]]:
    rows = store.read("MATCH (a:Concept)-[:BROADER]->(b:Concept) RETURN a.name AS a, b.name AS b").rows
    return {(row["a"], row["b"]) for row in rows}


def codebook_with(code: str, *, alias: str) -> Codebook:
    return shipped_codebook().merge(Codebook(entries={code: Entry(kind="issue", aliases=(alias,))}))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_graph_is_the_same_whatever_is_loaded_first(store: Store, samples: Path, own: Path) -> None:
    with_catalogue(store, shipped_catalogue(), own, paths=(samples,))
    together = digest(store)
    store.write("MATCH (n) DETACH DELETE n")
    with_catalogue(store, own)
    with_catalogue(store, shipped_catalogue())
    load(store, [samples])
    assert digest(store) == together
    store.write("MATCH (n) DETACH DELETE n")
    load(store, [samples / "Interview 905.vtt", samples / "Interview 901 - Ben.md"])
    with_catalogue(store, own)
    load(store, [samples])
    with_catalogue(store, shipped_catalogue())
    assert digest(store) == together


def test_both_engines_hold_the_same_graph(
    embedded_store: Store, neo4j_store: Store, samples: Path, own: Path
) -> None:
    digests = []
    for store in (embedded_store, neo4j_store):
        store.write("MATCH (n) DETACH DELETE n")
        with_catalogue(store, shipped_catalogue(), own, paths=(samples,))
        digests.append(digest(store))
    assert digests[0] == digests[1]


def test_loading_twice_writes_nothing(store: Store, samples: Path) -> None:
    with_catalogue(store, shipped_catalogue(), paths=(samples,))
    again = with_catalogue(store, shipped_catalogue(), paths=(samples,))
    assert (again.nodes, again.edges, again.interviews) == (0, 0, [])
    assert again.count("unchanged") == len(again.sources)


def test_removing_the_catalogue_leaves_what_was_before(store: Store, samples: Path, own: Path) -> None:
    load(store, [samples])
    before = digest(store)
    with_catalogue(store, shipped_catalogue(), own)
    assert digest(store) != before
    remove_catalogue(store, "ml-quality-issues")
    remove_catalogue(store, "own")
    assert digest(store) == before


def test_removing_an_interview_leaves_the_catalogue(store: Store, samples: Path, own: Path) -> None:
    with_catalogue(store, own)
    alone = digest(store)
    load(store, [samples])
    for interview in ("901", "902", "903", "904", "905"):
        remove(store, interview)
    assert digest(store) == alone


def test_a_changed_catalogue_takes_the_place_of_the_former(store: Store, samples: Path, own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    changed = text.replace("- what: ask first", "- what: ask before buying").replace(
        "- Data-no-signal", "- MM-drift"
    )
    own.write_text(changed, encoding="utf-8")
    with_catalogue(store, own, paths=(samples,))
    wanted = digest(store)
    store.write("MATCH (n) DETACH DELETE n")
    own.write_text(text, encoding="utf-8")
    with_catalogue(store, own, paths=(samples,))
    assert broader(store) == {("Data-no-signal", "nothing to learn from (P1)")}
    own.write_text(changed, encoding="utf-8")
    with_catalogue(store, own)
    assert broader(store) == {("MM-drift", "nothing to learn from (P1)")}
    assert digest(store) == wanted


def test_nobody_is_counted_for_a_catalogue(store: Store, samples: Path) -> None:
    load(store, [samples])
    people = "MATCH ()-[r:CAUSES|HAS_FIX]->() RETURN sum(size(r.people)) AS p, sum(size(r.interviews)) AS i"
    before = (counts(store)["Interview"], counts(store)["Speaker"], store.read(people).rows)
    claims = counts(store)["Claim"]
    with_catalogue(store, shipped_catalogue())
    assert (counts(store)["Interview"], counts(store)["Speaker"], store.read(people).rows) == before
    said = load_catalogue(shipped_catalogue())
    statements = sum(len(i.causes) + len(i.consequences) + len(i.fixes) for i in said.issues)
    assert counts(store)["Claim"] - claims == statements
    rows = store.read(
        "MATCH (k:Claim) WHERE k.catalogue IS NOT NULL "
        "RETURN count(k) AS n, count(k.interview) AS interviews, count(k.person) AS people"
    ).rows
    assert rows == [{"n": statements, "interviews": 0, "people": 0}]


def test_a_catalogue_makes_no_link_more_explicit(store: Store, samples: Path, own: Path) -> None:
    link = (
        "MATCH (a:Concept {name: 'Data-integration-issues'}) MATCH (a)-[r:CAUSES]->(b:Concept) "
        "WHERE b.name = 'MD-performance-drop' RETURN r.stated AS stated, r.interviews AS told_in, "
        "r.people AS people, r.claims AS claims, r.catalogues AS catalogues, r.quotes AS quotes"
    )
    load(store, [samples])
    [before] = store.read(link).rows
    # The issue's name is a code here: the same concept, so the catalogue states the link too.
    load(store, [], Options(codebook=codebook_with("Data-integration-issues", alias="muddled joins (P1)")))
    own.write_text(
        "id: own\ntitle: T\ncitation: C\nissues:\n- id: P1\n  name: muddled joins\n"
        "  consequences: [{what: MD-performance-drop, source: Q}]\n",
        encoding="utf-8",
    )
    with_catalogue(store, own)
    [after] = store.read(link).rows
    assert (before["stated"], before["catalogues"]) == ("across-turns", None)
    assert (after["claims"], after["catalogues"]) == (before["claims"] + 1, ["own"])
    assert [after[key] for key in ("stated", "told_in", "people")] == [
        before[key] for key in ("stated", "told_in", "people")
    ]
    assert after["quotes"] == [*before["quotes"], "own: MD-performance-drop (Q)"]


def test_an_issue_named_by_its_id_or_a_code_is_that_one(store: Store, own: Path) -> None:
    with_catalogue(store, own)
    rows = store.read(
        "MATCH (a:Concept)-[r:CAUSES]->(b:Concept) RETURN a.name AS a, b.name AS b, r.catalogues AS by, "
        "r.interviews AS told_in, r.quotes AS quotes ORDER BY a, b"
    ).rows
    own_name, other = "nothing to learn from (P1)", "plans made in haste (P2)"
    assert [(row["a"], row["b"]) for row in rows] == [
        (own_name, "MD-performance-drop"),
        (other, own_name),
        ("sensors bought before the question was known", own_name),
    ]
    assert all(row["by"] == ["own"] and row["told_in"] == [] for row in rows)
    assert rows[2]["quotes"] == ["own: sensors bought before the question was known (chapter 2)"]
    [fix] = store.read("MATCH (k:Claim {kind: 'fixes'}) RETURN k.outcome AS outcome, k.rests_on AS on").rows
    assert fix == {"outcome": "It took a year.", "on": ["chapter 4", "chapter 5"]}


def test_a_later_codebook_moves_the_codes(store: Store, samples: Path, own: Path) -> None:

    own.write_text(
        own.read_text(encoding="utf-8").replace("- Data-no-signal", "- no signal"), encoding="utf-8"
    )
    with_catalogue(store, own, paths=(samples,))
    assert broader(store) == set()
    load(store, [], Options(codebook=codebook_with("Data-no-signal", alias="no signal")))
    assert broader(store) == {("Data-no-signal", "nothing to learn from (P1)")}


def test_a_code_that_nobody_knows_is_told_with_its_line(store: Store, own: Path) -> None:
    own.write_text(OWN.replace("- Data-no-signal", "- Data-no-singal"), encoding="utf-8")
    report = with_catalogue(store, own)
    [told] = report.not_placed
    assert (told.level, told.source, told.line) == ("warning", "own.yaml", 22)
    assert "Data-no-singal" in told.message
    assert "'Data-no-signal'" in told.message
    assert not report.failed


def test_a_bad_catalogue_is_reported_and_the_rest_loaded(store: Store, samples: Path, own: Path) -> None:
    own.write_text(OWN.replace("attribute:", "atribute:"), encoding="utf-8")
    report = with_catalogue(store, own, paths=(samples,))
    [failed] = [source for source in report.sources if source.status == "failed"]
    assert failed.error is not None
    assert "own.yaml, line 7" in failed.error
    assert counts(store)["Interview"] == 5
    assert counts(store)["Catalogue"] == 0


def test_two_catalogues_with_an_issue_of_one_name_are_refused(
    store: Store, own: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_text(OWN.replace("id: own", "id: copy"), encoding="utf-8")
    report = with_catalogue(store, own, copy)
    assert [source.status for source in report.sources] == ["loaded", "failed"]
    assert counts(store)["Catalogue"] == 1


def test_a_dry_run_writes_nothing(store: Store, own: Path) -> None:
    report = load(store, [], Options(catalogues=(own,), dry_run=True))
    assert report.count("loaded") == 1
    assert counts(store)["Catalogue"] == 0
