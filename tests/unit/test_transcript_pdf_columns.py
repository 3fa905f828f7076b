"""A PDF printed in two columns is read down the first one, then down the second."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from textwrap import wrap

import pytest
from reportlab.pdfgen import canvas

from tests.unit.test_transcript_kinds import turns

WORDS = ("kiln", "damper", "glaze", "yard", "cart", "river", "gate", "stove", "clay", "wheel")
NIGHTS = ("frost", "rain", "snow", "fog")


def talk(count: int) -> list[tuple[str, str]]:
    """Turns that are all different."""
    said = []
    for n in range(count):
        a, b, night = WORDS[n % 10], WORDS[(n + 3) % 10], NIGHTS[n % 4]
        said.append(("Rana", f"Who saw the {a} first, in the night of {night}?"))
        said.append(
            ("Theo", f"The man at the {b} did, and told nobody of it till the {a} was cold in the {night}.")
        )
    return said


def printed(path: Path, said: list[tuple[str, str]], *, rows: int, step: float, title: str = "") -> Path:
    """The turns in two columns of so many rows, the second one `step` points lower than the first."""
    lines = [line for who, words in said for line in [*wrap(f"{who}: {words}", 38), ""]]
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    for page in range(0, len(lines), 2 * rows):
        sheet.setFont("Times-Roman", 11)
        if title and not page:
            sheet.drawString(60, 800, title)
        for column in (0, 1):
            top = 770 - step * column
            for n, line in enumerate(lines[page + column * rows : page + (column + 1) * rows]):
                sheet.drawString(60 + 250 * column, top - 14 * n, line)
        sheet.showPage()
    sheet.save()
    return path


@pytest.mark.parametrize("step", [0.0, 5.0])
@pytest.mark.parametrize(
    "title", ["", "What the men of the works had to say of the winter in which the kiln went out"]
)
def test_two_columns_are_read_one_below_the_other(tmp_path: Path, step: float, title: str) -> None:
    said = talk(20)
    got = [
        turn
        for turn in turns(printed(tmp_path / "a.pdf", said, rows=40, step=step, title=title))
        if turn.speaker
    ]
    joined = [
        (who, " ".join(turn.text for turn in group))
        for who, group in groupby(got, key=lambda turn: turn.speaker)
    ]
    assert joined == said


def test_a_table_of_labels_and_words_is_no_print_in_columns(tmp_path: Path) -> None:
    said = [(f"{who} of the Works", words.partition(",")[0] + ".") for who, words in talk(8)]
    sheet = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    sheet.setFont("Times-Roman", 11)
    for n, (who, words) in enumerate(said):
        sheet.drawString(60, 770 - 20 * n, who)
        sheet.drawString(220, 770 - 20 * n, words)
    sheet.showPage()
    sheet.save()
    assert [(turn.speaker, turn.text) for turn in turns(tmp_path / "a.pdf")] == said
