"""What one load has read: the first of it in memory, the rest in a file of the system's without a name.

What every label means is known only when all files are read, and only then can the first interview
be built. A load's memory must not grow with the number of its files.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Generic, TypeVar

from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT, RelationSource

_IN_MEMORY = 1_000_000  # characters of JSON, of readings and of relations each: some seventy interviews
_Source = TypeVar("_Source", Reading, RelationSource)


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept of a source for looking it over.

    Attributes:
        names: Labels, or of relations the names with their places, as ``place:name``.
        parts: See `RelationSource`.
    """

    id: str
    interview: str
    format: str
    sha256: str
    digest: str
    names: tuple[str, ...]
    parts: int = 0


def head_of(source: Reading | RelationSource) -> Head:
    """The head of a source."""
    if isinstance(source, RelationSource):
        return Head(
            source.id,
            source.interview,
            FORMAT,
            source.sha256,
            source.digest,
            source.uses,
            source.parts,
        )
    head = source.source
    return Head(source.id, head.interview, head.format, source.sha256, source.digest, source.labels)


class Spool(Generic[_Source]):
    """Sources of one kind by id, of which only some are in memory.

    Attributes:
        heads: Of all of them.
    """

    def __init__(self) -> None:
        self.heads: dict[str, Head] = {}
        self._held: dict[str, _Source] = {}
        self._at: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._room = _IN_MEMORY
        self._names: dict[str, str] = {}  # the same label of two sources is one text in memory

    def __setitem__(self, id_: str, source: _Source) -> None:
        head = head_of(source)
        names = tuple(self._names.setdefault(name, name) for name in head.names)
        self.heads[id_] = Head(id_, head.interview, head.format, head.sha256, head.digest, names, head.parts)
        self._room -= len(source.dump())
        if self._room >= 0:
            self._held[id_] = source
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # goes with the load, or the process
        data = _to_bytes(source)
        self._at[id_] = (self._file.seek(0, 2), len(data))
        self._file.write(data)

    def __getitem__(self, id_: str) -> _Source:
        if id_ in self._held:
            return self._held[id_]
        assert self._file is not None
        at, size = self._at[id_]
        self._file.seek(at)
        return _from_bytes(self._file.read(size), self.heads[id_])  # type: ignore[return-value]

    def __delitem__(self, id_: str) -> None:
        del self.heads[id_]
        self._held.pop(id_, None)
        self._at.pop(id_, None)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.heads

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    def pop(self, id_: str) -> _Source:
        """A source, which is not held any more."""
        source = self[id_]
        self._held.pop(id_, None)
        return source


def _to_bytes(source: Reading | RelationSource) -> bytes:
    if isinstance(source, Reading):
        return source.dump().encode()
    where = [[str(relation.path) if relation.path else None, relation.line] for relation in source.relations]
    return json.dumps([source.file, source.dump(), where]).encode()


def _from_bytes(data: bytes, head: Head) -> Reading | RelationSource:
    if head.format != FORMAT:
        return Reading.load(data.decode(), head.sha256)
    file, text, where = json.loads(data)
    row = {"reading": text, "lines": None, "file": file, "sha256": head.sha256, "parts": head.parts}
    source = RelationSource.load(head.interview, row)
    relations = tuple(
        relation.model_copy(update={"path": Path(path) if path else None, "line": line})
        for relation, (path, line) in zip(source.relations, where, strict=True)
    )
    return RelationSource(head.interview, file, relations, head.sha256, head.parts)
