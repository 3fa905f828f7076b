"""What other people on the machine, and readers of a message or a figure, do not get to see."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.integration.test_cli import Kb, kb, one_sentence
from tests.shared import ROOT

__all__ = ["kb"]
SAMPLES = ROOT / "data" / "interviews"


def open_to_others(folder: Path) -> list[str]:
    """Files that another user of the machine can reach through the folder, and read."""
    if not stat.S_IMODE(folder.stat().st_mode) & 0o005:
        return []
    found = [str(p) for p in folder.iterdir() if p.is_file() and stat.S_IMODE(p.stat().st_mode) & 0o044]
    return found + [file for p in folder.iterdir() if p.is_dir() for file in open_to_others(p)]


@pytest.fixture(autouse=True)
def _usual_rights() -> None:
    os.umask(0o022)


def test_nobody_else_reads_the_database(kb: Kb) -> None:
    assert kb("load", SAMPLES / "Interview 905.vtt").returncode == 0
    assert stat.S_IMODE(kb.db.stat().st_mode) == 0o700
    kb.db.chmod(0o755)  # as folders were before
    (kb.db / "databases").chmod(0o755)
    assert kb("status").returncode == 0
    assert open_to_others(kb.db) == []
    assert stat.S_IMODE(kb.db.stat().st_mode) == 0o700


def test_a_folder_with_other_things_in_it_keeps_its_rights_and_closes_the_database(kb: Kb) -> None:
    kb.db.mkdir(mode=0o755)
    (kb.db / "minutes.md").write_text("for all")
    assert kb("load", SAMPLES / "Interview 905.vtt").returncode == 0
    assert open_to_others(kb.db) == [str(kb.db / "minutes.md")]


def test_a_login_in_the_address_is_not_printed(kb: Kb) -> None:
    for uri in ("bolt://ada:sec/r@et@127.0.0.1:1", "ada:secr@et@host", "http://ada:secret@host"):
        run = kb("status", NEO4J_URI=uri, KB_DB="")
        one_sentence(run, 4, "NEO4J_PASSWORD")
        assert "ada" not in run.stderr
        assert "secr" not in run.stderr.lower().replace("neo4j_password", "")


def test_a_word_that_is_not_utf8_is_one_sentence(kb: Kb) -> None:
    word = os.fsdecode(b"b\xffd")
    sample = SAMPLES / "Interview 905.vtt"
    for args in (
        ["load", "--interview", word, sample],
        ["load", "--coder", word, sample],
        ["parse", "--interview", word, sample],
        ["query", "evidence", word],
        ["cypher", f"RETURN '{word}'"],
        ["load", "--db", word, sample],
        ["load", f"{word}.txt"],
    ):
        one_sentence(kb(*args), 2, "UTF-8")


def test_a_folder_whose_name_is_not_utf8_is_one_sentence(kb: Kb, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"b\xffd")
    folder.mkdir()
    one_sentence(kb("load", "--db", folder, SAMPLES / "Interview 905.vtt"), 4, "UTF-8", "--db")


def test_a_speaker_of_another_interview_is_not_named_under_pseudonyms(kb: Kb, tmp_path: Path) -> None:
    said = "The sensors drift, so the model drops, as Zbigniew saw it too."
    for number, who in ((1, "Zbigniew"), (2, "Interviewee")):
        (tmp_path / f"Interview {number}.txt").write_text(f"Interviewer: What drifts?\n\n{who}: {said}\n")
    (tmp_path / "said.yaml").write_text(
        "interview: 2\nrelations:\n- id: a\n  kind: causes\n  cause: the drift\n  effect: the drop\n"
        f"  explicit: stated\n  quote: {said}\n"
    )
    run = kb("load", tmp_path / "Interview 1.txt", tmp_path / "Interview 2.txt", tmp_path / "said.yaml")
    assert run.returncode == 0, run.stderr
    out = tmp_path / "out.json"
    run = kb("export", "causal-chains", "--effect", "the drop", "--pseudonyms", "-o", out)
    assert run.returncode == 0, run.stderr
    assert "sensors drift" in out.read_text()
    assert "zbigniew" not in out.read_text().lower()
