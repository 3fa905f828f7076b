"""Tables with a column for each speaker, as ELAN writes its tiers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from loaders._column_kinds import is_column_word, time_of
from loaders._label import clean_label
from loaders._label_words import is_known, is_name

_MOST = 0.9  # of the rows have words of one speaker only
_LEAST = 3  # rows


class Tiers(NamedTuple):
    """The numbers of the columns of speakers and of times."""

    speakers: list[int]
    times: list[int]


def tiers_of(header: Sequence[str], body: Sequence[Sequence[str]]) -> Tiers | None:
    """The columns of such a table; None where it is none.

    Its first row names the speakers, and nothing else but times; in nearly every row one of them speaks.

    Args:
        header: The first row.
        body: The rows after it.
    """
    names = {c: cell for c, cell in enumerate(header) if cell and not is_column_word(cell)}
    others = [c for c, cell in enumerate(header) if cell and c not in names]
    if len(names) < 2 or len(body) < _LEAST or len({*names.values()}) < len(names):
        return None
    if not all(clean_label(name) and (is_name(name) or is_known(name)) for name in names.values()):
        return None
    cells = [[row[c] if c < len(row) else "" for c in range(len(header))] for row in body]
    if any(len(row) > len(header) and any(row[len(header) :]) for row in body):
        return None
    times = [c for c in others if all(time_of(row[c]) for row in cells if row[c])]
    if len(times) < len(others) or any(time_of(row[c]) for row in cells for c in names):
        return None
    said = [sum(bool(row[c]) for c in names) for row in cells]
    if not all(any(row[c] for row in cells) for c in names) or sum(n == 1 for n in said) < _MOST * len(said):
        return None
    return Tiers(list(names), [c for c in times if any(row[c] for row in cells)][:2])
