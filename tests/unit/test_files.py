"""Files are written in one step; what is no file is neither replaced nor waited for."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from kb.errors import ExportError, InputError
from kb.store.dump import checked
from kb.text.files import replaceable, write_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.svg"
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match="no regular file"):
        write_file(pipe, "<svg/>")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(OSError, match="no regular file"):
        replaceable(Path(os.devnull))


def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    figure, link = tmp_path / "figure.svg", tmp_path / "link.svg"
    figure.write_text("old")
    link.symlink_to(figure)
    write_file(link, "new")
    assert link.is_symlink()
    assert figure.read_text() == "new"


def test_missing_folders_of_a_new_file_are_made_and_a_file_among_them_is_told(tmp_path: Path) -> None:
    write_file(tmp_path / "out" / "figures" / "map.svg", "<svg/>")
    assert (tmp_path / "out" / "figures" / "map.svg").read_text() == "<svg/>"
    with pytest.raises(ExportError, match="cannot be written"):
        write_file(tmp_path / "out" / "figures" / "map.svg" / "more" / "map.svg", "<svg/>")


def test_a_dump_is_not_awaited_from_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "study.kb.gz"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no regular file"):
        checked(pipe)
