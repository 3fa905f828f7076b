"""The real prints against what a person read from them: every segment's speaker, role, text and codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.records import Coding, Notice, Source, Turn
from loaders.delve_pdf import parse
from tests.shared import SHARED, shared_path

PRINTS = sorted(
    path for folder in ("codings", "moderation") for path in SHARED.glob(f"interviews/{folder}/*.pdf")
)


def test_the_prints_are_there() -> None:
    shared_path("interviews", "codings")
    assert len(PRINTS) >= 21


@pytest.mark.parametrize("path", PRINTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_real_print_reads_as_expected(path: Path) -> None:
    expected = json.loads(
        shared_path("interviews", "expected", f"{path.parent.name} - {path.stem}.json").read_text("utf-8")
    )
    interview, *records = parse(path)
    assert isinstance(interview, Source)
    assert interview.interview == str(expected["interview"])
    assert interview.coder == expected["coder"]
    assert interview.round == expected["round"]
    codings: dict[str, list[Coding]] = {}
    for record in records:
        if isinstance(record, Coding):
            codings.setdefault(record.turn, []).append(record)
    turns = [record for record in records if isinstance(record, Turn)]
    read = [
        {
            "index": turn.index,
            "speaker_heading": turn.speaker,
            "role": turn.role,
            "text": turn.text,
            "codes": [coding.label for coding in codings.get(turn.id, [])],
            "label_without_underline": any(c.label_without_underline for c in codings.get(turn.id, [])),
        }
        for turn in turns
    ]
    assert read == expected["segments"]
    assert interview.codes_exported is any(segment["codes"] for segment in expected["segments"])
    assert [r for r in records if isinstance(r, Notice) and r.level == "lost"] == []
    for turn in turns:
        for coding in codings.get(turn.id, []):
            assert coding.quote is None or turn.text[coding.start : coding.end] == coding.quote
            assert (coding.quote is None) is coding.label_without_underline
