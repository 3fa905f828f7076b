"""Tables and causal maps in the graph: passages beside their transcript, relations as claims; and out."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kb.errors import ExportError
from kb.export.causal_map import export_causal_map
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.graph_check import check_graph
from tests.sheets import write_xlsx

TALK = """Interviewer: What broke, and when?

Anna: The sensor broke twice. We had no spare, so it stood still.

Interviewer: What did you do about it?

Anna: We bought two spares, um, and since then it has never stood still.
"""
PASSAGES = [
    ["Document", "Quote", "Codes", "Coder", "Comment"],
    ["Interview 7", "we had no  spare,", "no-spare", "Ada", "check this"],
    ["Interview 7", "What broke, and when?\nThe sensor broke twice.", "breakdown", "Ada", ""],
    ["Interview 7", "bought two spares and since then it has never stood still", "buy-spares", "Ben", ""],
    ["Interview 7", "something that nobody has said in this interview", "odd", "Ben", ""],
]
NO_SHIPPED = Options(shipped_relations=False)


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in store.read(query).rows]


def coded(store: Store) -> set[tuple[Any, ...]]:
    return set(rows(store, "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) RETURN t.id, c.name, r.coder, r.quote"))


def wipe(store: Store) -> None:
    store.write("MATCH (n) DETACH DELETE n")


@pytest.fixture
def study(tmp_path: Path) -> list[Path]:
    talk = tmp_path / "Interview 7.txt"
    talk.write_text(TALK, encoding="utf-8")
    return [talk, table(tmp_path / "coded.csv", PASSAGES)]


def test_passages_find_their_turns_whatever_was_loaded_first(store: Store, study: list[Path]) -> None:
    report = load(store, study, NO_SHIPPED)
    assert coded(store) == {
        ("7:0000", "breakdown", "Ada", "What broke, and when?"),
        ("7:0001", "breakdown", "Ada", "The sensor broke twice."),
        ("7:0001", "no-spare", "Ada", "We had no spare,"),
        ("7:0003", "buy-spares", "Ben", "bought two spares, um, and since then it has never stood still"),
        ("7:0003+01", "odd", "Ben", None),
    }
    memos = rows(store, "MATCH (m:Memo)-[r:ON_TURN]->(t:Turn) RETURN m.text, m.coder, t.id, r.quote")
    assert memos == [("check this", "Ada", "7:0001", "We had no spare,")]
    told = [item.message for item in report.not_placed if "not found" in item.message]
    assert len(told) == 1
    assert "“something that nobody has said in this interview”" in told[0]
    check_graph(store)
    expected = digest(store)
    assert load(store, study, NO_SHIPPED).nodes == 0
    for first, second in (study, study[::-1]):
        wipe(store)
        load(store, [first], NO_SHIPPED)
        load(store, [second], NO_SHIPPED)
        assert digest(store) == expected


def test_without_the_transcript_the_passages_are_the_text(store: Store, study: list[Path]) -> None:
    load(store, study[1:], NO_SHIPPED)
    texts = rows(store, "MATCH (t:Turn) RETURN t.text, t.speaker, t.role ORDER BY t.text")
    assert [text for text, _, _ in texts] == sorted(" ".join(row[1].split()) for row in PASSAGES[1:])
    assert {(speaker, role) for _, speaker, role in texts} == {("", None)}
    assert {(name, coder) for _, name, coder, _ in coded(store)} == {(row[2], row[3]) for row in PASSAGES[1:]}
    check_graph(store)


def test_a_table_of_another_interview_is_refused(store: Store, study: list[Path], tmp_path: Path) -> None:
    load(store, study[:1], NO_SHIPPED)
    before = digest(store)
    other = [["Interview 7", f"words number {n} of quite another talk", "x"] for n in range(9)]
    path = table(tmp_path / "other.csv", [["Document", "Quote", "Codes"], *other])
    report = load(store, [path], NO_SHIPPED)
    assert "hardly a turn of it" in str([source.error for source in report.sources])
    assert digest(store) == before


def test_a_table_of_relations_makes_claims_of_who_speaks(
    store: Store, study: list[Path], tmp_path: Path
) -> None:
    relations = [
        ["Interview", "Cause", "Effect", "Fix", "Quote", "Coder"],
        ["7", "no spare", "standstill", "", "We had no spare, so it stood still", "Ada"],
        ["7", "", "no spare", "buy spares", "We bought two spares", "Ada"],
    ]
    path = table(tmp_path / "relations.csv", relations)
    load(store, [*study, path], NO_SHIPPED)
    claims = rows(
        store, "MATCH (c:Claim)-[r:EVIDENCED_BY]->(t:Turn) RETURN c.kind, c.person, c.coder, t.id, r.quote"
    )
    assert sorted(claims) == [
        ("causes", "7/Anna", "Ada", "7:0001", "We had no spare, so it stood still"),
        ("fixes", "7/Anna", "Ada", "7:0003", "We bought two spares"),
    ]
    assert rows(store, "MATCH (:Concept {name: 'no spare'})-[r:CAUSES]->(b) RETURN b.name") == [
        ("standstill",)
    ]
    check_graph(store)
    before = sorted(rows(store, "MATCH (c:Claim) RETURN c.id, c.kind"))
    relations[1:] = relations[:0:-1]
    report = load(store, [table(path, relations)], NO_SHIPPED)
    assert not report.failed
    assert sorted(rows(store, "MATCH (c:Claim) RETURN c.id, c.kind")) == before


def test_columns_by_the_users_word_and_a_dry_run(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "own.csv", [["Who", "A", "B"], ["Interview 3", "hard to hire", "staff"]])
    said = {"document": "Who", "text": "A", "codes": "B"}
    report = load(store, [tmp_path], Options(Overrides(columns=said, preview=True), dry_run=True))
    told = " ".join(item.message for item in report.not_placed)
    assert "text in 'A'" in told
    assert "words “hard to hire”" in told
    assert rows(store, "MATCH (n:Turn) RETURN n") == []
    load(store, [path], Options(Overrides(columns=said)))
    assert coded(store) == {("3:0000", "staff", None, None)} or {name for _, name, _, _ in coded(store)} == {
        "staff"
    }


# --- Causal Map ------------------------------------------------------------------------------


THIRD = {
    "factors": [["factor_id", "label", "factor_memo"], [1, "Yield;lower", "of maize"], [2, "~Rain", ""]],
    "links": [
        ["link_id", "statement_id", "from_label", "to_label", "quote", "hashtags", "sentiment"],
        [1, 2, "~Rain", "Yield; lower", "no rain, so we harvested less", "#sure", -1],
        [2, 10, "Seeds", "Yield; higher", "", "", 0],
        [3, 1, "Seeds", "~Rain", "this was never said at all by them", "", 0],
        [4, 1, "", "Seeds", "x", "", 0],
    ],
    "statements": [
        ["statement_id", "text", "source_id", "question_id"],
        [10, "The new seeds are better.", "F2", "Q1"],
        [2, "There was no rain, so we harvested less.", "F1", "Q1"],
        [1, "It was a hard year 😀", "F1", "Q1"],
    ],
    "sources": [["source_id", "village", "age"], ["F1", "Here", 34], ["F2", "There", 51]],
    "questions": [["question_id", "question_text"], ["Q1", "How was the year?"]],
}


def test_a_causal_map_is_claims_of_its_sources(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "map.xlsx", THIRD)
    report = load(store, [path], NO_SHIPPED)
    assert sorted(rows(store, "MATCH (t:Turn) RETURN t.id, t.text, t.speaker, t.role")) == [
        ("f1:0000", "It was a hard year 😀", "F1", "interviewee"),
        ("f1:0001", "There was no rain, so we harvested less.", "F1", "interviewee"),
        ("f2:0000", "The new seeds are better.", "F2", "interviewee"),
    ]
    claims = (
        "MATCH (a)<-[:ABOUT_CAUSE]-(c:Claim)-[:ABOUT_EFFECT]->(b), (c)-[r:EVIDENCED_BY]->(t:Turn) "
        "RETURN a.name, b.name, c.person, r.quote, c.note"
    )
    assert sorted(rows(store, claims), key=str) == [
        ("Seeds", "Yield; higher", "f2/F2", "The new seeds are better.", None),
        ("Seeds", "~Rain", "f1/F1", "It was a hard year 😀", None),
        ("~Rain", "Yield; lower", "f1/F1", "no rain, so we harvested less", "#sure"),
    ]
    assert set(rows(store, "MATCH (a)-[:CHILD_OF]->(b) RETURN a.name, b.name")) == {
        ("Yield; lower", "Yield"), ("Yield; higher", "Yield"),
    }  # fmt: skip
    assert rows(store, "MATCH (a)-[r:RELATED_TO]->(b) RETURN a.name, r.name, b.name") == [
        ("~Rain", "opposite of", "Rain")
    ]
    values = rows(store, "MATCH (p:Participant)-[v:HAS_VALUE]->(x) RETURN p.name, x.name, v.value")
    assert sorted(values) == [
        ("F1", "age", "34"),
        ("F1", "village", "Here"),
        ("F2", "age", "51"),
        ("F2", "village", "There"),
    ]
    told = {item.message for item in report.not_placed if item.level == "lost"}
    assert told == {
        "links without a cause or an effect: 1.",
        "texts of questions: 1.",
        "values in column 'sentiment' of the sheet 'links': 1.",
    }
    check_graph(store)
    by_id = "MATCH (c:Claim)-[r:EVIDENCED_BY]->(t:Turn) RETURN c.id, c.person, t.id, r.quote"
    before = sorted(rows(store, by_id))
    chance = random.Random(2)
    shuffled = {name: [cells[0], *chance.sample(cells[1:], len(cells) - 1)] for name, cells in THIRD.items()}
    shuffled["links"] = [shuffled["links"][0], *([700 + row[0], *row[1:]] for row in shuffled["links"][1:])]
    wipe(store)
    load(store, [write_xlsx(path, shuffled)], NO_SHIPPED)
    assert sorted(rows(store, by_id)) == before


def test_the_fourth_version_has_whole_texts_and_other_names(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "map.xlsx",
        {
            "sources": [["id", "title", "content", "Role"], ["a1b2", "Interview 7", TALK, "fitter"]],
            "links": [
                ["id", "source_id", "cause", "effect", "selected_text", "tags"],
                [1, "a1b2", "no spare", "standstill", "had no spare, so it stood still", "sure, quoted"],
            ],
        },
    )
    load(store, [path], NO_SHIPPED)
    query = "MATCH (c:Claim)-[r:EVIDENCED_BY]->(t:Turn) RETURN c.person, t.id, r.quote, c.note"
    assert rows(store, query) == [("7/Anna", "7:0001", "had no spare, so it stood still", "#sure #quoted")]
    known = (
        "MATCH (i:Interview)<-[:INTERVIEWED_IN]-(p)-[v:HAS_VALUE]->(x) RETURN i.id, p.name, x.name, v.value"
    )
    assert rows(store, known) == [("7", "Interview 7", "Role", "fitter")]


def test_links_alone_are_relations_between_codes(store: Store, tmp_path: Path) -> None:
    links = [["from_label", "to_label"], ["rain", "yield"], ["yield", "income"]]
    path = write_xlsx(tmp_path / "links.xlsx", {"links": links})
    report = load(store, [path], NO_SHIPPED)
    assert not report.failed
    found = set(rows(store, "MATCH (a)-[r:RELATED_TO]->(b) RETURN a.name, r.name, b.name"))
    assert found == {("rain", "causes", "yield"), ("yield", "causes", "income")}
    assert any("nobody's statement: 2." in item.message for item in report.not_placed)


def test_two_sources_are_two_people_whatever_stands_behind_a_dash(store: Store, tmp_path: Path) -> None:
    sheets = {
        "links": [["from_label", "to_label", "quote", "statement_id"], ["rain", "yield", "it rained", 1]],
        "statements": [["statement_id", "text", "source_id"], [1, "it rained", "a"], [2, "it did not", "b"]],
        "sources": [["source_id", "title"], ["a", "Interview 5 - Ada"], ["b", "Interview 5 - Ben"]],
    }
    load(store, [write_xlsx(tmp_path / "map.xlsx", sheets)], NO_SHIPPED)
    assert len(rows(store, "MATCH (i:Interview) RETURN i.id")) == 2


CLAIMS = (
    "MATCH (c:Claim)-[r:EVIDENCED_BY]->(t:Turn) WHERE c.interview IS NOT NULL "
    "RETURN c.kind, c.person, c.explicit, c.note, t.id, r.quote"
)


def test_a_study_goes_out_as_a_causal_map_and_comes_back(store: Store, samples: Path, tmp_path: Path) -> None:
    load(store, [samples])
    sums = (
        "MATCH (a)-[r:CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(b) "
        "RETURN a.name, type(r), b.name, r.people, r.stated, r.interviews"
    )
    before = [sorted(rows(store, query), key=str) for query in (CLAIMS, sums)]
    told: list[str] = []
    links, others = export_causal_map(store, tmp_path / "out.xlsx", told.append)
    assert (links, others) == tuple(
        rows(
            store, f"MATCH (c:Claim) WHERE c.kind {sign} 'causes' AND c.interview IS NOT NULL RETURN count(c)"
        )[0][0]
        for sign in ("=", "<>")
    )
    # Told only where there is such a passage.
    left = sum(
        int(line.rsplit(" ", 1)[1].strip(".")) for line in told if "between their first and last" in line
    )
    wipe(store)
    report = load(store, [tmp_path / "out.xlsx"], NO_SHIPPED)
    assert not report.failed
    after = [sorted(rows(store, query), key=str) for query in (CLAIMS, sums)]
    assert len(before[0]) - len(after[0]) == left
    assert set(after[0]) <= set(before[0])
    assert after[1] == before[1]
    check_graph(store)
    # What comes back goes out the same.
    export_causal_map(store, tmp_path / "again.xlsx", told.append)
    one, two = (
        {page.title: list(page.iter_rows(values_only=True)) for page in load_workbook(tmp_path / name)}
        for name in ("out.xlsx", "again.xlsx")
    )
    assert one["links"] == two["links"]
    assert one["other_links"] == two["other_links"]
    assert one["statements"] == two["statements"]


def test_words_that_look_like_a_formula_stay_words(store: Store, tmp_path: Path) -> None:
    statement = "=HYPERLINK(1) made us stop"
    path = write_xlsx(
        tmp_path / "map.xlsx",
        {
            "links": [["from_label", "to_label", "quote"], ["x", "y", "z"]],
            "statements": [["statement_id", "text"]],
        },
    )
    book = load_workbook(path)
    cell = book["links"]["C2"]
    cell.value = statement
    cell.data_type = "s"
    book.save(path)
    load(store, [path], NO_SHIPPED)
    export_causal_map(store, tmp_path / "out.xlsx", print)
    found = load_workbook(tmp_path / "out.xlsx")["statements"]["B2"]
    assert (found.value, found.data_type) == (statement, "s")


def test_nothing_related_is_no_map(store: Store, study: list[Path], tmp_path: Path) -> None:
    load(store, study, NO_SHIPPED)
    with pytest.raises(ExportError, match="no relation"):
        export_causal_map(store, tmp_path / "out.xlsx", print)
    assert not (tmp_path / "out.xlsx").exists()
