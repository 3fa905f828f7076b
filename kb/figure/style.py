"""Signs and colours of the figures: kinds of nodes by shape and colour, links by head and colour.

Colours are those of Okabe and Ito's palette, told apart by people with any common colour blindness
(https://jfly.uni-koeln.de/color/); shapes, heads and dashes say the same again for print in grey.
"""

from __future__ import annotations

from typing import NamedTuple

from kb import relation
from kb.figure.kinds import RELATIONS, texts, told_in
from kb.graph import Edge

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE, GREY = "#0072B2", "#D55E00", "#CC79A7", "#7F7F7F"


class NodeStyle(NamedTuple):
    """A kind's shape (see `kb.figure.geometry`), line and fill."""

    shape: str
    stroke: str
    fill: str


class EdgeStyle(NamedTuple):
    """How an edge is drawn: colour, head, width in points, dashes, head filled or hollow."""

    stroke: str
    head: str
    width: float
    dashed: bool
    hollow: bool


class Theme(NamedTuple):
    """The colours of a page; `tint` is the part of a kind's colour in its fill."""

    paper: str
    ink: str
    faint: str
    tint: float


THEMES = {
    "light": Theme(paper="#FFFFFF", ink="#1A1A1A", faint="#5F6368", tint=0.20),
    "dark": Theme(paper="#16181D", ink="#F1F3F4", faint="#A8ADB5", tint=0.34),
}

SHAPES = {
    "issue": ("box", VERMILLION),
    "cause": ("hexagon", BLUE),
    "fix": ("round", GREEN),
    "detection": ("note", PURPLE),
    "topic": ("slanted", PURPLE),
    "question": ("slanted", SKY),
    "category": ("slanted", GREY),
    "claim": ("note", ORANGE),
    "turn": ("note", GREY),
    "interview": ("ellipse", SKY),
    "speaker": ("ellipse", PURPLE),
    "coder": ("ellipse", ORANGE),
    "source": ("note", SKY),
    "participant": ("ellipse", BLUE),
    "memo": ("note", YELLOW),
}

#: Relation -> colour and head. Causes are drawn in ink, since they are what a figure is about.
_HEADS = {kind.edge: (kind.colour, kind.head) for kind in relation.KINDS}
MAX_STEPS = 6  # interviews from which an edge grows no further
ABSENT_BLEND = 0.7  # of a link's that is on another group's map
STITCHED_BLEND = 0.5  # part of the paper's colour in a stitched link's


def node_style(kind: str, theme: Theme) -> NodeStyle:
    """The style of a kind of node."""
    shape, colour = SHAPES.get(kind, ("box", GREY))
    stroke = colour if theme.paper == "#FFFFFF" else mix(colour, "#FFFFFF", 0.25)
    return NodeStyle(shape, stroke, mix(theme.paper, colour, theme.tint))


def edge_style(edge: Edge, theme: Theme) -> EdgeStyle:
    """The style of an edge, by its type, its interviews, and how it was said."""
    if edge.type not in RELATIONS:
        return EdgeStyle(mix(theme.faint, theme.paper, 0.2), "vee", 0.6, False, False)
    colour, head = _HEADS[edge.type]
    if edge.properties.get("absent"):
        return absent_style(head, theme)
    told = texts(edge.properties.get("told"))
    return relation_style(
        colour or theme.ink,
        head,
        told_in(edge),
        theme,
        dashed=texts(edge.properties.get("stated")) == ["implied"],
        hollow=told in (["stitched"], ["catalogue"]),  # told whole by nobody
    )


def absent_style(head: str, theme: Theme) -> EdgeStyle:
    """A link that is not told by the group whose map it is."""
    return EdgeStyle(mix(theme.faint, theme.paper, ABSENT_BLEND), head, 0.4, False, True)


def absent_node(style: NodeStyle, theme: Theme) -> NodeStyle:
    """A concept of which the group whose map it is tells nothing."""
    return NodeStyle(style.shape, mix(theme.faint, theme.paper, ABSENT_BLEND), theme.paper)


def marker(theme: Theme) -> str:
    """The colour of what is marked as with a pen: a link that one group alone tells."""
    return mix(YELLOW, theme.paper, 0.15 if theme.paper == "#FFFFFF" else 0.5)


def relation_style(
    colour: str, head: str, interviews: int, theme: Theme, *, dashed: bool, hollow: bool
) -> EdgeStyle:
    """A relation's style; `interviews` is their number, 0 where only a catalogue states it."""
    return EdgeStyle(
        mix(colour, theme.paper, STITCHED_BLEND) if hollow else colour,
        head,
        edge_width(interviews),
        dashed,
        hollow,
    )


def head_of(edge_type: str, theme: Theme) -> tuple[str, str]:
    """Colour and head of a type of relation."""
    colour, head = _HEADS[edge_type]
    return colour or theme.ink, head


def edge_width(interviews: int) -> float:
    """Width in points by the number of interviews: 0.4 for none, 0.4 more for each one."""
    return 0.4 + 0.4 * min(interviews, MAX_STEPS)


def mix(colour: str, other: str, part: float) -> str:
    """A colour with a part of another in it."""
    a, b = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (colour, other))
    return "#" + "".join(f"{round(x + (y - x) * part):02X}" for x, y in zip(a, b, strict=True))
