"""Where the graph is, as the environment says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.settings import Settings


def test_an_empty_folder_in_the_environment_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DB", "")
    assert Settings().db == Path(".kb")
