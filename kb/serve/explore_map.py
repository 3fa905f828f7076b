"""The causal map as the page draws it: boxes with their places, links with what they are filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.api.graph import Graph
from kb.ask.lists import listed
from kb.ask.next_step import next_step
from kb.ask.participants import read_people
from kb.ask.query import find_query
from kb.ask.standing import standing
from kb.ask.where import find_people
from kb.errors import UsageError
from kb.figure import kinds
from kb.figure.style import SHAPES, THEMES, edge_width, head_of, node_style
from kb.graph import Edge, Node, Subgraph
from kb.relation import KINDS
from kb.serve.explore_layout import positions

MAP, TOP = "causal-map", 5000  # links that the page draws at most
_LETTER, _HIGH, _WIDEST = 7.4, 30.0, 210.0  # pixels
_CATEGORIES = (
    "MATCH (c:Category)<-[:IN_CATEGORY]-(:Concept) "
    "RETURN DISTINCT c.name AS name, c.title AS title ORDER BY name"
)

Asked = Mapping[str, Any]


def link_id(start: str, type_: str, end: str) -> str:
    """A link's id, the same in every answer."""
    return "\t".join((start, type_, end))


def read_map(graph: Graph, asked: Asked, where: list[str], around: list[str]) -> dict[str, Any]:
    """The map, or what lies around some of its nodes.

    Args:
        graph: The graph.
        asked: Parameters of the query ``causal-map``.
        where: Conditions on whose words count.
        around: Ids of nodes: only they and what they are linked to; none for all.

    Returns:
        ``nodes`` and ``links`` with all that is drawn and filtered by, ``within`` (sums whose both ends are
        one category, which a map does not draw), ``style`` of either theme,
        and ``notes``.
    """
    answer = graph.ask(MAP, where=where, top=TOP, **asked)
    whole = answer.subgraph
    drawn = _around(whole.nodes, whole.edges, around)
    sizes = {node.id: _size(node) for node in drawn.nodes}
    places = positions(drawn, sizes) if drawn.nodes else {}
    rows = {_key(row): row for row in answer.rows}  # those told in most interviews first
    links = {link_id(edge.start, edge.type, edge.end): edge for edge in drawn.edges}
    degree = _neighbours(whole.edges)
    within = [row for row in rows.values() if row["path"].edges[0].start == row["path"].edges[0].end]
    return {
        "nodes": [
            _node(node, places[node.id], sizes[node.id], len(degree.get(node.id, ()))) for node in drawn.nodes
        ],
        "links": [_link(links[key], row) for key, row in rows.items() if key in links],
        "within": [] if around else [_link(row["path"].edges[0], row) for row in within],
        "style": {name: _style(drawn.nodes, name) for name in THEMES},
        "notes": list(answer.notes),
        "all": len(whole.edges),
    }


def told_whole(graph: Graph, where: list[str]) -> list[str]:
    """Ids of the links that are on a chain that one person told whole."""
    answer = graph.ask(MAP, where=where, top=TOP, told="whole")
    return [link_id(edge.start, edge.type, edge.end) for edge in answer.subgraph.edges]


def whose(graph: Graph, where: list[str]) -> dict[str, Any]:
    """Whose words count: interviews that are theirs as a whole, and their speakers in the others.

    What the map says of a link is counted again from this, which takes no time; all that is asked anew of the
    graph (sums, chains told whole, figures) takes the same people by ``where``.

    Args:
        graph: The graph.
        where: Conditions on participants' attributes.

    Raises:
        UsageError: One is none, or names an attribute or a value that nobody has.
    """
    found = find_people(graph.store, where)
    return {
        "whole": sorted(found.scope.whole),
        "speakers": sorted(found.scope.speakers),
        "notes": [found.said, *found.notes],
    }


def choices(graph: Graph) -> dict[str, Any]:
    """What the map can be filtered by, and what comes next in the study."""
    store = graph.store
    found = standing(store)
    people = read_people(store) if found.participants else None
    params = find_query(MAP).params
    return {
        "interviews": sorted(listed(store, "interview"), key=kinds.natural),
        "categories": [
            {"name": row["name"], "title": row["title"] or row["name"]}
            for row in store.read(_CATEGORIES).rows
        ],
        "attributes": {
            name: [str(value) for value in values]
            for name, values in (people.values if people else {}).items()
        },
        "catalogues": found.catalogues,
        "zoom": list(params["zoom"].choices),
        "told": list(params["told"].choices),
        "relations": sum(found.relations.values()) + sum(found.by_code.values()),
        "coded": bool(found.coded),
        "next": next_step(found),
    }


def _around(nodes: Iterable[Node], edges: Iterable[Edge], around: list[str]) -> Subgraph:
    nodes, edges = tuple(nodes), tuple(edges)
    if not around:
        return Subgraph(nodes=nodes, edges=edges)
    middle = set(around) & {node.id for node in nodes}
    if not middle:
        raise UsageError(
            f"{around[0]!r} is not on this map: no relation of it is told, or the filters leave it out."
        )
    near = [edge for edge in edges if edge.start in middle or edge.end in middle]
    shown = middle | {end for edge in near for end in (edge.start, edge.end)}
    # What the shown ones are to each other belongs to the picture as well.
    return Subgraph(
        nodes=tuple(node for node in nodes if node.id in shown),
        edges=tuple(edge for edge in edges if edge.start in shown and edge.end in shown),
    )


def _neighbours(edges: Iterable[Edge]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for edge in edges:
        found.setdefault(edge.start, set()).add(edge.end)
        found.setdefault(edge.end, set()).add(edge.start)
    return found


def _key(row: Mapping[str, Any]) -> str:
    edge = row["path"].edges[0]
    return link_id(edge.start, edge.type, edge.end)


def _size(node: Node) -> tuple[float, float]:
    aslant = 26 if SHAPES.get(kinds.kind(node), ("box",))[0] in ("slanted", "hexagon") else 0
    return min(_WIDEST, _LETTER * len(kinds.label(node)) + 22) + aslant, _HIGH


def _node(node: Node, place: tuple[float, float], size: tuple[float, float], linked: int) -> dict[str, Any]:
    category = "Category" in node.labels
    return {
        "id": node.id,
        "name": str(node.properties.get("name") or node.id),
        "label": kinds.label(node),
        "kind": kinds.kind(node),
        "category": node.properties.get("category"),
        "is_category": category,
        "is_catalogue": bool(node.properties.get("catalogue")),
        "linked": linked,
        "x": round(place[0], 1),
        "y": round(place[1], 1),
        "w": round(size[0]),
        "h": round(size[1]),
    }


def _link(edge: Edge, row: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [pair.split(" → ", 1) for pair in row["summed"]] or [[row["from"], row["to"]]]
    return {
        "id": link_id(edge.start, edge.type, edge.end),
        "from": edge.start,
        "to": edge.end,
        "names": [row["from"], row["to"]],
        "type": edge.type,
        "relation": row["relation"],
        "told_in": row["told_in"],
        "people": row["people"],
        "tellers": _tellers(edge.properties.get("people") or [], row["told_in"]),
        "claims": row["claims"],
        "links": row["links"] or 1,
        "stated": row["stated"],
        "catalogues": row["catalogues"],
        "pairs": pairs,
        "width": round(2 * edge_width(kinds.told_in(edge)), 1),
    }


def _tellers(people: Iterable[str], interviews: list[str]) -> list[list[str]]:
    """People with the interview of each; the name of either may hold a slash."""
    longest = sorted(interviews, key=len, reverse=True)
    return [[next((i for i in longest if person.startswith(f"{i}/")), ""), person] for person in people]


def _style(nodes: Iterable[Node], name: str) -> dict[str, Any]:
    theme = THEMES[name]
    shown = sorted({kinds.kind(node) for node in nodes})
    return {
        "paper": theme.paper,
        "ink": theme.ink,
        "faint": theme.faint,
        "kinds": {kind: node_style(kind, theme)._asdict() for kind in shown},
        "links": {
            kind.edge: dict(zip(("colour", "head"), head_of(kind.edge, theme), strict=True)) for kind in KINDS
        },
    }
