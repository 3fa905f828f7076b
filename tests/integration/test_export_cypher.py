"""The exported Cypher script, run on each engine: it rebuilds the subgraph, and twice changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.export import export
from kb.graph import Subgraph
from kb.store.bolt import Store
from kb.text.cypher import statements
from tests.unit.export.graphs import awkward, private, random_graph


@pytest.mark.parametrize(
    "graph", [awkward(), private(), random_graph(3, 20, 30)], ids=["names", "layers", "cycles"]
)
def test_the_script_rebuilds_the_subgraph(store: Store, graph: Subgraph, tmp_path: Path) -> None:
    store.ensure_schema()
    path = tmp_path / "graph.cypher"
    export(graph, path)
    script = path.read_text(encoding="utf-8")
    for statement in statements(script + script):  # it may be run twice
        store.write(statement)
    nodes = store.read("MATCH (n) RETURN coalesce(n.name, n.id) AS id, labels(n) AS labels").rows
    assert {(row["id"], *sorted(row["labels"])) for row in nodes} == {
        (node.id, *sorted(node.labels)) for node in graph.nodes
    }
    assert len(nodes) == len(graph.nodes)
    edges = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, coalesce(a.name, a.id) AS start, "
        "coalesce(b.name, b.id) AS end, r.interviews AS interviews, r.quotes AS quotes"
    ).rows
    assert len(edges) == len(graph.edges)
    found = {
        (e["type"], e["start"], e["end"], tuple(e["interviews"] or ()), tuple(e["quotes"] or ()))
        for e in edges
    }
    assert found == {
        (
            e.type,
            e.start,
            e.end,
            tuple(e.properties.get("interviews", ())),
            tuple(e.properties.get("quotes", ())),
        )
        for e in graph.edges
    }
