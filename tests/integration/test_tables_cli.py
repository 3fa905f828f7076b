"""Tables and causal maps on the command line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl import Workbook

from kb.errors import InputError
from loaders import causal_map
from tests.integration.test_cli import Kb, one_sentence


@pytest.fixture
def kb(tmp_path: Path) -> Kb:
    return Kb(tmp_path / "db", tmp_path)


def test_columns_are_looked_at_then_loaded_then_go_out_as_a_map(kb: Kb, tmp_path: Path) -> None:
    own = tmp_path / "in" / "own.csv"
    own.parent.mkdir()
    own.write_text("Who;Why;Then;Words\nInterview 3;no staff;delay;we have nobody, so we are late\n", "utf-8")
    unknown = kb("load", own)
    assert unknown.returncode == 1
    assert "its columns are Who, Why, Then, Words: say which of them hold what" in unknown.stderr
    said = ("--columns", "document=Who,text=Words,cause=Why", "--columns", "effect=Then")
    looked = kb("load", own.parent, *said, "--dry-run")
    assert looked.returncode == 0, looked.stderr
    assert "cause 'no staff', effect 'delay'" in looked.stderr
    one_sentence(kb("load", own, "--columns", "words=Words"), 2, "'words' is nothing that a column can be")
    loaded = kb("load", own.parent, *said)
    assert loaded.returncode == 0, loaded.stderr
    again = kb("load", own.parent, *said)
    assert "(0 nodes, 0 edges)" in again.stderr
    one_sentence(kb("export", "--causal-map", "map.csv"), 2, "name it map.xlsx")
    written = kb("export", "--causal-map", "map.xlsx")
    assert written.returncode == 0, written.stderr
    assert "map.xlsx: 1 links, 0 other relations." in written.stderr
    assert causal_map.detect(tmp_path / "map.xlsx")


def test_a_broken_map_is_one_sentence(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "links"
    for row in (["from_label", "to_label", "quote"], ["rain", "yield", "it rained"]):
        page.append(row)
    whole = tmp_path / "whole.xlsx"
    book.save(whole)
    raw = whole.read_bytes()
    assert causal_map.detect(whole)
    chance = random.Random(11)
    for n in range(80):
        data = bytearray(raw[: chance.randrange(1, len(raw))] if n % 2 else raw)
        for _ in range(n % 4):
            data[chance.randrange(len(data))] = chance.randrange(256)
        broken = tmp_path / f"{n}.xlsx"
        broken.write_bytes(bytes(data))
        causal_map.detect(broken)
        said = ""
        try:
            list(causal_map.parse(broken))
        except InputError as error:
            said = error.message
        assert not said or said.endswith(".")
