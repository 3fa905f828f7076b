"""What the rows of an answer hold of the graph: paths, and all of it as one subgraph to draw."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.graph import Edge, Node, Path, Subgraph
from kb.relation import KINDS
from kb.text.words import plural

_TOLD = ("whole", "stitched", "catalogue")  # best first


def walk(value: Any) -> Any:
    """A list of concepts and the links between them in turn, as the path that it is.

    Cypher can build such a list, and no path; a path is what is printed and drawn. Nor can it build a
    link: one that sums others is a map of its type and properties.
    """
    if not isinstance(value, list) or len(value) % 2 == 0 or len(value) < 3:  # two nodes and an edge
        return value
    nodes, edges = value[::2], value[1::2]
    edges = [
        Edge(
            type=edge["type"], start=a.id, end=b.id, properties={k: v for k, v in edge.items() if k != "type"}
        )
        if isinstance(edge, dict) and "type" in edge and isinstance(a, Node) and isinstance(b, Node)
        else edge
        for edge, (a, b) in zip(edges, itertools.pairwise(nodes), strict=True)
    ]
    if not all(isinstance(n, Node) for n in nodes) or not all(isinstance(e, Edge) for e in edges):
        return value
    steps = zip(edges, itertools.pairwise(nodes), strict=True)
    # An edge may be walked either way.
    if all({edge.start, edge.end} == {before.id, after.id} for edge, (before, after) in steps):
        return Path(nodes=tuple(nodes), edges=tuple(edges))
    return value


def subgraph_of(rows: Iterable[Mapping[str, Any]]) -> Subgraph:
    """All nodes, edges and paths in rows as one graph.

    Where the rows say how a chain was told, each edge carries it as `told`, the best of the chains it
    is part of: whole, stitched, or with a link that only a catalogue states.

    A link that sums others (it has `links`, their number) and leads back to its own concept is no edge:
    the node carries it, in words as `within` and the number of all of them as `links_within`.
    """
    nodes: dict[str, Node] = {}
    within: dict[str, list[Edge]] = {}
    edges: dict[tuple[str, str, str], Edge] = {}
    for row in rows:
        told = row.get("told")
        for value in row.values():
            for part in _parts(value):
                if isinstance(part, Node):
                    nodes[part.id] = part
                    continue
                if part.start == part.end and part.properties.get("links"):
                    within.setdefault(part.start, []).append(part)
                    continue
                key = (part.type, part.start, part.end)
                before = edges[key].properties.get("told") if key in edges else None
                if before in _TOLD and (told not in _TOLD or _TOLD.index(before) < _TOLD.index(told)):
                    continue
                properties = {**part.properties, **({"told": told} if told else {})}
                edges[key] = part.model_copy(update={"properties": properties})
    for name, own in within.items():
        nodes[name] = _holding(nodes[name], own)
    return Subgraph.of(nodes.values(), edges.values())


def _holding(node: Node, own: Sequence[Edge]) -> Node:
    """A node that carries the summed links between concepts that both fall under it."""
    verbs = {kind.edge: kind.short for kind in KINDS}
    said = [
        f"{plural(edge.properties['links'], 'link')} within: {verbs.get(edge.type, edge.type)} "
        f"({plural(len(edge.properties['people']), 'person')})"
        for edge in own
    ]
    properties = {
        "links_within": sum(edge.properties["links"] for edge in own),
        "within": said,
        "quotes": [quote for edge in own for quote in edge.properties["quotes"]],
    }
    return node.model_copy(update={"properties": {**node.properties, **properties}})


def _parts(value: Any) -> Iterator[Node | Edge]:
    if isinstance(value, (Node, Edge)):
        yield value
    elif isinstance(value, Path):
        yield from value.nodes
        yield from value.edges
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)
