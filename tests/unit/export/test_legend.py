"""The legend explains every sign that occurs, and the caption counts what is drawn."""

from __future__ import annotations

from kb.export import FigureOptions
from kb.figure.draw import compose
from kb.figure.kinds import counts
from kb.figure.scene import Line
from kb.figure.style import THEMES, edge_style
from kb.graph import Edge, Subgraph
from tests.unit.export.graphs import concept, relation


def _by_catalogue(start: str, end: str, **properties: object) -> Edge:
    own = {"interviews": [], "people": [], "catalogues": ["issues"], "stated": "stated"}
    return Edge(type="CAUSES", start=start, end=end, properties={**own, **properties})


def _graph(*edges: Edge) -> Subgraph:
    return Subgraph.of(map(concept, sorted({n for e in edges for n in (e.start, e.end)})), edges)


def _said(*edges: Edge) -> set[str]:
    scene = compose(_graph(*edges), FigureOptions(counts=False), lambda _: None)
    return {i.text for g in scene.groups if g.role == "frame" for i in g.items if isinstance(i, Line)}


def test_plain_relations_need_no_more_than_their_names() -> None:
    assert _said(relation("a", "b")) == {"issue", "causes"}


def test_each_way_in_which_a_link_is_drawn_is_explained() -> None:
    told = [
        relation("a", "b", "3", "11", told="whole"),
        relation("b", "c", stated="implied", told="whole"),
        relation("c", "d", told="stitched"),
    ]
    assert _said(*told) == {
        "issue",
        "causes",
        "1 interview",
        "2 interviews",
        "only implied",
        "chain told whole by one interview",
        "only stitched from several",
    }


def test_a_link_that_only_a_catalogue_states_is_thinner_than_one_that_somebody_said() -> None:
    light = THEMES["light"]
    catalogue, told = edge_style(_by_catalogue("a", "b"), light), edge_style(relation("a", "b"), light)
    assert catalogue.width < told.width
    assert edge_style(_by_catalogue("a", "b", interviews=["3"]), light) == told
    assert _said(_by_catalogue("a", "b")) == {"issue", "causes", "only in a catalogue"}
    mixed = _said(_by_catalogue("a", "b"), relation("b", "c"))
    assert mixed == {"issue", "causes", "1 interview", "only in a catalogue"}


def test_a_chain_with_a_link_of_a_catalogue_is_not_drawn_as_told_whole() -> None:
    spoken = relation("a", "b", told="catalogue")
    assert edge_style(spoken, THEMES["light"]).hollow
    assert "only with a catalogue's link" in _said(spoken, _by_catalogue("b", "c", told="catalogue"))


def test_the_caption_counts_interviews_and_catalogues_once() -> None:
    edges = [relation("a", "b", "3", "11"), relation("b", "c", "11"), _by_catalogue("c", "d")]
    assert counts(_graph(*edges)) == "4 issues; 3 relations from 2 interviews and 1 catalogue"
