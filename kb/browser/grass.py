"""The style of Neo4j Browser (GraSS): the colours and captions of the figures.

Rules hold for nodes with all the labels they name, and a later rule overrides an earlier one. A node
has several labels (``Concept``, ``Code``, ``Issue``), so the rules go from the least telling label to
the most, which is the order of `kb.figure.kinds.KINDS` reversed. The reader of such files knows no
comments, and ends a value at a colon.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.figure.kinds import KINDS, RELATIONS, verb
from kb.figure.style import THEMES, edge_style, head_of, node_style
from kb.graph import Edge
from kb.schema import EDGES

#: What is written on a node of a kind, as `kb.figure.kinds.label` does; the others carry their name.
CAPTIONS = {
    "turn": "{id}",
    "claim": "{interview} {kind}",
    "interview": "{title}",
    "speaker": "{id}",
    "source": "{id}",
    "memo": "{text}",
    "project": "{file}",
}
# Pixels. After it has loaded a graph, Neo4j Browser makes all of it as small as the window asks for, so
# letters are large beside the gaps; it does not break a name at its hyphens, so circles are large too.
CONCEPT_SIZE, OTHER_SIZE = 260, 100
CONCEPT_LETTERS, OTHER_LETTERS, LINK_LETTERS = 22, 16, 18
RELATION_WIDTH, OTHER_WIDTH = 2, 1  # pixels; a style cannot make it grow with the interviews
THEME = THEMES["light"]
_SMALL = (
    "turn", "claim", "interview", "speaker", "coder", "source", "participant", "variable", "memo", "project"
)  # fmt: skip


def caption(kind: str) -> str:
    """What is written on a node of a kind."""
    return CAPTIONS.get(kind, "{name}")


def size(kind: str) -> int:
    """The diameter of a node of a kind in pixels."""
    return OTHER_SIZE if kind in _SMALL else CONCEPT_SIZE


def edge_colour(edge_type: str) -> str:
    """The colour of a type of edge in the figures."""
    if edge_type in RELATIONS:
        return head_of(edge_type, THEME)[0]
    return edge_style(Edge(type=edge_type, start="", end=""), THEME).stroke


def grass() -> str:
    """The style sheet."""
    plain = node_style("node", THEME)
    rules = [
        _rule(
            "node",
            {
                "diameter": f"{OTHER_SIZE}px",
                "color": plain.fill,
                "border-color": plain.stroke,
                "border-width": "2px",
                "text-color-internal": THEME.ink,
                "font-size": f"{OTHER_LETTERS}px",
            },
        ),
        _rule(
            "relationship",
            {
                "color": edge_colour(""),
                "shaft-width": f"{OTHER_WIDTH}px",
                "font-size": f"{LINK_LETTERS}px",
                "padding": "3px",
                "text-color-external": THEME.ink,
                "text-color-internal": THEME.paper,
                "caption": "'<type>'",
            },
        ),
    ]
    for kind, label in reversed(KINDS):
        style = node_style(kind, THEME)
        rules.append(
            _rule(
                f"node.{label}",
                {
                    "diameter": f"{size(kind)}px",
                    "color": style.fill,
                    "border-color": style.stroke,
                    "border-width": "2px",
                    "text-color-internal": THEME.ink,
                    "font-size": f"{OTHER_LETTERS if kind in _SMALL else CONCEPT_LETTERS}px",
                    "caption": f"'{caption(kind)}'",
                },
            )
        )
    for edge in EDGES:
        relation = edge.type in RELATIONS
        rules.append(
            _rule(
                f"relationship.{edge.type}",
                {
                    "color": edge_colour(edge.type),
                    "shaft-width": f"{RELATION_WIDTH if relation else OTHER_WIDTH}px",
                    # Of a relation, who told it: an empty list writes nothing.
                    "caption": f"'{verb(edge.type)}{' {interviews}' if relation else ''}'",
                },
            )
        )
    return "\n\n".join(rules) + "\n"


def _rule(selector: str, properties: Mapping[str, str]) -> str:
    return "\n".join([f"{selector} {{", *(f"  {key}: {value};" for key, value in properties.items()), "}"])
