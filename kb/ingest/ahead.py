"""Files that take long to read are read ahead, several at a time, each by a process of its own.

They come out in the order of the load all the same, and no more of them are held than are read at once.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path

from kb.errors import InputError
from kb.ingest.overrides import Overrides
from kb.ingest.reader import Reader, Records

_ENDINGS = frozenset({".pdf"})  # of files of which each takes as long as a process to start
_MOST = 4  # processes: each holds some 80 MB


class Ahead:
    """Reads the files of a load, in their order. Use it in a ``with`` statement.

    Args:
        reader: Reads what is not read ahead.
        paths: All files of the load, in their order.
        overrides: What the user says of them.
        wanted: Whether a file has to be read at all; it may raise what reading it would.
    """

    def __init__(
        self,
        reader: Reader,
        paths: Iterable[Path],
        overrides: Overrides,
        wanted: Callable[[Path], bool],
    ) -> None:
        self._reader, self._overrides, self._wanted = reader, overrides, wanted
        slow = [path for path in paths if path.suffix.lower() in _ENDINGS]
        self._many = min(os.cpu_count() or 1, len(slow), _MOST)
        if self._many < 2 or not reader.seconds:
            slow = []
        self._place = {path: at for at, path in enumerate(slow)}
        self._left = deque(slow)
        self._reading: dict[Path, Future[Records]] = {}
        self._readers: list[Reader] = []
        self._own = threading.local()
        self._closed = False
        self._pool = ThreadPoolExecutor(self._many, "kb-read") if slow else None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        for reader in self._readers:
            reader.close()  # whoever waits for it hears that it ended
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def records(self, path: Path) -> Records:
        """The records of one file; errors as those of `Reader.records`, but at once.

        Args:
            path: One of the files, each asked for in the order of the load; some may be passed over.
        """
        if path not in self._place:
            return self._reader.records(path, self._overrides)
        while self._left and self._place[self._left[0]] <= self._place[path]:
            self._begin(self._left.popleft())
        for passed in [other for other in self._reading if self._place[other] < self._place[path]]:
            self._reading.pop(passed).cancel()
        found = self._reading.pop(path, None)
        while self._left and len(self._reading) < self._many:
            self._begin(self._left.popleft())
        return found.result() if found else self._reader.records(path, self._overrides)

    def _begin(self, path: Path) -> None:
        try:
            wanted = self._wanted(path)
        except (InputError, OSError):
            return  # told when the load comes to it
        if wanted and self._pool is not None:
            self._reading[path] = self._pool.submit(self._read, path)

    def _read(self, path: Path) -> Records:
        """What a thread of the pool does, with a process of its own."""
        if not hasattr(self._own, "reader"):
            self._own.reader = Reader(self._reader.seconds)
            self._readers.append(self._own.reader)
        if self._closed:
            raise CancelledError
        found = self._own.reader.records(path, self._overrides)
        return _whole(found)


def _whole(records: Records) -> Records:
    """Records that have been read to the end."""
    held = list(records)
    return Records(iter([("format", records.format), ("records", held)]))
