"""Which column of a transcript in columns holds the speaker, the words, the times; see `loaders._columns`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._heads import SENTENCE, label_key
from loaders._label import clean_label
from loaders._label_words import BACKCHANNEL
from loaders._times import only_time

_SPEAKER = re.compile(
    r"speaker\w*|tier\w*|name|who|sprecher\w*|person|participant|locuteur|hablante|label", re.IGNORECASE
)
_TEXT = re.compile(
    r"text|words|what|said|content|transcri\w*|utterance|annotation|speech|inhalt|äußerung|contenu|texto|value",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:when|start|begin|end|stop|time|timespan|timecode|timestamp|duration|from|to|zeit|beginn|ende|dauer)\b.*",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"(?:field |coder'?s? |researcher'?s? )?(?:notes?|codes?|coding|comments?|memos?|remarks?"
    r"|themes?|tags?|categor(?:y|ies)"
    r"|kodes?|kodierung\w*|anmerkung\w*|bemerkung\w*|notiz\w*|kommentar\w*|kategorien?|thema|themen"
    r"|remarques?|commentaires?|notas?|códigos?|comentarios?|comentários?|codici|commenti|opmerking\w*|uwagi|kody"
    r"|notlar|kodlar|заметки|коды|комментари\w*|备注|编码|メモ|コード|메모|코드)",
    re.IGNORECASE,
)
_MILLI = re.compile(r"msec|\bms\b|milli", re.IGNORECASE)
_SPAN = re.compile(r"duration|dauer|durée|length", re.IGNORECASE)
_NUMBER = re.compile(r"#|no\.?|nr\.?|id|index|row|\d{1,5}")
_MOST = 0.8
_DIGITS = 10  # that a count, or milliseconds, may have
_FILLED = 0.9  # of the rows have words in the column that holds them
_FAR = 2.0  # times as long as the first column of words: then the longer one holds them


class Kinds(NamedTuple):
    """The numbers of the columns.

    Attributes:
        speaker: None where the table names nobody.
        milli: The times are whole milliseconds.
        left: Columns with words of somebody who does not speak: notes, codes.
    """

    speaker: int | None
    text: int
    times: list[int]
    milli: bool
    left: list[int]


def is_column_word(cell: str) -> bool:
    """Whether a cell names a kind of column: ``Speaker``, ``Text``, ``Begin Time``, ``Codes``."""
    kinds = (_SPEAKER, _TEXT, _TIME, _REMARKS, _NUMBER)
    return any(kind.fullmatch(cell) for kind in kinds) or _MILLI.search(cell) is not None


def is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row names the columns.

    Args:
        row: The first row.
        below: Those after it.
    """
    named = [cell for cell in row if cell]
    known = sum(
        bool(_SPEAKER.fullmatch(c) or _TEXT.fullmatch(c) or _TIME.fullmatch(c) or _NUMBER.fullmatch(c))
        for c in named
    )
    if (
        len(named) > 1
        and known >= len(named) - 1
        and any(_TEXT.fullmatch(c) or _SPEAKER.fullmatch(c) for c in named)
    ):
        return True
    if len(named) < 3 or not any(_REMARKS.fullmatch(c) or _MILLI.search(c) for c in named):
        return False
    if any(len(c.split()) > 4 or SENTENCE.search(c) for c in named):
        return False
    again = {(n, label_key(cell)) for line in below for n, cell in enumerate(line) if cell}
    return not any((n, label_key(cell)) in again for n, cell in enumerate(row) if cell)


def kinds_of(header: Sequence[str], body: Sequence[Sequence[str]], width: int) -> Kinds | None:
    """What each column holds; None where the lines are no transcript in columns.

    Args:
        header: The names of the columns, empty where they have none.
        body: The rows.
        width: How many columns there are.
    """
    columns = [[row[c] if c < len(row) else "" for row in body] for c in range(width)]
    named = {c: cell for c, cell in enumerate(header) if cell}
    times = _times(columns, named)
    numbers = {
        c for c in range(width) if any(columns[c]) and all(_is_number(cell) for cell in columns[c] if cell)
    }
    milli = [] if times else _milli(columns, named, sorted(numbers))
    remarks = [c for c, cell in named.items() if _REMARKS.fullmatch(cell)]
    others = [
        c
        for c in range(width)
        if c not in times and c not in numbers and any(columns[c]) and c not in remarks
    ]
    text = next((c for c, cell in named.items() if _TEXT.fullmatch(cell) and c in others), None)
    speaker = next((c for c, cell in named.items() if _SPEAKER.fullmatch(cell) and c in others), None)
    if text is None:
        text = _words(columns, [c for c in others if c != speaker])
        if text is None:
            return None
    if speaker is None:
        rest = [c for c in others if c != text and _may_be_speakers(columns[c])]
        speaker = _one(columns, [c for c in rest if c < text]) if rest else None
        if speaker is None and len(rest) == 1:
            speaker = rest[0]
        if speaker is None:
            return None if rest or not (header and times) else Kinds(None, text, times, False, [])
    left = [
        c for c in (*others, *remarks) if c not in (speaker, text) and not _same(columns[c], columns[speaker])
    ]
    if not times and not milli and not header and width > 2 and not _is_talk(columns, speaker, text):
        return None
    return Kinds(speaker, text, times or milli, bool(milli), sorted(left))


def _times(columns: Sequence[Sequence[str]], named: dict[int, str]) -> list[int]:
    times = [
        c
        for c, cells in enumerate(columns)
        if any(cells)
        and sum(time_of(cell) is not None for cell in cells) >= _MOST * sum(bool(x) for x in cells)
        and not (c in named and _SPAN.match(named[c]))
        and not (not named and all(_is_number(cell) for cell in cells if cell))
    ]
    if any(re.search(r"-->|[:\d]\s*[-–]\s*\d", cell) for c in times for cell in columns[c]):
        return times[:2]
    return times


def _milli(columns: Sequence[Sequence[str]], named: dict[int, str], numbers: Sequence[int]) -> list[int]:
    """The columns of start and end in whole milliseconds, as ELAN writes them.

    They are named so, or stand side by side, no start after its end, with their difference in a third
    column or so large that they count no rows.
    """
    said = [c for c in numbers if c in named and _MILLI.search(named[c]) and not _SPAN.search(named[c])]
    if said:
        return said[:2]
    for start, end in pairwise(numbers):
        pairs = [(int(a), int(b)) for a, b in zip(columns[start], columns[end], strict=True) if a and b]
        if (
            end != start + 1
            or len(pairs) < 3
            or len(pairs) < len(columns[start])
            or any(a > b for a, b in pairs)
        ):
            continue
        span = [
            (str(b - a), c) for (a, b), c in zip(pairs, columns[min(end + 1, len(columns) - 1)], strict=True)
        ]
        if all(a == c for a, c in span) or max(b for _, b in pairs) > 100 * len(pairs):
            return [start, end]
    return []


def _words(columns: Sequence[Sequence[str]], rest: Sequence[int]) -> int | None:
    """The column of what is said: nearly every row has some; notes are in few, or to the right of it."""
    if not rest:
        return None
    filled = {c: sum(bool(cell) for cell in columns[c]) for c in rest}
    full = [c for c in rest if filled[c] >= _FILLED * max(filled.values())]
    size = {c: sum(map(len, columns[c])) for c in full}
    longest = max(full, key=lambda c: size[c])
    said = [c for c in full if not _may_be_speakers(columns[c]) and size[c] * _FAR >= size[longest]]
    return said[0] if said else longest


def _one(columns: Sequence[Sequence[str]], rest: Sequence[int]) -> int | None:
    """The column of speakers among those that may be it: one, or several that say the same (ELAN's tiers)."""
    if not rest:
        return None
    if all(_same(columns[rest[0]], columns[c]) for c in rest[1:]):
        return min(rest, key=lambda c: sum(map(len, columns[c])))
    return None


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two columns part the rows alike."""
    pairs = set(zip(some, others, strict=True))
    return len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def _is_talk(columns: Sequence[Sequence[str]], speaker: int, text: int) -> bool:
    """Whether rows without times or a header are a talk: who speaks stands in each and comes again."""
    names = [label_key(cell) for cell in columns[speaker] if cell]
    counts = Counter(names)
    return (
        speaker < text
        and len(names) >= _FILLED * len(columns[speaker])
        and 1 < len(counts) <= max(2, len(names) // 2)
        and sum(n > 1 for n in counts.values()) > 1
    )


def _may_be_speakers(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    counts = Counter(label_key(cell) for cell in named)
    if not named or len(named) < 0.3 * len(cells):
        return False
    return (
        all(clean_label(cell) for cell in named)
        and not set(counts) <= BACKCHANNEL
        and len(counts) <= max(2, len(named) // 2)
    )


def _is_number(cell: str) -> bool:
    return cell.isdecimal() and len(cell) < _DIGITS


def time_of(cell: str) -> tuple[float, float | None] | None:
    """Start and end of a cell that is a time, in seconds."""
    if stamp := only_time(cell):
        return stamp.start, stamp.end
    if re.fullmatch(r"\d{1,6}\.\d{1,6}", cell):  # ELAN's seconds
        return float(cell), None
    return None
