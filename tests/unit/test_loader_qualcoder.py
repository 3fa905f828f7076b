"""Projects of QualCoder: files, codings by their characters, the tree, cases, lines, and what is told."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import InputError
from kb.records import AnyRecord, Code, Coding, Memo, Notice, Participant, Relation, Source, Turn
from loaders import detect, find_sources, qualcoder
from tests.shared import shared_path
from tests.unit import projects

FILES = {
    "Interview 1.docx": "Interviewer: What goes wrong 😀?\n\nIna: The flour is damp — the crust tears.\n",
    "Talk": "The room is warm.",
}
CODES = ["Damp flour", "Torn crust", "Warm room"]
CODINGS = [
    ("Interview 1.docx", "The flour is damp", "Damp flour", "ann"),
    ("Interview 1.docx", "the crust tears", "Torn crust", "bea"),
    ("Talk", "warm", "Warm room", "ann"),
]
MORE: list[tuple[str, dict[str, Any]]] = [
    ("code_cat", {"catid": 1, "name": "Dough", "memo": "All of it"}),
    ("code_cat", {"catid": 2, "name": "Torn crust", "supercatid": 1}),
    ("cases", {"caseid": 1, "name": "ina", "memo": "keeps a diary"}),
    ("case_text", {"caseid": 1, "fid": 1, "pos0": 0, "pos1": 70}),
    ("attribute_type", {"name": "years", "caseOrFile": "case", "valuetype": "numeric"}),
    ("attribute_type", {"name": "town", "caseOrFile": "file", "valuetype": "character"}),
    ("attribute", {"name": "years", "attr_type": "case", "value": "12", "id": 1}),
    ("attribute", {"name": "town", "attr_type": "file", "value": "Ölde", "id": 1}),
    ("attribute", {"name": "town", "attr_type": "file", "value": "12", "id": 2}),
    ("attribute", {"name": "Ref_Title", "attr_type": "file", "value": "A book", "id": 2}),
    ("annotation", {"fid": 1, "pos0": 38, "pos1": 47, "memo": "ask again", "owner": "bea"}),
    ("journal", {"name": "Day 1", "jentry": "We began.", "owner": "ann"}),
    ("graph", {"name": "Why", "description": "as we see it"}),
    ("gr_cdct_line_item", {"fromcatid": 2, "fromcid": 1, "tocid": 2, "label": "leads to"}),
    ("gr_cdct_line_item", {"fromcid": 2, "tocid": 3, "label": "is caused by"}),
    ("gr_cdct_line_item", {"fromcatid": 1, "tocid": 1}),
    ("gr_free_line_item", {"fromcid": 1, "tocatid": 1, "label": "reminds of", "arrow_mode": "backward"}),
    ("gr_free_line_item", {"fromcid": 1, "tocaseid": 1, "label": "says"}),
    ("code_image", {"id": 9, "cid": 1}),
]  # fmt: skip


def read(path: Path) -> list[AnyRecord]:
    return list(qualcoder.parse(path))


def codings(records: list[AnyRecord]) -> list[tuple[str, str, str | None, str | None]]:
    return sorted((r.turn, r.label, r.quote, r.coder) for r in records if isinstance(r, Coding))


def lost(records: list[AnyRecord]) -> list[str]:
    return [r.message for r in records if isinstance(r, Notice) and r.level == "lost"]


def said(records: list[AnyRecord]) -> str:
    return " ".join(r.message for r in records if isinstance(r, Notice))


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return projects.qualcoder(tmp_path / "bakers.qda", FILES, CODES, CODINGS, MORE)


CODED = [
    ("1:0001", "Damp flour", "The flour is damp", "ann"),
    ("1:0001", "Torn crust", "the crust tears", "bea"),
    ("talk:0000", "Warm room", "warm", "ann"),
]


def test_codings_are_on_their_words_under_their_coders_names(study: Path) -> None:
    records = read(study)
    assert detect(study).FORMAT == "qualcoder"
    assert [(r.interview, r.title, r.file) for r in records if isinstance(r, Source)] == [
        ("1", "Interview 1", "bakers.qda"), ("talk", "Talk", "bakers.qda")
    ]  # fmt: skip
    assert codings(records) == CODED


def test_categories_and_codes_are_one_tree(study: Path) -> None:
    change(
        study,
        "UPDATE code_name SET catid = 2 WHERE name = 'Torn crust'",
        "UPDATE code_name SET supercid = 2 WHERE name = 'Damp flour'",
    )
    tree = {r.name: (r.parent, r.colour, r.description) for r in read(study) if isinstance(r, Code)}
    assert tree == {
        "Dough": (None, None, "All of it"),
        "Torn crust (category)": ("Dough", None, None),
        "Torn crust": ("Torn crust (category)", "#aa8800", None),
        "Damp flour": ("Torn crust", "#aa8800", None),
        "Warm room": (None, "#aa8800", None),
    }


def test_codes_that_stand_under_themselves_are_told(study: Path) -> None:
    change(
        study,
        "UPDATE code_name SET supercid = CASE cid WHEN 1 THEN 2 ELSE 1 END WHERE cid < 3",
        "UPDATE code_cat SET supercatid = CASE catid WHEN 1 THEN 2 ELSE 1 END",
    )
    records = read(study)
    assert {r.parent for r in records if isinstance(r, Code)} == {None}
    assert "codes that stand under themselves; they are at the top: 2." in lost(records)
    assert "categories that stand under themselves; they are at the top: 2." in lost(records)


def test_labelled_lines_are_relations_of_the_kind_that_the_label_means(study: Path) -> None:
    found = [(r.kind, r.start.code, r.end.code, r.note) for r in read(study) if isinstance(r, Relation)]
    assert sorted(found, key=str) == [
        ("causes", "Damp flour", "Torn crust", "leads to"),
        ("causes", "Warm room", "Torn crust", "is caused by"),
        ("reminds of", "Dough", "Damp flour", None),
    ]


def test_cases_are_participants_with_their_attributes_and_their_files(study: Path) -> None:
    people = [r for r in read(study) if isinstance(r, Participant)]
    assert {(p.interview, p.speaker) for p in people if p.name == "ina"} == {
        (None, None), ("1", "Ina"), ("1", None)
    }  # fmt: skip
    assert [p.attributes for p in people if p.name == "ina" and p.attributes] == [
        {"town": "Ölde"},
        {"years": 12},
    ]
    # Of a file that no case has.
    assert [(p.interview, p.attributes) for p in people if p.name == "Talk"] == [("talk", {"town": "12"})]


def test_notes_are_memos_on_what_they_are_about(study: Path) -> None:
    change(study, "UPDATE code_text SET memo = 'a nice one' WHERE cid = 1")
    memos = {m.text: m for m in read(study) if isinstance(m, Memo)}
    assert set(memos) == {"keeps a diary", "ask again", "We began.", "as we see it", "a nice one"}
    assert memos["keeps a diary"].participant == "ina"
    note = memos["ask again"]
    assert (note.turn, note.quote, note.coder) == ("1:0001", "The flour", "bea")
    assert (memos["We began."].title, memos["We began."].coder) == ("Day 1", "ann")
    assert (memos["a nice one"].code, memos["a nice one"].quote) == ("Damp flour", "The flour is damp")


def test_what_the_graph_cannot_hold_is_told_by_kind_and_number(study: Path) -> None:
    change(
        study,
        "UPDATE code_text SET important = 1 WHERE cid < 3",
        "INSERT INTO source (id, name, mediapath) VALUES (9, 'x.mp3', '/audio/x.mp3')",
        "INSERT INTO code_text (cid, fid, seltext, pos0, pos1) VALUES (1, 9, 'x', 0, 1), (99, 1, 'x', 0, 1)",
        "INSERT INTO code_text (cid, fid, seltext, pos0, pos1) VALUES (1, 1, 'never said', 900, 910)",
        "CREATE TABLE links_of_next_year (a)",
        "INSERT INTO links_of_next_year VALUES (1), (2)",
    )
    assert lost(read(study)) == [
        "attributes of files that are references: 1.",
        "codings in files that have no text or are not there: 1.",
        "codings on pictures: 1.",
        "codings whose place is not in the text: 1.",
        "codings with codes that are not there: 1.",
        "drawings of graphs, whose labelled lines between codes are kept: 1.",
        "lines of graphs to texts, cases, files and media: 1.",
        "marks of codings as important: 2.",
        "pictures, recordings and other files without text: 1.",
        "rows of a table that kb does not know (links_of_next_year): 2.",
    ]


def test_a_project_of_an_old_version_comes_in(tmp_path: Path) -> None:
    old = projects.qualcoder(tmp_path / "old.qda", FILES, CODES, CODINGS, schema=projects.QUALCODER)
    assert codings(read(old)) == CODED
    bare = "CREATE TABLE project (databaseversion, memo, about); CREATE TABLE source (id, name, fulltext); "
    bare += "CREATE TABLE code_name (cid, name, color); "
    bare += "CREATE TABLE code_text (cid, fid, seltext, pos0, pos1, owner)"
    bare_project = projects.qualcoder(tmp_path / "b.qda", FILES, CODES, CODINGS, schema=bare)
    assert codings(read(bare_project)) == CODED


def test_the_same_study_with_other_numbers_in_another_order_is_the_same(tmp_path: Path) -> None:
    one = projects.qualcoder(tmp_path / "a" / "x.qda", FILES, CODES, CODINGS)
    two = projects.qualcoder(tmp_path / "b" / "x.qda", FILES, CODES, CODINGS, first=40, order=-1)
    assert read(one) == read(two)


@pytest.mark.parametrize(
    ("text", "pos"),
    [
        ("Ina: 😀😀 oh. The flour is damp.", (14, 31)),  # counted in UTF-16 units
        ("Me: So?\r\nIna: Oh.\r\nThe flour is damp.", (17, 34)),  # with line ends as one
        ("\ufeffIna: The flour is damp.", (5, 22)),  # without the byte order mark
        ("Ina: New words. The flour is damp.", (5, 22)),  # before somebody edited the text
    ],
)
def test_words_are_found_however_their_offsets_were_counted(
    tmp_path: Path, text: str, pos: tuple[int, int]
) -> None:
    path = projects.qualcoder(
        tmp_path / "x.qda", {"Talk": text}, ["Damp"], [("Talk", "The flour is damp", "Damp", "a")]
    )
    change(path, f"UPDATE code_text SET pos0 = {pos[0]}, pos1 = {pos[1]}")
    records = read(path)
    assert [r.quote for r in records if isinstance(r, Coding)] == ["The flour is damp"]
    assert "1 coding stood elsewhere than QualCoder counts" in said(records)
    assert lost(records) == []


def test_marked_speakers_are_who_speaks_and_no_codes(tmp_path: Path) -> None:
    text = "T - What goes wrong?\nI - The flour is damp."
    who = "📌 Speaker coding"
    path = projects.qualcoder(
        tmp_path / "x.qda", {"Talk": text}, ["Damp", "📌 Tom", "📌 Ina"],
        [("Talk", "T - What goes wrong?", "📌 Tom", who),
         ("Talk", "I - The flour is damp.", "📌 Ina", who), ("Talk", "damp", "Damp", "ann")],
        [("code_cat", {"catid": 1, "name": "📌 Speakers"})],
    )  # fmt: skip
    change(path, "UPDATE code_name SET catid = 1 WHERE name <> 'Damp'")
    records = list(qualcoder.parse(path, interviewers=["Tom"], interviewees=["Ina"]))
    assert [(r.speaker, r.role) for r in records if isinstance(r, Turn)] == [
        ("Tom", "interviewer"), ("Ina", "interviewee")
    ]  # fmt: skip
    unsaid = read(path)
    assert [(r.speaker, r.role) for r in unsaid if isinstance(r, Turn)] == [("Tom", None), ("Ina", None)]
    assert "(Ina, Tom) cannot be told" in said(unsaid)
    assert [r.name for r in records if isinstance(r, Code)] == ["Damp"]
    assert [(r.label, r.coder) for r in records if isinstance(r, Coding)] == [("Damp", "ann")]


def test_a_folder_of_the_ending_is_one_source_wherever_it_is_met(study: Path, tmp_path: Path) -> None:
    (study.parent / "documents").mkdir()
    (study.parent / "documents" / "Interview 1.txt").write_text("Interviewer: Why?\nIna: So.\n")
    backup = tmp_path / "bakers_BKUP_20260101_09.qda"
    shutil.copytree(study.parent, backup)
    for named in (tmp_path, study.parent, study):
        assert [source.path for source in find_sources([named]).sources] == [study]
    assert [source.path.parent for source in find_sources([backup]).sources] == [backup]
    assert dict(find_sources([tmp_path]).left_aside) == {".qda": 1}


HARD = st.text(st.sampled_from("ab é😀\u0301\u200f\u05d0\t\r\n—'.:"), min_size=1, max_size=60).filter(
    lambda text: bool(text.strip())
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(HARD, st.data())
def test_the_words_of_every_coding_are_the_selections(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    path = projects.qualcoder(tmp_path_factory.mktemp("q") / "x.qda", {"Talk": text}, ["a"], [])
    chosen = {}
    with closing(sqlite3.connect(path)) as db:
        for n in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(start + 1, len(text)))
            chosen[f"coder {n}"] = text[start:end]
            db.execute(
                "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner) VALUES (1, 1, ?, ?, ?, ?)",
                [text[start:end], start, end, f"coder {n}"],
            )
        db.commit()
    records = read(path)
    turns = {r.id: r for r in records if isinstance(r, Turn)}
    if all(turn.speaker == "Talk" for turn in turns.values()):  # nothing was taken for a label
        for coder, words in chosen.items():
            own = [r for r in records if isinstance(r, Coding) and r.coder == coder]
            assert "".join("".join((r.quote or turns[r.turn].text).split()) for r in own) == "".join(
                words.split()
            )


def test_a_damaged_or_hostile_database_is_refused_with_a_sentence(study: Path, tmp_path: Path) -> None:
    whole = study.read_bytes()
    chance = random.Random(12)
    hurt = tmp_path / "hurt.qda"
    refused: list[str] = []
    for n in range(60):
        raw = bytearray(whole)
        if n % 3 == 0:
            del raw[chance.randrange(1, len(raw)) :]
        else:
            for _ in range(30):
                raw[chance.randrange(0, len(raw))] = chance.randrange(256)
        hurt.write_bytes(raw)
        assert qualcoder.detect(hurt)
        try:
            list(qualcoder.parse(hurt))
        except InputError as error:
            refused.append(str(error))
    assert len(refused) > 20
    assert not [sentence for sentence in refused if "\n" in sentence]


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TABLE source", "CREATE VIEW source AS SELECT 1 AS id, 'x' AS name, 'y' AS fulltext"],
        ["DROP TABLE code_text"],
        ["UPDATE source SET fulltext = x'00ff'"],
        ["UPDATE source SET fulltext = CAST(x'ff41' AS TEXT)"],
        ["UPDATE source SET fulltext = NULL"],
        ["UPDATE source SET fulltext = printf('%.*c', 70000000, 'x') WHERE id = 1"],
    ],
)
def test_what_is_no_project_is_refused(study: Path, statements: list[str]) -> None:
    change(study, *statements)
    with pytest.raises(InputError):
        read(study)


def test_values_of_another_type_than_a_column_should_have_do_no_harm(study: Path) -> None:
    change(
        study,
        "UPDATE code_text SET pos0 = 'here' WHERE cid = 1",
        "UPDATE code_name SET color = 17, memo = 3.5 WHERE cid = 1",
        "UPDATE code_text SET owner = 12 WHERE cid = 2",
    )
    assert ("1:0001", "Torn crust", "the crust tears", "12") in codings(read(study))


def test_the_sample_of_qualcoder_itself_comes_in_whole() -> None:
    path = shared_path("samples", "qualcoder", "demo.qda") / "data.qda"
    records = read(path)
    assert len(codings(records)) == 13
    assert {r.coder for r in records if isinstance(r, Coding)} == {"coder1", "coder2"}
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
        texts = sorted("".join(row[0].split()) for row in db.execute("SELECT seltext FROM code_text"))
    assert sorted("".join((r.quote or "").split()) for r in records if isinstance(r, Coding)) == texts
    assert [(r.kind, r.start.code, r.end.code) for r in records if isinstance(r, Relation)] == [
        ("causes", "cause.no_monitoring", "issue.drift")
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_surveys_answers_to_a_question_are_those_of_its_cases(tmp_path: Path, end: str) -> None:
    answers = ["I like it.", f"Too warm.{end}And too dry.", "No idea."]
    path = projects.qualcoder(
        tmp_path / "x.qda", {"Question 3": end.join(answers)}, ["Heat"],
        [("Question 3", "warm", "Heat", "ann")],
        [("cases", {"caseid": n, "name": f"R{n}"}) for n in (1, 2, 3)],
    )  # fmt: skip
    at = 0
    for n, answer in enumerate(answers, 1):
        change(
            path, f"INSERT INTO case_text (caseid, fid, pos0, pos1) VALUES ({n}, 1, {at}, {at + len(answer)})"
        )
        at += len(answer) + len(end)
    records = read(path)
    assert [(r.speaker, r.role, r.text) for r in records if isinstance(r, Turn)] == [
        ("R1", "interviewee", "I like it."),
        ("R2", "interviewee", "Too warm."),
        ("R2", "interviewee", "And too dry."),
        ("R3", "interviewee", "No idea."),
    ]
    assert [(p.name, p.speaker) for p in records if isinstance(p, Participant) if p.interview] == [
        ("R1", "R1"), ("R2", "R2"), ("R3", "R3")
    ]  # fmt: skip


def test_cases_that_have_the_whole_file_each_name_no_speaker(tmp_path: Path) -> None:
    path = projects.qualcoder(
        tmp_path / "x.qda", {"Group": "I like it.\nToo warm."}, ["Heat"], [("Group", "warm", "Heat", "ann")],
        [("cases", {"caseid": n, "name": f"R{n}"}) for n in (1, 2)],
    )  # fmt: skip
    change(path, "INSERT INTO case_text (caseid, fid, pos0, pos1) VALUES (1, 1, 0, 20), (2, 1, 0, 20)")
    assert {r.speaker for r in read(path) if isinstance(r, Turn)} == {"Group"}
