"""Statements that come from stdin."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kb.cli.cypher import MAX_BYTES, cypher
from kb.errors import UsageError


class Endless(io.RawIOBase):
    """A pipe that never ends, of which no more is taken than a little over the bound."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.given += len(buffer)
        assert self.given < 2 * MAX_BYTES, "it is read on and on"
        buffer[:] = b" " * len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("stream", "said"),
    [(Endless(), "More than 32 MB came from stdin.*split"), (io.BytesIO(b"RETURN '\xe4'"), "not UTF-8")],
)
def test_stdin_is_read_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: io.RawIOBase, said: str
) -> None:
    monkeypatch.setattr("typer.get_binary_stream", lambda _: stream)
    monkeypatch.setattr("typer.get_text_stream", lambda _: io.TextIOWrapper(stream))  # type: ignore[type-var]
    with pytest.raises(UsageError, match=said):
        cypher("-", db=tmp_path / "none")
