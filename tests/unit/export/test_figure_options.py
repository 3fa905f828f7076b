"""What can be asked of a figure: names for readers, words on links, frames, pages, posters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from kb.errors import ExportError
from kb.export import FigureOptions, export
from kb.figure import link_labels
from kb.figure.draw import POSTER_HEIGHT, compose
from kb.figure.fit import fit
from kb.figure.fonts import Typeface
from kb.figure.frames import groups
from kb.figure.names import readable
from kb.figure.scene import Group, Line, Scene, Shape
from kb.graph import Edge, Subgraph
from tests.unit.export.graphs import concept, random_graph, relation

NAMES = {
    "MT-overfitting": "Overfitting",
    "Data-no_signal": "No signal",
    "QM-drift": "Drift of the world",  # a title
    "Data-drift": "Data drift",  # its short name is the same as that of the next
    "MT-drift": "MT drift",
    "MD_performance-drop": "Performance drop",
    "Bad-software-practices": "Bad software practices",  # no category
    "Models age, and nobody looks": "Models age, and nobody looks",  # written for readers
}


def _study() -> Subgraph:
    nodes = []
    for name in NAMES:
        prefix = name.replace("_", "-").split("-")[0]
        category = {"category": prefix} if prefix in ("MT", "Data", "QM", "MD") else {}
        title = {"title": "Drift of the world"} if name == "QM-drift" else {}
        nodes.append(concept(name, **category, **title))
    links = [relation(a, b, "3", "11", "4", "5") for a, b in pairwise(NAMES)]
    return Subgraph.of(nodes, links)


def _lines(scene: Scene) -> list[Line]:
    return [item for group in scene.groups for item in group.items if isinstance(item, Line)]


def test_codes_are_called_by_their_titles_or_labels_made_readable() -> None:
    graph = readable(_study())
    assert {node.id: node.properties["name"] for node in graph.nodes} == NAMES


@pytest.mark.parametrize(
    ("what", "words"), [("people", "2"), ("interviews", "3"), ("ids", "3, 4, 11"), ("none", "")]
)
def test_a_link_says_who_tells_it(what: str, words: str) -> None:
    edge = relation("a", "b", "11", "3", "4", people=["3/Ann", "11/Bo"])
    if what == "none":
        what, edge = "people", Edge(type="CAUSES", start="a", end="b", properties={"catalogues": ["x"]})
    assert link_labels.words(edge, what) == words
    assert link_labels.words(edge.model_copy(update={"type": "NEXT"}), what) == ""


def test_many_interviews_are_cut_with_a_sign() -> None:
    assert link_labels.words(relation("a", "b", *"12345"), "ids") == "1, 2, 3 …"


def test_words_on_links_stand_in_no_box_and_are_explained() -> None:
    graph = _study()
    scene = compose(graph, FigureOptions(link_labels="interviews"), lambda _: None)
    labels = [_rectangle(group) for group in scene.groups if group.role == "label"]
    boxes = [_rectangle(group) for group in scene.groups if group.role == "node"]
    assert len(labels) == len(graph.edges)
    for left, top, right, bottom in labels:
        for x0, y0, x1, y1 in boxes:
            assert right <= x0 or left >= x1 or bottom <= y0 or top >= y1
    assert "number of interviews that tell it" in {line.text for line in _lines(scene)}


def _rectangle(group: Group) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a group's first shape."""
    shape = next(item for item in group.items if isinstance(item, Shape))
    points = [float(value) for command in shape.commands for value in command[1:]]
    return min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])


def test_a_frame_holds_its_category_and_nothing_else() -> None:
    options = FigureOptions(group_by="category", categories={"MT": "Model training"})
    graph = _study()
    headings = groups(graph, options)
    drawing = fit(graph, Typeface(), options.width - 6, headings)
    assert {frame.heading for frame in drawing.frames} == {"Data", "MD", "Model training", "QM"}
    for frame in drawing.frames:
        for box in drawing.boxes:
            x, y = box.centre
            inside = frame.left < x < frame.right and frame.top < y < frame.bottom
            assert inside == (headings.get(box.node.id) == frame.heading), (frame.heading, box.node.id)
            if inside:
                assert frame.left <= x - box.width / 2
                assert x + box.width / 2 <= frame.right
    assert "Model training" in {line.text for line in _lines(compose(graph, options, lambda _: None))}


def test_pages_show_every_link_and_name_their_category(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    options = FigureOptions(pages="category", title="Causes", categories={"MT": "Model training"})
    export(_study(), path, options, lambda _: None)
    document = pypdfium2.PdfDocument(path)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    titles = [
        "Causes – Data",
        "Causes – MD",
        "Causes – Model training",
        "Causes – QM",
        "Causes – without a category",
    ]
    assert [text[: len(title)] for text, title in zip(texts, titles, strict=True)] == titles
    for name in NAMES:
        bare = name.replace(" ", "")
        assert any(bare in text.replace(" ", "").replace("\x02", "-").replace("￾", "-") for text in texts), (
            name
        )
    assert "Page 1 of 5" in texts[0]


def test_only_a_pdf_has_pages(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"only a \.pdf has pages"):
        export(_study(), tmp_path / "map.svg", FigureOptions(pages="category"))


def test_a_poster_is_as_wide_as_a0_with_large_letters_and_no_higher() -> None:
    graph = random_graph(4, 60, 90)
    poster = compose(graph, FigureOptions(preset="poster"), lambda _: None)
    plain = compose(graph, FigureOptions(), lambda _: None)
    assert poster.width == pytest.approx(841 * 72 / 25.4)
    assert poster.height <= POSTER_HEIGHT
    assert min(line.size for line in _lines(poster)) > max(line.size for line in _lines(plain))
