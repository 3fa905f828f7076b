"""What can go wrong, as one tree.

A message is one sentence (or two) that says what happened and what to do about it;
the command line prints it to stderr and ends with the class's ``exit_code``.

::

    KbError                      1  anything kb itself says no to
    ├── UsageError               2  an unknown query, code, option value
    ├── InputError               3  a file that cannot be read; knows path and line or page
    │   └── CodebookError        3  a codebook, catalogue or relations file that is not well formed
    ├── StoreError               4  the graph could not be reached or refused the statement
    │   ├── StoreUnavailable     4  no server, wrong password, no engine for this platform
    │   ├── StoreDamaged         4  files of the embedded database are gone or cut
    │   ├── StoreLocked          4  another process has the embedded database open
    │   ├── WriteRefused         4  a statement that writes was run as a read
    │   ├── NeedsMemory          4  a statement needs more memory than the server has for it
    │   └── QueryTimeout         6  a query took longer than it may
    └── ExportError              5  a figure that cannot be drawn
"""

from __future__ import annotations

from pathlib import Path


class KbError(Exception):
    """The root: everything that kb reports to its user in one sentence."""

    exit_code = 1


class UsageError(KbError):
    """The call's words are off: an unknown query, code, column or option value."""

    exit_code = 2


class InputError(KbError):
    """A file that cannot be read as what it should be.

    Args:
        message: One sentence with the remedy, without the path.
        path: The file.
        line: Line number from 1, if the format has lines.
        page: Page number from 1, if the format has pages.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        path: str | Path | None = None,
        *,
        line: int | None = None,
        page: int | None = None,
    ) -> None:
        self.message = message
        self.path = None if path is None else Path(path)
        self.line = line
        self.page = page
        where = "" if path is None else f"{path}"
        if line is not None:
            where += f", line {line}"
        if page is not None:
            where += f", page {page}"
        super().__init__(f"{where}: {message}" if where else message)


class CodebookError(InputError):
    """A codebook, catalogue or relations file that is not well formed."""


class StoreError(KbError):
    """The graph store could not do what was asked."""

    exit_code = 4


class StoreUnavailable(StoreError):
    """No server answers, the password is wrong, or there is no engine for this platform."""


class StoreDamaged(StoreError):
    """Files of the embedded database are gone or cut, or a graph was restored in part only."""


class StoreLocked(StoreError):
    """Another process has the embedded database open."""


class WriteRefused(StoreError):
    """A statement that writes was run where only reading is allowed."""


class NeedsMemory(StoreError):
    """A statement needs more memory than the server has for it; the graph is as it was.

    Args:
        name: Whose memory, as messages name it.
        more: How to give it more, as a clause that begins with a comma or a space; may be empty.
    """

    def __init__(self, name: str, more: str = "") -> None:
        super().__init__(
            f"This statement needs more memory than {name} has for it: ask for less at "
            f"once (one interview, fewer rows, a LIMIT){more}."
        )


class QueryTimeout(StoreError):
    """A query took longer than it may.

    Args:
        seconds: The time it had; None where it was the server's own bound.
        ended: It was ended on the server too; some statements do not listen there.
    """

    exit_code = 6

    def __init__(self, seconds: float | None = None, *, ended: bool = True) -> None:
        self.seconds = seconds
        self.ended = ended
        after = "at the server's own time bound" if seconds is None else f"after {seconds:g} s"
        what = (
            f"The query was ended {after}"
            if ended
            else f"kb waits no longer for the query {after}, but the server has not ended it and may run it "
            "on (its administrator can see it with SHOW TRANSACTIONS)"
        )
        super().__init__(
            f"{what}: narrow it (a start or an end that is named, a shorter chain, one "
            "interview), or give it more time with --timeout SECONDS (0 for no bound)."
        )


class ExportError(KbError):
    """A figure that cannot be drawn: an unknown format, or nothing to draw."""

    exit_code = 5
