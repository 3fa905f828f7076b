"""Where the boxes of the page's map stand: none on another, causes before what they cause."""

from __future__ import annotations

import random

import pytest

from kb.graph import Edge, Node, Subgraph
from kb.serve.explore_layout import MANY, forget, positions


def graph(nodes: int, edges: int) -> Subgraph:
    """Two parts, one of them a pair; links of the other all lead from a lower number to a higher one."""
    draw = random.Random(nodes)
    pairs = {(n // 2, n) for n in range(1, nodes)}
    while len(pairs) < edges:
        pairs.add(tuple(sorted(draw.sample(range(nodes), 2))))  # type: ignore[arg-type]
    links = [Edge(type="CAUSES", start=f"n{a}", end=f"n{b}") for a, b in sorted(pairs)]
    names = [f"n{n}" for n in range(nodes)] + ["one", "other"]
    links.append(Edge(type="CAUSES", start="one", end="other"))
    return Subgraph.of([Node(id=name, labels=("Issue",)) for name in names], links)


@pytest.mark.parametrize(("nodes", "edges"), [(1, 0), (40, 90), (150, MANY + 60)])
def test_boxes_are_apart_and_causes_come_first(nodes: int, edges: int) -> None:
    drawn = graph(nodes, edges)
    sizes = {node.id: (60.0 + 10 * (len(node.id) % 5), 30.0) for node in drawn.nodes}
    forget()
    places = positions(drawn, sizes)
    assert set(places) == set(sizes)
    names = sorted(places)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            (x0, y0), (x1, y1) = places[one], places[other]
            apart_x = (sizes[one][0] + sizes[other][0]) / 2
            assert abs(x0 - x1) >= apart_x - 0.5 or abs(y0 - y1) >= 29.5, (one, other)
    ahead = [places[edge.start][0] < places[edge.end][0] for edge in drawn.edges]
    # Of a graph with very many layers some links are turned round, so that there are fewer.
    assert sum(ahead) >= 0.9 * len(ahead)
    forget()
    assert positions(drawn, sizes) == places


def test_circles_and_links_to_themselves_are_placed() -> None:
    names = ["a", "b", "c"]
    links = [Edge(type="CAUSES", start=a, end=b) for a, b in [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")]]
    drawn = Subgraph.of([Node(id=name) for name in names], [*links, Edge(type="HAS_FIX", start="a", end="b")])
    places = positions(drawn, dict.fromkeys(names, (50.0, 30.0)))
    assert len(set(places.values())) == 3
