"""PDFs of transcripts: cells over several lines, numbers in margins, letters that cannot be read."""

import io
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kb.errors import InputError
from tests.unit.test_transcript_kinds import Said, said, turns

_FONTS = Path(reportlab.__file__).parent / "fonts"
_SIZE, _PITCH = 10, 12
QUESTIONS = [
    "What broke first, when the new pump came and nobody was there?",
    "Why was that?",
    "And then what did you all do about it, day by day?",
]
ANSWERS = [
    "The gearbox, I think, but it took us three weeks to see that it was so.",
    "Water in the oil.",
    "We put in a new seal and waited for the fitter, who came late.",
]


def talk(one: str, other: str) -> Said:
    pairs = list(zip(QUESTIONS, ANSWERS, strict=True)) * 2
    return [line for asked, answered in pairs for line in ((one, asked), (other, answered))]


def wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pdfmetrics.stringWidth(longer, "Words", _SIZE) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Sheet:
    """Small pages, written from top to bottom, perhaps with the numbers of the lines in a margin."""

    def __init__(self, numbers: float | None = None, every: int = 1) -> None:
        for name, file in (("Words", "Vera.ttf"), ("Labels", "VeraBd.ttf")):
            pdfmetrics.registerFont(TTFont(name, _FONTS / file))
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=(400, 300), pageCompression=0)
        self._y = 260.0
        self._numbers, self._every, self._count = numbers, every, 0

    def line(self, *cells: tuple[float, str], hidden: str = "", label: int = 0) -> None:
        """Cells side by side; letters of the label (its length) that are hidden are set in another font."""
        if self._y < 30:
            self._canvas.showPage()
            self._y = 260.0
        for left, text in cells:
            x = left
            for n, letter in enumerate(text):
                font = "Labels" if n < label and letter in hidden else "Words"
                self._canvas.setFont(font, _SIZE)
                self._canvas.drawString(x, self._y, letter)
                x += pdfmetrics.stringWidth(letter, font, _SIZE)
        self._count += 1
        if self._numbers and self._count % self._every == 0:
            self._canvas.setFont("Words", _SIZE)
            self._canvas.drawRightString(self._numbers, self._y, str(self._count))
        self._y -= _PITCH

    def gap(self, points: float) -> None:
        self._y -= points

    def save(self, folder: Path, hidden: str = "") -> Path:
        self._canvas.save()
        data = self._out.getvalue()
        for letter in hidden:  # the file says no more which letter of the one font that is
            at = data.index(b"begincmap", data.index(b"(AAAAAA+BitstreamVeraSans-Bold)") - 200)
            entry = b"<%02X> <%04X>" % (ord(letter), ord(letter))
            data = data[:at] + data[at:].replace(entry, b"<%02X> <0000>" % ord(letter), 1)
        path = folder / "talk.pdf"
        path.write_bytes(data)
        return path


def table(folder: Path, lines: Said, gap: float) -> Path:
    sheet = Sheet()
    for label, words in lines:
        cells = [wrapped(label, 75), wrapped(words, 220)]
        for n in range(max(map(len, cells))):
            sheet.line(*((x, cell[n]) for x, cell in zip((50.0, 130.0), cells, strict=True) if n < len(cell)))
        sheet.gap(gap)
    return sheet.save(folder)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana", "Mo"),
        ("Interviewer Dana Field", "Participant Mo Lake"),
        ("Dana Field-Holm (researcher)", "Mo"),
    ],
)
def test_a_label_over_several_lines_of_its_cell_is_one_label(tmp_path: Path, one: str, other: str) -> None:
    assert said(table(tmp_path, talk(one, other), gap=9)) == talk(one, other)


def test_a_colon_ends_the_label_where_rows_are_no_farther_apart_than_lines(tmp_path: Path) -> None:
    one, other = "Interviewer Dana Field:", "Participant Mo Lake:"
    assert said(table(tmp_path, talk(one, other), gap=0)) == talk(one[:-1], other[:-1])


def test_where_nothing_tells_where_a_row_begins_the_table_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, talk("Interviewer Dana Field", "Participant Mo Lake"), gap=0)
    with pytest.raises(InputError, match="save the transcript as"):
        said(path)


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("margin", [40.0, 390.0])
def test_numbers_of_lines_in_a_margin_are_not_said(tmp_path: Path, margin: float, every: int) -> None:
    sheet = Sheet(margin, every)
    for label, words in talk("Dana", "Mo"):
        for line in wrapped(f"{label}: {words}", 280):
            sheet.line((60.0, line))
        sheet.gap(10)
    assert said(sheet.save(tmp_path)) == talk("Dana", "Mo")


def test_a_number_at_the_end_of_a_line_is_said(tmp_path: Path) -> None:
    lines = [(who, f"{words} {n * n + 30}") for n, (who, words) in enumerate(talk("Dana", "Mo"))]
    sheet = Sheet()
    for label, words in lines:
        for line in wrapped(f"{label}: {words}", 280):
            sheet.line((60.0, line))
        sheet.gap(10)
    assert said(sheet.save(tmp_path)) == lines


@pytest.mark.parametrize(
    ("one", "other", "hidden"), [("A1", "A2", "12"), ("Dana", "Dane", "ae"), ("I", "B", "B")]
)
def test_a_label_with_letters_that_cannot_be_read_is_nobody_s(
    tmp_path: Path, one: str, other: str, hidden: str
) -> None:
    sheet = Sheet()
    for label, words in talk(one, other):
        first, *rest = wrapped(f"{label}: {words}", 280)
        sheet.line((60.0, first), hidden=hidden, label=len(label))
        for line in rest:
            sheet.line((60.0, line))
        sheet.gap(10)
    path = sheet.save(tmp_path, hidden)
    try:
        found = turns(path)
    except InputError:
        return
    whole = {who for who in (one, other) if not set(hidden) & set(who)}
    assert {turn.speaker for turn in found} <= whole | {""}
