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
from kb.ingest.reader import Records
from kb.records import AnyRecord, Origin, Source
from loaders import file_name


def with_origin(path: Path, records: Records, *, alone: bool = True) -> Iterator[AnyRecord]:
    """The records of a file, with what says which file it is, unless they say so themselves.

    Args:
        path: The file.
        records: What is read in it.
        alone: No other file's records stand beside them: a source that comes first is enough to tell.

    Raises:
        InputError: It cannot be read.
    """
    found = iter(records)
    first = next(found, None)
    rest = chain([] if first is None else [first], found)
    if isinstance(first, Origin) or (isinstance(first, Source) and first.sha256):
        yield from rest
        return
    name, sha256 = file_name(path), file_digest(path)
    said = alone and isinstance(first, Source)
    if not said:
        yield Origin(file=name, format=records.format, sha256=sha256)
    for record in rest:
        if isinstance(record, Source):
            yield record.model_copy(update={"file": name, "sha256": sha256 if said else None})
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
        named = _named(record)
        if named and (named.file, named.sha256) != (origin.file, origin.sha256):
            if held or origin is not own:
                yield origin, held
            origin, held = named, []
        if not isinstance(record, Origin):
            held.append(record)
    yield origin, held


def _named(record: AnyRecord) -> Origin | None:
    """The file that a record says it comes from."""
    if isinstance(record, Source) and record.sha256:
        return Origin(file=record.file, format=record.format, sha256=record.sha256)
    return record if isinstance(record, Origin) else None


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
