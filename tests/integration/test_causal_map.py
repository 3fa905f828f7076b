"""The causal map: all that people tell, zoomed out, filtered, drawn; rows worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kb.api.graph import Graph
from kb.ask.answer import ask, to_subgraph
from kb.ask.map_groups import compare_maps
from kb.ask.query import find_query
from kb.cli.app import app
from kb.codebook import load_codebook
from kb.errors import UsageError
from kb.export import FigureOptions, export
from kb.figure import kinds
from kb.figure.draw import compose
from kb.figure.scene import Line, Shape
from kb.figure.style import THEMES, marker
from kb.ingest.load import Options, load
from kb.store.bolt import Store
from tests.integration.conftest import ENGINES, engine_store
from tests.integration.pond import write_pond

MAP = find_query("causal-map")
P1, P2 = "water not right (P1)", "sick animals (P2)"


@pytest.fixture(scope="module", params=ENGINES)
def pond(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The pond, loaded once an engine. Only read it."""
    folder = tmp_path_factory.mktemp("pond")
    store = engine_store(request.param, request)
    study = write_pond(folder)
    options = Options(
        codebook=load_codebook(folder / "codebook.yaml"),
        catalogues=(folder / "catalogue.yaml",),
        participants=(folder / "people.csv",),
    )
    report = load(store, [study], options)
    assert not report.failed, [source.error for source in report.sources]
    assert [n for n in report.not_placed if n.level == "lost"] == []
    return store


def rows(store: Store, columns: str = "from relation to interviews people claims", **given: Any) -> list[Any]:
    names = columns.split()
    return [tuple(row[name] for name in names) for row in ask(store, MAP, given).rows]


def test_the_map_is_all_that_people_tell(pond: Store) -> None:
    assert rows(pond) == [
        ("Water-warm", "causes", "Fish-ill", 2, 2, 2),
        ("Fish-hungry", "causes", "guests staying away", 1, 1, 1),
        ("Fish-ill", "causes", "Fish-hungry", 1, 1, 1),
        ("Food-bad", "causes", "Fish-ill", 1, 1, 1),
        ("Water-green", "causes", "Fish-hungry", 1, 1, 1),
        ("Water-green", "causes", "Fish-ill", 1, 1, 1),
        ("Water-warm", "fixed by", "Water-warm-fix", 1, 1, 1),
        ("Water-warm", "fixed by", "a roof", 1, 1, 1),
        ("heavy rain", "causes", "Water-green", 1, 1, 1),
    ]


def test_stitched_is_what_people_tell_and_nobody_tells_whole(pond: Store) -> None:
    for zoom in ("none", "category"):
        told = {
            told: {pair for row in ask(pond, MAP, {"told": told, "zoom": zoom}).rows
                   for pair in row["summed"] or [f"{row['from']} {row['relation']} {row['to']}"]}
            for told in ("people", "whole", "stitched")
        }  # fmt: skip
        assert told["whole"]
        assert told["stitched"] == told["people"] - told["whole"]


def test_only_links_of_an_interview_count_all_who_tell_them(pond: Store) -> None:
    everything = rows(pond, "from relation to interviews told_in")
    assert rows(pond, "from relation to interviews told_in", interview="2") == [
        row for row in everything if "2" in row[-1]
    ]
    with pytest.raises(UsageError, match="no interview '9'"):
        rows(pond, interview="9")


def test_only_links_with_an_end_in_a_category(pond: Store) -> None:
    assert rows(pond, "from to", category="Water") == [
        ("Water-warm", "Fish-ill"),
        ("Water-green", "Fish-hungry"),
        ("Water-green", "Fish-ill"),
        ("Water-warm", "Water-warm-fix"),
        ("Water-warm", "a roof"),
        ("heavy rain", "Water-green"),
    ]
    assert rows(pond, category="no such") == []


def test_by_category_links_are_summed_by_people_each_once(pond: Store) -> None:
    # Interview 1 tells two of the three links from the water to the fish, and counts once.
    assert rows(pond, "from relation to links interviews people claims told_in", zoom="category") == [
        ("Water", "causes", "Fish", 3, 2, 2, 4, ["1", "2"]),
        ("Fish", "causes", "Fish", 1, 1, 1, 1, ["3"]),
        ("Fish", "causes", "guests staying away", 1, 1, 1, 1, ["2"]),
        ("Food-bad", "causes", "Fish", 1, 1, 1, 1, ["3"]),
        ("Water", "fixed by", "Water", 1, 1, 1, 1, ["2"]),
        ("Water", "fixed by", "a roof", 1, 1, 1, 1, ["1"]),
        ("heavy rain", "causes", "Water", 1, 1, 1, 1, ["1"]),
    ]


def test_a_summed_link_keeps_its_links_and_their_words(pond: Store) -> None:
    ((_, summed, quotes, path), *_) = rows(pond, "from summed quotes path", zoom="category")
    assert summed == ["Water-warm → Fish-ill", "Water-green → Fish-hungry", "Water-green → Fish-ill"]
    assert path.edges[0].properties["people"] == ["1/Interviewee", "2/Interviewee"]
    assert [quote.partition(": ")[0] for quote in quotes] == ["1", "2", "1"]
    assert [part in quote for part, quote in zip(("Warm", "no food", "Green"), quotes, strict=True)] == [
        True
    ] * 3


def test_a_code_under_two_issues_counts_for_both_and_a_fix_leads_to_no_other_issue(pond: Store) -> None:
    found = rows(pond, "from relation to links people", zoom="catalogue")
    assert (P1, "causes", P2, 2, 2) in found
    assert (P1, "causes", P1, 2, 2) in found
    assert ("Food-bad", "causes", P1, 1, 1) in found
    assert ("Food-bad", "causes", P2, 1, 1) in found
    assert {to for from_, relation, to, *_ in found if relation == "fixed by"} <= {
        "a roof",
        "Water-warm-fix",
        P1,
    }


def test_what_only_a_catalogue_states_is_told_by_nobody(pond: Store) -> None:
    people, every = set(rows(pond)), set(rows(pond, told="any"))
    assert people < every
    assert {(interviews, tellers) for *_, interviews, tellers, _ in every - people} == {(0, 0)}


def test_told_whole_leaves_links_that_one_person_tells_on_from(pond: Store) -> None:
    # 1: heavy rain, green, ill; 2: green, hungry, guests. Warm and ill is no such chain of 1 or 2.
    # The two of interview 3 tell a link each. What cools the warm water is no part of a chain either.
    assert [(from_, to) for from_, _, to, *_ in rows(pond, told="whole")] == [
        ("Fish-hungry", "guests staying away"),
        ("Water-green", "Fish-hungry"),
        ("Water-green", "Fish-ill"),
        ("heavy rain", "Water-green"),
    ]


TALE = """\
Interviewer: What goes wrong?

Interviewee 1: The alpha gave us the beta. Tape held the beta.

Interviewee 1: Gears break the hull. The hull lets the sea in. Oil saved the gears. Wax saved the hull.
Pumps held the sea.

Interviewee 2: Paint saved the gears.
"""


def test_a_fix_is_on_the_map_told_whole_where_its_issue_is(store: Store, tmp_path: Path) -> None:
    (tmp_path / "Interview 9.txt").write_text(TALE, encoding="utf-8")
    causes = [
        ("the alpha", "the beta", "alpha gave us the beta"),
        ("the gears", "the hull", "Gears break the hull"),
        ("the hull", "the sea", "hull lets the sea in"),
    ]
    fixes = [
        ("the beta", "the tape", "Tape held the beta"),
        ("the gears", "the oil", "Oil saved the gears"),
        ("the hull", "the wax", "Wax saved the hull"),
        ("the sea", "the pumps", "Pumps held the sea"),
        ("the gears", "the paint", "Paint saved the gears"),
    ]
    lines = ['interview: "9"', "relations:"]
    for kind, start, end, told in (("causes", "cause", "effect", causes), ("fixes", "issue", "fix", fixes)):
        for one, other, quote in told:
            lines += [
                f"- {{id: R{len(lines)}, kind: {kind}, explicit: stated, {start}: {one}, {end}: {other},",
                f'   quote: "{quote}"}}',
            ]
    (tmp_path / "told.yaml").write_text("\n".join(lines), encoding="utf-8")
    report = load(store, [tmp_path])
    assert not report.failed, [source.error for source in report.sources]
    assert rows(store, "from to", told="whole") == [
        ("the gears", "the hull"),
        ("the gears", "the oil"),
        ("the hull", "the sea"),
        ("the hull", "the wax"),
        ("the sea", "the pumps"),
    ]
    assert len(rows(store, "from to")) == len(causes) + len(fixes)


def test_at_least_so_many_and_at_most_so_many_links(pond: Store) -> None:
    assert len(rows(pond, min_interviews=2)) == 1
    assert len(rows(pond, min_people=2)) == 1
    assert [row[0] for row in rows(pond, zoom="category", min_people=2)] == ["Water"]
    causes = rows(pond, without_fixes=True)
    assert {relation for _, relation, *_ in causes} == {"causes"}
    assert len(causes) == 7
    cut = ask(pond, MAP, {"top": 3})
    assert len(cut.rows) == 3
    assert "ask for them with --top" in cut.notes[0]


def test_of_some_people_only_their_links_are_on_the_map(pond: Store) -> None:
    found = ask(pond, MAP, {"zoom": "category", "without_fixes": True}, where=["trade=keeper"])
    assert [(r["from"], r["to"], r["links"], r["people"]) for r in found.rows] == [
        ("Water", "Fish", 2, 1),
        ("Food-bad", "Fish", 1, 1),
        ("heavy rain", "Water", 1, 1),
    ]


def test_each_link_says_which_groups_tell_it(pond: Store) -> None:
    found = compare_maps(pond, {}, "Trade")
    assert found.groups == ("trade=keeper", "trade=vet")
    told = {(edge.start, edge.end): edge.properties.get("only", "both") for edge in found.graph.edges}
    assert told == {
        ("Water-warm", "Fish-ill"): "both",
        ("Water-green", "Fish-ill"): "trade=keeper",
        ("heavy rain", "Water-green"): "trade=keeper",
        ("Food-bad", "Fish-ill"): "trade=keeper",
        ("Water-warm", "a roof"): "trade=keeper",
        ("Water-green", "Fish-hungry"): "trade=vet",
        ("Fish-hungry", "guests staying away"): "trade=vet",
        ("Fish-ill", "Fish-hungry"): "trade=vet",
        ("Water-warm", "Water-warm-fix"): "trade=vet",
    }
    (both,) = [edge for edge in found.graph.edges if "only" not in edge.properties]
    assert both.properties["by_group"]["trade=vet"]["people"] == ["2/Interviewee"]


def test_what_one_group_tells_once_is_not_taken_for_untold(pond: Store) -> None:
    # Two people tell it, one of each group: neither group alone has two.
    (edge,) = compare_maps(pond, {"min_people": 2}, "trade").graph.edges
    assert edge.properties["groups"] == ["trade=keeper", "trade=vet"]
    # Zoomed out, both tell what leads from the water to the fish, by different links.
    zoomed = compare_maps(pond, {"zoom": "category", "without_fixes": True}, "trade").graph
    links = {(e.start, e.end): e.properties["groups"] for e in zoomed.edges}
    assert links["Category Water", "Category Fish"] == ["trade=keeper", "trade=vet"]


def test_groups_that_are_none_are_told(pond: Store) -> None:
    with pytest.raises(UsageError, match=r"no attribute 'trades'\. Did you mean 'trade'"):
        compare_maps(pond, {}, "trades")
    with pytest.raises(UsageError, match="--where and --compare are both about 'trade'"):
        compare_maps(pond, {}, "trade", where=["trade=vet"])


def test_the_groups_maps_have_the_same_places_and_mark_what_differs(pond: Store) -> None:
    found = compare_maps(pond, {"without_fixes": True}, "trade")
    options = FigureOptions(groups=found.groups, width_mm=240)
    scene = compose(found.graph, options, lambda _: None)
    lines = [item for group in scene.groups for item in group.items if isinstance(item, Line)]
    heads = [line.text for line in lines if line.bold]
    assert heads == [
        "trade=keeper: 4 links by 2 people, 3 by this group only",
        "trade=vet: 4 links by 2 people, 3 by this group only",
    ]
    (left, right) = sorted((line.x, line.y) for line in lines if line.text == "heavy rain")
    assert left[1] == right[1]
    assert right[0] - left[0] > 200
    # Only the keepers' rain is in ink.
    colours = [line.colour for line in sorted(lines, key=lambda line: line.x) if line.text == "heavy rain"]
    assert colours[0] == THEMES["light"].ink != colours[1]
    bands = [item for group in scene.groups for item in group.items
             if isinstance(item, Shape) and item.stroke == marker(THEMES["light"])]  # fmt: skip
    assert len(bands) == 3 + 3 + 1  # and the legend's


def test_in_python_the_groups_are_a_figure(pond: Store, tmp_path: Path) -> None:
    figure = Graph(pond).compare_maps("trade", without_fixes=True)
    assert sorted({edge.properties.get("only", "") for edge in figure.edges}) == [
        "",
        "trade=keeper",
        "trade=vet",
    ]
    assert "trade=vet: 4 links" in figure.export(tmp_path / "map.svg").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="no parameter 'zoomed'"):
        Graph(pond).compare_maps("trade", zoomed="category")


def test_under_pseudonyms_groups_name_nobody(pond: Store, tmp_path: Path) -> None:
    found = compare_maps(pond, {}, "trade")
    options = FigureOptions(groups=found.groups, pseudonyms=True, quotes=False)
    for name in ("map.json", "map.graphml", "map.svg", "map.html"):
        export(found.graph, tmp_path / name, options, lambda _: None)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "Interviewee" not in text
        assert "trade=keeper" in text


def test_a_summed_link_names_one_to_ask_for(tmp_path: Path) -> None:
    study, db = write_pond(tmp_path), ["--db", str(tmp_path / "db")]
    run = CliRunner()
    book = ["--codebook", str(tmp_path / "codebook.yaml")]
    assert run.invoke(app, ["load", str(study), *book, *db]).exit_code == 0
    shown = run.invoke(app, ["query", "causal-map", "--zoom", "category", "--top", "1", *db])
    assert "`kb query evidence-of-relation Water-warm Fish-ill` shows every passage" in shown.stderr
    asked = run.invoke(app, ["query", "evidence-of-relation", "Water-warm", "Fish-ill", *db, "-f", "csv"])
    assert asked.stdout.count("Fish-ill") == 2  # a row for each who says it


def test_a_choice_with_a_default_may_be_given_without_its_option(tmp_path: Path) -> None:
    study, db = write_pond(tmp_path), ["--db", str(tmp_path / "db")]
    run = CliRunner()
    book = ["--codebook", str(tmp_path / "codebook.yaml")]
    assert run.invoke(app, ["load", str(study), *book, *db]).exit_code == 0
    ask_map = ["query", "causal-map", *db, "-f", "json"]
    by_option = run.invoke(app, [*ask_map, "--zoom", "category"])
    by_place = run.invoke(app, [*ask_map, "category"])
    assert by_place.exit_code == 0, by_place.stderr
    assert by_place.stdout == by_option.stdout != run.invoke(app, ask_map).stdout
    drawn = run.invoke(app, ["export", "causal-map", "category", "-o", str(tmp_path / "map.svg"), *db])
    assert drawn.exit_code == 0, drawn.stderr
    two = run.invoke(app, [*ask_map, "category", "--zoom", "none"])
    assert isinstance(two.exception, UsageError)
    assert "'category' and --zoom 'none' are two values for one" in str(two.exception)


def test_drawn_links_within_are_a_number_in_the_box(pond: Store, tmp_path: Path) -> None:
    graph = to_subgraph(ask(pond, MAP, {"zoom": "category"}))
    drawn = {kinds.label(node) for node in graph.nodes}
    assert {"The water (1 within)", "The fish (1 within)", "heavy rain"} <= drawn
    assert all(edge.start != edge.end for edge in graph.edges)
    (summed,) = [e for e in graph.edges if kinds.told_in(e) == 2]
    assert summed.properties["links"] == 3
    export(graph, tmp_path / "map.svg")
    assert "The water" in (tmp_path / "map.svg").read_text(encoding="utf-8")
    export(graph, tmp_path / "map.html")
    assert "The ill ones eat nothing" in (tmp_path / "map.html").read_text(encoding="utf-8")
