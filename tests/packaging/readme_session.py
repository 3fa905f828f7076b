"""The README's session: its ``console`` blocks, each a command and what it prints.

``python -m tests.packaging.readme_session`` runs the commands and writes what they print into the
README; `test_readme.py` holds the README to it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.shared import ROOT

README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n\$ (kb [^\n]*)\n(.*?)```", re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """The commands of the session, with what the README says they print."""
    return _BLOCK.findall(README.read_text(encoding="utf-8"))


def run(command: str, folder: Path) -> str:
    """What a command prints, in a folder that has the repository's data; trailing blanks cut."""
    kb = Path(sys.executable).parent / "kb"
    for name in ("data", "out"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name) if name == "data" else (folder / name).mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KB_", "COLUMNS"))}
    done = subprocess.run(
        f"{kb} {command.removeprefix('kb ')}",
        shell=True,
        cwd=folder,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").splitlines())


def write() -> None:
    """Put what the commands print now into the README."""
    with tempfile.TemporaryDirectory() as folder:
        text = _BLOCK.sub(
            lambda m: f"```console\n$ {m[1]}\n{run(m[1], Path(folder))}```",
            README.read_text(encoding="utf-8"),
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
