"""What an answer opens with: a confirmation, a denial, or neither."""

import pytest

from kb.text.assent import assents, denies

YES = (
    "Yes.", "Yeah, exactly.", "Uh, yeah, yeah, that's right.", "It does, every time.",
    "Well, yes, but only in winter",
    "Of course they do.", "Genau so.", "Oui, bien sûr.", "Right, that was it.",
)  # fmt: skip
NO = (
    "No idea.", "No.", "Not really", "Well, I don't think so.", "Never.", "Um, I can't say.",
    "Nein, nie.", "I don’t know.",
)  # fmt: skip
NEITHER = (
    "Yes and no",
    "Yeah, no.",
    "Right, I don't know.",
    "Mm-hmm.",
    "It depends",
    "Nothing sticks to it.",
    "Yesterday.",
    "Exactly the opposite, I would say.",
    "Yes? Really? That's new to me.",
    "Correct me if I'm off, but no.",
    "Right, right, but so early I can't say.",
    "Exactly, that's what the bakers wrongly tell you.",
    "True enough for rye, not for us.",
)


@pytest.mark.parametrize("text", YES)
def test_a_confirmation(text):
    assert assents(text)
    assert not denies(text)


@pytest.mark.parametrize("text", NO)
def test_a_denial(text):
    assert denies(text)
    assert not assents(text)


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text):
    assert not assents(text)
    assert not denies(text)


def test_no_doubt_is_no_denial():
    assert not denies("No doubt about it.")
