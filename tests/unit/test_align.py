"""Aligning readings of one interview: whose turn is whose, whatever the order."""

from __future__ import annotations

import itertools
import random

import pytest

from kb.ingest.align import Merged, merge
from kb.ingest.place import place_codings
from kb.ingest.reading import Reading
from kb.records import Coding, Source, Turn, turn_id

LINES = (
    "So what do you build here?",
    "We count the swallows over the harbour with a camera, um, and a rather small network.",
    "And what goes wrong with that?",
    "Fog. In the fog it counts every drop as a bird, and Miriam has to throw the whole morning away.",
    "Okay.",
    "And in autumn the gulls come, which it has never seen, so the numbers are simply wrong.",
    "What did you do about it?",
    "We stopped counting in fog. Nobody needs a number for a morning like that.",
)


def reading(coder: str, lines: tuple[str, ...], format_: str = "delve-pdf") -> Reading:
    head = Source(
        interview="7", title="Interview 7", file=f"{coder}.x", format=format_, coder=coder, round="coding"
    )
    turns = tuple(Turn(id=turn_id("7", i), interview="7", index=i, text=text) for i, text in enumerate(lines))
    return Reading(head, turns, ())


def where(merged: Merged, source: Reading) -> list[list[str]]:
    return [[turn.id for turn in turns] for turns in merged.placed[source.id].turns]


def test_the_same_words_are_the_same_turns() -> None:
    a, b = reading("Ada", LINES), reading("Ben", LINES)
    merged = merge([a, b])
    assert len(merged.turns) == len(LINES)
    assert where(merged, b) == [[turn_id("7", i)] for i in range(len(LINES))]


def test_an_anonymised_name_does_not_tell_turns_apart() -> None:
    anonymous = tuple(line.replace("Miriam", "Person A") for line in LINES)
    merged = merge([reading("Ada", LINES), b := reading("Ben", anonymous)])
    assert len(merged.turns) == len(LINES)
    assert merged.placed[b.id].added == ()


def test_two_turns_read_as_one_lie_on_both() -> None:
    joined = (*LINES[:2], f"{LINES[2]} {LINES[3]}", *LINES[4:])
    merged = merge([reading("Ada", LINES), b := reading("Ben", joined, "delve-text")])
    assert len(merged.turns) == len(LINES)
    assert set(where(merged, b)[2]) == {"7:0002", "7:0003"}


def test_one_turn_read_as_two_lies_on_one() -> None:
    cut = LINES[3].index("and Miriam")
    split = (*LINES[:3], LINES[3][:cut].strip(), LINES[3][cut:], *LINES[4:])
    merged = merge([reading("Ada", LINES), b := reading("Ben", split, "delve-text")])
    assert len(merged.turns) == len(LINES)
    assert where(merged, b)[3:5] == [["7:0003"], ["7:0003"]]


def test_a_turn_that_one_source_alone_has_is_kept_in_its_place() -> None:
    extra = "Before that I worked on a lighthouse, but that is another story altogether."
    more = (*LINES[:4], extra, *LINES[4:])
    merged = merge([reading("Ada", LINES), b := reading("Ben", more, "delve-text")])
    assert [turn.text for turn in merged.turns] == list(more)
    assert merged.placed[b.id].added == (4,)
    assert len({turn.id for turn in merged.turns}) == len(more)


def test_a_turn_before_the_first_comes_first() -> None:
    more = ("Is the recording on? I think the recording is on now, good.", *LINES)
    merged = merge([reading("Ada", LINES), reading("Ben", more, "delve-text")])
    assert [turn.text for turn in merged.turns] == list(more)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_sources_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    readings = [reading("Ada", LINES)]
    for coder, format_ in (("Ben", "delve-text"), ("Cem", "transcript"), ("Dora", "captions")):
        lines = [line for line in LINES if rng.random() > 0.2]
        lines.insert(
            rng.randrange(len(lines)), f"Only {coder} has heard this remark about the {seed} ferries."
        )
        readings.append(reading(coder, tuple(lines), format_))
    results = [merge(order) for order in itertools.permutations(readings)]
    assert all(result == results[0] for result in results)


def printed(lines: tuple[tuple[str, str, int], ...]) -> Reading:
    """A print, of which some paragraphs have no heading: speaker, text and page of each."""
    head = Source(interview="7", title="Interview 7", file="print.pdf", format="delve-pdf", coder="Ada")
    roles = {"Interviewer": "interviewer", "Interviewee": "interviewee", "": "interviewer"}
    turns = tuple(
        Turn(id=turn_id("7", i), interview="7", index=i, speaker=who, role=roles[who], text=text, page=page)
        for i, (who, text, page) in enumerate(lines)
    )
    codes = tuple(
        Coding(interview="7", turn=turn.id, label="fog", code="fog", coder="Ada", round="coding",
               quote=turn.text[-9:], start=len(turn.text) - 9, end=len(turn.text))
        for turn in turns[-1:]
    )  # fmt: skip
    return Reading(head, turns, codes)


def spoken(*lines: tuple[str, str]) -> Reading:
    """A transcript with a label on every turn."""
    head = Source(interview="7", title="Interview 7", file="talk.txt", format="transcript")
    roles = {"Interviewer": "interviewer", "Interviewee": "interviewee"}
    turns = tuple(
        Turn(id=turn_id("7", i), interview="7", index=i, speaker=who, role=roles[who], text=text)
        for i, (who, text) in enumerate(lines)
    )
    return Reading(head, turns, ())


CUT = (
    ("Interviewer", "Does it count the gulls?", 1),
    ("Interviewee", "It counts every gull in the harbour as a swallow,", 1),
    ("", "which it has never seen before.", 2),
    ("Interviewer", "And in fog?", 2),
)


def test_what_a_page_break_cut_is_one_turn_once_a_transcript_shows_it() -> None:
    talk = [(who, text) for who, text, _ in CUT if who]
    talk[1] = ("Interviewee", f"{CUT[1][1]} {CUT[2][1]}")
    base, other = printed(CUT), spoken(*talk)
    merged = merge([base, other])
    assert [turn.text for turn in merged.turns] == [text for _, text in talk]
    assert [turn.id for turn in merged.turns] == ["7:0000", "7:0001", "7:0002"]
    assert where(merged, base) == [["7:0000"], ["7:0001"], ["7:0001"], ["7:0002"]]
    assert where(merged, other) == [["7:0000"], ["7:0001"], ["7:0002"]]
    assert len(merge([base]).turns) == len(CUT)


def test_a_paragraph_with_a_heading_or_on_the_same_page_is_never_joined() -> None:
    headed = (CUT[0], CUT[1], ("Interviewer", CUT[2][1], 2), CUT[3])
    same_page = (CUT[0], CUT[1], ("", CUT[2][1], 1), CUT[3])
    talk = spoken(("Interviewer", CUT[0][1]), ("Interviewee", f"{CUT[1][1]} {CUT[2][1]}"),
                  ("Interviewer", CUT[3][1]))  # fmt: skip
    for lines in (headed, same_page):
        assert len(merge([printed(lines), talk]).turns) == len(lines)


def test_a_transcript_says_who_speaks_where_the_print_has_no_heading() -> None:
    lost = (CUT[0], ("", "Interviewee: No, never any of them.", 1), CUT[3])
    talk = spoken(
        ("Interviewer", CUT[0][1]), ("Interviewee", "No, never any of them."), ("Interviewer", CUT[3][1])
    )
    merged = merge([printed(lost), talk])
    assert [(turn.speaker, turn.role) for turn in merged.turns][1] == ("Interviewee", "interviewee")
    assert merge([printed(lost)]).turns[1].role == "interviewer"


def test_marked_words_of_a_part_are_found_in_the_joined_turn() -> None:
    cut = CUT[:3]
    base = printed(cut)
    other = spoken((CUT[0][0], CUT[0][1]), ("Interviewee", f"{CUT[1][1]} {CUT[2][1]}"))
    merged = merge([base, other])
    [(turn, coding)] = place_codings(base, merged.placed[base.id], [])
    assert turn.text[coding.start : coding.end] == coding.quote == CUT[2][1][-9:]
