"""What reads like a label and is none, how far a label reaches, what is no speech."""

import json
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Notice, Turn
from loaders import captions, detect, transcript, whisper
from tests.shared import shared_path

Said = list[tuple[str, str]]


def write(folder: Path, text: str, name: str = "talk.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def turns(path: Path, **options: object) -> list[Turn]:
    return [one for one in detect(path).parse(path, **options) if isinstance(one, Turn)]  # type: ignore[arg-type]


def said(path: Path, **options: object) -> Said:
    return [(turn.speaker, turn.text) for turn in turns(path, **options)]


def told(path: Path) -> str:
    return " ".join(one.message for one in detect(path).parse(path) if isinstance(one, Notice))


def paragraphs(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


TALK = (
    "Ana: How was it?",
    "Ben: Bad.",
    "Ana: Why?",
    "Ben: The valve.",
    "Ana: Who saw it?",
    "Ben: A plumber.",
)


# What is a label.


def test_a_word_before_a_colon_that_comes_once_makes_no_speaker(tmp_path: Path) -> None:
    lines = [f"{who}: turn {n}." for n in range(20) for who in ("Ana", "Ben")]
    path = write(tmp_path, paragraphs(*lines[:21], "And more.", "Verdict: too late.", *lines[21:]))
    assert {who for who, _ in said(path)} == {"Ana", "Ben", ""}
    assert ("", "Verdict: too late.") in said(path)
    assert "“Verdict” begins a paragraph like a label" in told(path)
    assert ("Verdict", "too late.") in said(path, interviewees=["Verdict"])


def test_somebody_who_speaks_once_is_named_by_the_user_or_set_off_like_the_others(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "Wiring: all wrong."))
    assert said(path)[-1] == ("", "Wiring: all wrong.")
    assert "“Wiring”" in told(path)
    path = write(tmp_path, paragraphs(*TALK, "Cleo: Excuse me."))
    assert said(path, interviewees=["Cleo"])[-1] == ("Cleo", "Excuse me.")
    timed = [f"[00:00:{n:02}] {line}" for n, line in enumerate((*TALK, "Cleo: Excuse me."))]
    assert said(write(tmp_path, paragraphs(*timed)))[-1] == ("Cleo", "Excuse me.")


def test_what_recurs_in_small_letters_is_a_label(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*["the man in the hat: no", "voice from the back: yes"] * 3))
    assert {who for who, _ in said(path)} == {"the man in the hat", "voice from the back"}


def test_an_aside_in_brackets_is_said_and_no_other_speaker(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "Ana: OK?", "Ben (laughing): Fine."))
    assert said(path)[-1] == ("Ben", "(laughing) Fine.")


def test_counted_questions_are_asked_by_one_person(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*(f"{one}{n}: part {n}" for n in range(1, 5) for one in "QA")))
    assert [(turn.speaker, turn.role) for turn in turns(path)] == [
        ("Q", "interviewer"),
        ("A", "interviewee"),
    ] * 4


def test_letters_are_roles_only_beside_the_letter_of_the_other_side(tmp_path: Path) -> None:
    asked = write(tmp_path, paragraphs("I: How?", "B: So.", "I: Why?", "B: Thus."))
    assert [turn.role for turn in turns(asked)] == ["interviewer", "interviewee"] * 2
    initials = write(tmp_path, paragraphs("P: How?", "A: So.", "P: Why?", "A: Thus."))
    assert {turn.role for turn in turns(initials)} == {None}


def test_the_second_half_of_a_german_word_for_all_genders_is_no_text(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        paragraphs("Interviewer:in: Wie?", "Befragte:r: So.", "Interviewer:in: Wann?", "Befragte:r: Bald."),
    )
    assert [(turn.speaker, turn.role) for turn in turns(path)][:2] == [
        ("Interviewer:in", "interviewer"),
        ("Befragte:r", "interviewee"),
    ]


def test_a_time_in_the_words_stays_there(tmp_path: Path) -> None:
    path = write(
        tmp_path, paragraphs("Ana: When?", "Ben: 10:30 sharp: that is when.", "Ana: Sure?", "Ben: 10:31.")
    )
    assert [text for _, text in said(path)] == ["When?", "10:30 sharp: that is when.", "Sure?", "10:31."]


def test_stamped_lines_without_names_name_nobody(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        paragraphs("00:00:01 Welcome all.", "00:00:04 Questions", "00:00:06 None so far.", "00:00:09 Yep"),
    )
    assert [(turn.start, turn.speaker, turn.text) for turn in turns(path)] == [
        (1, "", "Welcome all."),
        (4, "", "Questions"),
        (6, "", "None so far."),
        (9, "", "Yep"),
    ]
    assert "none of the paragraphs names its speaker" in told(path)


# How far a label reaches.


def test_where_only_those_who_ask_have_labels_the_answers_are_nobodys_guess(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        paragraphs("Interviewer: How?", "Badly.", "Interviewer: Why?", "The valve.", "Interviewer: OK."),
    )
    with pytest.raises(InputError, match="only “Interviewer” has a label"):
        turns(path)


def test_a_transcript_that_is_nearly_all_without_labels_is_refused_unless_they_are_named(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path,
        paragraphs("Interviewer: Go on.", "P7: It began so.", *(f"Then part {n}." for n in range(20))),
    )
    with pytest.raises(InputError, match="would be guessed"):
        turns(path)
    named = said(path, interviewers=["Interviewer"], interviewees=["P7"])
    assert {who for who, _ in named[1:]} == {"P7"}


def test_where_every_paragraph_has_a_label_one_without_is_nobodys(tmp_path: Path) -> None:
    lines = [f"{who}: part {n}." for n in range(10) for who in ("Ana", "Ben", "Ben")]
    path = write(tmp_path, paragraphs(*lines[:15], "Lost words.", *lines[15:]))
    assert said(path)[15] == ("", "Lost words.")


def test_an_authors_note_is_nobodys(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "He was sure.", "Note: he seemed tired."))
    assert said(path)[-2:] == [("Ben", "He was sure."), ("", "Note: he seemed tired.")]


def test_a_sponsors_name_before_two_captions_is_nobodys_speech(tmp_path: Path) -> None:
    words = [
        "Acme: pumps for all.",
        "so welcome",
        "how was it",
        "bad",
        "why",
        "Acme: we pump.",
        "a valve",
        "ah",
        "yes",
    ]
    cues = [f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{text}" for n, text in enumerate(words)]
    path = write(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues), "a.vtt")
    assert {who for who, _ in said(path)} == {""}
    assert " ".join(text for _, text in said(path)) == " ".join(words)


def test_a_segment_that_the_recognizer_gave_to_nobody_is_nobodys(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"segments": [{"start": 0, "end": 2, "text": " How?", "speaker": "SPEAKER_00"},'
        '{"start": 2, "end": 4, "text": " Bad."},'
        '{"start": 4, "end": 5, "text": " Why?", "speaker": "SPEAKER_00"}]}',
        "a.json",
    )
    assert said(path) == [("SPEAKER_00", "How?"), ("", "Bad."), ("SPEAKER_00", "Why?")]


def test_interviewees_may_be_named_as_interviewers_may(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK))
    assert [turn.role for turn in turns(path, interviewees=["ben"])] == [None, "interviewee"] * 3
    assert [turn.role for turn in turns(path, interviewers=["Ana"])] == ["interviewer", "interviewee"] * 3


# What is no speech.


def test_a_legend_gives_roles_and_is_no_speech(tmp_path: Path) -> None:
    path = write(
        tmp_path, "X = Interviewer\nY = plumber\n\n" + paragraphs("X: How?", "Y: Bad.", "X: Why?", "Y: So.")
    )
    assert [(turn.speaker, turn.role) for turn in turns(path)] == [("X", "interviewer"), ("Y", None)] * 2


def test_the_names_in_a_head_give_roles_and_are_no_speech(tmp_path: Path) -> None:
    path = write(tmp_path, "Interviewer: Ana Bell\nInterviewee: Ben Cole\n\n" + paragraphs(*TALK))
    assert [(turn.speaker, turn.role) for turn in turns(path)] == [
        ("Ana", "interviewer"),
        ("Ben", "interviewee"),
    ] * 3


def test_what_is_left_out_as_no_speech_is_told(tmp_path: Path) -> None:
    head = "Interview 7\nDate: 5 May 2026\n\n"
    path = write(tmp_path, head + paragraphs(*TALK) + "\nTranscribed by https://otter.ai\n")
    assert [who for who, _ in said(path)] == ["Ana", "Ben"] * 3
    assert "no speech were left out: 3" in told(path)


def test_a_list_in_an_answer_keeps_its_numbers(tmp_path: Path) -> None:
    path = write(
        tmp_path, paragraphs(*TALK[:2], "1. The valve.", "2. The cable.", "3. The people.", *TALK[2:])
    )
    assert said(path)[2:5] == [("Ben", "1. The valve."), ("Ben", "2. The cable."), ("Ben", "3. The people.")]


# Captions.


def test_rolling_captions_give_each_word_once_also_where_one_is_said_twice(tmp_path: Path) -> None:
    shown = [["so"], ["so", "yeah"], ["yeah", "yeah"], ["yeah", "it broke"], ["it broke", "it broke again"]]
    cues = [
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n" + "\n".join(lines) for n, lines in enumerate(shown)
    ]
    path = write(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues), "a.vtt")
    assert " ".join(text for _, text in said(path)) == "so yeah yeah it broke it broke again"


def test_captions_that_repeat_a_word_by_chance_lose_none(tmp_path: Path) -> None:
    words = ["Yes.", "Yes.", "It broke.", "When?", "In May.", "Oh.", "Then it ran.", "Good."]
    cues = [f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{text}" for n, text in enumerate(words)]
    path = write(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues), "a.vtt")
    assert [text for _, text in said(path)] == words


def test_a_sound_between_captions_is_nobodys_and_interrupts_nobody(tmp_path: Path) -> None:
    words = ["Ana: How was", "it?", "Ben: Bad", "[Music]", "at first.", "Ana: And", "then?", "Ben: So", "so."]
    cues = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{text}" for n, text in enumerate(words)]
    path = write(tmp_path, "\n\n".join(cues), "a.srt")
    assert said(path)[1:4] == [("Ben", "Bad"), ("", "[Music]"), ("Ben", "at first.")]


def test_where_zoom_writes_the_label_anew_after_a_sentence_a_turn_begins(tmp_path: Path) -> None:
    words = ["Ana: How was it?", "Ben: It broke.", "Ben: And then", "Ben: it ran."]
    cues = [f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{text}" for n, text in enumerate(words)]
    path = write(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues), "a.vtt")
    assert said(path) == [("Ana", "How was it?"), ("Ben", "It broke."), ("Ben", "And then it ran.")]


# The worst input.

BAD = {
    "blanks": "A" + " " * 300_000 + "b",
    "stars": "*" * 300_000,
    "times": "1:" * 150_000,
    "marks": "[00:00:01]" * 20_000,
    "hashes": "#" * 300_000,
    "brackets": "(a" * 150_000,
    "tabs": "a\t" * 150_000,
    "dashes": "a - " * 80_000,
    "tags": "<v " * 100_000,
    "entities": "&#" * 150_000,
    "lengths": "1 minutes 2 seconds " * 15_000,
    "arrows": "00:00:01 --> " * 20_000,
}


@pytest.mark.parametrize("name", BAD)
def test_the_worst_line_is_read_in_linear_time(tmp_path: Path, name: str) -> None:
    # A pattern that backtracks would not come back from these.
    talk = write(tmp_path, f"Interviewer: Yes?\n{BAD[name]}\nInterviewee: No.\n")
    assert "Yes?" in [one.text for one in transcript.parse(talk) if isinstance(one, Turn)]
    cue = write(tmp_path, f"1\n00:00:01,000 --> 00:00:02,000\nAna: Yes?\n{BAD[name]}\n", "a.srt")
    assert next(one.type for one in captions.parse(cue)) == "source"


# The cases beside the clone, in which each stands for a kind.


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("label-nfc-nfd.txt", {"Dana": 3, "Zoë": 3}),
        ("maxqda-numbered-paragraphs.txt", {"Dana": 3, "Participant": 3}),
        ("zoom-display-name-suffix.vtt", {"Dana Field": 2, "Mo Lake (he/him)": 3}),
        ("stream-name-in-parens.vtt", {"Dana Field": 1, "Mo Lake": 2}),
        ("bold-label-time-no-colon.md", {"I": 2, "B": 2, "P": 1}),
        ("role-key-taken-for-heading.md", {"I": 2, "B": 2}),
        ("teams-word-text.txt", {"Dana Field": 2, "Mo Lake": 4}),
        ("whisperx-bracket-labels.srt", {"SPEAKER_00": 2, "SPEAKER_01": 2}),
        ("otter-footer.txt", {"Dana": 2, "Mo": 2, "Unknown Speaker": 1}),
    ],
)
def test_the_cases_are_right(name: str, expected: dict[str, int]) -> None:
    path = shared_path("cases", "transcripts", name)
    who = [turn.speaker for turn in turns(path)]
    assert {one: who.count(one) for one in who} == expected


def test_json_without_segments_says_what_to_load_instead(tmp_path: Path) -> None:
    path = write(tmp_path, '{"segments": {"text": 1}, "start": 0}', "a.json")
    with pytest.raises(InputError, match="no list of segments"):
        list(whisper.parse(path))


# Two turns in a line, a line that is no turn.


def test_a_label_within_a_line_begins_a_turn(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "Ana: All of it? Ben: All. Ana: Oh."))
    assert said(path)[-3:] == [("Ana", "All of it?"), ("Ben", "All."), ("Ana", "Oh.")]
    assert said(write(tmp_path, " ".join(TALK))) == [tuple(line.split(": ")) for line in TALK]
    cues = [f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(TALK)]
    cues.append("7\n00:00:07,000 --> 00:00:08,000\nAna: All of it? Ben: All.\n")
    assert said(write(tmp_path, "\n".join(cues), "talk.srt"))[-2:] == [("Ana", "All of it?"), ("Ben", "All.")]


def test_a_name_within_what_is_said_begins_no_turn(tmp_path: Path) -> None:
    line = "Ana: I asked Ben: why? And so: nothing. Verdict: none."
    assert said(write(tmp_path, paragraphs(*TALK, line)))[-1] == ("Ana", line.removeprefix("Ana: "))


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\v", "\x85"])
def test_a_break_within_a_paragraph_of_a_word_processor_ends_a_line(tmp_path: Path, sign: str) -> None:
    assert said(write(tmp_path, sign.join(TALK))) == [tuple(line.split(": ")) for line in TALK]


@pytest.mark.parametrize("sign", ["\t", " – "])
def test_somebody_who_speaks_once_is_not_the_one_before(tmp_path: Path, sign: str) -> None:
    lines = [line.replace(": ", sign) for line in (*TALK[:4], "Cleo: Excuse me.", *TALK[4:])]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert [who for who, _ in said(path)] == ["Ana", "Ben", "Ana", "Ben", "", "Ana", "Ben"]
    assert "“Cleo”" in told(path)
    assert ("Cleo", "Excuse me.") in said(path, interviewees=["Cleo"])


def test_a_time_alone_is_said_by_nobody(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK[:4], "00:05:00", *TALK[4:]))
    assert said(path) == [tuple(line.split(": ")) for line in TALK]
    assert [turn.start for turn in turns(path)][4] == 300


def test_what_a_browser_prints_below_a_page_is_no_speech(tmp_path: Path) -> None:
    path = write(tmp_path, paragraphs(*TALK, "https://example.org/talk?id=7 1/1"))
    assert said(path) == [tuple(line.split(": ")) for line in TALK]


def test_the_first_of_two_times_with_a_comma_is_the_start(tmp_path: Path) -> None:
    lines = [f"0:00:0{n}.000,0:00:0{n}.900\n{line}" for n, line in enumerate(TALK)]
    assert [turn.start for turn in turns(write(tmp_path, paragraphs(*lines)))] == [0, 1, 2, 3, 4, 5]


def test_times_in_milliseconds_are_told_by_the_pace_of_speech(tmp_path: Path) -> None:
    def of(*times: float) -> list[float | None]:
        said_ = [
            {
                "speaker": "AB"[n % 2],
                "start": start,
                "end": start + times[1] - times[0],
                "text": "Yes, all of it.",
            }
            for n, start in enumerate(times)
        ]
        path = write(tmp_path, json.dumps({"utterances": said_}), "talk.json")
        return [turn.start for turn in turns(path)]

    assert of(1000, 3000, 5000) == [1, 3, 5]
    assert of(1, 3, 5) == [1, 3, 5]
    assert of(1000.0, 1003.0, 1006.0) == [1000, 1003, 1006]


def test_a_name_and_a_time_above_each_turn_are_no_heads_of_pages(tmp_path: Path) -> None:
    names = ["Interviewer", "Participant", "Ruth"] * 3
    lines = [f"{who} (0:0{n}):\nThis is turn {n}." for n, who in enumerate(names)]
    assert said(write(tmp_path, paragraphs(*lines))) == [
        (who, f"This is turn {n}.") for n, who in enumerate(names)
    ]


def test_a_role_alone_on_its_line_among_names_is_no_part_of_what_they_say(tmp_path: Path) -> None:
    names = ["Interviewer", "Ruth", "Interviewer", "Sam"] * 3
    lines = [f"{who}\nThis is turn {n}." for n, who in enumerate(names)]
    expected = [(who, f"This is turn {n}.") for n, who in enumerate(names)]
    assert said(write(tmp_path, paragraphs(*lines))) == expected
    timed = [f"0:{n:02}\n{line}" for n, line in enumerate(lines)]
    assert said(write(tmp_path, paragraphs(*timed))) == expected


def test_a_line_that_comes_in_every_caption_is_said_each_time(tmp_path: Path) -> None:
    cues = [f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nThank you.\n" for n in range(1, 7)]
    words = " ".join(turn.text for turn in turns(write(tmp_path, "\n".join(cues), "talk.srt")))
    assert words == " ".join(["Thank you."] * 6)


def test_lines_of_two_turns_each_are_of_two_people(tmp_path: Path) -> None:
    pairs = list(zip(TALK[::2], TALK[1::2], strict=True))
    assert said(write(tmp_path, paragraphs(*(f"{a} {b}" for a, b in pairs)))) == [
        tuple(line.split(": ")) for line in TALK
    ]
