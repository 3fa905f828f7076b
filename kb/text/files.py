"""Writing a file whole or not at all."""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path

from kb.errors import ExportError


def write_file(path: Path, content: str | bytes) -> None:
    """Replace `path` by `content` in one step, so that no reader ever sees half a figure.

    Raises:
        ExportError: If the folder is missing or not writable.
    """
    try:
        replace_file(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{path} cannot be written ({reason}); choose another place with -o.") from error


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another in one step; it keeps the rights of the one before.

    A new file has the rights that any new file has.

    Raises:
        OSError: The folder is missing or not writable, or the disk is full.
    """
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


def decoded(raw: bytes) -> str:
    """The text of a file's bytes: UTF-8, or UTF-16 with its mark, as Excel's “Unicode text” is.

    Raises:
        UnicodeDecodeError: It is neither.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if marked else "utf-8-sig")
