import random

import pytest

from kb.records import Turn, turn_id
from kb.text.quotes import find_quote, nearest_passage

TEXTS = (
    "So, um, what goes wrong with the oven first?",
    "Well, the the thermometer lies. It isn't the oven's fault, it's the thermometer, you know.",
    "When the thermometer lies, uh, the bread burns — and we don't see it until Mr. Baker smells it.",
    "Okay.",
    "We never changed the recipe because of that. We did change the shelf, twice, and that helped.",
    "The café in the real-time corner… it sells what is left. It sells what is left every day.",
)


def turns(*texts: str) -> list[Turn]:
    return [
        Turn(id=turn_id("7", index), interview="7", index=index, text=text)
        for index, text in enumerate(texts)
    ]


TURNS = turns(*TEXTS)


def passages(quote: str, among: list[Turn] = TURNS) -> list[tuple[str, str]]:
    texts = {turn.id: turn.text for turn in among}
    return [(m.turn_id, texts[m.turn_id][m.start : m.end]) for m in find_quote(quote, among)]


@pytest.mark.parametrize(
    ("quote", "turn", "passage"),
    [
        ("what goes wrong with", 0, "what goes wrong with"),
        ("WHAT  goes\nwrong, with", 0, "what goes wrong with"),
        ("“It isn’t the oven’s fault”", 1, "It isn't the oven's fault"),
        ("Well, the thermometer lies", 1, "Well, the the thermometer lies"),
        ("When the thermometer lies the bread burns", 2, "When the thermometer lies, uh, the bread burns"),
        ("When, uhm, the thermometer lies", 2, "When the thermometer lies"),
        ("the cafe\u0301 in the real time corner", 5, "The café in the real-time corner"),
        ("the café in the real-time corner", 5, "The café in the real-time corner"),
    ],
)
def test_words_are_found_however_they_are_written(quote: str, turn: int, passage: str) -> None:
    (match,) = find_quote(quote, TURNS)
    assert (match.turn_id, match.exact, match.score) == (turn_id("7", turn), True, 100.0)
    assert TURNS[turn].text[match.start : match.end] == passage


def test_a_quote_of_a_few_letters_off_is_found_but_not_exact() -> None:
    (match,) = find_quote("until Mr. Bakker smelled it", TURNS)
    assert not match.exact
    assert match.score < 100
    assert TEXTS[2][match.start : match.end] == "until Mr. Baker smells it"


def test_a_name_that_one_copy_replaces_is_forgiven_in_a_longer_quote() -> None:
    quote = "and we don't see it until Person X smells it"
    assert passages(quote) == [("7:0002", "and we don't see it until Mr. Baker smells it")]


def test_what_nobody_said_is_not_found() -> None:
    assert find_quote("the yeast was too old", TURNS) == []
    assert find_quote("Okay, the yeast was too old for it", TURNS) == []
    assert find_quote("Okey", TURNS) == []


@pytest.mark.parametrize("quote", ["", " … ", "?!", "..."])
def test_a_quote_without_words_is_found_nowhere(quote: str) -> None:
    assert find_quote(quote, TURNS) == []


def test_likeness_does_not_turn_a_statement_round() -> None:
    assert find_quote("We always changed the recipe because of that", TURNS) == []
    assert find_quote("It is the oven's fault, it's the thermometer", TURNS) == []


def test_every_place_is_given_in_the_order_said() -> None:
    assert passages("it sells what is left") == [
        ("7:0005", "it sells what is left"),
        ("7:0005", "It sells what is left"),
    ]
    assert [turn for turn, _ in passages("the thermometer lies")] == ["7:0001", "7:0002"]


def test_an_exact_match_leaves_no_room_for_a_like_one() -> None:
    among = turns("we changed the shelf twice", "we changed the shelves twice")
    assert [turn for turn, _ in passages("we changed the shelves twice", among)] == ["7:0001"]


def test_fillers_tell_two_places_apart_where_the_quote_has_them() -> None:
    among = turns("uh, it was the oven", "it was, um, the oven")
    assert [turn for turn, _ in passages("it was, um, the oven", among)] == ["7:0001"]
    assert [turn for turn, _ in passages("it was, er, the oven", among)] == ["7:0000", "7:0001"]


@pytest.mark.parametrize("ellipsis", ["…", "...", " [...] ", "[…]", " . . . "])
def test_an_ellipsis_joins_two_parts_of_one_turn(ellipsis: str) -> None:
    assert passages(f"We never changed{ellipsis}and that helped") == [("7:0004", TEXTS[4].rstrip("."))]


def test_the_parts_of_a_quote_keep_their_order_and_their_turn() -> None:
    assert find_quote("and that helped … We never changed", TURNS) == []
    assert find_quote("what goes wrong … the thermometer lies", TURNS) == []


def test_of_several_beginnings_the_one_nearest_to_the_end_counts() -> None:
    among = turns("the oven is old, the oven is slow and the bread burns")
    assert passages("the oven … burns", among) == [("7:0000", "the oven is slow and the bread burns")]


def test_parts_may_be_like_too() -> None:
    quote = "We never changed the receipe … change the shelff, twice"
    assert passages(quote) == [
        ("7:0004", "We never changed the recipe because of that. We did change the shelf, twice")
    ]


def test_a_script_without_blanks_is_searched_by_characters() -> None:
    among = turns("温度計が壊れたのでパンが焦げた。", "パンはおいしい。")
    assert passages("壊れたのでパン", among) == [("7:0000", "壊れたのでパン")]


def test_the_nearest_passage_helps_where_nothing_is_found() -> None:
    assert find_quote("the bread is burning", TURNS) == []
    near = nearest_passage("the bread is burning", TURNS)
    assert near is not None
    assert near.turn_id == "7:0002"
    assert nearest_passage("zwölf Boxkämpfer", TURNS) is None


def test_slips_of_the_pen_in_a_long_transcript() -> None:
    rnd = random.Random(7)
    vocabulary = [
        "".join(rnd.choice("bdfgklmprst") + rnd.choice("aeiou") for _ in range(rnd.randint(1, 4)))
        for _ in range(400)
    ]
    among = turns(*(" ".join(rnd.choices(vocabulary, k=rnd.randint(5, 60))) for _ in range(150)))
    for _ in range(60):
        turn = rnd.choice([turn for turn in among if len(turn.text.split()) >= 10])
        words = turn.text.split()
        first = rnd.randrange(len(words) - 9)
        quote = " ".join(words[first : first + 9])
        (exact,) = find_quote(quote, among)
        assert turn.text[exact.start : exact.end] == quote
        slip = rnd.randrange(len(quote))
        (match,) = find_quote(quote[:slip] + "x" + quote[slip + 1 :], among)
        assert match.turn_id == turn.id
        assert abs(match.start - exact.start) <= max(map(len, vocabulary)) + 1  # a word too many or too few
        elsewhere = [other for other in among if other.id != turn.id]
        assert find_quote(quote, elsewhere) == []
