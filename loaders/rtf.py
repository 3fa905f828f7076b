"""Rich Text Format (.rtf), as f4, MAXQDA, NVivo and word processors save it, by striprtf."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._document import Content, records_of
from loaders._paras import Para
from loaders._text import check_file, unreadable

FORMAT = "rtf"
ENDINGS = frozenset({".rtf"})
RANK = 23
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "RTF (.rtf)"
_MAX_BYTES = 32 * 2**20
_DELETED = re.compile(r"(?<!\\)\\deleted(?![a-z0-9])")
_TOKEN = re.compile(r"\\[\\{}]|\\deleted0|\\plain(?![a-z])|[{}]")
_ENDS = ("\\deleted0", "\\plain")
_COMMENT = re.compile(r"\\\*\\annotation\b")


def detect(path: Path) -> bool:
    """Whether the file begins as RTF does, or has its ending."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(5) == b"{\\rtf" or path.suffix.lower() == ".rtf"
    except (OSError, ValueError):
        return False


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the interview, its turns, and notices; arguments and errors as in `loaders.word`.

    RTF keeps no numbers of lines; `Turn.line` is the number of the paragraph.
    """
    check_file(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(
                "the file is too large for a transcript: take out its pictures, or save it as .docx.", path
            )
        raw = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    if not raw.startswith(b"{\\rtf"):
        raise InputError("this is not RTF: give it the ending of what it is, or save it as .docx.", path)
    from striprtf.striprtf import rtf_to_text

    source = raw.decode("latin-1")
    try:
        text = str(rtf_to_text(_without_deleted(_without_pictures(source)), errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:  # the library's errors are Python's own; to the user they mean the same
        raise InputError(
            "this RTF cannot be read: open it in Word or LibreOffice and save it as .docx.", path
        ) from error
    paras = [
        Para(line, number, whole=True) for number, line in enumerate(text.replace("\r", "").split("\n"), 1)
    ]
    notes = []
    if comments := len(_COMMENT.findall(source)):
        notes.append(
            f"comments are not read from RTF: {comments}; save the file as .docx to have them as codings."
        )
    yield from records_of(path, Content(paras, [], notes), FORMAT, interviewers, interviewees)


def _without_pictures(source: str) -> str:
    """The source without the long runs of hexadecimal digits that pictures are."""
    return re.sub(r"[0-9a-fA-F]{256,}", "", source)


def _without_deleted(source: str) -> str:
    """The source without what is marked as deleted, which ends with its group or ``deleted0``."""
    out: list[str] = []
    at = 0
    while match := _DELETED.search(source, at):
        out.append(source[at : match.start()])
        depth = 0
        at = len(source)
        for token in _TOKEN.finditer(source, match.end()):
            if token[0] == "{":
                depth += 1
            elif token[0] == "}":
                depth -= 1
                if depth < 0:
                    at = token.start()
                    break
            elif depth == 0 and token[0] in _ENDS:
                at = token.start()
                break
    out.append(source[at:])
    return "".join(out)
