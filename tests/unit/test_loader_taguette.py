"""Projects of Taguette: documents, highlights by their bytes, who tagged, and what is told."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import InputError
from kb.records import AnyRecord, Code, Coding, Memo, Notice, Source, Turn
from loaders import detect, taguette
from loaders._taguette_html import Html
from tests.shared import shared_path
from tests.unit import projects

BAKERS = {
    "Interview 1": [
        "Interviewer: What goes wrong 😀?",
        "Ina: The flour is damp & the crust — it tears.",
        "Ina: Ja.",
    ],
    "Talk with Otto": ["I own the shop.", "It rises too fast: the room is warm."],
}
TAGS = {"issue": "What hurts", "issue.torn": "The crust", "cause.damp": "", "e.g. this": ""}
HIGHLIGHTS = [
    ("Interview 1", "The flour is damp", ["cause.damp"], "ann"),
    ("Interview 1", "the crust — it tears.\nIna: Ja.", ["issue.torn", "issue"], "bea"),
    ("Talk with Otto", "too fast", [], "ann"),
]  # fmt: skip


def read(path: Path) -> list[AnyRecord]:
    return list(taguette.parse(path))


def codings(records: list[AnyRecord]) -> list[tuple[str, str, str | None, str | None]]:
    return sorted((r.turn, r.label, r.quote, r.coder) for r in records if isinstance(r, Coding))


def lost(records: list[AnyRecord]) -> list[str]:
    return [r.message for r in records if isinstance(r, Notice) and r.level == "lost"]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return projects.taguette(tmp_path / "bakers.sqlite3", BAKERS, HIGHLIGHTS, TAGS)


def change(path: Path, *statements: tuple[str, list[Any]]) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement, values in statements:
            db.execute(statement, values)
        db.commit()


def test_highlights_are_codings_of_who_tagged_them(study: Path) -> None:
    assert detect(study).FORMAT == "taguette"
    assert codings(read(study)) == [
        ("1:0001", "cause.damp", "The flour is damp", "ann"),
        ("1:0001", "issue", "the crust — it tears.", "bea"),
        ("1:0001", "issue.torn", "the crust — it tears.", "bea"),
        ("1:0002", "issue", "Ja.", "bea"),
        ("1:0002", "issue.torn", "Ja.", "bea"),
    ]
    assert lost(read(study)) == []


def test_speakers_are_found_and_a_document_without_any_is_its_persons(study: Path) -> None:
    records = read(study)
    assert [(r.interview, r.title) for r in records if isinstance(r, Source)] == [
        ("1", "Interview 1"), ("talk-with-otto", "Talk with Otto")
    ]  # fmt: skip
    assert [(r.speaker, r.text) for r in records if isinstance(r, Turn)] == [
        ("Interviewer", "What goes wrong 😀?"),
        ("Ina", "The flour is damp & the crust — it tears."),
        ("Ina", "Ja."),
        ("Talk with Otto", "I own the shop."),
        ("Talk with Otto", "It rises too fast: the room is warm."),
    ]


def test_a_tag_stands_under_the_tag_that_its_path_names(study: Path) -> None:
    tree = {r.name: (r.parent, r.description) for r in read(study) if isinstance(r, Code)}
    assert tree == {
        "issue": (None, "What hurts"), "issue.torn": ("issue", "The crust"), "cause.damp": (None, None),
        "e.g. this": (None, None),
    }  # fmt: skip


def test_a_highlight_without_a_tag_is_a_memo(study: Path) -> None:
    found = [
        (m.title, m.text, m.coder, m.turn, m.quote) for m in read(study) if isinstance(m, Memo) and m.turn
    ]
    assert found == [("highlight without a tag", "too fast", "ann", "talk-with-otto:0001", "too fast")]


def test_who_adds_a_tag_later_is_its_coder(study: Path) -> None:
    later = json.dumps({"type": "highlight_add", "highlight_id": 1, "tags": [3, 1]})
    change(
        study,
        ("INSERT INTO commands (user_login, payload) VALUES ('bea', ?)", [later]),
        ("INSERT INTO highlight_tags VALUES (1, 1)", []),
    )
    found = codings(read(study))
    assert ("1:0001", "cause.damp", "The flour is damp", "ann") in found
    assert ("1:0001", "issue", "The flour is damp", "bea") in found


def test_tags_that_were_merged_keep_their_coder(study: Path) -> None:
    merge = json.dumps({"type": "tag_merge", "src_tag_id": 3, "dest_tag_id": 4})
    change(
        study,
        ("INSERT INTO commands (user_login, payload) VALUES ('bea', ?)", [merge]),
        ("UPDATE highlight_tags SET tag_id = 4 WHERE tag_id = 3", []),
        ("DELETE FROM tags WHERE id = 3", []),
    )
    assert ("1:0001", "e.g. this", "The flour is damp", "ann") in codings(read(study))


def test_the_same_study_with_other_numbers_in_another_order_is_the_same(study: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = projects.taguette(tmp_path / "again" / study.name, BAKERS, HIGHLIGHTS, TAGS, first=70, order=-1)
    assert read(again) == read(study)


def test_two_documents_of_one_number_are_kept_apart(tmp_path: Path) -> None:
    documents = {"Interview 1": ["Me: One."], "P1": ["Me: Two."]}
    records = read(
        projects.taguette(tmp_path / "x.sqlite3", documents, [("P1", "Two.", ["a"], "ann")], {"a": ""})
    )
    assert [r.interview for r in records if isinstance(r, Source)] == ["1", "1-2"]
    assert codings(records) == [("1-2:0000", "a", "Two.", "ann")]
    assert any("1-2" in r.message for r in records if isinstance(r, Notice))


def test_offsets_that_point_elsewhere_give_way_to_the_words(study: Path) -> None:
    change(study, ("UPDATE highlights SET start_offset = start_offset - 5, end_offset = end_offset - 5", []))
    records = read(study)
    assert ("1:0001", "cause.damp", "The flour is damp", "ann") in codings(records)
    assert any("3 highlights stood elsewhere" in r.message for r in records if isinstance(r, Notice))


def test_what_has_no_place_is_told_with_its_number(study: Path) -> None:
    change(
        study,
        ("UPDATE highlights SET start_offset = 9000, end_offset = 9010 WHERE id < 3", []),
        ("UPDATE highlights SET snippet = '<p>gone</p>' WHERE id < 3", []),
        ("INSERT INTO highlights VALUES (50, 77, 0, 3, '')", []),
        ("UPDATE documents SET contents = contents || '<p><img src=x></p>'", []),
    )
    assert lost(read(study)) == [
        "highlights of documents that are not there: 1.",
        "highlights whose place is not in the document: 2.",
        "pictures in documents: 2.",
    ]


def test_markup_counts_nothing_and_lines_are_the_paragraphs() -> None:
    html = Html(
        "<h1>One</h1><p>a <b>b</b>\n  c<br>d &amp; é</p>\n<ul><li>x</li><li>y</li></ul><pre>\n1\n 2</pre>"
    )
    assert html.text == "One\na b c\nd & é\nx\ny\n1\n 2\n"
    assert html.nodes == "Onea b\n  cd & é\nxy1\n 2"
    assert all(html.text[html.at[n]] == char for n, char in enumerate(html.nodes) if not char.isspace())


def test_a_newer_versions_column_for_the_tag_above_counts(study: Path) -> None:
    change(
        study,
        ("ALTER TABLE tags ADD parent_id INTEGER", []),
        ("UPDATE tags SET parent_id = 1 WHERE path = 'cause.damp'", []),
    )
    assert {r.name: r.parent for r in read(study) if isinstance(r, Code)}["cause.damp"] == "issue"


HARD = st.text(st.sampled_from("ab é😀\u0301\u200f\u05d0\t&<>\u2014'\"."), min_size=1, max_size=25).filter(
    lambda line: bool(line.strip())
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(HARD, min_size=1, max_size=6), st.data())
def test_the_words_of_every_highlight_are_the_selections(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], data: st.DataObject
) -> None:
    text = "\n".join(lines)
    chosen = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        chosen.append((len(text[:start].encode()), len(text[:end].encode()), text[start:end]))
    path = projects.taguette(tmp_path_factory.mktemp("t") / "x.sqlite3", {"Talk": lines}, [], {"a": ""})
    for n, (first, last, words) in enumerate(chosen, 1):
        snippet = projects.paragraphs(words.split("\n"))
        log = json.dumps({"type": "highlight_add", "highlight_id": n, "tags": [1]})
        change(
            path,
            ("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", [n, first, last, snippet]),
            ("INSERT INTO highlight_tags VALUES (?, 1)", [n]),
            ("INSERT INTO commands (user_login, payload) VALUES (?, ?)", [f"coder {n}", log]),
        )
    records = read(path)
    turns = {r.id: r for r in records if isinstance(r, Turn)}
    for n, (_, _, words) in enumerate(chosen, 1):
        own = [r for r in records if isinstance(r, Coding) and r.coder == f"coder {n}"]
        found = "".join("".join((r.quote or turns[r.turn].text).split()) for r in own)
        if all(turn.speaker == "Talk" for turn in turns.values()):  # nothing was taken for a label
            assert found == "".join(words.split())


def test_a_damaged_or_hostile_database_is_refused_with_a_sentence(study: Path, tmp_path: Path) -> None:
    whole = study.read_bytes()
    chance = random.Random(12)
    hurt = tmp_path / "hurt.sqlite3"
    refused: list[str] = []
    for n in range(60):
        raw = bytearray(whole)
        if n % 3 == 0:
            del raw[chance.randrange(20, len(raw)) :]
        else:
            for _ in range(30):
                raw[chance.randrange(16, len(raw))] = chance.randrange(256)
        hurt.write_bytes(raw)
        try:
            list(taguette.parse(hurt))
        except InputError as error:
            refused.append(str(error))
    assert len(refused) > 20
    assert not [said for said in refused if "\n" in said]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW documents AS SELECT 1 AS id, 'x' AS name, '' AS filename, 'x' AS contents",
        "CREATE TABLE documents (id, name, contents AS (printf('%.*c', 900000000, 'x')))",
    ],
)
def test_what_is_computed_when_it_is_read_is_not_read(study: Path, statement: str) -> None:
    change(study, ("DROP TABLE documents", []), (statement, []))
    with pytest.raises(InputError):
        list(taguette.parse(study))


def test_changes_that_are_not_in_the_file_yet_are_not_lost_silently(study: Path) -> None:
    with closing(sqlite3.connect(study)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("INSERT INTO tags VALUES (9, 1, 'new', '')")
        db.commit()
        with pytest.raises(InputError, match=r"bakers\.sqlite3-wal"):
            list(taguette.parse(study))
    assert "new" in [r.name for r in read(study) if isinstance(r, Code)]


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = projects.filled(tmp_path / "other.sqlite3", "CREATE TABLE t (a)", [])
    assert not taguette.detect(path)
    with pytest.raises(InputError, match="Taguette"):
        detect(path)


def test_the_sample_of_taguette_itself_comes_in_whole() -> None:
    records = read(shared_path("samples", "taguette", "project.sqlite3"))
    assert len([r for r in records if isinstance(r, Coding)]) == 11
    assert len([r for r in records if isinstance(r, Source)]) == 3
    assert lost(records) == []
    with closing(
        sqlite3.connect(f"file:{shared_path('samples', 'taguette', 'project.sqlite3')}?immutable=1", uri=True)
    ) as db:
        snippets = {
            "".join(Html(row[0]).nodes.split()) for row in db.execute("SELECT snippet FROM highlights")
        }
    assert {"".join(r.quote.split()) for r in records if isinstance(r, Coding | Memo) and r.quote} == snippets


@pytest.mark.parametrize("section", ["<![CDAATA[x]]>", "<![ no ]>", "<![if IE]>", "<![CDATA[x]]>", "<!["])
def test_what_is_no_section_is_a_comment(section: str) -> None:
    assert Html(f"<p>before</p>{section}<p>after</p>").text.split()[0] == "before"
    assert "after" in Html(f"<p>before</p>{section}><p>after</p>").text
