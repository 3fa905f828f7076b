"""A whole study as a project or a codebook of another tool: the formats, by their files' endings."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kb.errors import ExportError
from kb.export.project.model import Written
from kb.store.bolt import Store

__all__ = ["FORMATS", "Written", "write_project"]

#: Ending -> (module, what it is). A module has ``write(store, path) -> Written``.
FORMATS: dict[str, tuple[str, str]] = {
    ".qdpx": ("kb.export.project.refi", "REFI-QDA project, for ATLAS.ti, MAXQDA, NVivo, QualCoder, …"),
    ".qdc": ("kb.export.project.codebook", "REFI-QDA codebook"),
}


def write_project(store: Store, path: Path) -> Written:
    """Write the study in the format that the file's ending names; an existing file is replaced.

    Raises:
        ExportError: No format has this ending, there is nothing to write, or the file cannot be written.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise ExportError(
            f"{path.name}: no project goes by the ending {path.suffix or '(none)'!r}; use one of "
            f"{' '.join(FORMATS)}."
        )
    write: Callable[[Store, Path], Written] = import_module(found[0]).write
    return write(store, path)
