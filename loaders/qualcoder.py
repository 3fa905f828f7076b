"""Projects of QualCoder: a folder ``NAME.qda`` with the database ``data.qda`` in it.

QualCoder is at https://qualcoder.org. Read are its database versions 1 (2019) to 17 (QualCoder 4.0);
docs/tools.md says what comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.records import AnyRecord

FORMAT = "qualcoder"
ENDINGS = frozenset({".qda"})
RANK = 17  # whole documents with the places of their codings, before transcripts (20)
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "projects of QualCoder (.qda)"


def detect(path: Path) -> bool:
    """Whether the file is named like QualCoder's database."""
    return path.suffix.lower() in ENDINGS and path.is_file()


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[AnyRecord]:
    """Yield every file with text and the codings in it, and what is said of the study.

    Args:
        path: The database.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: It is damaged, is no project of QualCoder, or no file in it has a text.
    """
    from loaders._qualcoder import read

    yield from read(path, interviewers, interviewees)
