"""Praat's TextGrids: tiers are speakers, intervals what they say, in the order of time."""

from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Notice, Turn
from loaders import detect

Interval = tuple[float, float, str]
DANA: list[Interval] = [(0, 2, "What broke?"), (2, 5, ""), (5, 6, "Why?"), (6, 9, "")]
MO: list[Interval] = [(0, 2, ""), (2.5, 5, 'The "big" gearbox.'), (5, 6, "sil"), (6, 9, "Water.")]
SAID = [
    ("Dana", 0.0, "What broke?"),
    ("Mo", 2.5, 'The "big" gearbox.'),
    ("Dana", 5.0, "Why?"),
    ("Mo", 6.0, "Water."),
]


def long_form(tiers: list[tuple[str, list[Interval]]], points: int = 0) -> str:
    out = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", "xmax = 9"]
    out += ["tiers? <exists>", f"size = {len(tiers) + bool(points)}", "item []:"]
    for number, (name, intervals) in enumerate(tiers, 1):
        out += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        out += ["        xmin = 0", "        xmax = 9", f"        intervals: size = {len(intervals)}"]
        for n, (start, end, text) in enumerate(intervals, 1):
            quoted = text.replace('"', '""')
            out += [f"        intervals [{n}]:", f"            xmin = {start}", f"            xmax = {end}"]
            out += [f'            text = "{quoted}"']
    if points:
        out += [f"    item [{len(tiers) + 1}]:", '        class = "TextTier"', '        name = "clicks"']
        out += ["        xmin = 0", "        xmax = 9", f"        points: size = {points}"]
        for n in range(1, points + 1):
            out += [f"        points [{n}]:", f"            number = {n}", '            mark = "click"']
    return "\n".join(out) + "\n"


def short_form(tiers: list[tuple[str, list[Interval]]]) -> str:
    out = ['File type = "ooTextFile"', '"TextGrid"', "", "0", "9", "<exists>", str(len(tiers))]
    for name, intervals in tiers:
        out += ['"IntervalTier"', f'"{name}"', "0", "9", str(len(intervals))]
        for start, end, text in intervals:
            quoted = text.replace('"', '""')
            out += [str(start), str(end), f'"{quoted}"']
    return "\n".join(out) + "\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "talk.TextGrid"
    path.write_bytes(text.encode(encoding))
    return path


def said(path: Path) -> list[tuple[str, float | None, str]]:
    return [(one.speaker, one.start, one.text) for one in detect(path).parse(path) if isinstance(one, Turn)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("form", [long_form, short_form])
def test_tiers_come_back_by_time(tmp_path: Path, form: object, encoding: str) -> None:
    text = form([("Dana", DANA), ("Mo", MO)])  # type: ignore[operator]
    assert said(write(tmp_path, text, encoding)) == SAID


def test_tiers_of_words_and_points_beside_the_speakers_are_left_out_and_told(tmp_path: Path) -> None:
    fine: list[Interval] = [(0, 1, "what"), (1, 2, "broke")]
    path = write(tmp_path, long_form([("Dana", DANA), ("Dana - words", fine), ("Mo", MO)], points=2))
    assert said(path) == SAID
    told = [one.message for one in detect(path).parse(path) if isinstance(one, Notice)]
    assert any("“Dana - words”, “clicks”" in message for message in told)


def test_an_aligner_s_words_are_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    words: list[Interval] = [(0, 1, "what"), (1, 2, "broke?")]
    phones: list[Interval] = [(0, 1, "w"), (1, 2, "ah")]
    path = write(tmp_path, long_form([("Dana - words", words), ("Dana - phones", phones)]))
    assert said(path) == [("Dana", 0.0, "what broke?")]


def test_the_only_tier_names_nobody_if_it_is_called_a_transcript(tmp_path: Path) -> None:
    assert {who for who, _, _ in said(write(tmp_path, long_form([("transcript", DANA)])))} == {""}
    assert {who for who, _, _ in said(write(tmp_path, long_form([("Dana", DANA)])))} == {"Dana"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (long_form([("Dana", DANA)])[:400], "cut or broken"),
        ("ooBinaryFile\x08TextGrid", "Save as text file"),
        (long_form([("Dana", [(0, 9, "")])]), "no interval"),
        (long_form([("Dana", DANA)]).replace("size = 1", "size = 999999"), "cut or broken"),
    ],
)
def test_what_is_no_whole_textgrid_is_refused_with_what_to_do(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=words):
        list(detect(path).parse(path))


def test_its_ending_is_no_part_of_the_interview_s_name(tmp_path: Path) -> None:
    path = tmp_path / "Interview 7.TextGrid"
    path.write_text(long_form([("Dana", DANA), ("Mo", MO)]), encoding="utf-8")
    source = next(iter(detect(path).parse(path)))
    assert (source.interview, source.title) == ("7", "Interview 7")  # type: ignore[union-attr]
