"""Courts and depositions: questions and answers, who else speaks in capitals, numbered lines."""

from pathlib import Path

import pytest

from tests.unit.test_transcript_kinds import paragraphs, said, told, turns, write

PAGE = """\
Q.   Was the gate shut?
A.   It was shut, as far as I could
see it from the road.
     MS. STOLZ:  Objection.
     THE COURT:  Overruled.
     THE WITNESS:  I saw it
well enough.
BY MR. OHM:
Q.   Who had shut it?
A.   The warden.
"""
HEARD = [
    ("Q", "Was the gate shut?"),
    ("A", "It was shut, as far as I could see it from the road."),
    ("MS. STOLZ", "Objection."),
    ("THE COURT", "Overruled."),
    ("THE WITNESS", "I saw it well enough."),
    ("Q", "Who had shut it?"),
    ("A", "The warden."),
]


def numbered(page: str, number: int) -> str:
    lines = (page * 3).splitlines()[:25]
    return "\n".join([f"{'':40}{number}", *(f"{n:2}        {line}" for n, line in enumerate(lines, 1))])


def test_numbered_lines_of_pages_are_put_together_to_turns(tmp_path: Path) -> None:
    path = write(tmp_path, f"{numbered(PAGE, 7)}\n{numbered(PAGE, 8)}\n")
    assert said(path)[:7] == HEARD
    assert said(path)[7:14] == HEARD
    assert {who for who, _ in said(path)} == {who for who, _ in HEARD}
    assert not any(text[:1].isdigit() or "OHM" in text for _, text in said(path))


def test_who_asks_and_answers_has_a_role_and_nobody_else(tmp_path: Path) -> None:
    roles = {turn.speaker: turn.role for turn in turns(write(tmp_path, numbered(PAGE, 7)))}
    assert roles == {
        "Q": "interviewer",
        "A": "interviewee",
        "THE WITNESS": "interviewee",
        "MS. STOLZ": None,
        "THE COURT": None,
    }


@pytest.mark.parametrize("sign", [". ", ".\t", "\t", "     "])
def test_questions_and_answers_in_paragraphs_with_objections_between(tmp_path: Path, sign: str) -> None:
    lines = [
        "DIRECT EXAMINATION",
        "BY MR. OHM:",
        f"Q{sign}Was the gate shut?",
        f"A{sign}It was.",
        "MS. STOLZ: Objection.",
        "THE COURT: Sustained.",
        "CROSS-EXAMINATION (Continued)",
        "BY MS. STOLZ:",
        f"Q{sign}Who had shut it?",
        f"A{sign}The warden.",
    ]
    path = write(tmp_path, paragraphs(*lines))
    assert [who for who, _ in said(path)] == ["Q", "A", "MS. STOLZ", "THE COURT", "Q", "A"]
    assert "left out: 4 (“DIRECT EXAMINATION" in told(path)


def test_by_whom_a_question_is_put_is_not_among_its_words(tmp_path: Path) -> None:
    lines = ["Q. (By Ms. Stolz) Was it shut?", "A. It was.", "Q. (By Mr. Ohm) And then?", "A. Nothing."]
    assert said(write(tmp_path, paragraphs(*lines)))[2] == ("Q", "And then?")


def test_who_speaks_once_under_a_title_like_the_others_is_named(tmp_path: Path) -> None:
    lines = ["THE COURT: Good morning.", "MR. OHM: Good morning.", "THE CLERK: Case 17.", "THE COURT: Go on."]
    lines += ["MR. OHM: One matter.", "THE COURT: Which?", "MR. OHM: The gate."]
    assert ("THE CLERK", "Case 17.") in said(write(tmp_path, paragraphs(*lines)))


def test_a_transcript_all_in_capitals_loses_no_words(tmp_path: Path) -> None:
    path = write(tmp_path, numbered(PAGE.upper(), 7))
    assert ("A", HEARD[1][1].upper()) in said(path)
