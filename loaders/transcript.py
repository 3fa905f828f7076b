"""Plain transcripts (.txt, .md): lines that begin with their speaker, in the forms that the tools write.

What is a label, and how far it reaches, is told from the whole document (`loaders._labels`,
`loaders._dialogue`); docs/transcripts.md shows the forms. A paragraph is a line; only in a file whose
lines are wrapped at a column (its longest line is short, and the next word would not have fitted), or
whose lines hang below their label, are lines joined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.records import Notice, Source, Turn
from loaders._dialogue import Dialogue
from loaders._labels import Labels
from loaders._paras import Para
from loaders._source import name_parts
from loaders._text import is_old_text, read_text, sniff

FORMAT = "transcript"
ENDINGS = frozenset({".txt", ".md"})
RANK = 20
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
READS = "transcripts (.txt, .md)"


def detect(path: Path) -> bool:
    """Whether the file is plain text by its ending, or any text with speakers' labels in its head."""
    head = sniff(path)
    if path.suffix.lower() in ENDINGS:
        return head is not None or is_old_text(path)
    return head is not None and Labels(head.split("\n")).enough


def parse(
    path: Path,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    encoding: str | None = None,
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and a notice for what had to be derived or was left out.

    Args:
        path: The transcript.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.
        encoding: Of a file that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: The file cannot be read, has no speakers' labels, or most would be guessed.
    """
    paras = [Para(text, line) for line, text in enumerate(read_text(path, encoding).split("\n"), 1)]
    name = name_parts(path)
    dialogue = Dialogue(path, name.interview, paras, interviewers, interviewees)
    yield Source(interview=name.interview, title=name.title, file=path.name, format=FORMAT)
    yield from dialogue.records()
