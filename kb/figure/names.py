"""Names for readers: a code's title, or its label without the marks that coding tools need."""

from __future__ import annotations

from collections import Counter

from kb.figure.kinds import texts
from kb.graph import Node, Subgraph


def readable(graph: Subgraph) -> Subgraph:
    """The graph with a readable ``name`` on each concept; ids stay.

    A title is taken as it is. Of a label the category's prefix goes, unless two codes would then have one
    name, and its hyphens and underscores become blanks: ``MT-overfitting`` is ``Overfitting``.
    """
    short = {node.id: _name(node, prefix=False) for node in graph.nodes if "Concept" in node.labels}
    often = Counter(name.casefold() for name in short.values())

    def named(node: Node) -> Node:
        name = short.get(node.id)
        if name is None:
            return node
        name = name if often[name.casefold()] == 1 else _name(node, prefix=True)
        return node.model_copy(update={"properties": {**node.properties, "name": name}})

    return graph.model_copy(update={"nodes": tuple(map(named, graph.nodes))})


def _name(node: Node, prefix: bool) -> str:
    if title := " ".join(texts(node.properties.get("title"))):
        return f"{title} ({node.id})" if prefix else title
    name = str(node.properties.get("name") or node.id)
    if " " in name.strip():  # written for readers already
        return name
    category = " ".join(texts(node.properties.get("category")))
    if (
        category
        and not prefix
        and name.casefold().startswith((f"{category}-".casefold(), f"{category}_".casefold()))
    ):
        name = name[len(category) + 1 :]
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:] or node.id
