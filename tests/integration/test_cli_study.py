"""Agreement, suggestions, decisions and figures from the command line, as a user types them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

KB = Path(sys.executable).parent / "kb"


def kb(db: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run ``kb`` on a graph; the exit code must be as said, and no traceback may show."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KB_"))}
    environment["COLUMNS"] = "120"  # a worker of the tests may have another screen
    done = subprocess.run(
        [KB, *words, "--db", db], check=False, env=environment, capture_output=True, text=True, cwd=db.parent
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph with the sample interviews."""
    folder = tmp_path_factory.mktemp("study") / "db"
    kb(folder, "load", str(ROOT / "data" / "interviews"))
    return folder


def test_agreement_states_its_unit_and_leaves_the_undefined_undefined(db: Path) -> None:
    done = kb(db, "agreement", "--format", "json")
    report = json.loads(done.stdout)
    assert report["unit"] == "turn"
    assert report["interviews"]["901"] == ["Ada (coding)", "Ben (coding)"]
    anything = next(
        m for m in report["measures"]
        if (m["interview"], m["level"], m["coefficient"]) == ("901", "any", "kappa")
    )  # fmt: skip
    assert anything["units"] == 40
    alone = [m for m in report["measures"] if m["interview"] == "902"]
    assert alone
    assert all(m["value"] is None and m["reason"] for m in alone)


def test_agreement_tells_unit_and_treatment_before_a_table(db: Path) -> None:
    done = kb(db, "agreement", "--level", "any", "--interview", "901")
    assert "one turn of the transcript" in done.stderr
    assert "Ada (coding) × Ben (coding)" in done.stdout


def test_a_misspelt_interview_is_told(db: Path) -> None:
    assert "no interview '91'" in kb(db, "agreement", "--interview", "91", code=2).stderr


def test_a_suggestion_is_accepted_loaded_and_not_suggested_again(db: Path, tmp_path: Path) -> None:
    into = tmp_path / "mine.yaml"
    into.write_text("# my decisions\nrelations: []\n", encoding="utf-8")
    first = json.loads(kb(db, "suggest", "causes", "--into", str(into), "--format", "json").stdout)[0]
    assert first["evidence"][0]["quote"]
    assert first["evidence"][0]["why"]
    number = str(first["evidence"][0]["number"])
    kb(db, "relate", "causes", first["start"], first["end"], "--evidence", number, "--into", str(into))
    assert into.read_text(encoding="utf-8").startswith("# my decisions\n")
    kb(db, "load", str(into))
    rows = json.loads(kb(db, "query", "effects-of", first["start"], "--format", "json").stdout)
    assert first["end"] in {row["effect"] for row in rows}
    again = json.loads(kb(db, "suggest", "causes", "--into", str(into), "--format", "json").stdout)
    assert (first["start"], first["end"]) not in {(s["start"], s["end"]) for s in again}


def test_a_refused_suggestion_is_remembered_and_enters_nothing(db: Path, tmp_path: Path) -> None:
    into = tmp_path / "mine.yaml"
    before = kb(db, "status").stdout
    first = json.loads(kb(db, "suggest", "causes", "--into", str(into), "--format", "json").stdout)[0]
    kb(db, "relate", "causes", first["start"], first["end"], "--refuse", "--into", str(into))
    again = json.loads(kb(db, "suggest", "causes", "--into", str(into), "--format", "json").stdout)
    assert (first["start"], first["end"]) not in {(s["start"], s["end"]) for s in again}
    assert kb(db, "status").stdout == before


def test_what_the_words_do_not_suggest_cannot_be_accepted(db: Path, tmp_path: Path) -> None:
    into = tmp_path / "mine.yaml"
    done = kb(
        db, "relate", "causes", "MM-drift", "Data-duplicates-that-nobody-has", "--into", str(into), code=2
    )
    assert "Data-duplicates-that-nobody-has" in done.stderr
    assert not into.exists()


def test_a_language_without_cues_is_told(db: Path) -> None:
    assert "no cue words for 'xx'" in kb(db, "suggest", "causes", "--language", "xx", code=2).stderr


@pytest.mark.parametrize(
    ("name", "begins"), [("c.svg", b"<?xml"), ("c.pdf", b"%PDF"), ("c.png", b"\x89PNG"), ("c.json", b"{")]
)
def test_a_query_is_drawn_in_the_form_its_ending_names(
    db: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    target = tmp_path / name
    kb(db, "export", "causal-chains", "MD-performance-drop", "-o", str(target))
    assert target.read_bytes().startswith(begins)


def test_pseudonyms_and_no_quotes_keep_names_and_words_in_the_house(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.json"
    words = ("export", "causal-chains", "MD-performance-drop", "-o", str(target))
    kb(db, *words)
    assert "learned those stations by heart" in target.read_text(encoding="utf-8")
    kb(db, *words, "--no-quotes", "--pseudonyms")
    text = target.read_text(encoding="utf-8")
    assert "learned those stations by heart" not in text
    assert "901" not in text


def test_a_figure_too_large_names_the_options_that_narrow_its_query(db: Path, tmp_path: Path) -> None:
    words = ("export", "causal-chains", "MD-performance-drop", "-o", str(tmp_path / "c.svg"), "--width", "40")
    assert "narrow the query by --cause or --interview" in kb(db, *words).stderr
    told = kb(db, *words, "--limit", "40", "--interview", "901").stderr
    assert "--interview" not in told


def test_a_font_for_further_letters_must_be_one(db: Path, tmp_path: Path) -> None:
    font = tmp_path / "letters.ttf"
    font.write_text("no font")
    words = ("export", "causal-chains", "MD-performance-drop", "-o", str(tmp_path / "c.svg"))
    assert "not a TrueType font" in kb(db, *words, "--font", str(font), code=5).stderr


def test_what_cannot_be_drawn_is_told(db: Path, tmp_path: Path) -> None:
    assert "returns rows" in kb(db, "export", "top-issues", "-o", "x.svg", code=2).stderr
    unknown = kb(db, "export", "causes-of", "MM-drift", "-o", str(tmp_path / "x.bmp"), code=5)
    assert ".svg" in unknown.stderr
    nothing = kb(db, "export", "causes-of", "Data-no-signal", "-o", str(tmp_path / "x.svg"), code=5)
    assert "nothing to draw" in nothing.stderr


def test_two_codes_may_be_given_without_their_options(db: Path) -> None:
    words = ("query", "evidence-of-relation", "Data-no-signal", "MT-overfitting", "--format", "json")
    rows = json.loads(kb(db, *words).stdout)
    assert {(row["from"], row["to"]) for row in rows} == {("Data-no-signal", "MT-overfitting")}
    twice = kb(db, "query", "causes-of", "MM-drift", "--issue", "MT-overfitting", code=2)
    assert "two values for one" in twice.stderr


def test_a_title_in_the_codebook_is_what_a_figure_calls_a_code(tmp_path: Path) -> None:
    folder = tmp_path / "db"
    book = tmp_path / "book.yaml"
    sources = [
        str(ROOT / "data" / "interviews" / name)
        for name in ("Interview 901 - Ada.md", "Interview 902 - Ada.md")
    ]
    nodes = tmp_path / "map.nodes.csv"
    for title in ("A wide gap", "A narrow gap", None):
        said = f"title: {title}" if title else "kind: issue"
        book.write_text(f"codes:\n  MD-performance-drop:\n    {said}\n", encoding="utf-8")
        kb(folder, "load", *sources, "--codebook", str(book))
        kb(folder, "export", "neighbourhood", "MD-performance-drop", "--names", "-o", "map.csv")
        with nodes.open(encoding="utf-8", newline="") as file:
            named = {row["id"]: row["name"] for row in csv.DictReader(file)}
        assert named["MD-performance-drop"] == (title or "Performance drop")
