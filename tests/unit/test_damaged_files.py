"""Files of the embedded engine that something else has cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.store.files import damaged_files, remember_files

SCHEMA = '{"schemaVersion": 52, "types": {"Turn": {"type": "v"}, "Code": {"type": "v"}}}'


@pytest.fixture
def database(tmp_path: Path) -> Path:
    database = tmp_path / "databases" / "kb"
    database.mkdir(parents=True)
    (database / "Turn_0.1.65536.v0.bucket").write_bytes(bytes(65536))
    (database / "schema.json").write_text(SCHEMA)
    remember_files(tmp_path, database)
    return database


@pytest.mark.parametrize("left", ["", SCHEMA[: len(SCHEMA) // 2], "{}", "\0" * 40, "[" * 100_000])
def test_a_schema_that_is_not_whole_is_damage(database: Path, tmp_path: Path, left: str) -> None:
    (database / "schema.json").write_text(left)
    assert damaged_files(tmp_path, database) == ["schema.json"]


def test_a_schema_may_become_shorter(database: Path, tmp_path: Path) -> None:
    (database / "schema.json").write_text('{"types": {"Turn": {"type": "v"}}}')
    assert damaged_files(tmp_path, database) == []


def test_the_schema_of_a_graph_into_which_nothing_came_is_whole(database: Path, tmp_path: Path) -> None:
    (database / "schema.json").write_text('{"schemaVersion": 1, "types": {}}')
    assert damaged_files(tmp_path, database) == []
