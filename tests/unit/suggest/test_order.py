"""The order in which things are told, and what else stands on the passage, where no words state a link."""

import pytest

from kb.suggest import Weights
from tests.unit.suggest.builders import CATEGORIES, KINDS, codes, interview, pairs
from tests.unit.suggest.test_causes import ASK, causes, points


def test_a_code_that_begins_beside_one_that_goes_on_is_told_after_it():
    told = [
        "A: The baker came late again. ## Oven-cold",
        "A: And then nobody bought a roll. ## Oven-cold, Shop-empty",
    ]
    after = causes(interview("1", ASK, *told))
    at_once = causes(interview("1", ASK, told[1]))
    assert pairs(after) == pairs(at_once) == [("Oven-cold", "Shop-empty")]
    assert after[0].score > at_once[0].score
    assert "Shop-empty begins where Oven-cold goes on" in after[0].evidence[0].why[0]
    assert not after[0].directed  # the order is a hint, and no statement
    assert after[0].evidence[0].explicit == "implied"


def test_a_story_that_is_denied_or_doubted_says_less():
    first = "A: The baker came late again. ## Oven-cold"

    def then(words):
        return points(
            causes(interview("1", ASK, first, f"A: {words} ## Oven-cold, Shop-empty")),
            "Oven-cold",
            "Shop-empty",
        )

    told = then("And then nobody bought a single roll.")
    assert then("And then maybe the street was closed.") == told / 2
    assert then("That was not a problem for the street.") == 0


def test_of_three_issues_on_a_passage_two_say_less():
    words = "A: It was a bad day in the street."
    two = causes(interview("1", ASK, f"{words} ## Oven-cold, Shop-empty"))
    three = causes(interview("1", ASK, f"{words} ## Oven-cold, Shop-empty, Bread-flat"))
    assert points(three, "Oven-cold", "Shop-empty") == points(two, "Oven-cold", "Shop-empty") / 2
    assert any("several issues on it" in s.evidence[0].why[0] for s in three)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("It was closed because of the fair.", True),
        ("The bread was flat because the oven was cold.", False),  # the cue is spent on these two
        ("It was closed, but not because of the fair.", False),
        ("It was closed and there was a fair.", False),
    ],
)
def test_causal_words_speak_for_a_topic_only_where_they_state_no_other_link(said, more):
    found = causes(interview("1", ASK, f"A: {said} ## Flour-imported, Bread-flat, Oven-cold"))
    topic = next(s for s in found if s.start == "Flour-imported" and s.end == "Bread-flat")
    assert ("causal words in the passage" in topic.evidence[0].why[0]) is more


@pytest.mark.parametrize(
    ("asked", "cause"),
    [
        ("What about the empty shop on such days?", "Shop-empty"),
        ("Is your oven ever cold on such days?", "Oven-cold"),
        ("What is the reason for the empty shop?", "Oven-cold"),
    ],
)
def test_what_the_question_speaks_of_comes_first_unless_it_asks_for_the_cause(asked, cause):
    found = causes(interview("1", f"Q: {asked}", "A: The baker came late again. ## Oven-cold, Shop-empty"))
    assert {s.start for s in found} == {cause}


def test_an_issue_of_no_category_comes_before_one_whose_category_is_no_stage():
    book = codes(
        kinds={**KINDS, "Feud": "issue"},
        categories={**CATEGORIES, "Shop-empty": "Street"},
        stages=("Dough", "Oven", "Bread"),
    )
    found = causes(interview("1", ASK, "A: That was the year of the fair. ## Shop-empty, Feud"), book=book)
    assert pairs(found) == [("Feud", "Shop-empty")]
    assert "of an earlier stage" in found[0].evidence[0].why


@pytest.mark.parametrize(
    ("other", "first"), [("Bread-flat", "Shop-empty"), ("Dough-no-yeast", "Dough-no-yeast")]
)
def test_a_category_that_is_no_stage_comes_before_the_last_and_after_the_first(other, first):
    book = codes(stages=("Dough", "Oven", "Bread"))
    found = causes(
        interview("1", ASK, f"A: That was the year of the fair. ## Shop-empty, {other}"), book=book
    )
    assert [s.start for s in found] == [first]
    assert found[0].evidence[0].why == (
        "coded on one passage, direction not told",
    )  # a guess, without points


def test_a_stage_says_less_of_codes_that_only_a_question_brings_together():
    book = codes(stages=("Dough", "Oven", "Bread"))
    found = causes(
        interview(
            "1",
            ASK,
            "A: They were thin as paper. ## Bread-flat",
            "Q: What is the reason for that?",
            "A: The baker came late again. ## Dough-no-yeast",
        ),
        book=book,
    )
    assert pairs(found) == [("Dough-no-yeast", "Bread-flat")]
    weights = Weights()
    assert found[0].score == weights.question * weights.doubt + weights.stage * weights.doubt


def test_codes_on_one_passage_say_more_than_codes_on_neighbouring_ones():
    beside = causes(
        interview("1", ASK, "A: It was late. ## Oven-cold", "A: The street was closed. ## Shop-empty")
    )
    on_one = causes(interview("1", ASK, "A: The street was closed. ## Oven-cold, Shop-empty"))
    assert points(beside, "Oven-cold", "Shop-empty") == points(on_one, "Oven-cold", "Shop-empty") / 4
