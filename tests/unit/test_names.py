"""Names replaced in a text: whole words, in their case, and every passage still at its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.codebook.model import Codebook
from kb.codebook.model import Entry as CodebookEntry
from kb.errors import InputError
from kb.ingest.pseudonyms import Renamed, read_pseudonyms, renamed_codebook
from kb.records import AnyRecord, Code, Coding, End, Memo, Notice, Origin, Participant, Relation, Source, Turn
from kb.text.names import Entry, Names

PAIRS = {
    "Anna": "Marta",
    "Anna Schmidt": "Christine Oberhuber-Lang",
    "Maximilian": "Li",
    "Zoë": "P3",
    "O'Brien": "Miller",
    "Đặng José": "Ed",
    "Müller-Weiß": "Kern",
}
NAMES = Names(tuple(Entry(name, pseudonym) for name, pseudonym in PAIRS.items()))
OTHERS = [
    "Annabel",
    "Hannah",
    "Anna\u0301",
    "Zoe",
    "Zoe\u0308s",
    "and",
    "🎈",
    "נועה",
    "said,",
    "a\u0308b",
    "anna2",
    "x_y",
]

Form = Callable[[str], str]


def plain(name: str) -> str:
    return name


def apart(name: str) -> str:
    return unicodedata.normalize("NFD", name)


@st.composite
def words(draw: st.DrawFn) -> tuple[str, str]:
    """A word of a text and what it is afterwards."""
    if draw(st.booleans()):
        other = draw(st.sampled_from(OTHERS))
        return other, other
    name = draw(st.sampled_from(sorted(PAIRS)))
    case: Form = draw(st.sampled_from([plain, str.upper, str.lower]))
    form: Form = draw(st.sampled_from([plain, apart]))
    before, after = draw(
        st.sampled_from([("", ""), ("", "'s"), ("(", "),"), ("_", "_"), ("“", ".”"), ("🎈", "-")])
    )
    written = form(case(name)).replace(" ", draw(st.sampled_from([" ", "  ", "\n"])))
    # Upper case of a name with ß has SS, which is the same name.
    return f"{before}{written}{after}", f"{before}{case(PAIRS[name])}{after}"


@given(st.lists(words(), min_size=1, max_size=12), st.data())
def test_passages_keep_their_words(said: list[tuple[str, str]], data: st.DataObject) -> None:
    old, new = (" ".join(pair[side] for pair in said) for side in (0, 1))
    replaced = NAMES.replaced(old)
    assert replaced.text == new
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first + 1, len(said)))
    start = len(" ".join(pair[0] for pair in said[:first])) + (first > 0)
    end = len(" ".join(pair[0] for pair in said[:last]))
    moved = replaced.span(start, end)
    assert new[slice(*moved)] == " ".join(pair[1] for pair in said[first:last])


@given(st.lists(words(), min_size=1, max_size=8), st.data())
def test_a_passage_that_cuts_a_name_has_it_whole(said: list[tuple[str, str]], data: st.DataObject) -> None:
    old = " ".join(pair[0] for pair in said)
    replaced = NAMES.replaced(old)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    new_start, new_end = replaced.span(start, end)
    assert 0 <= new_start <= new_end <= len(replaced.text)
    for piece in replaced.pieces:
        if piece.start < end and start < piece.end and start < end:
            assert new_start <= piece.new_start and piece.new_end <= new_end  # noqa: PT018
    # Nothing of what stands before and after is lost or doubled.
    kept = sum(piece.end - piece.start for piece in replaced.pieces)
    come = sum(piece.new_end - piece.new_start for piece in replaced.pieces)
    assert len(replaced.text) - come == len(old) - kept


@given(st.text(max_size=60))
def test_a_text_without_names_is_as_it_was(text: str) -> None:
    if not NAMES.found(text):
        assert NAMES.replaced(text).text == text


@given(st.lists(words(), min_size=1, max_size=8))
def test_replacing_twice_changes_nothing_more(said: list[tuple[str, str]]) -> None:
    once = NAMES.text(" ".join(pair[0] for pair in said))
    assert NAMES.text(once) == once


def test_a_word_of_the_language_can_be_kept_in_small_letters() -> None:
    names = Names((Entry("Will", "Tom", exact=True),))
    assert names.text("Will says he will; WILL WE?") == "Tom says he will; WILL WE?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna-Maria and anna_maria came", "Eva and eva came"),
        ("Jean Luc, Jean\u2010Luc and Jean\u2011Luc's", "Otto, Otto and Otto's"),
        ("Anna - Maria; Anna\u2013Maria", "Marta - Maria; Marta\u2013Maria"),
        ("An\u00adna, Anna\u200bMa\u00adria, \ufeffAnna", "Marta, Eva, \ufeffMarta"),
        ("An\u00adnabel, Anna\u00adbel", "An\u00adnabel, Anna\u00adbel"),
        ("ipek, IPEK and İpek", "nuray, NURAY and Nuray"),
    ],
)
def test_names_parted_otherwise_than_in_the_list(text: str, expected: str) -> None:
    pairs = {"Anna": "Marta", "Anna Maria": "Eva", "Jean-Luc": "Otto", "İpek": "Nuray"}
    assert Names(tuple(Entry(*pair) for pair in pairs.items())).text(text) == expected


@pytest.mark.parametrize("file", ["Strauß", "STRAUSS", "strau", "Joerg_Strauss", "lukasz", "ukasz", "Soeren"])
def test_letters_that_file_names_write_otherwise(file: str) -> None:
    pairs = {"Strauß": "Ib", "Jörg Strauß": "Ib", "Łukasz": "Ib", "Sören": "Ib"}
    assert Names(tuple(Entry(*pair) for pair in pairs.items())).file(file).casefold() == "ib"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("Interview_Anna.txt", "Interview_Marta.txt"),
        ("2024-anna-schmidt2.md", "2024-christine oberhuber-lang2.md"),
        ("zoe_1.vtt", "P3_1.vtt"),
        ("O-Brien.md", "Miller.md"),
        ("OBrien.md", "Miller.md"),
        ("Анна_1.txt", "Vera_1.txt"),
        ("Жанна.txt", "Жанна.txt"),
        ("Hannah.md", "Hannah.md"),
    ],
)
def test_names_in_file_names(file: str, expected: str) -> None:
    names = Names((*NAMES.entries, Entry("Анна", "Vera")))
    assert names.file(file).casefold() == expected.casefold()


def record(text: str) -> Turn:
    return Turn(id="anna:1", interview="anna", index=0, speaker="Anna", text=text)


def test_labels_of_speakers_are_put_together_as_file_names_are() -> None:
    turn = Turn(id="1:1", interview="1", index=0, speaker="ANNA_SCHMIDT2", text="Yes.")
    (new,) = Renamed(NAMES, "x.txt").all([turn])
    assert isinstance(new, Turn)
    assert new.speaker == "CHRISTINE OBERHUBER-LANG2"


def test_every_record_of_a_file() -> None:
    text = "Anna's friend Maximilian told Anna Schmidt."
    first: dict[str, Any] = {"interview": "anna", "turn": "anna:1"}
    records: list[AnyRecord] = [
        Origin(file="Anna.txt", format="tool", sha256="0" * 64),
        Source(
            interview="anna",
            title="Talk with Anna",
            file="Anna.txt",
            format="tool",
            coder="Zoë",
            round="zoë-1",
        ),
        Coding(
            **first,
            label="Anna-effect",
            code="Anna-effect",
            coder="Zoë",
            quote="Schmidt.",
            start=35,
            end=43,
        ),
        Coding(**first, label="x", code="x", quote="friend Maximilian", start=7, end=24, round="zoë-1"),
        record(text),
        Relation(
            kind="causes",
            start=End(turn="anna:1", quote="Maximilian told"),
            end=End(code="x"),
            note="so Anna",
        ),
        Participant(
            name="Anna", interview="anna", speaker="Anna", attributes={"knows Zoë": "Maximilian", "years": 3}
        ),
        Memo(**first, text="ANNA was late", title="on Zoë", coder="Zoë", quote="told Anna"),
        Notice(level="warning", message="line 3: Anna is unknown", source="Anna.txt", interview="anna"),
    ]
    new = list(Renamed(NAMES, "Anna.txt").all(records))
    kept = [each for each in new if not (isinstance(each, Notice) and "labels of codes" in each.message)]
    assert len(kept) == len(records)
    expected = "Marta's friend Li told Christine Oberhuber-Lang."
    for each in kept:
        said = each.model_dump_json().replace("Anna-effect", "")
        assert not any(name.casefold() in said.casefold() for name in PAIRS), said
    (turn,) = [each for each in kept if isinstance(each, Turn)]
    assert (turn.text, turn.speaker, turn.interview) == (expected, "Marta", "marta")
    codings = [each for each in kept if isinstance(each, Coding)]
    assert [c.quote for c in codings] == ["Christine Oberhuber-Lang.", "friend Li"]
    assert all(turn.text[c.start : c.end] == c.quote for c in codings)
    assert {turn.id, *(c.turn for c in codings)} == {"marta:1"}
    assert [c.label for c in codings] == ["Anna-effect", "x"]
    (relation,) = [each for each in kept if isinstance(each, Relation)]
    assert (relation.start.quote, relation.note) == ("Li told", "so Marta")
    (memo,) = [each for each in kept if isinstance(each, Memo)]
    assert (memo.text, memo.title, memo.quote) == ("MARTA was late", "on P3", "told Christine Oberhuber-Lang")
    assert any("'Anna-effect'" in each.message for each in new if isinstance(each, Notice))


def test_a_code_above_others_is_told_too() -> None:
    *_, told = Renamed(NAMES, "x.qdc").all([Code(name="late", parent="Anna's")])
    assert isinstance(told, Notice)
    assert "a name is in 1: 'Anna's'." in told.message


def test_a_codebook_says_no_name() -> None:
    entry = CodebookEntry(description="What Anna means")
    book = Codebook(categories={"A": "Of Anna"}, entries={"Anna-effect": entry})
    new = renamed_codebook(NAMES, book)
    assert new.categories == {"A": "Of Marta"}
    assert new.entries["Anna-effect"].description == "What Marta means"
    assert new.digest != book.digest


@pytest.mark.parametrize("head", ["", "name,pseudonym\n", "Pseudonym,Name\n"])
def test_a_list_with_or_without_a_head(tmp_path: Path, head: str) -> None:
    path = tmp_path / "names.csv"
    rows = [("Anna", "Marta"), ("Zoë", "P3")]
    path.write_text(
        head + "".join(f"{b},{a}\n" if head[:1] == "P" else f"{a},{b}\n" for a, b in rows), encoding="utf-8"
    )
    assert read_pseudonyms(path).text("Anna and Zoë") == "Marta and P3"


def test_a_list_in_a_workbook_with_exact_names(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in [("Name", "Pseudonym", "Exact"), ("Will", "Tom", "x"), ("Anna", "Marta", None)]:
        book.active.append(row)
    book.save(tmp_path / "names.xlsx")
    assert read_pseudonyms(tmp_path / "names.xlsx").text("anna will, Will") == "marta will, Tom"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Anna\n", "'Anna' has no pseudonym"),
        ("Anna,Marta\nanna,Berta\n", "'anna' has two pseudonyms"),
        ("Anna,Ben\nBen,Carl\n", "the pseudonym 'Ben' holds 'Ben', which is a name of the list"),
        ("A,Marta\n", "'A' is too short"),
        (",Marta\n", "'Marta' stands for no name"),
        ("name,pseudonym\n", "has no names"),
    ],
)
def test_a_list_that_cannot_be_used(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_pseudonyms(path)
