"""Transcripts of courts and depositions: ``Q.`` and ``A.``, speakers in capitals between, lines with numbers.

Written from what court reporters in the United States print: 25 numbered lines a page, ``BY MS. LEE:`` above
an examination, its name in the middle of a line, and whoever else speaks in capitals before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders._headings import candidates
from loaders._headings_inline import dotted
from loaders._times import EDGE

_NUMBER = re.compile(r"\s{0,12}(\d{1,2})(?=\s|$)")
_PAGE = 28  # lines that a page may have
_LEAST = 10  # lines before the numbers may begin anew
_SHARE = 0.8  # of the lines have numbers
# Above an examination: by whom, and what it is.
_BY = re.compile(r"\s*(?:(?:CONTINUED )?(?:RE)?(?:DIRECT|CROSS)?-?\s?EXAMINATION )?BY\s+[^a-z:]{2,60}:?\s*")
_TITLE = re.compile(r"[^a-z:]*?(?:\([A-Za-z ]{1,30}\))?[^a-z:]*")
_WORDS = 8  # of a title
_LONG = 160  # characters of a line beyond which it is none


class Court(NamedTuple):
    """The lines of such a transcript.

    Attributes:
        lines: Without their numbers.
        left: Indexes of what nobody says.
        numbered: The lines had numbers, so a paragraph goes on to the next label.
    """

    lines: list[str]
    left: set[int]
    numbered: bool


def court(lines: Sequence[str]) -> Court | None:
    """The lines of a court's transcript; None where it is none: ``Q.`` and ``A.`` must come again."""
    bare = _without_numbers(lines)
    out = list(lines) if bare is None else bare[0]
    heads = [h for line in out if (h := dotted(line.lstrip(EDGE)))]
    if not heads and any(len(line) <= _LONG and _BY.fullmatch(line) for line in out):
        heads = [h for line in out for h in candidates(line) if h.form == "colon" and h.label in ("Q", "A")]
    asked = [h.label for h in heads]
    if min(asked.count("Q"), asked.count("A")) < 2:
        return None
    left = set() if bare is None else bare[1]
    left |= {n for n, line in enumerate(out) if len(line) <= _LONG and _BY.fullmatch(line)}
    letters = "".join(h.text for h in heads)
    if sum(map(str.islower, letters)) > sum(map(str.isupper, letters)):
        left |= {n for n, line in enumerate(out) if _is_title(line)}
    return Court(out, left, bare is not None)


def _without_numbers(lines: Sequence[str]) -> tuple[list[str], set[int]] | None:
    """The lines without numbers that run from 1 on each page, and the indexes of those that had none."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    at: dict[int, int] = {}
    last = 0
    for n in filled:
        match = _NUMBER.match(lines[n][:20])
        value = int(match[1]) if match else 0
        if match and (value == last + 1 or (value == 1 and (last >= _LEAST or not at))) and value <= _PAGE:
            at[n], last = match.end(), value
    if len(at) < _LEAST or len(at) < _SHARE * len(filled):
        return None
    out = [line[at[n] :] if n in at else line for n, line in enumerate(lines)]
    return out, {n for n in filled if n not in at}


def _is_title(line: str) -> bool:
    """Whether a line is in capitals and no sentence: ``CROSS-EXAMINATION (Continued)``."""
    text = line.strip(EDGE + "*_#")
    if len(text) > _LONG:
        return False
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) > 3
        and _TITLE.fullmatch(text) is not None
        and any(c.isupper() for c in letters)
        and len(text.split()) <= _WORDS
        and not text.endswith((".", "?", "!", ","))
        and dotted(text) is None
    )
