"""What a reader sees of a candidate: at any width, without colour, the same with it."""

import re

import pytest

from kb.records import Turn
from kb.review.model import Candidate, Draft, Key, Passage, Words
from kb.review.review import Progress
from kb.review.show import shown_turns
from kb.review.terminal.loop import wants_colour
from kb.review.terminal.page import COLOURS, HELP, page, progress_line

BEFORE = "So what happens to the loaves on a Sunday, when the oven has been out all night long?"
TEXT = "Well, you see. The oven was cold, so the bread came out flat. That is what happens."
TURNS = [
    Turn(id="7:0000", interview="7", index=0, speaker="Interviewer", text=BEFORE),
    Turn(id="7:0001", interview="7", index=1, speaker="Ms Baker", text=TEXT),
    Turn(id="7:0002", interview="7", index=2, speaker="", text="I see."),
]
QUOTE = "The oven was cold, so the bread came out flat"


def draft(text=TEXT, **changes):
    def marked(word):
        return text.index(word), text.index(word) + len(word)

    words = Words(
        "7:0001",
        QUOTE,
        text.index(QUOTE),
        (("start", *marked("oven was cold")), ("end", *marked("bread came out flat"))),
    )
    passage = Passage(
        quotes=(words,), explicit="stated", states=True, points=4, why=("'so' between both",), by="a model"
    )
    offered = Candidate(
        key=Key("7", "causes", "Oven-cold", "Bread-flat"), passages=(passage, passage), worth=4
    )
    return Draft.of(offered).model_copy(update=changes)


def lines(draft_, size=(80, 24), turns=TURNS, **options):
    return page(draft_, turns, Progress(3, 9, 1, 30.0), size=size, **options)


def test_the_quote_and_both_ends_are_marked_without_colour():
    text = " ".join("\n".join(lines(draft())).replace("> ", "").split())
    assert "«The [cause: oven was cold], so the [effect: bread came out flat]». That is what" in text
    assert "Oven-cold → Bread-flat" in text
    assert "Interviewer: So what happens" in text
    assert "Ms Baker: Well" in text
    assert "?: I see." in text
    assert "why: 'so' between both" in text
    assert "explicit: stated; passage 1 of 2; proposed by a model" in text
    assert "3 of 12 decided, 1 put off, about 4 minutes left" in text


def test_turned_round_the_words_are_marked_for_the_ends_that_they_are_now():
    text = "\n".join(lines(draft(start="Bread-flat", end="Oven-cold"), size=(200, 40)))
    assert "[effect: oven was cold]" in text
    assert "[cause: bread came out flat]" in text


def test_an_end_that_was_changed_has_no_words_of_its_own():
    text = "\n".join(lines(draft(start="a power cut"), size=(200, 40)))
    assert "a power cut → Bread-flat" in text
    assert "cause:" not in text
    assert "[effect: bread came out flat]" in text


def test_a_tie_that_nothing_directs_says_so():
    offered = draft().candidate.model_copy(update={"directed": False})
    assert "other way round" in "\n".join(lines(Draft.of(offered)))


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (120, 50), (80, 10)])
@pytest.mark.parametrize("words", [1, 60, 900])
def test_it_fits_the_terminal_and_the_quote_is_whole(size, words):
    long = " ".join(["before it"] * words) + " " + QUOTE + " " + " ".join(["after it"] * words)
    turns = [*TURNS[:1], TURNS[1].model_copy(update={"text": long}), *TURNS[2:]]
    shown = lines(draft(long), size=size, turns=turns)
    assert max(map(len, shown)) <= size[0]
    if size[1] >= 24:
        assert len(shown) < size[1]
    text = " ".join(" ".join(line.removeprefix("> ").strip() for line in shown).split())
    assert f"«{QUOTE}»" in re.sub(r"\[\w+: (.*?)\]", r"\1", text)


def test_colour_says_nothing_that_is_not_said_without():
    coloured = lines(draft(), style=COLOURS)
    assert any("\x1b[" in line for line in coloured)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == lines(draft())


def test_what_is_shown_of_a_turn_is_all_of_it():
    for turn, shown in zip(TURNS, shown_turns(draft(), TURNS), strict=True):
        assert "".join(segment.text for segment in shown.segments) == turn.text


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_colour_is_left_out_where_it_is_not_wanted(environment, wanted):
    assert wants_colour(environment) is wanted


def test_every_key_is_explained_on_a_screen():
    assert all(len(f"  {key}  {what}") <= 80 for key, what in HELP)


def test_nothing_is_estimated_before_there_is_anything_to_go_by():
    assert progress_line(Progress(0, 4, 0, None)) == "0 of 4 decided"
    assert progress_line(Progress(1, 1, 0, 5.0)) == "1 of 2 decided, about 1 minute left"


def test_a_quote_that_was_cut_keeps_the_marks_inside_it_and_whole():
    def shown(*quotes):
        words = tuple(Words("7:0001", quote, None) for quote in quotes)
        return " ".join("\n".join(lines(draft(quotes=words))).replace("> ", "").split())

    assert "The oven was cold, «so the [effect: bread came out flat]». That is" in shown(
        "so the bread came out flat"
    )
    # Of the cause the better part is left, of the effect the lesser.
    assert "The oven «[cause: was cold], so the bread» came out flat. That is" in shown(
        "was cold, so the bread"
    )
    assert "«The [cause: oven was cold]», so the «[effect: bread came]» out flat. That" in shown(
        "The oven was cold … bread came"
    )
