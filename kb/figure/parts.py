"""The parts of a graph that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.figure import kinds
from kb.figure.cycles import depths
from kb.graph import Edge, Subgraph


class Part(NamedTuple):
    """A connected part: its ids in natural order, its edges and its loops, and how long its chains are."""

    ids: tuple[str, ...]
    edges: tuple[Edge, ...]
    loops: tuple[Edge, ...]
    depth: tuple[int, ...]  # of each node: edges on the longest chain that leads to it
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  # headings of frames, with the ids in them


def parts_of(graph: Subgraph, groups: Mapping[str, str] | None = None) -> list[Part]:
    """The connected parts, largest first; with groups (a heading by id) one part, lest a frame breaks."""
    root = {node.id: node.id for node in graph.nodes}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for edge in graph.edges:
        root[find(edge.start)] = find(edge.end)
    if groups:
        root = dict.fromkeys(root, min(root, key=kinds.natural))
    ids: dict[str, list[str]] = defaultdict(list)
    for name in sorted(root, key=kinds.natural):
        ids[find(name)].append(name)
    edges: dict[str, list[Edge]] = defaultdict(list)
    ordered = sorted(
        graph.edges, key=lambda e: (kinds.natural(e.start), kinds.natural(e.end), e.type, repr(e.properties))
    )
    for edge in ordered:
        edges[find(edge.start)].append(edge)
    parts = [
        _part(
            names,
            [e for e in edges[name] if e.start != e.end],
            [e for e in edges[name] if e.start == e.end],
            groups or {},
        )
        for name, names in ids.items()
    ]
    return sorted(parts, key=lambda part: (-len(part.ids), kinds.natural(part.ids[0])))


def _part(
    names: Sequence[str], edges: Sequence[Edge], loops: Sequence[Edge], groups: Mapping[str, str]
) -> Part:
    index = {name: i for i, name in enumerate(names)}
    depth = depths(len(names), [(index[edge.start], index[edge.end]) for edge in edges])
    members: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name in groups:
            members[groups[name]].append(name)
    framed = tuple((heading, tuple(ids)) for heading, ids in sorted(members.items()))
    return Part(tuple(names), tuple(edges), tuple(loops), tuple(depth), framed)
