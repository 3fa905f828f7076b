"""What to do with a file that no loader reads, by its first bytes and its ending."""

from __future__ import annotations

import re
from pathlib import Path

from kb.text.words import plural

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
    ".xls": "save the sheet as text with tabs (.txt), one turn a row",
    ".xlsx": "save the sheet as “Unicode text” with tabs (.txt), one turn a row",
    ".ods": "save the sheet as text with tabs (.txt), one turn a row",
    ".csv": "a transcript in columns: save it as text with tabs (.txt); a codebook goes to --codebook",
    ".tsv": "give it the ending .txt, if it is a transcript in columns",
    ".eaf": "in ELAN, export it as tab-delimited text (.txt) or as .srt",
    ".textgrid": "in Praat or ELAN, export it as tab-delimited text (.txt)",
    ".inqscr": "in InqScribe, export it as plain text (.txt)",
    ".otr": "in oTranscribe, export it as plain text or Markdown (.txt, .md)",
    ".nvp": "in NVivo, export the transcript as Word (.docx)",
    ".nvpx": "in NVivo, export the transcript as Word (.docx)",
    ".mx22": "in MAXQDA, export the transcript as Word (.docx)",
    ".mx24": "in MAXQDA, export the transcript as Word (.docx)",
    ".sbv": "save the captions as .vtt or .srt",
    ".ass": "save the captions as .vtt or .srt",
    ".ttml": "save the captions as .vtt or .srt",
    ".zip": "unpack it and load what is in it",
    ".json": "no transcript of Whisper or whisperX: save the transcript as .vtt, .srt or .docx",
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
    return step_of(path.suffix)


def step_of(ending: str) -> str | None:
    """What to do with files of an ending (``.doc``); None where nothing is known to help."""
    return _STEPS.get(ending.lower())


def left_aside(ending: str, count: int) -> str:
    """One line on the files of an ending that were passed over in folders.

    >>> left_aside(".doc", 2)
    '2 files .doc: open them in Word or LibreOffice and save them as .docx'
    """
    step = step_of(ending) or ""
    if count > 1:
        step = re.sub(r"^(open|unpack|transcribe) it\b", r"\1 them", step)
        step = re.sub(r"\b(save|export) it\b", r"\1 them", step)
    files = f"{plural(count, 'file')} {ending or 'without ending'}"
    return f"{files}: {step}" if step else files
