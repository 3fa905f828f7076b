"""What follows the longest line of a transcript, and turns that have a time and no name."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest

from kb.records import Notice, Turn
from loaders import transcript

LONG = "The kiln went out on the second night and with it the whole of the glaze"
TALK = [
    ("I", "What broke?"),
    ("P", LONG),
    ("P", "The damper stuck."),
    ("I", "What now?"),
    ("P", "We swept it."),
]


def read(folder: Path, text: str) -> list[Turn]:
    path = folder / "Interview 81.txt"
    path.write_text(text, encoding="utf-8")
    return [record for record in transcript.parse(path) if isinstance(record, Turn)]


def said(turns: list[Turn]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


@pytest.mark.parametrize(
    "broken",
    [
        "I Who saw it?",
        "I. Who saw it?",
        "I, Who saw it?",
        "I- Who saw it?",
        "[3] I: Who saw it?",
        "I) Who saw it?",
        "1: Who saw it?",
        "|: Who saw it?",
        "A man from the yard: Who saw it?",
        "(unclear): Who saw it?",
        "Who saw it?",
    ],
)
def test_a_broken_label_after_the_longest_line_is_nobodys(tmp_path: Path, broken: str) -> None:
    lines = [f"{who}: {words}" for who, words in TALK]
    turns = read(tmp_path, "\n".join([*lines[:2], broken, *lines[2:]]) + "\n")
    assert said(turns) == [*TALK[:2], ("", broken), *TALK[2:]]


@pytest.mark.parametrize(
    ("form", "stamp"),
    [
        ("[0:{n:02}] {who}: {words}", "[0:02]"),
        ("{who} [0:{n:02}]: {words}", "[0:02]"),
        ("{who}: [0:{n:02}] {words}", "[0:02]"),
        ("0:{n:02} {who}: {words}", "0:02"),
    ],
)
def test_a_time_without_a_name_after_the_longest_line_is_nobodys(
    tmp_path: Path, form: str, stamp: str
) -> None:
    lines = [form.format(n=2 * n, who=who, words=words) for n, (who, words) in enumerate(TALK)]
    turns = read(tmp_path, "\n".join([*lines[:2], f"{stamp} Who saw it?", *lines[2:]]) + "\n")
    assert [turn.speaker for turn in turns] == ["I", "P", "", "P", "I", "P"]
    assert turns[1].text == LONG
    assert turns[2].text.endswith("Who saw it?")


def test_a_time_without_a_name_ends_a_turn_of_several_paragraphs(tmp_path: Path) -> None:
    lines = []
    for n in range(8):
        lines += [
            f"[00:{n:02}:00] {('Rana', 'Theo')[n % 2]}: The shift began at {n}.",
            "We went on to the yard.",
        ]
        if n == 3:
            lines += ["[00:03:30] Who else was there?", "Was it the foreman?"]
    turns = read(tmp_path, "\n\n".join(lines) + "\n")
    assert said(turns)[8:10] == [("", "Who else was there?"), ("", "Was it the foreman?")]
    assert [turn.start for turn in turns][8] == 210.0
    assert all(turn.speaker for turn in turns[:8] + turns[10:])


def test_times_before_every_paragraph_go_on_with_the_speaker(tmp_path: Path) -> None:
    lines = []
    for n in range(8):
        who = ("Rana", "Theo")[n % 2]
        lines += [f"[00:{n:02}:00] {who}: The shift began at {n}.", f"[00:{n:02}:30] We went on to the yard."]
    turns = read(tmp_path, "\n\n".join(lines) + "\n")
    assert [turn.speaker for turn in turns] == [("Rana", "Theo")[n % 2] for n in range(8) for _ in range(2)]


def test_a_file_that_is_wrapped_is_put_together(tmp_path: Path) -> None:
    turns = [
        ("Rana", "Tell me of the kiln and of all who worked at it. It must have been a hard winter."),
        ("Theo", "Hard it was. The Damper stuck and nobody knew. Nights were long in the Old Yard."),
        ("Rana", "And then? I heard that the Foreman left and that the men had to do without him."),
        ("Theo", "Yes. All of March, and then Ada came, who knew the Damper and the Old Yard well."),
    ]
    text = "\n".join(line for who, words in turns for line in wrap(f"{who}: {words}", 40))
    assert said(read(tmp_path, text + "\n")) == turns


def test_one_wrapped_line_that_goes_on_in_small_letters_is_put_together(tmp_path: Path) -> None:
    long = "Theo: The kiln went out on the second night and\nwith it the glaze."
    text = f"Rana: What broke?\n{long}\nRana: Why?\nTheo: Rust.\n"
    assert said(read(tmp_path, text))[1] == (
        "Theo",
        "The kiln went out on the second night and with it the glaze.",
    )


@pytest.mark.parametrize("broken", ["[12] Theo: Who saw it?", "Theo?: Who saw it?", "l: Who saw it?"])
def test_a_broken_label_in_a_wrapped_file_is_nobodys_and_told(tmp_path: Path, broken: str) -> None:
    asks, answers = ("I", "P") if broken[0] == "l" else ("Rana", "Theo")
    lines = []
    for n in range(8):
        who = (asks, answers)[n % 2]
        lines += wrap(
            f"{who}: The shift began at {n} and went on till noon, since nobody came to relieve us of it.", 60
        )
        if n == 4:
            lines += [broken]
    path = tmp_path / "Interview 82.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    records = list(transcript.parse(path))
    turns = [record for record in records if isinstance(record, Turn)]
    assert ("", broken) in said(turns)
    assert len(turns) == 9
    assert any("someone unknown: 1" in record.message for record in records if isinstance(record, Notice))
