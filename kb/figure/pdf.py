"""PDF: fonts embedded, text as text, by reportlab (BSD)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from kb.errors import ExportError
from kb.figure.draw import compose
from kb.figure.fonts import MISSING_ADVANCE, Face, Run, run_width
from kb.figure.options import FigureOptions, Notify
from kb.figure.pages import by_category
from kb.figure.scene import Line, Scene, Shape
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.words import plural


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the figure as one PDF page of its own size, or a page for each category."""
    figures = by_category(graph, options) if options.pages else [(graph, options)]
    write_file(path, document([compose(part, each, notify) for part, each in figures], notify))


def document(scenes: Sequence[Scene], notify: Notify) -> bytes:
    """Figures as a PDF document, a page each, the same bytes for the same figures.

    Tells through `notify` which letters no font has.
    """
    scene = scenes[0]
    buffer = BytesIO()
    # invariant: no dates and no random ids in the file.
    canvas = Canvas(
        buffer,
        pagesize=(scene.width, scene.height),
        invariant=1,
        pageCompression=1,
        # Else reportlab starts the page in Helvetica, which it does not embed, and publishers refuse.
        initialFontName=_font(scene.typeface.faces[0]),
    )
    canvas.setTitle(scene.title)
    canvas.setSubject(scene.about)
    canvas.setCreator("kb")
    for scene in scenes:
        _page(canvas, scene)
    if missing := {letter for scene in scenes for letter in scene.typeface.missing}:
        notify(
            f"The figure's fonts lack {plural(len(missing), 'letter')} ({' '.join(sorted(missing)[:8])}); "
            "name a TrueType font that has them."
        )
    canvas.save()
    return buffer.getvalue()


def _page(canvas: Any, scene: Scene) -> None:
    canvas.setPageSize((scene.width, scene.height))
    canvas.setFillColor(HexColor(scene.paper))
    canvas.rect(0, 0, scene.width, scene.height, stroke=0, fill=1)
    for group in scene.groups:
        for item in group.items:
            if isinstance(item, Line):
                _line(canvas, item, scene)
            else:
                _shape(canvas, item, scene.height)
    canvas.showPage()


def _shape(canvas: Any, shape: Shape, height: float) -> None:
    path = canvas.beginPath()
    for name, *values in shape.commands:
        points = [height - float(v) if i % 2 else float(v) for i, v in enumerate(values)]
        {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[str(name)](*points)
    canvas.setLineWidth(shape.width)
    canvas.setDash(*([list(shape.dashes)] if shape.dashes else []))
    if shape.stroke:
        canvas.setStrokeColor(HexColor(shape.stroke))
    if shape.fill:
        canvas.setFillColor(HexColor(shape.fill))
    canvas.drawPath(path, stroke=int(bool(shape.stroke)), fill=int(bool(shape.fill)))


def _line(canvas: Any, line: Line, scene: Scene) -> None:
    runs = scene.typeface.runs(line.text, line.bold)
    x = line.x
    if line.anchor == "middle":
        x -= line.size * sum(map(run_width, runs)) / 2
    for run in runs:
        if run.face is None:
            _missing(canvas, run, x, scene.height - line.y, line)
        else:
            canvas.setFillColor(HexColor(line.colour))
            canvas.setFont(_font(run.face), line.size)
            canvas.drawString(x, scene.height - line.y, run.text)
        x += line.size * run_width(run)


def _missing(canvas: Any, run: Run, x: float, y: float, line: Line) -> None:
    """An empty box for each letter that no font has."""
    canvas.setStrokeColor(HexColor(line.colour))
    canvas.setLineWidth(0.4)
    canvas.setDash()
    for i in range(len(run.text)):
        left = x + line.size * (MISSING_ADVANCE * i + 0.12)
        canvas.rect(left, y, line.size * (MISSING_ADVANCE - 0.24), line.size * 0.68, stroke=1, fill=0)


def _font(face: Face) -> str:
    """The face's name in reportlab's registry, where it is put at first use."""
    name = f"kb-{face.path.stem}"
    if name not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(TTFont(name, str(face.path)))
        except TTFError as error:
            raise ExportError(f"{face.path} cannot be embedded in a PDF; give another .ttf file.") from error
    return name
