"""What a loader yields is in the graph, or named as lost with its number; another package's loader too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.ingest.remove import remove
from kb.store.bolt import Store
from kb.store.digest import counts, digest
from tests.integration.graph_check import check_graph
from tests.loader_plugin import MODULE, coding, installed, project, source, turns, write


@pytest.fixture(autouse=True)
def _toolbox(tmp_path: Path) -> Iterator[None]:
    with installed(tmp_path / "site", toolbox=MODULE):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    return write(folder / "bakers.toolbox", project())


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in store.read(query).rows]


def ids(store: Store) -> list[str]:
    return [id_ for (id_,) in rows(store, "MATCH (s:Source) RETURN s.id AS id ORDER BY id")]


ALL = [
    "1/Ann/coding", "1/Bea/coding", "1/toolbox", "2/Ann/coding", "2/toolbox", "3/Bea/coding", "3/toolbox",
]  # fmt: skip


def test_each_interview_keeps_its_turns_and_each_coder_their_codings(store: Store, file: Path) -> None:
    load(store, [file])
    check_graph(store)
    assert ids(store) == ALL
    assert rows(store, "MATCH (i:Interview)-[:HAS_TURN]->(t) RETURN i.id AS i, count(t) AS n ORDER BY i") == [
        ("1", 3), ("2", 2), ("3", 2)
    ]  # fmt: skip
    assert rows(
        store,
        "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) RETURN t.id AS t, c.name AS c, r.coder AS coder, "
        "r.quote AS quote ORDER BY t, c, coder",
    ) == [
        ("1:0001", "Damp flour", "Ann", "the flour is damp"),
        ("1:0001", "Damp flour", "Bea", None),
        ("1:0001", "Torn crust", "Ann", None),
        ("1:0002", "Damp flour fix", "Bea", None),
        ("2:0001", "Warm room", "Ann", None),
        ("3:0001", "Silent customers", "Bea", None),
    ]
    assert rows(
        store, "MATCH (w:Coder)-[:CODED]->(i) RETURN w.name AS w, i.id AS i ORDER BY w, i"
    ) == [("Ann", "1"), ("Ann", "2"), ("Bea", "1"), ("Bea", "3")]  # fmt: skip


def test_the_tree_of_codes_is_there_with_what_nobody_used(store: Store, file: Path) -> None:
    load(store, [file])
    assert rows(store, "MATCH (a)-[:CHILD_OF]->(b) RETURN a.name AS a, b.name AS b ORDER BY a") == [
        ("Damp flour", "Flour"), ("Never used", "Damp flour")
    ]  # fmt: skip
    assert rows(
        store,
        "MATCH (c:Concept)-[r:CODE_OF]->(p:Project) RETURN c.name AS c, r.colour AS colour, "
        "c.description AS said, p.id AS p ORDER BY c",
    ) == [
        ("Damp flour", "#0088aa", "The flour has drawn water.", "toolbox/bakers.toolbox"),
        ("Flour", "#aa8800", None, "toolbox/bakers.toolbox"),
        ("Never used", None, None, "toolbox/bakers.toolbox"),
    ]


def test_a_relation_of_codes_in_a_passage_is_a_claim_with_both_quotes(store: Store, file: Path) -> None:
    load(store, [file])
    assert rows(
        store,
        "MATCH (a)-[r:CAUSES]->(b) RETURN a.name AS a, b.name AS b, r.interviews AS i, r.people AS p, "
        "r.stated AS s, r.quotes AS q",
    ) == [
        ("Damp flour", "Torn crust", ["1"], ["1/Ina"], "coded",
         ["1: the flour is damp … the crust tears open [1:0001]"]),
    ]  # fmt: skip
    assert rows(store, "MATCH (k:Claim {kind: 'causes'}) RETURN k.coder AS c, k.note AS n") == [
        ("Ann", "as Ina says")
    ]


def test_other_relations_are_links_under_the_analysts_name(store: Store, file: Path) -> None:
    load(store, [file])
    assert rows(store, "MATCH (a)-[r:RELATED_TO]->(b) RETURN a.name AS a, r.name AS n, b.name AS b") == [
        ("Warm room", "reminds of", "Flour")
    ]
    assert rows(
        store,
        "MATCH (a:Turn)-[r:LINKED_TO]->(b:Turn) RETURN a.id AS a, r.name AS n, r.quote AS q, r.coder AS c, "
        "b.id AS b",
    ) == [("1:0002", "answers", "in the loft", "Bea", "1:0000")]


def test_participants_are_known_with_their_variables_and_as_speakers(store: Store, file: Path) -> None:
    load(store, [file])
    assert rows(
        store,
        "MATCH (p:Participant)-[r:HAS_VALUE]->(v:Variable) RETURN p.name AS p, v.name AS v, r.value AS x "
        "ORDER BY p, v",
    ) == [
        ("Baker Ina", "town", "Ölde"),
        ("Baker Ina", "trained", True),
        ("Baker Ina", "years", 12),
        ("Nobody yet", "years", 1.5),
    ]
    assert rows(
        store, "MATCH (p:Participant)-[:SPEAKS_AS]->(s) RETURN p.name AS p, s.id AS s ORDER BY p"
    ) == [("Baker Ina", "1/Ina"), ("Baker Otto", "2/Otto")]
    assert rows(
        store, "MATCH (p:Participant)-[:INTERVIEWED_IN]->(i) RETURN p.name AS p, i.id AS i ORDER BY p"
    ) == [("Baker Ina", "1"), ("Baker Otto", "2")]


def test_memos_hang_on_what_they_are_about(store: Store, file: Path) -> None:
    load(store, [file])
    assert rows(
        store,
        "MATCH (m:Memo)-[r]->(x) RETURN m.text AS m, type(r) AS t, "
        "coalesce(x.id, x.name) AS x, r.quote AS q ORDER BY m",
    ) == [
        ("Ask about the loft.", "ON_TURN", "1:0002", "in the loft"),
        ("Flour is a family of codes.", "ON_CODE", "Flour", None),
        ("Keeps a diary.", "ON_PARTICIPANT", "Baker Otto", None),
        ("Short talk.", "ON_INTERVIEW", "3", None),
        ("The study began in May.", "ON_PROJECT", "toolbox/bakers.toolbox", None),
    ]


def test_all_that_is_yielded_is_in_the_graph_or_lost_by_number(store: Store, file: Path) -> None:
    report = load(store, [file])
    assert report.failed
    lost = {item.message for item in report.not_placed if item.level == "lost"}
    assert lost == {
        "a picture was left out.",
        "relations between a code and a passage: 1.",
        "relations between passages of two interviews: 1.",
        "codings on turns that interview 1 has not: 1.",
        "codings of interview 7, of which the file has no source: 1.",
    }
    records = project()
    there = counts(store)
    number = {kind: sum(r["type"] == kind for r in records) for kind in {r["type"] for r in records}}
    assert there["Turn"] == number["turn"]
    assert there["CODED_AS"] == number["coding"] - 2
    assert there["CODE_OF"] == number["code"]
    # `fixes` is what the code "… fix" says, not a relation of the file's.
    claims = rows(store, "MATCH (k:Claim) WHERE k.kind <> 'fixes' RETURN count(k) AS n")[0][0]
    assert claims + there["RELATED_TO"] + there["LINKED_TO"] == number["relation"] - 2
    assert there["Participant"] == number["participant"]
    assert there["Memo"] == number["memo"]
    told = {s.source: s for s in report.sources}
    assert sum(s.turns for s in told.values() if s.source and s.source.endswith("/toolbox")) == number["turn"]
    assert sum(s.codings for s in told.values()) == number["coding"] - 2
    assert sum(s.relations for s in told.values()) == number["relation"] - 2
    assert sum(s.memos for s in told.values()) == number["memo"]
    assert sum(s.codes for s in told.values()) == number["code"]
    assert sum(s.participants for s in told.values()) == number["participant"]


def test_the_order_of_records_does_not_matter_nor_the_engine(
    embedded_store: Store, neo4j_store: Store, file: Path
) -> None:
    digests = set()
    for store in (embedded_store, neo4j_store):
        for records in (project(), project(("3", "1", "2")), sorted(project(), key=lambda r: r["type"])):
            store.write("MATCH (n) DETACH DELETE n")
            write(file, records)
            load(store, [file.parent])
            # What the file itself is like is part of the graph; the rest must be the same.
            store.write("MATCH (p:Project) SET p.sha256 = '', p.reading = '', p.build = ''")
            store.write("MATCH (s:Source) SET s.sha256 = ''")
            store.write("MATCH (i:Interview) SET i.build = ''")
            store.write("MATCH (m:Memo) SET m.id = m.text")
            digests.add(digest(store))
    assert len(digests) == 1


def test_a_folder_with_two_such_files_loads_both(store: Store, file: Path) -> None:
    more = [source("8"), *(t | {"interview": "8", "id": f"8-{t['index']}"} for t in turns("3"))]
    more += [source("9"), *(t | {"interview": "9", "id": f"9-{t['index']}"} for t in turns("2"))]
    more += [
        coding("8", 1, "Silent customers", "Cleo"),
        {"type": "code", "name": "Flour", "colour": "#000000"},
    ]
    write(file.parent / "others.toolbox", more)
    report = load(store, [file.parent])
    assert not report.left_aside
    check_graph(store)
    assert ids(store) == [*ALL, "8/Cleo/coding", "8/toolbox", "9/toolbox"]
    colours = "MATCH (:Concept {name: 'Flour'})-[r:CODE_OF]->(p) RETURN r.colour AS c ORDER BY c"
    assert rows(store, colours) == [("#000000",), ("#aa8800",)]
    again = load(store, [file.parent])
    assert {s.status for s in again.sources} == {"unchanged"}
    assert {s.source for s in again.sources} >= {
        *ids(store),
        "toolbox/bakers.toolbox",
        "toolbox/others.toolbox",
    }
    assert (again.nodes, again.edges, again.interviews) == (0, 0, [])


def test_an_interview_that_leaves_the_file_leaves_the_graph(store: Store, file: Path) -> None:
    write(file, project(("1", "3")))
    load(store, [file])
    expected = rows(store, "MATCH (n) UNWIND labels(n) AS l RETURN l, count(*) AS n ORDER BY l")
    store.write("MATCH (n) DETACH DELETE n")
    write(file, project())
    load(store, [file])
    write(file, project(("1", "3")))
    report = load(store, [file])
    gone = [s.source for s in report.sources if s.status == "removed"]
    assert gone == ["2/Ann/coding", "2/toolbox"]
    check_graph(store)
    assert rows(store, "MATCH (n) UNWIND labels(n) AS l RETURN l, count(*) AS n ORDER BY l") == expected
    write(file, project())
    load(store, [file])
    assert ids(store) == ALL


def test_a_file_that_shrinks_to_one_source_takes_the_rest_out(store: Store, file: Path) -> None:
    load(store, [file])
    write(file, [source("3"), *turns("3")])
    load(store, [file])
    check_graph(store)
    assert ids(store) == ["3/toolbox"]
    assert rows(store, "MATCH (p:Project) RETURN p.id AS id") == []
    alone = digest(store)
    store.write("MATCH (n) DETACH DELETE n")
    load(store, [file])
    assert digest(store) == alone


def test_what_was_removed_by_hand_comes_back_with_the_file(store: Store, file: Path) -> None:
    load(store, [file])
    whole = digest(store)
    remove(store, "2")
    check_graph(store)
    assert "2/toolbox" not in ids(store)
    load(store, [file])
    assert digest(store) == whole
    for interview in ("1", "2", "3"):
        remove(store, interview)
    assert rows(store, "MATCH (n) RETURN count(n) AS n") == [(0,)]
    load(store, [file])
    assert digest(store) == whole
    removed = remove(store, "toolbox/bakers.toolbox")
    assert removed == [*ALL, "toolbox/bakers.toolbox"]
    assert rows(store, "MATCH (n) RETURN count(n) AS n") == [(0,)]


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (Overrides(interview="5"), "--interview stands for one interview, and this file holds several (1, 2"),
        (Overrides(coder="Zoe"), "--coder stands for one coder, and this file holds several (Ann, Bea"),
    ],
)
def test_an_option_that_could_mean_several_is_refused(
    embedded_store: Store, file: Path, overrides: Overrides, words: str
) -> None:
    embedded_store.write("MATCH (n) DETACH DELETE n")
    (told,) = load(embedded_store, [file], Options(overrides=overrides)).sources
    assert told.status == "failed"
    assert words in str(told.error)
    assert rows(embedded_store, "MATCH (n) RETURN count(n) AS n") == [(0,)]


def test_an_option_that_is_plain_is_taken(embedded_store: Store, file: Path) -> None:
    embedded_store.write("MATCH (n) DETACH DELETE n")
    write(file, [source("3"), *turns("3"), coding("3", 1, "Silent customers", "Bea")])
    options = Options(overrides=Overrides(interview="5", coder="Zoe", round="second"))
    assert not load(embedded_store, [file], options).failed
    check_graph(embedded_store)
    assert ids(embedded_store) == ["5/Zoe/second", "5/toolbox"]
    write(file, project())
    options = Options(overrides=Overrides(round="second"))
    load(embedded_store, [file], options)
    assert "1/Ann/second" in ids(embedded_store)


def test_a_file_that_holds_nothing_is_refused(embedded_store: Store, file: Path) -> None:
    write(file, [source("3")])
    (told,) = load(embedded_store, [file]).sources
    assert told.status == "failed"
    assert "no speaker's turn" in str(told.error)


def test_a_file_of_codes_alone_is_loaded(store: Store, file: Path) -> None:
    write(file, [record for record in project(()) if record["type"] == "code"])
    report = load(store, [file])
    assert [(s.source, s.codes) for s in report.sources] == [("toolbox/bakers.toolbox", 3)]
    assert rows(store, "MATCH (a)-[:CHILD_OF]->(b) RETURN count(a) AS n") == [(2,)]
    assert [s.status for s in load(store, [file]).sources] == ["unchanged"]
    remove(store, "toolbox/bakers.toolbox")
    assert rows(store, "MATCH (n) RETURN count(n) AS n") == [(0,)]
