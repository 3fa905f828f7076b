"""What a format of whole studies says of what it wrote."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple


class Written(NamedTuple):
    """What a project holds now.

    Attributes:
        counts: How many of what (``interviews``, ``codes``, …).
        lost: What the format cannot hold, a sentence's beginning, and how much of it.
        notes: What else to know.
    """

    counts: dict[str, int]
    lost: Counter[str]
    notes: tuple[str, ...] = ()
