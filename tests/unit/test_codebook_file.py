"""A codebook's file: both forms, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.codebook import Codebook, Entry, load_codebook
from kb.errors import CodebookError


def write(tmp_path: Path, text: str, name: str = "codebook.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    yaml = write(
        tmp_path,
        "codes:\n"
        "  S-dry:\n    kind: issue\n    category: S\n"
        "    aliases: [S-drought, no]\n    description: No rain.\n"
        "  S-water-fix: {kind: fix, issue: S-drought}\n"
        "  1.0:\n",
    )
    csv = write(
        tmp_path,
        "Description;ISSUE;Code;aliases;Kind;Category\n"
        'No rain.;;S-dry;"S-drought; no";Issue;S\n\n'
        ";S-drought;S-water-fix;;fix;\n;;1.0;;;\n",
        "codebook.csv",
    )
    book = load_codebook(yaml)
    assert book.entries["S-dry"] == Entry(
        kind="issue", category="S", aliases=("S-drought", "no"), description="No rain."
    )
    assert book.entries["1.0"] == Entry()
    assert book.canonical("no") == "S-dry"
    assert load_codebook(csv).digest == book.digest


def test_columns_in_any_order_and_extra_ones_with_a_notice(tmp_path: Path) -> None:
    text = "\ufeffowner,label,descripton\nme,S-dry,x\n"
    book = load_codebook(write(tmp_path, text, "c.csv"))
    assert list(book.entries) == ["S-dry"]
    assert [(n.level, n.line, n.source) for n in book.notices] == [("info", 1, "c.csv")] * 2
    assert "'owner'" in book.notices[0].message
    assert "'description'" in book.notices[1].message  # what the misspelt column may have meant


def test_tabs_and_cells_of_several_lines(tmp_path: Path) -> None:
    text = 'code\tdescription\nA\t"two\nlines"\nB\tone\nB\tagain\n'
    with pytest.raises(CodebookError) as caught:
        load_codebook(write(tmp_path, text, "c.tsv"))
    assert caught.value.line == 5
    book = load_codebook(write(tmp_path, text.replace("B\tagain\n", ""), "c.tsv"))
    assert book.entries["A"].description == "two lines"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("codes:\n  A: {kind: isue}\n", 2, "Did you mean 'issue'"),
        ("codes:\n  A:\n    kind: issue\n    alias: [B]\n", 4, "Did you mean 'aliases'"),
        ("codes:\n  A:\n    kind: issue\n    kind: fix\n", 4, "given twice"),
        ("codes:\n  A:\n  B:\n  A:\n", 4, "two entries"),
        ("codes:\n  A:\n    aliases: [X]\n  B:\n    aliases: [X]\n", 5, "alias of both 'A' and 'B'"),
        ("codes:\n  A:\n    aliases: [B]\n  B:\n    aliases: [C]\n", 3, "entry of its own"),
        ("codes:\n  A:\n    aliases: [A]\n", 3, "alias of itself"),
        ("codes:\n  A:\n    aliases: ['']\n", 3, "empty alias"),
        ("codes:\n  A:\n  A-fix:\n    kind: fix\n    issue: Aa\n", 5, "names no issue"),
        ("codes:\n  A-fix:\n    kind: fix\n    issue: A-fix\n", 4, "its own issue"),
        ("codes:\n  A-fix:\n    aliases: [F]\n    issue: F\n", 4, "its own issue"),
        ("codes:\n  T: {kind: topic}\n  A-fix:\n    issue: T\n", 4, "is a topic"),
        ("codes:\n  B-fix:\n  A-fix:\n    issue: B-fix\n", 4, "is a fix"),
        ("codes:\n  A:\n  B:\n    kind: topic\n    issue: A\n", 5, "only a fix has"),
        ("codes:\n  A:\n    kind: topic\n    issue: none\n", 4, "only a fix has"),
        ("codes:\n  A:\n    description: [a, b]\n", 3, "not a list"),
        ("codes:\n  A:\n    aliases: {a: b}\n", 3, "list of texts"),
        ("codes:\n  A: issue\n", 2, "'name: value' pairs"),
        ("codes:\n  - A\n", 2, "'name: value' pairs"),
        ("codes:\n  [A]: {}\n", 2, "name is missing"),
        ("categories:\n  Data: Data\ncodes:\n  A:\n    category: Dta\n", 5, "Did you mean 'Data'"),
        ("categories:\n  Data: [a]\n", 2, "one full name"),
        ("categories:\n  D: Data\n  D: Date\n", 3, "given twice"),
        ("cods:\n  A:\n", 1, "Did you mean 'codes'"),
        ("codes:\n  A: [\n", 3, "YAML"),
        ("codes:\n\tA:\n", 2, "YAML"),
    ],
)
def test_what_is_wrong_in_yaml_is_said_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert caught.value.line == line
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{path}, line {line}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("colour,kind\nA,issue\n", 1, "'label' or 'code'"),
        ("label,code\nA,B\n", 1, "mean the same"),
        ("label,kind,Kind\nA,issue,fix\n", 1, "mean the same"),
        ("label,kind\nA,isue\n", 2, "'issue'"),
        ("label,kind\n\nA,issue\n,fix\n", 4, "no label"),
        ("label,kind\nA,issue,of soil\n", 2, "3 cells under 2 columns"),
        ('label,kind\n"A" x,issue\n', 2, "CSV"),
        ("label,aliases\nA,X; Y\nB,Y\n", 3, "alias of both"),
        ("label,issue\nA-fix,A\n", 2, "names no issue"),
    ],
)
def test_what_is_wrong_in_csv_is_said_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook(write(tmp_path, text, "c.csv"))
    assert caught.value.line == line
    assert said in str(caught.value)


def test_files_that_are_no_codebook(tmp_path: Path) -> None:
    binary = tmp_path / "b.yaml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    nul = write(tmp_path, "codes:\n  A\x00: {}\n", "nul.yaml")
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    for path in (binary, nul, folder, loop, tmp_path / "missing.yaml", write(tmp_path, "{}", "c.json")):
        with pytest.raises(CodebookError) as caught:
            load_codebook(path)
        assert str(caught.value).startswith(f"{path}: ") or str(caught.value).startswith(f"{path}, line")
        assert "\n" not in str(caught.value)


def test_an_empty_file_is_an_empty_codebook(tmp_path: Path) -> None:
    for name in ("c.yaml", "c.csv"):
        assert load_codebook(write(tmp_path, "", name)).digest == Codebook.empty().digest


def test_a_base_lends_its_issues_and_categories(tmp_path: Path) -> None:
    base = Codebook(
        categories={"S": "Soil"},
        entries={"S-dry": Entry(kind="issue", aliases=("S-drought",)), "S-talk": Entry(kind="topic")},
    )
    path = write(
        tmp_path,
        "categories: {W: Water}\ncodes:\n  W-can-fix:\n    category: S\n    issue: S-drought\n",
    )
    with pytest.raises(CodebookError):
        load_codebook(path)
    assert load_codebook(path, base).entries["W-can-fix"].kind == "fix"
    with pytest.raises(CodebookError, match="is a topic"):
        load_codebook(write(tmp_path, "codes: {W-fix: {issue: S-talk}}\n"), base)


def test_what_excel_saves_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes("Code\tKind\tDescription\r\nBrød-tør\tissue\tFor lidt vand\r\n".encode("utf-16"))
    assert load_codebook(path).entries["Brød-tør"].description == "For lidt vand"
    said = write(tmp_path, "sep=;\nCode;Description\nBread-dry;too little water, it says\n", "d.csv")
    assert load_codebook(said).entries["Bread-dry"].description == "too little water, it says"


@pytest.mark.parametrize("column", ["tag", "Name", "path"])
def test_other_tools_columns_of_labels_count_where_there_is_none_of_ours(tmp_path: Path, column: str) -> None:
    text = f"{column},description,number of highlights\nBread-dry,too little water,4\n"
    book = load_codebook(write(tmp_path, text, "c.csv"))
    assert book.entries["Bread-dry"].description == "too little water"
    ours = load_codebook(write(tmp_path, f"{column},label\nx,Bread-dry\n", "d.csv"))
    assert list(ours.entries) == ["Bread-dry"]


def test_jsons_two_escapes_are_one_character(tmp_path: Path) -> None:
    path = write(tmp_path, '{"codes": {"Bread \\ud83c\\udf5e": {"kind": "issue"}}}')
    assert list(load_codebook(path).entries) == ["Bread \U0001f35e"]
    half = write(tmp_path, 'codes:\n  "Bread \\ud83c": {kind: issue}\n')
    with pytest.raises(CodebookError, match="half of a character") as caught:
        load_codebook(half)
    assert caught.value.line == 2


def test_an_excel_workbook_is_read_as_the_csv_of_its_first_sheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["tag", "description", "number of highlights"],
        ["cause.damp", "The flour\nis damp", 3],
        [],
        ["x", None, 0],
    ):
        sheet.append(row)
    book.create_sheet("other").append(["no codebook"])
    book.save(tmp_path / "codebook.xlsx")
    (tmp_path / "codebook.csv").write_text(
        'tag,description,number of highlights\ncause.damp,"The flour\nis damp",3\n\nx,,0\n', encoding="utf-8"
    )
    found = load_codebook(tmp_path / "codebook.xlsx")
    assert found.entries == load_codebook(tmp_path / "codebook.csv").entries
    assert found.entries["cause.damp"].description == "The flour is damp"
    raw = (tmp_path / "codebook.xlsx").read_bytes()
    for cut in (1, 40, len(raw) // 2):
        (tmp_path / "cut.xlsx").write_bytes(raw[:cut])
        with pytest.raises(CodebookError, match="Excel"):
            load_codebook(tmp_path / "cut.xlsx")
