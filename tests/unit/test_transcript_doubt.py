"""What recurs before a colon and is nobody, what stands between turns, spellings, forgotten colons."""

from pathlib import Path

import pytest

import loaders
from kb import records
from tests.unit.test_transcript_kinds import paragraphs, said, told, turns, write

TALK = ["Ana: How was the winter?", "Ben: It was long.", "Ana: And the stove?", "Ben: It went out."]
ENDS = ["Ana: Who lit it again?", "Ben: The neighbour did."]


def people(path: Path) -> set[str]:
    return {speaker for speaker, _ in said(path)}


# Words that open paragraphs.


@pytest.mark.parametrize("word", ["Hitch", "Wrinkle", "Pointe", "Rückblick", "Хитрость"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_word_that_opens_parts_of_one_persons_answers_is_nobody(
    tmp_path: Path, word: str, gap: str
) -> None:
    lines = [*TALK, f"{word}: it did so twice.", f"{word}: it did so at night.", f"{word}: no wood.", *ENDS]
    path = write(tmp_path, gap.join(lines))
    assert people(path) == {"Ana", "Ben", ""}
    assert [text for who, text in said(path) if not who] == lines[4:7]
    assert f"“{word}” begins a paragraph like a label" in told(path)


def test_a_word_after_some_answers_of_one_is_nobody_though_written_as_turns_are(tmp_path: Path) -> None:
    lines = [*TALK, "Hitch: The wood was wet.", *ENDS, "Hitch: He came late.", *TALK, "Hitch: Nobody slept."]
    path = write(tmp_path, paragraphs(*lines, "Ana: Thank you.", "Ben: Good night."))
    assert people(path) == {"Ana", "Ben", ""}


def test_a_word_after_either_of_two_and_answered_by_neither_is_nobody(tmp_path: Path) -> None:
    lines = [
        TALK[0],
        "Hitch: A door slams.",
        *TALK[1:],
        "Hitch: He coughs.",
        ENDS[0],
        "Hitch: Rain.",
        ENDS[1],
    ]
    path = write(tmp_path, paragraphs(*lines, "Ana: Thank you.", "Ben: Good night."))
    assert people(path) == {"Ana", "Ben", ""}


def test_a_talk_that_is_told_within_an_answer_names_nobody(tmp_path: Path) -> None:
    told_ = ["Stove: Click.", "Kettle: Hiss.", "Stove: Click again.", "Kettle: Hiss again."]
    path = write(tmp_path, paragraphs(*TALK, *told_, *ENDS, *TALK))
    assert people(path) == {"Ana", "Ben", ""}


def test_a_list_that_comes_before_each_part_and_is_no_sentence_is_nobody(tmp_path: Path) -> None:
    parts = [
        f"Chapter: {what}\n{TALK[0]}\n{TALK[1]}\n" for what in ("The wood", "The stove", "The neighbour")
    ]
    assert people(write(tmp_path, "\n".join(parts))) == {"Ana", "Ben", ""}


@pytest.mark.parametrize(
    "order",
    [
        ("Ana", "Ben", "Cleo") * 3,
        ("Ana", "Ben", "Ana", "Cleo", "Ana", "Ben", "Ana", "Cleo", "Ana", "Cleo"),
        ("Ana", "Ben", "Cleo", "Dov", "Ana", "Cleo", "Ben", "Ana", "Dov", "Ben", "Dov", "Cleo"),
        ("Ana", "Ben", "Ana", "Cleo", "Ben", "Cleo", "Ana", "Ben"),
        (*("Ana", "Ben", "Cleo", "Dov", "Eli") * 3, "Cleo", *("Ana", "Ben", "Cleo", "Dov", "Eli")),
        ("Host", "Woman 1", "Man 1", "Woman 2", "Host", "Man 2", "Woman 1", "Man 1", "Host"),
    ],
)
def test_people_who_answer_each_other_are_all_named(tmp_path: Path, order: tuple[str, ...]) -> None:
    path = write(
        tmp_path, paragraphs(*(f"{who}: This is what number {n} says." for n, who in enumerate(order)))
    )
    assert [who for who, _ in said(path)] == list(order)


def test_who_says_no_more_than_a_sound_in_small_letters_is_named(tmp_path: Path) -> None:
    lines = [*TALK, "Kim: mhm", "Ana: Is that so?", "Kim: yes", *ENDS, "Kim: mhm", "Ana: Thanks to you."]
    assert "Kim" in people(write(tmp_path, paragraphs(*lines)))


def test_one_side_that_is_not_in_bold_is_named(tmp_path: Path) -> None:
    lines = ["**Ana:** How was it?", "Ben: Long, it was long.", "**Eva:** And then?", "Ben: It was cold."] * 2
    assert people(write(tmp_path, paragraphs(*lines), "talk.md")) == {"Ana", "Ben", "Eva"}


# Heads of pages, headings.


def test_the_head_of_a_page_within_a_sentence_is_left_out_and_told(tmp_path: Path) -> None:
    head = "Stove study, talk 4"
    lines = [
        head,
        *TALK,
        "Ana: Who lit it?",
        "Ben: The neighbour, who",
        head,
        "came over.",
        *TALK,
        head,
        *ENDS,
    ]
    path = write(tmp_path, paragraphs(*lines))
    assert ("Ben", "The neighbour, who came over.") in said(path)
    assert head not in " ".join(text for _, text in said(path))
    assert f"left out: 3 (“{head}" in told(path)


@pytest.mark.parametrize("foot", ["Talk 4 – {}/3", "- {} -", "[{}]", "page {} of 3"])
def test_counted_feet_of_pages_are_no_words(tmp_path: Path, foot: str) -> None:
    lines = [*TALK, foot.format(1), *ENDS, foot.format(2), "He had a match.", *TALK, foot.format(3)]
    texts = [text for _, text in said(write(tmp_path, paragraphs(*lines)))]
    assert texts == [line.partition(": ")[2] or line for line in [*TALK, *ENDS, "He had a match.", *TALK]]


def test_a_sentence_that_is_said_three_times_stays(tmp_path: Path) -> None:
    lines = [*TALK, "It was the wood.", *ENDS, "It was the wood.", *TALK, "It was the wood."]
    assert [who for who, text in said(write(tmp_path, paragraphs(*lines))) if text == "It was the wood."] == [
        "Ben"
    ] * 3


def test_counted_headings_of_sections_are_no_words(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs("1. The wood", *TALK, "2. The stove", *ENDS, "3. The rest", *TALK))
    assert people(path) == {"Ana", "Ben"}
    assert "1. The wood" in told(path)


def test_what_may_be_a_heading_is_nobodys(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "The stove", *ENDS))
    assert ("", "The stove") in said(path)
    assert "may be headings" in told(path)


@pytest.mark.parametrize("keys", [("From", "To"), ("Von", "An"), ("Kuka", "Missä")])
def test_a_head_of_any_keys_is_no_talk(tmp_path: Path, keys: tuple[str, str]) -> None:
    head = f"{keys[0]}: Eva Stolz\n{keys[1]}: Ulm\n\n"
    assert people(write(tmp_path, head + paragraphs(*TALK, *ENDS))) == {"Ana", "Ben"}


def test_what_may_be_a_legend_or_first_turns_is_nobodys(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs("Ana: Geographer", "Ben: Keeper of the lock", *TALK, *ENDS))
    assert said(path)[:2] == [("", "Ana: Geographer"), ("", "Ben: Keeper of the lock")]
    assert [who for who, _ in said(path)[2:]] == ["Ana", "Ben"] * 3
    assert "say who is who" in told(path)


# Spellings.


def test_spellings_of_one_label_are_one_speaker(tmp_path: Path) -> None:
    lines = [
        "Interviewer: A?",
        "Ben: B.",
        "interviewer: C?",
        "BEN: D.",
        "Interviewer.: E?",
        "Ben : F.",
        "ben: G.",
    ]
    path = write(tmp_path, paragraphs(*lines))
    assert [(turn.speaker, turn.role) for turn in turns(path)][:2] == [
        ("Interviewer", "interviewer"),
        ("Ben", None),
    ]
    assert people(path) == {"Interviewer", "Ben"}


def test_a_title_with_and_without_its_full_stop_is_one_person(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs("Dr. Stolz: A?", "Ben: B.", "Dr Stolz: C?", "Ben: D.", "DR. STOLZ: E?"))
    assert people(path) == {"Dr. Stolz", "Ben"}


def test_letters_of_two_cases_may_be_two_people(tmp_path: Path) -> None:
    assert people(write(tmp_path, paragraphs(*["K: What now?", "k: Nothing."] * 3))) == {"K", "k"}


def test_how_and_to_whom_something_is_said_makes_no_other_speaker(tmp_path: Path) -> None:
    lines = [
        "ASKER: How?",
        "BEN (laughing): Badly.",
        "ASKER (to a child): Not now.",
        "BEN: So.",
        "BEN [off]: Yes.",
    ]
    path = write(tmp_path, paragraphs(*lines, "ASKER: Well?"))
    assert people(path) == {"ASKER", "BEN"}
    assert said(path)[1] == ("BEN", "(laughing) Badly.")


# A forgotten colon.


def test_a_forgotten_colon_is_a_guess_where_no_name_can_follow(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "Ana: Who lit it?", "Ben The stove lit itself.", *TALK, *ENDS))
    found = next(turn for turn in turns(path) if "itself" in turn.text)
    assert (found.speaker, found.text, found.guessed) == ("Ben", "The stove lit itself.", "speaker")
    assert "the colon missing" in told(path)


@pytest.mark.parametrize("line", ["Ana Stolz came by.", "Ben Stolz came by."])
def test_somebodys_full_name_is_no_forgotten_colon(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, paragraphs(*TALK, line, *TALK, *ENDS))
    assert [who for who, text in said(path) if text == line] == [""]


# Times and nobody.


def test_lines_with_times_and_without_speakers_are_read_as_captions_are(tmp_path: Path) -> None:
    path = write(tmp_path, "0:00 well it was\n0:04 a long winter.\n0:09 the stove\n0:12 went out\n")
    assert [(turn.start, turn.speaker, turn.text) for turn in turns(path)] == [
        (0, "", "well it was a long winter."),
        (9, "", "the stove went out"),
    ]
    assert "names its speaker" in told(path)


def test_times_above_their_words_and_spans_are_read(tmp_path: Path) -> None:
    above = write(tmp_path, "The long winter\n0:00\nit was long.\n0:04\nvery long.\n1:00:09\nthe end.\n")
    assert [(turn.start, turn.text) for turn in turns(above)] == [
        (0, "it was long."),
        (4, "very long."),
        (3609, "the end."),
    ]
    assert "The long winter" in told(above)
    span = write(
        tmp_path, "00:00 - 00:03: It was long.\n00:03 - 00:07: Very long.\n00:07 - 00:12: The end.\n"
    )
    assert [(turn.start, turn.end) for turn in turns(span)] == [(0, 3), (3, 7), (7, 12)]


def test_a_table_of_text_cut_off_in_a_row_is_read(tmp_path: Path) -> None:
    """The last row has no speaker, who is then nobody."""
    rows = [
        "Timespan\tContent\tSpeaker", "0:00.0 - 0:07.0\tHow did the new pump go down?\tDana Field",
        "0:07.0 - 0:17.0\tBadly at first: the readings were wrong.\tMo Lake",
        "0:17.0 - 0:24.0\tAnd who noticed?\tDana Field", "0:24.0 - 0:31.0\tA fitter did, at 10:30 on a Mon",
    ]  # fmt: skip
    path = tmp_path / "Interview 7.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    turns = [record for record in loaders.detect(path).parse(path) if isinstance(record, records.Turn)]
    assert {"Dana Field", "Mo Lake"} <= {turn.speaker for turn in turns}
