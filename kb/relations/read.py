"""Reading a relations file: YAML 1.2, with the line of the entry in every error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from kb.errors import CodebookError
from kb.relation import by_name
from kb.relations.model import Explicit, Relation, RelationsFile, places
from kb.text.nearest import did_you_mean
from kb.text.yamlfile import CommentedMap, CommentedSeq, check_keys, line_of, line_of_item, read_mapping

_SUFFIXES = (".yaml", ".yml")
# `refused` holds what a reader said no to; `kb.suggest.ledger` reads and writes it.
_FILE_KEYS = ("interview", "relations", "refused")
# In a file a single quote is `quote`; `path` and `line` are the reader's.
_ENTRY_KEYS = (*(name for name in Relation.model_fields if name not in {"path", "line"}), *places(), "quote")
_CHOICES: dict[str, tuple[str, ...]] = {"kind": tuple(by_name()), "explicit": get_args(Explicit)}


def relations_files(folder: Path) -> list[Path]:
    """The relations files of a folder, by name; hidden files are not among them.

    Raises:
        CodebookError: The folder cannot be read.
    """
    try:
        found = [p for p in folder.iterdir() if p.suffix.lower() in _SUFFIXES and p.name[0] != "."]
    except OSError as error:
        msg = f"The folder cannot be read ({error.strerror}); give one with relations files (.yaml)."
        raise CodebookError(msg, folder) from error
    return sorted(found)


def load_relations(path: Path) -> RelationsFile:
    """Read and check a relations file.

    Raises:
        CodebookError: With path and line, if the file is no such YAML, a key is unknown or missing,
            an id stands twice, or an entry contradicts itself.
    """
    document = read_mapping(path, "relations file", "relations", "docs/relations.md")
    if "issues" in document and "relations" not in document:
        raise CodebookError("This is a catalogue, no relations file; load it with --catalogue-file.", path)
    check_keys(document, _FILE_KEYS, path, "A relations file")
    entries = document.get("relations")
    if not isinstance(entries, CommentedSeq):
        msg = "There is no list 'relations'; see docs/relations.md for the form."
        raise CodebookError(msg, path, line=line_of(document, "relations"))
    relations: list[Relation] = []
    seen: dict[str, int | None] = {}
    for index, entry in enumerate(entries):
        line = line_of_item(entries, index)
        if not isinstance(entry, CommentedMap):
            msg = f"Entry {index + 1} of 'relations' is no mapping of keys such as 'id', 'kind' and 'quote'."
            raise CodebookError(msg, path, line=line)
        relation = _relation(entry, document.get("interview"), path)
        if relation.id in seen:
            msg = f"The id '{relation.id}' stands twice, first in line {seen[relation.id]}; rename one."
            raise CodebookError(msg, path, line=relation.line)
        seen[relation.id] = relation.line
        relations.append(relation)
    return RelationsFile(path=path, relations=tuple(relations))


def _relation(entry: CommentedMap, interview: object, path: Path) -> Relation:
    name = f"Relation '{entry['id']}'" if "id" in entry else "A relation"
    check_keys(entry, _ENTRY_KEYS, path, name)
    values: dict[str, Any] = {key: value for key, value in entry.items() if key != "quote"}
    if "quote" in entry and "quotes" in entry:
        msg = f"{name} has both 'quote' and 'quotes'; put all of them under 'quotes'."
        raise CodebookError(msg, path, line=line_of(entry, "quotes"))
    if "quote" in entry:
        values["quotes"] = (entry["quote"],)
    if "interview" not in values and interview is not None:
        values["interview"] = interview
    try:
        return Relation(**values, path=path, line=line_of(entry))
    except ValidationError as error:
        detail = error.errors()[0]
        key = str(detail["loc"][0]) if detail["loc"] else ""
        shown = "quote" if key == "quotes" and "quotes" not in entry else key
        msg = f"{name}: {_problem(shown, detail)}"
        raise CodebookError(msg, path, line=line_of(entry, shown)) from error


def _problem(key: str, detail: Mapping[str, Any]) -> str:
    """One sentence for what pydantic found."""
    if detail["type"] == "missing":
        return f"'{key}' is missing; see docs/relations.md for the form."
    if detail["type"] == "literal_error":
        choices = _CHOICES[key]
        return f"'{key}' is {detail['input']!r}; it is one of {', '.join(choices)}." + did_you_mean(
            str(detail["input"]), choices
        )
    if detail["type"] == "value_error":
        return f"{detail['ctx']['error']}."
    if detail["type"] in {"too_short", "string_too_short"}:
        return f"'{key}' is empty."
    if detail["type"] in {"tuple_type", "list_type"}:
        return f"'{key}' must be a list, one quote an item."
    return f"'{key}' must be text, not {detail['input']!r}; put it in quotation marks."
