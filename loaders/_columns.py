"""Transcripts in columns: one row a turn, cells parted by tabs (ELAN, NVivo, tables of a word processor)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._heads import label_key
from loaders._label import clean_label
from loaders._label_words import BACKCHANNEL
from loaders._text import fold
from loaders._times import EDGE, MARKS, only_time

_SPEAKER = re.compile(
    r"speaker\w*|tier\w*|name|who|sprecher\w*|person|participant|locuteur|hablante|label", re.IGNORECASE
)
_TEXT = re.compile(
    r"text|content|transcri\w*|utterance|annotation|speech|inhalt|äußerung|contenu|texto|value", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:start|begin|end|stop|time|timespan|timecode|timestamp|duration|from|to|zeit|beginn|ende|dauer)\b.*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"#|no\.?|nr\.?|id|index|row|\d{1,5}")
_MOST = 0.8
_WIDEST = 24  # columns; a wider table is no transcript


class Row(NamedTuple):
    """One row: index of its line, speaker (``""`` if the cell is empty), words, times in seconds."""

    at: int
    speaker: str
    text: str
    start: float | None
    end: float | None


def read_rows(lines: Sequence[str]) -> tuple[list[Row], set[int]] | None:
    """The rows of a transcript in columns and the indexes of its header; None where it is none.

    A table has three columns or more, or a header that names its columns: two columns without a header are
    a label and a tab, which `loaders._headings` reads.
    """
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE)]
    cells = {n: [cell.strip(EDGE) for cell in lines[n].split("\t")] for n in filled}
    wide = [n for n in filled if len(cells[n]) > 1]
    if len(wide) < 3 or len(wide) < _MOST * len(filled):
        return None
    first = wide[0]
    header = _is_header(cells[first])
    body = [n for n in wide if not (header and n == first)]
    width = max(len(cells[n]) for n in body)
    if not _WIDEST >= width > (1 if header else 2):
        return None
    kinds = _kinds(cells[first] if header else [], [cells[n] for n in body], width)
    if kinds is None:
        return None
    speaker, text, times = kinds
    rows = []
    for n in body:
        row = cells[n] + [""] * (width - len(cells[n]))
        stamps = [stamp for stamp in (_time(row[c]) for c in times) if stamp is not None]
        start = stamps[0][0] if stamps else None
        end = next((s[1] for s in stamps if s[1] is not None), None)
        if end is None and len(stamps) > 1 and start is not None and stamps[1][0] >= start:
            end = stamps[1][0]
        label = clean_label(row[speaker]) or fold(row[speaker].strip(MARKS)) if speaker is not None else ""
        rows.append(Row(n, label, row[text], start, end))
    return rows, ({first} if header else set())


def _is_header(row: list[str]) -> bool:
    named = [cell for cell in row if cell]
    known = sum(
        bool(_SPEAKER.fullmatch(c) or _TEXT.fullmatch(c) or _TIME.fullmatch(c) or _NUMBER.fullmatch(c))
        for c in named
    )
    return (
        len(named) > 1
        and known >= len(named) - 1
        and any(_TEXT.fullmatch(c) or _SPEAKER.fullmatch(c) for c in named)
    )


def _kinds(header: list[str], body: list[list[str]], width: int) -> tuple[int | None, int, list[int]] | None:
    """Which column holds the speaker, the words, the times."""
    columns = [[row[c] if c < len(row) else "" for row in body] for c in range(width)]
    named = {c: cell for c, cell in enumerate(header) if cell}
    times = [
        c
        for c in range(width)
        if sum(_time(cell) is not None for cell in columns[c])
        >= _MOST * max(1, sum(bool(x) for x in columns[c]))
        and any(columns[c])
        and not (c in named and re.match(r"duration|dauer", named[c], re.IGNORECASE))
        and not (not header and all(cell.isdigit() for cell in columns[c] if cell))
    ]
    if any(re.search(r"-->|[:\d]\s*[-–]\s*\d", cell) for c in times for cell in columns[c]):
        times = times[:2]
    numbers = {
        c for c in range(width) if any(columns[c]) and all(cell.isdigit() for cell in columns[c] if cell)
    }
    others = [c for c in range(width) if c not in times and c not in numbers and any(columns[c])]
    text = next((c for c, cell in named.items() if _TEXT.fullmatch(cell) and c in others), None)
    speaker = next((c for c, cell in named.items() if _SPEAKER.fullmatch(cell) and c in others), None)
    if text is None:
        rest = [c for c in others if c != speaker]
        if not rest:
            return None
        text = max(rest, key=lambda c: sum(map(len, columns[c])))
    if speaker is None:
        rest = [c for c in others if c != text and _may_be_speakers(columns[c])]
        if len(rest) != 1:
            return None if rest or not (header and times) else (None, text, times)
        speaker = rest[0]
    if not times and not header and width > 2 and len(others) > 2:
        return None
    return speaker, text, times


def _may_be_speakers(cells: list[str]) -> bool:
    named = [cell for cell in cells if cell]
    counts = Counter(label_key(cell) for cell in named)
    if not named or len(named) < 0.3 * len(cells):
        return False
    return (
        all(clean_label(cell) for cell in named)
        and not set(counts) <= BACKCHANNEL
        and len(counts) <= max(2, len(named) // 2)
    )


def _time(cell: str) -> tuple[float, float | None] | None:
    if stamp := only_time(cell):
        return stamp.start, stamp.end
    if re.fullmatch(r"\d{1,6}\.\d{1,6}", cell):  # ELAN's seconds
        return float(cell), None
    return None


def in_order(times: Sequence[float]) -> bool:
    """Whether no time is before the one above it."""
    return all(a <= b for a, b in pairwise(times))
