"""Projects of Taguette (.sqlite3): *Project info → Export project*, or the program's own database.

Taguette is at https://www.taguette.org. Seen in its versions 0.10 to 1.5; docs/tools.md says what comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.records import AnyRecord
from loaders._text import begins

FORMAT = "taguette"
ENDINGS = frozenset[str]()
MAYBE = frozenset({".sqlite3", ".sqlite", ".db"})
RANK = 18  # whole documents with the places of their codings, before transcripts (20)
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "projects of Taguette (.sqlite3)"


def detect(path: Path) -> bool:
    """Whether it is a SQLite database with Taguette's tables, or a damaged one of its ending."""
    if not begins(path, b"SQLite format 3\0"):
        return False
    from loaders._taguette import is_taguette

    known = is_taguette(path)
    return path.suffix.lower() == ".sqlite3" if known is None else known


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[AnyRecord]:
    """Yield every document with the highlights in it; a database of several projects is one study.

    Args:
        path: The database.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: It is damaged, or no document is in it.
    """
    from loaders._taguette import read

    yield from read(path, interviewers, interviewees)
