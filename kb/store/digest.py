"""Is it the same graph? A digest over everything that `kb.schema` declares, in a fixed order."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Any

from kb.schema import EDGES, KEYS, NODE_TYPES, NODES, EdgeType, NodeType
from kb.store.bolt import Store
from kb.store.rows import encode, plain

_RUN = 50_000  # lines that are sorted in memory; more go to files, a sorted run each


def digest(store: Store) -> str:
    """SHA-256 (hex) of the graph's content: the same content gives the same text on both engines.

    What the engines number for themselves (element ids, order) and what a user added (labels and
    properties that kb does not declare) have no part in it, and neither has what only loading uses.
    Its memory does not grow with the graph: rows are read as they come, and sorted by way of files.
    """
    found = hashlib.sha256()
    with _Sorted() as lines:
        for node in NODES:
            lines.extend(_nodes(store, node))
        for edge in EDGES:
            lines.extend(_edges(store, edge))
        between = b""
        for line in lines:
            found.update(between + line)
            between = b"\n"
    return found.hexdigest()


def lines(store: Store) -> Iterator[tuple[str, str]]:
    """What the digest is made over, in no order: each node with its label, each edge with its type."""
    for node in NODES:
        for line in _nodes(store, node):
            yield node.label, line
    for edge in EDGES:
        for line in _edges(store, edge):
            yield edge.type, line


class _Sorted:
    """Lines in order, of which only some are in memory; use it in a ``with`` statement."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> _Sorted:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self._files.close()

    def extend(self, lines: Iterable[str]) -> None:
        """Add lines; none holds a line break, since JSON writes it otherwise."""
        for line in lines:
            self._lines.append(line.encode())
            if len(self._lines) == _RUN:
                run = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
                run.writelines(line + b"\n" for line in sorted(self._lines))
                run.seek(0)
                self._runs.append(run)
                self._lines = []

    def __iter__(self) -> Iterator[bytes]:
        runs = [(line[:-1] for line in run) for run in self._runs]
        return heapq.merge(*runs, sorted(self._lines))


def _nodes(store: Store, node: NodeType) -> Iterator[str]:
    declared = {node.label, *node.also}
    names = (node.key, *node.properties)
    # A node without the key is a user's own, under a label that kb has too.
    rows = _grouped(
        store,
        f"MATCH (n:{node.label}) WHERE n.{node.key} IS NOT NULL",
        "n.interview" if "interview" in node.properties else f"n.{node.key}",
        ["labels(n)" if node.also else "null", *(f"n.{name}" for name in names)],
    )
    for labels, *values in rows:
        yield _line(["node", sorted(declared & set(labels)) if labels else [node.label]], names, values)


def _edges(store: Store, edge: EdgeType) -> Iterator[str]:
    start, end = KEYS[edge.start], KEYS[edge.end]
    rows = _grouped(
        store,
        f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end})",
        "a.interview" if "interview" in NODE_TYPES[edge.start].properties else f"a.{start}",
        [f"a.{start}", f"b.{end}", *(f"r.{name}" for name in edge.properties)],
    )
    for a, b, *values in rows:
        yield _line(["edge", edge.type, a, b], edge.properties, values)


def _grouped(store: Store, match: str, group: str, values: Iterable[str]) -> Iterator[list[Any]]:
    """Values of each match, many to a row of the answer: a row costs the driver more than what is in it."""
    query = f"{match} RETURN {group} AS of, collect([{', '.join(values)}]) AS found"
    for row in store.stream(query):
        yield from row["found"]


def _line(head: list[Any], names: Iterable[str], values: Iterable[Any]) -> str:
    """What `canonical` makes of the head with the properties that there are."""
    filled = {
        name: plain(value) if isinstance(value, (float, list, dict)) else value
        for name, value in zip(names, values, strict=True)
        if value is not None
    }
    return encode([*head, filled])


def counts(store: Store) -> dict[str, int]:
    """How many nodes a label and edges a type there are, in the schema's order."""
    found: dict[str, int] = {}
    for node in NODES:
        query = f"MATCH (n:{node.label}) RETURN count(n.{node.key}) AS n"
        found[node.label] = int(store.read(query).rows[0]["n"])
    for edge in EDGES:
        query = f"MATCH (:{edge.start})-[r:{edge.type}]->(:{edge.end}) RETURN count(r) AS n"
        found[edge.type] = int(store.read(query).rows[0]["n"])
    return found
