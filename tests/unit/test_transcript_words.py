"""No word is lost in the talk, and none becomes a person: times, heads, feet and lists that are said."""

from pathlib import Path

import pytest

from kb.errors import InputError
from tests.unit.test_transcript_kinds import paragraphs, said, write

TALK = "Ana: How was it?\nMo: Bad.\nAna: Why?\nMo: The valve.\n"
STAMPED = "Ana  0:01\nHow?\n\nMo  0:05\nBad.\n\nAna  0:09\nWhy?\n\nMo  0:12\nYes.\n"


@pytest.mark.parametrize(
    "talk",
    [
        f"{TALK}Mo: At noon.\n10:30\nwas on the clock.\nAna: OK?\nMo: Yes.\n",
        f"{TALK}Mo: At about\n10:30\nAna: OK?\nMo: Yes.\n",
        f"{TALK}Mo: (10:30) is on the tape.\nAna: OK?\n",
        f"{TALK}Mo: It says (10:30)\nAna: OK?\n",
        "Ana (00:01):\nHow?\n\nMo (00:05):\n10:30\n\nAna (00:09):\nAnd?\n\nMo (00:12):\nYes.\n",
    ],
)
def test_a_time_that_is_said_is_kept(tmp_path: Path, talk: str) -> None:
    path = write(tmp_path, talk)
    assert "10:30" in " ".join(text for _, text in said(path))
    assert {who for who, _ in said(path)} <= {"Ana", "Mo", ""}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "line",
    [
        "She started transcription.",
        "Meeting ended after that.",
        "End of interview",
        "Time: 10:30",
        "# of pumps: two",
        "Participants: two.",
        "He stopped the recording.",
        "Date: the fifth",
    ],
)
def test_what_reads_like_a_head_or_a_foot_in_the_midst_is_kept(tmp_path: Path, line: str, gap: str) -> None:
    path = write(tmp_path, f"{TALK}Mo: At noon.\n{line}\nAnd so.\n{TALK}".replace("\n", gap))
    who = next(who for who, text in said(path) if text == line)
    assert who in ("Mo", "")
    path = write(tmp_path, f"{STAMPED}{line}\nAnd so.\n\nAna  0:20\nOK?\n\nMo  0:24\nYes.\n", "b.txt")
    assert next(who for who, text in said(path) if text == line) in ("Mo", "")


@pytest.mark.parametrize("line", ["Noon 12:00", "Midnight  0:00", "Gate (9:45)"])
def test_a_time_that_runs_against_the_others_makes_no_label(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, f"{STAMPED}The log says\n{line}\nand so on.\n\nAna  0:20\nOK?\n\nMo  0:24\nYes.\n")
    assert {who for who, _ in said(path)} == {"Ana", "Mo"}
    assert "and so on." in [text for who, text in said(path) if who == "Mo"]


@pytest.mark.parametrize(
    "word", ["Pros", "Cons", "I said", "He goes", "Step {}", "Phase {}", "Day {}", "https", "Vorteile"]
)
def test_what_introduces_a_part_of_an_answer_is_no_person(tmp_path: Path, word: str) -> None:
    lines = [
        line
        for n in range(1, 4)
        for line in ("Ana: How?", f"Mo: Part {n}.", f"{word.format(1)}: it ran {n} times.")
    ]
    path = write(tmp_path, paragraphs(*lines, "Ana: OK?", "Mo: Yes."))
    assert {who for who, _ in said(path)} <= {"Ana", "Mo", ""}
    assert f"{word.format(1)}: it ran 2 times." in [text for _, text in said(path)]


@pytest.mark.parametrize("text", ["<v Dana>" * 500, "<v Dana></v>\n" * 3, "<b></b>", "-"])
def test_captions_without_any_word_are_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{text}\n", "a.vtt")
    with pytest.raises(InputError, match="has any words"):
        said(path)
