"""What reading a Delve print costs beside PDFium alone: a ratio, measured side by side.

Run: ``python benchmarks/read_pdf.py [FILE.pdf …]``; without files the prints in ``../shared`` are read.
For each file, taking turns in one process: PDFium's every letter with its box, type size and weight by the
wrapper's plain calls; its plain text; the pages as kb reads them (`loaders._delve_pages`); and the whole
reading to records (`loaders.delve_pdf.parse`). Seconds, and each over the first.
"""

from __future__ import annotations

import ctypes
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from loaders import delve_pdf
from loaders._delve_pages import open_pdf

SHARED = Path(__file__).resolve().parents[2] / "shared" / "interviews"
RUNS = 5
LIMIT = 3.0  # times PDFium's letters


def letters(path: Path) -> None:
    """Every letter with box, size and weight."""
    document = pypdfium2.PdfDocument(path)
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    for number in range(len(document)):
        text = document[number].get_textpage()
        for at in range(text.count_chars()):
            pdfium.FPDFText_GetUnicode(text.raw, at)
            pdfium.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
            pdfium.FPDFText_GetFontSize(text.raw, at)
            pdfium.FPDFText_GetFontWeight(text.raw, at)
    document.close()


def plain(path: Path) -> None:
    """The text of every page."""
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        document[number].get_textpage().get_text_range()
    document.close()


def pages(path: Path) -> None:
    """Letters, shapes and pictures of every page, as kb takes them."""
    with open_pdf(path) as pdf:
        for number in range(1, len(pdf) + 1):
            pdf.page(number)


def records(path: Path) -> None:
    """Turns and codings."""
    for _ in delve_pdf.parse(path):
        pass


WAYS = {"pdfium letters": letters, "pdfium text": plain, "kb pages": pages, "kb records": records}


def main() -> None:
    """Print the medians over all files; end with 1 where kb takes more than the limit."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(SHARED.glob("*/*.pdf"))
    if not files:
        sys.exit("no PDF: name some")
    took: dict[str, list[float]] = defaultdict(list)
    for path in files:
        runs: dict[str, list[float]] = defaultdict(list)
        for _ in range(RUNS):
            for name, way in WAYS.items():
                start = time.process_time()
                way(path)
                runs[name].append(time.process_time() - start)
        for name, times in runs.items():
            took[name].append(statistics.median(times))
    first = sum(took["pdfium letters"])
    print(f"{len(files)} files")
    for name, times in took.items():
        print(f"{name:16} {sum(times) / len(files):8.3f} s a file  {sum(times) / first:6.2f} x")
    sys.exit(sum(took["kb records"]) > LIMIT * first)


if __name__ == "__main__":
    main()
