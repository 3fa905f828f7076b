"""A file's records, sorted to the sources they belong to; what belongs nowhere is counted."""

from __future__ import annotations

from typing import Any

import pytest

from kb.errors import InputError
from kb.ingest.collect import Contents, collect
from kb.ingest.reading import Reading
from kb.records import AnyRecord, Code, Coding, End, Memo, Notice, Participant, Relation, Source, Turn


def header(interview: str = "1", **more: Any) -> Source:
    return Source(interview=interview, title=f"Interview {interview}", file="x", format="tool", **more)


def said(interview: str = "1", count: int = 2) -> list[Turn]:
    return [
        Turn(id=f"{interview}.{n}", interview=interview, index=7 * n, text=f"word {n} of {interview}")
        for n in range(count)
    ]


def coded(turn: str, label: str, **more: Any) -> Coding:
    return Coding(interview=turn.split(".", maxsplit=1)[0], turn=turn, label=label, code=label, **more)


def sorted_(*records: AnyRecord) -> Contents:
    return collect(records, "c0ffee", "study.tool", lambda: "tool")


def codings(contents: Contents) -> dict[str, list[str]]:
    return {reading.id: [coding.label for coding in reading.codings] for reading in contents.readings}


def lost(contents: Contents) -> list[str]:
    return [notice.message for notice in contents.notices if notice.level == "lost"]


def test_a_file_of_one_source_is_one_reading_and_no_project() -> None:
    found = sorted_(
        header(coder="Ann", round="coding"), *said(), coded("1.1", "A", coder="Ann", round="coding")
    )
    assert codings(found) == {"1/Ann/coding": ["A"]}
    assert found.project is None
    (reading,) = found.readings
    assert (reading.source.file, reading.project) == ("study.tool", None)
    assert [(turn.id, turn.index) for turn in reading.turns] == [("1:0000", 0), ("1:0001", 1)]
    assert reading.codings[0].turn == "1:0001"


@pytest.mark.parametrize(
    ("headers", "coder", "round_", "expected"),
    [
        # The only coder's, where the coding says nothing.
        ([("Ann", "coding")], None, None, "1/Ann/coding"),
        ([("Ann", "second")], "Ann", None, "1/Ann/second"),
        # A coder without a header of their own.
        ([("Ann", "coding")], "Bea", None, "1/Bea/coding"),
        ([(None, None)], "Bea", None, "1/Bea/coding"),
        ([(None, None)], None, None, "1/unnamed coder/coding"),
        # One of several rounds, and none of them.
        ([("Ann", "first"), ("Ann", "second")], "Ann", "second", "1/Ann/second"),
        ([("Ann", "first"), ("Ann", "second")], "Ann", None, "1/Ann/coding"),
        ([("Ann", "first"), ("Bea", "first")], None, None, "1/unnamed coder/coding"),
        # A header that names a coder and no round is a coder's all the same.
        ([("Ann", None)], "Ann", None, "1/Ann/coding"),
    ],
)
def test_a_coding_is_its_coders(
    headers: list[tuple[str | None, str | None]], coder: str | None, round_: str | None, expected: str
) -> None:
    sources = [header(coder=name, round=which) for name, which in headers]
    found = sorted_(*sources, *said(), coded("1.0", "A", coder=coder, round=round_))
    assert [id_ for id_, labels in codings(found).items() if labels] == [expected]
    assert all(
        coding.coder == reading.source.coder for reading in found.readings for coding in reading.codings
    )
    assert lost(found) == []


def test_records_find_their_interview_wherever_they_stand() -> None:
    found = sorted_(
        coded("2.0", "B", coder="Bea"), *said("2"), header("1"), *said("1"), coded("1.1", "A", coder="Ann"),
        header("2"), Memo(text="short", turn="2.1"), Participant(name="P", interview="1"),
    )  # fmt: skip
    assert codings(found) == {"2/tool": [], "2/Bea/coding": ["B"], "1/tool": [], "1/Ann/coding": ["A"]}
    own = {reading.id: reading for reading in found.readings}
    assert [memo.turn for memo in own["2/tool"].memos] == ["2:0001"]
    assert [person.name for person in own["1/tool"].participants] == ["P"]
    assert found.project
    assert found.project.sources == ("1/Ann/coding", "1/tool", "2/Bea/coding", "2/tool")
    assert {reading.project for reading in found.readings} == {found.project.id}


def test_an_analysts_relations_and_memos_go_with_their_codings() -> None:
    claim = Relation(
        kind="causes", start=End(code="A", turn="1.0"), end=End(code="B", turn="1.1"), coder="Bea"
    )
    found = sorted_(
        header(), *said(), coded("1.0", "A", coder="Bea"), claim, Memo(text="m", interview="1", coder="Bea"),
        Memo(text="n", interview="1", coder="Nobody"),
    )  # fmt: skip
    own = {reading.id: reading for reading in found.readings}
    assert own["1/Bea/coding"].relations[0].end.turn == "1:0001"
    assert [memo.text for memo in own["1/Bea/coding"].memos] == ["m"]
    assert [memo.text for memo in own["1/tool"].memos] == ["n"]


def test_a_relation_of_a_kind_of_the_tools_own_links_codes_and_passages() -> None:
    both = Relation(kind="hints at", start=End(code="A", turn="1.0"), end=End(code="B", turn="1.1"))
    found = sorted_(header(), *said(), both)
    (reading,) = found.readings
    assert [(r.start.code, r.start.turn) for r in reading.relations] == [(None, "1:0000")]
    assert found.project
    assert [(r.start.code, r.end.turn) for r in found.project.relations] == [("A", "1:0001")]


def test_a_transcript_that_comes_once_for_each_coder_is_one() -> None:
    found = sorted_(
        header(coder="Ann"), *said(), coded("1.0", "A", coder="Ann"),
        header(coder="Bea"), *said(), coded("1.1", "B", coder="Bea"),
    )  # fmt: skip
    assert codings(found) == {"1/Ann/coding": ["A"], "1/Bea/coding": ["B"]}
    assert [len(reading.turns) for reading in found.readings] == [2, 2]
    assert lost(found) == []


def test_what_belongs_nowhere_is_counted() -> None:
    other = said()[0].model_copy(update={"text": "other words under its id"})
    found = sorted_(
        header(), header(codes_exported=True), *said(), other, coded("1.9", "A"), coded("1.8", "A"),
        coded("3.0", "A"), *said("4"), header("5"),
        Code(name="A", colour="#000000"), Code(name="A", colour="#ffffff"),
        Participant(name="P", attributes={"age": 3}), Participant(name="P", attributes={"age": 4}),
        Participant(name="P", interview="9"), Memo(text="m", interview="9"), Memo(text="m", turn="9.0"),
        Relation(kind="x", start=End(turn="9.0"), end=End(turn="1.0")),
        Relation(kind="x", start=End(code="A"), end=End(turn="1.0")),
    )  # fmt: skip
    assert sorted(lost(found)) == sorted(
        [
            "headers of interview 1 that have coder and round of another: 1.",
            "ids of turns of interview 1 that stand twice; the first is meant: 1.",
            "codings on turns that interview 1 has not: 2.",
            "codings of interview 3, of which the file has no source: 1.",
            "turns of interview 4, of which the file has no source: 2.",
            "sources of interview 5, of which the file has no turn: 1.",
            "entries of the code tree named 'A' like another: 1.",
            "values of variable 'age' that contradict another of the same participant: 1.",
            "interviews of participants that the file does not hold: 1.",
            "interviews of memos that the file does not hold; the memos are kept: 1.",
            "turns of memos that the file does not hold; the memos are kept: 1.",
            "passages of relations, on turns that the file does not hold: 1.",
            "relations between a code and a passage: 1.",
        ]
    )
    assert found.project
    assert len(found.project.memos) == 2
    assert len(found.readings[0].turns) == 3  # words are kept, whatever their id


def test_a_reading_comes_back_as_it_was_kept() -> None:
    found = sorted_(
        header(coder="Ann", round="coding"),
        *said(),
        coded("1.0", "A", coder="Ann", quote="word", start=0, end=4),
        Relation(kind="causes", start=End(code="A", turn="1.0", quote="word"), end=End(code="B")),
        Memo(text="m", turn="1.1", quote="of 1", coder="Ann"),
        Participant(name="P", interview="1", speaker="S"),
    )
    (reading,) = found.readings
    again = Reading.load(reading.dump(), reading.sha256)
    assert again == reading
    assert again.digest == reading.digest
    assert again.labels == ("A", "B")


def test_notices_of_no_interview_are_kept_beside() -> None:
    told = Notice(level="warning", message="odd.", source="study.tool")
    own = Notice(level="warning", message="own.", source="study.tool", interview="1")
    found = sorted_(header(), *said(), told, own)
    assert found.notices == (told,)
    assert found.readings[0].notices == (own,)


def test_a_file_with_neither_turns_nor_a_study_is_refused() -> None:
    with pytest.raises(InputError, match="no speaker's turn"):
        sorted_(header(), Notice(level="lost", message="all of it.", source="x"))
