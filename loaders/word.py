"""Word documents (.docx): also what Teams, Otter, Rev and Word's own Transcribe save; comments are codings.

Written from ECMA-376 (WordprocessingML); python-docx opens the package, what stands in it is walked here,
since its paragraphs leave out inserted text and know nothing of where a comment is anchored. Text that was
deleted under tracked changes is left out, inserted text is kept. A row of a table is a line of cells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._document import Content, has_part, opened, records_of
from loaders._word_text import Reader

FORMAT = "word"
ENDINGS = frozenset({".docx"})
RANK = 21
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "Word documents (.docx)"
_PART = "word/document.xml"


def detect(path: Path) -> bool:
    """Whether the file is a Word document, or has its ending."""
    return path.suffix.lower() == ".docx" or has_part(path, _PART)


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the interview, its turns with the comments as codings, and notices.

    `Turn.line` is the number of the paragraph, from 1.

    Args:
        path: The document.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: No Word document, locked, damaged, without text or without speakers' labels.
    """
    yield from records_of(path, _read(path), FORMAT, interviewers, interviewees)


def _read(path: Path) -> Content:
    with opened(path, _PART):
        pass
    import docx

    try:
        document = docx.Document(str(path))
        reader = Reader(document)
        reader.body()
    # The library lets errors of many kinds through where a file is damaged; they all mean the same.
    except Exception as error:
        raise InputError(
            "this Word document cannot be read: open it in Word or LibreOffice, save it as .docx (not "
            "Strict, without "
            "a password) and load that.",
            path,
        ) from error
    return reader.content()
