"""One figure of several maps: the same boxes in the same places for each group, what it does not tell pale.

Side by side where letters stay readable so, else one below the other. What one group alone tells is marked
as with a pen.
"""

from __future__ import annotations

from dataclasses import replace

from kb.figure import legend
from kb.figure.drawing import Drawing
from kb.figure.fit import MIN_LETTERS, PAGE_HEIGHT, fit
from kb.figure.fonts import Typeface
from kb.figure.kinds import RELATIONS, texts
from kb.figure.options import FigureOptions, Notify
from kb.figure.placing import Place
from kb.figure.scene import Group, Scene
from kb.figure.sheet import CAPTION_SIZE, MARGIN, TITLE_SIZE, Page, caption_lines, tell
from kb.figure.style import THEMES
from kb.graph import Edge, Node, Subgraph
from kb.text.words import plural

_HEAD = 8.0  # points: letters of a group's name
_GAP = 14.0  # points between two maps


def compose(graph: Subgraph, options: FigureOptions, notify: Notify) -> Scene:
    """Draw the map of each of `FigureOptions.groups`.

    Args:
        graph: The map; its edges have `groups` and `by_group` (`kb.ask.map_groups`).
        options: See `kb.figure.options.FigureOptions`; labels of links and frames are left out.
        notify: Takes what the user should know.
    """
    theme, typeface = THEMES[options.theme], Typeface(options.fonts)
    room = options.width - 2 * MARGIN
    count = len(options.groups)
    width = (room - _GAP * (count - 1)) / count
    drawing = fit(graph, typeface, width)
    beside = drawing.letters * drawing.scale >= MIN_LETTERS and drawing.height * drawing.scale <= PAGE_HEIGHT
    if not beside:
        width = room
        drawing = fit(graph, typeface, width)
        notify("The groups' maps cannot be read side by side in this width: they stand one below the other.")
    page = Page(typeface, theme, options.width)
    if options.title:
        page.text(options.title, TITLE_SIZE, theme.ink, bold=True)
        page.skip(5)
    bare = options.model_copy(update={"link_labels": None, "group_by": None})
    top, lowest = page.y, page.y
    every: list[Edge] = []
    for at, group in enumerate(options.groups):
        own = of_group(graph, group)
        every += own.edges
        panel = Page(typeface, theme, width)
        panel.y = 0.0
        panel.text(_heading(own, group), _HEAD, theme.ink, bold=True)
        panel.skip(4)
        panel.graph(_filled(drawing, own, graph), own, bare)
        left = MARGIN + (width + _GAP) * at if beside else MARGIN
        page.groups += moved(panel.groups, left, top)
        lowest = top + panel.y
        if not beside:
            top = lowest + _GAP
    page.y = lowest
    if options.legend:
        page.skip(10)
        signs = replace(drawing, edges=tuple((edge, None) for edge in every))
        page.add(legend.draw(signs, theme, typeface, room), MARGIN)
    caption = caption_lines(graph, options)
    page.skip(7 if caption else 0)
    for i, text in enumerate(caption):
        page.text(text, CAPTION_SIZE, theme.ink if i == 0 else theme.faint)
    scene = Scene(
        width=options.width,
        height=page.y + MARGIN,
        paper=theme.paper,
        title=options.title or "Causal maps of groups",
        about=" ".join(caption) or ", ".join(options.groups),
        typeface=typeface,
        groups=tuple(page.groups),
    )
    tell(drawing, scene, options, notify, PAGE_HEIGHT)
    return scene


def of_group(graph: Subgraph, group: str) -> Subgraph:
    """The whole map as one group tells it: what it does not tell has the property `absent`."""
    edges = [_told(edge, group) for edge in graph.edges]
    there = {end for edge in edges if not edge.properties.get("absent") for end in (edge.start, edge.end)}
    nodes = [node if node.id in there else _absent(node) for node in graph.nodes]
    return Subgraph(nodes=tuple(nodes), edges=tuple(edges))


def _told(edge: Edge, group: str) -> Edge:
    own = edge.properties.get("by_group", {}).get(group)
    if own is None:
        return edge.model_copy(update={"properties": {**edge.properties, "absent": True}})
    return edge.model_copy(update={"properties": {**edge.properties, **own}})


def _absent(node: Node) -> Node:
    return node.model_copy(update={"properties": {**node.properties, "absent": True}})


def _filled(drawing: Drawing, own: Subgraph, graph: Subgraph) -> Drawing:
    """The places of the whole map, with what one group tells in them."""
    nodes = {node.id: node for node in own.nodes}
    links = {id(edge): told for edge, told in zip(graph.edges, own.edges, strict=True)}
    return replace(
        drawing,
        boxes=tuple(replace(box, node=nodes[box.node.id]) for box in drawing.boxes),
        edges=tuple((links[id(edge)], curve) for edge, curve in drawing.edges),
    )


def _heading(own: Subgraph, group: str) -> str:
    told = [edge for edge in own.edges if not edge.properties.get("absent") and edge.type in RELATIONS]
    people = {name for edge in told for name in texts(edge.properties.get("people"))}
    alone = sum("only" in edge.properties for edge in told)
    return (
        f"{group}: {plural(len(told), 'link')} by {plural(len(people), 'person')}, {alone} by this group only"
    )


def moved(groups: list[Group], left: float, top: float) -> list[Group]:
    """What was drawn at (0, 0), elsewhere."""
    place = Place(left, top)
    return [replace(group, items=tuple(place(group.items))) for group in groups]
