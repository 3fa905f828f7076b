"""A PDF whose bytes are no longer what was written: what may be missing is told."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import AnyRecord, Notice
from loaders._pdf_damage import damage
from loaders.delve_pdf import parse
from tests.unit.delve_pdf_factory import DelvePrint, Said, vera

TALK = [
    Said("What went wrong with the ovens this winter?" * 4, "Interviewer 1"),
    Said("The sensors drift when it is cold, and nobody sees it. " * 20, "Interviewee", ["Drift"], "drift"),
] * 3


def printed(path: Path) -> bytes:
    DelvePrint(TALK, fonts=vera()).save(path)
    return path.read_bytes()


def said(path: Path) -> list[AnyRecord]:
    return list(parse(path))


def test_a_print_as_it_was_written_is_whole(tmp_path: Path) -> None:
    assert damage(printed(tmp_path / "a.pdf")) is None


@pytest.mark.parametrize("way", ["bytes changed", "bytes cut out", "bytes zeroed"])
def test_a_damaged_print_is_refused_or_tells_that_words_may_be_missing(tmp_path: Path, way: str) -> None:
    path = tmp_path / "Interview 7 - Ada.pdf"
    whole = printed(path)
    before = said(path)
    rng = random.Random(way)
    changed = 0
    content = [m.span(1) for m in re.finditer(rb"stream\r?\n(.*?)endstream", whole, re.DOTALL)]
    for _ in range(20):
        data = bytearray(whole)
        at = rng.randrange(len(data) - 300)
        if way != "bytes cut out":  # of a number or a name outside, nobody can tell what it was
            first, last = rng.choice(content)
            at = rng.randrange(first, last - 40)
        if way == "bytes changed":
            data[at] ^= rng.randrange(1, 256)
        elif way == "bytes cut out":
            del data[at : at + rng.randrange(1, 300)]
        else:
            data[at : at + 40] = bytes(40)
        path.write_bytes(data)
        try:
            after = said(path)
        except InputError:
            continue
        if after != before:
            changed += 1
            assert any(isinstance(r, Notice) and r.level != "info" and "damaged" in r.message for r in after)
    assert changed, "no damage changed anything: the test tests nothing"
