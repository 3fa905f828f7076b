"""Makes PDFs with the geometry of Delve's print view as a browser saves it, from invented text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PX = 0.75  # CSS pixel in points
TITLE, TEXT, LABEL = 24 * PX, 14 * PX, 10.5 * PX
PITCH = 31 * PX
BLUE, BLACK, GREY = (0.29, 0.565, 0.886), (0.0, 0.0, 0.0), (0.933, 0.933, 0.933)
CREDIT = "Created with the Delve Qualitative Analysis Tool (http://www.delvetool.com)"
HELVETICA = ("Helvetica", "Helvetica-Bold")


def vera() -> tuple[str, str]:
    """An embedded TrueType font, with more letters than the PDF standard fonts have."""
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", folder / "Vera.ttf"))
    pdfmetrics.registerFont(TTFont("Vera-Bold", folder / "VeraBd.ttf"))
    return "Vera", "Vera-Bold"


@dataclass(frozen=True)
class Said:
    """One segment: `underlined` is the part of `text` that is coded."""

    text: str
    speaker: str = ""
    codes: Sequence[str] = ()
    underlined: str = ""


@dataclass
class DelvePrint:
    """What to print, and how; lengths in points, `scale` as in the browser's print dialogue."""

    said: Sequence[Said]
    title: str = "Interview 7 - Ada"
    date: str = "2024-01-05-"
    page: tuple[float, float] = LETTER
    scale: float = 1.0
    margin: float = 45.0
    fonts: tuple[str, str] = HELVETICA
    furniture: bool = True
    credit: str = CREDIT
    url: str = "https://app.delvetool.com/transcripts/12345/print"
    encrypt: str | None = None
    _pages: list[list[tuple]] = field(default_factory=list)
    _y: float = 0.0

    def save(self, path: Path) -> Path:
        """Write the PDF."""
        self._pages, self._y = [[]], self._top
        self._set(self.title, self.fonts[0], TITLE, TITLE)
        after = 20 * PX  # space that the last thing left below its baseline
        for said in self.said:
            after = self._segment(said, after)
        if self.credit:
            self._rule()
            for line, _ in self._wrapped(self.credit, self.fonts[0], TEXT):
                self._set(line, self.fonts[0], TEXT, PITCH)
        self._draw(path)
        return path

    @property
    def _top(self) -> float:
        return self.margin + 10

    @property
    def _width(self) -> float:
        return self.page[0] - 2 * self.margin

    def _segment(self, said: Said, after: float) -> float:
        lines = self._wrapped(said.text, self.fonts[0], TEXT)
        at = said.text.index(said.underlined) if said.underlined else 0
        first = after + 41 * PX
        if said.speaker:
            self._set(said.speaker, self.fonts[1], TEXT, after + 36 * PX)
            first = 25 * PX
        for nth, (line, start) in enumerate(lines):
            self._set(line, self.fonts[0], TEXT, first if nth == 0 else PITCH)
            begin, end = max(at - start, 0), min(at + len(said.underlined) - start, len(line))
            if said.underlined and begin < end:
                self._underline(line, begin, end)
        if said.codes:
            self._boxes(said.codes)
            return 0.0
        return 20 * PX

    def _set(self, text: str, font: str, size: float, down: float) -> None:
        self._advance(down, text_size=size)
        self._pages[-1].append(("text", text, self.margin, self._y, font, size * self.scale, BLACK))

    def _advance(self, down: float, text_size: float) -> None:
        self._y += down * self.scale
        if self._y + 0.3 * text_size * self.scale > self.page[1] - self.margin - 10:
            self._pages.append([])
            # Space above is swallowed at the page's top; the line keeps half its leading.
            self._y = self._top + 1.35 * text_size * self.scale

    def _underline(self, line: str, begin: int, end: int) -> None:
        size = TEXT * self.scale
        x0 = self.margin + pdfmetrics.stringWidth(line[:begin], self.fonts[0], size)
        x1 = self.margin + pdfmetrics.stringWidth(line[:end], self.fonts[0], size)
        self._pages[-1].append(("bar", x0, self._y + 0.2 * size, x1, 2 * PX * self.scale, BLUE))

    def _rule(self) -> None:
        self._advance(40 * PX, text_size=TEXT)
        self._pages[-1].append(("bar", self.margin, self._y, self.margin + self._width, PX, GREY))

    def _boxes(self, labels: Sequence[str]) -> None:
        """Rows of boxes; a box is never split, its label may be wrapped inside."""
        scale, pad, lead = self.scale, 7 * PX * self.scale, 12 * PX
        x, row = self.margin, 0
        for label in labels:
            lines = [line for line, _ in self._wrapped(label, self.fonts[0], LABEL, 2 * pad)]
            width = 2 * pad + max(
                pdfmetrics.stringWidth(line, self.fonts[0], LABEL * scale) for line in lines
            )
            height = (6 * PX + lead * len(lines)) * scale
            if row == 0 or x + width > self.margin + self._width:
                # `_y` is the baseline of the last line in a box
                self._advance((35 * PX if row == 0 else 20 * PX) + lead * (len(lines) - 1), text_size=TEXT)
                x, row = self.margin, row + 1
            top = self._y - height + 5 * PX * scale
            self._pages[-1].append(("box", x, top, width, height))
            for nth, line in enumerate(lines):
                y = self._y - lead * scale * (len(lines) - 1 - nth)
                self._pages[-1].append(("text", line, x + pad, y, self.fonts[0], LABEL * scale, BLACK))
            x += width + 14 * PX * scale

    def _wrapped(self, text: str, font: str, size: float, less: float = 0.0) -> list[tuple[str, int]]:
        """Lines as a browser breaks them (at blanks and after hyphens), each with its place in the text."""
        lines: list[tuple[str, int]] = []
        start = end = 0
        for piece in _pieces(text):
            line = text[start : piece.end()].strip()
            if end > start and pdfmetrics.stringWidth(line, font, size * self.scale) > self._width - less:
                lines.append((text[start:end].rstrip(), start))
                start = piece.start()
            end = piece.end()
        return [*lines, (text[start:end].rstrip(), start)]

    def _draw(self, path: Path) -> None:
        canvas = Canvas(str(path), pagesize=self.page, encrypt=self.encrypt)
        height = self.page[1]
        for number, things in enumerate(self._pages, 1):
            for kind, *what in [*things, *(self._furniture(number) if self.furniture else ())]:
                if kind == "text":
                    text, x, y, font, size, colour = what
                    canvas.setFillColorRGB(*colour)
                    canvas.setFont(font, size)
                    canvas.drawString(x, height - y, text)
                elif kind == "bar":
                    x0, y, x1, thick, colour = what
                    canvas.setFillColorRGB(*colour)
                    canvas.rect(x0, height - y - thick, x1 - x0, thick, stroke=0, fill=1)
                else:
                    x, y, width, tall = what
                    canvas.roundRect(x, height - y - tall, width, tall, 2 * self.scale, stroke=1, fill=0)
            canvas.showPage()
        canvas.save()

    def _furniture(self, number: int) -> Iterator[tuple]:
        font, bottom = self.fonts[0], self.page[1] - 16
        yield ("text", "1/5/24, 9:30 AM", 26.5, 22.0, font, 8.0, BLACK)
        yield ("text", self.date + self.title, self.page[0] / 2 - 20, 22.0, font, 8.0, BLACK)
        yield ("text", self.url, 26.5, bottom, font, 8.0, BLACK)
        yield ("text", f"{number}/{len(self._pages)}", self.page[0] - 50, bottom, font, 8.0, BLACK)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Parts that are never broken: words, and within words what a hyphen ends."""
    return re.finditer(r"\S+?-(?=[A-Za-z0-9])|\S+", text)
