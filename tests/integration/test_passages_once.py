"""A passage that several coders mark is shown once, with all marked words; quotes are whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.ingest.load import Options, load
from kb.store.bolt import Store

TEXT = "The old pump leaks, the belt slips, the bearing sings and nobody looks."
ASTRAL = "😀 The pump leaks 😀 and the belt slips."


def study(folder: Path, marks: list[tuple[str, str, str]], text: str = TEXT) -> Path:
    """One interview of an answer and a question, with what each coder marked of the answer."""
    lines: list[dict[str, object]] = [
        {"type": "source", "interview": "7", "title": "7", "file": "7.jsonl", "format": "jsonl",
         "codes_exported": True},
        {"type": "turn", "id": "7:0000", "interview": "7", "index": 0, "speaker": "I", "role": "interviewer",
         "text": "What breaks?"},
        {"type": "turn", "id": "7:0001", "interview": "7", "index": 1, "speaker": "P", "role": "interviewee",
         "text": text},
    ]  # fmt: skip
    for coder, code, words in marks:
        start = text.index(words)
        place = {"quote": words, "start": start, "end": start + len(words)} if words else {}
        lines.append(
            {"type": "coding", "interview": "7", "turn": "7:0001", "label": code, "code": code,
             "coder": coder, "round": "coding", **place}
        )  # fmt: skip
    path = folder / "7.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("marks", "quote"),
    [
        ({"Ada": "pump leaks", "Ben": "leaks, the belt"}, "pump leaks, the belt"),  # they overlap
        ({"Ada": "The old pump", "Ben": "leaks"}, "The old pump leaks"),  # one goes on where the other ends
        ({"Ada": "belt slips", "Ben": "The old pump"}, "The old pump … belt slips"),
        ({"Ada": "belt", "Ben": "The old pump leaks, the belt slips", "Cyd": "slips"},
         "The old pump leaks, the belt slips"),
        ({"Ada": "belt", "Ben": ""}, "belt"),
        ({"Ada": "", "Ben": ""}, TEXT),
    ],
)  # fmt: skip
def test_what_coders_marked_of_a_turn_is_one_passage(
    store: Store, tmp_path: Path, marks: dict[str, str], quote: str
) -> None:
    load(store, [study(tmp_path, [(coder, "pump", words) for coder, words in marks.items()])])
    (row,) = ask(store, find_query("evidence"), {"code": "pump"}).rows
    assert row["quote"] == quote
    assert row["coded_by"] == [f"{coder} (coding)" for coder in sorted(marks)]
    assert (row["turn"], row["role"]) == ("7:0001", "interviewee")


def test_letters_that_an_engine_counts_twice_shift_no_words(store: Store, tmp_path: Path) -> None:
    marks = [("Ada", "pump", "pump leaks"), ("Ben", "pump", "belt slips"), ("Cyd", "pump", "belt slips")]
    load(store, [study(tmp_path, marks, ASTRAL)])
    (row,) = ask(store, find_query("evidence"), {"code": "pump"}).rows
    assert row["quote"] == "pump leaks … belt slips"


def test_a_graph_of_an_older_kb_gets_whole_quotes_with_the_next_load(store: Store, tmp_path: Path) -> None:
    text = "Rust makes the pump leak, " + "and so on, " * 60 + "for years."
    path = study(tmp_path, [], text)
    relations = tmp_path / "relations.yaml"
    relations.write_text(
        "relations:\n- {interview: 7, id: A, kind: causes, cause: old rust, effect: leaking pump, "
        f'explicit: stated, quote: "{text}"}}\n',
        encoding="utf-8",
    )
    report = load(store, [path, relations], Options(shipped_relations=False))
    assert not report.failed, report
    whole = [f"7: {text[:-1]} [7:0001]"]  # found word by word, without the full stop
    causes = find_query("causes-of")
    assert [row["quotes"] for row in ask(store, causes, {"issue": "leaking pump"}).rows] == [whole]
    store.write("MATCH (:Concept)-[r:CAUSES]->(:Concept) SET r.quotes = ['7: Rust makes…']")
    (state,) = store.read("MATCH (s) WHERE s.version IS NOT NULL RETURN s.version AS version").rows
    assert state["version"] > 1
    store.write("MATCH (s) WHERE s.version IS NOT NULL SET s.version = 1")
    load(store, [path])
    assert [row["quotes"] for row in ask(store, causes, {"issue": "leaking pump"}).rows] == [whole]
