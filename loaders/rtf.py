"""Rich Text Format (.rtf), as f4, MAXQDA, NVivo and word processors save it, by striprtf."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._document import Content, hidden_text, records_of
from loaders._paras import Para
from loaders._text import check_file, fold, unreadable

FORMAT = "rtf"
ENDINGS = frozenset({".rtf"})
RANK = 23
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "RTF (.rtf)"
_MAX_BYTES = 32 * 2**20
_DELETED = re.compile(r"(?<!\\)\\deleted(?![a-z0-9])")
_HIDDEN = re.compile(r"(?<!\\)\\v1?(?![a-z0-9])")
_TOKEN = re.compile(r"\\[\\{}]|\\(?:deleted0|v0|plain)(?![a-z0-9])|[{}]")
_PAR = re.compile(r"(?<!\\)\\(?:par|line|row)(?![a-z0-9])")
_BRACE = re.compile(r"(?<!\\)[{}]")
_PAGE = re.compile(r"\\ansicpg\d{1,5}")
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
    bare, _ = _without(_without_pictures(source), _DELETED, "\\deleted0")
    bare, hidden = _without(_without_styles(bare), _HIDDEN, "\\v0", keep_ends=True)
    page = _PAGE.search(source)
    head = f"{{\\rtf1\\ansi{page[0] if page else ''} "
    try:
        text = str(rtf_to_text(bare, errors="replace"))  # type: ignore[no-untyped-call]
        unseen = [fold(rtf_to_text(f"{head}{one}}}", errors="replace")) for one in hidden]  # type: ignore[no-untyped-call]
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
    if unseen := [one for one in unseen if one]:
        notes.append(hidden_text(unseen))
    yield from records_of(path, Content(paras, [], notes), FORMAT, interviewers, interviewees)


def _without_pictures(source: str) -> str:
    """The source without the long runs of hexadecimal digits that pictures are."""
    return re.sub(r"[0-9a-fA-F]{256,}", "", source)


def _without_styles(source: str) -> str:
    """The source without the sheet of its styles, which is no text."""
    start = source.find("{\\stylesheet")
    depth = 0
    for brace in _BRACE.finditer(source, start) if start >= 0 else ():
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return source[:start] + source[brace.end() :]
    return source


def _without(
    source: str, begin: re.Pattern[str], end: str, *, keep_ends: bool = False
) -> tuple[str, list[str]]:
    """The source without what has a property, and that: it ends with its group, ``plain``, or `end`.

    Args:
        source: Of the file.
        begin: Finds where the property is set.
        end: What takes it off.
        keep_ends: The ends of paragraphs stay.
    """
    out: list[str] = []
    left: list[str] = []
    at = 0
    while match := begin.search(source, at):
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
            elif depth == 0 and token[0] in (end, "\\plain"):
                at = token.start()
                break
        left.append(source[match.end() : at])
        if keep_ends:
            out += [f"{found[0]} " for found in _PAR.finditer(left[-1])]
    out.append(source[at:])
    return "".join(out), left
