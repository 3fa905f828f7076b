"""What a table is that is not loaded, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from kb.errors import InputError
from loaders._sheet import Sheet
from loaders._sheets import heads, problem
from loaders._table_columns import Columns, columns_of
from loaders._table_names import names, plain
from loaders._table_rows import is_counts, is_matrix, unfolded
from loaders._text import fold

_OF_A_CODE = {
    "kind", "aliases", "description", "definition", "beschreibung", "descripcion", "code description",
    "parent", "parent code", "parent id", "colour", "color", "farbe", "title", "number of highlights",
    "depth", "memo", "inclusion criteria", "exclusion criteria", "issue", "category",
}  # fmt: skip
_CODE = {"label", "code", "codes", "tag", "name", "path", "code name", "codename", "kode", "title"}


def fitting(sheets: list[Sheet], said: dict[str, str], path: Path) -> list[tuple[Sheet, Columns]]:
    """The sheets to read with their columns: the one that fits best, and those that look the same.

    Raises:
        InputError: A column that the user names is in none of them.
    """
    found: list[tuple[Sheet, Columns]] = []
    problem: InputError | None = None
    for sheet in sheets:
        table = unfolded(sheet) if is_matrix(sheet) and not is_counts(sheet) else sheet
        try:
            columns = columns_of(table, said, path)
        except InputError as error:
            problem = error
            continue
        if columns:
            found.append((table, columns))
    if not found:
        if problem:
            raise problem
        return []
    found = [each for each in found if not each[0].hidden] or found
    best = max(found, key=lambda each: (each[1].kind != "transcript", len(each[1].at), len(each[0].rows)))
    return [each for each in found if [plain(n) for n in each[1].names] == [plain(n) for n in best[1].names]]


def step_for_table(path: Path) -> str | None:
    """What a table is of which no loader knows the columns, and what to pass; None if it is no table."""
    sheets = [sheet for sheet in heads(path) if sheet.rows]
    if not sheets:
        error = problem(path)
        return error.message.removesuffix(".") if error else None
    sheet = max(sheets, key=lambda each: len(each.rows))
    if is_matrix(sheet) or (is_counts(sheet) and len(sheet.rows) > 2 and len(sheet.rows[0]) > 3):
        return (
            "a matrix of counts, which says how often and not where: export the coded passages instead, "
            "a row each"
        )
    header = max(sheet.rows[:5], key=lambda row: sum(bool(cell.strip()) for cell in row))
    columns = {plain(cell) for cell in header if cell.strip()}
    if columns & _CODE and columns & _OF_A_CODE:
        return f"a codebook: give it with --codebook {path.name}"
    if len(columns) < 2:
        return "a table needs columns with names: a row a coded passage, with document, text and codes"
    listed = ", ".join(fold(cell) for cell in header if cell.strip())
    people = ""
    known = names()
    people_in = {*known["person"], *known["document"], *known["speaker"]}
    if columns & people_in and not columns & {*known["text"], *known["codes"]}:
        people = f"; if they tell of the participants, give it with --participants {path.name}"
    return (
        f"its columns are {listed[:300]}: say which of them hold what, as in --columns "
        f"document=…,text=…,codes=… (or cause=…,effect=…){people}"
    )
