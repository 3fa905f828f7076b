"""What programs write around the words: ends of pages, of lines, deleted text, other captions."""

from pathlib import Path

import docx
import pytest

from loaders import detect
from tests.unit.test_transcript_kinds import said, told, write

WORDS = (
    "How did it go?",
    "Badly at first.",
    "And then?",
    "The valve broke, and nobody in the whole plant saw it for weeks.",
    "Who noticed?",
    "A fitter did.",
)


@pytest.mark.parametrize(
    ("layout", "sep"),
    [
        ("{s}  0:{t:02d}\n{x}", "\n\n"),
        ("{s}: {x}", "\n"),
        ("{s}\t{x}", "\n"),
        ("[{s}] {x}", "\n"),
        ("DANA FIELD\n{x}", "\n\n"),
    ],
)
def test_the_end_of_a_page_hides_no_label(tmp_path: Path, layout: str, sep: str) -> None:
    rows = []
    for n, words in enumerate(WORDS):
        who = ("Dana Field", "Mo Lake")[n % 2]
        rows.append(layout.replace("DANA FIELD", who.upper()).format(s=who, t=n * 5, x=words))
    rows[4] = "\f" + rows[4]
    got = said(write(tmp_path, sep.join(rows) + "\n"))
    assert [who.title() for who, _ in got] == ["Dana Field", "Mo Lake"] * 3
    assert [words for _, words in got] == list(WORDS)


def test_lines_that_end_twice_give_no_numbers_of_captions(tmp_path: Path) -> None:
    cues = [
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{('Dana', 'Mo')[n % 2]}: {words}\n"
        for n, words in enumerate(WORDS, 1)
    ]
    path = tmp_path / "a.srt"
    path.write_bytes("\n".join(cues).replace("\n", "\r\r\n").encode())
    assert [words for _, words in said(path)] == list(WORDS)


def test_deleted_text_of_rtf_is_not_said(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(
        r"{\rtf1\ansi Ana: How was {\deleted\revauthdel1 the old }it?\par Ben: Bad.\par "
        r"Ana: Why?\par Ben: \deleted Never mind. \deleted0 The valve.\par}"
    )
    assert said(path) == [("Ana", "How was it?"), ("Ben", "Bad."), ("Ana", "Why?"), ("Ben", "The valve.")]


@pytest.mark.parametrize(
    "form", ["{{\\v {0}}}", "\\v {0}\\v0 ", "{{\\b\\v1 {0}}}", "\\v {{\\i {0}}}\\plain "]
)
@pytest.mark.parametrize("secret", ["of Elm Street ", "(called M\\'fcller) "])
def test_hidden_text_of_rtf_is_left_out_and_told(tmp_path: Path, form: str, secret: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252{\stylesheet{\s1\v Unseen;}}Ana: How was it?\par Ben: A man "
        + form.format(secret)
        + r"came.\par Ana: Why?\par "
        + form.format(r"Ben: Never.\par ")
        + r"Ben: The \'fcber-valve.\par}"
    )
    assert said(path) == [
        ("Ana", "How was it?"),
        ("Ben", "A man came."),
        ("Ana", "Why?"),
        ("Ben", "The über-valve."),
    ]
    assert "hidden text was left out: 2" in told(path)
    assert "Müller" in told(path) or "Elm Street" in told(path)
    assert "Unseen" not in told(path)


def test_two_turns_with_a_hidden_end_between_them_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(
        r"{\rtf1\ansi Ana: How?\par Ben: Bad.{\v  So bad.\par }Ana: Why?\par Ben: The valve.\par}"
    )
    assert said(path) == [("Ana", "How?"), ("Ben", "Bad."), ("Ana", "Why?"), ("Ben", "The valve.")]


def test_hidden_text_of_word_is_left_out_and_told(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Ana: How was it?", "Ben: Bad.", "Ana: Why?", "Ben: The valve."):
        paragraph = document.add_paragraph(line)
        hidden = paragraph.add_run(" Elm Street.")
        hidden.font.hidden = line.startswith("Ben: Bad")
        if line.endswith("?"):
            paragraph.add_run(" Well?").font.hidden = False
    document.save(tmp_path / "a.docx")
    assert said(tmp_path / "a.docx")[1] == ("Ben", "Bad.")
    assert said(tmp_path / "a.docx")[3] == ("Ben", "The valve. Elm Street.")
    assert "hidden text was left out: 1 (“Elm Street.”)" in told(tmp_path / "a.docx")


def test_captions_of_another_format_are_no_transcript(tmp_path: Path) -> None:
    lines = [f"Dialogue: 0,0:00:0{n}.00,0:00:0{n}.90,Default,Dana,0,0,0,,{w}" for n, w in enumerate(WORDS)]
    path = write(tmp_path, "[Events]\nFormat: Layer, Start, End\n" + "\n".join(lines) + "\n", "a.ass")
    with pytest.raises(Exception, match=r"save the captions as \.vtt or \.srt"):
        list(detect(path).parse(path))
