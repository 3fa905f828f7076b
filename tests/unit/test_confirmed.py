"""Who tells what the interviewer says: whoever confirms it, and nobody else."""

from __future__ import annotations

import pytest

from kb.ingest.claims import Passage
from kb.ingest.confirmed import Confirmed, confirmed
from kb.records import Turn


def heard(question: str, answer: str, kind: str, *, quoted: bool) -> Confirmed:
    said = (("interviewer", question), ("interviewee", answer))
    turns = [
        Turn(id=f"7:{n:04d}", interview="7", index=n, speaker=role, role=role, text=text)
        for n, (role, text) in enumerate(said)
    ]
    return confirmed([Passage(turn, turn.text) for turn in turns[: 2 if quoted else 1]], turns, kind)


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize(
    "answer", ["It didn't help.", "No.", "Drying never helped.", "It made no difference."]
)
def test_what_did_not_help_is_told_by_who_says_that_it_did_not(answer: str, quoted: bool) -> None:
    found = heard("Did drying help?", answer, "does-not-fix", quoted=quoted)
    assert found.told
    assert found.passages[-1].turn.id == "7:0001"
    assert not heard("Did drying help?", answer, "fixes", quoted=quoted).told


@pytest.mark.parametrize("kind", ["causes", "fixes", "does-not-fix"])
@pytest.mark.parametrize(
    "answer", ["That I cannot answer.", "You should ask the miller.", "What do you mean?"]
)
def test_who_leaves_the_answer_to_others_tells_nothing(answer: str, kind: str) -> None:
    assert not heard("Did drying help?", answer, kind, quoted=True).told


def test_another_cause_confirms_none() -> None:
    assert not heard("So the rain spoiled it, I take it.", "It was the oven.", "causes", quoted=False).told
