"""PDF tables whose labels stand at the foot or in the middle of their cells; columns with labels in one."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from textwrap import wrap

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from kb.errors import InputError
from tests.unit.test_transcript_kinds import turns

WORDS = ("kiln", "damper", "glaze", "yard", "cart", "river", "gate", "stove", "clay", "wheel")
NAMES = [("Rana", "Theo"), ("Interviewer:", "Interviewee:"), ("Dr. Zoë Feld", "T. Lake")]


def talk(names: tuple[str, str], count: int = 12) -> list[tuple[str, str]]:
    said = []
    for n in range(count):
        a, b = WORDS[n % 10], WORDS[(n + 3) % 10]
        said.append((names[0], f"Who saw the {a} first, in the night in which the river froze?"))
        more = f" And when we came back to the {b} there was nothing left but the ice." * (n % 4)
        said.append((names[1], f"The man at the {b} did, who told nobody of it till the {a} was cold.{more}"))
    return said


def flowed(path: Path, said: list[tuple[str, str]], place: str, pad: float) -> Path:
    """A table as a word processor prints it."""
    style = getSampleStyleSheet()["Normal"]
    rows = [[Paragraph(who, style), Paragraph(words, style)] for who, words in said]
    table = Table(rows, colWidths=[90, 300])
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), pad) for side in ("TOP", "BOTTOM")]
    table.setStyle([("VALIGN", (0, 0), (-1, -1), place), *padding])
    SimpleDocTemplate(str(path)).build([table])
    return path


def drawn(path: Path, said: list[tuple[str, str]], place: str, pad: float) -> Path:
    """A table with a far second column, line by line."""
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    y = 780.0
    for n, (who, words) in enumerate(said):
        lines = wrap(words, 46)
        if not n or y - 13 * len(lines) < 60:
            if n:
                sheet.showPage()
            sheet.setFont("Times-Roman", 11)
            y = 780.0
        for m, line in enumerate(lines):
            sheet.drawString(230, y - 13 * m, line)
        lower = 0.5 if place == "MIDDLE" else 1.0
        sheet.drawString(60, y - 13 * lower * (len(lines) - 1), who)
        y -= 13 * len(lines) + pad
    sheet.save()
    return path


def joined(path: Path) -> list[tuple[str, str]]:
    groups = groupby(turns(path), key=lambda turn: turn.speaker)
    return [(who, " ".join(turn.text for turn in group)) for who, group in groups]


@pytest.mark.parametrize("place", ["MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
@pytest.mark.parametrize("pad", [3.0, 6.0])
def test_words_above_a_label_in_its_cell_are_its_speakers(
    tmp_path: Path, place: str, names: tuple[str, str], pad: float
) -> None:
    said = talk(names)
    got = joined(flowed(tmp_path / "a.pdf", said, place, pad))
    assert got == [(who.rstrip(":"), words) for who, words in said]


@pytest.mark.parametrize("place", ["MIDDLE", "BOTTOM"])
def test_they_are_so_across_pages_and_far_columns(tmp_path: Path, place: str) -> None:
    said = talk(("Rana", "Theo"), 24)
    assert joined(drawn(tmp_path / "a.pdf", said, place, 8.0)) == said


@pytest.mark.parametrize("place", ["MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize("build", [flowed, drawn])
def test_rows_that_nothing_parts_are_refused_with_what_helps(
    tmp_path: Path, place: str, colon: str, build: object
) -> None:
    path = build(tmp_path / "a.pdf", talk((f"Rana{colon}", f"Theo{colon}")), place, 0.0)  # type: ignore[operator]
    with pytest.raises(InputError, match=r"in the middle of their cells.* save the transcript as \.docx"):
        joined(path)


def test_a_label_that_a_pages_head_seems_to_cut_is_nobody_elses(tmp_path: Path) -> None:
    said = talk(("Frau Dr. Zoë Feld", "T. Lake"))
    with pytest.raises(InputError, match=r"save the transcript as \.docx"):
        joined(flowed(tmp_path / "a.pdf", said, "BOTTOM", 3.0))


@pytest.mark.parametrize("pad", [0.0, 3.0, 6.0])
def test_labels_at_the_top_are_read_as_before(tmp_path: Path, pad: float) -> None:
    said = talk(("Rana:", "Theo:"))
    got = joined(flowed(tmp_path / "a.pdf", said, "TOP", pad))
    assert got == [(who.rstrip(":"), words) for who, words in said]


def columns(path: Path, first: list[str], second: list[str]) -> Path:
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    sheet.setFont("Times-Roman", 11)
    for x, side in ((60, first), (310, second)):
        for n, line in enumerate(side):
            sheet.drawString(x, 770 - 14 * n, line)
    sheet.save()
    return path


@pytest.mark.parametrize("swap", [False, True])
def test_columns_of_which_one_has_labels_are_refused_with_what_helps(tmp_path: Path, swap: bool) -> None:
    said = [f"{who}: {words}" for who, words in talk(("Rana", "Theo"), 6)]
    first = [line for one in said for line in wrap(one, 38)]
    second = wrap(" ".join(words for _, words in talk(("", ""), 6)), 38)
    sides = (second, first) if swap else (first, second)
    path = columns(tmp_path / "a.pdf", sides[0][:40], sides[1][:40])
    with pytest.raises(InputError, match=r"only one of them has labels.* save the transcript as \.docx"):
        joined(path)


def test_numbers_between_the_lines_are_no_labels_of_cells(tmp_path: Path) -> None:
    said = [f"{who}: {words}" for who, words in talk(("Rana", "Theo"), 6)]
    sheet = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    sheet.setFont("Times-Roman", 11)
    for n, line in enumerate(line for one in said for line in wrap(one, 60)):
        sheet.drawString(120, 790 - 14 * n, line)
        sheet.drawString(60, 783 - 14 * n, str(n + 1))
    sheet.save()
    assert {turn.speaker for turn in turns(tmp_path / "a.pdf")} >= {"Rana", "Theo"}
