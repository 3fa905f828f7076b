"""Aligning readings of one interview: whose turn is whose, whatever the order."""

from __future__ import annotations

import itertools
import random

import pytest

from kb.ingest.align import Merged, merge
from kb.ingest.reading import Reading
from kb.records import Source, Turn, turn_id

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
