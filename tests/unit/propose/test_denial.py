"""What denies a relation is warned of, and what only has a negation in it is not."""

from __future__ import annotations

import pytest

from kb.propose.speech import Part, Witness
from kb.records import Turn
from kb.resources import data_dir
from kb.suggest import CodedInterview, Codes, load_cues

CODES = Codes(kinds={"Flour-damp": "issue", "Dough-sticky": "issue", "Yeast-missing": "issue"})
CUES = load_cues(data_dir() / "cues" / "en.yaml")
DENIED = [
    "The dough was sticky, but not because of the damp flour.",
    "The sticky dough had nothing to do with the damp flour.",
    "We ruled the damp flour out, the dough was sticky all the same.",
    "We ruled out that the damp flour spoiled the dough.",
    "The damp flour never spoiled the dough.",
    "The dough was sticky, and it wasn't the flour.",
    "The damp flour hardly affected the dough.",
    "I doubt that the damp flour spoils the dough.",
    "It is unlikely that the damp flour spoiled the dough.",
    "It is not likely that the damp flour spoiled the dough.",
    "There is no evidence that the damp flour made the dough sticky.",
    "You can't blame the damp flour for the sticky dough.",
    "The damp flour played no part in the sticky dough.",
    "The dough got sticky regardless of the damp flour.",
    "Neither the flour nor the water made the dough sticky.",
    "The dough never suffered from the damp flour.",
    "The dough was sticky for reasons other than the flour.",
    "The damp flour made the dough sticky, they say. It didn't.",
    "The damp flour does not make the dough sticky.",
    "The damp flour isn't what made the dough sticky.",
    "The sticky dough can't be put down to the damp flour.",
    "The sticky dough was never traced back to the damp flour.",
    "It is far from clear that the damp flour made the dough sticky.",
    "It's not as if the damp flour made the dough sticky.",
    "By no means did the damp flour make the dough sticky.",
    "Nobody could tie the sticky dough to the damp flour.",
    "The damp flour won't turn the dough sticky.",
    "The damp flour is no explanation for the sticky dough.",
    "There is nothing to suggest that the damp flour made the dough sticky.",
    "The sticky dough came, but not from the damp flour.",
    "The damp flour in no way spoiled the dough.",
    "The damp flour makes dough sticky? That's a myth, it is not true.",
]
AFFIRMED = [
    "The dough was sticky not only because of the damp flour.",
    "There is no doubt that the damp flour made the dough sticky.",
    "No doubt the damp flour caused the sticky dough.",
    "It was nothing but the damp flour that made the dough sticky.",
    "The damp flour not only caused sticky dough but mould.",
    "It wasn't easy, because the damp flour made the dough sticky.",
    "It wasn't the water, it was the damp flour that made the dough sticky.",
    "We did not dry it, so the damp flour made the dough sticky.",
    "You can't deny that the damp flour made the dough sticky.",
    "The damp flour never fails to make the dough sticky.",
    "It was the damp flour, not the water, that made the dough sticky.",
    "Nothing made the dough as sticky as the damp flour.",
    "It is no secret that the damp flour makes the dough sticky.",
    "There is no denying that the damp flour made the dough sticky.",
    "Nobody noticed that the damp flour made the dough sticky.",
    "The dough would not have been sticky without the damp flour.",
    "The damp flour made the dough so sticky that we could not sell it.",
    "The dough was sticky because the flour did not dry, it was damp.",
    "It was far from easy, because the damp flour made the dough sticky.",
    "It is clear that the damp flour made the dough sticky.",
    "The damp flour did not make it easy, the dough was sticky.",
    "The damp flour isn't what we ordered, so the dough is sticky.",
    "The sticky dough can be put down to the damp flour.",
    "The damp flour made the dough sticky. We did not see it.",
    "The damp flour could hardly have spoiled the dough more.",
]


def warned(text: str, cause: str = "Flour-damp") -> list[str]:
    lines = (("interviewer", "What went wrong?"), ("interviewee", text))
    turns = tuple(
        Turn(id=f"7:{n:04d}", interview="7", index=n, speaker=role, role=role, text=said)
        for n, (role, said) in enumerate(lines)
    )
    witness = Witness(CodedInterview(interview="7", turns=turns, codings=()), CODES, CUES)
    found = witness.hear("causes", cause, "Dough-sticky", [Part("7:0001", 0, len(text))]).warnings
    return [warning for warning in found if "other way round" not in warning]


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_is_warned_of(text: str) -> None:
    assert warned(text)


@pytest.mark.parametrize("text", AFFIRMED)
def test_a_negation_that_denies_nothing_is_not(text: str) -> None:
    assert warned(text) == []


def test_a_not_that_belongs_to_the_cause_is_no_denial() -> None:
    assert warned("It isn't yeast that it has, so the dough is sticky.", "Yeast-missing") == []
