"""Projects of other tools from the command line, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

from kb.codebook import load_codebook
from tests.integration.test_cli_study import kb
from tests.refi_factory import Source as Text
from tests.refi_factory import Study, Writer
from tests.unit.test_refi import PASSAGES, TALK


def test_a_project_goes_in_out_and_in_again(tmp_path: Path) -> None:
    project = Writer().write(tmp_path / "bakery.qdpx", Study([Text("Talk 7", TALK, PASSAGES)]))
    kb(tmp_path / "db", "load", str(project))
    out = kb(tmp_path / "db", "export", "--project", str(tmp_path / "out.qdpx"))
    assert "1 interviews, 3 codes, 4 codings" in out.stderr
    kb(tmp_path / "db2", "load", str(tmp_path / "out.qdpx"))
    said = [json.loads(kb(tmp_path / db, "status", "--format", "json").stdout) for db in ("db", "db2")]
    assert said[0]["study"] == said[1]["study"]
    assert said[0]["digest"] != said[1]["digest"]
    assert said[0]["study"] in kb(tmp_path / "db", "status").stdout


def test_the_project_option_stands_alone(tmp_path: Path) -> None:
    project = Writer().write(tmp_path / "bakery.qdpx", Study([Text("Talk 7", TALK, PASSAGES)]))
    kb(tmp_path / "db", "load", str(project))
    both = kb(tmp_path / "db", "export", "--project", "a.qdpx", "causes-of", "x", "-o", "a.svg", code=2)
    assert "leave the query out" in both.stderr
    other = kb(tmp_path / "db", "export", "--project", str(tmp_path / "a.xlsm"), code=5)
    assert "no project goes by the ending" in other.stderr


def test_the_report_of_a_survey_is_short_and_whole_as_json(tmp_path: Path) -> None:
    answers = [Text(f"Answer {n}", f"Number {n} is late.", [(0, 6, "late", "Ada")]) for n in range(320)]
    project = Writer().write(tmp_path / "survey.qdpx", Study(answers))
    done = kb(tmp_path / "db", "load", str(project))
    assert len(done.stdout.splitlines()) + len(done.stderr.splitlines()) < 100  # a row may be folded
    assert "… and 301 more" in done.stdout  # the sources and the project
    assert "… and 300 more" in done.stderr
    again = kb(tmp_path / "db", "load", str(project), "--format", "json")
    assert len(json.loads(again.stdout)["sources"]) == 321
    listed = kb(tmp_path / "db", "query", "by-interview")
    assert "… and 20 more" in listed.stdout
    cell = kb(tmp_path / "db", "cypher", "MATCH (i:Interview) RETURN collect(i.id) AS interviews")
    assert "… and 300 more" in " ".join(cell.stdout.split())
    parsed = kb_parse(tmp_path, project)
    assert "… and 300 more interviews" in parsed


def kb_parse(folder: Path, project: Path) -> str:
    """What `kb parse`, which knows no graph, says beside the records."""
    import subprocess

    from tests.integration.test_cli_study import KB

    done = subprocess.run([KB, "parse", project], check=True, capture_output=True, text=True, cwd=folder)
    return done.stderr


def test_a_codebook_of_another_tool_says_what_labels_mean(tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="Causes" isCodable="false">'
        '<Code guid="2" name="damp flour" isCodable="true"><Description>too wet</Description></Code></Code>'
        '<Code guid="3" name="Dough" isCodable="false"><Code guid="4" name="flat dough" isCodable="true"/>'
        "</Code></Codes></CodeBook>"
    )
    book = load_codebook(path)
    assert set(book.entries) == {"damp flour", "flat dough"}
    assert (book.entries["damp flour"].kind, book.entries["damp flour"].description) == ("cause", "too wet")
    assert book.entries["flat dough"].category == "Dough"
    passages = [(0, 6, "damp flour", "Ada")]
    project = Writer().write(tmp_path / "b.qdpx", Study([Text("Talk 7", TALK, passages)]))
    kb(tmp_path / "db", "load", str(project), "--codebook", str(path))
    kinds = kb(tmp_path / "db", "cypher", "MATCH (c:Cause) RETURN c.name AS name", "--format", "json")
    assert "damp flour" in kinds.stdout
    path.write_text("<CodeBook><Codes>")
    broken = kb(tmp_path / "db", "load", str(project), "--codebook", str(path), code=3)
    assert "not well formed" in broken.stderr
