"""A graph of the embedded engine replaced in one step: the new one is made in a folder beside the old one.

Whoever is killed before the mark `_WHOLE` stands in that folder has changed nothing; after it, whoever opens
the graph next puts the new one in its place. The engine's own lock keeps others out until then.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kb.store.files import forget_files
from kb.store.process import DATABASE

BESIDE = ".restoring"  # in the engine's folder; an engine's folder of its own
_WHOLE = "whole"
_BEFORE = "before"
_DATABASE = Path("databases", DATABASE)


def begin(folder: Path) -> Path:
    """The folder beside for a new graph, which is not there yet."""
    drop(folder)
    return folder / BESIDE


def commit(folder: Path) -> None:
    """Put the graph that was made beside in the place of the old one; neither is open.

    Raises:
        OSError: The folder cannot be written.
    """
    with (folder / BESIDE / _WHOLE).open("wb") as mark:
        os.fsync(mark.fileno())
    settle(folder)


def settle(folder: Path) -> None:
    """Finish what a killed `commit` left to be done, if one did.

    Raises:
        OSError: The folder cannot be written.
    """
    beside = folder / BESIDE
    if not (beside / _WHOLE).is_file():
        return
    new, place = beside / _DATABASE, folder / _DATABASE
    if new.is_dir():
        forget_files(folder)  # their sizes are those of the old ones
        if place.is_dir():
            place.rename(beside / _BEFORE)
        new.rename(place)
    drop(folder)


def drop(folder: Path) -> None:
    """Remove what is beside; the mark last of all, so that half of a folder is never taken for a graph."""
    beside = folder / BESIDE
    for part in (beside / _DATABASE, beside / _BEFORE):
        shutil.rmtree(part, ignore_errors=True)
    with suppress(OSError):
        (beside / _WHOLE).unlink(missing_ok=True)
    shutil.rmtree(beside, ignore_errors=True)
