"""Plain transcripts (.txt, .md): lines that begin with their speaker, in the forms that the tools write.

What is a label, and how far it reaches, is told from the whole document (`loaders._labels`,
`loaders._dialogue`); docs/transcripts.md shows the forms. A paragraph is a line; only in a file whose
lines are wrapped at a column (its longest line is short, and the next word would not have fitted), or
whose lines hang below their label, are lines joined. A text with times and without speakers is nobody's
(`loaders._stamped`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.records import Notice, Source, Turn
from loaders._columns import in_time
from loaders._dialogue import Dialogue, NoLabels
from loaders._inner import turns_apart
from loaders._joined import Piece, doubts, joined
from loaders._labels import Labels
from loaders._markup import plain
from loaders._paras import Para
from loaders._pipes import without_bars
from loaders._source import name_parts
from loaders._speakers import Speakers
from loaders._stamped import stamped
from loaders._text import fold, is_old_text, read_text, sniff

FORMAT = "transcript"
ENDINGS = frozenset({".txt", ".md"})
RANK = 20
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
READS = "transcripts (.txt, .md)"
_BREAKS = re.compile("[\u2028\u2029\v\x85\f]")
#: Captions that are read from other formats only; their fields look like labels.
_CAPTIONS = frozenset({".ass", ".ssa", ".sub", ".lrc"})
_PAGE = "\f"
_WITHOUT = "What a recognizer wrote without speakers is read with its times: load its .vtt, .srt or .json."


def detect(path: Path) -> bool:
    """Whether the file is plain text by its ending, or any text with speakers' labels in its head."""
    head = sniff(path)
    if path.suffix.lower() in ENDINGS:
        return head is not None or is_old_text(path)
    if path.suffix.lower() in _CAPTIONS:
        return False
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
    lines = plain(read_text(path, encoding).split("\n"), markdown=path.suffix.lower() == ".md")
    # A page's end (a form feed) stands before its first line.
    # A word processor's line break within a paragraph may begin a turn, as its paragraphs do.
    paras = [
        Para(text, line) for line, whole in enumerate(lines, 1) for text in _BREAKS.split(whole.lstrip(_PAGE))
    ]
    if tabbed := without_bars([para.text for para in paras]):
        paras = [para._replace(text=text) for para, text in zip(paras, tabbed, strict=True)]
    paras = turns_apart(paras)
    if order := in_time([para.text for para in paras]):
        paras = [paras[n] for n in order]
    name = name_parts(path)
    source = Source(interview=name.interview, title=name.title, file=path.name, format=FORMAT)
    try:
        dialogue = Dialogue(path, name.interview, paras, interviewers, interviewees)
    except NoLabels as error:
        if (found := stamped(paras)) is None:
            raise NoLabels(f"{error.message} {_WITHOUT}", path) from error
        yield source
        yield from _nobodys(*found, source)
        return
    yield source
    yield from dialogue.records()
    if order:
        message = "the rows stood one speaker after the other; they were put in the order of their times."
        yield Notice(level="info", message=message, source=path.name, interview=name.interview)


def _nobodys(pieces: list[Piece], left: list[Para], source: Source) -> Iterator[Turn | Notice]:
    """The turns of a text with times and without speakers, and what is to be told of it."""
    name = source.interview
    yield from joined(pieces, name, Speakers(source.file, name, []), carry=False)
    told = list(doubts(pieces, "paragraphs", carry=False))
    if left:
        words = "; ".join(fold(para.text)[:40] for para in left[:3])
        more = " …" if len(left) > 3 else ""
        told.append(
            ("info", f"lines that are no speech were left out: {len(left)} (“{words}”{more}).", left[0].line)
        )
    for level, message, line in told:
        yield Notice(level=level, message=message, source=source.file, interview=name, line=line)
