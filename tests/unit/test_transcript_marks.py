"""Marks of other writers around labels and words: escapes, tags, frames, a colon too many, a wrong sign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Turn
from loaders import delve_text, transcript, whisper

SAID = [
    ("Rana", 3.0, "What broke first?"),
    ("Theo", 9.0, "The ovens, at night."),
    ("Rana", 15.0, "Why?"),
    ("Theo", 21.0, "Nobody had looked at the logs."),
]


def read(folder: Path, text: str, ending: str = ".txt") -> list[Turn]:
    path = folder / f"Interview 77{ending}"
    path.write_text(text, encoding="utf-8")
    return [record for record in transcript.parse(path) if isinstance(record, Turn)]


def written(form: str) -> str:
    return "".join(
        form.format(who=who, time=f"0:{int(at):02}", s=int(at), e=int(at) + 4, words=words)
        for who, at, words in SAID
    )


@pytest.mark.parametrize(
    ("form", "ending", "timed"),
    [
        ("**{who}:** \\[{time}\\] {words}\n\n", ".md", True),
        ("{who}: \\[{time}\\] {words}\n", ".txt", True),
        ("**{who}**\\: {words}\\\n\n", ".md", False),
        ("**{who}:** {words}<br>\n", ".md", False),
        ("**{who}** ({time}): {words}\n\n", ".md", True),
        ("**{who}** `{time}`\n\n{words}\n\n", ".md", True),
        ("<b>{who}:</b> {words}<br/>\n", ".txt", False),
        ("<strong>{who}</strong>: {words}\n", ".txt", False),
        ("{who}:: {words}\n", ".txt", False),
        ("00;00;{s:02};12 - 00;00;{e:02};01\n{who}\n{words}\n\n", ".txt", True),
    ],
)
def test_marks_of_the_writer_are_no_words(tmp_path: Path, form: str, ending: str, timed: bool) -> None:
    turns = read(tmp_path, written(form), ending)
    assert [
        (t.speaker, t.start if timed else at, t.text) for t, (_, at, _) in zip(turns, SAID, strict=True)
    ] == SAID


def test_a_backslash_that_somebody_types_stays(tmp_path: Path) -> None:
    text = "Rana: Where is it?\nTheo: In C:\\_data and on \\\\share\\[old].\nRana: Why?\nTheo: Habit.\n"
    assert read(tmp_path, text)[1].text == "In C:\\_data and on \\\\share\\[old]."


def test_signs_in_the_words_stay(tmp_path: Path) -> None:
    text = (
        "Rana: Is a<b>c a rule?\nTheo: I saw `0:05 x` and 12;30;00;11 there; yes.\n"
        "Rana: So?\nTheo: :) fine.\n"
    )
    assert [t.text for t in read(tmp_path, text)] == [
        "Is a<b>c a rule?",
        "I saw `0:05 x` and 12;30;00;11 there; yes.",
        "So?",
        ":) fine.",
    ]


@pytest.mark.parametrize(
    "broken", ["I; Who looked?", "l: Who looked?", "Rana; Who looked?", "Rana?: Who looked?"]
)
def test_a_label_with_a_wrong_sign_after_the_longest_line_is_nobodys(tmp_path: Path, broken: str) -> None:
    asks = "Rana" if broken.startswith("Rana") else "I"
    long = "P: The ovens, since the night shift had no access to the logs of them."
    text = f"{asks}: What broke?\n{long}\n{broken}\nP: My boss.\n{asks}: And then?\nP: We fixed it.\n"
    turns = read(tmp_path, text)
    assert ("P", long[3:]) in [(t.speaker, t.text) for t in turns]
    assert ("", broken) in [(t.speaker, t.text) for t in turns]


def test_a_recognizers_segment_is_cut_where_the_speaker_changes(tmp_path: Path) -> None:
    def word(text: str, at: float, who: str | None) -> dict[str, object]:
        return {"word": text, "start": at, "end": at + 0.5} | ({"speaker": who} if who else {})

    said = [word("What", 0, "A"), word("broke?", 1, "A"), word("Oven", 2, "B"), word("9.", 3, None)]
    other = [word("Why?", 8, "A"), word("Heat.", 9, "B")]
    segments = [
        {"start": 0, "end": 4, "text": " What broke? Oven 9.", "speaker": "A", "words": said},
        {"start": 8, "end": 10, "text": "Why? The heat.", "speaker": "A", "words": other},
        {"start": 11, "end": 12, "text": "Right.", "speaker": "A", "words": [word("Right.", 11, "A")]},
    ]
    path = tmp_path / "Interview 77.json"
    path.write_text(json.dumps({"segments": segments}), encoding="utf-8")
    turns = [record for record in whisper.parse(path) if isinstance(record, Turn)]
    assert [(t.speaker, t.start, t.text) for t in turns] == [
        ("A", 0.0, "What broke?"),
        ("B", 2.0, "Oven 9."),
        ("", 8.0, "Why? The heat."),  # the words are not the text: nobody can tell who says which
        ("A", 11.0, "Right."),
    ]


@pytest.mark.parametrize("name", ["Mo?", "+1 202 555 0101"])
def test_answers_under_a_heading_that_looks_like_no_name_are_not_the_interviewers(
    tmp_path: Path, name: str
) -> None:
    text = "".join(f"### Interviewer\n\nQuestion {n}, why?\n\n### {name}\n\nAnswer {n}.\n\n" for n in (1, 2))
    path = tmp_path / "Interview 77.md"
    path.write_text(text, encoding="utf-8")
    assert not delve_text.detect(path)
    with pytest.raises(InputError, match="--interviewee"):
        list(transcript.parse(path))
    turns = [t for t in transcript.parse(path, ["Interviewer"], [name]) if isinstance(t, Turn)]
    assert [(t.speaker, t.text) for t in turns] == [
        ("Interviewer", "Question 1, why?"),
        (name, "Answer 1."),
        ("Interviewer", "Question 2, why?"),
        (name, "Answer 2."),
    ]


PASTED = [
    ("<p>{who}: {words}</p>\n", ""),
    ('<p class="c1"><strong>{who}:</strong> <span>{words}</span></p>', ""),
    ("<div><b>{who}</b>: {words}</div>\n", ""),
    ("<p>{who}:<br>{words}</p>\n", ""),
    ("{who}: {words}<br>", ""),
    ("{who}: {words}<br />", "<br>"),
    ("**{who}:** {words} <br> ", ""),
    ("{who}\\: {words}\n\n", ""),
    ("\\*\\*{who}\\*\\*: {words}\n", ""),
]


@pytest.mark.parametrize(("form", "end"), PASTED)
@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_tags_and_escapes_of_what_was_pasted_are_no_words(
    tmp_path: Path, form: str, end: str, ending: str
) -> None:
    form = form.replace("{who}\\*\\*:", "{who}\\*\\*\\:")
    turns = read(tmp_path, written(form) + end, ending)
    assert [(t.speaker, t.text) for t in turns] == [(who, words) for who, _, words in SAID]


def test_a_break_within_what_one_says_begins_a_paragraph_of_theirs(tmp_path: Path) -> None:
    text = "Rana: Why?<br>Theo: It broke.<br>And nobody came.<br>Rana: Nobody?<br>Theo: Not one.\n"
    assert [(t.speaker, t.text) for t in read(tmp_path, text)] == [
        ("Rana", "Why?"),
        ("Theo", "It broke."),
        ("Theo", "And nobody came."),
        ("Rana", "Nobody?"),
        ("Theo", "Not one."),
    ]


def test_who_speaks_of_tags_is_quoted_whole(tmp_path: Path) -> None:
    text = (
        "Rana: What did you type?\nTheo: I typed <br> and then a <p> and an &amp; there.\n"
        "Rana: And <i>then</i>?\nTheo: A <br> again and it was gone.\n"
    )
    assert [t.text for t in read(tmp_path, text)] == [line.partition(": ")[2] for line in text.splitlines()]


def test_signs_written_for_html_are_read_as_the_signs(tmp_path: Path) -> None:
    text = "<p>Rana: Salt &amp; sand?</p><p>Theo: 3 &lt; 4, I&#39;d say.</p><p>Rana: So?</p><p>Theo: So.</p>"
    assert [t.text for t in read(tmp_path, text)] == ["Salt & sand?", "3 < 4, I'd say.", "So?", "So."]


def test_breaks_in_the_cells_of_a_table_end_no_row(tmp_path: Path) -> None:
    text = (
        "| Who | Words |\n|---|---|\n| Rana | Why?<br>Why then? |\n"
        "| Theo | It broke. |\n| Rana | So?<br>So. |\n| Theo | No. |\n"
    )
    assert [(t.speaker, t.text) for t in read(tmp_path, text)] == [
        ("Rana", "Why? Why then?"),
        ("Theo", "It broke."),
        ("Rana", "So? So."),
        ("Theo", "No."),
    ]


def test_a_whole_page_says_nothing_by_its_tags(tmp_path: Path) -> None:
    body = "".join(f"<p>{who}: {words}</p>\n" for who, _, words in SAID)
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="x"/><title>Talk</title></head>\n<body>\n'
    turns = read(tmp_path, f"{head}<h1>Talk</h1>\n{body}</body>\n</html>\n")
    assert [(t.speaker, t.text) for t in turns if t.speaker] == [(who, words) for who, _, words in SAID]
    assert not any("<" in t.text for t in turns)
