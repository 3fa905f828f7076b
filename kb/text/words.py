"""Words about numbers and names, as kb writes and compares them everywhere."""

from __future__ import annotations

import re
import unicodedata

_PLURALS = {"fix": "fixes", "category": "categories", "person": "people", "memo": "memos"}


def plural(count: int, word: str) -> str:
    """``3 fixes``, ``1 issue``."""
    return f"{count} {word if count == 1 else _PLURALS.get(word, word + 's')}"


def speaker_key(label: str) -> str:
    """Labels that differ in case, blanks, punctuation or Unicode composition alone are one speaker's."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", label).casefold())
