"""What nobody foresaw: a mistake of kb's own, whose details go into a file and not to the terminal."""

from __future__ import annotations

import os
import tempfile
import traceback

#: Of a command that ended by one; as ``EX_SOFTWARE`` in ``sysexits.h``.
EXIT_CODE = 70


class Told(Exception):  # its details were written where it happened
    """An error of another process of kb's, whose message is what `told` said there."""


def told(error: BaseException) -> str:
    """Write an error's traceback into a file that only its owner can read, and say where it is.

    Returns:
        One sentence; it says so where the file could not be written.
    """
    if isinstance(error, Told):
        return str(error)
    kind = type(error).__name__
    try:
        details = "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace")
        handle, name = tempfile.mkstemp(prefix="kb-error-", suffix=".txt")  # 0600
        with os.fdopen(handle, "wb") as file:
            file.write(details)
    except (OSError, RecursionError, MemoryError):
        return f"Something went wrong in kb itself ({kind}), and its details could not be written anywhere."
    return (
        f"Something went wrong in kb itself ({kind}): please send {name} to those who make kb, "
        "after a look at what it shows of your data."
    )
