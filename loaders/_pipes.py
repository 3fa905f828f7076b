"""Tables with bars between the cells, as Markdown writes them, made lines with tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders._column_kinds import is_header

_RULE = re.compile(r"[|+:=\s-]+")
_CELLS = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MOST = 0.8  # of the lines are rows
_LEAST = 3


def without_bars(lines: Sequence[str]) -> list[str] | None:
    """The lines with tabs for the bars of a table; None where the text is no such table.

    The bars are at both ends of each row, or the same number of them stands within nearly each line.

    Args:
        lines: All lines; indexes are kept.
    """
    filled = [n for n, line in enumerate(lines) if line.strip()]
    rules = {n for n in filled if "-" in lines[n] and _RULE.fullmatch(lines[n])}
    rows = {n: _row(lines[n]) for n in filled if n not in rules and "|" in lines[n]}
    counts = [len(cells) for cells in rows.values()]
    if len(rows) < _LEAST or len(rows) + len(rules) < _MOST * len(filled) or max(counts) < 2:
        return None
    framed = all(lines[n].strip().startswith("|") for n in rows)
    if len(set(counts)) > 1 or not (framed or len(rows) + len(rules) == len(filled)):
        return None
    first, *more = rows
    if rules and first < min(rules) < more[0] and not is_header(rows[first], [rows[n] for n in more]):
        rules.add(first)  # names of columns that are not known
    return ["" if n in rules else "\t".join(rows[n]) if n in rows else line for n, line in enumerate(lines)]


def _row(line: str) -> list[str]:
    text = line.strip()
    cells = _CELLS.split(text.removeprefix("|").removesuffix("|") if text.startswith("|") else text)
    return [_cell(cell) for cell in cells]


def _cell(cell: str) -> str:
    text = _BREAK.sub(" ", cell.replace("\\|", "|").replace("\t", " ")).strip()
    for sign in ("**", "__"):
        if text.startswith(sign) and text.endswith(sign) and len(text) > 2 * len(sign):
            text = text[len(sign) : -len(sign)]
    return text
