"""The wheel is whole: it carries queries and data, and works without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shared import ROOT


def tracked() -> list[str]:
    """What git tracks, which is what a release is built from."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what git tracks, as a release would be."""
    folder = tmp_path_factory.mktemp("source")
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next((folder / "dist").glob("*.whl"))


def test_it_carries_what_kb_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("cypher", "data"):
        shipped = {name for name in tracked() if name.startswith(f"{folder}/")}
        assert shipped
        assert {f"kb/_bundled/{name}" for name in shipped} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kb", "loaders"}
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_it_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    with zipfile.ZipFile(wheel) as file:
        file.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "KB_DB": str(work / "db")}

    def kb(*words: str) -> str:
        command = [sys.executable, "-m", "kb", *words]
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    where = [sys.executable, "-c", "import kb; print(kb.__file__)"]
    found = subprocess.run(where, cwd=work, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(site))
    kb("load", str(site / "kb" / "_bundled" / "data" / "interviews"))
    out = kb("query", "causal-chains", "--effect", "MD-performance-drop", "--format", "csv")
    assert "Data-no-signal → MT-overfitting → MD-performance-drop" in out
