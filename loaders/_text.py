"""Reading a text source: its encoding, its line ends, and what is refused.

UTF-8 (with or without a byte order mark) and UTF-16 with its mark are read. An eight-bit encoding
is never guessed: every byte string is valid Latin-1, so a guess would turn names and quotes into
other letters without a word.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from pathlib import Path

from kb.errors import InputError

MAX_BYTES = 64 * 2**20
MAX_LINE_BYTES = 2**20
_NEWLINE = re.compile(r"\r\n?")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def fold(text: str) -> str:
    r"""The text on one line: every run of white space (also no-break) one blank, none at the ends.

    >>> fold(" one\u00a0\n two\t")
    'one two'
    """
    return " ".join(text.split())


def read_text(path: Path) -> str:
    r"""The whole text of a file, its line ends all ``\n``.

    Raises:
        InputError: The file is missing, unreadable, not a regular file, empty, binary, larger
            than 64 MB, has a line longer than 1 MB, or is neither UTF-8 nor UTF-16 with its mark
            (the error names the line of the first bad byte).
    """
    raw = _read_bytes(path)
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, errors="ignore")
        name = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise InputError(
            f"this is not {name} (byte 0x{raw[error.start]:02x}): save the file as UTF-8 and load it again.",
            path,
            line=_normal(before).count("\n") + 1,
        ) from error
    if "\0" in text:
        raise InputError(
            "this file is binary, or UTF-16 without its mark: save it as UTF-8 text.",
            path,
            line=_normal(text[: text.index("\0")]).count("\n") + 1,
        )
    if not text.strip():
        raise InputError("the file is empty: there is nothing to load.", path)
    return _normal(text)


def sniff(path: Path, size: int = 4096) -> str | None:
    r"""The first `size` bytes as text with ``\n`` line ends, for `detect`; never raises.

    Returns:
        ``""`` for an empty file; None where there is no text to look at: a binary, wrongly encoded
        or unreadable file, a folder, or no file at all.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(size)
    except (OSError, ValueError):
        return None
    try:
        # Incremental, because the cut may fall within a character; the file's own end may not.
        text = codecs.getincrementaldecoder(_encoding(head))().decode(head, final=len(head) < size)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else _normal(text)


def check_file(path: Path) -> None:
    """Raise `kb.errors.InputError` unless the path is a file with something in it that may be read."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError as error:  # bytes of another time's encoding, which no graph can hold
        raise InputError("the name of this file or its folder is not UTF-8: rename it.", path) from error
    try:
        if _regular(path).st_size == 0:
            raise InputError("the file is empty: there is nothing to load.", path)
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> InputError:
    """The sentence for a file or folder that the operating system does not hand over."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return InputError("no permission to read this: allow it for your user and try again.", path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return InputError("there is no such file or folder: check the path.", path)
    if error.errno == errno.ELOOP:
        return InputError("this link leads back to itself: remove it or name the file it meant.", path)
    return InputError(f"this cannot be read ({error.strerror or error}): check the disk or the path.", path)


def _encoding(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


def _normal(text: str) -> str:
    return _NEWLINE.sub("\n", text)


def _regular(path: Path) -> os.stat_result:
    """What the system knows of a file, before it is opened: opening a pipe would wait for its writer."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise InputError("this is a folder: name a file in it.", path)
    if not stat.S_ISREG(status.st_mode):
        raise InputError("this is no regular file: save its text as a file and load that.", path)
    return status


def _read_bytes(path: Path) -> bytes:
    try:
        status = _regular(path)
        if status.st_size > MAX_BYTES:
            raise InputError(
                f"the file is larger than {MAX_BYTES // 2**20} MB, too large for a transcript: split it.",
                path,
            )
        with path.open("rb") as file:
            lines: list[bytes] = []
            # Refused while reading, so that one endless line does not first fill the memory.
            while line := file.readline(MAX_LINE_BYTES + 1):
                if len(line) > MAX_LINE_BYTES:
                    raise InputError(
                        f"this line is longer than {MAX_LINE_BYTES // 2**20} MB, which no transcript has: "
                        "break it into paragraphs.",
                        path,
                        line=len(lines) + 1,
                    )
                lines.append(line)
    except OSError as error:
        raise unreadable(path, error) from error
    return b"".join(lines)
