"""What `kb parse` writes loads again, as the files themselves do: the same graph, by its digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kb.cli.app import app
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.store.bolt import Store
from kb.store.digest import digest
from loaders import find_sources
from tests.integration.graph_check import check_graph
from tests.loader_plugin import MODULE, installed, project, write
from tests.shared import ROOT
from tests.unit import projects
from tests.unit.test_loader_qualcoder import CODES, CODINGS, FILES, MORE
from tests.unit.test_loader_taguette import BAKERS, HIGHLIGHTS, TAGS


@pytest.fixture(autouse=True)
def _toolbox(tmp_path: Path) -> Iterator[None]:
    with installed(tmp_path / "site", toolbox=MODULE):
        yield


def parsed(paths: Iterable[Path], into: Path, *options: str) -> Path:
    """The records of files, as a user saves them."""
    run = CliRunner().invoke(app, ["parse", *map(str, paths), "--format", "jsonl", *options])
    assert run.exit_code == 0, run.stderr
    into.write_text(run.stdout, encoding="utf-8")
    return into


def loaded(store: Store, *paths: Path, options: Options | None = None) -> str:
    """The digest of a graph of these files alone."""
    store.write("MATCH (n) DETACH DELETE n")
    store._schema_done = False
    report = load(store, list(paths), options) if options else load(store, list(paths))
    assert [source.error for source in report.sources if source.status == "failed"] == []
    check_graph(store)
    return digest(store)


SHIPPED = sorted(path for path in (ROOT / "data" / "interviews").iterdir())


def test_every_shipped_interview_is_the_same_by_way_of_its_records(store: Store, tmp_path: Path) -> None:
    for path in SHIPPED:
        assert loaded(store, parsed([path], tmp_path / "one.jsonl")) == loaded(store, path)


def test_a_study_of_many_files_is_the_same_by_way_of_its_records(store: Store, tmp_path: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    write(study / "bakers.toolbox", project())
    projects.taguette(study / "more.sqlite3", {f"More {k}": v for k, v in BAKERS.items()}, [], TAGS)
    projects.qualcoder(study / "x.qda", {f"Old {k}": v for k, v in FILES.items()}, CODES, [])
    found = [source.path for source in find_sources([study, *SHIPPED]).sources]
    assert len(found) == 3 + len(SHIPPED)
    assert loaded(store, parsed(found, tmp_path / "all.jsonl")) == loaded(store, study, *SHIPPED)


def made(tmp_path: Path) -> list[Path]:
    return [
        write(tmp_path / "bakers.toolbox", project()),
        projects.taguette(tmp_path / "bakers.sqlite3", BAKERS, HIGHLIGHTS, TAGS),
        projects.qualcoder(tmp_path / "bakers.qda", FILES, CODES, CODINGS, MORE),
    ]


def test_a_project_of_another_tool_is_the_same_by_way_of_its_records(store: Store, tmp_path: Path) -> None:
    for path in made(tmp_path):
        records = parsed([path], tmp_path / "any name.jsonl")
        assert loaded(store, records) == loaded(store, path)
        again = parsed([records], tmp_path / "again.ndjson")  # and the records by way of theirs
        assert again.read_bytes() == records.read_bytes()


def test_a_users_word_on_a_file_is_in_its_records(store: Store, tmp_path: Path) -> None:
    sample = SHIPPED[0]
    records = parsed([sample], tmp_path / "one.jsonl", "--coder", "Zoe")
    options = Options(overrides=Overrides(coder="Zoe"))
    assert loaded(store, records) == loaded(store, sample, options=options)


def test_records_and_their_file_are_one_source(store: Store, tmp_path: Path) -> None:
    """Loading the one after the other changes nothing, and what left the study leaves the graph."""
    file = write(tmp_path / "bakers.toolbox", project())
    records = parsed([file], tmp_path / "bakers.jsonl")
    first = loaded(store, file)
    load(store, [records])
    assert digest(store) == first
    write(file, project(interviews=("1", "2")))
    load(store, [parsed([file], records)])
    assert store.read("MATCH (i:Interview) RETURN count(i) AS n").rows == [{"n": 2}]
    after = digest(store)
    assert after == loaded(store, file)


def test_another_programs_records_are_a_study_of_their_own(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    lines = [
        '{"type": "source", "interview": "1", "title": "Talk", "file": "?", "format": "mine"}',
        '{"type": "turn", "id": "a", "interview": "1", "index": 0, "speaker": "Ina", "text": "It tears."}',
        '{"type": "coding", "interview": "1", "turn": "a", "label": "Torn", "code": "Torn", "coder": "Ann"}',
        "",
        '{"type": "code", "name": "Torn", "parent": "Crust"}',
    ]
    path.write_text("\r\n".join(lines), encoding="utf-16")
    loaded(store, path)
    assert store.read("MATCH (p:Project) RETURN p.id AS id, p.file AS file").rows == [
        {"id": "mine/mine.jsonl", "file": "mine.jsonl"}
    ]
    assert store.read(
        "MATCH (t:Turn)-[r:CODED_AS]->(c) RETURN t.text AS t, r.coder AS w, c.name AS c"
    ).rows == [{"t": "It tears.", "w": "Ann", "c": "Torn"}]


def test_a_broken_line_leaves_the_graph_as_it_was(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "bakers.toolbox", project())
    before = loaded(store, file)
    text = parsed([file], tmp_path / "bakers.jsonl").read_text(encoding="utf-8")
    for broken in (
        text[: len(text) // 2],
        text.replace('"index":0', '"index":-1'),
        text + '{"type": "pause"}\n',
    ):
        (tmp_path / "bakers.jsonl").write_text(broken, encoding="utf-8")
        report = load(store, [tmp_path / "bakers.jsonl"])
        (failed,) = report.sources
        assert "line" in str(failed.error)
        assert digest(store) == before


def test_records_that_were_put_one_after_the_other_are_those_of_both_files(
    store: Store, tmp_path: Path
) -> None:
    one, other = SHIPPED[0], write(tmp_path / "bakers.toolbox", project())
    texts = [parsed([path], tmp_path / "part.jsonl").read_text(encoding="utf-8") for path in (one, other)]
    assert '"type":"origin"' not in "".join(texts)
    (tmp_path / "both.jsonl").write_text("".join(texts), encoding="utf-8")
    assert loaded(store, tmp_path / "both.jsonl") == loaded(store, one, other)


def test_codes_alone_are_the_same_by_way_of_their_records(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "tree.toolbox", [{"type": "code", "name": "Flour", "colour": "#aa8800"}])
    records = parsed([file], tmp_path / "tree.jsonl")
    assert '"type":"origin"' in records.read_text(encoding="utf-8")
    assert loaded(store, records) == loaded(store, file)
