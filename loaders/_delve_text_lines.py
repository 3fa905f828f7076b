"""What each line of a Delve text conversion is: title, speaker heading, body heading, plain, frame.

Heading levels say nothing in these files, and body lines became headings too; so a heading is a
speaker's by what it says and by how often it stands there, never by its level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from loaders._roles import role_of
from loaders._text import fold

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(?P<text>\S.*)$")  # of a line without blanks at its end
# Markdown writers escape these in running text: ``data\_no\_signal``, ``Deployment \[MD\]``.
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_EMPHASIS = re.compile(r"^(\*\*|__|\*)(?P<text>\S(?:(?!\1).)*)\1$")
# The print's frame: Delve's footer on the last page, the browser's on every page.
_FRAME = re.compile(
    r"^(created with .*delve\b.*|https?://\S*delvetool\.com/\S*(\s+\d+/\d+)?|\d{1,4}/\d{1,4}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}( [AP]M)?( .*)?)$",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.?!…,;]$")
_ANONYMOUS = re.compile(r"^(unknown )?(speaker|person|voice)( ?#?\d+| [A-Z])?$", re.IGNORECASE)
_MAX_SPEAKER_WORDS = 4
_RECURS = 3  # headings with the same words this often are a speaker's, whatever they say


class Kind(Enum):
    """What a line is."""

    TITLE = "title"
    SPEAKER = "speaker"
    HEADING = "heading"  # neither title nor speaker: a line of the body that became a heading
    PLAIN = "plain"


@dataclass(frozen=True)
class Line:
    """One line that is neither blank nor frame.

    Attributes:
        number: In the file, from 1.
        kind: What it is.
        text: Its words, folded, without the heading's marks.
        parts: The text cut where the line has a tab or several blanks, which no sentence has.
        glued: It follows the line before it without a blank line between them.
        names_speaker: A plain line that has nothing but a speaker's label.
    """

    number: int
    kind: Kind
    text: str
    parts: tuple[str, ...] = ()
    glued: bool = False
    names_speaker: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a file that carry content, each with its kind."""
    raw = list(_raw(text))
    # A speaker's heading has words below it; a code that became a heading has a heading or codes.
    counts = Counter(
        line.text.casefold()
        for line, below in pairwise(raw)
        if line.kind is Kind.HEADING and below.kind is Kind.PLAIN
    )
    lines = [
        replace(line, kind=Kind.SPEAKER, text=line.text.rstrip(": "))
        if line.kind is Kind.HEADING and is_speaker(line.text, counts[line.text.casefold()])
        else line
        for line in raw
    ]
    labels = {line.text.casefold() for line in lines if line.kind is Kind.SPEAKER}
    lines = [
        replace(line, names_speaker=True)
        if line.kind is Kind.PLAIN and (line.text.casefold() in labels or _ANONYMOUS.match(line.text))
        else line
        for line in lines
    ]
    if lines and _is_title(lines, counts):
        lines[0] = replace(lines[0], kind=Kind.TITLE)
    return lines


def is_speaker(heading: str, count: int) -> bool:
    """Whether a heading names who speaks.

    Args:
        heading: Its words.
        count: How many headings of the file have the same words, and a plain line below them.
    """
    words = heading.split()
    if _ENDS_SENTENCE.search(heading) or len(words) > _MAX_SPEAKER_WORDS:
        return False
    return role_of(heading) is not None or bool(_ANONYMOUS.match(heading)) or count >= _RECURS


def _raw(text: str) -> Iterator[Line]:
    """The lines as headings and plain ones."""
    glued = False
    for number, line in enumerate(text.split("\n"), start=1):
        folded = fold(line)
        if not folded:
            glued = False
            continue
        match = _HEADING.match(line.rstrip())
        content = _clean(match.group("text") if match else line)
        if not fold(content) or _FRAME.match(fold(content)):
            continue
        kind = Kind.HEADING if match else Kind.PLAIN
        parts = tuple(fold(part) for part in re.split(r"\t|\s{2,}", content.strip()))
        yield Line(number, kind, fold(content), parts, glued and not match)
        glued = match is None


def _clean(text: str) -> str:
    """A line without Markdown's escapes and without emphasis around the whole of it."""
    text = text.strip()
    match = _EMPHASIS.match(text)
    return _ESCAPE.sub(r"\1", match.group("text") if match else text)


def _is_title(lines: list[Line], counts: Counter[str]) -> bool:
    """Whether the first line is the title: a heading, or a short line right before a heading."""
    first, second = lines[0], lines[1] if len(lines) > 1 else None
    before_speaker = second is not None and second.kind is Kind.SPEAKER
    if first.kind is Kind.SPEAKER:  # a title can read like a speaker's label: ``Participant 7``
        return before_speaker and counts[first.text.casefold()] == 0
    if first.kind is Kind.HEADING:
        return True
    short = len(first.text.split()) <= 2 * _MAX_SPEAKER_WORDS and not _ENDS_SENTENCE.search(first.text)
    return before_speaker and short
