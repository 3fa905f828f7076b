"""What must not leave the house does not, in any format."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from kb.export import FORMATS, FigureOptions, export
from kb.export.privacy import shield
from kb.graph import Edge, Node, Subgraph
from tests.unit.export.graphs import concept, private, relation

NAMES = (
    "quentin",
    "zzyzx",
    "xanthippe",
    "wanda",
    "11:0042",
    "11/",
    "interview 11",
    "11|",
    "11: ",
    "c0ffee",
    "i11",
)


def _text(folder: Path) -> str:
    """Everything that the files of a folder say, without packing, coordinates or outlines."""
    pieces = []
    for file in sorted(folder.iterdir()):
        if file.suffix == ".pdf":
            document = pypdfium2.PdfDocument(file)
            pieces += [document[0].get_textpage().get_text_range(), str(document.get_metadata_dict())]
            document.close()
        elif file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                pieces += [html.unescape(book.read(name).decode("utf-8")) for name in book.namelist()]
        elif file.suffix != ".png":
            text = file.read_text(encoding="utf-8")
            pieces.append(re.sub(r' (d|points|transform)="[^"]*"', "", text))
        pieces.append(file.name)
    return "\n".join(pieces).lower()


@pytest.fixture(params=FORMATS)
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_of_a_name_remains_under_pseudonyms(ending: str, tmp_path: Path) -> None:
    options = FigureOptions(
        pseudonyms=True,
        title="Quentin's reading",
        caption="What Xanthippe said in Interview 11.",
        source="Coded by Quentin Zzyzx",
    )
    export(private(), tmp_path / f"figure{ending}", options, lambda _: None)
    said = _text(tmp_path)
    assert [name for name in NAMES if name in said] == []


def test_quotes_headed_by_a_person_are_headed_by_the_pseudonym() -> None:
    people = ["7/Al", "7/Interviewee 1", "7/Interviewee 12"]
    said = [f"{person}: it drifted" for person in people]
    edge = relation("drift", "drop").model_copy(
        update={"properties": {"interviews": ["7"], "people": people, "quotes": said}}
    )
    graph = Subgraph.of([concept("drift"), concept("drop")], [edge])
    (shown,) = shield(graph, FigureOptions(pseudonyms=True))[0].edges
    assert shown.properties["quotes"] == [f"P1-S{i}: it drifted" for i in (1, 2, 3)]


def test_an_issue_of_a_catalogue_keeps_its_number_under_pseudonyms() -> None:
    edge = relation("drift", "slow answers (I4.2)").model_copy(update={"properties": {"interviews": ["4"]}})
    graph = Subgraph.of([concept("drift"), concept("slow answers (I4.2)")], [edge])
    shown, _ = shield(graph, FigureOptions(pseudonyms=True))
    assert {node.id for node in shown.nodes} == {"drift", "slow answers (I4.2)"}


def test_without_pseudonyms_the_names_are_there(tmp_path: Path) -> None:
    export(private(), tmp_path / "figure.json", FigureOptions(), lambda _: None)
    said = _text(tmp_path)
    assert all(name in said for name in NAMES)


def test_nothing_of_a_quote_remains_without_quotes(ending: str, tmp_path: Path) -> None:
    export(private(), tmp_path / f"figure{ending}", FigureOptions(quotes=False), lambda _: None)
    said = _text(tmp_path)
    assert "drifted" not in said
    assert "sensors drift" not in said


def test_pseudonyms_follow_the_sorted_ids_and_keep_who_said_what() -> None:
    graph, _ = shield(private(), FigureOptions(pseudonyms=True))
    (cause,) = [edge for edge in graph.edges if edge.type == "CAUSES"]
    assert cause.properties["interviews"] == ["P1", "P2", "P3"]  # 3, 11, pilot-wanda
    assert cause.properties["people"] == ["P2-S1", "P1-S1", "P2-?"]
    assert cause.properties["quotes"] == [
        "P2-S1: the sensors drifted, says P2",
        "P2: 11 of them drifted",
    ]
    by_label = {node.labels[-1]: node for node in graph.nodes}
    assert by_label["Turn"].id == "P2:0042"
    assert by_label["Turn"].properties["speaker"] == "P2-S1"
    assert by_label["Speaker"].id == "P2-S1"
    assert by_label["Coder"].id == "C1"
    assert {edge.start for edge in graph.edges} | {e.end for e in graph.edges} <= {n.id for n in graph.nodes}


def test_with_the_whole_study_named_the_numbers_are_the_same_in_every_figure() -> None:
    study = FigureOptions(pseudonyms=True, interviews=("3", "7", "11"), coders=("Amelia", "Bo"))
    graph = Subgraph.of([concept("a"), concept("b")], [relation("a", "b", "11", coder="Bo")])
    (edge,) = shield(graph, study)[0].edges
    assert edge.properties["interviews"] == ["P3"]
    assert edge.properties["coder"] == "C2"


def test_who_proposed_a_claim_and_who_took_it_in_are_no_names() -> None:
    claim = Node(
        id="11/r/S1", labels=("Claim",), properties={"by": "Wanda", "reviewer": "Quentin", "note": "so Wanda"}
    )
    (node,) = shield(Subgraph.of([claim], []), FigureOptions(pseudonyms=True))[0].nodes
    assert node.properties == {"by": "C2", "reviewer": "C1", "note": "so C2"}


def test_words_that_only_hold_a_name_or_a_number_stay() -> None:
    graph = Subgraph.of(
        [concept("Data-11-classes", description="11 of 13 interviewees said so at 11:30"),
         concept("Marketing"),
         Node(id="Mark", labels=("Coder",)), Node(id="11", labels=("Interview",)),
         Node(id="11/Interviewee", labels=("Speaker",))],
        [],
    )  # fmt: skip
    shielded, _ = shield(graph, FigureOptions(pseudonyms=True))
    ids = {node.id for node in shielded.nodes}
    assert {"Data-11-classes", "Marketing", "C1", "P1", "P1-S1"} == ids
    (described,) = [node for node in shielded.nodes if "description" in node.properties]
    assert described.properties["description"] == "11 of 13 interviewees said so at 11:30"


def test_two_nodes_whose_names_become_one_stay_two() -> None:
    graph = Subgraph.of(
        [concept("asked by Ann"), concept("asked by Bea"), Node(id="Ann", labels=("Coder",))],
        [Edge(type="CAUSES", start="asked by Ann", end="asked by Bea", properties={"coder": "Ann"})],
    )
    shielded, _ = shield(graph, FigureOptions(pseudonyms=True))
    assert len(shielded.nodes) == 3
    assert json.dumps([node.id for node in shielded.nodes]).count("Ann") == 0


def test_an_edge_whose_end_is_not_there_is_left_out() -> None:
    graph = Subgraph(nodes=(concept("a"),), edges=(relation("a", "gone"),))
    assert shield(graph, FigureOptions())[0].edges == ()


def test_speakers_of_other_interviews_are_replaced_where_a_text_names_them() -> None:
    study = FigureOptions(
        pseudonyms=True,
        interviews=("3", "11"),
        people=("11/Sara", "3/Tomasz Nowak", "3/Drift Engineer", "3/Interviewee"),
        participants=("Ludmila",),
    )
    edge = relation("drift", "drop", "11").model_copy(
        update={"properties": {"interviews": ["11"], "people": ["11/Sara"],
                               "quotes": ["as Nowak said, and Tomasz Nowak's and LUDMILA's models drift"]}}
    )  # fmt: skip
    graph, _ = shield(Subgraph.of([concept("drift"), concept("drop")], [edge]), study)
    assert {node.id for node in graph.nodes} == {"drift", "drop"}
    assert graph.edges[0].properties["quotes"] == ["as P1-S3 said, and P1-S3's and R1's models drift"]
    assert graph.edges[0].properties["people"] == ["P2-S1"]


def test_of_two_people_of_one_name_the_one_of_the_figure_is_meant() -> None:
    study = FigureOptions(pseudonyms=True, interviews=("3", "11"), people=("3/Sara", "11/Sara"))
    edge = relation("a", "b", "11").model_copy(
        update={"properties": {"interviews": ["11"], "people": ["11/Sara"], "quotes": ["Sara saw it"]}}
    )
    graph, _ = shield(Subgraph.of([concept("a"), concept("b")], [edge]), study)
    assert graph.edges[0].properties["quotes"] == ["P2-S1 saw it"]


def test_a_citation_of_published_work_keeps_its_authors(tmp_path: Path) -> None:
    cited = "Quentin Doe and Wanda Roe (2024). Eleven interviews. Journal."
    options = FigureOptions(pseudonyms=True, cited=cited, coders=("Quentin", "Wanda"))
    export(private(), tmp_path / "map.svg", options, lambda _: None)
    assert cited in _joined(tmp_path / "map.svg")
    export(
        private(), tmp_path / "map.svg", options.model_copy(update={"source": "by Quentin"}), lambda _: None
    )
    assert "Quentin" not in _joined(tmp_path / "map.svg")


def _joined(path: Path) -> str:
    return html.unescape(path.read_text(encoding="utf-8"))
