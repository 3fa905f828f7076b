"""The invented interview in word processors' files and PDFs; see `tests.unit.transcript_forms`."""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path

from tests.unit.transcript_forms import FORMS, File, Talk, Turn, _flat, clock, form


def _docx(build) -> bytes:  # type: ignore[no-untyped-def]
    import docx

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@form
def docx_plain(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        for turn in talk.turns:
            document.add_paragraph(f"{talk.roles[turn.who]}: {turn.paras[0]}")
            for para in turn.paras[1:]:
                document.add_paragraph(para)

    return File("a.docx", _docx(build), talk.roles, roles=True)


@form
def docx_bold_label_in_runs(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        for turn in talk.turns:
            paragraph = document.add_paragraph()
            for part in (talk.names[turn.who][:3], talk.names[turn.who][3:], ":"):
                paragraph.add_run(part).bold = True
            paragraph.add_run(f" {turn.paras[0]}")
            for para in turn.paras[1:]:
                document.add_paragraph(para)

    return File("a.docx", _docx(build), talk.names)


@form
def docx_teams(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_paragraph("Pump project-20260105_133555-Meeting Recording")
        document.add_paragraph("January 5, 2026, 1:35PM\n27m 42s")
        document.add_paragraph(f"{talk.names[0]} started transcription")
        for turn in talk.turns:
            paragraph = document.add_paragraph()
            paragraph.add_run(talk.names[turn.who]).bold = True
            paragraph.add_run(f"   {clock(turn.start, 'm:s')}")
            for para in turn.paras:
                paragraph.add_run().add_break()
                paragraph.add_run(para)
        document.add_paragraph(f"{talk.names[0]} stopped transcription")

    return File("a.docx", _docx(build), talk.names, starts=True)


@form
def docx_bold_own_line(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_heading("Pump project", 1)
        for turn in talk.turns:
            document.add_paragraph().add_run(talk.names[turn.who]).bold = True
            for para in turn.paras:
                document.add_paragraph(para)

    return File("a.docx", _docx(build), talk.names)


@form
def docx_heading_style(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        for turn in talk.turns:
            document.add_heading(talk.names[turn.who], 2)
            for para in turn.paras:
                document.add_paragraph(para)

    return File("a.docx", _docx(build), talk.names)


@form
def docx_word_transcribe(talk: Talk) -> File:
    labels = ("Speaker 1", "Speaker 2")

    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_heading("Audio file", 2)
        document.add_paragraph("interview.mp3")
        document.add_heading("Transcript", 2)
        for turn in talk.turns:
            document.add_paragraph(f"{clock(turn.start)} {labels[turn.who]}")
            for para in turn.paras:
                document.add_paragraph(para)

    return File("a.docx", _docx(build), labels, starts=True)


@form
def docx_table(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        table = document.add_table(rows=0, cols=3)
        for turn in talk.turns:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = clock(turn.start), talk.names[turn.who]
            cells[2].text = "\n".join(turn.paras)

    return File("a.docx", _docx(build), talk.names, starts=True)


@form
def docx_table_of_two_columns(talk: Talk) -> File:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        table = document.add_table(rows=0, cols=2)
        for turn in _flat(talk).turns:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = talk.names[turn.who], turn.paras[0]

    return File("a.docx", _docx(build), talk.names)


_ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles><style:style style:name="T1" '
    'style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def odt(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _ODT.format(body))
    return out.getvalue()


@form
def odt_plain(talk: Talk) -> File:
    lines = []
    for turn in talk.turns:
        lines.append(f"<text:p>{escape(talk.roles[turn.who])}:<text:s/>{escape(turn.paras[0])}</text:p>")
        lines += [f"<text:p>{escape(para)}</text:p>" for para in turn.paras[1:]]
    return File("a.odt", odt("".join(lines)), talk.roles, roles=True)


@form
def odt_bold_and_breaks(talk: Talk) -> File:
    def one(turn: Turn) -> str:
        label = f'<text:span text:style-name="T1">{escape(talk.names[turn.who])}</text:span>'
        return (
            f"<text:p>{label}<text:line-break/>{'<text:line-break/>'.join(map(escape, turn.paras))}</text:p>"
        )

    return File("a.odt", odt("".join(map(one, talk.turns))), talk.names)


@form
def rtf_plain(talk: Talk) -> File:
    def coded(text: str) -> str:
        return "".join(
            c if ord(c) < 128 and c not in "\\{}" else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?"
            for c in text
        )

    lines = []
    for turn in talk.turns:
        lines.append(f"{{\\b {coded(talk.names[turn.who])}:}} {coded(turn.paras[0])}\\par")
        lines += [f"{coded(para)}\\par" for para in turn.paras[1:]]
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24\n"
    return File("a.rtf", (head + "\n".join(lines) + "}").encode("ascii"), talk.names)


def _pdf(paras: list[list[tuple[str, str]]], *, header: str, width: float = 300) -> bytes:
    """Paragraphs of (font, text) parts, wrapped, on small pages with a header and a number."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("NRegular", "Vera.ttf"), ("NBold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, Path(reportlab.__file__).parent / "fonts" / file))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    page, y = 1, 0.0

    def begin() -> None:
        nonlocal y
        canvas.setFont("NRegular", 9)
        canvas.drawString(50, 280, header)
        canvas.drawString(195, 15, str(page))
        y = 250.0

    begin()
    for parts in paras:
        words = [(font, word) for font, text in parts for word in text.split(" ")]
        x = 50.0
        if y < 60:
            canvas.showPage()
            page += 1
            begin()
        for font, word in words:
            size = pdfmetrics.stringWidth(word, font, 11)
            if x > 50 and x + size > 50 + width:
                x, y = 50.0, y - 14
                if y < 40:
                    canvas.showPage()
                    page += 1
                    begin()
            canvas.setFont(font, 11)
            canvas.drawString(x, y, word)
            x += size + pdfmetrics.stringWidth(" ", font, 11)
        y -= 26
    canvas.save()
    return out.getvalue()


_PRINTED = frozenset({"en", "de", "fr", "es", "it", "pt", "nl"})  # those the font has letters for


@form
def pdf_of_word(talk: Talk) -> File | None:
    if talk.language not in _PRINTED:
        return None
    paras = []
    for turn in talk.turns:
        paras.append([("NBold", f"{talk.names[turn.who]}:"), ("NRegular", turn.paras[0])])
        paras += [[("NRegular", para)] for para in turn.paras[1:]]
    return File("a.pdf", _pdf(paras, header="Pump project, interview 7"), talk.names)


@form
def pdf_of_maxqda(talk: Talk) -> File | None:
    if talk.language not in _PRINTED:
        return None
    paras = []
    number = 1
    for turn in talk.turns:
        for n, para in enumerate(turn.paras):
            label = f"{talk.roles[turn.who]}: " if n == 0 else ""
            paras.append([("NRegular", f"{number} {label}{para}")])
            number += 1
    return File("a.pdf", _pdf(paras, header="Pump project, interview 7"), talk.roles, roles=True)


__all__ = ["FORMS", "odt"]
