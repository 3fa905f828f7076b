"""Is it the same graph? A digest over everything that `kb.schema` declares, in a fixed order."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from types import TracebackType
from typing import IO, Any, NamedTuple

from kb.schema import EDGES, KEYS, NODES, EdgeType, NodeType
from kb.store.bolt import Store
from kb.store.part import Lines, is_owned, owner_of, part_digest, part_name, whole_digest

_RUN = 50_000  # lines that are sorted in memory; more go to files, a sorted run each


class Digests(NamedTuple):
    """Both digests of a graph; see `digest` and `kb.store.study_digest`."""

    graph: str
    study: str


class Parts(NamedTuple):
    """Both digests of each part of a graph, under the part's name (`kb.store.part`)."""

    graph: dict[str, str]
    study: dict[str, str]

    @property
    def whole(self) -> Digests:
        """Those of the graph."""
        return Digests(whole_digest(self.graph), whole_digest(self.study))


def digest(store: Store) -> str:
    """SHA-256 (hex) of the graph's content: the same content gives the same text on both engines.

    What the engines number for themselves (element ids, order) and what a user added (labels and
    properties that kb does not declare) have no part in it, and neither has what only loading uses.
    Every row is read (`kb.store.kept` reads few), and its memory does not grow with the graph: rows are
    read as they come, and sorted by way of files.
    """
    with Sorted() as found:
        give_all(store, Lines(found.add, _nothing))
        return whole_digest(found.digests())


def digest_of_dump_1(store: Store) -> str:
    """The digest that files of version 1 of `kb.store.dump` name: over all lines at once."""
    with Sorted() as found:
        give_all(store, Lines(lambda _, line: found.add(None, line), _nothing))
        return found.digests().get(part_name(None), part_digest(()))


def digests(store: Store) -> Digests:
    """The graph's digest, and that of the study in it, from one reading of all rows."""
    return parts(store).whole


def parts(store: Store) -> Parts:
    """Both digests of each part, from one reading of all rows."""
    with Sorted() as whole, Sorted() as said:
        give_all(store, Lines(whole.add, said.add))
        return Parts(whole.digests(), said.digests(once=True))


def study_digest(store: Store) -> str:
    """SHA-256 (hex) of the study: the same where another tool's file brought the same content.

    A study that went out to another tool and came back has the same one if nothing was lost.
    """
    return digests(store).study


def study_lines(store: Store) -> list[str]:
    """What the digest of the study is made over, in no order."""
    found: list[str] = []
    give_all(store, Lines(_nothing, lambda _, line: found.append(line)))
    return found


def lines(store: Store) -> Iterator[tuple[str, str]]:
    """What the digest is made over, in no order: each node with its label, each edge with its type."""
    found: list[str] = []
    given = Lines(lambda _, line: found.append(line), _nothing)
    for type_, give in _types(store, given):
        for _ in give:
            yield from ((type_, line) for line in found)
            found.clear()


def give_all(store: Store, to: Lines) -> None:
    """Read all rows that the digests are made over."""
    for _, give in _types(store, to):
        for _ in give:
            pass
    to.rest()


def _nothing(_: object, __: str) -> None:
    """For lines that are not asked for."""


def _types(store: Store, to: Lines) -> Iterator[tuple[str, Iterator[None]]]:
    """Each label, then each type of edge, with what gives its rows, one a step."""
    for node in NODES:
        yield node.label, give_nodes(store, node, to)
    for edge in EDGES:
        yield edge.type, give_edges(store, edge, to)


def give_nodes(store: Store, node: NodeType, to: Lines, where: str = "") -> Iterator[None]:
    """Give the nodes of a type, one a step.

    Args:
        store: The graph.
        node: The type.
        to: Given them.
        where: A condition on `n`, if not all are wanted.
    """
    names = (node.key, *node.properties)
    owner = owner_of(node.label)
    condition = f" AND {where}" if where else ""
    rows = _grouped(
        store,
        # A node without the key is a user's own, under a label that kb has too.
        f"MATCH (n:{node.label}) WHERE n.{node.key} IS NOT NULL{condition}",
        f"n.{owner or ('interview' if 'interview' in node.properties else node.key)}",
        ["labels(n)" if node.also else "null", *(f"n.{name}" for name in names)],
    )
    for of, labels, *values in rows:
        to.node(of if owner else None, node, labels or (node.label,), dict(zip(names, values, strict=True)))
        yield


def give_edges(store: Store, edge: EdgeType, to: Lines, where: str = "") -> Iterator[None]:
    """Give the edges of a type, one a step; arguments as above, `where` on the start `a`."""
    start, end = KEYS[edge.start], KEYS[edge.end]
    owner = owner_of(edge.start)
    # A condition comes before the edges are walked.
    first = f"(a:{edge.start}) WHERE {where} MATCH (a)" if where else f"(a:{edge.start})"
    rows = _grouped(
        store,
        f"MATCH {first}-[r:{edge.type}]->(b:{edge.end})",
        f"a.{owner or start}",
        [f"a.{start}", f"b.{end}", *(f"r.{name}" for name in edge.properties)],
    )
    for of, a, b, *values in rows:
        properties = dict(zip(edge.properties, values, strict=True))
        to.edge(of if is_owned(edge) else None, edge, a, b, properties)
        yield


def _grouped(store: Store, match: str, group: str, values: Iterable[str]) -> Iterator[list[Any]]:
    """Group and values of each match, many to a row of the answer: a row costs more than what is in it."""
    query = f"{match} RETURN {group} AS of, collect([{', '.join(values)}]) AS found"
    for row in store.stream(query):
        for found in row["found"]:
            yield [row["of"], *found]


class Sorted:
    """Lines of parts in order, of which only some are in memory; use it in a ``with`` statement."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._runs: list[IO[bytes]] = []
        self._files = ExitStack()

    def __enter__(self) -> Sorted:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self._files.close()

    def add(self, owner: Any, line: str) -> None:
        """Add a line of a part; it holds no line break and no tab, since JSON writes those otherwise."""
        self._lines.append(f"{part_name(owner)}\t{line}".encode())
        if len(self._lines) == _RUN:
            run = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
            run.writelines(line + b"\n" for line in sorted(self._lines))
            run.seek(0)
            self._runs.append(run)
            self._lines = []

    def digests(self, *, once: bool = False) -> dict[str, str]:
        """SHA-256 (hex) of each part's lines in order; `once`: what stands twice counts once."""
        runs = [(line[:-1] for line in run) for run in self._runs]
        split = (line.partition(b"\t") for line in heapq.merge(*runs, sorted(self._lines)))
        found = {}
        for name, rows in groupby(split, key=lambda row: row[0]):
            own = (row[2] for row in rows)
            found[name.decode()] = part_digest((line for line, _ in groupby(own)) if once else own)
        return found


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
