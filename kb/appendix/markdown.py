"""A report as Markdown, with its figures as SVG files beside it."""

from __future__ import annotations

import re

from kb.appendix.blocks import Block, Figure, Heading, Items, Paragraph, Quote, Report, Table
from kb.figure.svg import markup

_MARKS = re.compile(r"([\\`*_\[\]<>|#~$])")


def document(report: Report, folder: str) -> tuple[str, dict[str, str]]:
    """The text, and the figures by their path.

    Args:
        report: The report.
        folder: Where figures go, as the text names it.
    """
    figures: dict[str, str] = {}
    parts = [f"# {_plain(report.title)}"]
    for block in report.blocks:
        if isinstance(block, Figure):
            path = f"{folder}/{block.name}.svg"
            figures[path] = markup(block.scene)
            parts.append(f"![{_plain(block.scene.about)}](<{path}>)\n\n{_plain(block.caption)}")
        else:
            parts.append(_block(block))
    return "\n\n".join(parts) + "\n", figures


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {_plain(block.text)}"
        case Paragraph():
            return _plain(block.text)
        case Items():
            return "\n".join(f"- {_plain(text)}" for text in block.texts)
        case Quote():
            return f"> “{_plain(block.words)}”" + (f" ({_plain(block.who)})" if block.who else "")
        case Table():
            return _table(block)
    raise AssertionError(block)


def _table(table: Table) -> str:
    rules = ["---:" if at in table.numbers else "---" for at in range(len(table.columns))]
    rows = [[_plain(text) for text in cells] for cells in (table.columns, *table.rows)]
    lines = [rows[0], rules, *rows[1:]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _plain(text: str) -> str:
    """A text on one line in which no sign is Markdown's."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
