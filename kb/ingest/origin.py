"""Records with the file that they come from: how JSON Lines stand for files of other formats.

What a load makes of a file depends on its records, its name, its format and its bytes' digest. ``kb parse``
writes the last three beside the records, so that loading what it wrote is loading the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kb.errors import InputError
from kb.records import AnyRecord, Origin, Source
from loaders import detect, file_name


def with_origin(path: Path, records: Iterable[AnyRecord], encoding: str | None = None) -> Iterator[AnyRecord]:
    """The records of a file, with what says which file it is before them, unless they say so themselves.

    Args:
        path: The file.
        records: What is read in it.
        encoding: As the user says.

    Raises:
        InputError: It cannot be read.
    """
    found = iter(records)
    first = next(found, None)
    own = not isinstance(first, Origin)
    if own:
        yield Origin(file=file_name(path), format=detect(path, encoding).FORMAT, sha256=file_digest(path))
    for record in chain([] if first is None else [first], found):
        if own and isinstance(record, Source) and record.file != file_name(path):
            yield record.model_copy(update={"file": file_name(path)})
        else:
            yield record


def by_origin(records: Iterable[AnyRecord], own: Origin) -> Iterator[tuple[Origin, list[AnyRecord]]]:
    """The records of each file that is named among them.

    Args:
        records: As a loader yields them.
        own: The file that they stand in; what comes before any other is named is of it.
    """
    origin, held = own, list[AnyRecord]()
    for record in records:
        if isinstance(record, Origin):
            if held or origin is not own:
                yield origin, held
            origin, held = record, []
        else:
            held.append(record)
    yield origin, held


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes (hex).

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path) from error
