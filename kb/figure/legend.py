"""The legend: every sign that occurs in the figure, and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kb import relation
from kb.figure import kinds
from kb.figure.drawing import Drawing
from kb.figure.fonts import Typeface
from kb.figure.geometry import commands, outline
from kb.figure.heads import head, head_length
from kb.figure.layout import Curve
from kb.figure.scene import Line, Shape
from kb.figure.style import (
    MAX_STEPS,
    EdgeStyle,
    Theme,
    absent_style,
    edge_style,
    head_of,
    marker,
    node_style,
    relation_style,
)
from kb.text.words import plural

SIZE = 7.0
ROW = 12.5
SAMPLE = 18.0  # width of a sign
GAP = 4.0
BETWEEN = 9.5
NAMES = {kind.edge: kind.short for kind in relation.KINDS}

#: How a chain that nobody told whole came about.
_TOLD_BY_NOBODY = {"stitched": "only stitched from several", "catalogue": "only with a catalogue's link"}

Items = list[Shape | Line]


class Part(NamedTuple):
    """Something drawn at (0, 0), with the height it takes."""

    items: Items
    height: float


class _Entry(NamedTuple):
    text: str
    sign: Callable[[float, float], Items]  # drawn with its left middle at (x, y)


#: What is written on links, by the option that asks for it, and an example of it.
_WRITTEN = {
    "people": ("number of people who tell it", "3"),
    "interviews": ("number of interviews that tell it", "3"),
    "ids": ("interviews that tell it", "3, 11"),
}


def draw(
    drawing: Drawing, theme: Theme, typeface: Typeface, width: float, written: str | None = None
) -> Part:
    """The entries in rows no wider than `width` points: nodes, links, then how links are drawn.

    `written` is what stands on links, as `FigureOptions.link_labels` says.
    """
    items: Items = []
    y = ROW / 2
    blocks = [
        block for block in (_nodes(drawing, theme), _links(drawing, theme), _marks(drawing, theme)) if block
    ]
    if written:
        blocks[-1].append(_written(written, theme))
    for block in blocks:
        x = 0.0
        for entry in block:
            needed = SAMPLE + GAP + typeface.width(entry.text, SIZE)
            if x and x + needed > width:
                x, y = 0.0, y + ROW
            items += entry.sign(x, y)
            items.append(Line(entry.text, x + SAMPLE + GAP, y + 0.33 * SIZE, SIZE, theme.ink))
            x += needed + BETWEEN
        y += ROW
    return Part(items, y - ROW / 2)


def _nodes(drawing: Drawing, theme: Theme) -> list[_Entry]:
    shown = {box.kind for box in drawing.boxes}
    return [_Entry(name, _box(name, theme)) for name in [*dict(kinds.KINDS), "node"] if name in shown]


def _links(drawing: Drawing, theme: Theme) -> list[_Entry]:
    types = {edge.type for edge, _ in drawing.edges}
    entries = []
    for edge_type, name in NAMES.items():
        if edge_type in types:
            colour, sign = head_of(edge_type, theme)
            style = relation_style(colour, sign, 1, theme, dashed=False, hollow=False)
            entries.append(_Entry(name, _link(style, theme)))
    if others := sorted(kinds.verb(name) for name in types - set(NAMES)):
        other = next(edge for edge, _ in drawing.edges if edge.type not in NAMES)
        entries.append(_Entry(", ".join(others), _link(edge_style(other, theme), theme)))
    return entries


def _marks(drawing: Drawing, theme: Theme) -> list[_Entry]:
    """How widths, dashes and hollow heads read, as far as they occur."""
    every = [edge for edge, _ in drawing.edges if edge.type in NAMES]
    relations = [edge for edge in every if not edge.properties.get("absent")]
    entries = []

    def entry(text: str, interviews: int = 1, dashed: bool = False, hollow: bool = False) -> None:
        style = relation_style(theme.ink, "arrow", interviews, theme, dashed=dashed, hollow=hollow)
        entries.append(_Entry(text, _link(style, theme)))

    counts = {min(kinds.told_in(edge), MAX_STEPS) for edge in relations}
    widths = sorted(counts - {0})
    if len(counts) > 1:
        for number in sorted({widths[0], widths[len(widths) // 2], widths[-1]}):
            more = " or more" if number == MAX_STEPS else ""
            entry(plural(number, "interview").replace(" ", f"{more} ", 1), number)
    if 0 in counts:
        entry("only in a catalogue", 0)
    if any(kinds.texts(edge.properties.get("stated")) == ["implied"] for edge in relations):
        entry("only implied", dashed=True)
    told = {text for edge in relations for text in kinds.texts(edge.properties.get("told"))}
    if nobody := told & set(_TOLD_BY_NOBODY):
        entry("chain told whole by one interview")
        entry(", or ".join(text for key, text in _TOLD_BY_NOBODY.items() if key in nobody), hollow=True)
    if len(relations) < len(every):
        entries.append(_Entry("told by another group", _link(absent_style("arrow", theme), theme)))
    if any(edge.properties.get("only") for edge in relations):
        entries.append(_Entry("told by this group only", _marked(theme)))
    return entries


def _marked(theme: Theme) -> Callable[[float, float], Items]:
    style = relation_style(theme.ink, "arrow", 1, theme, dashed=False, hollow=False)

    def sign(x: float, y: float) -> Items:
        band = (("M", x, y), ("L", x + SAMPLE, y))
        return [Shape(band, "", marker(theme), style.width + 5.0), *_link(style, theme)(x, y)]

    return sign


def _written(what: str, theme: Theme) -> _Entry:
    text, example = _WRITTEN[what]

    def sign(x: float, y: float) -> Items:
        return [Line(example, x + SAMPLE / 2, y + 0.33 * SIZE, SIZE, theme.ink, "middle")]

    return _Entry(text, sign)


def _box(kind: str, theme: Theme) -> Callable[[float, float], Items]:
    style = node_style(kind, theme)

    def sign(x: float, y: float) -> Items:
        return [
            Shape(outline(style.shape, x + SAMPLE / 2, y, SAMPLE - 1, 8.5), style.fill, style.stroke, 0.9)
        ]

    return sign


def _link(style: EdgeStyle, theme: Theme) -> Callable[[float, float], Items]:
    def sign(x: float, y: float) -> Items:
        tip = (x + SAMPLE, y)
        neck = (x + SAMPLE - head_length(style), y)
        curve: Curve = ((x, y), (x + 4, y), (neck[0] - 4, y), neck)
        dashes = (3.0, 2.2) if style.dashed else ()
        return [Shape(commands(curve), "", style.stroke, style.width, dashes), *head(style, neck, tip, theme)]

    return sign
