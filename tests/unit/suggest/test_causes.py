"""Which code is suggested as the cause of which, on invented interviews about a bakery."""

import random

import pytest

from kb.suggest import Known, Weights, suggest_causes
from tests.unit.suggest.builders import CATEGORIES, codes, english, interview, pairs

ASK = "Q: What goes wrong at your bakery on a usual day?"
BOTH = "## Oven-cold, Bread-flat"


def causes(*interviews, book=None, **more):
    return suggest_causes(interviews, book or codes(), english(), **more)


def points(suggestions, start, end):
    return next((s.score for s in suggestions if (s.start, s.end) == (start, end)), 0.0)


@pytest.mark.parametrize(
    ("said", "cause", "effect"),
    [
        ("The bread came out flat because the oven was cold.", "Oven-cold", "Bread-flat"),
        ("The oven was cold, so the bread came out flat.", "Oven-cold", "Bread-flat"),
        ("A cold oven leads to flat bread.", "Oven-cold", "Bread-flat"),
        ("Flat bread comes from a cold oven.", "Oven-cold", "Bread-flat"),
        ("Because the oven was cold, we sold flat bread.", "Oven-cold", "Bread-flat"),
        ("The oven was cold. That's why the bread was flat.", "Oven-cold", "Bread-flat"),
        ("The oven is cold when we sell flat bread to everybody.", "Bread-flat", "Oven-cold"),
        ("When the oven is cold, we get flat bread.", "Oven-cold", "Bread-flat"),
        ("The oven is cold due to, uh, the flat bread in it.", "Bread-flat", "Oven-cold"),
    ],
)
def test_the_cue_gives_the_direction(said, cause, effect):
    found = causes(interview("1", ASK, f"A: {said} {BOTH}"))
    assert points(found, cause, effect) > points(found, effect, cause)
    best = found[0]
    assert (best.start, best.end) == (cause, effect)
    assert best.evidence[0].explicit == "stated"
    assert best.evidence[0].quote in said


def test_the_same_words_without_a_cue_give_no_direction():
    found = causes(interview("1", ASK, f"A: The oven was cold and the bread came out flat. {BOTH}"))
    assert len(found) == 1
    assert {found[0].start, found[0].end} == {"Oven-cold", "Bread-flat"}
    assert not found[0].directed
    assert "direction not told" in found[0].evidence[0].why[0]


@pytest.mark.parametrize(
    "said",
    [
        "The bread is flat, but not because the oven is cold.",
        "The flat bread was not caused by the cold oven.",
        "A cold oven does not lead to flat bread.",
    ],
)
def test_a_link_that_is_denied_is_suggested_neither_way(said):
    assert causes(interview("1", ASK, f"A: {said} {BOTH}")) == []
    further = causes(interview("1", ASK, f"A: {said} The shop is empty. {BOTH}, Shop-empty"))
    assert pairs(further)
    assert all("Shop-empty" in pair for pair in pairs(further))


@pytest.mark.parametrize(
    "said",
    [
        "We never had flat bread because of a cold oven, no issue at all there.",
        "No, none of it. The oven was cold and that leads to flat bread.",
        "So far so good. A cold oven leads to flat bread.",
        "I don't remember any flat bread because of a cold oven.",
        "Flat bread because of a cold oven is not really a problem.",
    ],
)
def test_what_the_speaker_denies_is_no_evidence(said):
    assert causes(interview("1", "Q: Did you have flat bread?", f"A: {said} {BOTH}")) == []


def test_a_denial_ends_at_a_word_of_contrast():
    said = "No, not really. But one winter a cold oven led to flat bread."
    found = causes(interview("1", "Q: Did you have flat bread?", f"A: {said} {BOTH}"))
    assert pairs(found)[0] == ("Oven-cold", "Bread-flat")
    assert found[0].evidence[0].quote.startswith("But one winter")


@pytest.mark.parametrize(
    ("doubtful", "doubt"),
    [
        ("Maybe a cold oven leads to flat bread.", "hedged"),
        ("A cold oven would lead to flat bread, and leads to it.", "hypothetical"),
    ],
)
def test_doubtful_speech_counts_half(doubtful, doubt):
    sure = causes(interview("1", ASK, f"A: A cold oven leads to flat bread. {BOTH}"))
    unsure = causes(interview("1", ASK, f"A: {doubtful} {BOTH}"))
    assert points(unsure, "Oven-cold", "Bread-flat") == points(sure, "Oven-cold", "Bread-flat") / 2
    assert doubt in unsure[0].evidence[0].why


def test_a_code_that_is_only_spoken_of_can_be_an_end():
    found = causes(
        interview(
            "1",
            ASK,
            "A: The oven was cold, so the bread came out flat. ## Oven-cold",
            "Q: And what about another day, how did the bread turn out?",
            "A: Badly. ## Bread-flat",
        )
    )
    assert ("Oven-cold", "Bread-flat") in pairs(found)


def test_an_end_that_no_coder_coded_counts_half_and_is_told():
    said = "A: The bread came out flat because the oven was cold. ##"
    [uncoded] = causes(interview("1", ASK, f"{said} Oven-cold"))
    [coded] = causes(interview("1", ASK, f"{said} Oven-cold, Bread-flat"))
    assert (uncoded.start, uncoded.end) == ("Oven-cold", "Bread-flat")
    assert "no coder coded Bread-flat" in uncoded.evidence[0].why[0]
    assert uncoded.score < coded.score
    assert causes(interview("1", ASK, f"{said} Shop-empty")) == []


def test_a_word_of_the_same_stem_alone_does_not_speak_of_a_code_elsewhere():
    book = codes(
        kinds={"Oven-fairness": "issue", "Bread-flat": "issue"}, categories={"Oven-fairness": "Oven"}
    )
    lines = [ASK, "A: It is fairly hot, so the bread is flat. ## Bread-flat"]
    elsewhere = ["Q: Which of your ovens did the most people complain about?", "A: All. ## Oven-fairness"]
    assert causes(interview("1", *lines, *elsewhere), book=book) == []


def test_a_name_that_says_no_needs_a_word_of_absence():
    lack = causes(
        interview(
            "1",
            ASK,
            "A: We don't have a lot of yeast in it, so the bread is flat. ## Dough-no-yeast, Bread-flat",
        )
    )
    plenty = causes(
        interview("1", ASK, "A: We put yeast in it, so the bread is flat. ## Dough-no-yeast, Bread-flat")
    )
    both_said = "'so' between words on both"
    assert both_said in lack[0].evidence[0].why
    assert all(both_said not in e.why for s in plenty for e in s.evidence)


def test_a_negated_word_does_not_speak_of_its_code():
    found = causes(interview("1", ASK, f"A: The oven was cold, so we had no flat bread. {BOTH}"))
    assert all("between words on both" not in why for s in found for e in s.evidence for why in e.why)


def test_a_code_that_the_words_deny_is_no_end_though_it_is_coded():
    assert causes(interview("1", ASK, f"A: The oven was cold but we had no flat bread from it. {BOTH}")) == []


def test_the_question_for_the_cause_makes_the_answer_one():
    found = causes(
        interview(
            "1",
            "Q: What causes the flat bread? ## Bread-flat?",
            "A: We heat it late in the day. ## Oven-cold",
        )
    )
    assert pairs(found) == [("Oven-cold", "Bread-flat")]
    assert found[0].evidence[0].why == ("asked for the cause",)


def test_a_follow_up_asks_about_the_answer_before():
    found = causes(
        interview(
            "1", ASK, "A: It often comes out of it like a plate. ## Bread-flat",
            "Q: What causes that?", "A: We heat it late in the day. ## Oven-cold",
        )
    )  # fmt: skip
    assert points(found, "Oven-cold", "Bread-flat") > 0
    assert points(found, "Bread-flat", "Oven-cold") == 0


def test_the_question_for_consequences_makes_the_answer_an_effect():
    found = causes(
        interview(
            "1", "Q: What are the consequences of a cold oven? ## Oven-cold?",
            "A: Customers stay away for a week. ## Shop-empty",
        )
    )  # fmt: skip
    assert pairs(found) == [("Oven-cold", "Shop-empty")]


def test_an_encouraging_word_does_not_end_an_answer():
    one = interview(
        "1",
        ASK,
        "A: The oven was cold. ## Oven-cold",
        "Q: I see.",
        "A: So the bread came out flat. ## Bread-flat",
    )
    two = interview(
        "1", ASK, "A: The oven was cold. ## Oven-cold",
        "Q: And how do people like your bread?", "A: So the bread came out flat. ## Bread-flat",
    )  # fmt: skip
    assert pairs(causes(one))[0] == ("Oven-cold", "Bread-flat")
    assert causes(one)[0].evidence[0].explicit == "across-turns"
    assert causes(two) == []


def test_the_interviewers_words_are_never_evidence():
    asked = interview(
        "1", f"Q: Was the bread flat because the oven was cold? {BOTH}", "A: I like coffee with milk. ## Q1"
    )
    assert causes(asked) == []


def test_what_the_interviewer_suggests_is_evidence_only_where_it_is_confirmed():
    ask = "Q: So the bread came out flat because the oven was cold, I take it?"
    told = "Q: And which days were bad? ", "A: Sundays, mostly, with all the people. ## Oven-cold, Bread-flat"
    for answer in ("No idea, I only sell it.", "I never thought about that one.", "Yeah, no, not really."):
        found = causes(interview("1", ask, f"A: {answer}", *told))
        assert all(e.kind != "confirmed" and e.turn == "1:0003" for s in found for e in s.evidence)
    yes = "Yes, exactly, that is how it was in those days."
    [found] = causes(interview("1", ask, f"A: {yes}", *told))
    confirmed = next(e for e in found.evidence if e.kind == "confirmed")
    assert (found.start, found.end) == ("Oven-cold", "Bread-flat")
    assert (confirmed.turn, confirmed.quote, confirmed.person) == ("1:0001", yes, "Interviewee")
    assert [quote.turn for quote in confirmed.quotes] == ["1:0000", "1:0001"]


def test_a_confirmation_too_short_to_be_found_is_quoted_by_what_it_confirms():
    ask = "Q: So the bread came out flat because the oven was cold, right?"
    told = "Q: And which days were bad? ", "A: Sundays, mostly, with all the people. ## Oven-cold, Bread-flat"
    [found] = causes(interview("1", ask, "A: Yes.", *told))
    confirmed = next(e for e in found.evidence if e.kind == "confirmed")
    assert (confirmed.turn, confirmed.person) == ("1:0000", "Interviewee")
    assert "confirmed in 1:0001" in confirmed.why[0]


def test_further_interviews_add_up_and_count_people():
    said = f"A(Ana): The oven was cold, so the bread came out flat. {BOTH}"
    one = causes(interview("1", ASK, said))
    three = causes(interview("1", ASK, said), interview("2", ASK, said), interview("3", ASK, said))
    first, best = one[0], three[0]
    assert (best.interviews, best.people, len(best.evidence)) == (3, 3, 3)
    assert first.score < best.score < 2 * first.score


def test_another_interview_adds_more_than_the_same_one_again():
    said = f"A: The oven was cold, so the bread came out flat. {BOTH}"
    again = causes(interview("1", ASK, said, "Q: Did that happen another time too?", said))
    other = causes(interview("1", ASK, said), interview("2", ASK, said))
    assert len(again[0].evidence) == len(other[0].evidence) == 2
    assert other[0].score > again[0].score


def test_the_order_of_the_input_does_not_matter():
    given = [
        interview(str(i), ASK, f"A: The oven was {w}, so the bread came out flat. {BOTH}, Flour-imported")
        for i, w in enumerate(("cold", "dark", "cold and dark"))
    ]
    shuffled = [
        one.model_copy(update={"turns": one.turns[::-1], "codings": one.codings[::-1]}) for one in given
    ]
    random.Random(3).shuffle(shuffled)
    assert causes(*given) == causes(*shuffled)


def test_a_topic_can_be_a_cause_and_never_an_effect():
    found = causes(
        interview(
            "1", ASK, "A: Flour is imported by ship and the bread is flat. ## Flour-imported, Bread-flat"
        )
    )
    assert pairs(found) == [("Flour-imported", "Bread-flat")]


@pytest.mark.parametrize("name", ["how-to-bake", "last-question-answers", "Oven-why-it-stands"])
def test_a_topic_that_is_what_the_interview_asked_is_no_cause(name):
    book = codes(
        kinds={"Bread-flat": "issue", name: "topic", "Flour-show": "topic"}, categories={name: "Oven"}
    )
    text = f"A: The bread comes from how we bake, last, and it is flat. ## {name}, Flour-show, Bread-flat"
    assert pairs(causes(interview("1", ASK, text), book=book)) == [("Flour-show", "Bread-flat")]


def test_a_topic_that_says_something_is_good_is_a_cause_only_where_words_say_so():
    book = codes(kinds={"Bread-flat": "issue", "Flour-high-protein": "topic"}, categories={})
    ends = "## Flour-high-protein, Bread-flat"
    together = interview("1", ASK, f"A: High protein is what we buy. The bread is flat. {ends}")
    linked = interview("1", ASK, f"A: The bread is flat because of the high protein. {ends}")
    assert causes(together, book=book) == []
    assert pairs(causes(linked, book=book)) == [("Flour-high-protein", "Bread-flat")]


def test_fixes_and_questions_are_no_ends():
    assert causes(interview("1", ASK, "A: It takes a while every day. ## Oven-cold, Oven-cold-fix, Q1")) == []


def test_codes_on_other_words_of_a_turn_count_less():
    text = "A: The oven takes a while each day. The bread costs a lot now. ## Oven-cold, Bread-flat"
    apart = interview("1", ASK, text, spans={(1, "Oven-cold"): (0, 30), (1, "Bread-flat"): (34, 60)})
    assert causes(apart)[0].score < causes(interview("1", ASK, text))[0].score


def test_an_earlier_stage_tips_the_scale():
    said = interview("1", ASK, f"A: It takes a while each day, as you know. {BOTH}")
    found = causes(said, book=codes(stages=("Oven", "Bread")))
    assert pairs(found) == [("Oven-cold", "Bread-flat")]
    assert "of an earlier stage" in found[0].evidence[0].why


def test_what_is_known_is_left_out():
    said = interview("1", ASK, f"A: The oven was cold, so the bread came out flat. {BOTH}")
    found = causes(said, known={Known("causes", "Oven-cold", "Bread-flat")})
    assert ("Oven-cold", "Bread-flat") not in pairs(found)
    assert pairs(causes(said, known={Known("fixes", "Oven-cold", "Bread-flat")})) == pairs(causes(said))


def test_what_is_known_keeps_its_reverse_from_being_suggested():
    said = interview("1", ASK, f"A: It takes a while each day, as you know. {BOTH}")
    known = {Known("causes", "Oven-cold", "Bread-flat")}
    assert pairs(causes(said, book=codes(stages=("Oven", "Bread")), known=known)) == []


def test_every_quote_stands_in_its_turn_and_every_reason_is_given():
    lines = [
        ASK,
        f"A: The, uh, oven was cold. So, you know, the bread, um, came out flat! {BOTH}",
        "A: Right. ## Shop-empty",
    ]
    one = interview("1", *lines)
    text = {turn.id: turn.text for turn in one.turns}
    found = causes(one)
    assert found
    for suggestion in found:
        for item in suggestion.evidence:
            assert item.quote in text[item.turn]
            assert item.why


def test_weights_can_be_changed():
    said = interview("1", ASK, f"A: A cold oven leads to flat bread. {BOTH}")
    strong = causes(said, weights=Weights(strong_both=40))
    assert strong[0].score - causes(said)[0].score == 36


def test_a_clause_that_begins_after_and_leaves_the_one_before_alone():
    said = "The shop was empty, and because the oven was cold, the bread came out flat."
    found = causes(interview("1", ASK, f"A: {said} {BOTH}, Shop-empty"))
    assert pairs(found)[0] == ("Oven-cold", "Bread-flat")
    assert all(s.evidence[0].kind == "same passage" for s in found if "Shop-empty" in (s.start, s.end))


def test_codes_that_only_stand_together_count_half_unless_kinds_tell_the_direction():
    text = "A: It takes a while each day, to import it and all that. ##"
    topic = causes(interview("1", ASK, f"{text} Flour-imported, Bread-flat"))
    issue = causes(interview("1", ASK, f"{text} Oven-cold, Bread-flat"))
    assert issue[0].score == topic[0].score / 2


def test_a_topic_that_nobody_speaks_of_counts_half():
    spoken = causes(interview("1", ASK, "A: It takes a while, the import. ## Flour-imported, Bread-flat"))
    silent = causes(interview("1", ASK, "A: It takes a while, the thing. ## Flour-imported, Bread-flat"))
    assert silent[0].score == spoken[0].score / 2
    assert "topic not spoken of" in silent[0].evidence[0].why[0]


def test_a_category_is_an_effect_where_words_or_the_question_say_so_and_no_code_of_its_says_more():
    asked = "Q: What causes your problems with the bakery? ## Bakery [B]?"
    book = codes(categories={**CATEGORIES, "Bakery [B]": "Bread"})
    answer = "A: We heat it late in the day. ## Oven-cold"
    assert pairs(causes(interview("1", asked, answer), book=book)) == [("Oven-cold", "Bakery [B]")]
    together = interview("1", ASK, "A: We heat it late in the day. ## Oven-cold, Bakery [B]")
    assert causes(together, book=book) == []
    better = causes(interview("1", f"{asked}, Bread-flat?", answer), book=book)
    assert pairs(better) == [("Oven-cold", "Bread-flat")]


def test_a_short_sentence_is_quoted_with_its_turn():
    text = "We all know it. Cold oven, so flat bread."
    [best] = causes(interview("1", ASK, f"A: {text} {BOTH}"))[:1]
    assert best.evidence[0].quote == text


def test_of_equal_passages_the_one_that_names_the_code_is_quoted():
    one = interview(
        "1",
        "Q: What causes the flat bread? ## Bread-flat?",
        "A: You know how it goes early in the morning here. ## Oven-cold",
        "A: The oven is still cold at that time of the day. ## Oven-cold",
    )
    [best] = [s for s in causes(one) if s.end == "Bread-flat"]
    assert best.evidence[0].turn == "1:0002"
