"""Is it the same graph? A digest over everything that `kb.schema` declares, in a fixed order."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Any, NamedTuple

from kb.schema import EDGES, KEYS, NODE_TYPES, NODES, EdgeType, NodeType
from kb.store.bolt import Store
from kb.store.rows import encode, plain
from kb.store.study_digest import StudyLines

_RUN = 50_000  # lines that are sorted in memory; more go to files, a sorted run each


class Digests(NamedTuple):
    """Both digests of a graph; see `digest` and `kb.store.study_digest`."""

    graph: str
    study: str


def digest(store: Store) -> str:
    """SHA-256 (hex) of the graph's content: the same content gives the same text on both engines.

    What the engines number for themselves (element ids, order) and what a user added (labels and
    properties that kb does not declare) have no part in it, and neither has what only loading uses.
    Its memory does not grow with the graph: rows are read as they come, and sorted by way of files.
    """
    with _Sorted() as found:
        found.extend(line for _, line in lines(store))
        return found.digest()


def digests(store: Store) -> Digests:
    """The graph's digest, and that of the study in it, from one reading."""
    with _Sorted() as whole, _Sorted() as said:
        said.extend(study_lines(store, whole.add))
        return Digests(whole.digest(), said.digest(once=True))


def study_digest(store: Store) -> str:
    """SHA-256 (hex) of the study: the same where another tool's file brought the same content.

    A study that went out to another tool and came back has the same one if nothing was lost.
    """
    return digests(store).study


def study_lines(store: Store, also: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """What the digest of the study is made over, in no order; `also` is given each of `lines`."""
    study = StudyLines()
    for node in NODES:
        for labels, properties in _nodes(store, node):
            also(encode(["node", labels, properties]))
            yield from study.node(node, labels, properties)
    for edge in EDGES:
        for start, end, properties in _edges(store, edge):
            also(encode(["edge", edge.type, start, end, properties]))
            yield from study.edge(edge, start, end, properties)
    yield from study.rest()


def lines(store: Store) -> Iterator[tuple[str, str]]:
    """What the digest is made over, in no order: each node with its label, each edge with its type."""
    for node in NODES:
        for labels, properties in _nodes(store, node):
            yield node.label, encode(["node", labels, properties])
    for edge in EDGES:
        for start, end, properties in _edges(store, edge):
            yield edge.type, encode(["edge", edge.type, start, end, properties])


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
        """Add lines."""
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Add a line; it holds no line break, since JSON writes that otherwise."""
        self._lines.append(line.encode())
        if len(self._lines) == _RUN:
            run = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
            run.writelines(line + b"\n" for line in sorted(self._lines))
            run.seek(0)
            self._runs.append(run)
            self._lines = []

    def digest(self, *, once: bool = False) -> str:
        """SHA-256 (hex) of all lines in order; `once`: what stands twice counts once."""
        runs = [(line[:-1] for line in run) for run in self._runs]
        found = hashlib.sha256()
        before: bytes | None = None
        for line in heapq.merge(*runs, sorted(self._lines)):
            if once and line == before:
                continue
            found.update(line if before is None else b"\n" + line)
            before = line
        return found.hexdigest()


def _nodes(store: Store, node: NodeType) -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Declared labels and properties of each node."""
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
        yield sorted(declared & set(labels)) if labels else [node.label], _filled(names, values)


def _edges(store: Store, edge: EdgeType) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Keys of the ends and properties of each edge."""
    start, end = KEYS[edge.start], KEYS[edge.end]
    rows = _grouped(
        store,
        f"MATCH (a:{edge.start})-[r:{edge.type}]->(b:{edge.end})",
        "a.interview" if "interview" in NODE_TYPES[edge.start].properties else f"a.{start}",
        [f"a.{start}", f"b.{end}", *(f"r.{name}" for name in edge.properties)],
    )
    for a, b, *values in rows:
        yield a, b, _filled(edge.properties, values)


def _grouped(store: Store, match: str, group: str, values: Iterable[str]) -> Iterator[list[Any]]:
    """Values of each match, many to a row of the answer: a row costs the driver more than what is in it."""
    query = f"{match} RETURN {group} AS of, collect([{', '.join(values)}]) AS found"
    for row in store.stream(query):
        yield from row["found"]


def _filled(names: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    """Properties without absent ones, as `kb.store.rows.encode` takes them."""
    return {
        name: plain(value) if isinstance(value, (float, list, dict)) else value
        for name, value in zip(names, values, strict=True)
        if value is not None
    }


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
