"""The loader that CONTRIBUTING.md shows works as it says: one file, and one name in a list."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.shared import ROOT


def test_a_reader_adds_a_loader_by_one_file_and_one_line(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (module,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    for folder in ("kb", "loaders", "cypher", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "loaders" / "tapedeck.py").write_text(module, encoding="utf-8")
    listed = tmp_path / "loaders" / "__init__.py"
    text = listed.read_text(encoding="utf-8")
    listed.write_text(
        re.sub(r'MODULES = \(\s*"', 'MODULES = ("tapedeck", "', text, count=1), encoding="utf-8"
    )
    assert listed.read_text(encoding="utf-8") != text
    study = tmp_path / "study"
    study.mkdir()
    (study / "Interview 12.deck").write_text(
        "Interviewer|What breaks?\nMia|The belt does, every spring. [Torn belt]\n", encoding="utf-8"
    )

    def kb(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kb", *arguments], capture_output=True, text=True, check=False,
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )  # fmt: skip

    loaded = kb("load", "study", "--db", "db", "--format", "json")
    assert loaded.returncode == 0, loaded.stderr
    sources = {source["source"]: source for source in json.loads(loaded.stdout)["sources"]}
    assert set(sources) == {"12/tapedeck", "12/Ada/coding", "tapedeck/Interview 12.deck"}
    assert [sources[s]["turns"] for s in ("12/tapedeck", "12/Ada/coding")] == [2, 2]
    assert sources["12/Ada/coding"]["codings"] == 1
    again = kb("load", "study", "--db", "db", "--format", "json")
    assert {source["status"] for source in json.loads(again.stdout)["sources"]} == {"unchanged"}
    asked = kb("query", "evidence", "Torn belt", "--db", "db", "--format", "json")
    assert "every spring" in asked.stdout, asked.stderr
    (study / "a.bin").write_bytes(b"\0\1")
    assert "transcripts of Tapedeck (.deck)" in kb("parse", "study/a.bin").stderr
