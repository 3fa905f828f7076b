"""The README is true: its session prints what it shows, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.packaging.readme_session import README, commands, run
from tests.shared import ROOT


def test_the_session_prints_what_the_readme_shows(tmp_path: Path) -> None:
    session = commands()
    assert len(session) >= 4
    for command, shown in session:
        assert run(command, tmp_path) == shown, f"run python -m tests.packaging.readme_session: {command}"


def test_links_lead_to_files() -> None:
    text = README.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_is_documented() -> None:
    from typer.main import get_command

    from kb.cli.app import app

    text = README.read_text(encoding="utf-8")
    names = list(get_command(app).commands)  # type: ignore[attr-defined]
    assert [name for name in names if f"kb {name}" not in text] == []


def test_every_query_is_listed() -> None:
    text = README.read_text(encoding="utf-8")
    assert [path.stem for path in (ROOT / "cypher").glob("*.cypher") if f"`{path.stem}`" not in text] == []
