"""Tables, margins, heads and marks about the words: what they are not read as, and what they say."""

from pathlib import Path
from textwrap import fill

import pytest

from kb.errors import InputError
from tests.unit.test_transcript_kinds import Said, paragraphs, said, told, turns, write

QUESTIONS = ["What broke first?", "Why was that?", "And then?", "Who paid for it?", "Did it last?"]
ANSWERS = ["The gearbox.", "Water in the oil.", "We put in a new seal.", "The landlord did.", "Until May."]


def talk(one: str = "Dana", other: str = "Mo") -> Said:
    return [
        line for pair in zip(QUESTIONS, ANSWERS, strict=True) for line in zip((one, other), pair, strict=True)
    ]


def plain(one: str = "Dana", other: str = "Mo", sign: str = ": ") -> str:
    return "\n".join(f"{who}{sign}{words}" for who, words in talk(one, other)) + "\n"


# Heads.


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "head",
    [
        "Subject: Interview about the pump",
        "From: dana@x.example\nTo: mo@x.example\nSubject: Interview about the pump\nDate: 3 May 2024",
        "Project: Pumps\nSubject: S07\nInterviewer: Dana Field\nLength: 34 min",
        "Betreff: Interview Pumpe\nBefragte: Frau M.\nOrt: Kantine",
    ],
)
def test_the_head_of_a_mail_or_a_protocol_is_nobodys_speech(tmp_path: Path, head: str, gap: str) -> None:
    assert said(write(tmp_path, head + gap + plain())) == talk()


def test_a_subject_who_answers_is_a_speaker(tmp_path: Path) -> None:
    path = write(tmp_path, plain("Researcher", "Subject"))
    assert said(path) == talk("Researcher", "Subject")
    assert {turn.role for turn in turns(path) if turn.speaker == "Researcher"} == {"interviewer"}


def test_somebody_whose_name_is_a_word_of_a_mail_s_head_is_heard(tmp_path: Path) -> None:
    assert said(write(tmp_path, plain("An", "To"))) == talk("An", "To")


def test_a_name_and_a_time_behind_a_bar_head_what_is_said(tmp_path: Path) -> None:
    lines = [f"{who} | 0:{10 + n}\n{words}" for n, (who, words) in enumerate(talk("Mo", "Jo"))]
    lines.insert(5, "Ola Ritt | 0:15\nSorry, the wrong room.")
    path = write(tmp_path, paragraphs(*lines))
    expected = talk("Mo", "Jo")
    expected.insert(5, ("Ola Ritt", "Sorry, the wrong room."))
    assert said(path) == expected


# Tables.


def rows(order: list[int]) -> str:
    lines = [
        f"{who}\t\t00:00:{10 + n}.000\t00:00:{11 + n}.000\t{words}" for n, (who, words) in enumerate(talk())
    ]
    return "\n".join(lines[n] for n in order) + "\n"


def test_rows_one_speaker_after_the_other_are_put_in_the_order_of_their_times(tmp_path: Path) -> None:
    path = write(tmp_path, rows([*range(1, 10, 2), *range(0, 10, 2)]))
    assert said(path) == talk()
    assert "put in the order of their times" in told(path)
    assert [turn.line for turn in turns(path)][:2] == [6, 1]  # the lines stay those of the file


def test_rows_in_another_order_stay_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, rows([0, 1, 4, 5, 2, 3, 6, 7, 8, 9]))
    expected = talk()
    assert said(path) == [expected[n] for n in (0, 1, 4, 5, 2, 3, 6, 7, 8, 9)]


def test_an_empty_cell_of_a_speaker_is_no_error(tmp_path: Path) -> None:
    lines = [f"0:{10 + n}\t{who if n != 3 else ''}\t{words}" for n, (who, words) in enumerate(talk())]
    path = write(tmp_path, "Time\tSpeaker\tText\n" + "\n".join(lines) + "\n")
    assert len(said(path)) == len(talk())


def test_a_table_with_bars_may_name_its_columns_in_any_words(tmp_path: Path) -> None:
    body = "\n".join(f"| {who} | {words} |" for who, words in talk())
    path = write(tmp_path, f"| Wer spricht | Gesagtes |\n|---|---|\n{body}\n", "talk.md")
    assert said(path) == talk()


def test_a_bar_within_a_cell_and_a_break_are_of_the_words(tmp_path: Path) -> None:
    lines = [f"| {who} | {words} |" for who, words in talk()]
    lines[3] = r"| Mo | Water \| oil,<br>in the oil. |"
    path = write(tmp_path, "| Speaker | Text |\n|---|---|\n" + "\n".join(lines) + "\n", "talk.md")
    assert said(path)[3] == ("Mo", "Water | oil, in the oil.")


def test_labels_in_a_column_of_blanks_with_words_that_hang_below(tmp_path: Path) -> None:
    long = [
        (who, f"{words} It was so and nobody in the whole house knew what to do.") for who, words in talk()
    ]
    lines = [fill(words, 60, initial_indent=f"{who:<14}", subsequent_indent=" " * 14) for who, words in long]
    assert said(write(tmp_path, "\n".join(lines) + "\n")) == long


def test_a_time_a_label_and_words_in_columns_of_blanks(tmp_path: Path) -> None:
    lines = [f"00:00:{10 + n}   {who:<8}{words}" for n, (who, words) in enumerate(talk())]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert said(path) == talk()
    assert turns(path)[2].start == 12.0


def test_a_wide_blank_parts_label_and_words_in_japanese(tmp_path: Path) -> None:
    path = write(tmp_path, "聞き手\u3000なぜですか。\n田中\u3000古かったからです。\n" * 4)
    assert said(path)[:2] == [("聞き手", "なぜですか。"), ("田中", "古かったからです。")]
    assert {turn.role for turn in turns(path) if turn.speaker == "聞き手"} == {"interviewer"}


# Numbers.


def test_the_numbers_of_a_list_are_no_speakers(tmp_path: Path) -> None:
    sections = [f"{n}: {words}" for words in ("The pump.", "Nobody.", "In May.") for n in (1, 2, 3)]
    with pytest.raises(InputError):
        said(write(tmp_path, "\n".join(sections) + "\n"))
    with pytest.raises(InputError):
        said(write(tmp_path, "\n".join(f"{n}: {words}" for n, words in enumerate(QUESTIONS, 1)) + "\n"))


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("right", [True, False])
def test_numbers_of_lines_in_a_margin_are_not_said(tmp_path: Path, every: int, right: bool) -> None:
    lines = []
    for n, line in enumerate(plain().splitlines(), 1):
        number = str(n) if n % every == 0 else ""
        lines.append(f"{line:<60}{number:>4}".rstrip() if right else f"{number:<6}{line}")
    assert said(write(tmp_path, "\n".join(lines) + "\n")) == talk()


def test_numbers_that_count_nothing_are_said(tmp_path: Path) -> None:
    lines = [f"{who}: {words}   {n * n + 7}" for n, (who, words) in enumerate(talk())]
    assert said(write(tmp_path, "\n".join(lines) + "\n"))[2] == ("Dana", "Why was that? 11")


def test_lines_with_the_number_of_a_page_are_left_out_where_nothing_else_tells_them(tmp_path: Path) -> None:
    lines = [f"{who}: {words.rstrip('.?')}" for who, words in talk()]
    for page in range(1, 5):
        lines.insert(3 * page - 3, f"Interview P07, page {page} of 4")
    found = said(write(tmp_path, paragraphs(*lines)))
    assert found == [(who, words.rstrip(".?")) for who, words in talk()]


# Times.


def test_times_at_the_end_of_nearly_each_turn_are_its_end(tmp_path: Path) -> None:
    lines = [f"{who}: {words} 00:{10 + n}" for n, (who, words) in enumerate(talk())]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert said(path) == talk()
    assert [turn.end for turn in turns(path)] == [float(10 + n) for n in range(10)]


def test_a_time_that_is_said_at_the_end_of_few_turns_stays(tmp_path: Path) -> None:
    lines = plain().splitlines()
    lines[3] = "Mo: Water, at 10:30"
    lines[7] = "Mo: The landlord, at 11:45"
    found = said(write(tmp_path, "\n".join(lines) + "\n"))
    assert [found[3][1], found[7][1]] == ["Water, at 10:30", "The landlord, at 11:45"]


def test_a_length_of_time_at_the_end_is_said_also_beside_times(tmp_path: Path) -> None:
    lines = [f"{who}: {words} 00:{10 + n}" for n, (who, words) in enumerate(talk())]
    lines[5] = "Mo: It took about 5 minutes"
    assert said(write(tmp_path, "\n".join(lines) + "\n"))[5][1] == "It took about 5 minutes"


def test_a_time_and_a_label_without_a_blank_between(tmp_path: Path) -> None:
    lines = [f"[00:00:{10 + n}]{who}：{words}" for n, (who, words) in enumerate(talk())]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert said(path) == talk()
    assert turns(path)[3].start == 13.0


# Feet.


@pytest.mark.parametrize(
    "line",
    [
        "Sonix is the world’s most advanced automated transcription, translation, and subtitling platform.",
        "This is an automatic transcription from https://www.happyscribe.com",
        "(Transcribed by TurboScribe.ai. Go Unlimited to remove this message.)",
    ],
)
def test_what_a_tool_says_of_itself_at_the_end_is_not_said_by_the_last_speaker(
    tmp_path: Path, line: str
) -> None:
    path = write(tmp_path, plain() + "\n" + line + "\n")
    assert said(path) == talk()
    assert "no speech" in told(path)


# Roles.

LANGUAGES = [
    ("问", "答", "为什么？", "太旧了。"),
    ("访谈人", "受访对象", "为什么？", "太旧了。"),
    ("문", "답", "왜요?", "낡았어요."),
    ("س", "ج", "لماذا؟", "قديمة."),
    ("مصاحبه‌گر", "مصاحبه‌شونده", "چرا؟", "کهنه بود."),
    ("साक्षात्कारकर्ता", "उत्तरदाता", "क्यों?", "पुराना था।"),
    ("ผู้สัมภาษณ์", "ผู้ให้สัมภาษณ์", "ทำไม", "มันเก่า"),
    ("Người phỏng vấn", "Người trả lời", "Tại sao?", "Nó cũ."),
    ("Συνεντευκτής", "Συμμετέχουσα", "Γιατί;", "Ήταν παλιό."),
    ("Інтерв’юер", "Учасниця", "Чому?", "Воно старе."),
    ("Intervievator", "Intervievată", "De ce?", "Era veche."),
    ("Pewawancara", "Narasumber", "Mengapa?", "Sudah tua."),
    ("Ispitivač", "Sugovornica", "Zašto?", "Bilo je staro."),
    ("Küsitleja", "Vastaja", "Miks?", "See oli vana."),
    ("И", "Р", "Почему?", "Он старый."),
    ("INT", "RES", "Why?", "It was old."),
]


@pytest.mark.parametrize(("asks", "answers", "question", "answer"), LANGUAGES)
def test_roles_follow_from_words_of_many_languages(
    tmp_path: Path, asks: str, answers: str, question: str, answer: str
) -> None:
    path = write(tmp_path, f"{asks}: {question}\n{answers}: {answer}\n" * 5)
    assert {(turn.speaker, turn.role) for turn in turns(path)} == {
        (asks, "interviewer"),
        (answers, "interviewee"),
    }


@pytest.mark.parametrize(("asks", "answers"), [("И", "Р"), ("INT", "RES"), ("F", "A"), ("P", "R")])
def test_short_labels_have_no_role_where_nobody_is_seen_to_ask(
    tmp_path: Path, asks: str, answers: str
) -> None:
    path = write(tmp_path, f"{asks}: So ist es, das ist gut.\n{answers}: Ja, das war es auch.\n" * 5)
    assert {turn.role for turn in turns(path)} == {None}


def test_two_who_ask_by_letters_with_numbers(tmp_path: Path) -> None:
    lines = [
        "I1: What did break?",
        "P: The gate.",
        "I2: Which one was it?",
        "P: The north gate, by the road.",
    ]
    path = write(tmp_path, "\n".join(lines * 3) + "\n")
    assert {(turn.speaker, turn.role) for turn in turns(path)} == {
        ("I1", "interviewer"),
        ("I2", "interviewer"),
        ("P", "interviewee"),
    }


def test_a_legend_of_letters_and_names_is_not_read_as_question_and_answer(tmp_path: Path) -> None:
    head = "A - Anna Kunz, Interviewerin\nB - Bea Roth, Beraterin\n\n"
    found = {(turn.speaker, turn.role) for turn in turns(write(tmp_path, head + plain("A", "B")))}
    assert found == {("A", "interviewer"), ("B", None)}


# What machines write.


@pytest.mark.parametrize("sign", [": ", " "])
def test_seconds_in_brackets_are_times(tmp_path: Path, sign: str) -> None:
    lines = [f"[{n}.50s -> {n + 1}.10s] SPEAKER_0{n % 2}{sign}{words}" for n, (_, words) in enumerate(talk())]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert said(path) == talk("SPEAKER_00", "SPEAKER_01")
    assert [turn.start for turn in turns(path)] == [n + 0.5 for n in range(10)]


def test_a_number_in_brackets_is_said(tmp_path: Path) -> None:
    lines = [f"{who}: [{n}.2] {words}" for n, (who, words) in enumerate(talk())]
    assert said(write(tmp_path, "\n".join(lines) + "\n"))[1] == ("Mo", "[1.2] The gearbox.")


def test_webex_names_speakers_in_the_cue_s_name(tmp_path: Path) -> None:
    cues = [
        f'{n} "{who}" (30456)\n00:00:{10 + n}.000 --> 00:00:{11 + n}.000\n{words}'
        for n, (who, words) in enumerate(talk())
    ]
    assert said(write(tmp_path, "WEBVTT\n\n" + paragraphs(*cues), "talk.vtt")) == talk()
