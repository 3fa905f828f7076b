"""The shipped codebook against the facts of the study, and the rules on the same labels."""

from __future__ import annotations

import csv
from pathlib import Path

from kb.codebook import Codebook, check, load_codebook, problems_of, resolve, shipped_codebook
from kb.resources import cypher_dir, data_dir
from tests.shared import shared_path

KINDS = {"fix-generic": "fix", "guide-question": "question"}


def rows(name: str) -> list[dict[str, str]]:
    with shared_path("facts", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shipped_codebook_is_there_sorted_and_described() -> None:
    book = shipped_codebook()
    assert list(book.entries) == sorted(book.entries, key=lambda label: (label.casefold(), label))
    for label, entry in book.entries.items():
        assert entry.kind, label
        assert entry.category, label
        if entry.kind != "question":
            assert entry.description.endswith("."), label
        if entry.kind == "fix":
            assert entry.issue, label


def test_data_and_queries_are_found_in_a_checkout() -> None:
    root = Path(__file__).resolve().parents[2]
    assert (data_dir(), cypher_dir()) == (root / "data", root / "cypher")


def test_kinds_and_categories_are_those_of_the_study() -> None:
    facts = rows("codes.csv")
    study = resolve((row["code"] for row in facts), shipped_codebook())
    for row in facts:
        concept = study.concept(row["code"])
        wanted = (KINDS.get(row["type"], row["type"]), row["category"])
        assert (concept.kind, concept.category or "other") == wanted, row["code"]
        assert concept.basis == "codebook"
        assert concept.category is None or concept.category_name, row["code"]


def test_fixes_have_the_issues_of_the_study() -> None:
    book = shipped_codebook()
    codes = [row["code"] for row in rows("codes.csv")]
    study = resolve(codes, book)
    pairs = rows("fix_pairs.csv")
    assert {row["fix"]: study.concept(row["fix"]).issue or "" for row in pairs} == {
        row["fix"]: row["issue"] for row in pairs
    }
    assert {row["fix"] for row in pairs} == {c.name for c in study.concepts if c.kind == "fix"}


def test_variants_of_the_study_are_one_concept_and_nothing_else_is() -> None:
    codes = [row["code"] for row in rows("codes.csv")]
    study = resolve(codes, shipped_codebook())
    merged = {label: name for label, name in study.names.items() if label != name}
    assert merged == {
        "Data-missing-values": "Data-missing-value",
        "ME-Metrics-Meaningless-For-Stakeholder": "ME-metrics-meaningless-for-stakeholder",
    }


def test_rules_alone_find_every_pair_that_a_name_can_show() -> None:
    codes = [row["code"] for row in rows("codes.csv")]
    study = resolve(codes, Codebook.empty())
    pairs = rows("fix_pairs.csv")
    assert {row["fix"]: study.concept(row["fix"]).issue for row in pairs} == {
        row["fix"]: row["issue"] if row["how"] in {"exact", "variant"} else None for row in pairs
    }
    undecided = {p.code for p in problems_of(study) if p.kind == "fix-without-issue"}
    assert undecided == {row["fix"] for row in pairs if row["how"] == "none"}


def test_rules_alone_get_kinds_right_but_for_what_was_judged() -> None:
    """Topics, and one heading without an abbreviation, are read from the passages, not the names."""
    facts = rows("codes.csv")
    study = resolve((row["code"] for row in facts), Codebook.empty())
    for row in facts:
        concept = study.concept(row["code"])
        if row["type"] != "topic" and row["code"] != "Data-issues":
            assert concept.kind == KINDS.get(row["type"], row["type"]), row["code"]
        if row["category"] != "other":
            assert concept.category == row["category"], row["code"]


def test_each_interview_alone_keeps_the_pairs_of_its_own_codes() -> None:
    """A study is loaded an interview at a time: the codebook's issues are there from the first."""
    book = shipped_codebook()
    for row in rows("fix_pairs.csv"):
        study = resolve([row["fix"]], book)
        assert (study.concept(row["fix"]).issue or "") == row["issue"]
        assert not row["issue"] or study.concept(row["issue"]).kind == "issue"


def test_check_of_the_study_leaves_only_codes_used_once() -> None:
    counts = {row["code"]: int(row["codings"]) for row in rows("codes.csv")}
    problems = check(counts, shipped_codebook())
    assert {p.kind for p in problems} == {"used-once"}
    once = {row["code"] for row in rows("codes.csv") if row["codings"] == "1"}
    assert {p.code for p in problems} == once


def test_the_shipped_codebook_as_a_table_says_the_same(tmp_path: Path) -> None:
    book = shipped_codebook()
    path = tmp_path / "codebook.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "kind", "category", "aliases", "issue", "description"])
        for label, entry in book.entries.items():
            writer.writerow(
                [label, entry.kind, entry.category, ";".join(entry.aliases), entry.issue, entry.description]
            )
    assert load_codebook(path).entries == book.entries
