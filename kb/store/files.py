"""Whether somebody else has damaged the embedded engine's files.

The engine makes a missing file anew and takes a truncated one as it is, without a word; what was in it is
gone. So kb keeps a list of its files with their sizes, written when the engine has stopped: the files of a
type of record only ever grow, and none goes. The schema may become shorter, but is always whole JSON; where
it is not, the engine starts with no types at all.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

_LIST = "files.json"
_SCHEMA = "schema.json"
_GROW = (".bucket", ".dict")  # indexes are compacted, which makes smaller files of other names


def remember_files(folder: Path, database: Path) -> None:
    """Write the list, whole or not at all; a folder that refuses is no error."""
    with suppress(OSError):
        part = folder / f"{_LIST}.{os.getpid()}"
        part.touch(mode=0o600)  # like all that the engine keeps
        part.write_text(json.dumps(_sizes(database)), encoding="utf-8")
        part.replace(folder / _LIST)


def remembers_files(folder: Path) -> bool:
    """Whether there has been a database in the folder."""
    return (folder / _LIST).is_file()


def forget_files(folder: Path) -> None:
    """Remove the list: the files are to be others.

    Raises:
        OSError: It cannot be removed.
    """
    (folder / _LIST).unlink(missing_ok=True)


def damaged_files(folder: Path, database: Path) -> list[str]:
    """Names of files that are gone, or smaller than they were."""
    try:
        before = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    now = _sizes(database)
    indexes = {_index(name) for name in now}
    found = []
    for name, size in before.items() if isinstance(before, dict) else ():
        if name not in now:
            gone = name.endswith((*_GROW, ".json")) or _index(name) not in indexes
        elif name == _SCHEMA:
            gone = not _whole_schema(database / name)
        else:
            gone = now[name] < size
        if gone:
            found.append(name)
    return sorted(found)


def _sizes(database: Path) -> dict[str, int]:
    if not database.is_dir():
        return {}
    return {
        file.name: file.stat().st_size
        for file in database.iterdir()
        if file.is_file() and (file.name.endswith((*_GROW, "idx")) or file.name == _SCHEMA)
    }


def _whole_schema(file: Path) -> bool:
    try:
        schema = json.loads(file.read_bytes())
    except OSError:  # another's folder; what is wrong with it is told when it is used
        return True
    except (ValueError, RecursionError):
        return False
    return isinstance(schema, dict) and "types" in schema  # of an empty graph there are none


def _index(name: str) -> str:
    """Compaction keeps what stands before the first dot."""
    return name.partition(".")[0]
