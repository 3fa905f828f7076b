"""What nobody said is credited to nobody: unknown speakers, statements of two people, a catalogue's word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.ingest.load import Options, load
from kb.store.bolt import Store

TALK = """Interviewer: What goes wrong in the bakery?

Interviewee 1: Wet flour makes the dough stick, every autumn.

Interviewee 2: Sticky dough stops the machine, that is my part of it.

Interviewer: And the cellar?

Interviewee 1: A leaking roof wets the flour, and it lets mould grow.
"""
ALONE = """Interviewer: And in your shop?

Interviewee: Wet flour makes dough stick with us as well.

Unknown Speaker: The machine stops when the dough sticks, we all know.
"""
RELATIONS = """interview: "61"
relations:
- {id: A1, kind: causes, cause: wet flour, effect: sticky dough,
   explicit: stated, quote: "Wet flour makes the dough stick"}
- {id: A2, kind: causes, cause: wet flour, effect: stopped machine, explicit: across-turns,
   quotes: ["Wet flour makes the dough stick", "Sticky dough stops the machine"]}
- {id: A3, kind: causes, cause: leaking roof, effect: wet flour,
   explicit: stated, quote: "A leaking roof wets the flour"}
"""
ALONE_RELATIONS = """interview: "62"
relations:
- {id: B1, kind: causes, cause: wet flour, effect: sticky dough,
   explicit: stated, quote: "Wet flour makes dough stick"}
- {id: B2, kind: causes, cause: sticky dough, effect: stopped machine,
   explicit: stated, quote: "The machine stops when"}
"""
CATALOGUE = """id: roofs
title: Roofs
citation: Nobody (2020). Roofs.
issues:
- id: R1
  name: old tiles on the house
  consequences:
  - {what: leaking roof, source: p1}
"""


@pytest.fixture
def told(store: Store, tmp_path: Path) -> Store:
    files = {
        "Interview 61.txt": TALK,
        "Interview 62.txt": ALONE,
        "61.yaml": RELATIONS,
        "62.yaml": ALONE_RELATIONS,
        "roofs.yaml": CATALOGUE,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in files if name != "roofs.yaml"]
    report = load(store, paths, Options(catalogues=(tmp_path / "roofs.yaml",)))
    assert not [source.error for source in report.sources if source.error]
    return store


def rows(store: Store, name: str, **given: Any) -> list[dict[str, Any]]:
    return ask(store, find_query(name), given).rows


def test_an_unknown_speakers_words_are_not_the_only_interviewees(told: Store) -> None:
    (found,) = [
        row
        for row in rows(told, "causal-chains", cause="wet flour", effect="stopped machine")
        if row["links"] == 2
    ]
    assert (found["told"], found["told_by"]) == ("stitched", [])


def test_a_statement_of_two_people_is_told_whole_by_neither(told: Store) -> None:
    (found,) = [
        row
        for row in rows(told, "causal-chains", cause="wet flour", effect="stopped machine")
        if row["links"] == 1
    ]
    assert (found["told"], found["told_by"], found["tellers"]) == ("stitched", [], [])


def test_a_cause_stays_a_beginning_if_only_a_catalogue_names_its_cause(told: Store) -> None:
    found = {row["cause"]: row["told"] for row in rows(told, "root-causes", issue="sticky dough")}
    assert found["leaking roof"] == "whole"
    assert set(found) == {"leaking roof", "old tiles on the house (R1)"}


def test_neo4j_browser_finds_the_same_beginnings_by_walking(told: Store) -> None:
    query = find_query("root-causes")
    values = {"issue": ["sticky dough"], "depth": 4, "roots": None}
    walked = told.read(query.statement(values), values).rows
    assert [row["cause"] for row in walked] == [
        row["cause"] for row in rows(told, "root-causes", issue="sticky dough")
    ]


LED = """Interviewer: Do you know why the cakes sink?

Interviewee: They sink in the middle, that is all I can tell.

Interviewer: Cold eggs make the cakes sink, I take it?

Interviewee: No idea.

Interviewer: And a slammed door makes them sink?

Interviewee: Yes.

Interviewer: Do warm eggs help?

Interviewee: We warm them by the stove now.

Interviewer: Then it is the wet flour that sinks them.

Interviewee: I don't know about that.

Interviewer: A dull knife sinks them too.

Interviewee: One has to saw, and that presses.

Interviewer: So the old yeast sinks them, I take it.

Interviewee: Exactly, it does.

Interviewer: What about a full moon?

Interviewee: I have no idea.

Interviewer: And a broken scale, does it sink them?

Interviewee: No, it had nothing to do with the scale.

Interviewer: And thin batter?

Interviewee: They rise, and then they fall in.
"""
LED_RELATIONS = """interview: "63"
relations:
- {id: C1, kind: causes, cause: cold eggs, effect: sunken cakes, explicit: stated,
   quote: "Cold eggs make the cakes sink"}
- {id: C2, kind: causes, cause: slammed door, effect: sunken cakes, explicit: stated,
   quote: "And a slammed door makes them sink"}
- {id: C3, kind: causes, cause: cold kitchen, effect: sunken cakes, explicit: stated,
   quote: "Do warm eggs help", speaker: Interviewee}
- {id: C4, kind: causes, cause: wet flour, effect: sunken cakes, explicit: stated,
   quote: "Then it is the wet flour that sinks"}
- {id: C5, kind: causes, cause: dull knife, effect: sunken cakes, explicit: stated,
   quote: "A dull knife sinks them too"}
- {id: C6, kind: causes, cause: old yeast, effect: sunken cakes, explicit: stated,
   quote: "So the old yeast sinks them"}
- {id: C7, kind: causes, cause: full moon, effect: sunken cakes, explicit: across-turns,
   quotes: ["What about a full moon", "I have no idea"]}
- {id: C8, kind: causes, cause: broken scale, effect: sunken cakes, explicit: across-turns,
   quotes: ["And a broken scale", "No, it had nothing to do"]}
- {id: C9, kind: causes, cause: thin batter, effect: sunken cakes, explicit: across-turns,
   quotes: ["And thin batter", "They rise, and then they fall in"]}
"""


def test_a_leading_question_is_told_by_nobody_unless_it_is_confirmed(store: Store, tmp_path: Path) -> None:
    (tmp_path / "Interview 63.txt").write_text(LED, encoding="utf-8")
    (tmp_path / "63.yaml").write_text(LED_RELATIONS, encoding="utf-8")
    report = load(store, [tmp_path])
    found = {row["cause"]: row for row in rows(store, "causes-of", issue="sunken cakes")}
    assert {name: row["people"] for name, row in found.items()} == {
        "cold eggs": 0,
        "slammed door": 1,
        "cold kitchen": 1,  # the reader says whose words they are
        "wet flour": 0,  # denied
        "dull knife": 0,  # a leading statement, and not confirmed
        "old yeast": 1,  # one that is
        "full moon": 0,  # the interviewee's quote beside the question says nothing
        "broken scale": 0,  # or denies it
        "thin batter": 1,  # or states something
    }
    said = [item.message for item in report.not_placed]
    assert any("'C5'" in text and "told by nobody" in text and "'speaker'" in text for text in said)
    assert not any("'C6'" in text for text in said)
    evidence = rows(store, "evidence-of-relation", **{"of": "slammed door", "and": "sunken cakes"})
    assert [(row["turn"], row["quote"]) for row in evidence] == [("63:0005", "Yes.")]
