"""Plain transcripts: paragraphs that begin with ``Speaker:``, one turn a paragraph.

A paragraph is a line: that is how transcription services export and how coding tools cut what they
import, so a plain transcript has the turns that its coded exports have. Only in a file whose lines
are wrapped at a column (its longest line is short, and the next word would not have fitted) are
lines joined. Also read are a label on a line of its own with a colon or a time (``Anna   0:03``),
the passage below it being its text, times before or behind a label, and Markdown's bold labels.

A paragraph without a label is a turn of its own, with speaker ``""`` and the role of the turn
before. In a document that otherwise writes ``Speaker: text``, a line with only a speaker's word and
no colon is kept as a turn as well (coding tools do so too) and sets the role of those after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

from kb.errors import InputError
from kb.records import Notice, Role, Source, Turn, turn_id
from loaders._labels import Heading, Labels
from loaders._source import name_parts
from loaders._speakers import Speakers
from loaders._text import fold, read_text, sniff

FORMAT = "transcript"
ENDINGS = frozenset({".txt", ".md"})
RANK = 20
OPTIONS = frozenset({"interviewers"})
READS = "transcripts with “Speaker: …” paragraphs (.txt, .md)"
# The widths at which text is wrapped; a file with a longer line has its paragraphs in lines.
_WRAP = range(40, 121)


def detect(path: Path) -> bool:
    """Whether the file is plain text by its ending, or any text with speakers' labels in its head."""
    head = sniff(path)
    if head is None:
        return False
    return path.suffix.lower() in ENDINGS or Labels(head.split("\n")).enough


def parse(path: Path, interviewers: Collection[str] = ()) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and a warning for what had to be derived.

    Args:
        path: The transcript.
        interviewers: Labels of those who ask, where the labels are names; the others answer.

    Raises:
        InputError: The file cannot be read, or has no speakers' labels.
    """
    lines = read_text(path).split("\n")
    labels = Labels(lines, interviewers)
    if not labels.enough:
        raise InputError(
            "this is not read as an interview, since its paragraphs do not begin with a speaker's label: "
            "write each as “Interviewer: …” or “Anna: …”.",
            path,
        )
    name = name_parts(path)
    yield Source(interview=name.interview, title=name.title, file=path.name, format=FORMAT)
    yield from _Reader(path.name, name.interview, labels, lines, interviewers).records()


class _Reader:
    """Goes through the paragraphs of one transcript, holding who spoke last."""

    def __init__(
        self, source: str, interview: str, labels: Labels, lines: list[str], interviewers: Collection[str]
    ) -> None:
        self._source, self._interview, self._labels = source, interview, labels
        self._paragraphs = list(_paragraphs(lines, labels))
        headings = (labels.read(text) for _, text in self._paragraphs)
        self._speakers = Speakers(
            source, interview, [found.label for found in headings if found], interviewers
        )
        self._index = 0
        self._role: Role | None = None
        self._inherited: list[int] = []  # lines of paragraphs without a label that took over a role,
        self._unknown: list[int] = []  # and of those that had none to take over

    def records(self) -> Iterator[Turn | Notice]:
        waiting: tuple[int, Heading] | None = None  # a label alone on its line, before its text
        for line, text in self._paragraphs:
            found = self._labels.read(text)
            if found is None and waiting is None:
                yield from self._unheaded(line, text)
            elif found is None and waiting is not None:
                yield self._turn(line, waiting[1].label, text, waiting[1].start)
                waiting = None
            elif found is not None:
                if waiting:
                    yield self._nothing_said(*waiting)
                waiting = None
                yield from self._set_role(line, found.label)
                if found.text.strip():
                    yield self._turn(line, found.label, found.text, found.start)
                else:
                    waiting = (line, found)
        if waiting:
            yield self._nothing_said(*waiting)
        for lines, said in (
            (self._inherited, "said in the role of the turn before"),
            (self._unknown, "said by someone unknown"),
        ):
            if lines:
                message = f"paragraphs without a speaker's label, taken to be {said}: {len(lines)}."
                yield self._notice("warning", message, lines[0])

    def _unheaded(self, line: int, text: str) -> Iterator[Turn | Notice]:
        if self._labels.is_bare(text):
            yield from self._set_role(line, fold(text))
        else:
            (self._inherited if self._role else self._unknown).append(line)
        yield self._turn(line, "", text, None)

    def _set_role(self, line: int, label: str) -> Iterator[Notice]:
        self._role = self._speakers.role(label)
        if notice := self._speakers.notice(label, line):
            yield notice

    def _turn(self, line: int, speaker: str, text: str, start: float | None) -> Turn:
        index = self._index
        self._index += 1
        return Turn(
            id=turn_id(self._interview, index),
            interview=self._interview,
            index=index,
            speaker=speaker,
            role=self._role,
            text=fold(text),
            line=line,
            start=start,
        )

    def _nothing_said(self, line: int, heading: Heading) -> Notice:
        return self._notice("lost", f"the label “{heading.label}” has no text after it.", line)

    def _notice(self, level: Literal["warning", "lost"], message: str, line: int) -> Notice:
        return Notice(level=level, message=message, source=self._source, interview=self._interview, line=line)


def _paragraphs(lines: list[str], labels: Labels) -> Iterator[tuple[int, str]]:
    """The paragraphs with the number of the line they begin on, wrapped lines joined."""
    width = max(len(line.rstrip()) for line in lines)
    start, held = 0, ""
    last = ""
    for number, line in enumerate(lines, 1):
        words = line.split(maxsplit=1)
        wrapped = (
            words
            and last.strip()
            and width in _WRAP
            and len(last.rstrip()) + 1 + len(words[0]) > width
            and labels.read(line) is None
        )
        if wrapped:
            held = f"{held} {line}"
        else:
            if held.strip():
                yield start, held
            start, held = number, line
        last = line
    if held.strip():
        yield start, held
