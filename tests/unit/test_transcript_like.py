"""Who speaks but once, called by several words or in quotes, in files with and without wrapped lines."""

from pathlib import Path
from textwrap import fill

import pytest

from tests.unit.test_transcript_kinds import said, told, write

TALK = [
    ("Ana", "How was the winter in the valley, and who looked after the stove when the road was closed?"),
    ("Ben", "It was long, and nobody had counted the wood, so we burned the fence and then the shed."),
    ("Ana", "And when the stove went out, who was it that lit it again in the middle of the night?"),
    ("Ben", "The neighbour did, who came over the frozen river with a can of oil and a box of matches."),
    ("Ana", "What did you think of it then, when all of the others had left and you were alone there?"),
    ("Ben", "I thought that it would not last, since the damper was cracked and nobody had a spare."),
]
ONCE = "I was there as well, and the damper had been cracked since the summer before all of that."
CALLED = [
    ('"Dana"', "Dana"),
    ("“Dana Field”", "Dana Field"),
    ("«Dana»", "Dana"),
    ("„Dana“", "Dana"),
    ("A woman from the office", "A woman from the office"),
    ("Eine Frau aus dem Büro", "Eine Frau aus dem Büro"),
    ("Une voix du fond", "Une voix du fond"),
    ("Голос из зала", "Голос из зала"),
    ("the man at the gate", "the man at the gate"),
]


def text(turns: list[tuple[str, str]], gap: str, width: int | None, label: str = "{0}: {1}") -> str:
    lines = [label.format(*turn) if turn[0] else turn[1] for turn in turns]
    return gap.join(fill(line, width) if width else line for line in lines) + "\n"


def with_once(called: str, times: int = 1) -> list[tuple[str, str]]:
    out = [*TALK[:4], (called, ONCE), *TALK[4:]]
    return [*out, *TALK[:3], (called, ONCE), *TALK[4:]] if times == 2 else out


@pytest.mark.parametrize(("called", "label"), CALLED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [None, 66, 72])
@pytest.mark.parametrize("times", [1, 2])
def test_who_speaks_once_is_not_the_one_before(
    tmp_path: Path, called: str, label: str, gap: str, width: int | None, times: int
) -> None:
    path = write(tmp_path, text(with_once(called, times), gap, width))
    got = said(path)
    assert [(who, words) for who, words in got if who in ("Ana", "Ben")] == [
        turn for turn in with_once(called, times) if turn[0] != called
    ]
    rest = [(who, words) for who, words in got if who not in ("Ana", "Ben")]
    assert rest in ([("", f"{called}: {ONCE}")] * times, [(label, ONCE)] * times)
    assert rest[0][0] or f"“{label}”" in told(path)


@pytest.mark.parametrize(("called", "label"), CALLED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [None, 66])
def test_naming_them_gives_them_their_words(
    tmp_path: Path, called: str, label: str, gap: str, width: int | None
) -> None:
    path = write(tmp_path, text(with_once(called), gap, width))
    got = said(path, interviewees=[label])
    assert (label.casefold(), ONCE) in [(who.casefold(), words) for who, words in got]
    assert len(got) == 7


def test_a_known_label_in_quotes_is_the_label(tmp_path: Path) -> None:
    path = write(tmp_path, text(with_once('"Ben"'), "\n\n", 70))
    assert said(path)[4] == ("Ben", ONCE)


@pytest.mark.parametrize("width", [None, 70])
def test_where_answers_have_paragraphs_it_is_read_as_words_and_told(
    tmp_path: Path, width: int | None
) -> None:
    more = [("", words) for _, words in TALK[1::2]]
    turns = [*TALK, *TALK[:2], *more[:2], ("A thing for the record", "Nobody was hurt that winter.")]
    path = write(tmp_path, text([*turns, more[2], *TALK, *TALK], "\n\n", width))
    assert ("Ben", "A thing for the record: Nobody was hurt that winter.") in said(path)
    assert "were read as words: 1 (“A thing for the record”)" in told(path)


def test_a_wrapped_line_that_begins_with_what_somebody_said_stays_with_its_speaker(tmp_path: Path) -> None:
    cut = "Ben: I was at the mill at noon and nobody else was about all that day.\nMy boss told me: You go.\n"
    path = write(tmp_path, text(TALK, "\n", 70) + cut + text(TALK, "\n", 70))
    assert said(path)[6] == ("Ben", cut.strip().partition(": ")[2].replace("\n", " "))
    assert "were read as words: 1 (“My boss told me”)" in told(path)


@pytest.mark.parametrize(
    "line",
    ["There is one thing: nobody came.", "Note: Nobody came.", "At 10:30 they came.", '"So": nothing.'],
)
def test_words_with_a_colon_are_words(tmp_path: Path, line: str) -> None:
    more = [("", words) for _, words in TALK[1::2]]
    turns = [*TALK, *TALK[:2], *more[:2], ("", line), more[2], *TALK, *TALK]
    path = write(tmp_path, text(turns, "\n\n", 70))
    assert "were read as words" not in told(path)
    assert line in [words for _, words in said(path)]


def test_labels_in_bold_leave_no_doubt_of_words_that_are_not(tmp_path: Path) -> None:
    turns = [*TALK[:2], ("", "A thing for the record: Nobody was hurt."), *TALK[2:]]
    path = write(tmp_path, text(turns, "\n\n", None, "**{0}:** {1}"), "talk.md")
    assert "A thing for the record" not in told(path)
