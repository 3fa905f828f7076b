"""What nobody foresaw: one sentence that says where the details are, and the other files are loaded."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from kb import cli
from kb.cli import app as commands
from kb.ingest.load import load
from tests.shared import ROOT

SAMPLE = ROOT / "data" / "interviews" / "Interview 905.vtt"


def test_a_mistake_of_kbs_own_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr(commands, "app", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "secret" not in said
    found = re.search(rf"{tmp_path}/\S+\.txt", said)
    assert found
    details = Path(found[0])
    assert stat.S_IMODE(details.stat().st_mode) == 0o600
    assert "ZeroDivisionError: the secret of the house" in details.read_text()


def test_where_the_details_cannot_be_written_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "app", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 70
    assert "could not be written" in capsys.readouterr().err


def test_a_file_that_breaks_kb_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.yaml").write_text("relations: []\n")
    (tmp_path / SAMPLE.name).write_bytes(SAMPLE.read_bytes())

    def broken(_path: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kb.relations.load_relations", broken)
    report = load(None, [tmp_path])
    assert {Path(s.path).name: s.status for s in report.sources} == {
        "bad.yaml": "failed",
        SAMPLE.name: "loaded",
    }
