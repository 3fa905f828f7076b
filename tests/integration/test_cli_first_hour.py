"""What a newcomer meets: help, words, errors, what is missing and what comes next."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.integration.test_cli import Kb, one_sentence
from tests.shared import ROOT

SAMPLES = ROOT / "data" / "interviews"
ADA = SAMPLES / "Interview 901 - Ada.md"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """The sample interviews in a graph that the tests only read."""
    folder = tmp_path_factory.mktemp("first")
    kb = Kb(folder / "db", folder)
    run = kb("load", SAMPLES)
    assert run.returncode == 0, run.stderr
    assert "\nnext: " in run.stderr
    return kb


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    """One coded interview, of which nobody has written a relation down."""
    folder = tmp_path_factory.mktemp("coded")
    kb = Kb(folder / "db", folder)
    run = kb("load", ADA, "--no-shipped-relations")
    assert re.search(r"next: No relation is written .* \d+ candidates by `kb suggest causes`", run.stderr)
    return kb


@pytest.mark.parametrize("width", ["60", "80"])
def test_help_is_in_groups_and_no_phrase_is_cut(loaded: Kb, width: str) -> None:
    for args, headings in (([], ["Load", "Ask", "Draw", "Judge", "Share", "Look after"]),
                           (["query"], ["Causes", "Evidence", "Fixes"])):  # fmt: skip
        run = loaded(*args, "--help", COLUMNS=width)
        for heading in headings:
            assert f"\n{heading}:\n" in run.stdout
        assert "..." not in run.stdout.partition("--help")[2]


def test_every_command_is_in_the_help(loaded: Kb) -> None:
    from kb.cli.groups import commands

    shown = loaded("--help").stdout
    assert [name for name in commands if not re.search(rf"^  {name} ", shown, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["status", "--format", "foo"], "--format / -f: 'foo' is not one of"),
        (["query", "leverage", "--depth", "99"], "--depth: it is at most 8"),
        (["query", "leverage", "--depth", "x"], "--depth: it is a whole number"),
        (["suggest", "foo"], "'foo' is not one of"),
        (["statu"], "Did you mean 'status'"),
        (["export", "causal-chains"], "`kb export causal-chains --help`"),
        (["query", "evidence", "MT-overfitting", "--interview", "99"], "There are 901, 902, 903, 904, 905."),
        (["query", "evidence", "MT-overfitting", "--coder", "Cyd"], "There are Ada, Ben."),
        (["help", "stiched"], "Did you mean 'stitched'"),
    ],
)
def test_what_is_wrong_is_one_sentence_in_kbs_own_words(loaded: Kb, args: list[str], said: str) -> None:
    run = loaded(*args)
    one_sentence(run, 2, said)
    assert "Value error" not in run.stderr
    assert "Input should" not in run.stderr


def test_of_a_thousand_interviews_a_few_are_listed() -> None:
    from kb.ask.answer import _there

    said = _there("interview", [str(n) for n in range(1, 1001)])
    assert said == " There are 1,000: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … 999, 1000."


def test_words_are_explained(loaded: Kb) -> None:
    listed = loaded("help")
    assert "stitched" in listed.stdout
    for asked in (["stitched"], ["Told", "Whole"], ["claims"], ["told_by"], ["across-turns"]):
        run = loaded("help", *asked)
        assert run.returncode == 0
        assert len(run.stdout.splitlines()) >= 2
    assert "`kb load --help`" in loaded("help", "load").stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["causes-of", "MT-overfitting"], "No relation is written down yet"),
        (["causal-chains", "MT-overfitting"], "candidates by `kb suggest causes`"),
        (["catalogue"], "`kb load --catalogue`"),
        (["evidence", "MT-overfitting", "--role", "interviewer"], "Leave out --role"),
        (["coder-disagreements"], "No interview is coded by two"),
    ],
)
def test_an_empty_answer_says_what_is_missing(coded: Kb, args: list[str], said: str) -> None:
    run = coded("query", *args)
    assert (run.returncode, run.stdout) == (0, "")
    assert "nothing found" in run.stderr
    assert said in run.stderr
    for_programs = coded("query", *args, "--format", "json")
    assert json.loads(for_programs.stdout) == []
    assert said in for_programs.stderr


def test_status_says_where_the_study_stands(loaded: Kb, coded: Kb) -> None:
    run = loaded("status", COLUMNS="80")
    said = " ".join(run.stdout.split())
    assert len(run.stdout.splitlines()) <= 24
    for words in ("interviews 5, 179 turns", "coded by Ada 2: 901, 902", "coded by Ben 2: 901, 903",
                  "not coded 2: 904, 905", "relations 64 claims in 5 interviews: 901 (14), 902 (16)",
                  "undecided", "`kb check`", "next", "digest"):  # fmt: skip
        assert words in said
    assert "CODED_AS" not in said
    assert "CODED_AS" in loaded("status", "--counts").stdout
    found = json.loads(loaded("status", "--format", "json").stdout)["standing"]
    assert found["relations"] == {"901": 14, "902": 16, "903": 15, "904": 8, "905": 11}
    assert found["uncoded"] == ["904", "905"]
    said = " ".join(coded("status").stdout.split())
    assert "relations none written down" in said
    assert re.search(r"\d+ candidates by `kb suggest causes`", said)


def test_quotes_name_where_every_passage_is(loaded: Kb) -> None:
    run = loaded("query", "causal-chains", "MD-performance-drop", "Data-no-signal", COLUMNS="80")
    assert "[901:0008]" in run.stdout
    assert "`kb query evidence-of-relation Data-no-signal MT-overfitting`" in run.stderr
    assert max(map(len, run.stdout.splitlines())) <= 80
    named = loaded("query", "evidence-of-relation", "Data-no-signal", "MT-overfitting", "--format", "json")
    assert {"901:0008", "901:0012"} <= {row["turn"] for row in json.loads(named.stdout)}


def test_agreement_begins_with_one_screen_without_guide_questions(loaded: Kb) -> None:
    run = loaded("agreement", COLUMNS="80")
    lines = run.stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert {"overall", "best", "worst"} <= {line.split()[0] for line in lines if line.strip()}
    assert max(map(len, run.stderr.splitlines())) <= 80
    assert "guide's questions left out" in " ".join(run.stderr.split())
    assert "--all" in run.stderr
    every = loaded("agreement", "--all").stdout
    assert len(every.splitlines()) > 2 * len(lines)

    def codes(*options: str) -> set[str | None]:
        report = json.loads(loaded("agreement", "--format", "json", *options).stdout)
        return {measure["name"] for measure in report["measures"] if measure["level"] == "code"}

    assert codes("--questions") - codes() == {"Q1", "Q2.1", "Q9"}


def test_own_query_may_not_take_the_name_of_an_option(loaded: Kb, tmp_path: Path) -> None:
    text = (
        '// title = "A"\n// description = "B."\n// params.full = { help = "x" }\n'
        "RETURN $full AS full ORDER BY full\n"
    )
    (tmp_path / "mine.cypher").write_text(text, encoding="utf-8")
    assert "is an option of every query" in loaded("query", "mine", "--folder", tmp_path).stderr
