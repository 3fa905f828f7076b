"""JSON Lines: each line a record, and errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kb.cli.app import app
from kb.errors import InputError
from kb.records import Coding, Participant, Source, Turn
from loaders import detect, jsonl

LINES = [
    Source(interview="1", title="Talk", file="a.txt", format="mine").model_dump_json(),
    Turn(id="1:0000", interview="1", index=0, text="It tears.").model_dump_json(),
]


def saved(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.txt", "a.json"])
def test_records_are_known_by_what_they_are(tmp_path: Path, name: str) -> None:
    assert detect(saved(tmp_path / name, *LINES)).FORMAT == "jsonl"
    long = Turn(id="1:0000", interview="1", index=0, text="word " * 40_000).model_dump_json()
    assert detect(saved(tmp_path / name, long)).FORMAT == "jsonl"


@pytest.mark.parametrize(
    "line", ['{"level": "info", "type": "start"}', '{"type": "turn"}', "[1, 2]", '{"a": 1}']
)
def test_another_programs_lines_are_left_alone(tmp_path: Path, line: str) -> None:
    assert not jsonl.detect(saved(tmp_path / "log.jsonl", line, line, ""))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"type": "turn", "id": "x"}', "Field required"),
        ('{"type": "turn", "id": "x", "interview": "1", "index": 0, "text": "a", "colour": "b"}', "colour"),
        ('{"type": "participant", "name": "x", "attributes": {"a": NaN}}', "NaN"),
        ('{"type": "participant", "name": "x", "attributes": {"a": [1]}}', "attributes"),
        ('{"type": "memo", "text": "\\ud800"}', "no record"),
        ("[" * 100_000, "no record"),
        ('{"type": "turn"', "no record"),
        ("null", "no record"),
    ],
)
def test_what_is_no_record_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    path = saved(tmp_path / "a.jsonl", *LINES, "", line)
    with pytest.raises(InputError, match="line 4") as raised:
        list(jsonl.parse(path))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(LINES).encode() + b'\n{"type": "memo", "text": "\xff"}')
    with pytest.raises(InputError, match="UTF-8"):
        list(jsonl.parse(path))


@given(
    st.text(max_size=40),
    st.text(min_size=1, max_size=20),
    st.one_of(
        st.text(),
        st.booleans(),
        st.integers(-(2**60), 2**60),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
)
def test_every_record_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, value: str | bool | int | float
) -> None:
    records = [
        Turn(id="1:0000", interview="1", index=0, text=text, start=0.1),
        Coding(interview="1", turn="1:0000", label=name, code=name, quote=text),
        Participant(name=name, attributes={name: value}),
    ]
    path = tmp_path_factory.mktemp("j") / "a.jsonl"
    saved(path, *(record.model_dump_json() for record in records))
    assert list(jsonl.parse(path)) == records


def test_of_a_file_that_breaks_off_nothing_is_printed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jsonl", *LINES, '{"type": "pause"}')
    run = CliRunner().invoke(app, ["parse", str(path)])
    assert (run.exit_code, run.stdout) == (1, "")
    assert "line 3" in run.stderr
