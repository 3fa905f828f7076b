"""CHAT transcripts: who speaks, when, which role, and only the words that were said."""

from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Turn
from loaders import detect

HEAD = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tINV Dana Investigator, PAR Participant\n"
    "@ID:\teng|pumps|PAR|||||Participant|||\n"
)
FOOT = "@End\n"


def write(folder: Path, body: str, name: str = "talk.cha") -> Path:
    path = folder / name
    path.write_text(HEAD + body + FOOT, encoding="utf-8")
    return path


def turns(path: Path, **options: object) -> list[Turn]:
    return [one for one in detect(path).parse(path, **options) if isinstance(one, Turn)]


def test_speakers_roles_times_and_lines_that_go_on(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "*INV:\twhat broke ? \x150_1200\x15\n"
        "%com:\tlooks up\n"
        "*PAR:\tthe gearbox did\n\tbecause the seal was old . \x151200_4000\x15\n"
        "*INV:\twhy ?\n",
    )
    assert [(one.speaker, one.role, one.start, one.end, one.text) for one in turns(path)] == [
        ("INV", "interviewer", 0.0, 1.2, "what broke?"),
        ("PAR", "interviewee", 1.2, 4.0, "the gearbox did because the seal was old."),
        ("INV", "interviewer", None, None, "why?"),
    ]


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        ("the [/] the pump &=laughs broke .", "the the pump broke."),
        ("<it was> [//] it is (.) old +...", "it was it is old…"),
        ("&-um (be)cause it (i)s wet .", "um because it is wet."),
        ("I goed [: went] [* m] home .", "I goed home."),
        ("ja@s:deu that 0is it +/.", "ja that it."),
        ('he said +"/.', "he said."),
        ("two (2.5) three [>] !", "two three!"),
    ],
)
def test_codes_of_the_transcription_are_no_words(tmp_path: Path, coded: str, words: str) -> None:
    path = write(tmp_path, f"*INV:\twhy ?\n*PAR:\t{coded}\n")
    assert turns(path)[1].text == words


def test_a_line_of_codes_alone_is_no_turn(tmp_path: Path) -> None:
    path = write(tmp_path, "*INV:\twhy ?\n*PAR:\t&=nods .\n*INV:\twell ?\n")
    assert {one.speaker for one in turns(path)} == {"INV"}


def test_the_user_names_roles_over_the_head(tmp_path: Path) -> None:
    path = write(tmp_path, "*INV:\tit broke .\n*PAR:\twhy ?\n")
    found = turns(path, interviewers=["PAR"], interviewees=["INV"])
    assert [one.role for one in found] == ["interviewee", "interviewer"]


def test_it_is_known_under_another_ending(tmp_path: Path) -> None:
    assert [one.speaker for one in turns(write(tmp_path, "*INV:\twhy ?\n", "talk.txt"))] == ["INV"]


def test_one_without_speakers_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "%com:\tnothing\n")
    with pytest.raises(InputError, match="says who speaks"):
        list(detect(path).parse(path))
