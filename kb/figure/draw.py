"""From a subgraph to a figure: the placed graph with its title, legend and caption."""

from __future__ import annotations

from kb.figure import frames, kinds, legend, link_labels
from kb.figure.drawing import Box, Drawing
from kb.figure.fit import LINE, LOOP, MIN_LETTERS, PAGE_HEIGHT, fit
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
from kb.figure.placing import Place, moved, scaled
from kb.figure.scene import Group, Line, Scene, Shape
from kb.figure.style import THEMES, EdgeStyle, Theme, edge_style, node_style
from kb.graph import Edge, Subgraph

MARGIN = 3.0  # points around everything
TITLE_SIZE, CAPTION_SIZE = 9.0, 7.0
DASHES = (3.0, 2.2)
POSTER_HEIGHT = 1189 * POINTS_PER_MM  # A0, upright
POSTER_SHEETS = (420.5, 594.0)  # mm: widths for which a poster is set, that of the largest letters first
NARROW = "narrow the query"  # advice that messages give; how depends on the query
OUTLINE = 0.9  # width of a box's line, in points
HAIR = 0.1  # points of a head that may lie under the box's line


def compose(graph: Subgraph, options: FigureOptions, notify: Notify) -> Scene:
    """Draw a subgraph as a figure of the width asked for.

    A poster is set for a smaller sheet and enlarged, so that its letters are large as well: for the smallest
    with which it is no higher than A0. Tells through `notify` when letters came out smaller than can be read
    in print, when the layers had to go from top to bottom or links against the flow, and when the figure is
    higher than a page.
    """
    if options.preset != "poster" or options.width_mm is not None:
        return _composed(graph, options, notify, PAGE_HEIGHT)
    for sheet in POSTER_SHEETS:
        told: list[str] = []
        scene = _composed(graph, options.model_copy(update={"width_mm": sheet}), told.append, POSTER_HEIGHT)
        factor = options.width / scene.width
        if scene.height * factor <= POSTER_HEIGHT:
            return scaled(scene, factor)
    return _composed(graph, options, notify, POSTER_HEIGHT)


def _composed(graph: Subgraph, options: FigureOptions, notify: Notify, highest: float) -> Scene:
    theme = THEMES[options.theme]
    typeface = Typeface(options.fonts)
    room = options.width - 2 * MARGIN
    label = (
        link_labels.widest(graph.edges, options.link_labels, typeface) if options.link_labels else (0.0, 0.0)
    )
    drawing = fit(graph, typeface, room, frames.groups(graph, options), label)
    page = _Page(typeface, theme, options.width)
    if options.title:
        page.text(options.title, TITLE_SIZE, theme.ink, bold=True)
        page.skip(5)
    page.graph(drawing, graph, options)
    if options.legend:
        page.skip(10)
        page.add(legend.draw(drawing, theme, typeface, room, options.link_labels), MARGIN)
    caption = caption_lines(graph, options)
    if caption:
        page.skip(7)
    for i, text in enumerate(caption):
        page.text(text, CAPTION_SIZE, theme.ink if i == 0 else theme.faint)
    scene = Scene(
        width=options.width,
        height=page.y + MARGIN,
        paper=theme.paper,
        title=options.title or "Causal graph",
        about=" ".join(caption) or kinds.counts(graph),
        typeface=typeface,
        groups=tuple(page.groups),
    )
    _tell(drawing, scene, options, notify, highest)
    return scene


def caption_lines(graph: Subgraph, options: FigureOptions) -> list[str]:
    """The lines below a figure: what it shows with its counts, and where it is from."""
    first = " ".join(
        part for part in (options.caption, f"{kinds.counts(graph)}." if options.counts else None) if part
    )
    return [line for line in (first, options.source) if line]


class _Page:
    """Puts things one below the other."""

    def __init__(self, typeface: Typeface, theme: Theme, width: float) -> None:
        self.y = MARGIN
        self.groups: list[Group] = []
        self._typeface, self._theme, self._width = typeface, theme, width

    def skip(self, height: float) -> None:
        self.y += height

    def text(self, text: str, size: float, colour: str, bold: bool = False) -> None:
        """A paragraph over the whole width."""
        lines = []
        for line in self._typeface.fill(text, size, self._width - 2 * MARGIN, bold):
            lines.append(Line(line, MARGIN, self.y + ASCENT * size, size, colour, "start", bold))
            self.y += 1.25 * size
        self.groups.append(Group("frame", tuple(lines)))

    def add(self, part: legend.Part, left: float) -> None:
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
        styled = [(edge, curve, edge_style(edge, self._theme)) for edge, curve in drawing.edges]
        nth_loop: dict[str, int] = {}
        drawn: list[tuple[Edge, Curve]] = []
        for edge, curve, style in sorted(styled, key=lambda item: (-item[2].width, edge_index[id(item[0])])):
            if curve is None:
                nth = nth_loop[edge.start] = nth_loop.get(edge.start, -1) + 1
                path = _loop(boxes[edge.start], nth)
            else:
                path = between(curve, boxes[edge.start], boxes[edge.end])
            drawn.append((edge, path))
            items = link(path, boxes[edge.end], style, self._theme)
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


def _box_items(box: Box, letters: float, theme: Theme) -> list[Shape | Line]:
    style = node_style(box.kind, theme)
    x, y = box.centre
    path = outline(style.shape, x, y, box.width, box.height)
    top = y - len(box.lines) * LINE * letters / 2
    baseline = top + (LINE - 1) * letters / 2 + ASCENT * letters
    return [
        Shape(path, style.fill, style.stroke, OUTLINE),
        *(
            Line(line, x, baseline + i * LINE * letters, letters, theme.ink, "middle")
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


def _tell(drawing: Drawing, scene: Scene, options: FigureOptions, notify: Notify, highest: float) -> None:
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
