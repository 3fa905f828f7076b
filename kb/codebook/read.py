"""A codebook from its file, checked whole: what is wrong is said with its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kb.codebook.labels import KINDS, marked
from kb.codebook.model import NONE, Codebook, Entry
from kb.codebook.refi import read_qdc
from kb.codebook.rows import Row, Rows, read_csv, read_yaml
from kb.codebook.workbook import as_csv
from kb.errors import CodebookError
from kb.resources import data_dir
from kb.text.files import decoded, read_bounded
from kb.text.nearest import did_you_mean
from kb.text.yamlfile import MAX_BYTES

_READERS = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_csv,
}
_KEYS = tuple(Entry.model_fields)


def load_codebook(path: Path, base: Codebook | None = None) -> Codebook:
    """Read a codebook of YAML (``.yaml``), CSV (``.csv``), Excel (``.xlsx``) or REFI-QDA (``.qdc``).

    See docs/codebook.md.

    Args:
        path: The file.
        base: A codebook that this one will be merged over: its issues and categories may be named.

    Raises:
        CodebookError: The file cannot be read or is not well formed; with its line.
    """
    ending = path.suffix.casefold()
    reader = _READERS.get(ending)
    if ending == ".qdc":
        read = read_qdc(path)
    elif reader is not None:
        read = reader(_text(path), path)
    else:
        raise CodebookError(
            "A codebook is a .yaml, .csv, .xlsx or .qdc file: rename it after what it holds.", path
        )
    return _checked(read, path, base or Codebook.empty())


@cache
def shipped_codebook() -> Codebook:
    """The codebook that kb ships, of the study of machine-learning systems' quality; read once a process."""
    return load_codebook(data_dir() / "codebook.yaml")


def user_codebook(path: Path) -> Codebook:
    """A user's codebook laid over the shipped one, whose issues and categories it may name.

    Raises:
        CodebookError: See `load_codebook`.
    """
    shipped = shipped_codebook()
    return shipped.merge(load_codebook(path, base=shipped))


def _text(path: Path) -> str:
    if path.suffix.casefold() == ".xlsx":
        read_bounded(path, MAX_BYTES, CodebookError)
        return as_csv(path)
    try:
        return decoded(read_bounded(path, MAX_BYTES, CodebookError))
    except UnicodeDecodeError as error:
        raise CodebookError(
            "The file is not UTF-8 text (nor UTF-16 with its mark): save it as UTF-8.", path
        ) from error


def _checked(read: Rows, path: Path, base: Codebook) -> Codebook:
    lines: dict[str, int] = {}
    entries: dict[str, Entry] = {}
    for row in read.rows:
        if row.label in lines:
            raise CodebookError(
                f"'{row.label}' has two entries (the first on line {lines[row.label]}): make them one.",
                path,
                line=row.line,
            )
        lines[row.label] = row.line
        entries[row.label] = _entry(row, path)
    _check_aliases(read.rows, entries, path)
    book = Codebook(categories=read.categories or {}, entries=entries, notices=read.notices)
    for row in read.rows:
        _check_category(row, read.categories, base, path)
        _check_issue(row, book, base, path)
    return book


def _entry(row: Row, path: Path) -> Entry:
    values: dict[str, Any] = dict(row.values)
    for name in ("kind", "issue", "category"):
        value = values.get(name)
        if isinstance(value, str) and (name == "kind" or value.casefold() == NONE):
            values[name] = value.casefold()
    if isinstance(values.get("aliases"), str):
        values["aliases"] = (values["aliases"],)
    try:
        entry = Entry.model_validate(values)
    except ValidationError as invalid:
        error = invalid.errors()[0]
        name = str(error["loc"][0])
        raise CodebookError(
            _explain(error["type"], name, values.get(name)), path, line=row.line_of(name)
        ) from invalid
    if entry.issue and entry.kind is None:
        entry = entry.model_copy(update={"kind": "fix"})
    return entry.model_copy(update={"aliases": tuple(dict.fromkeys(entry.aliases))})


def _explain(error: str, name: str, value: object) -> str:
    """What pydantic found, in the words of the file."""
    if error == "extra_forbidden":
        return f"Unknown key '{name}'; a code has {', '.join(_KEYS)}.{did_you_mean(name, _KEYS)}"
    if name == "kind" and isinstance(value, str):
        return f"Unknown kind '{value}'; kinds are {', '.join(KINDS)}.{did_you_mean(value, KINDS)}"
    return f"'{name}' takes one text, not a list."


def _check_aliases(rows: list[Row], entries: dict[str, Entry], path: Path) -> None:
    owners: dict[str, str] = {}
    for row in rows:
        for alias in entries[row.label].aliases:
            problem = None
            if not alias:
                problem = f"'{row.label}' has an empty alias: remove it."
            elif alias == row.label:
                problem = f"'{alias}' is given as an alias of itself: remove it."
            elif alias in entries:
                problem = (
                    f"'{alias}' is an alias of '{row.label}' and has an entry of its own: "
                    "keep one (an alias has no aliases)."
                )
            elif alias in owners:
                problem = f"'{alias}' is an alias of both '{owners[alias]}' and '{row.label}': keep one."
            if problem:
                raise CodebookError(problem, path, line=row.line_of("aliases"))
            owners[alias] = row.label


def _check_category(row: Row, declared: dict[str, str] | None, base: Codebook, path: Path) -> None:
    """A file that declares its categories has all of them declared, so that a slip shows."""
    category = row.values.get("category")
    if declared is None or not isinstance(category, str) or category.casefold() == NONE:
        return
    known = {*declared, *base.categories}
    if category not in known:
        raise CodebookError(
            f"'{category}' is not among the 'categories' of this file: add it there."
            f"{did_you_mean(category, known)}",
            path,
            line=row.line_of("category"),
        )


def _check_issue(row: Row, book: Codebook, base: Codebook, path: Path) -> None:
    entry = book.entries[row.label]
    if not entry.issue:
        return
    problem = None
    known = {**base.canonical_of, **book.canonical_of}
    issue = known.get(entry.issue)
    if entry.kind != "fix":
        problem = f"'{row.label}' is a {entry.kind}: only a fix has an 'issue'."
    elif entry.issue == NONE:
        pass
    elif issue is None:
        problem = (
            f"'{entry.issue}' names no issue of the codebook: give it an entry."
            f"{did_you_mean(entry.issue, known)}"
        )
    elif issue == row.label:
        problem = f"'{row.label}' is given as its own issue: name the issue that it fixes."
    elif _kind(issue, book, base) != "issue":
        problem = f"'{entry.issue}' is a {_kind(issue, book, base)}: a fix belongs to an issue."
    if problem:
        raise CodebookError(problem, path, line=row.line_of("issue"))


def _kind(label: str, book: Codebook, base: Codebook) -> str:
    entry = book.entries.get(label) or base.entries[label]
    mark = marked(label)
    return entry.kind or (mark.kind if mark else "issue")
