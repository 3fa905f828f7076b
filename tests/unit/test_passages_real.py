"""The words that real prints mark, exported as a table, are found where they were marked."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kb.ingest.align import merge
from kb.ingest.collect import collect
from kb.ingest.overrides import Overrides, parse
from kb.ingest.place import place_codings
from kb.ingest.reading import Reading
from tests.shared import shared_path


def reading(path: Path) -> Reading:
    return collect(parse(path, Overrides())[1], "", path.name, lambda: "").readings[0]


@pytest.mark.parametrize("name", ["Interview 11 - PO", "Interview 19 - PO", "Interview 12 - PO"])
def test_every_marked_passage_is_found_again(name: str, tmp_path: Path) -> None:
    printed = reading(shared_path("interviews", "codings", f"2023-06-04-{name}.pdf"))
    text = {turn.id: turn.text for turn in printed.turns}
    wanted = {(c.turn, c.label, c.quote or text[c.turn]) for c in printed.codings}
    assert wanted
    path = tmp_path / "segments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Document name", "Segment", "Code"])
        writer.writerows([printed.source.title, words, label] for _, label, words in sorted(wanted))
    table = reading(path)
    bare = {"coder": None, "round": None, "format": "transcript"}
    transcript = replace(printed, codings=(), source=printed.source.model_copy(update=bare))
    merged = merge([table, transcript])
    assert merged.base == transcript.id
    placed = place_codings(table, merged.placed[table.id], [])
    assert {(turn.id, coding.label, coding.quote) for turn, coding in placed} == wanted
