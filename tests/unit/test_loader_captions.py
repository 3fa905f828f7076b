from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Notice, Source, Turn
from loaders import captions
from tests.shared import shared_path


def write(folder: Path, text: str, name: str = "Interview 5.vtt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def vtt(*cues: tuple[float, float, str]) -> str:
    body = [
        f"00:{start // 60:02.0f}:{start % 60:06.3f} --> 00:{end // 60:02.0f}:{end % 60:06.3f}\n{text}"
        for start, end, text in cues
    ]
    return "\n\n".join(["WEBVTT", *body]) + "\n"


def turns(path: Path, *interviewers: str) -> list[Turn]:
    return [record for record in captions.parse(path, interviewers) if isinstance(record, Turn)]


def notices(path: Path) -> list[tuple[str, int | None]]:
    return [(one.level, one.line) for one in captions.parse(path) if isinstance(one, Notice)]


def said(path: Path, *interviewers: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in turns(path, *interviewers)]


def test_webvtt_with_all_its_blocks(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """WEBVTT - a study
Kind: captions

STYLE
::cue(b) { color: red }

REGION
id:left

NOTE
a remark --
of two lines

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Interviewer>Was it <i>really</i> <c.loud>R&amp;D</c>?</v>

2
01:00:03.000 --> 01:00:04.000
<v.loud P7>It <01:00:03.500>was; a &lt; b, R&D.
""",
    )
    records = list(captions.parse(path))
    assert records[0] == Source(interview="5", title="Interview 5", file="Interview 5.vtt", format="captions")
    assert [(one.speaker, one.role, one.text, one.start, one.end, one.line) for one in turns(path)] == [
        ("Interviewer", "interviewer", "Was it really R&D?", 1.0, 2.5, 15),
        ("P7", "interviewee", "It was; a < b, R&D.", 3603.0, 3604.0, 19),
    ]
    assert notices(path) == []


def test_subrip_as_found_in_the_wild(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Interviewer:</i> Ready?\r\n"
        "2\r\n00:00:02,500 --> 00:00:03,000 X1:1 X2:2\r\nP1: Nearly,\r\n\r\nin a minute.\r\n\r\n"
        "3\r\n0:00:03,100 --> 0:00:04,000\r\nOr two.\r\n",
        "talk.srt",
    )
    assert [(one.speaker, one.text, one.start, one.end) for one in turns(path)] == [
        ("Interviewer", "Ready?", 1.0, 2.0),
        ("P1", "Nearly, in a minute. Or two.", 2.5, 4.0),
    ]
    assert notices(path) == [("warning", 10 + 1)]  # the third cue names nobody


def test_cues_of_a_speaker_join_until_a_pause_after_a_sentence(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        vtt(
            (0, 1, "<v P1>One"),
            (9, 10, "<v P1>two."),  # a pause within a sentence
            (10.5, 11, "<v P1>Three."),  # a sentence end without a pause
            (13, 14, "<v P1>Four."),
            (14, 15, "<v Interviewer>Five?"),
            (15, 16, "<v P1>Six."),
        ),
    )
    assert [turn.text for turn in turns(path)] == ["One two. Three.", "Four.", "Five?", "Six."]
    assert (turns(path)[0].start, turns(path)[0].end) == (0, 11)


@pytest.mark.parametrize(("stop", "limit"), [("", captions.LONGEST), (".", captions.LONG)])
def test_a_long_speech_is_cut_and_loses_no_word(tmp_path: Path, stop: str, limit: int) -> None:
    cues = [(float(n), n + 0.9, f"<v P1>word{n} b c d e f g h i j{stop}") for n in range(55)]
    found = turns(write(tmp_path, vtt(*cues)))
    assert [len(turn.text.split()) for turn in found[:-1]] == [limit] * (550 // limit)
    assert " ".join(turn.text for turn in found) == " ".join(text[6:] for _, _, text in cues)


def test_two_voices_in_one_cue_are_two_turns(tmp_path: Path) -> None:
    path = write(tmp_path, vtt((1, 2, "<v Interviewer>Yes?</v> <v P1>No.</v>")))
    assert said(path) == [("Interviewer", "Yes?"), ("P1", "No.")]


def test_labels_in_the_text_and_the_role_of_names(tmp_path: Path) -> None:
    path = write(
        tmp_path, vtt((1, 2, "Anna: Yes?\nBert: No: never."), (3, 4, "Anna: Why?"), (5, 6, "Bert: So."))
    )
    assert said(path) == [("Anna", "Yes?"), ("Bert", "No: never."), ("Anna", "Why?"), ("Bert", "So.")]
    assert {turn.role for turn in turns(path)} == {None}
    assert len(notices(path)) == 2
    assert [turn.role for turn in turns(path, "Anna")] == ["interviewer", "interviewee"] * 2


def test_change_marks_end_a_turn_without_naming_anyone(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        vtt((1, 2, ">> ANNA: Ready"), (2, 3, ">> Yes, and"), (3, 4, "go on"), (4, 5, ">> ANNA: Good.")),
    )
    assert said(path) == [("ANNA", "Ready"), ("", "Yes, and go on"), ("ANNA", "Good.")]
    dialogue = write(tmp_path, vtt((1, 2, "- Ready?\n- Yes."), (3, 4, "- only a dash")), "d.vtt")
    assert said(dialogue) == [("", "Ready?"), ("", "Yes."), ("", "- only a dash")]


def test_without_names_a_turn_holds_no_answer_with_its_question(tmp_path: Path) -> None:
    path = write(tmp_path, vtt((1, 2, "Did the model"), (2, 3, "drift?"), (3, 4, "It did.")))
    assert said(path) == [("", "Did the model drift?"), ("", "It did.")]
    assert notices(path) == [("warning", 3)]


def test_where_every_caption_is_named_an_unnamed_one_is_nobodys(tmp_path: Path) -> None:
    cues = [(float(n), n + 0.5, f"<v P1>part {n}") for n in range(9)]
    cues.insert(4, (3.6, 3.9, "[laughter]"))
    path = write(tmp_path, vtt(*cues))
    assert said(path)[1] == ("", "[laughter]")
    assert len(turns(path)) == 3
    assert len(notices(path)) == 1


@pytest.mark.parametrize(
    "timing",
    [
        "xx:03.000 --> 00:04.000",
        "00:03.000 -> 00:04.000",
        "00:99.000 --> 00:04.000",
        "00:09.000 --> 00:04.000",
    ],
)
def test_a_caption_with_broken_times_keeps_its_words_and_is_told(tmp_path: Path, timing: str) -> None:
    path = write(tmp_path, vtt((1, 2, "<v P1>One.")) + f"\n{timing}\n<v Interviewer>Two?\n")
    assert [(turn.text, turn.start) for turn in turns(path)] == [("One.", 1.0), ("Two?", None)]
    assert notices(path) == [("lost", 6)]


def test_text_before_the_first_caption_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "WEBVTT\n\nsome words\nastray\n\n00:03.000 --> 00:04.000\n<v P1>Two.\n")
    assert said(path) == [("P1", "Two.")]
    assert notices(path) == [("lost", 3)]


def test_an_empty_line_within_a_caption_loses_no_word(tmp_path: Path) -> None:
    path = write(
        tmp_path, vtt((1, 2, "<v P1>One.")) + "\nsome words\nastray\n\n00:03.000 --> 00:04.000\n<v P1>Two.\n"
    )
    assert said(path) == [("P1", "One. some words astray Two.")]
    assert notices(path) == [("warning", 6)]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("WEBVTT\n", "no captions", None),
        ("WEBVTT\n\nNOTE only\n", "no captions", None),
        ("1\nxx:01,000 --> yy\nhello\n", "no caption's times", 2),
        ("", "empty", None),
    ],
)
def test_a_file_without_usable_captions_is_refused(
    tmp_path: Path, text: str, words: str, line: int | None
) -> None:
    path = write(tmp_path, text)
    assert captions.detect(path)
    with pytest.raises(InputError, match=words) as caught:
        list(captions.parse(path))
    assert caught.value.line == line


def test_detect_leaves_other_text_alone(tmp_path: Path) -> None:
    assert not captions.detect(write(tmp_path, "Anna: we went from a --> b\n", "talk.txt"))
    assert not captions.detect(write(tmp_path, "", "talk.txt"))
    assert not captions.detect(tmp_path)
    assert not captions.detect(tmp_path / "gone.vtt")


def test_a_sample_of_another_tool(tmp_path: Path) -> None:
    path = shared_path("samples", "taguette", "inputs", "interview02.srt")
    assert captions.detect(path)
    assert [(one.speaker, one.role, one.start, one.end) for one in turns(path)] == [
        ("Interviewer", "interviewer", 1.0, 4.0),
        ("P02", "interviewee", 4.5, 14.0),
    ]
