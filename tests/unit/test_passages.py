"""Offsets into a document's text, as places in its turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders._passages import Document, newlines

TALK = (
    "Interview with somebody\n\nInterviewer: What is it?\n"
    "Anna:  The   model [00:01:02] broke, and\tit overfits.\n\n"
    "Interviewer: Why?\nAnna: No signal 😀 in the data.\n"
)


def document(text: str, *marked: tuple[int, int]) -> Document:
    return Document("study.qdpx", "1", "Talk 1", text, marked)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The   model", [("1:0001", "The model")]),
        ("broke, and", [("1:0001", "broke, and")]),
        ("😀", [("1:0003", "😀")]),
        ("is it?\nAnna:  The", [("1:0000", "is it?"), ("1:0001", "The")]),
        ("Why?\n", [("1:0002", "Why?")]),
        ("Anna:", [("1:0001", None)]),
    ],
)
def test_words_by_offset_stand_in_the_turns_that_they_touch(
    words: str, expected: list[tuple[str, str | None]]
) -> None:
    start = TALK.index(words)
    doc = document(TALK)
    places = doc.places(start, start + len(words))
    assert [(place.turn, place.quote) for place in places] == expected
    text = {turn.id: turn.text for turn in doc.turns}
    assert all(p.quote is None or text[p.turn][p.start : p.end] == p.quote for p in places)


def test_a_coded_line_is_a_turn_though_nobody_says_it() -> None:
    start = TALK.index("somebody")
    assert len(document(TALK).turns) == 4
    doc = document(TALK, (start, start + 8))
    assert [turn.speaker for turn in doc.turns] == ["", "Interviewer", "Anna", "Interviewer", "Anna"]
    assert doc.places(start, start + 8)[0].quote == "somebody"


def test_a_document_without_speakers_is_one_participants_text() -> None:
    doc = Document("study.qdpx", "r3", "Respondent 3", "I like it.\n\nBut the data are bad.")
    assert [(t.speaker, t.role, t.text) for t in doc.turns] == [
        ("Respondent 3", "interviewee", "I like it."),
        ("Respondent 3", "interviewee", "But the data are bad."),
    ]


def test_line_ends_of_windows_move_the_offsets_behind_them() -> None:
    assert newlines("a\r\nb\rc") == ("a\nb\nc", [0, 1, 1, 2, 3, 4, 5])
    assert newlines("a\nb") == ("a\nb", None)


@given(st.lists(st.text("ab é😀\u0301\t:.", min_size=1, max_size=30), min_size=1, max_size=8), st.data())
def test_every_word_by_offset_is_found_as_it_is(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    doc = document(text, (start, end))
    quoted = "".join("".join((p.quote or "").split()) for p in doc.places(start, end))
    if doc.turns and all(place.quote for place in doc.places(start, end)):
        said = "".join("".join(turn.text.split()) for turn in doc.turns)
        wanted = "".join(text[start:end].split())
        if said == "".join(text.split()):  # nothing was taken for a label
            assert quoted == wanted
