"""PNG: the PDF page, rasterised by pdfium (BSD, Apache-2.0)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2

from kb.figure.draw import compose
from kb.figure.options import FigureOptions, Notify
from kb.figure.pdf import document
from kb.graph import Subgraph
from kb.text.files import write_file


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the figure as a PNG file of `options.dpi` dots an inch."""
    write_file(path, raster(document([compose(graph, options, notify)], notify), options.dpi))


def raster(pdf: bytes, dpi: int) -> bytes:
    """The first page of a PDF document as a PNG file of `dpi` dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=dpi / 72).to_pil()
    finally:
        document.close()
    buffer = BytesIO()
    image.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()
