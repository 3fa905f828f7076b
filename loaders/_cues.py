"""The cues of a WebVTT or SubRip file: when, and which words, before anyone asks who speaks.

One reader for both, since they differ only in the decimal sign and in what may stand between cues:
https://www.w3.org/TR/webvtt1/ (sections 4 and 6), https://www.matroska.org/technical/subtitles.html
(SubRip has no specification of its own).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders._labels import seconds

_TIME = r"(?:\d+:)?[0-5]?\d:[0-5]?\d(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME})(?:\s+\S.*)?$")
# What was meant as a timing line: an arrow of any make between two words with a colon in them.
_MEANT = re.compile(r"-->|^\s*[\w.,]*:[\w:.,]+\s*[-=–—]+>\s*[\w.,]*:[\w:.,]+")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


class Cue(NamedTuple):
    """One cue.

    Attributes:
        line: Number of its timing line, from 1.
        start, end: Seconds; None where the timing line cannot be read.
        lines: The lines of its text, tags and all.
    """

    line: int
    start: float | None
    end: float | None
    lines: list[str]


class Stray(NamedTuple):
    """Text that belongs to no cue: its first line's number and the words."""

    line: int
    text: str


def read_cues(text: str) -> Iterator[Cue | Stray]:
    """The cues of a file in their order, with what stands outside them.

    Args:
        text: The whole file, lines ended by newlines.
    """
    lines = text.split("\n")
    vtt = lines[0].lstrip("\ufeff").startswith("WEBVTT")
    number = _end_of_block(lines, 0) if vtt else 0
    cue: Cue | None = None
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            number += 1
        elif _MEANT.search(line):
            if cue:
                yield cue
            end = _end_of_block(lines, number + 1)
            cue = _cue(number, line, lines[number + 1 : end])
            number = end
        elif vtt and _BLOCK.match(line):
            number = _end_of_block(lines, number)
        elif number + 1 < len(lines) and _MEANT.search(lines[number + 1]):
            number += 1  # the cue's number or name
        elif vtt or cue is None:
            end = _end_of_block(lines, number)
            yield Stray(number + 1, " ".join(lines[number:end]))
            number = end
        else:
            # SubRip files in the wild have blank lines within a cue.
            end = _end_of_block(lines, number)
            cue.lines.extend(lines[number:end])
            number = end
    if cue:
        yield cue


def _end_of_block(lines: list[str], number: int) -> int:
    """The index after the block: of its blank line, or of the next cue that follows without one."""
    while number < len(lines) and lines[number].strip():
        if _MEANT.search(lines[number]):
            break
        following = number + 1 < len(lines) and _MEANT.search(lines[number + 1])
        if following and lines[number].strip().isdecimal():
            break
        number += 1
    return number


def _cue(number: int, timing: str, lines: list[str]) -> Cue:
    match = _TIMING.match(timing)
    start, end = (seconds(match[1]), seconds(match[2])) if match else (None, None)
    if start is not None and end is not None and end < start:
        start = end = None
    return Cue(number + 1, start, end, list(lines))
