"""An Excel workbook: the figure's links, its concepts, every quote, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.export.flat import scalar
from kb.figure import kinds
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.graph import Edge, Node, Subgraph
from kb.text.cells import cell
from kb.text.files import write_file
from kb.text.headed import headed
from kb.text.spreadsheet import Cell, Table, workbook

_LINK = (
    "from",
    "relation",
    "to",
    "interviews",
    "people",
    "claims",
    "stated",
    "told in",
    "told by",
    "links summed",
)
_NODE = ("name", "kind", "category", "description", "links in", "links out", "links within")
_QUOTE = ("from", "relation", "to", "told in", "quote")
_WIDTHS = {
    "from": 32.0,
    "to": 32.0,
    "name": 40.0,
    "description": 60.0,
    "quote": 90.0,
    "told by": 30.0,
    "about": 100.0,
}
# What the own columns hold already, or other sheets do.
_SHOWN = frozenset({"interviews", "people", "claims", "stated", "quotes", "quote", "links"})
_KNOWN = frozenset({"name", "kind", "category", "description", "quotes", "links_within"})


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the workbook; no cell is a formula."""
    names = {node.id: kinds.short(node) for node in graph.nodes}
    links = [_link(edge, names) for edge in graph.edges]
    nodes = [_node(node, graph) for node in graph.nodes]
    about = [options.title, *caption_lines(graph, options)]
    tables = [
        Table("links", _columns(links, _LINK), links, _WIDTHS, True),
        Table("concepts", _columns(nodes, _NODE), nodes, _WIDTHS, True),
        Table("quotes", _QUOTE, list(_quotes(graph, names)), _WIDTHS, True),
        Table("about", ("about",), [{"about": line} for line in about if line], _WIDTHS, True),
    ]
    data, lost = workbook([table for table in tables if table.rows])
    write_file(path, data)
    for what, count in lost.items():
        if count:
            notify(f"not in the workbook: {what}: {count}.")


Row = dict[str, Cell]


def _columns(rows: list[Row], first: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that some row has a value in: those of `first`, then the others by name."""
    used = {name for row in rows for name, value in row.items() if value not in (None, "")}
    return (*(name for name in first if name in used), *sorted(used - set(first)))


def _link(edge: Edge, names: dict[str, str]) -> Row:
    told = kinds.interviews(edge)
    own: Row = {
        "from": names[edge.start],
        "relation": kinds.verb(edge.type),
        "to": names[edge.end],
        "interviews": len(told) if edge.type in kinds.RELATIONS else None,
        "people": len(people) if (people := kinds.texts(edge.properties.get("people"))) else None,
        "claims": edge.properties.get("claims"),
        "stated": cell(edge.properties.get("stated")),
        "told in": ", ".join(told),
        "told by": ", ".join(people),
        "links summed": edge.properties.get("links"),
    }
    others = {key: value for key, value in edge.properties.items() if key not in _SHOWN}
    return own | {_beside(key, own): _flat(value) for key, value in others.items()}


def _node(node: Node, graph: Subgraph) -> Row:
    properties = node.properties
    own: Row = {
        "name": kinds.short(node),
        "kind": kinds.kind(node),
        "category": cell(properties.get("category")),
        "description": cell(properties.get("description")),
        "links in": sum(edge.end == node.id for edge in graph.edges),
        "links out": sum(edge.start == node.id for edge in graph.edges),
        "links within": properties.get("links_within"),
    }
    others = {key: value for key, value in properties.items() if key not in _KNOWN}
    return own | {_beside(key, own): _flat(value) for key, value in others.items()}


def _beside(key: str, own: Row) -> str:
    """The column of a property; one that is called like a column of ours is given as ``property …``."""
    name = key.replace("_", " ")
    return f"property {name}" if name in own else name


def _flat(value: object) -> Cell:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return None if value is None else scalar(value)


def _quotes(graph: Subgraph, names: dict[str, str]) -> Iterator[Row]:
    """A row for each quote: of links, then of what is summed within a concept."""
    for edge in graph.edges:
        for quote in kinds.quotes(edge):
            yield _quote(names[edge.start], kinds.verb(edge.type), names[edge.end], quote)
    for node in graph.nodes:
        for quote in kinds.texts(node.properties.get("quotes")):
            yield _quote(names[node.id], "within", names[node.id], quote)


def _quote(start: str, relation: str, end: str, quote: str) -> Row:
    told, words = headed(quote)
    return {"from": start, "relation": relation, "to": end, "told in": told, "quote": words}
