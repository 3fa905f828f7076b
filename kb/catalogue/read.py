"""Reading a catalogue file: YAML 1.2, with the line of the entry in every error."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kb.catalogue.model import Catalogue, CatalogueIssue, Statement
from kb.errors import CodebookError
from kb.resources import data_dir
from kb.text.yamlfile import CommentedMap, CommentedSeq, check_keys, line_of, line_of_item, read_mapping

SEE = "docs/catalogue.md"
_FILE_KEYS = tuple(key for key in Catalogue.model_fields if key != "line")
_ISSUE_KEYS = tuple(key for key in CatalogueIssue.model_fields if key not in ("line", "code_lines"))
_STATEMENT_KEYS = ("what", "source", "note")
_STATEMENTS = {"causes": "cause", "consequences": "consequence", "fixes": "fix"}

Model = TypeVar("Model", bound=BaseModel)


def shipped_catalogue() -> Path:
    """The catalogue that kb ships, of the study of machine-learning systems' quality."""
    return data_dir() / "catalogue.yaml"


def load_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue.

    Raises:
        CodebookError: With path and line, if the file is no such YAML, a key is unknown or missing,
            or something stands twice.
    """
    document = read_mapping(path, "catalogue", "issues", SEE)
    check_keys(document, _FILE_KEYS, path, "A catalogue")
    entries = document.get("issues")
    if not isinstance(entries, CommentedSeq) or not entries:
        msg = f"There is no list 'issues'; see {SEE} for the form."
        raise CodebookError(msg, path, line=line_of(document, "issues"))
    issues = [_issue(entries, index, path) for index in range(len(entries))]
    _once([(issue.id, issue.line) for issue in issues], "The id", path)
    _once([(issue.title, issue.line) for issue in issues], "The issue", path)
    for issue in issues:
        _no_self(issue, path)
    return _made(Catalogue, document, {**document, "issues": tuple(issues)}, path, "The catalogue")


def _issue(entries: CommentedSeq, index: int, path: Path) -> CatalogueIssue:
    entry, line = entries[index], line_of_item(entries, index)
    if not isinstance(entry, CommentedMap):
        msg = f"Entry {index + 1} of 'issues' is no mapping of keys such as 'id', 'name' and 'causes'."
        raise CodebookError(msg, path, line=line)
    name = f"Issue {str(entry['id'])!r}" if "id" in entry else "An issue"
    check_keys(entry, _ISSUE_KEYS, path, name)
    values: dict[str, Any] = dict(entry)
    for key, word in _STATEMENTS.items():
        items = _list(entry, key, path, name)
        statements = tuple(_statement(items, at, word, path, name) for at in range(len(items)))
        _once([(s.what, s.line) for s in statements], f"{name}: the {word}", path)
        values[key] = statements
    codes = _list(entry, "codes", path, name)
    lines = [line_of_item(codes, at) for at in range(len(codes))]
    _once([(str(code), at) for code, at in zip(codes, lines, strict=True)], f"{name}: the code", path)
    values |= {"codes": tuple(codes), "code_lines": tuple(lines)}
    return _made(CatalogueIssue, entry, values, path, name)


def _statement(items: CommentedSeq, index: int, word: str, path: Path, issue: str) -> Statement:
    entry, line = items[index], line_of_item(items, index)
    if not isinstance(entry, CommentedMap):
        msg = f"{issue}: a {word} is a mapping of 'what' and 'source', not {entry!r}."
        raise CodebookError(msg, path, line=line)
    keys = (*_STATEMENT_KEYS, "outcome") if word == "fix" else _STATEMENT_KEYS
    check_keys(entry, keys, path, f"{issue}: a {word}")
    return _made(Statement, entry, dict(entry), path, f"{issue}, {word} {index + 1}")


def _list(entry: CommentedMap, key: str, path: Path, name: str) -> CommentedSeq:
    items = entry.get(key)
    if items is None:
        return CommentedSeq()
    if not isinstance(items, CommentedSeq):
        raise CodebookError(f"{name}: '{key}' must be a list.", path, line=line_of(entry, key))
    return items


def _made(model: type[Model], entry: CommentedMap, values: dict[str, Any], path: Path, name: str) -> Model:
    """The record of an entry, or what is wrong with it in one sentence, with its line."""
    try:
        return model(**{**values, "line": line_of(entry)})
    except ValidationError as error:
        detail = error.errors()[0]
        key = str(detail["loc"][0])
        if detail["type"] == "missing":
            problem = f"'{key}' is missing; see {SEE} for the form."
        elif detail["type"] in {"too_short", "string_too_short"}:
            problem = f"'{key}' is empty."
        else:
            problem = f"'{key}' must be text, not {detail['input']!r}; put it in quotation marks."
        raise CodebookError(f"{name}: {problem}", path, line=line_of(entry, key)) from error


def _once(names: list[tuple[str, int | None]], what: str, path: Path) -> None:
    """Refuse a name that stands twice, whatever its case."""
    seen: dict[str, int | None] = {}
    for name, line in names:
        first = seen.setdefault(name.casefold(), line)
        if first != line:
            msg = f"{what} '{name}' stands twice, first in line {first}; keep one."
            raise CodebookError(msg, path, line=line)


def _no_self(issue: CatalogueIssue, path: Path) -> None:
    own = {name.casefold() for name in (issue.id, issue.name, issue.title)}
    for statement in (*issue.causes, *issue.consequences, *issue.fixes):
        if statement.what.casefold() in own:
            problem = f"'{statement.what}' is the issue itself, and nothing is related to itself."
            raise CodebookError(f"Issue '{issue.id}': {problem}", path, line=statement.line)
