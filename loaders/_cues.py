"""The cues of a WebVTT or SubRip file: when, and which words, before anyone asks who speaks.

One reader for both, since they differ only in the decimal sign and in what may stand between cues:
https://www.w3.org/TR/webvtt1/ (sections 4 and 6), https://www.matroska.org/technical/subtitles.html
(SubRip has no specification of its own).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._times import seconds

_TIME = r"(?:\d+:)?[0-5]?\d:[0-5]?\d(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"^\s*({_TIME})\s*-->\s*({_TIME})(?:\s+(\S.*?))?\s*$")
# Beside the times stand settings (`align:start`), or a name.
_BESIDE = re.compile(r"\[[^\[\]]*[^\W\d_][^\[\]]*\]|\([^()]*[^\W\d_][^()]*\)")
# What was meant as a timing line: an arrow of any make between two words with a colon in them.
_MEANT = re.compile(r"-->|^\s*[\w.,]*:[\w:.,]+\s*[-=–—]+>\s*[\w.,]*:[\w:.,]+")
_WORD_TIME = re.compile(r"<\d{1,2}:\d{2}:\d{2}\.\d{3}>")
# Webex writes who speaks into the cue's name: ``12 "Dana Field" (3045672192)``.
_NAMED = re.compile(r"\d{1,6} \"([^\"<>]{1,80})\" \(\d{1,20}\)")
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


class Kept(NamedTuple):
    """Text after an empty line within a cue, which is among the cue's lines: its line and its words."""

    line: int
    text: str


def read_cues(text: str) -> Iterator[Cue | Stray | Kept]:
    """The cues of a file in their order, with what stands outside them.

    Args:
        text: The whole file, lines ended by newlines.
    """
    lines = text.split("\n")
    vtt = lines[0].lstrip("\ufeff").startswith("WEBVTT")
    number = _end_of_block(lines, 0, vtt=vtt) if vtt else 0
    cue: Cue | None = None
    voice = ""
    kept: list[Kept] = []
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            number += 1
        elif _MEANT.search(line):
            if cue:
                yield cue
                yield from kept
            kept = []
            end = _end_of_block(lines, number + 1, vtt=vtt)
            cue = _cue(number, line, lines[number + 1 : end])
            if voice and cue.lines:
                cue.lines[0] = f"<v {voice}>{cue.lines[0]}"
            voice = ""
            number = end
        elif vtt and _BLOCK.match(line):
            number = _end_of_block(lines, number, vtt=vtt)
        elif number + 1 < len(lines) and _MEANT.search(lines[number + 1]):
            name = _NAMED.fullmatch(line.strip())  # the cue's number or name
            voice = name[1] if name and vtt else ""
            number += 1
        else:
            end = _end_of_block(lines, number, vtt=vtt)
            words = " ".join(lines[number:end])
            if cue is None:
                yield Stray(number + 1, words)
            else:
                # Cues in the wild have empty lines within them; their words are the cue's own.
                cue.lines.extend(lines[number:end])
                if vtt:
                    kept.append(Kept(number + 1, words))
            number = end
    if cue:
        yield cue
        yield from kept


def _end_of_block(lines: list[str], number: int, *, vtt: bool) -> int:
    """The index after the block: of its empty line, or of the next cue that follows without one.

    A line of blanks is no empty line in WebVTT (section 6.1: the line is the empty string).
    """
    while number < len(lines) and (lines[number] if vtt else lines[number].strip()):
        if _MEANT.search(lines[number]):
            break
        following = number + 1 < len(lines) and _MEANT.search(lines[number + 1])
        if following and (lines[number].strip().isdecimal() or not lines[number].strip()):
            break
        number += 1
    return number


def _cue(number: int, timing: str, lines: list[str]) -> Cue:
    match = _TIMING.match(timing)
    start, end = (seconds(match[1]), seconds(match[2])) if match else (None, None)
    if start is not None and end is not None and end < start:
        start = end = None
    said = [line for line in lines if line.strip()]
    if match and match[3] and _BESIDE.fullmatch(match[3]):
        said.insert(0, match[3])  # a name in brackets beside the times, as one above the words
    return Cue(number + 1, start, end, said)


def unrolled(cues: Sequence[Cue], plain: Callable[[str], str]) -> list[Cue]:
    """The cues with each line once, where they roll: a cue shows again what the one before it ended with.

    YouTube's automatic captions and converted live captions do; the files are known by how many cues begin
    with the last lines of the one before, or by YouTube's times between words.

    Args:
        cues: In the order of the file.
        plain: Takes the tags off a line.
    """
    shown = [[_shown(line, plain) for line in cue.lines] for cue in cues]
    pairs = [(a, b) for a, b in pairwise(shown) if a and b]
    # One line that comes twice is said twice: what rolls shows it beside another, or grown.
    again = sum(_overlap(a, b)[0] > 0 for a, b in pairs if a != b or len(a) > 1)
    timed = sum(bool(_WORD_TIME.search(line)) for cue in cues for line in cue.lines)
    if not again or not (
        (again * 2 >= len(pairs) and len(pairs) > 2) or (timed * 4 >= len(cues) and again > 1)
    ):
        return list(cues)
    out: list[Cue] = []
    before: list[str] = []
    for cue, lines in zip(cues, shown, strict=True):
        if not lines:
            continue
        count, grown = _overlap(before, lines)
        fresh = list(cue.lines[count:])
        if grown:
            fresh.insert(0, lines[count - 1][len(before[-1]) :].lstrip())
        before = lines
        if fresh:
            out.append(cue._replace(lines=fresh))
        elif out and out[-1].end is not None and cue.end is not None:
            out[-1] = out[-1]._replace(end=max(out[-1].end, cue.end))
    return out


def _shown(line: str, plain: Callable[[str], str]) -> str:
    return " ".join(plain(line).split())


def _overlap(before: list[str], lines: list[str]) -> tuple[int, bool]:
    """How many first lines were shown at the end of the cue before; whether the last of them has grown."""
    for count in range(min(len(before), len(lines)), 0, -1):
        tail = before[-count:]
        if tail == lines[:count]:
            return count, False
        if tail[:-1] == lines[: count - 1] and lines[count - 1].startswith(tail[-1] + " "):
            return count, True
    return 0, False
