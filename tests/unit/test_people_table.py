"""Tables of participants."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.ingest.people_table import read_participants


@pytest.mark.parametrize(
    ("cell", "interviews"),
    [("7; 8;", ["7", "8"]), ("; 7", ["7"]), ("7;; 8", ["7", "8"]), (";", [None]), ("", [None])],
)
def test_interviews_of_a_participant_are_those_that_are_named(
    tmp_path: Path, cell: str, interviews: list[str | None]
) -> None:
    table = tmp_path / "people.csv"
    table.write_text(f'Name,Interview,Sector\nIna,"{cell}",bread\n')
    assert [person.interview for person in read_participants(table).rows] == interviews


def test_where_interviews_are_the_names_an_empty_one_is_nobody(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text('Interview,Sector\n"7; 8;",bread\n;,rye\n')
    found = read_participants(table)
    assert [person.name for person in found.rows] == ["7", "8"]
    assert ["neither a name nor an interview" in notice.message for notice in found.notices] == [True]
