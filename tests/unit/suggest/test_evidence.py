"""What a reader is given of a candidate: numbered passages, with both ends marked in the words."""

import pytest

from kb.suggest import suggest_causes
from tests.unit.suggest.builders import codes, english, interview

ASK = "Q: What goes wrong at your bakery on a usual day?"
BOTH = "## Oven-cold, Bread-flat"


def first(*interviews, **more):
    return suggest_causes(interviews, codes(**more), english())[0]


def marked(item):
    spans = (item.spans.start, item.spans.end)
    return tuple(span and item.quotes[span.quote].text[span.start : span.end] for span in spans)


def test_both_ends_are_marked_in_the_quote():
    item = first(
        interview("1", ASK, f"A: Well, the bread was flat because the oven was cold. {BOTH}")
    ).evidence[0]
    assert item.kind == "strong cue"
    assert item.quote == item.quotes[-1].text
    assert marked(item) == ("the oven was cold", "the bread was flat")


def test_words_of_two_turns_are_two_quotes():
    item = first(interview("1", ASK, f"A: The oven was cold again, as always in winter. {BOTH}",
                           f"A: So the bread came out flat all day. {BOTH}")).evidence[0]  # fmt: skip
    assert [quote.turn for quote in item.quotes] == ["1:0001", "1:0002"]
    assert marked(item) == ("The oven was cold again", "the bread came out flat all day")
    assert item.explicit == "across-turns"


def test_numbers_follow_the_transcripts_whatever_is_best():
    weak = f"A: It was the oven, cold and dark, and then there was flat bread again. {BOTH}"
    strong = f"A: The bread was flat because the oven was cold. {BOTH}"
    found = first(interview("10", ASK, strong), interview("2", ASK, weak), interview("3", ASK, strong))
    assert {item.interview: item.number for item in found.evidence} == {"2": 1, "3": 2, "10": 3}
    assert found.evidence[0].number != 1


def test_an_end_that_no_code_names_is_offered_in_words_with_the_codes_it_might_be():
    said = "The oven was cold because somebody forgot to order new gas bottles."
    found = suggest_causes(
        [interview("1", ASK, f"A: {said} ## Oven-cold, Shop-empty, Bread-burnt")], codes(), english()
    )
    [open_] = [s for s in found if s.in_words]
    assert (open_.in_words, open_.end) == ("start", "Oven-cold")
    assert open_.start == "somebody forgot to order new gas bottles"
    assert open_.might_be == ("Bread-burnt", "Shop-empty")
    assert open_.evidence[0].explicit == "stated"


@pytest.mark.parametrize(
    "said",
    [
        "It is simply not true that the bread was flat because the oven was cold.",
        "Nobody believes that the bread was flat because the oven was cold.",
        "I doubt that the bread was flat because the oven was cold.",
        "Carla tells us the bread was flat because the oven was cold, but she is wrong about it.",
    ],
)
def test_what_is_denied_in_further_words_states_nothing(said):
    found = suggest_causes([interview("1", ASK, f"A: {said} {BOTH}")], codes(), english())
    assert not any(item.explicit == "stated" for suggestion in found for item in suggestion.evidence)
