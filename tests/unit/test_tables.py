"""Tables of coded passages and of relations: which columns hold what, and what becomes of the rows."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kb.errors import InputError
from kb.records import AnyRecord, Coding, Memo, Notice, Participant, Relation, Source, Turn
from loaders import detect, tables
from tests.shared import shared_path
from tests.sheets import write_csv, write_xlsx


def read(path: Path, **options: Any) -> list[AnyRecord]:
    return list(tables.parse(path, **options))


def codings(records: Sequence[AnyRecord]) -> set[tuple[str, str, str | None, str]]:
    """Interview, code, coder and words of each coding."""
    text = {r.id: r.text for r in records if isinstance(r, Turn)}
    return {(r.interview, r.label, r.coder, text[r.turn]) for r in records if isinstance(r, Coding)}


def notices(records: Sequence[AnyRecord], level: str) -> str:
    return "\n".join(r.message for r in records if isinstance(r, Notice) and r.level == level)


TOOLS = {
    "ATLAS.ti": (
        ["ID", "Quotation Name", "Document", "Document Groups", "Quotation Content", "Comment", "Codes",
         "Created by"],
        ["1:1", "q", "Interview 7", "G", "The sensor died.", "", "sensor broke\nno spare, at all", "Ada"],
        {("7", "sensor broke", "Ada"), ("7", "no spare, at all", "Ada")},
    ),
    "MAXQDA": (
        ["Dokumentgruppe", "Dokumentname", "Code", "Anfang", "Ende", "Segment", "Erstellt von",
         "Abdeckungsgrad %"],
        ["G", "Interview 7", "Technik > Sensor", "3", "3", "The sensor died.", "Ada", "0,12"],
        {("7", "Sensor", "Ada")},
    ),
    "Dedoose": (
        ["Media Title", "Excerpt Range", "Excerpt Creator", "Excerpt Date", "Excerpt Copy",
         "Codes Applied Combined", "Code: Tech\\Sensor Applied", "Code: Tech\\Sensor Weight",
         "Code: Stock, spare Applied"],
        ["Interview 7.docx", "10-26", "Ada", "1/2/2024", "The sensor died.", "Sensor, Stock, spare", "True",
         "", "True"],
        {("7", "Sensor", "Ada"), ("7", "Stock, spare", "Ada")},
    ),
    "Taguette": (
        ["id", "document", "tag", "content"],
        ["1", "Interview 7", "issue.sensor, old", "The sensor died."],
        {("7", "issue.sensor, old", None)},
    ),
    "NVivo": (
        ["Document", "Hierarchical Name", "Coded Text", "Coder Initials"],
        ["Interview 7", "Codes\\\\Tech\\Sensor", "The sensor died.", "Ada"],
        {("7", "Sensor", "Ada")},
    ),
    "Delve": (
        ["Transcript", "Snippet", "Codes"],
        ["Interview 7 - Ada", "The sensor died.", "sensor; stock"],
        {("7", "sensor", "Ada"), ("7", "stock", "Ada")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_tools_columns_are_known(tool: str, ending: str, tmp_path: Path) -> None:
    header, row, expected = TOOLS[tool]
    path = tmp_path / f"export{ending}"
    if ending == ".xlsx":
        write_xlsx(path, {"Sheet": [header, row]})
    else:
        write_csv(path, [header, row], "\t" if ending == ".tsv" else ",")
    assert detect(path).FORMAT == "table"
    records = read(path)
    assert {(i, code, coder) for i, code, coder, _ in codings(records)} == expected
    assert {words for *_, words in codings(records)} == {"The sensor died."}
    assert f"as {tool} writes it" in notices(records, "info")
    assert all(source.passages for source in records if isinstance(source, Source))
    assert notices(records, "lost") == ""


def test_taguettes_own_exports_are_the_same_in_both_forms() -> None:
    folder = shared_path("samples", "taguette")
    one, two = (read(folder / f"highlights_all{ending}") for ending in (".csv", ".xlsx"))
    assert codings(one) == codings(two)
    assert len(codings(one)) == 11
    assert codings(read(folder / "highlights_issue.csv")) < codings(one)


# MAXQDA's columns in other languages; what says nothing of what was said is no loss there either.
LANGUAGES = {
    "MAXQDA, Spanish": (
        "Color|Comentario|Grupo de documentos|Nombre del documento|Código|Principio|Final|Peso|Segmento|"
        "Modificado por|Modificado|Creado por|Creado|Área|Cobertura %"
    ),
    "MAXQDA, French": (
        "Couleur|Commentaire|Groupe de documents|Nom du document|Code|Début|Fin|Poids|Segment|Modifié par|"
        "Modifié le|Créé par|Créé le|Surface|Couverture %"
    ),
    "MAXQDA, Italian": (
        "Colore|Commento|Gruppo di documenti|Nome del documento|Codice|Inizio|Fine|Peso|Segmento|"
        "Modificato da|Modificato il|Creato da|Creato il|Area|Copertura %"
    ),
    "MAXQDA, Dutch": (
        "Kleur|Opmerking|Documentgroep|Documentnaam|Code|Begin|Einde|Gewicht|Segment|Gewijzigd door|"
        "Gewijzigd op|Gemaakt door|Gemaakt op|Gebied|Dekking %"
    ),
    "MAXQDA, Russian": (
        "Цвет|Комментарий|Группа документов|Имя документа|Код|Начало|Конец|Вес|Сегмент|Кем изменено|Изменено|"
        "Создал|Создано|Область|Покрытие %"
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_in_another_language_are_read_and_nothing_is_told_as_lost(
    language: str, tmp_path: Path
) -> None:
    header = LANGUAGES[language].split("|")
    row = ["●", "", "Group", "Interview 7", "Tech > Oven", "3", "3", "0", "The crust tears.", "Zed",
           "1.1.2024", "Ada", "1.1.2024", "12", "0.4"]  # fmt: skip
    records = read(write_xlsx(tmp_path / "t.xlsx", {"S": [header, row]}))
    assert codings(records) == {("7", "Oven", "Ada", "The crust tears.")}
    assert notices(records, "lost") == ""


def test_atlas_in_german(tmp_path: Path) -> None:
    header = ["ID", "Zitatname", "Dokument", "Zitatinhalt", "Kommentar", "Kodes", "Referenz", "Dichte",
              "Erstellt von", "Geändert von", "Erstellt", "Geändert"]  # fmt: skip
    row = ["1:1", "x", "Interview 7", "The crust tears.", "", "Ofen\nTeig, feucht", "¶ 3", "2", "Ada", "Zed",
           "1.1.2024", "1.1.2024"]  # fmt: skip
    records = read(write_xlsx(tmp_path / "t.xlsx", {"S": [header, row]}))
    assert {code for _, code, *_ in codings(records)} == {"Ofen", "Teig, feucht"}
    assert notices(records, "lost") == ""


@pytest.mark.parametrize(
    "header",
    [["Code", "Code", "Code"], ["Code 1", "Code 2", "Code 3"], ["Code", "Code2", "Code3"]],
)
def test_several_columns_may_hold_codes(header: list[str], tmp_path: Path) -> None:
    rows = [
        ["Interview", "Quote", *header, "Coder"],
        ["7", "It tears.", "oven", "", "dough; late", "Ada"],
        ["7", "It burns.", "", "oven", "oven", "Ben"],
    ]
    path = write_csv(tmp_path / "t.csv", rows)
    assert detect(path).FORMAT == "table"
    wanted = {
        ("7", "oven", "Ada", "It tears."),
        ("7", "dough", "Ada", "It tears."),
        ("7", "late", "Ada", "It tears."),
        ("7", "oven", "Ben", "It burns."),
    }
    records = read(path)
    assert codings(records) == wanted
    assert notices(records, "lost") == ""
    rows[0] = ["Interview", "Quote", "A", "B", "C", "Coder"]
    assert codings(read(write_csv(tmp_path / "t.csv", rows), columns={"codes": "A+B+C"})) == wanted


def test_a_code_with_the_sign_that_parts_codes_may_stand_in_quotation_marks(tmp_path: Path) -> None:
    rows = [["Quote", "Tags", "Interview"], ["It tears.", 'oven,"torn, badly"', "7"], ["Yes.", "oven", "7"]]
    found = codings(read(write_csv(tmp_path / "t.csv", rows)))
    assert {code for _, code, *_ in found} == {"oven", "torn, badly"}


def test_bullets_before_codes_are_no_part_of_them(tmp_path: Path) -> None:
    rows = [["Document", "Quotation Content", "Codes"], ["7", "It tears.", "● oven\n○ dough"]]
    found = codings(read(write_csv(tmp_path / "t.csv", rows)))
    assert {code for _, code, *_ in found} == {"oven", "dough"}


def test_merged_cells_hold_for_each_of_their_rows(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["Interview", "Quote", "Code", "Coder"],
        ["7", "It tears.", "oven", "Ada"],
        [None, None, "dough", "Ben"],
        [None, "It burns.", "late", "Ben"],
        ["8", "Never.", "late", "Ben"],
    ]
    path = write_xlsx(tmp_path / "t.xlsx", {"S": rows})
    book = load_workbook(path)
    for place in ("A2:A4", "B2:B3", "A7:A9"):
        book["S"].merge_cells(place)
    book.save(path)
    records = read(path)
    assert codings(records) == {
        ("7", "oven", "Ada", "It tears."), ("7", "dough", "Ben", "It tears."),
        ("7", "late", "Ben", "It burns."), ("8", "late", "Ben", "Never."),
    }  # fmt: skip
    assert notices(records, "lost") + notices(records, "warning") == ""


def test_a_merged_turn_of_a_transcript_is_said_once(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["Speaker", "Text", "Codes"],
        ["Interviewer", "How is it?", ""],
        ["Anna", "It tears.", "oven"],
        [None, None, "dough"],
        ["Anna", "It tears.", ""],
        ["Interviewer", "Oh.", ""],
    ]
    path = write_xlsx(tmp_path / "Interview 4.xlsx", {"S": rows})
    book = load_workbook(path)
    book["S"].merge_cells("A3:A4")
    book["S"].merge_cells("B3:B4")
    book.save(path)
    records = read(path)
    assert [t.text for t in records if isinstance(t, Turn)] == ["How is it?", "It tears.", "It tears.", "Oh."]
    assert {code for _, code, *_ in codings(records)} == {"oven", "dough"}


def test_a_hidden_sheet_is_left_where_another_fits(tmp_path: Path) -> None:
    header = ["Interview", "Quote", "Code"]
    pages = {"Old": [header, ["9", "Gone.", "late"]], "Now": [header, ["7", "It tears.", "oven"]]}
    path = write_xlsx(tmp_path / "t.xlsx", pages)
    book = load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    records = read(path)
    assert codings(records) == {("7", "oven", None, "It tears.")}
    assert "the sheet 'Old' is left, with 2 rows: it is hidden" in notices(records, "warning")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_table_in_utf_16_without_its_mark_needs_its_encoding(encoding: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", PLAIN, ";", encoding)
    assert detect(path, encoding).FORMAT == "table"
    assert codings(read(path, encoding=encoding)) == codings(read(write_csv(tmp_path / "u.csv", PLAIN)))


PLAIN = [
    ["Interview", "Quote", "Codes", "Coder", "Comment"],
    ["1", "It broke, and then again.", "broken; costly", "Ada", "why?"],
    ["1", "It broke, and then again.", "broken", "Ben", ""],
    ["2", "=SUM(A1)", "formula", "Ada", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_delimiter_and_encoding_that_excel_writes(delimiter: str, encoding: str, tmp_path: Path) -> None:
    records = read(write_csv(tmp_path / "t.csv", PLAIN, delimiter, encoding))
    assert codings(records) == {
        ("1", "broken", "Ada", "It broke, and then again."),
        ("1", "costly", "Ada", "It broke, and then again."),
        ("1", "broken", "Ben", "It broke, and then again."),
        ("2", "formula", "Ada", "=SUM(A1)"),
    }
    assert [(m.text, m.coder) for m in records if isinstance(m, Memo)] == [("why?", "Ada")]


def test_old_windows_text_needs_its_encoding(tmp_path: Path) -> None:
    rows = [["Dokument", "Zitat", "Kodes"], ["1", "Größer als gedacht", "größe"]]
    rows[0][2] = "Code"
    path = write_csv(tmp_path / "t.csv", rows, ";", "cp1252")
    assert detect(path, "cp1252").FORMAT == "table"
    assert codings(read(path, encoding="cp1252")) == {("1", "größe", None, "Größer als gedacht")}
    with pytest.raises(InputError, match="--encoding cp1252"):
        read(path)


def test_rows_in_another_order_with_other_ids_say_the_same(tmp_path: Path) -> None:
    header = ["id", "document", "content", "tag", "created"]
    rows = [
        [str(n), f"Interview {n % 3}", f"passage {n % 7} of it", f"code {n % 4}", "2024"] for n in range(40)
    ]
    (tmp_path / "a").mkdir()
    one = read(write_csv(tmp_path / "a" / "t.csv", [header, *rows]))
    random.Random(3).shuffle(rows)
    again = [[f"x{n}", *row[1:4], "2025"] for n, row in enumerate(rows)]
    (tmp_path / "b").mkdir()
    two = read(write_csv(tmp_path / "b" / "t.csv", [header, *again]))
    assert one == two


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("Codes", ["a, b", "a", "b"], {"a", "b"}),
        ("Code", ["slow, but sure", "fast"], {"slow, but sure", "fast"}),
        ("Code", ["a, b", "a", "b"], {"a", "b"}),
        ("Codes", ["one; two, three", "one"], {"one", "two, three"}),
        ("Codes", ["one|two"], {"one", "two"}),
        ("Tags", ["no time, no money", "no time, no money"], {"no time, no money"}),
    ],
)
def test_what_parts_codes_in_a_cell(name: str, cells: list[str], expected: set[str], tmp_path: Path) -> None:
    rows = [["Document", "Text", name], *(["1", f"passage {n}", cell] for n, cell in enumerate(cells))]
    assert {code for _, code, *_ in codings(read(write_csv(tmp_path / "t.csv", rows)))} == expected


def test_the_user_says_what_the_columns_hold(tmp_path: Path) -> None:
    rows = [["Who", "A", "B", "Sector"], ["Interview 3", "hard to hire", "staff/money", "health"]]
    path = write_csv(tmp_path / "t.csv", rows)
    with pytest.raises(InputError, match=r"its columns are Who, A, B, Sector.*--columns"):
        detect(path)
    assert detect(path, columns=True).FORMAT == "table"
    said = {"document": "Who", "text": "a", "codes": "B", "separator": "slash", "attributes": "Sector"}
    records = read(path, columns=said, preview=True)
    assert codings(records) == {("3", "staff", None, "hard to hire"), ("3", "money", None, "hard to hire")}
    people = [record for record in records if isinstance(record, Participant)]
    assert [(p.name, p.interview, p.attributes) for p in people] == [
        ("Interview 3", "3", {"Sector": "health"})
    ]
    assert "codes 'staff', 'money'" in notices(records, "info")
    with pytest.raises(InputError, match=r"no column 'Quotes'; its columns are Who, A"):
        read(path, columns={"text": "Quotes"})


def test_what_is_not_read_is_told_with_its_number(tmp_path: Path) -> None:
    rows = [
        ["Document", "Segment", "Code", "Weight", "Date", "Mood"],
        ["1", "a b c", "x", "0", "1.1.", "sad"],
        ["1", "d e f", "x", "5", "1.1.", ""],
        ["1", "", "y", "0", "1.1.", "glad"],
    ]
    records = read(write_csv(tmp_path / "t.csv", rows))
    lost = notices(records, "lost")
    assert [name for name in ("Weight", "Mood", "Date") if f"'{name}'" in lost] == ["Weight", "Mood"]
    # A weight, a code without words; two moods.
    assert (lost.count(": 1."), lost.count(": 2.")) == (2, 1)
    assert "'Mood'" not in notices(read(tmp_path / "t.csv", columns={"ignore": "Mood"}), "lost")


def test_levels_of_codes_are_a_tree(tmp_path: Path) -> None:
    rows = [
        ["Document name", "Segment", "Code"],
        *(
            ["1", f"passage {n}", code]
            for n, code in enumerate(["Tech > Cost", "People > Cost", "Tech > Wear"])
        ),
    ]
    records = read(write_csv(tmp_path / "t.csv", rows))
    assert {code for _, code, *_ in codings(records)} == {"Tech > Cost", "People > Cost", "Wear"}
    assert {(r.name, r.parent) for r in records if r.type == "code"} == {
        ("Tech", None), ("People", None), ("Wear", "Tech"), ("Tech > Cost", "Tech"),
        ("People > Cost", "People"),
    }  # fmt: skip


def test_a_row_may_be_a_relation(tmp_path: Path) -> None:
    rows = [
        ["Document", "Cause", "Effect", "Fix", "Quote", "Speaker", "Relation"],
        ["1", "noise", "errors", "", "the noise makes errors", "Ann", ""],
        ["1", "", "errors", "filter", "then we filtered", "Ann", ""],
        ["1", "load", "noise", "", "", "", "may cause"],
        ["1", "alone", "", "", "only this", "Ann", ""],
    ]
    records = read(write_csv(tmp_path / "t.csv", rows))
    found = [
        (r.kind, r.start.code, r.end.code, r.start.turn is None) for r in records if isinstance(r, Relation)
    ]
    assert sorted(found) == [
        ("causes", "noise", "errors", False),
        ("fixes", "errors", "filter", False),
        ("may cause", "load", "noise", True),
    ]
    assert "ends of relations whose other end is empty: 1." in notices(records, "lost")
    assert {t.speaker for t in records if isinstance(t, Turn)} == {"Ann"}


def test_a_transcript_in_columns_keeps_its_order(tmp_path: Path) -> None:
    rows = [
        ["Speaker", "Text"],
        ["Interviewer", "How is it?"],
        ["Anna", "Bad."],
        ["", "Very bad."],
        ["Interviewer", "Oh."],
    ]
    records = read(write_csv(tmp_path / "Interview 4.csv", rows))
    turns = [r for r in records if isinstance(r, Turn)]
    # The one cell without a speaker, where the label is written only where the speaker changes.
    assert [t.speaker for t in turns] == ["Interviewer", "Anna", "Anna", "Interviewer"]
    assert [t.text for t in turns] == [row[1] for row in rows[1:]]
    assert [t.guessed for t in turns] == [None, None, "speaker", None]
    assert [r.round for r in records if isinstance(r, Source)] == [None]
    coded = [["Speaker", "Text", "Codes"], *([*row, "mood" if row[1] == "Bad." else ""] for row in rows[1:])]
    records = read(write_csv(tmp_path / "Interview 4.csv", coded))
    assert [t.text for t in records if isinstance(t, Turn)] == [row[1] for row in rows[1:]]
    assert codings(records) == {("4", "mood", None, "Bad.")}


def test_answers_to_a_survey_are_each_one_participants_text(tmp_path: Path) -> None:
    rows = [["Respondent", "What troubles you?"], ["R1", "The data."], ["R2", "The people."]]
    path = write_csv(tmp_path / "survey.csv", rows)
    records = read(path, columns={"person": "Respondent", "text": "What troubles you?"})
    assert [(t.interview, t.speaker, t.role, t.text) for t in records if isinstance(t, Turn)] == [
        ("r1", "R1", "interviewee", "The data."),
        ("r2", "R2", "interviewee", "The people."),
    ]
    assert not notices(records, "warning")
    again = read(path, columns={"document": "Respondent", "text": "What troubles you?"})
    assert [t for t in again if isinstance(t, Turn)] == [t for t in records if isinstance(t, Turn)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["tag", "description", "number of highlights"], ["a", "what a is", "3"]], "--codebook"),
        ([["label", "kind", "category"], ["a", "issue", "x"]], "--codebook"),
        (
            [
                ["", "A : drift", "B : noise", "C : x"],
                ["1 : Interview 1", "3", "0", "1"],
                ["2 : I", "1", "1", "1"],
            ],
            "counts",
        ),
        ([["Participant", "Sector", "Years"], ["Ann", "health", "3"]], "--participants t"),
        ([["date", "amount"], ["1.1.", "3"]], "its columns are date, amount"),
    ],
)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_no_table_of_passages_is_told_with_what_to_do(
    rows: list[list[str]], said: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"t{ending}"
    write_csv(path, rows) if ending == ".csv" else write_xlsx(path, {"S": rows})
    with pytest.raises(InputError, match=said):
        detect(path)


def test_a_matrix_with_words_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = [["", "A : drift", "B : noise"], ["1 : Interview 1", "it drifted\n\nit went off", "loud"]]
    records = read(write_xlsx(tmp_path / "m.xlsx", {"S": rows}))
    assert codings(records) == {
        ("1", "drift", None, "it drifted"), ("1", "drift", None, "it went off"), ("1", "noise", None, "loud"),
    }  # fmt: skip


def test_documents_whose_names_give_one_id_are_kept_apart(tmp_path: Path) -> None:
    names = [
        "P1",
        "Interview 1",
        "School - Teachers",
        "School - Parents",
        "Interview 5 - Ada",
        "Interview 5 - Ben",
    ]
    rows = [["Document", "Text", "Code"], *([name, f"words of {name}", "x"] for name in names)]
    records = read(write_csv(tmp_path / "t.csv", rows))
    assert {(i, coder) for i, _, coder, _ in codings(records)} == {
        ("p1", None), ("interview-1", None), ("school-teachers", None), ("school-parents", None),
        ("5", "Ada"), ("5", "Ben"),
    }  # fmt: skip
    assert "P1" in notices(records, "warning")
    groups = [
        ["Document group", "Document name", "Segment", "Code"],
        ["A", "P1", "one", "x"],
        ["B", "P1", "two", "x"],
    ]
    assert {i for i, *_ in codings(read(write_csv(tmp_path / "g.csv", groups)))} == {"a-p1", "b-p1"}


def test_the_sheet_that_fits_is_read_and_the_others_told(tmp_path: Path) -> None:
    table = [["Report of 2024"], [], ["Document", "Quotation", "Code"], ["1", "some words", "x"]]
    path = write_xlsx(tmp_path / "t.xlsx", {"Legend": [["a", "b"], [1, 2]], "Data": table})
    records = read(path)
    assert codings(records) == {("1", "x", None, "some words")}
    assert "'Legend' is left, with 2 rows" in notices(records, "info")


def test_cells_are_as_excel_shows_them(tmp_path: Path) -> None:
    import datetime as dt

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Document", "Text", "Code"])
    page.append([7.0, dt.datetime(2024, 5, 1), 0.5])
    page["B2"].number_format = "dd.mm.yyyy"
    page["C2"].number_format = "0%"
    page.append(["8", "=1+1", True])
    book.save(tmp_path / "t.xlsx")
    assert codings(read(tmp_path / "t.xlsx")) == {
        ("7", "50%", None, "01.05.2024"),
        ("8", "TRUE", None, "=1+1"),
    }


# --- hostile files ---------------------------------------------------------------------------


def _rezipped(path: Path, change: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | change).items():
            archive.writestr(name, data)


def test_a_workbook_with_entities_or_a_bomb_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "t.xlsx", {"S": PLAIN})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + sheet.partition(b"?>")[2]
    )
    _rezipped(path, {"xl/worksheets/sheet1.xml": bomb})
    with pytest.raises(InputError, match="document type"):
        read(path)
    _rezipped(path, {"xl/worksheets/sheet1.xml": sheet, "xl/media/x.bin": b"\0" * (300 * 2**20)})
    with pytest.raises(InputError, match="larger than a table"):
        read(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and no more", r"^[^:]*t\.xlsx: this workbook is damaged: open it in Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), r"^[^:]*t\.xlsx: this workbook is protected"),
        (b"<html><table><tr><td>Quote</td></tr></table>", r"^[^:]*t\.xlsx: this workbook is damaged"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_told_as_that(data: bytes, said: str, tmp_path: Path) -> None:
    """And not as a table whose columns are not known."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        detect(path)


def test_a_csv_that_breaks_off_within_its_quotation_marks_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Interview,Quote,Code\n1,"he said "no" to us",d\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2: this is not well-formed CSV"):
        detect(path)


def test_a_cell_far_away_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "t.xlsx", {"S": PLAIN})
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    far = '<row r="1000000"><c r="XFD1000000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    _rezipped(path, {"xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", far).encode()})
    with pytest.raises(InputError, match="far below or beside"):
        read(path)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_broken_table_is_one_sentence(ending: str, tmp_path: Path) -> None:
    whole = tmp_path / f"whole{ending}"
    write_csv(whole, PLAIN) if ending == ".csv" else write_xlsx(whole, {"S": PLAIN})
    raw = whole.read_bytes()
    broken = tmp_path / f"broken{ending}"
    chance = random.Random(7)
    for _ in range(120):
        data = bytearray(raw[: chance.randrange(1, len(raw))] if chance.random() < 0.5 else raw)
        for _ in range(chance.randrange(3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        broken.write_bytes(bytes(data))
        tables.detect(broken)
        said = ""
        try:
            read(broken)
        except InputError as error:
            said = error.message
        assert not said or said.endswith(".")
        assert "\n" not in said


_SIGNS = "aä\u0301😀\u05d0\u202eb \t\r\n\ufeff,;\"'|=-+@>\\~"
HARD = st.lists(
    st.one_of(st.sampled_from(_SIGNS), st.characters(codec="utf-8")), min_size=1, max_size=30
).map("".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(passages=st.lists(st.tuples(HARD, HARD), min_size=1, max_size=6))
def test_hard_text_comes_out_as_it_was(passages: list[tuple[str, str]], tmp_path: Path) -> None:
    def fold(text: str) -> str:
        return " ".join(text.split())

    rows = [
        ["document", "content", "tag", "id"],
        *(["Interview 1", text, tag, "1"] for text, tag in passages),
    ]
    if any("\0" in cell for row in rows for cell in row):
        return
    expected = {("1", fold(tag), None, fold(text)) for text, tag in passages if fold(text) and fold(tag)}
    path = write_csv(tmp_path / "t.csv", rows)
    if not expected:
        return
    assert codings(read(path)) == expected
