"""Who speaks in a source: counted by label and role, with what was guessed; too many guesses are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.ingest.speakers import SHOWN, SpeakerReport, in_a_line, speakers_of, too_much_guessed
from kb.records import Turn
from loaders import detect
from tests.unit.delve_pdf_factory import DelvePrint
from tests.unit.delve_pdf_factory import Said as Printed


def turns(path: Path, text: str | None = None, **options: object) -> list[Turn]:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return [record for record in detect(path).parse(path, **options) if isinstance(record, Turn)]


def cues(*said: str, gap: float = 3) -> str:
    clock = [f"00:{int(n * gap) // 60:02}:{int(n * gap) % 60:02}" for n in range(len(said) + 1)]
    return "\n\n".join(f"{n + 1}\n{clock[n]},000 --> {clock[n]},500\n{words}" for n, words in enumerate(said))


# Labels at changes only; a pause after each caption makes it a turn of its own.
CAPTIONS = cues(
    "Dana: How was the oven?",
    *["It burned the bread."] * 3,
    "Mo: It was cold.",
    *["So I kicked it."] * 3,
    "Dana: And then?",
    "Mo: It burned.",
    *["All of it burned."] * 2,
)


def test_captions_that_go_on_with_a_speaker_are_guesses_unless_all_are_named(tmp_path: Path) -> None:
    found = turns(tmp_path / "a.srt", CAPTIONS)
    assert [turn.guessed for turn in found] == [
        None, *["speaker"] * 3, None, *["speaker"] * 3, None, None, *["speaker"] * 2,
    ]  # fmt: skip
    assert speakers_of(found) == [
        SpeakerReport(speaker="Mo", turns=7, guessed=5),
        SpeakerReport(speaker="Dana", turns=5, guessed=3),
    ]
    assert "8 of its 12 turns" in str(too_much_guessed(speakers_of(found)))
    named = turns(tmp_path / "a.srt", interviewers=["Dana"], interviewees=["Mo"])
    assert [(turn.speaker, turn.text) for turn in named] == [(turn.speaker, turn.text) for turn in found]
    assert {turn.guessed for turn in named} == {None}
    half = turns(tmp_path / "a.srt", interviewers=["Dana"])
    assert sum(turn.guessed is not None for turn in half) == 8


def test_a_delve_text_whose_headings_are_lost_says_which_speakers_it_derives(tmp_path: Path) -> None:
    blocks = ["# Interview 7 - Ada"]
    for n in range(8):
        blocks += [f"### Interviewer 1\n\nWhat happened in week {n}?", "MD-drift"]
        heading = "" if n == 3 else "### Interviewee\n\n"
        blocks += [f"{heading}The oven burned the bread {n} times.", "MD-drift"]
    found = turns(tmp_path / "a.md", "\n\n".join(blocks))
    assert [turn.index for turn in found if turn.guessed] == [7]
    assert found[7].guessed == "speaker"
    assert too_much_guessed(speakers_of(found)) is None


def test_a_print_without_headings_has_guessed_roles(tmp_path: Path) -> None:
    said = [Printed("Begin.", "Interviewee"), *(Printed(f"Short {n}.") for n in range(9))]
    found = turns(DelvePrint(said).save(tmp_path / "x.pdf"))
    assert [turn.guessed for turn in found] == [None, *["role"] * 9]
    assert "9 of its 10 turns" in str(too_much_guessed(speakers_of(found)))


def test_a_paragraph_without_a_label_among_labelled_ones_has_a_guessed_role(tmp_path: Path) -> None:
    talk = [f"Interviewer: Why {n}?\n\nInterviewee: Because {n}." for n in range(9)]
    talk.insert(4, "Interviewee: Well, that\n\nis what I meant.\n\nInterviewee: And again.")
    talk.insert(6, "Interviewee: Well, that too.\n\nInterviewee: And again.")
    found = turns(tmp_path / "a.txt", "\n\n".join(talk))
    assert [(turn.speaker, turn.role, turn.text) for turn in found if turn.guessed] == [
        ("", "interviewee", "is what I meant.")
    ]


def test_passages_of_several_paragraphs_are_no_guess(tmp_path: Path) -> None:
    talk = [f"Dana:\n\nWhy {n}?\n\nMo:\n\nBecause {n}.\n\nAnd so on.\n\nAnd on." for n in range(9)]
    found = turns(tmp_path / "a.txt", "\n\n".join(talk))
    assert {turn.speaker for turn in found} == {"Dana", "Mo"}
    assert {turn.guessed for turn in found} == {None}


@pytest.mark.parametrize("people", [SHOWN, SHOWN + 1, 400])
def test_of_many_speakers_the_first_are_named_and_the_rest_counted(people: int) -> None:
    found = speakers_of(
        Turn(id=f"1:{n}", interview="1", index=n, speaker=f"P{who}", role="interviewee", text="Yes.")
        for who in range(people)
        for n in range(people - who)
    )
    line = in_a_line(found)
    assert line.startswith(f"P0 (interviewee) {people} turns; P1 ")
    assert len(line) < 500
    if people <= SHOWN + 1:
        assert line.count(";") == people - 1
        assert "more" not in line
    else:
        left = people - SHOWN
        assert f"{left} more speakers (interviewee {left}) {left * (left + 1) // 2} turns" in line
