"""Files from anybody: what is no plain YAML is told with its line, whichever file it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.ask.query import read_query
from kb.catalogue import load_catalogue
from kb.codebook import user_codebook
from kb.errors import InputError
from kb.relations import load_relations
from kb.suggest.cues import load_cues

FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "relations.yaml": (load_relations, "relations"),
    "catalogue.yaml": (load_catalogue, "issues"),
    "codebook.yaml": (user_codebook, "codes"),
    "cues.yaml": (load_cues, "language"),
}
HOSTILE = {
    "a tag of a number": "!!int x",
    "a tag that runs": "!!python/object/apply:os.system [ls]",
    "a set": "!!set {a, b}",
    "lists in each other": "[" * 400 + "]" * 400,
    "mappings in each other": "{a: " * 400 + "}" * 400,
    "an alias of itself": "&x [*x]",
    "an alias of all there is": "\n".join(
        ["", " - &a0 [x, x, x, x, x, x, x, x, x, x]"]
        + [f" - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    ),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", HOSTILE)
def test_no_plain_yaml_is_told_with_its_line(tmp_path: Path, name: str, what: str) -> None:
    read, key = FILES[name]
    file = tmp_path / name
    file.write_text(f"# one\n{key}: {HOSTILE[what]}\n")
    with pytest.raises(InputError) as told:
        read(file)
    assert told.value.line is not None
    assert told.value.line >= 2
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("value", ["2001-99-99", "2001-12-14t21:59:43.10-95:00", "9" * 5000])
def test_a_value_that_cannot_be_made_is_told_with_its_line(tmp_path: Path, value: str) -> None:
    file = tmp_path / "relations.yaml"
    file.write_text(f"interview: 7\nrelations:\n- id: a\n  note: {value}\n")
    with pytest.raises(InputError, match="quotes") as told:
        load_relations(file)
    assert told.value.line == 4
    assert len(str(told.value)) < 500


def test_an_anchor_that_stands_for_one_word_is_read(tmp_path: Path) -> None:
    file = tmp_path / "codes.yaml"
    file.write_text("codes:\n  one: {kind: &k issue}\n  two: {kind: *k}\n")
    book = user_codebook(file)
    assert [book.entries[name].kind for name in ("one", "two")] == ["issue", "issue"]


@pytest.mark.parametrize(
    "header", ["a = " + "[" * 5000, "a = " + "{a=" * 5000, "a = " + "9" * 5000, "x" * 2**17], ids=len
)
def test_a_query_whose_header_cannot_be_read_is_told(tmp_path: Path, header: str) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text(f"// {header}\nRETURN 1\n")
    with pytest.raises(InputError, match="leading comments") as told:
        read_query(file)
    assert len(str(told.value)) < 1000


@pytest.mark.parametrize("name", [*FILES, "codebook.csv", "mine.cypher"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    readers = {**{key: read for key, (read, _) in FILES.items()}, "codebook.csv": user_codebook}
    file = tmp_path / name
    os.mkfifo(file)
    with pytest.raises(InputError, match="no regular file"):
        readers.get(name, read_query)(file)


def test_more_values_than_can_be_read_in_time_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("relations: [" + "a," * 200_001 + "]\n")
    with pytest.raises(InputError, match="more than 200,000 values: split it"):
        load_relations(path)
