"""Pages of a PDF that begin or end alike: what somebody says there is no head of the page."""

from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from tests.unit.test_transcript_kinds import turns


def printed(path: Path, pages: list[list[str]], head: str = "") -> Path:
    """A PDF with one line for each text, from the same place of each page."""
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    for page in pages:
        sheet.setFont("Times-Roman", 11)
        if head:
            sheet.drawString(72, 810, head)
        for n, line in enumerate(page):
            sheet.drawString(72, 770 - 22 * n, line)
        sheet.showPage()
    sheet.save()
    return path


def talk(page: int, first: str, second: str = "Participant: The {n} was late.") -> list[str]:
    words = ("pump", "meter", "valve", "plan")
    lines = [first, second.format(n=words[page])]
    for n in range(8):
        lines.append(f"Interviewer: And what of {words[(n + page) % 4]} {page}{n}?")
        lines.append(f"Participant: The {words[n % 4]} of day {page}{n} was late.")
    return lines


@pytest.mark.parametrize(
    "firsts",
    [
        ["Interviewer: Okay.", "Interviewer: Okay."],
        ["Interviewer: Question 1: what of it?", "Interviewer: Question 2: what of it?"],
        ["Interviewer: Okay.", "Interviewer: Okay.", "Interviewer: Okay."],
    ],
)
def test_the_same_question_at_the_top_of_pages_is_said(tmp_path: Path, firsts: list[str]) -> None:
    pages = [talk(n, first) for n, first in enumerate(firsts)]
    got = turns(printed(tmp_path / "a.pdf", pages))
    assert [(t.speaker, t.text) for t in got] == [
        tuple(line.split(": ", 1)) for page in pages for line in page
    ]


def test_who_asks_only_at_the_top_of_pages_is_not_lost(tmp_path: Path) -> None:
    pages = [
        [f"Interviewer: Question {n}: what then?", *(f"Participant: Day {n}{m} was late." for m in range(9))]
        for n in (1, 2, 3)
    ]
    got = turns(printed(tmp_path / "a.pdf", pages))
    assert [t.text for t in got if t.speaker == "Interviewer"] == [
        f"Question {n}: what then?" for n in (1, 2, 3)
    ]


def test_labels_on_a_line_of_their_own_at_the_top_of_pages_are_kept(tmp_path: Path) -> None:
    pages = []
    for page in range(3):
        lines = []
        for n in range(8):
            lines += [
                "DANA FIELD",
                "And then?" if not n else f"What of day {page}{n}?",
                "MO LAKE",
                f"Day {page}{n} was late.",
            ]
        pages.append(lines)
    got = turns(printed(tmp_path / "a.pdf", pages))
    assert [t.speaker for t in got] == ["DANA FIELD", "MO LAKE"] * 24
    assert [t.text for t in got].count("And then?") == 3


def test_a_head_with_a_label_on_every_page_stays_a_head(tmp_path: Path) -> None:
    pages = [talk(n, f"Interviewer: And day {n * 7}, how was that?") for n in range(2)]
    got = turns(printed(tmp_path / "a.pdf", pages, head="Interviewer: Dana Field"))
    assert len(got) == sum(map(len, pages))
    assert not any("Dana" in t.text for t in got)
