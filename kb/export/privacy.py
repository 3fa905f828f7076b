"""What must not leave the house: words of the transcripts, and the names of people.

Both are taken out of the subgraph and of the options' texts before any format sees them.
"""

from __future__ import annotations

from typing import Any

from kb.export.pseudonyms import Pseudonyms
from kb.figure.kinds import kind
from kb.figure.options import FigureOptions
from kb.graph import Edge, Node, Subgraph

#: Properties that hold words of a transcript, or an analyst's remarks on them.
WORDS = frozenset({"quote", "quotes", "to_quote", "text", "note", "notes", "excerpt", "evidence", "memo"})


def shield(graph: Subgraph, options: FigureOptions) -> tuple[Subgraph, FigureOptions]:
    """The subgraph in a fixed order, and the options, without what `options` says to leave out."""
    if not options.quotes:
        graph = Subgraph(
            nodes=tuple(node.model_copy(update={"properties": _wordless(node)}) for node in graph.nodes),
            edges=tuple(edge.model_copy(update={"properties": _wordless(edge)}) for edge in graph.edges),
        )
    if options.pseudonyms:
        names = Pseudonyms(graph, options)
        graph = names.graph(graph)
        options = options.model_copy(
            update={
                "title": options.title and names.scrub(options.title),
                "caption": options.caption and names.scrub(options.caption),
                "source": options.source and names.scrub(options.source),
                "interviews": (),
                "coders": (),
                "people": (),
                "participants": (),
            }
        )
    return Subgraph.of(map(_ordered, graph.nodes), map(_ordered_edge, _drawable(graph))), options


def _wordless(item: Node | Edge) -> dict[str, Any]:
    # The heading of a memo is an analyst's remark as well; that of an interview is its name.
    words = WORDS | {"title"} if isinstance(item, Node) and kind(item) == "memo" else WORDS
    return {key: value for key, value in item.properties.items() if key not in words}


def _ordered(node: Node) -> Node:
    # Stores give labels in the order of creation; a set has no order worth keeping.
    return node.model_copy(
        update={"labels": tuple(sorted(node.labels)), "properties": dict(sorted(node.properties.items()))}
    )


def _ordered_edge(edge: Edge) -> Edge:
    return edge.model_copy(update={"properties": dict(sorted(edge.properties.items()))})


def _drawable(graph: Subgraph) -> list[Edge]:
    """The edges whose ends are both there."""
    ids = {node.id for node in graph.nodes}
    return [edge for edge in graph.edges if edge.start in ids and edge.end in ids]
