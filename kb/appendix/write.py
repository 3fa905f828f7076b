"""A report into a file, or in every format into a folder."""

from __future__ import annotations

from pathlib import Path

from kb.appendix import html, markdown, word
from kb.appendix.blocks import Figure, Report
from kb.errors import ExportError
from kb.export import workbook
from kb.figure import pdf
from kb.figure.options import FigureOptions
from kb.text.files import write_file

ENDINGS = (".html", ".docx", ".md")
FILE = "report"  # in a folder


def check_path(path: Path) -> None:
    """Say no to what no report can be written to, before anything is read.

    Raises:
        ExportError: The ending is unknown, or a folder is a file.
    """
    if path.suffix and path.suffix.lower() not in ENDINGS and not path.is_dir():
        raise ExportError(
            f"{path.name}: no report goes by the ending {path.suffix!r}; use one of {' '.join(ENDINGS)}, or "
            "name a folder for all of them."
        )
    if not path.suffix and path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file: name a folder, or a file that ends in {' or '.join(ENDINGS)}.")


def write_report(report: Report, path: Path) -> list[Path]:
    """Write a report.

    Args:
        report: The report.
        path: A file that ends in one of `ENDINGS`; else a folder, made if it is not there, for all of them,
            the figures as PDF, and the map's links and quotes as a workbook.

    Returns:
        The files written; figures beside a Markdown file are among them.

    Raises:
        ExportError: `check_path`, or a file cannot be written.
    """
    check_path(path)
    if path.suffix.lower() in ENDINGS and not path.is_dir():
        return _file(report, path, f"{path.stem}-figures")
    _folder(path)
    written = [file for ending in ENDINGS for file in _file(report, path / f"{FILE}{ending}", "figures")]
    for figure in report.blocks:
        if isinstance(figure, Figure):
            file = path / "figures" / f"{figure.name}.pdf"
            write_file(file, pdf.document([figure.scene], lambda _: None))
            written.append(file)
    if report.graph.nodes:
        file = path / "causal-map.xlsx"
        workbook.write(report.graph, file, FigureOptions(), report.notes.append)
        written.append(file)
    return written


def _file(report: Report, path: Path, folder: str) -> list[Path]:
    ending = path.suffix.lower()
    if ending == ".html":
        write_file(path, html.page(report))
        return [path]
    if ending == ".docx":
        write_file(path, word.document(report))
        return [path]
    text, figures = markdown.document(report, folder)
    if figures:
        _folder(path.parent / folder)
    for name, picture in figures.items():
        write_file(path.parent / name, '<?xml version="1.0" encoding="UTF-8"?>\n' + picture)
    write_file(path, text)
    return [path, *(path.parent / name for name in figures)]


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(f"The folder {path} cannot be made ({reason}): name another.") from error
