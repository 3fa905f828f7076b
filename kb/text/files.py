"""Reading a file that anybody may have made, and writing one whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import tempfile
from pathlib import Path

from kb.errors import ExportError, InputError


def write_file(path: Path, content: str | bytes) -> None:
    """Replace `path` by `content` in one step, so that no reader ever sees half a figure.

    Folders that lead to it are made where they are missing.

    Raises:
        ExportError: If the folder is not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{path} cannot be written ({reason}); choose another place with -o.") from error


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; it keeps the rights of the one before.

    A new file has the rights that any new file has.

    Raises:
        OSError: The folder is missing or not writable, the disk is full, or see `replaceable`.
    """
    path = replaceable(path)
    umask = os.umask(0)
    os.umask(umask)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def replaceable(path: Path) -> Path:
    """The file that a name means, behind links, which stay.

    Raises:
        OSError: There is a device or a pipe, whose place no file may take.
    """
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return path


def read_bounded(path: Path, most: int, error: type[InputError] = InputError) -> bytes:
    """The bytes of a regular file that is no larger than it may be.

    Asked before it is opened: opening a pipe would wait for its writer, and a device never ends.

    Args:
        path: The file.
        most: Its bytes at most.
        error: What is raised.

    Raises:
        InputError: It is missing, unreadable, no regular file, or larger.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise error("This is a folder: name a file in it.", path)
        if not stat.S_ISREG(mode):
            raise error("This is no regular file: save what it gives as a file and name that.", path)
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as failed:
        if failed.errno in (errno.ENOENT, errno.ENOTDIR):
            raise error("There is no such file: check the path.", path) from failed
        reason = failed.strerror or str(failed)
        raise error(f"The file cannot be read ({reason}): check its rights and the disk.", path) from failed
    except ValueError as failed:  # a name that no file system takes
        raise error("There is no such file: check the path.", path) from failed
    if len(raw) > most:
        raise error(f"The file is larger than {size(most)}, too large for what it is: split it.", path)
    return raw


def size(count: int) -> str:
    """A number of bytes in words."""
    return f"{count // 2**20} MB" if count >= 2**20 else f"{count // 2**10} KB"


def decoded(raw: bytes) -> str:
    """The text of a file's bytes: UTF-8, or UTF-16 with its mark, as Excel's “Unicode text” is.

    Raises:
        UnicodeDecodeError: It is neither.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if marked else "utf-8-sig")
