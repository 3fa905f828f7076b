"""Files read by a process of their own, which is ended if one takes too long.

A file that somebody made to hang its reader, or that is merely strange, may hold a parser in a place that
listens to nothing. So the parser runs in another process (`kb.ingest.reader_child`), and whoever waits
for it ends it at the bound; the next file gets a new one. A file that a process dies of costs itself alone.
"""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import InputError, KbError, UsageError
from kb.ingest import reader_child
from kb.ingest.whole import Kind, load_whole
from kb.unexpected import Told

if TYPE_CHECKING:
    from kb.codebook import Codebook
    from kb.ingest.overrides import Overrides
    from kb.records import AnyRecord
    from kb.text.names import Names


_START_SECONDS = 60.0  # 0.3 s on an idle machine
# A YAML file takes 25 s a megabyte at worst: smaller ones are done before a process has started.
_SMALL_BYTES = 2**16


class Reader:
    """Reads files one after another, each within a bound. Use it in a ``with`` statement.

    Several of them read at the same time.

    Args:
        seconds: That each file may take while somebody waits for it; None for what ``KB_FILE_TIMEOUT``
            says, else `kb.settings.DEFAULT_FILE_TIMEOUT`; 0 for no bound, which reads in this process.

    Raises:
        UsageError: That is no number of seconds.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = _bound(seconds)
        self._popen: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._busy = False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start its process now, beside what else there is to do; else the first file does."""
        if self.seconds and self._popen is None:
            self._popen = _spawn()

    def records(self, path: Path, overrides: Overrides | None = None) -> Records:
        """The records of one file; arguments as `kb.ingest.overrides.parse` takes them.

        Raises (as they are read):
            InputError: What `parse` raises; or it took longer than it may, or its process died of it.
            Told: A mistake of kb's own.
        """
        if self.seconds:
            return Records(self._answers("records", path, overrides))
        return Records(_here(path, overrides))

    def read(self, kind: Kind, path: Path, encoding: str | None = None) -> Any:
        """What a file holds that is no interview; as `load_whole` gives it.

        Raises:
            InputError: What that raises, and as `records`.
        """
        if not self.seconds or not _is_large(path):
            return load_whole(kind, path, encoding)
        return next(found for word, found in self._answers(kind, path, encoding) if word == "result")

    def knows(self, path: Path) -> bool:
        """Whether a file of a folder, of an ending that may be anything, is one that a loader reads.

        One that takes longer than it may counts as one: reading it says why it is not read.
        """
        from loaders import registry

        if not registry().may_know(path):
            return False
        try:
            return bool(self.read("known", path))
        except InputError:
            return True

    def close(self) -> None:
        """End its process."""
        popen, self._popen = self._popen, None
        self._ready = self._busy = False
        if popen is None:
            return
        popen.kill()
        popen.wait()
        for pipe in (popen.stdin, popen.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _answers(self, what: str, path: Path, said: Overrides | str | None) -> Iterator[reader_child.Message]:
        if self._busy:  # the file before was not read to its end
            self.close()
        popen = self._started()
        self._busy = True
        left = self.seconds
        with suppress(OSError):  # it died; the answer says so
            assert popen.stdin is not None
            pickle.dump((what, path, said, self.seconds), popen.stdin)
            popen.stdin.flush()
        while True:
            begun = time.monotonic()
            word, found = self._message(popen, left)
            left -= time.monotonic() - begun  # only while somebody waits: whoever prints may take long
            if word == "late":
                raise InputError(
                    f"reading it took longer than {self.seconds:g} s and was ended: split it, save it as "
                    "plain text, or give it more time with --file-timeout SECONDS (0 for no bound).",
                    path,
                )
            if word == "died":
                raise InputError(
                    f"the process that read it ended ({found}): split it, or save it as plain text.", path
                )
            if word in ("done", "refused", "broken"):
                self._busy = False
            if word == "done":
                return
            if word == "refused":
                raise found
            if word == "broken":
                raise Told(found)
            yield word, found

    def _started(self) -> subprocess.Popen[bytes]:
        """The process, when it can take orders.

        Raises:
            KbError: It does not start.
        """
        self.start()
        assert self._popen is not None
        popen = self._popen
        if not self._ready:
            word, found = self._message(popen, _START_SECONDS)
            if word != "ready":
                raise KbError(
                    f"The process that reads files did not start ({found or 'it said nothing'}); set "
                    "KB_FILE_TIMEOUT=0 to have them read without one, and without a bound."
                )
            self._ready = True
        return popen

    def _message(self, popen: subprocess.Popen[bytes], seconds: float) -> reader_child.Message:
        """What the process says next; ``late`` if it says nothing in time, ``died`` (how) if it ended."""
        late = threading.Event()

        def end() -> None:
            late.set()
            popen.kill()

        timer = threading.Timer(max(seconds, 0.0), end)
        timer.daemon = True
        timer.start()
        try:
            assert popen.stdout is not None
            message: reader_child.Message = pickle.load(popen.stdout)  # noqa: S301  # from kb's own process
        except (EOFError, OSError, pickle.UnpicklingError):
            message = "died", None
        except BaseException:  # Ctrl-C: half a message may be left
            self.close()
            raise
        finally:
            timer.cancel()
        if late.is_set():
            message = "late", None
        if message[0] in ("late", "died"):
            popen.kill()
            code = popen.wait()
            self.close()
            return message[0], f"signal {-code}" if code < 0 else f"exit code {code}"
        return message


class Records:
    """The records of a file, once.

    Attributes:
        format: Of the loader that reads it; known when the first record has been read, or the last.
    """

    def __init__(self, messages: Iterator[reader_child.Message]) -> None:
        self._messages = messages
        self.format = ""

    def __iter__(self) -> Iterator[AnyRecord]:
        for word, found in self._messages:
            if word == "format":
                self.format = found
            else:
                yield from found


def read_codebook(path: Path, seconds: float | None = None) -> Codebook:
    """The user's codebook laid over the shipped one; arguments and errors as those of `Reader`."""
    with Reader(seconds) as reader:
        book: Codebook = reader.read("codebook", path)
        return book


def read_names(path: Path, encoding: str | None = None, seconds: float | None = None) -> Names:
    """A list of pseudonyms; arguments and errors as those of `Reader.read` and `Reader`."""
    with Reader(seconds) as reader:
        names: Names = reader.read("pseudonyms", path, encoding)
        return names


def _here(path: Path, overrides: Overrides | None) -> Iterator[reader_child.Message]:
    from kb.ingest.overrides import Overrides, parse

    overrides = Overrides() if overrides is None else overrides  # one may say little and be false
    format_, found = parse(path, overrides)
    yield "format", format_
    yield "records", found


def _bound(seconds: float | None) -> float:
    from pydantic import ValidationError

    from kb.settings import Settings

    try:
        seconds = Settings().file_timeout if seconds is None else seconds
    except ValidationError as error:
        raise UsageError("KB_FILE_TIMEOUT is no number of seconds; 0 means no bound.") from error
    if not math.isfinite(seconds) or seconds < 0:
        raise UsageError("--file-timeout is a number of seconds; 0 means no bound.")
    return min(seconds, threading.TIMEOUT_MAX)


def _is_large(path: Path) -> bool:
    try:
        # A workbook is packed: its size says little.
        return path.suffix.lower() == ".xlsx" or path.stat().st_size > _SMALL_BYTES
    except (OSError, ValueError):
        return False  # whoever reads it says so


def _spawn() -> subprocess.Popen[bytes]:
    popen = subprocess.Popen(  # noqa: S603  # kb's own script
        [sys.executable, "-P", reader_child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A session of its own: Ctrl-C in the terminal is for this process, not for that one.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert popen.stdin is not None
    here = [entry or str(Path.cwd()) for entry in sys.path]
    with suppress(OSError):  # it died at once; who waits for it says so
        pickle.dump(here, popen.stdin)
        popen.stdin.flush()
    return popen
