"""A source of which most speakers would be guessed is not written, on either engine, unless told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kb
from kb.cli.app import app
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.conftest import ENGINES, engine_store
from tests.integration.graph_check import check_graph
from tests.loader_plugin import MODULE, installed, project, write
from tests.unit.test_speakers import CAPTIONS, cues

ACCEPT = Options(overrides=Overrides(accept_guesses=True))
LABELLED = cues("Dana: How was the oven?", "Mo: It was cold.", "Dana: Why?", "Mo: Nobody knows.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "Interview 1.srt").write_text(LABELLED, encoding="utf-8")
    (folder / "Interview 2.srt").write_text(CAPTIONS, encoding="utf-8")
    return folder


def interviews(store: Store) -> list[str]:
    return [row["id"] for row in store.read("MATCH (i:Interview) RETURN i.id AS id ORDER BY id", {}).rows]


def test_it_is_named_with_its_speakers_and_the_others_are_written(store: Store, folder: Path) -> None:
    report = load(store, [folder])
    assert report.failed
    good, bad = report.sources
    assert (good.status, good.guessed, len(good.speakers)) == ("loaded", 0, 2)
    assert (bad.status, bad.source, bad.turns, bad.guessed) == ("failed", "2/captions", 12, 8)
    assert "8 of its 12 turns" in str(bad.error)
    assert "--accept-guesses" in str(bad.error)
    assert [(one.speaker, one.turns, one.guessed) for one in bad.speakers] == [("Mo", 7, 5), ("Dana", 5, 3)]
    assert interviews(store) == ["1"]
    # It is not passed over as known the next time.
    again = load(store, [folder])
    assert [source.status for source in again.sources] == ["unchanged", "failed"]


def test_it_is_written_when_accepted_or_when_its_labels_are_named(store: Store, folder: Path) -> None:
    dry = Options(overrides=ACCEPT.overrides, dry_run=True)
    assert not load(store, [folder], dry).failed
    assert interviews(store) == []
    report = load(store, [folder], ACCEPT)
    assert not report.failed
    assert [source.guessed for source in report.sources] == [0, 8]
    assert interviews(store) == ["1", "2"]
    check_graph(store)
    accepted = digest(store)
    assert {source.status for source in load(store, [folder]).sources} == {"unchanged"}
    named = Options(overrides=Overrides(interviewers=("Dana",), interviewees=("Mo",)))
    report = load(store, [folder], named)
    assert not report.failed
    assert {source.guessed for source in report.sources} == {0}
    assert digest(store) != accepted  # they have roles now


def test_a_new_version_of_which_too_much_is_guessed_leaves_the_old_one(store: Store, folder: Path) -> None:
    (folder / "Interview 2.srt").write_text(LABELLED, encoding="utf-8")
    assert not load(store, [folder]).failed
    before = digest(store)
    (folder / "Interview 2.srt").write_text(CAPTIONS, encoding="utf-8")
    assert load(store, [folder]).failed
    assert digest(store) == before


def test_a_file_of_several_interviews_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    records = project()
    for record in records:
        if record["type"] == "turn" and record["interview"] == "1":
            record["guessed"] = "role"
    path = write(tmp_path / "a.toolbox", records)
    with installed(tmp_path / "site", toolbox=MODULE):
        report = load(store, [path])
        assert {source.status for source in report.sources} == {"failed"}
        assert {source.interview for source in report.sources} == {"1", "2", "3"}
        assert all(source.error for source in report.sources)
        assert interviews(store) == []
        assert "failed" not in {source.status for source in load(store, [path], ACCEPT).sources}
        assert interviews(store) == ["1", "2", "3"]


@pytest.fixture(params=ENGINES)
def graph(request: pytest.FixtureRequest) -> kb.Graph:
    """An empty graph in Python."""
    return kb.Graph(engine_store(request.param, request))  # the session's store is closed by its fixture


def test_in_python_it_is_accepted_by_an_argument(graph: kb.Graph, folder: Path) -> None:
    assert graph.load(folder).failed
    assert not graph.load(folder, accept_guesses=True).failed
    assert interviews(graph.store) == ["1", "2"]


def test_the_command_ends_with_1_and_shows_who_speaks(folder: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    run = CliRunner().invoke
    db = ["--db", str(tmp_path / "db")]
    refused = run(app, ["load", str(folder), *db])
    assert refused.exit_code == 1
    lines = refused.stderr.splitlines()
    assert "speakers: 2/captions: Mo (no role) 7 turns, 5 guessed; Dana (no role) 5 turns, 3 guessed" in lines
    assert "speakers: 1/captions: Dana (no role) 2 turns; Mo (no role) 2 turns" in lines
    assert sum("not loaded: " in line and "--accept-guesses" in line for line in lines) == 1
    accepted = run(app, ["load", str(folder), *db, "--accept-guesses", "--format", "json"])
    assert accepted.exit_code == 0
    source = json.loads(accepted.stdout)["sources"][1]
    assert source["guessed"] == 8
    assert source["speakers"][0] == {"speaker": "Mo", "role": None, "turns": 7, "guessed": 5}
    again = run(app, ["load", str(folder), *db])
    assert again.exit_code == 0
    assert "speakers: 2/captions: Mo (no role) 7 turns; Dana (no role) 5 turns" in again.stderr.splitlines()
    parsed = run(app, ["parse", str(folder)])
    assert (
        parsed.exit_code
        == 1
        == run(app, ["load", str(folder), "--dry-run", "--db", str(tmp_path / "none")]).exit_code
    )
    assert run(app, ["parse", str(folder), "--accept-guesses"]).exit_code == 0
    said = [line for line in parsed.stderr.splitlines() if "interview 2: " in line]
    assert said[0].endswith("Mo (no role) 7 turns, 5 guessed; Dana (no role) 5 turns, 3 guessed")
    assert "--accept-guesses" in said[1]
    turns = [one for line in parsed.stdout.splitlines() if (one := json.loads(line))["type"] == "turn"]
    assert sum(turn["guessed"] == "speaker" for turn in turns) == 8


def test_what_a_folder_leaves_aside_is_named_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    (folder / "sub").mkdir()
    (folder / "sub" / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a document of old")
    (folder / "unnamed").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a document of old")
    (folder / "notes").write_text("Dana: Hello.\n", encoding="utf-8")
    (folder / "model.bin").write_bytes(bytes(range(256)))
    (folder / "~$talk.docx").write_bytes(b"x")
    for n in range(30):
        (folder / f"{n:02}.mp3").write_bytes(b"ID3\0")
    accepted = ["--accept-guesses", "--db", str(tmp_path / "db")]
    for args in (["load", str(folder), *accepted], ["parse", str(folder), accepted[0]]):
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 0
        left = [line for line in done.stderr.splitlines() if line.startswith("left aside: ")]
        assert len(left) == 6

        def line(name: str, left: list[str] = left) -> str:
            return next(one for one in left if f"{Path(name)}" in one)

        assert "sub/old.doc: open it in Word or LibreOffice and save it as .docx" in line("old.doc")
        assert "save it as .docx" in line("unnamed")
        assert "give it the ending .txt" in line("notes")
        assert "no kind of file that kb reads" in line("model.bin")
        assert "open in Word" in line("~$talk.docx")
        assert "00.mp3" in line("04.mp3")
        assert "and 25 more .mp3: a recording: transcribe it first" in line("04.mp3")
        assert "05.mp3" not in done.stderr
    report = CliRunner().invoke(app, ["load", str(folder), *accepted, "--format", "json"])
    found = {Path(file["path"]).name: file["step"] for file in json.loads(report.stdout)["left_files"]}
    assert len(found) == 10
    assert found["unnamed"] == found["old.doc"]
    assert found["model.bin"] is None
