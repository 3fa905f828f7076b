"""Which fix is suggested for which issue."""

import random

from kb.suggest import Known, suggest_fixes
from tests.unit.suggest.builders import CATEGORIES, KINDS, codes, english, interview, pairs

ASK = "Q: Tell me about your bakery and about a usual day."
WAX = {"kinds": {**KINDS, "Oven-wax": "fix"}, "categories": {**CATEGORIES, "Oven-wax": "Oven"}}


def fixes(*interviews, book=None, **more):
    return suggest_fixes(interviews, book or codes(), english(), **more)


def test_the_issue_of_the_codebook_is_a_candidate_wherever_the_fix_is_coded():
    found = fixes(interview("1", ASK, "A: We light it at four in the morning. ## Oven-cold-fix"))
    assert pairs(found) == [("Oven-cold", "Oven-cold-fix")]
    assert found[0].evidence[0].why == ("paired by the codebook",)


def test_another_issue_that_the_words_name_with_a_remedy_is_one_too():
    one = interview(
        "1", ASK, "A: To avoid flat bread we light it at four in the morning. ## Oven-cold-fix",
        "Q: And how does the bread look on a bad day?", "A: Like a plate or a coin. ## Bread-flat",
    )  # fmt: skip
    found = fixes(one)
    assert set(pairs(found)) == {("Oven-cold", "Oven-cold-fix"), ("Bread-flat", "Oven-cold-fix")}
    [cross] = [s for s in found if s.start == "Bread-flat"]
    assert cross.evidence[0].why == ("spoken of with words of a remedy",)
    assert cross.evidence[0].explicit == "stated"


def test_what_did_not_help_is_no_fix():
    book = codes(**WAX)
    said = "Waxing the oven door does not help with the cold."
    assert fixes(interview("1", ASK, f"A: {said} ## Oven-wax, Oven-cold"), book=book) == []
    helped = said.replace("does not help", "helps")
    assert pairs(fixes(interview("1", ASK, f"A: {helped} ## Oven-wax, Oven-cold"), book=book)) == [
        ("Oven-cold", "Oven-wax")
    ]


def test_the_question_for_a_remedy_adds_to_the_issue_it_names():
    book = codes(**WAX)
    answer = "A: We put wax on the door each week. ## Oven-wax"
    asked = fixes(interview("1", "Q: How do you deal with a cold oven? ## Oven-cold?", answer), book=book)
    assert pairs(asked) == [("Oven-cold", "Oven-wax")]
    assert asked[0].evidence[0].why == ("asked for the remedy",)
    assert fixes(interview("1", "Q: Do you like a cold oven? ## Oven-cold?", answer), book=book) == []


def test_codes_that_only_stand_together_are_no_fix_of_one_another():
    waxed = "A: We put wax on the door each week. ## Oven-wax, Oven-cold"
    paired = codes(**WAX, issues={"Oven-wax": "Shop-empty", "Oven-cold-fix": "Oven-cold"})
    assert ("Oven-cold", "Oven-wax") not in pairs(fixes(interview("1", ASK, waxed), book=paired))


def test_a_fix_without_an_issue_of_its_own_is_of_the_issue_it_stands_with():
    book = codes(**WAX)
    one = interview(
        "1", ASK,
        "A: The loaves look like plates to me. ## Bread-flat",
        "A: We put wax on the door each week. ## Oven-wax, Oven-cold",
    )  # fmt: skip
    assert pairs(fixes(one, book=book)) == [("Oven-cold", "Oven-wax")]


def test_a_remedy_that_no_fix_is_coded_on_is_offered_in_words():
    said = "A: We always light it at four in the morning to avoid a cold oven. ## Oven-cold"
    [found] = fixes(interview("1", ASK, said))
    assert (found.start, found.in_words) == ("Oven-cold", "end")
    assert found.end == "We always light it at four in the morning to avoid a cold oven"
    assert found.might_be == ("Oven-cold-fix",)
    vague = "A: It would be a solution to the problem of a cold oven. ## Oven-cold"
    assert fixes(interview("1", ASK, vague)) == []


def test_denied_and_empty_turns_are_no_evidence():
    assert fixes(interview("1", ASK, "A: Okay. Perfect. ## Oven-cold-fix")) == []
    assert fixes(interview("1", ASK, "A: No, we never had a problem with it. ## Oven-cold-fix")) == []


def test_order_does_not_matter_and_known_fixes_are_left_out():
    said = "A: To fix the cold oven we light it at four. ## Oven-cold-fix, Bread-flat"
    given = [interview(str(i), ASK, said) for i in range(3)]
    shuffled = random.Random(1).sample(given, 3)
    assert fixes(*given) == fixes(*shuffled)
    known = {Known("fixes", "Oven-cold", "Oven-cold-fix")}
    assert pairs(fixes(*given, known=known)) == []
