"""A whole graph in one file, with what a user added to it: written, and read again.

The file is gzip (RFC 1952) of JSON Lines (UTF-8, an object a line), described in docs/backup.md:

1. ``{"format": "kb-graph", "version": 2, "kb": VERSION, "digest": SHA-256 of `kb.store.digest`}``
2. a line a node: ``{"labels": […], "properties": {…}}``; nodes are numbered from 0 in this order;
3. a line an edge: ``{"type": …, "start": NUMBER, "end": NUMBER, "properties": {…}}``;
4. ``{"nodes": HOW MANY, "edges": HOW MANY, "sha256": of all lines before, line breaks included}``.

Without the last line, or with one that does not fit, a file is not whole. Values are those of JSON, others
as `kb.store.values` says.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import InputError, StoreError
from kb.schema import EXTRA_INDEXES, NODES
from kb.store.bolt import Store
from kb.store.digest import digest
from kb.store.turn import LOCK
from kb.store.values import from_json, to_json
from kb.text.files import replaceable, size

FORMAT, VERSION = "kb-graph", 2
_READ = (1, VERSION)  # in 1 the digest is another, see `kb.store.digest.digest_of_dump_1`
_LINE = 256 * 1024 * 1024  # bytes; no property is longer, and a foreign file may be one line without end
MOST = 5_000_000  # nodes and edges that a file may hold; a study of 1,000 interviews has a tenth of it
_EACH = 1000  # bytes unpacked for each of them; a turn of an interview has 400
_SMALL = 16 * 2**20  # bytes unpacked that any file may have
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Counts(NamedTuple):
    """How much a file holds; the digest is that of the graph it was made from, as its version has it."""

    nodes: int
    edges: int
    digest: str
    version: int = VERSION


class NodeLine(NamedTuple):
    """A node of a file."""

    labels: list[str]
    properties: dict[str, Any]


class EdgeLine(NamedTuple):
    """An edge of a file; its ends are numbers of nodes."""

    type: str
    start: int
    end: int
    properties: dict[str, Any]


def dump(store: Store, path: Path) -> Counts:
    """Write the whole graph into a file, which is there whole or not at all; missing folders are made.

    Args:
        store: The graph; loads of others wait meanwhile.
        path: The file; one that is there is replaced.

    Raises:
        InputError: The file cannot be written.
        StoreError: The graph holds a value that the format has no form for, or changed meanwhile.
    """
    part = None
    try:
        path = replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        with store.loading():
            with gzip.open(part, "wb", compresslevel=6) as file:
                found = _write(store, file)
            part.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror or error}); name another file.", path
        ) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return found


def own_indexes(store: Store) -> list[str]:
    """What indexes and constraints a user made are on, ``Turn (text)``; a file does not hold them."""
    ours = {*((node.label, node.key) for node in NODES), (LOCK, "id"), *EXTRA_INDEXES}
    found = {
        (label, *row["properties"])
        for row in store.read("SHOW INDEXES").rows
        for label in row["labelsOrTypes"] or ()  # Neo4j's own two are on all labels and types
    }
    return [f"{label} ({', '.join(names)})" for label, *names in sorted(found - ours)]


def _write(store: Store, file: gzip.GzipFile) -> Counts:
    told = hashlib.sha256()

    def line(item: dict[str, Any]) -> None:
        text = _ENCODE(item).encode() + b"\n"
        told.update(text)
        file.write(text)

    fingerprint = digest(store)
    line({"format": FORMAT, "version": VERSION, "kb": version("kb-interviews"), "digest": fingerprint})
    numbers: dict[str, int] = {}
    for row in store.stream(
        f"MATCH (n) WHERE NOT n:{LOCK} RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS p"
    ):
        numbers[row["id"]] = len(numbers)
        line({"labels": sorted(row["labels"]), "properties": _properties(row["p"])})
    edges = 0
    for row in store.stream(
        "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, elementId(b) AS b, type(r) AS type, properties(r) AS p"
    ):
        if row["a"] not in numbers or row["b"] not in numbers:
            raise StoreError("Somebody changed the graph while it was written into the file; dump it again.")
        line({"type": row["type"], "start": numbers[row["a"]], "end": numbers[row["b"]],
              "properties": _properties(row["p"])})  # fmt: skip
        edges += 1
    if digest(store) != fingerprint:
        raise StoreError("Somebody changed the graph while it was written into the file; dump it again.")
    file.write(_ENCODE({"nodes": len(numbers), "edges": edges, "sha256": told.hexdigest()}).encode() + b"\n")
    return Counts(len(numbers), edges, fingerprint)


def _properties(properties: dict[str, Any]) -> dict[str, Any]:
    try:
        return {name: to_json(value) for name, value in sorted(properties.items())}
    except ValueError as error:
        raise StoreError(f"The graph holds {error}; remove that property to dump the rest.") from error


def checked(path: Path, most: int = MOST) -> Counts:
    """See that a file is one of these, and whole.

    Args:
        path: The file.
        most: Nodes and edges that it may hold, and 1000 bytes unpacked for each of them; 0 for any number.

    Raises:
        InputError: It is not, holds more, or cannot be read.
    """
    found: Counts | None = None
    for item in _items(path, most):
        if isinstance(item, Counts):
            found = item
    assert found is not None  # else `_items` has refused the file
    return found


def read(path: Path) -> Iterator[NodeLine | EdgeLine]:
    """The nodes of a file, then its edges; however many.

    Raises:
        InputError: It is not a file of this format, is not whole, or cannot be read.
    """
    for item in _items(path, 0):
        if not isinstance(item, Counts):
            yield item


def _items(path: Path, most: int) -> Iterator[NodeLine | EdgeLine | Counts]:
    told = hashlib.sha256()
    nodes = edges = number = 0
    fingerprint, version_ = "", VERSION
    cut = "is cut off or damaged: its last line is missing or does not fit; use another copy."
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # opening a pipe waits for its writer
            raise InputError("is no regular file: save what it gives as a file and name that.", path)
        with gzip.open(path, "rb") as file:
            for number, text in enumerate(_lines(file, path, most), 1):
                item = _object(text)
                if number == 1:
                    version_, fingerprint = _head(item, path)
                elif item is None:
                    raise InputError(
                        "is damaged: this line is none of the format; use another copy.", path, line=number
                    )
                elif "sha256" in item:
                    if item != {"nodes": nodes, "edges": edges, "sha256": told.hexdigest()} or file.read(1):
                        raise InputError(cut, path)
                    yield Counts(nodes, edges, fingerprint, version_)
                    return
                else:
                    line = _line(item, nodes)
                    if line is None or (isinstance(line, NodeLine) and edges):
                        raise InputError(
                            "is damaged: this line is none of the format; use another copy.",
                            path,
                            line=number,
                        )
                    nodes += isinstance(line, NodeLine)
                    edges += isinstance(line, EdgeLine)
                    yield line
                told.update(text)
    except (gzip.BadGzipFile, zlib.error) as error:
        if number:
            raise InputError(cut, path) from error
        raise InputError(_FOREIGN, path) from error
    except EOFError as error:
        raise InputError(cut, path) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error}).", path) from error
    raise InputError(cut if number else _FOREIGN, path)


def _lines(file: gzip.GzipFile, path: Path, most: int) -> Iterator[bytes]:
    """The lines of a file, until they are more than a graph of so many nodes and edges has."""
    room = max(most * _EACH, _SMALL)
    count = unpacked = 0
    while text := file.readline(_LINE):
        count += 1
        unpacked += len(text)
        if most and (count > most + 2 or unpacked > room):  # the first and the last line are neither
            raise InputError(
                f"holds more than {most:,} nodes and edges, or more than {size(room)} unpacked, and may be "
                "made to fill the disk: where you know who made it, raise the bound with --most NUMBER "
                "(0 for none).",
                path,
            )
        yield text


_FOREIGN = "is no graph that `kb dump` wrote; name such a file."


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _head(item: dict[str, Any] | None, path: Path) -> tuple[int, str]:
    """Version and digest."""
    if item is None or item.get("format") != FORMAT:
        raise InputError(_FOREIGN, path)
    number = item.get("version")
    if number not in _READ:
        raise InputError(
            f"has version {number} of the format, and this kb reads {VERSION} and older ones; use the "
            "kb that wrote it, or a newer one.",
            path,
        )
    return number, str(item.get("digest", ""))


def _line(item: dict[str, Any], nodes: int) -> NodeLine | EdgeLine | None:
    """A node or an edge; None if the line is neither."""
    properties, labels, type_ = item.get("properties"), item.get("labels"), item.get("type")
    if not isinstance(properties, dict):
        return None
    try:
        properties = {name: from_json(value) for name, value in properties.items()}
    except ValueError:
        return None
    if isinstance(labels, list) and all(isinstance(label, str) and label for label in labels):
        return NodeLine(labels, properties)
    start, end = item.get("start"), item.get("end")
    if not (isinstance(type_, str) and type_ and type(start) is int and type(end) is int):
        return None
    return EdgeLine(type_, start, end, properties) if 0 <= start < nodes and 0 <= end < nodes else None
