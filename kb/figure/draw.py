"""From a subgraph to a figure: the placed graph with its title, legend and caption."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.figure import kinds, legend
from kb.figure.fit import LINE, LOOP, MIN_LETTERS, PAGE_HEIGHT, Box, Drawing, fit
from kb.figure.fonts import Typeface
from kb.figure.geometry import (
    Command,
    Commands,
    commands,
    from_parameter,
    inside,
    last_inside,
    outline,
)
from kb.figure.heads import approach, head
from kb.figure.layout import Curve, Point
from kb.figure.options import POINTS_PER_MM, FigureOptions, Notify
from kb.figure.scene import Group, Line, Scene, Shape
from kb.figure.style import THEMES, EdgeStyle, Theme, edge_style, node_style
from kb.graph import Subgraph

MARGIN = 3.0  # points around everything
TITLE_SIZE, CAPTION_SIZE = 9.0, 7.0
ASCENT = 0.78  # of the letter size: from the top of a line to its baseline, optically
DASHES = (3.0, 2.2)
NARROW = "narrow the query"  # advice that messages give; how depends on the query
OUTLINE = 0.9  # width of a box's line, in points
HAIR = 0.1  # points of a head that may lie under the box's line


def compose(graph: Subgraph, options: FigureOptions, notify: Notify) -> Scene:
    """Draw a subgraph as a figure of the width asked for.

    Tells through `notify` when letters came out smaller than can be read in print, when the layers
    had to go from top to bottom or links against the flow, and when the figure is higher than a page.
    """
    theme = THEMES[options.theme]
    typeface = Typeface(options.fonts)
    room = options.width - 2 * MARGIN
    drawing = fit(graph, typeface, room)
    page = _Page(typeface, theme, options.width)
    if options.title:
        page.text(options.title, TITLE_SIZE, theme.ink, bold=True)
        page.skip(5)
    page.graph(drawing, graph)
    if options.legend:
        page.skip(10)
        page.add(legend.draw(drawing, theme, typeface, room), MARGIN)
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
    _tell(drawing, scene, options, notify)
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

    def graph(self, drawing: Drawing, graph: Subgraph) -> None:
        """The nodes and edges, in the middle of the page."""
        left = (self._width - drawing.width * drawing.scale) / 2
        names = {node.id: kinds.short(node) for node in graph.nodes}
        node_index = {node.id: i for i, node in enumerate(graph.nodes)}
        edge_index = {id(edge): i for i, edge in enumerate(graph.edges)}
        boxes = {box.node.id: box for box in drawing.boxes}
        place = _Place(left, self.y, drawing.scale)
        # Thin links on top of thick ones, so that none hides another.
        styled = [(edge, curve, edge_style(edge, self._theme)) for edge, curve in drawing.edges]
        nth_loop: dict[str, int] = {}
        for edge, curve, style in sorted(styled, key=lambda item: (-item[2].width, edge_index[id(item[0])])):
            if curve is None:
                nth = nth_loop[edge.start] = nth_loop.get(edge.start, -1) + 1
                path = _loop(boxes[edge.start], nth)
            else:
                path = between(curve, boxes[edge.start], boxes[edge.end])
            items = link(path, boxes[edge.end], style, self._theme)
            about = kinds.about_edge(edge, names)
            self.groups.append(Group("edge", tuple(place(items)), edge_index[id(edge)], about))
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


@dataclass(frozen=True)
class _Place:
    """Scales and moves what was drawn at (0, 0)."""

    left: float
    top: float
    scale: float = 1.0

    def __call__(self, items: Iterable[Shape | Line]) -> list[Shape | Line]:
        return [self._line(item) if isinstance(item, Line) else self._shape(item) for item in items]

    def _point(self, x: float, y: float) -> Point:
        return self.left + x * self.scale, self.top + y * self.scale

    def _line(self, line: Line) -> Line:
        x, y = self._point(line.x, line.y)
        return replace(line, x=x, y=y, size=line.size * self.scale)

    def _command(self, command: Command) -> Command:
        name, *values = command
        places = zip(values[::2], values[1::2], strict=True)
        return (name, *(v for x, y in places for v in self._point(float(x), float(y))))

    def _shape(self, shape: Shape) -> Shape:
        path: Commands = tuple(map(self._command, shape.commands))
        return replace(
            shape,
            commands=path,
            width=shape.width * self.scale,
            dashes=tuple(dash * self.scale for dash in shape.dashes),
        )


def moved(items: Iterable[Shape | Line], left: float, top: float) -> list[Shape | Line]:
    """The items, moved."""
    return _Place(left, top)(items)


def _tell(drawing: Drawing, scene: Scene, options: FigureOptions, notify: Notify) -> None:
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
    if scene.height > PAGE_HEIGHT + 60:
        notify(
            f"The figure is {scene.height / POINTS_PER_MM:.0f} mm high, more than a page; "
            f"make it wider or {NARROW}."
        )
