"""What a file's name and place say about the interview, its coder and the coding round."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}[\s_-]+")
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_SUFFIX = re.compile(r"\.(txt|md|docx?|pdf|vtt|srt|textgrid)$", re.IGNORECASE)
# Any format's ending; a name after a dot (`A.Smith`) has one capital.
_OWN_ENDING = re.compile(r"\.(?=\w*[A-Za-z])(?:[a-z\d]{1,10}|[A-Z\d]{1,10})$")
_SPLIT = re.compile(r"\s+[-–—]\s+")
_NUMBER = re.compile(
    r"^(?:interview|entretien|participant|transcript|p|i|int)?[\s_#.-]*0*(\d+)$", re.IGNORECASE
)

# Folders that studies keep their rounds in; any other folder says nothing about the round.
_ROUNDS = {
    "coding": "coding",
    "codings": "coding",
    "coded": "coding",
    "moderation": "moderation",
    "moderations": "moderation",
    "moderated": "moderation",
}
_ROUND_N = re.compile(r"^round[\s_-]*(\w+)$", re.IGNORECASE)
DEFAULT_ROUND = "coding"
# Files that stand for the folder they lie in, whose name ends as theirs: NAME.qda/data.qda.
PROJECT_FILES = frozenset({"data.qda"})
_MAX_TITLE = 1000  # what is longer is no title; the forms above go over one several times


class SourceName(NamedTuple):
    """The parts of a source's name; `coder` is None where the name has none."""

    interview: str
    title: str
    coder: str | None
    round: str


def interview_id(title: str) -> str:
    """The id of an interview from its title: its number, else a slug.

    >>> interview_id("Interview 11"), interview_id("P07"), interview_id("Café Zoë")
    ('11', '7', 'cafe-zoe')
    """
    title = title.strip()
    match = _NUMBER.match(title) if len(title) <= _MAX_TITLE else None
    if match:
        return match.group(1)
    ascii_ = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-")
    return slug or title or "interview"


def name_parts(path: Path, title: str | None = None) -> SourceName:
    """Interview, coder and round of a source.

    Args:
        path: The file; its name reads ``[date-]Interview 11[ - Coder][ (note)]``, and its folder
            may name the round (``codings``, ``moderation``, ``round 2``).
        title: A title found inside the file in the same form; it wins over the file's name.
    """
    stem = title if title and len(title) <= _MAX_TITLE else _OWN_ENDING.sub("", path.name)
    while _SUFFIX.search(stem):
        stem = _SUFFIX.sub("", stem)
    stem = _DATE.sub("", stem.strip())
    stem = _NOTE.sub("", stem)
    parts = _SPLIT.split(stem, maxsplit=1)
    name = parts[0].strip()
    coder = _SUFFIX.sub("", _NOTE.sub("", parts[1].strip())) if len(parts) == 2 else None
    folder = path.parent.name
    match = _ROUND_N.match(folder)
    round_ = f"round-{match.group(1).lower()}" if match else _ROUNDS.get(folder.lower())
    return SourceName(interview_id(name), name, coder or None, round_ or DEFAULT_ROUND)


def name_doubt(path: Path, name: SourceName) -> str | None:
    """What to say where a file's name speaks of another interview or coder than the title inside it.

    A name without a coder or a number (``export.pdf``) says nothing, and so contradicts nothing.
    """
    said = name_parts(path)
    other_coder = said.coder is not None and said.coder != name.coder
    other_interview = said.interview.isdigit() and said.interview != name.interview
    if not (other_coder or other_interview):
        return None
    return (
        f"the title in the file says {_called(name)}, its name says {_called(said)}: the title counts "
        "(--interview and --coder count over both)."
    )


def _called(name: SourceName) -> str:
    return f"interview {name.interview}{f', coder {name.coder}' if name.coder else ''}"


def file_name(path: Path) -> str:
    """What names a source's file: of a project that is a folder with one file to load, the folder's name.

    >>> file_name(Path("study/Bakers.qda/data.qda")), file_name(Path("study/a.txt"))
    ('Bakers.qda', 'a.txt')
    """
    if path.name.lower() in PROJECT_FILES:
        folder = path.absolute().parent.name
        if folder.lower().endswith(path.suffix.lower()):
            return folder
    return path.name
