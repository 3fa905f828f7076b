"""Words that a reader selects are those that are quoted, where the same words stand elsewhere too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.records import Turn
from kb.relations import find_evidence, load_relations
from kb.review.check import Chosen
from kb.review.model import Candidate, Key, Passage, Words
from kb.review.review import Review
from kb.review.show import shown_turns

AGAIN = "The dough was cold. We waited, and because the dough was cold the bread came out flat."
SAID = (
    ("I", "Was the dough cold in the morning?"),
    ("P", AGAIN),
    ("I", "And on Sunday?"),
    ("P", "On Sunday the dough was cold as well, and nobody came."),
)
TURNS = [
    Turn(id=f"8:{n:04d}", interview="8", index=n, speaker=who, text=text)
    for n, (who, text) in enumerate(SAID)
]
SECOND = AGAIN.index("the dough was cold")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    passage = Passage(quotes=(Words("8:0001", AGAIN, 0),), explicit="stated", states=True, points=1)
    key = Key("8", "causes", "Dough-cold", "Bread-flat")
    return Review(
        [Candidate(key=key, passages=(passage,), worth=1)],
        path=tmp_path / "relations.yaml",
        turns={"8": TURNS},
        names=("Dough-cold", "Bread-flat"),
    )


def place(path: Path) -> tuple[str, str]:
    """The turn of the first relation's first quote, and the words of it that a load takes."""
    relation = load_relations(path).relations[0]
    passage = find_evidence(relation, TURNS).passages[0]
    text = next(turn.text for turn in TURNS if turn.id == passage.turn_id)
    return passage.turn_id, text[passage.start : passage.end]


@pytest.mark.parametrize(
    ("chosen", "turn", "holds", "without"),
    [
        (Chosen("The dough was cold", "8:0001", 0), "8:0001", "The dough was cold. We", "because"),
        (Chosen("the dough was cold", "8:0001", SECOND), "8:0001", "the dough was cold the", "We waited"),
        (Chosen("the dough was cold", "8:0003", 10), "8:0003", "the dough was cold as", "because"),
    ],
    ids=["first", "second", "another turn"],
)
def test_the_selected_words_are_quoted_and_marked(
    review: Review, chosen: Chosen, turn: str, holds: str, without: str
) -> None:
    review.quote(chosen)
    (marked,) = (
        (each.id, "".join(s.text for s in each.segments[:n]))
        for each in shown_turns(review.draft, TURNS, 0)
        for n, segment in enumerate(each.segments)
        if segment.quoted
    )
    assert marked == (turn, next(t.text for t in TURNS if t.id == turn)[: chosen.start])
    review.accept()
    found, words = place(review.path)
    assert found == turn
    assert holds in words
    assert without not in words


def test_words_that_were_edited_are_looked_for_in_their_turn_first(review: Review) -> None:
    review.quote(Chosen("DOUGH was cold", "8:0003", 2))
    assert review.draft.quotes[0].turn == "8:0003"


def test_words_of_another_turn_are_found_though_the_selection_was_elsewhere(review: Review) -> None:
    review.quote(Chosen("nobody came", "8:0001", 0))
    assert review.draft.quotes[0].turn == "8:0003"
