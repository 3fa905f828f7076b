"""A large graph as pages: on each one category, with all links of its codes and what they lead to."""

from __future__ import annotations

from kb.figure import kinds
from kb.figure.options import FigureOptions
from kb.graph import Node, Subgraph

WITHOUT = "without a category"


def by_category(graph: Subgraph, options: FigureOptions) -> list[tuple[Subgraph, FigureOptions]]:
    """Each category's nodes with the ends of their links, and the options with its name in the title.

    A link between two categories is on both pages; what has no category comes last, if anything of it is
    not on another page.
    """
    own = {node.id: _category(node) for node in graph.nodes}
    titles = {name: options.categories.get(name) or name for name in set(own.values()) if name}
    pages = [
        (titles[name], _page(graph, own, name)) for name in sorted(titles, key=lambda n: titles[n].casefold())
    ]
    shown = {node.id for _, page in pages for node in page.nodes}
    linked = {(edge.type, edge.start, edge.end) for _, page in pages for edge in page.edges}
    if {node.id for node in graph.nodes} - shown or {(e.type, e.start, e.end) for e in graph.edges} - linked:
        pages.append((WITHOUT, _page(graph, own, "")))
    return [
        (
            page,
            options.model_copy(
                update={
                    "title": " – ".join(filter(None, (options.title, title))),
                    "caption": " ".join(filter(None, (options.caption, f"Page {i} of {len(pages)}:"))),
                }
            ),
        )
        for i, (title, page) in enumerate(pages, start=1)
    ]


def _page(graph: Subgraph, own: dict[str, str], category: str) -> Subgraph:
    edges = [edge for edge in graph.edges if category in (own[edge.start], own[edge.end])]
    shown = {id_ for edge in edges for id_ in (edge.start, edge.end)}
    nodes = [node for node in graph.nodes if node.id in shown or own[node.id] == category]
    return Subgraph(nodes=tuple(nodes), edges=tuple(edges))


def _category(node: Node) -> str:
    return (kinds.texts(node.properties.get("category")) or [""])[0]
