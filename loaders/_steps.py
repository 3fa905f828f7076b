"""What to do with a file that no loader reads, by its first bytes and its ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kb.text.words import plural
from loaders._sheets import ENDINGS
from loaders._table_kind import step_for_table
from loaders._text import sniff

NAMED = 5  # files of an ending that are named
_BACKUP = re.compile(r"_BKUP_\d{8}_\d{2}.*\.qda$", re.IGNORECASE)
_ENDINGS = 12  # for which files are named

_RECORDINGS = [
    ".mp3",
    ".m4a",
    ".wav",
    ".aac",
    ".ogg",
    ".opus",
    ".flac",
    ".wma",
    ".mp4",
    ".mov",
    ".mkv",
    ".avi",
    ".webm",
    ".m4v",
]
_PICTURES = [".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp"]
_STEPS = {
    ".doc": "open it in Word or LibreOffice and save it as .docx",
    ".docm": "open it in Word and save it as .docx, without macros",
    ".dotx": "open it in Word and save it as .docx",
    ".wps": "open it in LibreOffice and save it as .docx",
    ".pages": "open it in Pages and export it as Word (.docx)",
    ".gdoc": "this is only a link: in Google Docs, download the document as Word (.docx)",
    ".html": "open it in a browser or a word processor and save its text as .txt or .docx",
    ".htm": "open it in a browser or a word processor and save its text as .txt or .docx",
    ".xls": "open it in Excel or LibreOffice and save it as .xlsx",
    ".xlsb": "open it in Excel and save it as .xlsx",
    ".xlsm": "open it in Excel and save it as .xlsx, without macros",
    ".ods": "open it in LibreOffice and save it as .xlsx or .csv",
    ".numbers": "open it in Numbers and export it as Excel (.xlsx) or CSV",
    ".xlsx": "a table needs columns with names: a row a coded passage, with document, text and codes",
    ".csv": "a table needs columns with names: a row a coded passage, with document, text and codes",
    ".tsv": "a table needs columns with names: a row a coded passage, with document, text and codes",
    ".eaf": "in ELAN, export it as tab-delimited text (.txt) or as .srt",
    ".inqscr": "in InqScribe, export it as plain text (.txt)",
    ".otr": "in oTranscribe, export it as plain text or Markdown (.txt, .md)",
    **dict.fromkeys(
        [".nvp", ".nvpx", ".nvcx"],
        "in NVivo, export the project: Share > Export project > REFI-QDA project (.qdpx)",
    ),
    **dict.fromkeys(
        [".mx18", ".mx20", ".mx22", ".mx24", ".mx26", ".mex22", ".mex24"],
        "in MAXQDA, export the project: Home > Export > REFI-QDA project (.qdpx)",
    ),
    **dict.fromkeys(
        [".atlproj", ".atlproj22", ".atlproj23", ".atlproj24", ".atlproj25", ".hpr7"],
        "in ATLAS.ti, export the project: File > Export > QDPX project (.qdpx)",
    ),
    ".sbv": "save the captions as .vtt or .srt",
    ".ass": "save the captions as .vtt or .srt",
    ".ttml": "save the captions as .vtt or .srt",
    ".ssa": "save the captions as .vtt or .srt",
    ".yaml": "`kb load` takes it for a relations file; a codebook goes to --codebook",
    ".yml": "`kb load` takes it for a relations file; a codebook goes to --codebook",
    ".sqlite3": "no project of Taguette: in the program that wrote it, export the transcripts as text (.txt)",
    ".rqda": "in QualCoder, import it (Project → Import RQDA project) and load the folder that it saves",
    ".zip": "unpack it and load what is in it",
    ".json": "no transcript of a speech recognizer that is known: save the transcript as .vtt, .srt or .docx",
    **dict.fromkeys(_RECORDINGS, "a recording: transcribe it first and load the transcript"),
    **dict.fromkeys(_PICTURES, "a picture: load the transcript as text"),
}


def step_for(path: Path) -> str | None:
    """What to do with a file that no loader reads, without a full stop; None where nothing is known."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError:
        head = b""
    if head.startswith(b"\xd0\xcf\x11\xe0") and path.suffix.lower() not in (".xls", ".ppt"):
        return _STEPS[".doc"]
    if path.suffix.lower() in ENDINGS and (step := step_for_table(path)):
        return step
    return step_of(path.suffix)


def step_of(ending: str) -> str | None:
    """What to do with files of an ending (``.doc``); None where nothing is known to help."""
    return _STEPS.get(ending.lower())


def is_lock(path: Path) -> bool:
    """Whether it is what Word puts beside a document that is open."""
    return path.name.startswith("~$")


def is_backup(path: Path) -> bool:
    """Whether it is one of the folders that QualCoder puts beside a project's, with its state of an hour."""
    return _BACKUP.search(path.name) is not None


def step_left(path: Path) -> str | None:
    """As `step_for`, for a file that was passed over in a folder."""
    if is_backup(path):
        return "a backup of a project of QualCoder; name it if it is to be loaded"
    if is_lock(path):
        return "a document of this name is open in Word; nothing is lost"
    if path.name == "proposals.jsonl":
        return "proposals wait in it for `kb review`; only what a reader accepts is loaded"
    if path.name.endswith(".review.jsonl"):
        return "the journal of `kb review`; what was decided is in the relations file beside it"
    if not path.is_file():  # a pipe would never end
        return None
    if step := step_for(path):
        return step
    return "if it is a transcript, give it the ending .txt" if sniff(path) else None


def left_aside(counts: Mapping[str, int], files: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Lines on the files that were passed over in folders: by ending, and in it by what to do.

    Args:
        counts: How many there are, by ending.
        files: The first of each ending, with what to do.

    >>> step = step_of(".doc")
    >>> list(left_aside({".doc": 3}, [("a.doc", step), ("b.doc", step)]))
    ['a.doc, b.doc and 1 more .doc: open them in Word or LibreOffice and save them as .docx']
    """
    groups: dict[str, dict[str | None, list[str]]] = {ending: {} for ending in counts}
    for name, step in files:
        groups[Path(name).suffix.lower()].setdefault(step, []).append(name)
    for ending in list(groups)[:_ENDINGS]:
        left = counts[ending] - sum(map(len, groups[ending].values()))
        *others, last = groups[ending].items()
        for step, names in others:
            yield _line(names, step, "")
        kind = ending or "without ending"
        yield _line(last[1], last[0], f"{left} more {kind}" if left else "")
    if rest := list(counts)[_ENDINGS:]:
        yield f"{plural(sum(counts[ending] for ending in rest), 'file')} of {len(rest)} more endings"


def _line(names: list[str], step: str | None, more: str) -> str:
    files = ", ".join(names) + (f" and {more}" if more else "")
    if step is None:
        return f"{files}: no kind of file that kb reads"
    if more or len(names) > 1:
        step = re.sub(r"^(open|unpack|transcribe|give) it\b", r"\1 them", step)
        step = re.sub(r"\b(save|export|give) it\b", r"\1 them", step)
    return f"{files}: {step}"
