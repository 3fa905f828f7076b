"""A graph in a folder that cannot be written: questions are answered, what writes says why it cannot."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.test_cli import BASE, KB, Kb, one_sentence
from tests.shared import ROOT, patience

Run = Callable[..., subprocess.CompletedProcess[str]]
_SEALED = "mount --bind {0} {0} && mount -o remount,ro,bind {0} && ! touch {0}/x 2>/dev/null && exec "


def _by_mount(folder: Path) -> list[str]:
    """What runs a command where the folder is mounted read-only: rights do not bind the superuser."""
    return ["unshare", "--mount", "sh", "-c", f'{_SEALED.format(shlex.quote(str(folder)))} "$@"', "sh"]


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Run]:
    """Runs ``kb`` where the folder ``study`` cannot be written; ``db`` in it has the sample interviews."""
    study = tmp_path / "study"
    study.mkdir()
    loaded = Kb(study / "db", tmp_path)("load", ROOT / "data" / "interviews")
    assert loaded.returncode == 0, loaded.stderr
    before: list[str] = []
    if os.name == "posix" and os.geteuid() == 0:
        before = _by_mount(study)
        tried = [*before, "true"]
        if not shutil.which("unshare") or subprocess.run(tried, check=False, capture_output=True).returncode:
            pytest.skip("the superuser may write everywhere, and here nothing can be mounted read-only")
    else:
        for path in (study, *study.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def run(*args: object) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*before, str(KB), *map(str, args)],
            check=False, capture_output=True, text=True, encoding="utf-8", cwd=study,
            timeout=patience(120), env={**BASE, "KB_DB": "db", "COLUMNS": "200", "TMPDIR": str(temporary)},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert not list(temporary.iterdir())  # a copy is made there, and goes
        return done

    yield run
    for path in (study, *study.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_questions_are_answered(sealed: Run, tmp_path: Path) -> None:
    before = _files(tmp_path / "study")
    counted = sealed("cypher", "MATCH (i:Interview) RETURN count(i) AS n", "--format", "csv")
    assert (counted.returncode, counted.stdout.split()) == (0, ["n", "5"])
    for command in (("status",), ("query", "top-issues"), ("dump", tmp_path / "out.gz")):
        run = sealed(*command)
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "out.gz").exists()
    assert _files(tmp_path / "study") == before


@pytest.mark.parametrize(
    "command",
    [
        ("load", ROOT / "data" / "interviews"),
        ("remove", "901"),
        ("cypher", "--write", "CREATE (:Mine)"),
        ("load", "--rebuild"),
    ],
    ids=["load", "remove", "cypher", "rebuild"],
)
def test_what_writes_says_that_it_cannot(sealed: Run, command: tuple[object, ...]) -> None:
    one_sentence(sealed(*command), 4, "can", "--db")


def test_a_graph_that_is_to_be_made_there_is_refused(sealed: Run, tmp_path: Path) -> None:
    run = sealed("load", ROOT / "data" / "interviews", "--db", "new")
    one_sentence(run, 4, "--db")
    assert not (tmp_path / "study" / "new").exists()
