"""A codebook of REFI-QDA (``.qdc``) as rows: what a tool for qualitative analysis says of its codes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb.codebook.labels import KINDS, fold
from kb.codebook.rows import Row, Rows, Value
from kb.errors import CodebookError, InputError
from kb.text.refi import TreeCode, code_tree

# What analysts call a folder of one kind of code.
_FOLDERS = {word: kind for kind in KINDS for word in (kind, f"{kind}s", f"{kind}es")}
_FOLDERS["categories"] = "category"


def read_qdc(path: Path) -> Rows:
    """Rows of a codebook file: a code that passages may have is an entry, with its description.

    A folder is no entry. One named after a kind (``Causes``, ``Fixes``) gives its codes that kind; any
    other is their category.

    Raises:
        CodebookError: It cannot be read, or is no codebook.
    """
    try:
        codes = code_tree(path)
    except InputError as error:
        raise CodebookError(error.message, path, line=error.line) from error
    if not codes:
        raise CodebookError("There is no code in this codebook.", path)
    by_label = {code.label: code for code in codes}
    rows: dict[str, Row] = {}
    for code in codes:
        if not code.codable or code.label in rows:
            continue
        values: dict[str, Value] = {}
        if code.description:
            values["description"] = fold(code.description)
        for folder in _folders(code, by_label):
            kind = _FOLDERS.get(folder.casefold())
            values.setdefault("kind" if kind else "category", kind or folder)
        rows[code.label] = Row(code.label, 1, values)
    return Rows(list(rows.values()))


def _folders(code: TreeCode, by_label: Mapping[str, TreeCode]) -> list[str]:
    """Labels of the folders that a code lies in, the nearest first."""
    found: list[str] = []
    above = code.parent
    while above is not None and above not in found and above in by_label:
        if not by_label[above].codable:
            found.append(above)
        above = by_label[above].parent
    return found
