"""The figure's links, concepts and quotes as a workbook, read back by a reader of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kb.export import FigureOptions, export
from kb.graph import Subgraph
from tests.unit.export.graphs import AWKWARD, awkward, concept, private, relation


def sheets(path: Path, graph: Subgraph, **options: Any) -> dict[str, list[dict[str, Any]]]:
    export(graph, path / "map.xlsx", FigureOptions(**options), lambda _: None)
    book = load_workbook(path / "map.xlsx")
    found = {}
    for page in book:
        head, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def test_every_name_is_a_text_in_its_cell(tmp_path: Path) -> None:
    found = sheets(tmp_path, awkward())
    names = {ILLEGAL_CHARACTERS_RE.sub("", name) for name in AWKWARD}
    assert {row["name"] for row in found["concepts"]} == names
    assert len(found["links"]) == len(AWKWARD) - 1
    types = {cell.data_type for page in load_workbook(tmp_path / "map.xlsx") for row in page for cell in row}
    assert types <= {"s", "n"}  # texts and numbers: "=1+1" is no formula


def test_links_are_counted_and_every_quote_has_a_row(tmp_path: Path) -> None:
    quotes = ["3: it drifts: always", "11/Al: and falls", "no head"]
    link = relation("drift", "drop", "3", "11", quotes=quotes, people=["3/Interviewee", "11/Al"], links=4)
    graph = Subgraph.of([concept("drift"), concept("drop")], [link])
    found = sheets(tmp_path, graph, title="What happens", source="A. Author (2020)")
    (row,) = found["links"]
    assert (row["from"], row["relation"], row["to"]) == ("drift", "causes", "drop")
    assert (row["interviews"], row["people"], row["claims"], row["links summed"]) == (2, 2, 2, 4)
    assert (row["told in"], row["told by"]) == ("3, 11", "3/Interviewee, 11/Al")
    assert [(row["told in"], row["quote"]) for row in found["quotes"]] == [
        ("3", "it drifts: always"),
        ("11/Al", "and falls"),
        (None, "no head"),
    ]
    assert [(row["name"], row["links in"], row["links out"]) for row in found["concepts"]] == [
        ("drift", 0, 1),
        ("drop", 1, 0),
    ]
    assert [row["about"] for row in found["about"]] == [
        "What happens",
        "2 issues; 1 relation from 2 interviews.",
        "A. Author (2020)",
    ]


def test_no_word_and_no_name_where_none_may_leave_the_house(tmp_path: Path) -> None:
    found = sheets(tmp_path, private(), quotes=False, pseudonyms=True)
    assert "quotes" not in found
    text = str(found)
    assert "drift" in text
    for name in ("Quentin", "Zzyzx", "Xanthippe", "c0ffee"):
        assert name not in text


def test_what_a_cell_does_not_hold_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    graph = Subgraph.of([concept("long", description="a" * 40_000)], [])
    export(graph, tmp_path / "map.xlsx", FigureOptions(), told.append)
    assert told == ["not in the workbook: letters beyond what a cell of Excel holds: 7233."]
