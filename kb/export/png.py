"""PNG: the PDF page, rasterised by pdfium (BSD, Apache-2.0)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2

from kb.export.figure import compose
from kb.export.files import write_file
from kb.export.options import FigureOptions, Notify
from kb.export.pdf import page
from kb.graph import Subgraph


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the figure as a PNG file of `options.dpi` dots an inch."""
    write_file(path, raster(page(compose(graph, options, notify), notify), options.dpi))


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
