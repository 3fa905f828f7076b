"""Transcripts in columns: one row a turn, cells parted by tabs (ELAN, NVivo, tables of a word processor)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from loaders._column_kinds import is_header, kinds_of, time_of
from loaders._column_tiers import Tiers, tiers_of
from loaders._label import clean_label
from loaders._text import fold
from loaders._times import EDGE, MARKS, seconds

_MOST = 0.8
_TIME = re.compile(r"(?:^|\t) *(\d{1,9}(?::\d\d){0,2}(?:[.,]\d{1,6})?) *(?=\t|$)")
_HEAD = 400  # characters of a row within which its first time stands
_WIDEST = 24  # columns; a wider table is no transcript


class Row(NamedTuple):
    """One row: index of its line, speaker (``""`` if the cell is empty), words, times in seconds."""

    at: int
    speaker: str
    text: str
    start: float | None
    end: float | None


class Table(NamedTuple):
    """A transcript in columns.

    Attributes:
        rows: Its turns.
        header: Index of the line that names the columns, if there is one.
        left: What stands in other columns (notes, codes) and is not said, with the index of its line.
    """

    rows: list[Row]
    header: set[int]
    left: list[tuple[int, str]]


def read_rows(lines: Sequence[str]) -> Table | None:
    """The rows of a transcript in columns; None where it is none.

    A table has three columns or more, or a header that names its columns: two columns without a header are
    a label and a tab, which `loaders._headings` reads.
    """
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE)]
    cells = {n: [cell.strip(EDGE) for cell in lines[n].split("\t")] for n in filled}
    wide = [n for n in filled if len(cells[n]) > 1]
    if len(wide) < 3 or len(wide) < _MOST * len(filled):
        return None
    first = wide[0]
    header = is_header(cells[first], [cells[n] for n in wide[1:]])
    body = [n for n in wide if not (header and n == first)]
    width = max(len(cells[n]) for n in body)
    if not _WIDEST >= width > (1 if header else 2):
        return None
    if (tiers := tiers_of(cells[first], [cells[n] for n in wide[1:]])) is not None:
        return _by_tiers(tiers, cells, wide)
    kinds = kinds_of(cells[first] if header else [], [cells[n] for n in body], width)
    if kinds is None:
        return None
    rows, left = [], []
    for n in body:
        row = cells[n] + [""] * (width - len(cells[n]))
        start, end = _span([row[c] for c in kinds.times], milli=kinds.milli)
        name = row[kinds.speaker] if kinds.speaker is not None else ""
        rows.append(Row(n, clean_label(name) or fold(name.strip(MARKS)), row[kinds.text], start, end))
        left += [(n, row[c]) for c in kinds.left if row[c]]
    return Table(rows, {first} if header else set(), left)


def _by_tiers(tiers: Tiers, cells: Mapping[int, Sequence[str]], wide: Sequence[int]) -> Table:
    """The rows of a table with a column for each speaker."""
    names = cells[wide[0]]
    rows = []
    for n in wide[1:]:
        row = cells[n]
        start, end = _span([row[c] for c in tiers.times if c < len(row)], milli=False)
        said = [c for c in tiers.speakers if c < len(row) and row[c]]
        rows += [Row(n, clean_label(names[c]) or names[c], row[c], start, end) for c in said]
    return Table(rows, {wide[0]}, [])


def in_time(lines: Sequence[str]) -> list[int] | None:
    """The order of the lines by time, where a table has one speaker's rows after the other's.

    So ELAN writes its tiers. None where the rows are in their order, or in none that is understood.
    """
    first = [seconds(match[1]) for line in lines if (match := _TIME.search(line[:_HEAD]))]
    if in_order(first):  # as nearly all are, and no more needs to be read
        return None
    table = read_rows(lines)
    if table is None or any(row.start is None for row in table.rows):
        return None
    starts = [row.start or 0.0 for row in table.rows]
    who = [speaker for speaker, _ in groupby(table.rows, key=lambda row: row.speaker)]
    if in_order(starts) or len(who) < 2 or len(who) > len(set(who)):
        return None
    if not all(in_order([row.start or 0.0 for row in table.rows if row.speaker == one]) for one in who):
        return None
    moved = iter(sorted(table.rows, key=lambda row: row.start or 0.0))
    places = {row.at for row in table.rows}
    return [next(moved).at if n in places else n for n in range(len(lines))]


def _span(cells: Sequence[str], *, milli: bool) -> tuple[float | None, float | None]:
    """Start and end from the cells of times."""
    if milli:
        times = [int(cell) / 1000 if cell.isdecimal() else None for cell in cells]
        return times[0], times[1] if len(times) > 1 else None
    stamps = [stamp for stamp in map(time_of, cells) if stamp is not None]
    start = stamps[0][0] if stamps else None
    end = next((s[1] for s in stamps if s[1] is not None), None)
    if end is None and len(stamps) > 1 and start is not None and stamps[1][0] >= start:
        end = stamps[1][0]
    return start, end


def in_order(times: Sequence[float]) -> bool:
    """Whether no time is before the one above it."""
    return all(a <= b for a, b in pairwise(times))
