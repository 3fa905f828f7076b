"""The shipped notebook runs as it stands, and shows what it is stored with."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from tests.shared import ROOT

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """What each output says as text; addresses in memory, if any, left out."""
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", output
            data = output.get("data", {})
            text = output.get("text") or data.get("text/plain", "")
            texts.append(re.sub(r"0x[0-9a-f]+", "0x", text))
    return texts


def test_it_runs_and_shows_what_it_is_stored_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    again = nbformat.read(NOTEBOOK, as_version=4)
    kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(tmp_path / "kernel"))
    NotebookClient(again, km=kernel, timeout=600, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert shown(again) == shown(stored)
    assert any(
        "<svg" in "".join(o.get("data", {}).get("image/svg+xml", ""))
        for c in again.cells
        for o in c.get("outputs", [])
    )


def test_it_holds_only_invented_interviews() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert set(re.findall(r"Interview (\d+)", text)) <= {"901", "902", "903", "904", "905"}
