"""Reading ahead: what comes out is what a reader gives, file by file, whatever is read beside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.ingest.ahead import Ahead
from kb.ingest.overrides import Overrides
from kb.ingest.reader import Reader
from tests.unit.delve_pdf_factory import DelvePrint, Said


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Reader(60) as reader:
        yield reader


@pytest.fixture
def prints(tmp_path: Path) -> list[Path]:
    """Four prints, of which the third is no PDF any more."""
    paths = []
    for number in range(1, 5):
        said = [Said("Why?", "Interviewer"), Said(f"Because of {number}.", "Interviewee", ["Data-drift"])]
        path = DelvePrint(said, title=f"Interview {number} - Ada").save(
            tmp_path / f"Interview {number} - Ada.pdf"
        )
        paths.append(path)
    paths[2].write_bytes(b"%PDF-1.4 cut")
    return paths


def test_each_file_gives_what_a_reader_gives(reader: Reader, prints: list[Path]) -> None:
    with Ahead(reader, prints, Overrides(), lambda _: True) as ahead:
        for path in prints:
            if path == prints[2]:
                with pytest.raises(InputError, match="cut short"):
                    list(ahead.records(path))
                continue
            found = ahead.records(path)
            assert list(found) == list(reader.records(path))
            assert found.format == "delve-pdf"


def test_what_need_not_be_read_is_not_read(reader: Reader, prints: list[Path]) -> None:
    asked: list[Path] = []

    def wanted(path: Path) -> bool:
        asked.append(path)
        if path == prints[0]:
            raise InputError("cannot be read.", path)  # the load itself comes to it, and says so
        return path == prints[3]

    prints[1].unlink()  # a reading of it would fail
    with Ahead(reader, prints, Overrides(), wanted) as ahead:
        assert [turn.text for turn in ahead.records(prints[3]) if turn.type == "turn"] == [
            "Why?",
            "Because of 4.",
        ]
    assert asked == prints
