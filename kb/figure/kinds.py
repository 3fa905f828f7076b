"""What a node or an edge is to the reader of a figure, and what is written on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kb import relation
from kb.graph import Edge, Node, Subgraph
from kb.text.words import plural

#: Kinds in the order of legends and captions, with the label that shows them (first hit wins).
KINDS: tuple[tuple[str, str], ...] = (
    ("issue", "Issue"),
    ("cause", "Cause"),
    ("fix", "Fix"),
    ("detection", "Detection"),
    ("topic", "Topic"),
    ("question", "Question"),
    ("category", "Category"),
    ("claim", "Claim"),
    ("turn", "Turn"),
    ("interview", "Interview"),
    ("speaker", "Speaker"),
    ("coder", "Coder"),
    ("source", "Source"),
    ("participant", "Participant"),
    ("variable", "Variable"),
    ("memo", "Memo"),
    ("project", "Project"),
    ("code", "Code"),
    ("concept", "Concept"),
)

#: The edges between concepts, i.e. what a caption calls a relation, and how they read.
RELATIONS = {kind.edge: kind.verb for kind in relation.KINDS}
#: Other edges whose name alone does not say which end is which.
OTHERS = {"BROADER": "falls under"}
EXCERPT = 90  # characters of a turn that are drawn


def kind(node: Node) -> str:
    """The node's kind, one of `KINDS` or ``node``."""
    for name, label in KINDS:
        if label in node.labels:
            return name
    return "node"


def texts(value: Any) -> list[str]:
    """A property as a list of strings, whether it is missing, one value or many."""
    if value is None or value == "":
        return []
    if isinstance(value, list | tuple | set | frozenset):
        items = [str(item) for item in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    return [str(value)]


def label(node: Node) -> str:
    """What is written on the node."""
    properties = node.properties
    what = kind(node)
    if what in ("turn", "memo"):
        text = str(properties.get("title") or properties.get("text") or "")
        excerpt = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
        return f"{node.id} {excerpt}".strip() if what == "turn" else excerpt or "memo"
    if what == "claim":
        said = str(properties.get("kind") or "claim")
        return ": ".join([*texts(properties.get("interview")), said])
    if what == "interview":
        return str(properties.get("title") or node.id)
    if what == "category":
        return _holding(str(properties.get("title") or properties.get("name") or node.id), node)
    return _holding(str(properties.get("name") or node.id), node)


def _holding(name: str, node: Node) -> str:
    """A name with the number of links that are summed within it, where a figure is zoomed out."""
    within = node.properties.get("links_within")
    return f"{name} ({within} within)" if within else name


def short(node: Node) -> str:
    """What a node is called in a sentence."""
    if node.properties.get("links_within"):
        node = node.model_copy(update={"properties": {**node.properties, "links_within": 0}})
    return node.id if kind(node) == "turn" else label(node)


def interviews(edge: Edge) -> list[str]:
    """The interviews in which somebody said so, each once."""
    return sorted(set(texts(edge.properties.get("interviews"))), key=natural)


def told_in(edge: Edge) -> int:
    """The number of interviews that an edge's width tells: 0 if only a catalogue states it.

    A relation of which neither is known counts as told once.
    """
    return len(interviews(edge)) or int(not texts(edge.properties.get("catalogues")))


def quotes(edge: Edge) -> list[str]:
    """The words behind an edge."""
    return [*texts(edge.properties.get("quotes")), *texts(edge.properties.get("quote"))]


def verb(edge_type: str) -> str:
    """How an edge type reads: ``causes``, ``coded as``."""
    return {**RELATIONS, **OTHERS}.get(edge_type, edge_type.lower().replace("_", " "))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 3 comes before 11, and that is total."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for character in text + "\0":
        if character.isascii() and character.isdigit():
            digits += character
            continue
        if digits:
            parts.append((0, int(digits), digits))
            digits = ""
        parts.append((1, 0, character))
    return tuple(parts)


def counts(graph: Subgraph) -> str:
    """What is drawn, counted: ``12 issues, 3 causes, 9 fixes; 18 relations from 7 interviews``.

    A relation is one edge between concepts, of one type; the interviews are those in which at
    least one of these relations was said, each counted once, and so are catalogues that state one.
    """
    tally = Counter(kind(node) for node in graph.nodes)
    nodes = [plural(tally[name], name) for name in [*dict(KINDS), "node"] if tally[name]]
    relations = [edge for edge in graph.edges if edge.type in RELATIONS]
    told = {name for edge in relations for name in interviews(edge)}
    stated = {name for edge in relations for name in texts(edge.properties.get("catalogues"))}
    parts = [", ".join(nodes)]
    if relations:
        sources = [
            plural(len(names), word) for word, names in (("interview", told), ("catalogue", stated)) if names
        ]
        origin = f" from {' and '.join(sources)}" if sources else ""
        parts.append(plural(len(relations), "relation") + origin)
    if within := sum(int(node.properties.get("links_within") or 0) for node in graph.nodes):
        parts.append(f"{plural(within, 'relation')} within boxes, of these or further interviews")
    if others := len(graph.edges) - len(relations):
        parts.append(plural(others, "other link"))
    return "; ".join(parts)


def about_node(node: Node) -> str:
    """A node in words, for tooltips: what it is, and its description or text."""
    said = [*texts(node.properties.get("description")), *texts(node.properties.get("text"))]
    if within := texts(node.properties.get("within")):
        said += [*within, *(f"“{quote}”" for quote in texts(node.properties.get("quotes")))]
    return "\n".join([short(node), kind(node), *said])


def about_edge(edge: Edge, names: dict[str, str]) -> str:
    """An edge in words, with the quotes behind it, for tooltips."""
    return "\n".join([sentence(edge, names), *(f"“{quote}”" for quote in quotes(edge))])


def sentence(edge: Edge, names: dict[str, str]) -> str:
    """An edge in words: ``a causes b (interviews 3, 11; stated)``."""
    remarks = []
    if named := interviews(edge):
        remarks.append(f"{'interview' if len(named) == 1 else 'interviews'} {', '.join(named)}")
    remarks += [f"catalogue {name}" for name in texts(edge.properties.get("catalogues"))]
    remarks += texts(edge.properties.get("stated"))
    if edge.properties.get("links"):
        remarks.append(f"{plural(edge.properties['links'], 'link')} summed")
    if groups := texts(edge.properties.get("groups")):
        remarks.append(f"told by {', '.join(groups)}{' only' if edge.properties.get('only') else ''}")
    if told := texts(edge.properties.get("told")):
        remarks.append(TOLD.get(told[0], told[0]))
    remark = f" ({'; '.join(remarks)})" if remarks else ""
    return f"{names[edge.start]} {verb(edge.type)} {names[edge.end]}{remark}"


TOLD = {
    "whole": "in a chain told whole",
    "stitched": "only in stitched chains",
    "catalogue": "only in chains with a link that a catalogue states",
}


def unique(items: Iterable[str]) -> list[str]:
    """The items, each once, in the order of their first use."""
    return list(dict.fromkeys(items))
