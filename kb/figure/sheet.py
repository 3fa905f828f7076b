"""A figure's page: the placed boxes and links as shapes, with texts above and below."""

from __future__ import annotations

from kb.figure import frames, kinds, legend, link_labels
from kb.figure.drawing import Box, Drawing
from kb.figure.fit import LINE, LOOP, MIN_LETTERS
from kb.figure.fonts import ASCENT, Typeface
from kb.figure.geometry import (
    commands,
    from_parameter,
    inside,
    last_inside,
    outline,
)
from kb.figure.heads import approach, head
from kb.figure.layout import Curve
from kb.figure.options import POINTS_PER_MM, FigureOptions, Notify
from kb.figure.placing import Place, moved
from kb.figure.scene import Group, Line, Scene, Shape
from kb.figure.style import EdgeStyle, Theme, absent_node, edge_style, marker, mix, node_style
from kb.graph import Edge, Subgraph

MARGIN = 3.0  # points around everything
TITLE_SIZE, CAPTION_SIZE = 9.0, 7.0
DASHES = (3.0, 2.2)
NARROW = "narrow the query"  # advice that messages give; how depends on the query
MARKED = 5.0  # points that a marked link is wider than its line
ABSENT_INK = 0.4  # part of the paper's colour in the letters of what a group does not tell
OUTLINE = 0.9  # width of a box's line, in points
HAIR = 0.1  # points of a head that may lie under the box's line


def caption_lines(graph: Subgraph, options: FigureOptions) -> list[str]:
    """The lines below a figure: what it shows with its counts, and where it is from."""
    first = " ".join(
        part for part in (options.caption, f"{kinds.counts(graph)}." if options.counts else None) if part
    )
    return [line for line in (first, options.source or options.cited) if line]


class Page:
    """Puts things one below the other."""

    def __init__(self, typeface: Typeface, theme: Theme, width: float) -> None:
        self.y = MARGIN
        self.groups: list[Group] = []
        self._typeface, self._theme, self._width = typeface, theme, width

    def skip(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def text(self, text: str, size: float, colour: str, bold: bool = False) -> None:
        """A paragraph over the whole width."""
        lines = []
        for line in self._typeface.fill(text, size, self._width - 2 * MARGIN, bold):
            lines.append(Line(line, MARGIN, self.y + ASCENT * size, size, colour, "start", bold))
            self.y += 1.25 * size
        self.groups.append(Group("frame", tuple(lines)))

    def add(self, part: legend.Part, left: float) -> None:
        """A part that is drawn already."""
        self.groups.append(Group("frame", tuple(moved(part.items, left, self.y))))
        self.y += part.height

    def graph(self, drawing: Drawing, graph: Subgraph, options: FigureOptions) -> None:
        """The nodes and edges, in the middle of the page."""
        left = (self._width - drawing.width * drawing.scale) / 2
        names = {node.id: kinds.short(node) for node in graph.nodes}
        node_index = {node.id: i for i, node in enumerate(graph.nodes)}
        edge_index = {id(edge): i for i, edge in enumerate(graph.edges)}
        boxes = {box.node.id: box for box in drawing.boxes}
        place = Place(left, self.y, drawing.scale)
        for frame in drawing.frames:
            self.groups.append(Group("frame", tuple(place([frames.border(frame, self._theme)]))))
        # Thin links on top of thick ones, so that none hides another.
        widths = {id(edge): edge_style(edge, self._theme).width for edge, _ in drawing.edges}
        nth_loop: dict[str, int] = {}
        drawn: list[tuple[Edge, Curve]] = []
        for edge, curve in sorted(drawing.edges, key=lambda e: (-widths[id(e[0])], edge_index[id(e[0])])):
            if curve is None:
                nth = nth_loop[edge.start] = nth_loop.get(edge.start, -1) + 1
                path = _loop(boxes[edge.start], nth)
            else:
                path = between(curve, boxes[edge.start], boxes[edge.end])
            drawn.append((edge, path))
        # Under all links, so that no band hides another's head.
        bands = [_band(path, edge, self._theme) for edge, path in drawn if is_marked(edge)]
        if bands:
            self.groups.append(Group("frame", tuple(place(bands))))
        for edge, path in drawn:
            items = link(path, boxes[edge.end], edge_style(edge, self._theme), self._theme)
            about = kinds.about_edge(edge, names)
            self.groups.append(Group("edge", tuple(place(items)), edge_index[id(edge)], about))
        taken = [link_labels.around(box.centre, box.width, box.height) for box in drawing.boxes]
        for frame in drawing.frames:
            heading, items = frames.heading(frame, self._typeface, self._theme)
            taken.append(heading)
            self.groups.append(Group("frame", tuple(place(items))))
        if options.link_labels:
            for edge, items in link_labels.place(
                drawn, options.link_labels, taken, self._typeface, self._theme
            ):
                self.groups.append(Group("label", tuple(place(items)), edge_index[id(edge)]))
        for box in drawing.boxes:
            items = _box_items(box, drawing.letters, self._theme)
            self.groups.append(
                Group("node", tuple(place(items)), node_index[box.node.id], kinds.about_node(box.node))
            )
        self.y += drawing.height * drawing.scale


def is_marked(edge: Edge) -> bool:
    """Whether a link is marked as with a pen: on a group's map, what no other group tells."""
    return bool(edge.properties.get("only")) and not edge.properties.get("absent")


def _band(path: Curve, edge: Edge, theme: Theme) -> Shape:
    return Shape(commands(path), "", marker(theme), edge_style(edge, theme).width + MARKED)


def _box_items(box: Box, letters: float, theme: Theme) -> list[Shape | Line]:
    style = node_style(box.kind, theme)
    ink = theme.ink
    if box.node.properties.get("absent"):
        style, ink = absent_node(style, theme), mix(theme.faint, theme.paper, ABSENT_INK)
    x, y = box.centre
    path = outline(style.shape, x, y, box.width, box.height)
    top = y - len(box.lines) * LINE * letters / 2
    baseline = top + (LINE - 1) * letters / 2 + ASCENT * letters
    return [
        Shape(path, style.fill, style.stroke, OUTLINE),
        *(
            Line(line, x, baseline + i * LINE * letters, letters, ink, "middle")
            for i, line in enumerate(box.lines)
        ),
    ]


def between(curve: Curve, start: Box, end: Box) -> Curve:
    """The curve from outline to outline."""
    within = inside(end.shape, *end.centre, end.width, end.height)
    curve = from_parameter(curve[::-1], last_inside(curve[::-1], within))[::-1]
    within = inside(start.shape, *start.centre, start.width, start.height)
    return from_parameter(curve, last_inside(curve, within))


def _loop(box: Box, nth: int) -> Curve:
    """A link from a box to itself, above it; further ones beside the first."""
    x, top = box.centre[0] + 16.0 * nth, box.centre[1] - box.height / 2
    return ((x - 5, top), (x - 12, top - LOOP * 1.3), (x + 12, top - LOOP * 1.3), (x + 5, top))


def link(curve: Curve, end: Box, style: EdgeStyle, theme: Theme) -> list[Shape | Line]:
    """A link along a curve that ends on a box's outline: its line, then its head."""
    # A hair may lie under the box's line.
    within = inside(end.shape, *end.centre, end.width - HAIR, end.height - HAIR)
    shaft, neck, tip = approach(curve, style, theme, within)
    return [
        Shape(commands(shaft), "", style.stroke, style.width, DASHES if style.dashed else ()),
        *head(style, neck, tip, theme),
    ]


def tell(drawing: Drawing, scene: Scene, options: FigureOptions, notify: Notify, highest: float) -> None:
    """Tell what came out otherwise than asked for: small letters, another flow, a figure higher than that."""
    wide = f"{options.width / POINTS_PER_MM:.0f} mm"
    letters = drawing.letters * drawing.scale
    if letters < MIN_LETTERS:
        needed = options.width / POINTS_PER_MM / drawing.scale
        notify(
            f"The graph does not fit {wide}: its letters came out at {letters:.1f} points, "
            f"where {MIN_LETTERS} can be read; ask for {needed:.0f} mm or {NARROW}."
        )
    elif drawing.flow == "down":
        notify(f"The layers do not fit {wide} side by side; causes stand above their effects.")
    elif drawing.flow == "squeezed":
        notify(
            f"The layers do not fit {wide} side by side; some links run from right to left. "
            "A wider figure or a narrower query has fewer of them."
        )
    if scene.height > highest + 60:
        notify(
            f"The figure is {scene.height / POINTS_PER_MM:.0f} mm high, more than a page; "
            f"make it wider, a poster or pages by category, or {NARROW}."
        )
