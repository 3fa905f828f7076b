"""A pseudo-terminal for tests of what is asked at one: keys in, what stands on the screen out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType

# Control sequences of ECMA-48 and xterm's window titles.
_CONTROL = re.compile(
    r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_=>78]|\r|\x07"
)


class Terminal:
    """A command that runs at a terminal of its own.

    Args:
        command: The program and its arguments.
        env: Its environment.
        cwd: Its folder.
        size: Columns and lines.
    """

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str], cwd: str, size: tuple[int, int] = (80, 24)
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), cwd=cwd, start_new_session=True
        )
        os.close(slave)
        self.raw = ""
        self._read_to = 0

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    @property
    def text(self) -> str:
        """All that was printed, without control sequences."""
        return _CONTROL.sub("", self.raw)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def until(self, words: str, seconds: float = 60) -> str:
        """Wait for words that were printed since the last wait; what was printed up to them.

        Raises:
            AssertionError: They do not come, or the command ends first.
        """
        end = time.monotonic() + seconds
        while words not in (new := self.text[self._read_to :]):
            assert time.monotonic() < end, f"{words!r} did not come:\n{new}"
            assert self._more(), f"it ended before {words!r} came:\n{new}"
        at = new.index(words) + len(words)
        self._read_to += at
        return new[:at]

    def end(self, seconds: float = 60) -> int:
        """Wait until the command ends; its exit code."""
        end = time.monotonic() + seconds
        while self._more():
            assert time.monotonic() < end, f"it did not end:\n{self.text[self._read_to :]}"
        return self._process.wait(timeout=seconds)

    def _more(self) -> bool:
        if select.select([self._master], [], [], 0.1)[0]:
            with suppress(OSError):
                if data := os.read(self._master, 65536):
                    self.raw += data.decode(errors="replace")
                    return True
            return False
        return True
