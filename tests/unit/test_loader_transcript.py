import json
import random
import textwrap
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Notice, Source, Turn
from loaders import transcript
from tests.shared import shared_path

TALK = [
    ("Interviewer1", "So, what went wrong: anything?"),
    ("Interviewee", "The problem is: nobody owns the sensors."),
    ("interviewr", "Mm-hmm."),
    ("Interviewee", "And at 10:30 the job starts, see https://example.org: it fails."),
]


def write(folder: Path, text: str, name: str = "Interview 07.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def turns(path: Path, *interviewers: str) -> list[Turn]:
    return [record for record in transcript.parse(path, interviewers) if isinstance(record, Turn)]


def notices(path: Path, *interviewers: str) -> list[Notice]:
    return [record for record in transcript.parse(path, interviewers) if isinstance(record, Notice)]


def said(path: Path, *interviewers: str) -> list[tuple[str, str | None, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in turns(path, *interviewers)]


def test_the_interview_comes_first_and_is_uncoded(tmp_path: Path) -> None:
    path = write(tmp_path, "Interviewer: Hello?\n\nInterviewee: Yes.\n")
    records = list(transcript.parse(path))
    assert records[0] == Source(
        interview="7", title="Interview 07", file="Interview 07.txt", format="transcript"
    )
    assert [record.type for record in records[1:]] == ["turn", "turn"]
    assert [turn.id for turn in turns(path)] == ["7:0000", "7:0001"]
    assert [turn.line for turn in turns(path)] == [1, 3]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n \t\n\n"])
@pytest.mark.parametrize("colon", [": ", " : ", ":\u00a0", ":\t", "： "])
def test_labels_stay_as_written_and_give_the_role(tmp_path: Path, gap: str, colon: str) -> None:
    path = write(tmp_path, gap.join(f"{label}{colon}{text}" for label, text in TALK))
    assert said(path) == [
        ("Interviewer1", "interviewer", TALK[0][1]),
        ("Interviewee", "interviewee", TALK[1][1]),
        ("interviewr", "interviewer", TALK[2][1]),
        ("Interviewee", "interviewee", TALK[3][1]),
    ]
    assert notices(path) == []


def test_a_colon_in_running_text_makes_no_speaker(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Interviewer: What is it?\n\nThe problem is: labels.\n\nExample: a cat.\n\nSecond: a dog.\n\n"
        "see https://example.org: there\n\nInterviewee: Yes.\n\nthe problem is: time\n",
    )
    assert [turn.speaker for turn in turns(path)] == ["Interviewer"] * 5 + ["Interviewee"] * 2
    assert [turn.text for turn in turns(path)][1:4] == [
        "The problem is: labels.",
        "Example: a cat.",
        "Second: a dog.",
    ]


@pytest.mark.parametrize(
    "label",
    ["Alice", "Dr. Meyer", "SPEAKER_01", "Speaker 2", "Anna Maria van den Berg"[:18], "ZOË", "李明", "alice"],
)
def test_a_label_without_a_role_is_kept_and_told_once(tmp_path: Path, label: str) -> None:
    path = write(
        tmp_path,
        "\n\n".join(
            [f"{label}: one", "Interviewer: two?", f"{label}: three", "Interviewer: four?", f"{label}: 5"]
        ),
    )
    assert [turn.speaker for turn in turns(path)] == [label, "Interviewer", label, "Interviewer", label]
    assert [turn.role for turn in turns(path)] == [None, "interviewer", None, "interviewer", None]
    assert [(notice.level, label in notice.message, notice.line) for notice in notices(path)] == [
        ("warning", True, 1)
    ]


def test_who_asks_is_not_guessed_from_the_questions(tmp_path: Path) -> None:
    path = write(tmp_path, "Anna: How are you?\n\nBert: Fine.\n\nAnna: Why?\n\nBert: Because.\n")
    assert {turn.role for turn in turns(path)} == {None}
    assert len(notices(path)) == 2
    assert said(path, "anna") == [
        ("Anna", "interviewer", "How are you?"),
        ("Bert", "interviewee", "Fine."),
        ("Anna", "interviewer", "Why?"),
        ("Bert", "interviewee", "Because."),
    ]
    assert notices(path, "anna") == []


def test_naming_interviewers_who_are_not_there_gives_nobody_a_role(tmp_path: Path) -> None:
    path = write(tmp_path, "Anna: How are you?\n\nBert: Fine.\n\nAnna: Why?\n\nBert: Because.\n")
    assert {turn.role for turn in turns(path, "Ana")} == {None}
    assert all("check how they are written" in notice.message for notice in notices(path, "Ana"))


def test_a_named_interviewer_wins_over_the_word_and_unknown_stays_unknown(tmp_path: Path) -> None:
    path = write(tmp_path, "P1: How?\n\nUnknown Speaker: Hm.\n\nBert: Well.\n\nP1: Why?\n\nBert: So.\n")
    assert [turn.role for turn in turns(path, "P1")] == [
        "interviewer",
        None,
        "interviewee",
        "interviewer",
        "interviewee",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[00:01:02] Anna: hello",
        "00:01:02 Anna: hello",
        "(1:02) Anna: hello",
        "Anna [00:01:02]: hello",
        "Anna (01:02): hello",
        "[00:01:02 - 00:01:09] Anna: hello",
        "**[00:01:02] Anna:** hello",
        "Anna   1:02\nhello",
        "[00:01:02] Anna\nhello",
        "Anna (01:02):\nhello",
    ],
)
def test_times_beside_a_label_become_the_start(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, f"{line}\n\n{line}\n")
    assert [(turn.speaker, turn.text, turn.start) for turn in turns(path)] == [("Anna", "hello", 62.0)] * 2


@pytest.mark.parametrize(
    "line", ["**Anna:** yes", "**Anna**: yes", "_Anna_: yes", "## Anna: yes", "> Anna: yes"]
)
def test_markdown_is_not_part_of_the_label(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, f"{line}\n\n{line}\n", "talk.md")
    assert [(turn.speaker, turn.text) for turn in turns(path)] == [("Anna", "yes")] * 2


def test_the_role_may_stand_in_brackets(tmp_path: Path) -> None:
    path = write(tmp_path, "Anna (interviewer): Yes?\n\nBert (participant): No.\n")
    assert [turn.role for turn in turns(path)] == ["interviewer", "interviewee"]


def test_a_paragraph_without_a_label_takes_over_the_role(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Hello all.\n\nInterviewer: Ready?\n\nTake your time.\n\nUnknown Speaker\nWho is it?\n\n"
        "Interviewee\nMe.\n\nInterviewer: Fine.\n",
    )
    assert said(path) == [
        ("", None, "Hello all."),
        ("Interviewer", "interviewer", "Ready?"),
        ("Interviewer", "interviewer", "Take your time."),
        ("", None, "Unknown Speaker"),
        ("", None, "Who is it?"),
        ("", "interviewee", "Interviewee"),
        ("", "interviewee", "Me."),
        ("Interviewer", "interviewer", "Fine."),
    ]
    assert sorted((notice.line, notice.level) for notice in notices(path)) == [
        (1, "warning"),
        (5, "info"),
        (11, "warning"),
    ]


def test_lone_labels_head_what_follows_where_that_is_the_form(tmp_path: Path) -> None:
    path = write(tmp_path, "Interviewer 1\nReady?\n\nInterviewee\nYes.\nAnd more.\n\nInterviewer 1\nGood.\n")
    assert said(path) == [
        ("Interviewer 1", "interviewer", "Ready?"),
        ("Interviewee", "interviewee", "Yes."),
        ("Interviewee", "interviewee", "And more."),
        ("Interviewer 1", "interviewer", "Good."),
    ]


def test_a_label_that_nothing_follows_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "Interviewer: Ready?\n\nInterviewee:\n\nInterviewer: Hello?\n\nInterviewee:\n")
    assert [turn.text for turn in turns(path)] == ["Ready?", "Hello?"]
    assert [(notice.level, notice.line) for notice in notices(path)] == [("lost", 3), ("lost", 7)]


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapping_the_lines_changes_no_turn(tmp_path: Path, width: int, gap: str) -> None:
    chance = random.Random(width)
    words = ["the", "of", "model", "data", "label", "threshold", "alert", "owner", "retraining", "a"]
    paragraphs = [
        f"{('Interviewer', 'Interviewee')[number % 2]}: "
        + " ".join(chance.choice(words) for _ in range(chance.randint(1, 90)))
        for number in range(40)
    ]
    plain = said(write(tmp_path, gap.join(paragraphs)))
    wrapped = write(tmp_path, gap.join(textwrap.fill(paragraph, width) for paragraph in paragraphs), "w.txt")
    assert said(wrapped) == plain


@pytest.mark.parametrize(
    "text",
    [
        "These are the interviews of the study.\nSee the paper.\n",
        "# Study\n\nInstallation: run make.\n\nMany words here.\n\nUsage: kb load.\n\nMore.\n\nEnd.\n",
        "Title: A study\nDate: 2024\nLocation: here\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n",
        "See https://example.org: it says so.\nAt 10:30: lunch.\n",
    ],
)
def test_a_text_without_speakers_is_refused(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text, "README.txt")
    assert transcript.detect(path)
    with pytest.raises(InputError, match="Interviewer: …"):
        list(transcript.parse(path))


def test_detect_takes_text_by_ending_or_labels_and_never_raises(tmp_path: Path) -> None:
    labelled = "Interviewer: Ready?\n\nInterviewee: Yes.\n"
    assert transcript.detect(write(tmp_path, labelled, "talk"))
    assert transcript.detect(write(tmp_path, "just text", "talk.md"))
    assert not transcript.detect(write(tmp_path, "one,two\n1,2\n", "table.csv"))
    assert not transcript.detect(write(tmp_path, "\0" + labelled, "binary.txt"))
    assert not transcript.detect(tmp_path / "gone.txt")
    assert not transcript.detect(tmp_path)


def test_an_adversarial_line_is_read_in_linear_time(tmp_path: Path) -> None:
    # A backtracking label pattern would not come back from these.
    for line in ["A" + " " * 500_000 + "b", "*" * 500_000, "1:" * 200_000, "A " * 200_000 + ":"]:
        path = write(tmp_path, f"Interviewer: Yes?\n{line}\nInterviewee: No.\n")
        assert len(turns(path)) == 3


@pytest.mark.parametrize("number", [3, 11, 12, 19, 20, 33, 43])
def test_the_real_transcripts_are_cut_as_in_their_coded_exports(number: int) -> None:
    path = shared_path("interviews", "transcripts", f"Interview {number}.txt")
    read = [(turn.speaker, turn.role, turn.text) for turn in turns(path)]
    exports = sorted(shared_path("interviews", "expected").glob(f"* - 2023-06-04-Interview {number} -*.json"))
    assert exports
    for export in exports:
        segments = json.loads(export.read_text(encoding="utf-8"))["segments"]
        assert [turn[:2] for turn in read] == [(one["speaker_heading"], one["role"]) for one in segments]
        # A coder may have edited a word of a passage in the tool.
        differing = sum(turn[2] != one["text"] for turn, one in zip(read, segments, strict=True))
        assert differing <= 1
