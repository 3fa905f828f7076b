"""Who is who: what heads, feet and letters say, or do not say; never the one side for the other."""

from pathlib import Path

import pytest

from tests.unit.test_transcript_kinds import paragraphs, said, told, turns, write

BODY = paragraphs("B: How was it?", "I: Bad.", "B: Why?", "I: The valve.", "B: Who saw it?", "I: A plumber.")
SWAPPED = {("B", "interviewer"), ("I", "interviewee")}
HEADS = [
    "B – Befragerin\nI – Informant",
    "B: Befragerin\nI: Informant",
    "B: Befragerin\n\nI: Informant",
    "Speakers: B = interviewer, I = interviewee",
    "Interviewer (B), interviewee (I)",
    "Interviewer = B\nInterviewee = I",
    "Interviewer: Bo Stamm\nInterviewee: Ines Koller",
    "Legend: B = interviewer; I = interviewee",
    "Legend:\nB: Interviewer\nI: Interviewee",
    "B asks the questions as interviewer, and I is the interviewee.",
    "The interviewer is marked B and the interviewee I.",
    "B\tInterviewer\nI\tInterviewee",
    "B → Interviewer\nI → Interviewee",
    "| Label | Person |\n|---|---|\n| B | Interviewer |\n| I | Interviewee |",
    "B=Befragerin; I=Informant",
    "[I = Interviewee, B = Interviewer]",
    "B: Interviewer, I: Interviewee",
    "Interviewers: B and D; interviewee: I",
]


def roles(path: Path, **options: object) -> set[tuple[str, str | None]]:
    return {(turn.speaker, turn.role) for turn in turns(path, **options) if turn.speaker}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_that_says_who_is_who_is_heeded_and_is_no_turn_of_theirs(tmp_path: Path, head: str) -> None:
    path = write(tmp_path, f"{head}\n\n{BODY}")
    assert roles(path) == SWAPPED
    assert len([turn for turn in turns(path) if turn.speaker]) == 6


@pytest.mark.parametrize("foot", [HEADS[0], HEADS[1], HEADS[4], HEADS[7], HEADS[14], HEADS[15]])
def test_a_legend_at_the_foot_is_heeded(tmp_path: Path, foot: str) -> None:
    path = write(tmp_path, f"{BODY}\n{foot}\n")
    assert roles(path) == SWAPPED
    assert len(turns(path)) == 6


@pytest.mark.parametrize(
    "head",
    [
        "B is not the interviewer but the interviewee, I is.",
        "B – Ethnografin\nI – Gewährsperson",
        "B = Befragerin und Informant",
    ],
)
def test_a_head_that_cannot_be_understood_leaves_the_letters_without_a_role(
    tmp_path: Path, head: str
) -> None:
    assert ("B", "interviewee") not in roles(write(tmp_path, f"{head}\n\n{BODY}"))
    assert ("I", "interviewer") not in roles(write(tmp_path, f"{head}\n\n{BODY}"))


@pytest.mark.parametrize("head", ["", "I = Interviewer\nB = Befragte\n\n", "Speakers: I = interviewer\n\n"])
def test_the_interviewer_whom_the_user_names_is_the_only_one(tmp_path: Path, head: str) -> None:
    assert roles(write(tmp_path, head + BODY), interviewers=["B"]) == SWAPPED


@pytest.mark.parametrize(
    "lines",
    [
        ("E: ¿Qué pasó?", "I: Se rompió."),
        ("I: ¿Qué pasó?", "P: Se rompió la bomba."),
        ("P: O que houve?", "I: Quebrou.", "P: E por quê?", "I: Porque a bomba não estava bem."),
        ("I: O que houve?", "P: Quebrou.", "I: E por quê?", "P: Porque a bomba não estava bem."),
        ("E: Qu'est-ce qui est arrivé ?", "I: La pompe est cassée."),
        ("B: Wie war es?", "I: Schlecht.", "B: Warum denn?", "I: Das Ventil war es."),
        ("P: How was it?", "I: It was bad.", "P: And why?", "I: The valve did it."),
        ("I: And what did you see?", "R: The valve.", "I: Why?", "R: It was the fitter."),
        ("P1: O que houve?", "I1: Quebrou.", "P1: E por quê?", "I1: Porque a bomba não estava bem."),
    ],
)
def test_letters_that_may_mean_the_opposite_have_no_role_and_it_is_told(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    path = write(tmp_path, paragraphs(*lines))
    assert {role for _, role in roles(path)} == {None}
    assert "cannot be told" in told(path)


@pytest.mark.parametrize(
    "lines",
    [
        ("I: How did it go?", "P: It was bad.", "I: And why?", "P: The valve."),
        ("I: Wie war es?", "B: Das war schlecht.", "I: Warum?", "B: Das Ventil."),
        ("Q: How did it go?", "A: It was bad.", "Q: And why?", "A: The valve."),
    ],
)
def test_letters_with_one_meaning_keep_it(tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = write(tmp_path, paragraphs(*lines))
    assert [turn.role for turn in turns(path)] == ["interviewer", "interviewee"] * 2
    assert [text for _, text in said(path)] == [line[3:] for line in lines]


# A paragraph whose label is broken or missing.


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize(
    "line",
    [
        "Interviewer Why?",
        "Interviewer; Why?",
        "Interviewer, Why?",
        "Interviewer. Why?",
        "[Interviewer] Why?",
        "**Interviewer** Why?",
        "Interviewer\tWhy?",
        "Why?",
    ],
)
def test_a_paragraph_with_a_broken_label_is_nobodys(tmp_path: Path, line: str, rounds: int) -> None:
    talk = ["Interviewer: A?", "Interviewee: B."] * rounds
    path = write(tmp_path, paragraphs(*talk, line, "Interviewee: D.", *talk))
    odd = next(turn for turn in turns(path) if turn.text.endswith("Why?"))
    assert (odd.speaker, odd.role) == ("", None)


@pytest.mark.parametrize("line", ["Ben – Why?", "Ana, quietly: Why?", "Ben; Why?", "[Ben] Why?"])
def test_a_broken_name_is_nobodys_also_where_another_goes_on(tmp_path: Path, line: str) -> None:
    talk = ["Ana: A?", "Ben: B."] * 3
    path = write(tmp_path, paragraphs(*talk, line, "And more.", *talk))
    assert [who for who, text in said(path) if text.endswith("Why?") or text == "And more."] == ["", ""]
    assert "not as its label is written" in told(path)


def test_who_resumes_after_a_paragraph_without_a_label_did_not_say_it(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "I: A?\nP: It was bad.\nWhy?\nP: The valve.\nI: And?\nP: It was so.\nThe more of it.\nI: Go on?\n",
    )
    assert [(turn.speaker, turn.role) for turn in turns(path)][2] == ("", None)
    assert [who for who, _ in said(path)] == ["I", "P", "", "P", "I", "P", "P", "I"]


def test_a_sentence_that_begins_with_a_letter_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs("I: How was it?", "P: Bad.", "I think so.", "I: Really?", "P: It was."))
    assert said(path)[2] == ("P", "I think so.")


# Legends that say less, or in other words.


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Legend: B = interviewer", SWAPPED),
        ("I = respondent", SWAPPED),
        ("Speakers:\nB: Geographer\nI: Lock keeper", {("B", None), ("I", None)}),
        ("B: Geographer\nI: Keeper of the lock", {("B", None), ("I", None)}),
        ("B: Interviewer\nI: Keeper of the lock", SWAPPED),
    ],
)
def test_a_legend_that_names_one_side_or_unknown_roles_is_no_talk(
    tmp_path: Path, head: str, expected: set[tuple[str, str | None]]
) -> None:
    path = write(tmp_path, f"{head}\n\n{BODY}")
    assert roles(path) == expected
    assert len(turns(path)) == 6


def test_the_role_of_the_other_of_two_is_told_as_taken_from_the_first_ones(tmp_path: Path) -> None:
    path = write(tmp_path, f"Legend: B = interviewer\n\n{BODY}")
    assert "the role of the speaker “I” is taken from the other one's" in told(path)


@pytest.mark.parametrize(
    "body",
    [
        paragraphs(
            "B: Bad.", "I: How was it?", "B: The valve.", "I: Why?", "B: A plumber.", "I: Who saw it?"
        ),
        BODY + paragraphs("K: So it was.", "B: Sure?", "K: Yes."),
    ],
)
def test_where_the_other_asks_or_is_one_of_two_nothing_is_derived(tmp_path: Path, body: str) -> None:
    path = write(tmp_path, f"Legend: B = interviewer\n\n{body}")
    assert ("I", None) in roles(path)


def test_first_turns_that_are_no_sentences_in_a_talk_without_any_are_no_legend(tmp_path: Path) -> None:
    path = write(tmp_path, "B: Tea\nI: Coffee\n\nB: and then\nI: home\nB: when\nI: at five\n")
    assert len(turns(path)) == 6


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Intervjuare", "Informant"),
        ("Intervjuledare", "Intervjuperson"),
        ("Spørger", "Interviewperson"),
        ("Intervjuer", "Intervjuobjekt"),
        ("Haastattelija", "Haastateltava"),
        ("Tazatelka", "Dotazovaný"),
        ("Kérdező", "Válaszadó"),
        ("Wywiadowca", "Osoba badana"),
        ("Görüşmeci", "Görüşülen kişi"),
        ("Facilitatrice", "Informatrice"),
        ("Inquiridor", "Inquirida"),
        ("Vragensteller", "Ondervraagde"),
        ("Facilitadora", "Informante"),
        ("Enquêteurs", "Personne interviewée"),
        ("Gesprächsleitung", "Zeitzeugin"),
        ("Ведущая", "Собеседник"),
        ("進行役", "調査協力者"),
        ("访谈员", "被访人"),
        ("조사자", "피면접자"),
        ("السائل", "المجيب"),
        ("Int.", "Bef."),
        ("Int.", "Resp."),
        ("Entr.", "Inf."),
    ],
)
def test_words_and_abbreviations_for_the_two_sides(tmp_path: Path, asks: str, answers: str) -> None:
    path = write(tmp_path, paragraphs(f"{asks}: A?", f"{answers}: B.", f"{asks}: C?", f"{answers}: D."))
    assert roles(path) == {(asks, "interviewer"), (answers, "interviewee")}


@pytest.mark.parametrize(
    "pair", [("Int.", "R."), ("Int.", "Stolz"), ("Inf.", "Resp."), ("Operator", "Caller")]
)
def test_an_abbreviation_that_may_mean_either_side_has_no_role(tmp_path: Path, pair: tuple[str, str]) -> None:
    path = write(tmp_path, paragraphs(*[f"{pair[0]}: A?", f"{pair[1]}: B."] * 3))
    assert {role for _, role in roles(path)} == {None}


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Student interviewer", "Student"),
        ("Peer interviewer", "Peer"),
        ("Nurse researcher", "Nurse"),
        ("Interviewer 1 Ana", "Ana"),
        ("Researcher Mo Lake", "Mo"),
    ],
)
def test_a_word_that_two_labels_share_gives_neither_the_others_role(
    tmp_path: Path, asks: str, answers: str
) -> None:
    talk = ("How was it?", "It rained.", "Why so?", "The valve broke.", "Who saw it?", "A fitter did.")
    path = write(tmp_path, paragraphs(*(f"{(asks, answers)[n % 2]}: {text}" for n, text in enumerate(talk))))
    assert roles(path) == {(asks, "interviewer"), (answers, None)}


@pytest.mark.parametrize(
    "other",
    [
        "Interviewer's mother",
        "Interviewer’s mother",
        "Ex-researcher",
        "Former interviewer",
        "Wife of the interviewer",
    ],
)
def test_who_is_called_after_an_interviewer_is_none(tmp_path: Path, other: str) -> None:
    talk = ("How was it?", "It rained.", "Why so?", "The valve broke.", "Who saw it?", "A fitter did.")
    path = write(
        tmp_path, paragraphs(*(f"{('Interviewer', other)[n % 2]}: {text}" for n, text in enumerate(talk)))
    )
    assert roles(path) == {("Interviewer", "interviewer"), (other, None)}


def test_who_is_called_after_a_participant_and_speaks_once_is_not_the_participant(tmp_path: Path) -> None:
    talk = [
        "Interviewer: How was it?",
        "Participant: It rained.",
        "Interviewer: Why?",
        "Participant: The valve.",
    ]
    path = write(tmp_path, paragraphs(*talk, "Wife of participant: I saw it first.", *talk))
    assert said(path)[4] == ("Wife of participant", "I saw it first.")
    assert [turn.role for turn in turns(path)][4] is None
