"""What an answer opens with: a confirmation, a denial, or neither."""

import pytest

from kb.text.assent import assents, denies, denies_what, tells

YES = (
    "Yes.", "Yeah, exactly.", "Uh, yeah, yeah, that's right.", "It does, every time.",
    "Well, yes, but only in winter",
    "Of course they do.", "Genau so.", "Oui, bien sûr.", "Right, that was it.",
)  # fmt: skip
NO = (
    "No idea.", "No.", "Not really", "Well, I don't think so.", "Never.", "Um, I can't say.",
    "Nein, nie.", "I don’t know.", "Absolutely not.", "Of course not.", "Keine Ahnung.", "Pas du tout.",
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
    "It was the oven.",
    "It has to do with the mill.",
    "We do that by hand.",
    "Right after the oven was moved it began.",
    "Right, but the other way round.",
    "Yes, well, that's what I was told, I did not see it.",
    "Yes, I heard the question.",
    "Yes, that's what they claim.",
    "Yes, I understand what you mean, but it is not like that.",
    "True, one might think so, but it was the pump.",
    "Sure, people say that.",
    "Right, next question.",
    "Yeah, right, as if.",
    "Yes, you asked that already.",
    "Stimmt nicht.",
    "Genau das Gegenteil.",
    "Richtig ist das nicht.",
    "Ja, wer weiß.",
    "Oui, mais non.",
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


ASKED = "And the drift lowered the performance?"
TELLING = (
    "Yes.", "It made it worse.", "Drift, mostly.", "No, because the sensor had moved.",
    "I don't know, but the numbers fell that week.", "There was not enough signal.", "Mostly the bots.",
    "It lowered the performance.", "You'd have to retrain it whenever a pump is changed.",
    "I'd have to check, the pumps were changed then.", "What happened? Somebody changed the pump.",
    "We asked the operators, and the pumps were new.",
)  # fmt: skip
SAYING_NOTHING = (
    "No idea.", "I don't know.", "I really don't know, you would have to ask operations.", "No.", "Maybe.",
    "It depends.", "Good question.", "No, it did not lower it.", "It didn't lower the performance.",
    "The performance was never lowered by the drift.", "It had nothing to do with the drift.", "Mm-hmm.",
    "I'm not sure.", "Yes and no.", "Keine Ahnung.", "Well, I have no clue.", "Not that I know.",
    "That I cannot answer.", "You'd have to ask somebody else.", "I'm not the right person for that.",
    "Ask the operators.", "I'd rather not say.", "Pass.", "Beats me.", "That's beyond my field.",
    "Sorry, what do you mean by drift?", "Could you say that again?", "We haven't investigated that.",
    "It had no effect on the performance.", "The performance stayed the same.", "It made no difference.",
)  # fmt: skip


@pytest.mark.parametrize("text", TELLING)
def test_an_answer_that_tells_something(text):
    assert tells(text, ASKED)


@pytest.mark.parametrize("text", SAYING_NOTHING)
def test_an_answer_that_tells_nothing(text):
    assert not tells(text, ASKED)


def test_what_is_denied_is_what_was_asked():
    asked = "Did retraining help?"
    for text in ("It didn't help.", "It didn't.", "Retraining never helped.", "It had no effect.", "Nope."):
        assert denies_what(text, asked), text
    for text in (
        "I don't know.",
        "That I cannot answer.",
        "It was not my job.",
        "It did help.",
        "We bought one.",
    ):
        assert not denies_what(text, asked), text


@pytest.mark.parametrize(
    "text",
    [
        "I wish I knew.", "Nobody knows.", "It's a mystery to me.", "That is what we wondered too.",
        "I wasn't on that shift.", "That was before my time.", "My colleague knows more about that.",
        "There are many possible reasons.", "We're still looking into it.",
        "Ich war nicht dabei.", "Gute Frage.",
    ],
)  # fmt: skip
def test_who_has_no_answer_tells_nothing(text):
    assert not tells(text, "Because the engine was cold it stalled?")


@pytest.mark.parametrize(
    "text",
    ["The cold made the oil thick.", "Nobody knows, but the oil was thick.", "Every morning it stalled."],
)
def test_who_has_one_tells_it(text):
    assert tells(text, "Because the engine was cold it stalled?")
