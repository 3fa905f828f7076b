"""Participants, filters, comparisons and pseudonyms as users of the command line meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import Kb, one_sentence
from tests.shared import ROOT

INTERVIEWS = ROOT / "data" / "interviews"
TABLE = "interview,speaker,name,sector\n901,,Rosa,health\n902,Interviewee 1,Tom,finance\n903,,Uli,finance\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """The sample interviews with a table of participants; only read it."""
    folder = tmp_path_factory.mktemp("people")
    kb = Kb(folder / "db", folder)
    (folder / "people.csv").write_text(TABLE, encoding="utf-8")
    run = kb("load", INTERVIEWS, "--participants", "people.csv")
    assert run.returncode == 0, run.stderr
    assert "participants/people.csv" in run.stdout
    return kb


def rows(kb: Kb, *args: object) -> list[dict[str, object]]:
    run = kb("query", *args, "--format", "json")
    assert run.returncode == 0, run.stderr
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def test_status_counts_the_values(study: Kb) -> None:
    run = study("status")
    assert "participants by sector: finance (2), health (1)" in run.stderr
    told = json.loads(study("status", "--format", "json").stdout)
    assert told["attributes"] == {"sector": {"finance": 2, "health": 1}}


def test_a_filter_is_told_with_the_answer_and_leaves_nothing_behind(study: Kb, tmp_path: Path) -> None:
    (tmp_path / "kb-where-999999999-x").mkdir()  # of a process that was killed
    run = study("query", "by-interview", "--where", "sector=health", "--format", "json", TMPDIR=str(tmp_path))
    assert [row["interview"] for row in json.loads(run.stdout)] == ["901"]
    assert "Only what people with sector=health told: 1 of 3 participants, 1 of 5 interviews." in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_several_conditions(study: Kb) -> None:
    both = rows(study, "by-interview", "--where", "sector=health", "--where", "sector=finance")
    assert [row["interview"] for row in both] == ["901", "902", "903"]
    assert rows(study, "by-interview", "--where", "sector!=finance") == rows(
        study, "by-interview", "--where", "sector=health"
    )


def test_captions_tell_the_filter(study: Kb, tmp_path: Path) -> None:
    figure, chart = tmp_path / "f.dot", tmp_path / "c.svg"
    where = ("--where", "sector=health")
    run = study("export", "causal-chains", "--effect", "MD-performance-drop", *where, "-o", figure)
    assert run.returncode == 0, run.stderr
    assert "Only what people with sector=health told" in figure.read_text(encoding="utf-8")
    run = study("plot", "top-issues", *where, "-o", chart)
    assert run.returncode == 0, run.stderr
    assert "Only what people with sector=health told" in chart.read_text(encoding="utf-8")
    assert "sector=health" in run.stderr


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("sectr=health", "They have sector."),
        ("sector=helth", "are finance, health."),
        ("health", "no condition"),
    ],
)
def test_a_filter_that_is_none(study: Kb, where: str, said: str) -> None:
    one_sentence(study("query", "top-issues", "--where", where), 2, said)


def test_without_a_table_a_filter_says_how_to_load_one(kb: Kb) -> None:
    assert kb("load", INTERVIEWS / "Interview 904.txt").returncode == 0
    one_sentence(kb("query", "top-issues", "--where", "sector=health"), 2, "kb load --participants FILE")


def test_a_query_of_ones_own_has_the_filter_too(study: Kb, tmp_path: Path) -> None:
    (tmp_path / "turns.cypher").write_text(
        '// title = "Turns"\n// description = "How many."\nMATCH (n) WHERE n:Turn RETURN count(n) AS n\n',
        encoding="utf-8",
    )
    everybody = rows(study, "turns", "--folder", tmp_path)
    some = rows(study, "turns", "--folder", tmp_path, "--where", "sector=health")
    assert some == [{"n": 40}]
    assert everybody != some


def test_a_comparison_prints_its_tests(study: Kb) -> None:
    run = study("query", "group-comparison", "sector", "--least", "1")
    assert "tests (Fisher's exact, two-sided) on people: sector=finance (2), sector=health (1)" in run.stderr


@pytest.fixture
def kb(tmp_path: Path) -> Kb:
    """No graph yet."""
    return Kb(tmp_path / "db", tmp_path)


def test_pseudonyms_and_what_is_left(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("Ada,Marta\n", encoding="utf-8")
    source = INTERVIEWS / "Interview 902 - Ada.md"
    assert kb("load", source).returncode == 0
    run = kb("check", "--names", "--pseudonyms", "names.csv")
    assert run.returncode == 1
    assert "Ada" in run.stdout
    one = Kb(tmp_path / "other", tmp_path)
    run = one("load", source, "--pseudonyms", "names.csv")
    assert run.returncode == 0, run.stderr
    assert "902/Marta/coding" in run.stdout
    run = one("check", "--names", "--pseudonyms", "names.csv")
    assert run.returncode == 0, run.stdout
    assert "No name of the list is left." in run.stderr
    digest = one.digest()
    one_sentence(one("load", source), 2, "--pseudonyms FILE", "--no-pseudonyms")
    assert "1 unchanged" in one("load", source, "--pseudonyms", "names.csv").stderr
    assert one.digest() == digest


def test_a_list_that_cannot_be_read_changes_nothing(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("Ada\n", encoding="utf-8")
    one_sentence(
        kb("load", INTERVIEWS, "--pseudonyms", "names.csv"), 3, "names.csv, line 1", "has no pseudonym"
    )
    assert not (tmp_path / "db").exists()


def test_what_is_read_can_be_printed_without_the_names(kb: Kb, tmp_path: Path) -> None:
    (tmp_path / "Talk with Anna.txt").write_text("Interviewer: And?\n\nAnna: Ask Anna.\n", encoding="utf-8")
    (tmp_path / "names.csv").write_text("Anna,Marta\n", encoding="utf-8")
    run = kb("parse", "Talk with Anna.txt", "--interviewee", "Anna", "--pseudonyms", "names.csv")
    assert "Ask Marta." in run.stdout
    assert "talk-with-marta" in run.stdout
    assert "anna" not in run.stdout.casefold()
    (tmp_path / "read.jsonl").write_text(run.stdout, encoding="utf-8")
    assert kb("load", "read.jsonl", "--accept-guesses", "--pseudonyms", "names.csv").returncode == 0
