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
MAX_FILE_BYTES = 256 * 2**20  # of any format; documents hold pictures
_NEWLINE = re.compile(r"\r+\n|\r")  # written twice by some programs: \r\r\n
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


def listed(text: str) -> list[str]:
    """The words of a text, for word lists that a person reads."""
    return text.split()


def read_text(path: Path, encoding: str | None = None) -> str:
    r"""The whole text of a file, its line ends all ``\n``.

    Args:
        path: The file.
        encoding: As the user says, for a file that is neither UTF-8 nor UTF-16 with its mark; one
            that is keeps its own, so that a folder may hold old and new files.

    Raises:
        InputError: The file is missing, unreadable, not a regular file, empty, binary, larger
            than 64 MB, has a line longer than 1 MB, or is in another encoding than it should be
            (the error names the line of the first bad byte and the way out).
    """
    return decode(_read_bytes(path), path, encoding)


def decode(raw: bytes, path: Path, encoding: str | None = None) -> str:
    """The text of a file's bytes; arguments, result and errors as in `read_text`."""
    own = _encoding(raw)
    try:
        text = raw.decode(own)
        if encoding and "\0" in text and own == "utf-8":
            text = _as_said(raw, path, encoding)
    except UnicodeDecodeError as error:
        if encoding and own != "utf-16":
            return _checked(_as_said(raw, path, encoding), path)
        before = raw[: error.start].decode(own, errors="ignore")
        line = _normal(before).count("\n") + 1
        if own == "utf-16":
            message = f"this is not UTF-16 (byte 0x{raw[error.start]:02x}): save the file as UTF-8."
        else:
            message = (
                f"this is not UTF-8 (byte 0x{raw[error.start]:02x}): save the file as UTF-8, or say what "
                f"it is, "
                "for older files of Windows --encoding cp1252, of Macs --encoding mac-roman."
            )
        raise InputError(message, path, line=line) from error
    return _checked(text, path)


def _as_said(raw: bytes, path: Path, encoding: str) -> str:
    """The text in the encoding that the user names."""
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise InputError(
            f"there is no encoding {encoding!r}: name one such as cp1252, latin-1, cp1250, cp1251, "
            f"shift_jis, gb18030.",
            path,
        ) from error
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, errors="ignore")
        raise InputError(
            f"this is not {encoding} either (byte 0x{raw[error.start]:02x}): try another --encoding, or "
            f"save the "
            "file as UTF-8.",
            path,
            line=_normal(before).count("\n") + 1,
        ) from error


def _checked(text: str, path: Path) -> str:
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise InputError(
            "this file is binary, or UTF-16 without its mark: save it as UTF-8 text, or say so with "
            "--encoding utf-16-le.",
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


def begins(path: Path, mark: bytes) -> bool:
    """Whether the file begins with these bytes; never raises."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except (OSError, ValueError):
        return False


def is_old_text(path: Path, size: int = 4096) -> bool:
    """Whether the file may be text in an encoding of old: no UTF-8, and no byte that only binaries have."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(size)
    except (OSError, ValueError):
        return False
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")):
        return False
    return bool(head) and not any(byte < 9 or 14 <= byte < 27 for byte in head)


def check_file(path: Path) -> None:
    """Raise `kb.errors.InputError` unless the path is a file with something in it that may be read."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError as error:  # bytes of another time's encoding, which no graph can hold
        raise InputError("the name of this file or its folder is not UTF-8: rename it.", path) from error
    try:
        size = _regular(path).st_size
        if size == 0:
            raise InputError("the file is empty: there is nothing to load.", path)
        if size > MAX_FILE_BYTES:
            raise InputError(
                f"the file is larger than {MAX_FILE_BYTES // 2**20} MB, too large for a transcript: "
                "split it.",
                path,
            )
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
