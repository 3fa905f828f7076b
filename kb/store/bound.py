"""Work that is waited for no longer than its caller wants to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_SLICE = 0.2  # seconds; a wait without end is deaf to Ctrl-C on Windows


class GivenUp(Exception):
    """Raised within the work, where it looks whether it is still wanted; nobody else sees it."""


class Watched(Generic[T]):
    """A piece of work in a thread of its own.

    The thread that waits stays free to notice the time and Ctrl-C, which would otherwise tear the
    driver's code apart in the middle of a message.

    Args:
        work: Called with this object, so that it can call `check` between its steps.
    """

    def __init__(self, work: Callable[[Watched[T]], T]) -> None:
        self._work = work
        self._done = threading.Event()
        self._given_up = threading.Event()
        self._result: T
        self._error: BaseException | None = None
        threading.Thread(target=self._run, name="kb statement", daemon=True).start()

    def wait(self, seconds: float | None) -> bool:
        """Wait until the work is done, at most some seconds; whether it is."""
        end = None if seconds is None else time.monotonic() + seconds
        while not self._done.is_set():
            left = _SLICE if end is None else min(_SLICE, end - time.monotonic())
            if left <= 0:
                return False
            self._done.wait(left)
        return True

    def give_up(self) -> None:
        """Let the work end at its next `check`."""
        self._given_up.set()

    def check(self) -> None:
        """For the work to call: ends it here if nobody wants it any more."""
        if self._given_up.is_set():
            raise GivenUp

    def result(self) -> T:
        """What the work gave, or its error raised; only after `wait` said that it is done."""
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._work(self)
        except BaseException as error:
            self._error = error
        self._done.set()
