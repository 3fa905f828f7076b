"""What is proposed is found with the interviewee, or refused with a sentence that says why."""

from __future__ import annotations

import pytest

from kb.propose.form import Proposed
from kb.propose.read import Row
from kb.propose.verify import Verifier
from kb.text.quotes import find_quote
from tests.unit.propose.study import source, turns, verified

OVEN = "The oven is cold in the morning, so the, uh, the bread stays flat"


@pytest.mark.parametrize(
    "quote",
    [
        OVEN,
        "the oven is cold in the morning so the bread stays flat",
        "“THE OVEN IS COLD … SO THE BREAD STAYS FLAT”",
        "The oven is cold in the mornnig, so the bread stays flat",
        "The oven is cold in the morning, so the bread stay flat",
        "Interviewee: The oven is cold in the morning, so the bread stays flat.",
        "[7:0001] The oven is cold in the morning, so bread stays flat",
        "so the, the bread [which] stays flat, and nobody buys it",
    ],
)
def test_a_quote_with_small_slips_is_found_as_it_stands(quote: str) -> None:
    found = verified(quote)
    assert found.refusal is None
    assert found.turns == ("7:0001",)
    assert found.speaker == "Interviewee"
    text = turns("7")[1].text
    assert all(part in text for part in found.quotes[0].split(" … "))
    assert found.given == quote


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("The oven is hot in the morning, so the bread stays flat", "92 % of its words"),
        ("The oven is cold in the evening, so the bread stays flat", "the nearest is 'The oven is cold"),
        ("The oven is not cold in the morning, so the bread stays flat", "not in the transcript"),
        ("The bread stays flat because the oven is cold in the morning", "not in the transcript"),
        ("The oven is cold, so the bread stays flat", "leaves out words of 7:0001 without a mark"),
        ("nobody buys it", ""),
        ("we had three sacks of it in May", "the nearest is 'we had two sacks of it in May' in 7:0003"),
        ("The oven is cold in the morning. We had two sacks of it", "joins words of 7:0001 and 7:0003"),
        ("The bell is broken, so customers walk past the shop", "not in this interview: it stands in 8:0001"),
        ("And the dough stops the machine, I take it?", "the interviewer's words (7:0007), and the"),
        ("What goes wrong in the bakery? The oven is cold", "partly the interviewer's words (7:0000)"),
        ("the thermometer can tell you anything", "leaves out words of 7:0010"),
        ("quarks and leptons are everywhere", "not in the transcript"),
        ("oven", "a quote of 1 word says no relation"),
        ("…", "a quote of 0 words says no relation"),
        (" ".join(f"w{n}" for n in range(400)), "no quote: give the words"),
        ("the, uh, um", "a quote of 1 word"),
    ],
)  # fmt: skip
def test_a_quote_that_was_not_said_like_that_is_refused(quote: str, why: str) -> None:
    found = verified(quote)
    if not why:
        assert found.refusal is None
        return
    assert found.refusal is not None
    assert why in found.refusal
    assert found.quotes == ()
    assert found.status == "refused"


def test_what_waits_is_found_once_by_who_loads_it() -> None:
    found = verified("Right. Right. Right.", turn="7:0011")
    assert found.refusal is not None
    found = verified("that solved it", "Oven-cold", "Oven-cold-fix", "fixes")
    assert [len(find_quote(quote, turns("7"))) for quote in found.quotes] == [1]


def test_the_interviewers_words_pass_where_the_interviewee_confirms_them() -> None:
    found = verified("So the damp flour makes the dough stick?", "Flour-damp", "Dough-sticky")
    assert found.refusal is None
    assert found.evidence == "7:0006"
    assert found.speaker == "Interviewee"
    assert found.turns == ("7:0005", "7:0006")
    assert "confirmed in 7:0006" in found.warnings[0]


def test_a_question_that_says_nothing_is_no_evidence_though_the_answer_says_yes() -> None:
    assert "partly" not in str(verified("And the flour?").refusal)
    assert verified("And the flour?").status == "refused"


def test_a_question_without_a_word_of_cause_is_confirmed_where_its_words_are_on_both_ends() -> None:
    found = verified("And the damp flour spoiled the bread?", "Flour-damp", "Bread-flat")
    assert found.refusal is None
    assert (found.evidence, found.speaker) == ("7:0013", "Interviewee")
    assert "confirmed in 7:0013" in found.warnings[0]
    asked = verified("What about the damp flour and the flat bread?", "Flour-damp", "Bread-flat")
    assert "say no relation that could be confirmed" in str(asked.refusal)
    assert verified("And the damp flour spoiled the bread?", "Roof-leak", "Oven-cold").refusal is not None


def test_words_over_several_turns_are_passages_of_each() -> None:
    found = verified("We, um, we had two sacks of it in May. It was a mess.", "Roof-leak", "Flour-damp")
    assert found.quotes == ("we had two sacks of it in May", "It was a, you know, a mess")
    assert found.turns == ("7:0003", "7:0004")
    assert found.explicit == "across-turns"


def test_two_answers_put_together_are_told() -> None:
    found = verified("The oven is cold in the morning … two sacks of it in May")
    assert found.refusal is None
    assert any("put together from two answers (7:0001, 7:0003)" in warning for warning in found.warnings)


def test_what_is_denied_is_warned_of_and_so_is_a_not_that_was_left_out() -> None:
    found = verified("the mould comes from the flour", "Flour-damp", "much mould")
    assert any("a 'not' stands by it" in warning for warning in found.warnings)
    found = verified("The thermometer … tell you anything", "Oven-cold", "bad thermometer")
    assert any("what is left out has a 'not'" in warning for warning in found.warnings)
    assert not any("not" in w for w in verified("Because the roof leaks, the flour gets damp").warnings)


def test_a_pair_that_the_words_say_the_other_way_round_is_warned_of() -> None:
    right = verified("Because the roof leaks, the flour gets damp", "Roof-leak", "Flour-damp")
    wrong = verified("Because the roof leaks, the flour gets damp", "Flour-damp", "Roof-leak")
    assert not any("other way round" in warning for warning in right.warnings)
    assert any("'because' between words on both" in reason for reason in right.speaks_for)
    assert any("the words say it the other way round: 'because'" in warning for warning in wrong.warnings)


def test_what_the_graph_and_a_reader_have_said_before_is_told() -> None:
    quote = "Because the roof leaks, the flour gets damp"
    assert "In the graph already, told in 7.".lower() in map(
        str.lower, verified(quote, "Roof-leak", "Flour-damp").warnings
    )
    assert any("told in 8" in warning for warning in verified(OVEN).warnings)
    assert "refused by a reader before." in verified(quote, "Flour-damp", "Bread-flat").warnings


def test_ends_are_codes_whatever_their_case_or_several_words() -> None:
    found = verified(OVEN, "oven cold", "BREAD_flat")
    assert (found.start, found.end) == ("Oven-cold", "Bread-flat")
    assert verified(OVEN, "a cold oven", "Bread-flat").start == "a cold oven"
    assert "there is no code 'Oven-clod'. Did you mean 'Oven-cold'" in str(
        verified(OVEN, "Oven-clod").refusal
    )
    assert "nearly the code 'Oven hot zone'" in str(verified(OVEN, "Oven hot zones").refusal)
    assert "nothing is related to itself" in str(verified(OVEN, "Bread-flat").refusal)
    assert "'effect' is missing" in str(verified(OVEN, end="").refusal)
    swapped = verified("that solved it", "Oven-cold-fix", "Oven-cold", "fixes")
    assert any("'Oven-cold-fix' is a fix, and stands where the issue does" in w for w in swapped.warnings)


def test_an_interview_is_found_by_what_people_call_it_or_told() -> None:
    assert verified(OVEN, interview="Interview 07").interview == "7"
    assert verified(OVEN, interview="", turn="7:0001").interview == "7"
    assert "there is no interview '9' in the graph" in str(verified(OVEN, interview="9").refusal)
    assert "names no interview" in str(verified(OVEN, interview="").refusal)


def test_another_turn_or_speaker_than_proposed_is_told() -> None:
    found = verified(OVEN, turn="7:0003", speaker="Bob")
    assert "stands in 7:0001, not in 7:0003." in found.warnings
    assert "said by Interviewee, not by Bob." in found.warnings


def test_every_row_has_an_outcome() -> None:
    rows = [
        Row(1, problem="this line is no JSON object."),
        Row(2, Proposed.model_validate({"kind": "begets", "start": "a b", "end": "c d", "quote": "x"})),
        Row(3, Proposed.model_validate({"cause": "Oven-cold", "effect": "Bread-flat", "quote": OVEN})),
    ]
    found = list(Verifier(source(), interview="7", by="a model").all(rows))
    assert [each.line for each in found] == [1, 2, 3]
    assert [each.refused for each in found] == [True, True, False]
    assert "it is one of causes" in str(found[1].problem)
    assert found[2].proposal is not None
    assert found[2].proposal.by == "a model"
