"""Passages of a table looked for in a transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.records import Turn, turn_id
from kb.text.passages import Span, Spoken

TALK = [
    ("Interviewer", "Thanks for, uh, coming. What broke?"),
    ("Anna", "The sensor, um, the sensor broke twice. We had no spare."),
    ("Interviewer", "And then?"),
    ("Anna", "Nothing. It was (honestly) a mess, and it did not get better for weeks."),
    ("Ben", "Nothing. 😀"),
]


def turns() -> list[Turn]:
    return [
        Turn(id=turn_id("1", n), interview="1", index=n, speaker=speaker, text=text)
        for n, (speaker, text) in enumerate(TALK)
    ]


def words(passage: str, speaker: str = "") -> list[list[tuple[int, str]]]:
    said = turns()
    return [
        [(s.turn, said[s.turn].text[s.start : s.end]) for s in place]
        for place in Spoken(said).find(passage, speaker)
    ]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("We had no spare.", [(1, "We had no spare.")]),
        ("we  had\nno SPARE", [(1, "We had no spare")]),
        ("the sensor broke twice", [(1, "the sensor broke twice")]),
        ("The sensor broke twice.", [(1, "the sensor broke twice.")]),
        ("😀", [(4, "😀")]),
        ("(honestly) a mess,", [(3, "(honestly) a mess,")]),
        ("What broke?\nThe sensor, um, the sensor", [(0, "What broke?"), (1, "The sensor, um, the sensor")]),
        ("Broke?\nThe sensor, the sensor broke", [(0, "broke?"), (1, "The sensor, um, the sensor broke")]),
        ("Anna: We had no spare.", []),
        ("spare.\nInterviewer: And then?\nAnna: No", []),
        ("spare.\nInterviewer: And then?", [(1, "spare."), (2, "And then?")]),
        (
            "the sensor broke twice. […] it was (honestly) a mess",
            [(1, "the sensor broke twice."), (3, "It was (honestly) a mess")],
        ),
        ("the sensor broke twice ... We had no spare", [(1, "the sensor broke twice. We had no spare")]),
        ("the sensor broke twice […] of which nobody spoke here", []),
        ("it was (honestly) a mess […] the sensor broke twice", []),
        ("We had no spare. (Interview 1, Pos. 2)", [(1, "We had no spare.")]),
        ("We had no spare. (Talk with Anna, S. 3: 120)", [(1, "We had no spare.")]),
        ("a mess and it did not get beter for weeks", [(3, "a mess, and it did not get better for weeks")]),
        ("It was honestly a mess and it did get better for weeks", []),
        ("the spare parts were never ordered by anyone", []),
        ("e sensor broke twi", [(1, "e sensor broke twi")]),
        ("no spare. #00:01:02-3#\nInterviewer: [00:01:05] And then?", [(1, "no spare."), (2, "And then?")]),
        ("art", []),
        ("", []),
    ],
)  # fmt: skip
def test_where_a_passage_stands(passage: str, expected: list[tuple[int, str]]) -> None:
    found = words(passage)
    assert (found[0] if found else []) == expected


def test_words_that_two_say_are_theirs_who_speaks() -> None:
    assert words("Nothing.") == [[(3, "Nothing.")], [(4, "Nothing.")]]
    assert words("Nothing.", "ben") == [[(4, "Nothing.")]]
    assert words("Nothing.", "Somebody else") == words("Nothing.")


@given(st.data())
def test_what_is_cut_from_a_transcript_is_found_where_it_was_cut(data: st.DataObject) -> None:
    said = turns()
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first, len(said) - 1))
    tokens = [(n, m) for n in range(first, last + 1) for m in range(len(said[n].text.split()))]
    begin = data.draw(st.integers(0, len(said[first].text.split()) - 1))
    own = [(n, m) for n, m in tokens if n > first or m >= begin]
    end = data.draw(st.integers(1, len(own)))
    cut = [said[n].text.split()[m] for n, m in own[:end]]
    text = data.draw(st.sampled_from([" ", "\n", "  \t"])).join(cut)
    places = Spoken(said).find(text)
    found = [" ".join(said[s.turn].text[s.start : s.end] for s in place) for place in places]
    assert " ".join(cut) in found


def test_a_long_passage_is_found_by_its_ends() -> None:
    body = " ".join(f"word{n}" for n in range(1500))
    said = [Turn(id="1:0000", interview="1", index=0, text=f"Before it. {body} And after.")]
    assert Spoken(said).find(body.replace("word700 ", "wurd700 ")) == [[Span(0, 11, 11 + len(body))]]
