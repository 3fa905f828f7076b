"""Nothing in a figure lies on anything else: boxes, links, labels, at the width asked for."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from kb.export import FigureOptions
from kb.figure.draw import between, compose, link
from kb.figure.drawing import Box, Drawing
from kb.figure.fit import MIN_LETTERS, fit
from kb.figure.fonts import Typeface
from kb.figure.geometry import at, inside, outline
from kb.figure.options import POINTS_PER_MM
from kb.figure.scene import Line, Shape
from kb.figure.style import THEMES, edge_style
from kb.graph import Edge, Subgraph
from tests.unit.export.graphs import awkward, concept, random_graph, relation

# (seed, nodes, links): trees, dense ones, scattered ones, with feedback loops in all of them
CASES = [
    (seed, nodes, links)
    for seed, (nodes, links) in enumerate([(2, 2), (5, 9), (12, 11), (20, 40), (30, 25), (60, 150)])
]
WIDTHS = [241.0, 510.0]


@pytest.fixture(scope="module", params=[(case, width) for case in CASES for width in WIDTHS], ids=str)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    case, width = request.param
    return fit(random_graph(*case), Typeface(), width)


def _overlap(a: Box, b: Box) -> bool:
    (ax, ay), (bx, by) = a.centre, b.centre
    return abs(ax - bx) < (a.width + b.width) / 2 and abs(ay - by) < (a.height + b.height) / 2


def test_boxes_do_not_overlap(drawing: Drawing) -> None:
    clashes = [(a.node.id, b.node.id) for a, b in combinations(drawing.boxes, 2) if _overlap(a, b)]
    assert clashes == []


def test_no_link_crosses_a_box_that_is_not_its_own(drawing: Drawing) -> None:
    hits = set()
    for edge, curve in drawing.edges:
        if curve is None:
            continue
        pieces = (len(curve) - 1) // 3
        points = [at(curve, i * pieces / (40 * pieces)) for i in range(40 * pieces + 1)]
        for box in drawing.boxes:
            if box.node.id in (edge.start, edge.end):
                continue
            x, y = box.centre
            if any(abs(px - x) < box.width / 2 and abs(py - y) < box.height / 2 for px, py in points):
                hits.add((edge.start, edge.end, box.node.id))
    assert hits == set()


@pytest.mark.parametrize("kind_of_link", ["CAUSES", "HAS_FIX", "NOT_FIXED_BY", "DETECTED_BY"])
def test_no_head_is_hidden_under_the_box_it_points_at(drawing: Drawing, kind_of_link: str) -> None:
    theme = THEMES["light"]
    boxes = {box.node.id: box for box in drawing.boxes}
    hidden = set()
    for edge, curve in drawing.edges:
        if curve is None:
            continue
        end = boxes[edge.end]
        style = edge_style(Edge(type=kind_of_link, start=edge.start, end=edge.end), theme)
        head = link(between(curve, boxes[edge.start], end), end, style, theme)[1]
        assert isinstance(head, Shape)
        marks = [(float(c[-2]), float(c[-1])) for c in head.commands if c[0] != "Z"]
        # Half a point of the tip may touch the line of the box.
        if any(map(inside(end.shape, *end.centre, end.width - 1, end.height - 1), marks)):
            hidden.add((edge.start, edge.end))
    assert hidden == set()


@pytest.mark.parametrize("kind_of_link", ["CAUSES", "HAS_FIX", "NOT_FIXED_BY", "DETECTED_BY"])
def test_every_head_touches_its_box(drawing: Drawing, kind_of_link: str) -> None:
    theme = THEMES["light"]
    boxes = {box.node.id: box for box in drawing.boxes}
    short = {}
    for edge, curve in drawing.edges:
        if curve is None:
            continue
        end = boxes[edge.end]
        style = edge_style(Edge(type=kind_of_link, start=edge.start, end=edge.end), theme)
        items = link(between(curve, boxes[edge.start], end), end, style, theme)[1:]
        marks = [p for item in items if isinstance(item, Shape) for p in _along(item)]
        border = _along(Shape(outline(end.shape, *end.centre, end.width, end.height)))
        gap = min(_gap(point, *side) for point in marks for side in pairwise(border))
        if gap > 0.1 * POINTS_PER_MM:
            short[edge.start, edge.end] = gap
    assert short == {}


def _along(shape: Shape) -> list[tuple[float, float]]:
    """Points along a path, close to each other where it is round."""
    points: list[tuple[float, float]] = []
    for name, *values in shape.commands:
        corners = list(zip(map(float, values[::2]), map(float, values[1::2]), strict=True))
        if name == "C":
            points += [at((points[-1], *corners), i / 12) for i in range(1, 13)]
        else:
            points += corners or points[:1]
    return points


def _gap(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far a point is from the line from a to b."""
    (x, y), (dx, dy) = (point[0] - a[0], point[1] - a[1]), (b[0] - a[0], b[1] - a[1])
    t = max(0.0, min(1.0, (x * dx + y * dy) / (dx * dx + dy * dy or 1.0)))
    return math.hypot(x - t * dx, y - t * dy)


def test_everything_drawn_lies_within_the_drawing(drawing: Drawing) -> None:
    for box in drawing.boxes:
        x, y = box.centre
        assert x - box.width / 2 >= -0.5
        assert x + box.width / 2 <= drawing.width + 0.5
        assert y - box.height / 2 >= -0.5
        assert y + box.height / 2 <= drawing.height + 0.5


def test_labels_lie_within_their_boxes_and_keep_every_letter(drawing: Drawing) -> None:
    typeface = Typeface()
    for box in drawing.boxes:
        assert "".join(box.lines) == box.node.id  # these names have no blanks to lose
        assert max(typeface.width(line, drawing.letters) for line in box.lines) <= box.width - 4
        assert len(box.lines) * drawing.letters <= box.height


@pytest.mark.parametrize("preset", ["one", "two"])
def test_the_page_holds_every_mark(preset: str) -> None:
    options = FigureOptions(
        preset=preset, title="A title " * 20, caption="A caption " * 30, source="Doe (2024)"
    )
    scene = compose(awkward(), options, lambda _: None)
    assert scene.width == pytest.approx(options.width)
    for group in scene.groups:
        for item in group.items:
            if isinstance(item, Line):
                width = scene.typeface.width(item.text, item.size, item.bold)
                left = item.x - width / 2 if item.anchor == "middle" else item.x
                assert left >= 0
                assert left + width <= scene.width
                assert 0 <= item.y <= scene.height
            elif isinstance(item, Shape):
                for command in item.commands:
                    xs, ys = command[1::2], command[2::2]
                    assert all(-0.5 <= float(x) <= scene.width + 0.5 for x in xs)
                    assert all(-0.5 <= float(y) <= scene.height + 0.5 for y in ys)


def _chain(length: int) -> Subgraph:
    names = [f"Data-step-{i}" for i in range(length)]
    return Subgraph.of(map(concept, names), [relation(a, b) for a, b in pairwise(names)])


def test_a_chain_runs_from_left_to_right() -> None:
    drawing = fit(_chain(4), Typeface(), 241)
    places = {box.node.id: box.centre[0] for box in drawing.boxes}
    assert sorted(places, key=places.__getitem__) == [f"Data-step-{i}" for i in range(4)]


def test_a_chain_too_long_for_the_column_runs_downwards_and_says_so() -> None:
    told: list[str] = []
    compose(_chain(12), FigureOptions(preset="one"), told.append)
    assert any("above their effects" in message for message in told)
    drawing = fit(_chain(12), Typeface(), 235)
    places = {box.node.id: box.centre[1] for box in drawing.boxes}
    assert sorted(places, key=places.__getitem__) == [f"Data-step-{i}" for i in range(12)]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("preset", ["one", "two"])
def test_letters_can_be_read_or_the_user_is_told(case: tuple[int, int, int], preset: str) -> None:
    told: list[str] = []
    scene = compose(random_graph(*case), FigureOptions(preset=preset), told.append)
    smallest = min(item.size for group in scene.groups for item in group.items if isinstance(item, Line))
    assert smallest >= MIN_LETTERS or any("does not fit" in message for message in told)


def test_parts_that_do_not_hang_together_share_the_width() -> None:
    pairs = [(f"cause-{i}", f"effect-{i}") for i in range(12)]
    graph = Subgraph.of(
        [concept(name) for pair in pairs for name in pair], [relation(a, b) for a, b in pairs]
    )
    drawing = fit(graph, Typeface(), 510)
    assert drawing.width <= 510
    assert drawing.height < 300  # one below the other would take twelve rows
