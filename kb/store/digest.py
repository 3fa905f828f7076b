"""Is it the same graph? A digest over everything that `kb.schema` declares, in a fixed order."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Any

from kb.schema import EDGES, KEYS, NODES, EdgeType, NodeType
from kb.store.bolt import Store
from kb.store.rows import canonical

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
            lines.extend(_edges(store, edge) if edge.properties else _bare_edges(store, edge))
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
        for line in _edges(store, edge) if edge.properties else _bare_edges(store, edge):
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
    # A node without the key is a user's own, under a label that kb has too.
    query = (
        f"MATCH (n:{node.label}) WHERE n.{node.key} IS NOT NULL "
        "RETURN labels(n) AS labels, properties(n) AS p"
    )
    for row in store.stream(query):
        labels = sorted(declared & set(row["labels"]))
        yield canonical(["node", labels, _declared(row["p"], (node.key, *node.properties))])


def _edges(store: Store, edge: EdgeType) -> Iterator[str]:
    start, end = KEYS[edge.start], KEYS[edge.end]
    for row in store.stream(
        f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end}) "
        f"RETURN a.{start} AS a, b.{end} AS b, properties(r) AS p"
    ):
        yield canonical(["edge", edge.type, row["a"], row["b"], _declared(row["p"], edge.properties)])


def _bare_edges(store: Store, edge: EdgeType) -> Iterator[str]:
    """Edges that say nothing but their ends: a row for each start."""
    start, end = KEYS[edge.start], KEYS[edge.end]
    for row in store.stream(
        f"MATCH (a:{edge.start})-[:{edge.type}]->(b:{edge.end}) RETURN a.{start} AS a, collect(b.{end}) AS b"
    ):
        head = canonical(["edge", edge.type, row["a"]])[:-1]
        for key in row["b"]:
            yield f"{head},{canonical(key)},{{}}]"


def _declared(properties: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: properties[name] for name in names if name in properties}


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
