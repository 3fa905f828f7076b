"""Files of proposals as models, other coders and spreadsheets write them; and as nobody should."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.propose.form import Proposed
from kb.propose.read import Rows, read_proposed

LINE = '{"cause": "Oven-cold", "effect": "Bread-flat", "quote": "the oven is cold", "interview": 7}'


def read(folder: Path, name: str, content: str | bytes) -> Rows:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_proposed(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.jsonl", LINE + "\n\n" + LINE + "\r\n"),
        ("p.jsonl", "\ufeff" + LINE + "\n" + LINE),
        ("p.json", f"[{LINE},\n {LINE}]"),
        ("p.json", f'{{"proposals": [{LINE}, {LINE}]}}'),
        ("p.md", f"Here they are:\n\n```json\n{LINE}\n{LINE}\n```\nGood luck!\n"),
        ("p.csv", "cause,effect,quote,interview\n" + "Oven-cold,Bread-flat,the oven is cold,7\n" * 2),
        ("p.csv", "Cause;Effect;Quote;Interview\n" + "Oven-cold;Bread-flat;the oven is cold;7\n" * 2),
        ("p.tsv", "from\tto\ttext\tinterview\n" + "Oven-cold\tBread-flat\tthe oven is cold\t7\n" * 2),
    ],
)
def test_every_form_gives_the_same(tmp_path: Path, name: str, content: str) -> None:
    found = read(tmp_path, name, content)
    assert not found.notes
    for row in found.rows:
        assert row.proposed is not None
        assert (row.proposed.start, row.proposed.end) == ("Oven-cold", "Bread-flat")
        assert (row.proposed.kind, row.proposed.quote) == ("causes", "the oven is cold")
        assert row.proposed.interview == "7"
    assert len(found.rows) == 2


def test_the_ends_stand_under_the_names_of_their_kind(tmp_path: Path) -> None:
    ends = '"issue": "Oven-cold", "fix": "more coal"'
    line = f'{{"kind": "Does not fix", {ends}, "quote": "x y z", "turn": "[7:0001]"}}'
    (row,) = read(tmp_path, "p.jsonl", line).rows
    assert row.proposed is not None
    assert (row.proposed.kind, row.proposed.start, row.proposed.end) == (
        "does-not-fix", "Oven-cold", "more coal",
    )  # fmt: skip
    assert row.proposed.turn == "7:0001"


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [
        LINE,
        "no json {",
        '{"cause": {"a": 1}, "effect": "b", "quote": "c"}',
        '{"cause": "a", "effect": "b"}',
        '{"cause": "a", "effect": "b", "quote": "\\ud800"}',
        '{"cause": "a", "effect": "b", "quote": "' + "x" * 9000 + '"}',
        '{"quote": ' + "[" * 50_000 + "]" * 50_000 + "}",
        "7",
        '{"cause": "a", "effect": "b", "quote": "c", "confidence": 0.9}',
    ]
    found = read(tmp_path, "p.jsonl", "\n".join(lines))
    problems = {row.line: row.problem for row in found.rows if row.problem}
    assert problems == {
        2: "this line is no JSON object: write one proposal a line.",
        3: "'cause' is no text: write one value.",
        4: "'quote' is missing.",
        5: "'quote' holds half a character: write it anew.",
        6: "'quote' is longer than 8000 letters.",
        7: problems[7],
        8: "this is no JSON object with kind, ends and quote.",
    }
    assert found.notes == ("not read: 1 field that no proposal has: confidence.",)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.jsonl", b"", "no proposal in this file"),
        ("p.txt", b"They say that it is cold.\n", "neither JSON Lines nor a table"),
        ("p.jsonl", b"{}\n\xff\xfa", "line 2: This is not UTF-8: save the file as UTF-8."),
        ("p.csv", b"caf\xe9;x\n", "This is not UTF-8: save the file as UTF-8."),
        ("p.csv", b"Ursache;Wirkung\na;b\n", "names no column 'quote'"),
        ("p.jsonl", b"\x00\x01{", "This is no text"),
        ("p.jsonl", b"[" * 200_000, "neither JSON Lines nor a table"),
        ("p.jsonl", b"a" * (17 * 2**20), "larger than 16 MB"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.csv")
    with pytest.raises(InputError, match="no regular file"):
        read_proposed(tmp_path / "p.csv")


def test_characters_that_steer_a_terminal_are_no_words() -> None:
    said = Proposed.model_validate(
        {"cause": "\x1b[31mred\u202e words", "effect": "a b", "quote": "it\x07 is", "by": "x\x1b[2J"}
    )
    assert (said.start, said.quote, said.by) == ("[31mred words", "it is", "x [2J")
