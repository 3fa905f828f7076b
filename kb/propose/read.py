"""A file of proposals: JSON Lines, what a model answered as JSON, or a table.

A row that cannot be read is one of the outcomes, told with its line as one that is refused; a file that is
no such file is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from kb.errors import InputError
from kb.propose.form import FIELDS, Proposed
from kb.propose.model import MAX_TEXT
from kb.text.files import decoded, read_bounded
from kb.text.nearest import did_you_mean
from kb.text.words import plural
from loaders._sheets import ENDINGS as TABLES
from loaders._sheets import is_workbook, read_sheets

#: Bytes of a file, and proposals in it, at most.
MAX_BYTES, MAX_ROWS = 16 * 2**20, 20_000
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$")
# What the fields are called elsewhere.
_ALSO = {
    "text": "quote",
    "evidence": "quote",
    "source_quote": "quote",
    "relation": "kind",
    "type": "kind",
    "from": "start",
    "to": "end",
    "turn_id": "turn",
    "interview_id": "interview",
    "comment": "note",
    "proposed_by": "by",
    "model": "by",
}


class Row(NamedTuple):
    """One row or line of a file.

    Attributes:
        line: Where it begins, from 1; in a file that is one JSON value, which proposal it is.
        proposed: What it proposes; None if it cannot be read.
        problem: Why it cannot be read, in a sentence; None if it can.
        given: The quote as far as it could be read, for the table of outcomes.
    """

    line: int
    proposed: Proposed | None = None
    problem: str | None = None
    given: str = ""


class Rows(NamedTuple):
    """What a file holds.

    Attributes:
        rows: In its order.
        notes: What of it is not read, a sentence each.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_proposed(path: Path) -> Rows:
    """Read a file of proposals.

    Args:
        path: ``.csv``, ``.tsv`` or ``.xlsx`` is a table with the names of the fields in its first row; any
            other file is JSON Lines, a JSON list, or an object with a list ``proposals``, also within the
            fence that models put around code.

    Raises:
        InputError: It cannot be read, is too large, holds no proposal, or is nothing of these.
    """
    raw = read_bounded(path, MAX_BYTES)  # refuses what is no regular file before anything opens it
    unread: dict[str, None] = {}
    text = ""
    try:
        text = "" if is_workbook(path) else decoded(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("This is not UTF-8: save the file as UTF-8.", path, line=line) from error
    if path.suffix.lower() in TABLES:
        rows = list(_table(path, unread))
    else:
        if "\0" in text:
            raise InputError("This is no text: proposals are JSON Lines or a table (.csv, .xlsx).", path)
        rows = list(_json(text, path, unread))
    if not rows:
        raise InputError("There is no proposal in this file; docs/proposals.md has its form.", path)
    if len(rows) > MAX_ROWS:
        raise InputError(f"These are more than {MAX_ROWS} proposals: split the file.", path)
    notes = [
        f"not read: {plural(len(unread), 'field')} that no proposal has: {', '.join(sorted(unread)[:8])}."
    ]
    return Rows(tuple(rows), tuple(notes) if unread else ())


def one_proposed(fields: Mapping[str, Any]) -> Row:
    """One proposal as a file's line would have it.

    Args:
        fields: By the names that a file may use; what is None is left out.
    """
    return _value(1, {name: value for name, value in fields.items() if value is not None}, {})


def _table(path: Path, unread: dict[str, None]) -> Iterator[Row]:
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    if not sheets:
        return
    head, *rows = sheets[0].rows
    fields = [_field(cell) for cell in head]
    if "quote" not in fields:
        said = did_you_mean("quote", head)
        msg = f"The table's first row names no column 'quote'.{said} docs/proposals.md has the names."
        raise InputError(msg, path, line=sheets[0].lines[0])
    for line, cells in zip(sheets[0].lines[1:], rows, strict=True):
        filled = {name: cell for name, cell in zip(fields, cells, strict=False) if name and cell.strip()}
        yield _row(line, filled, unread)


def _json(text: str, path: Path, unread: dict[str, None]) -> Iterator[Row]:
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if any(_FENCE.match(line) for line in lines):  # what stands outside is talk
        inside = False
        kept = []
        for line in lines:
            fence = _FENCE.match(line) is not None
            inside ^= fence
            kept.append(line if inside and not fence else "")
        lines = kept
    whole = "\n".join(lines)
    if (found := _loaded(whole)) is not None:
        for number, value in enumerate(_listed(found), 1):
            yield _value(number, value, unread)
        return
    told = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        value = _loaded(line.rstrip().rstrip(","))
        if value is None:
            if not told and "{" not in whole:
                raise InputError(
                    "This is neither JSON Lines nor a table; docs/proposals.md has the form.", path
                )
            told = True
            yield Row(number, problem="this line is no JSON object: write one proposal a line.")
            continue
        for each in _listed(value):
            yield _value(number, each, unread)


def _loaded(text: str) -> Any:
    """What a JSON text holds; None if it is none, or deeper than any proposal."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _listed(value: Any) -> Iterable[Any]:
    if isinstance(value, dict) and isinstance(value.get("proposals"), list):
        return list(value["proposals"])
    return value if isinstance(value, list) else [value]


def _value(line: int, value: Any, unread: dict[str, None]) -> Row:
    if isinstance(value, dict):
        return _row(line, {_field(str(key)): each for key, each in value.items()}, unread)
    return Row(line, problem="this is no JSON object with kind, ends and quote.")


def _row(line: int, fields: Mapping[str, Any], unread: dict[str, None]) -> Row:
    unread.update(dict.fromkeys(name[:40] for name in fields if name not in FIELDS))
    quote = fields.get("quote")
    given = " ".join(quote.split())[:MAX_TEXT] if isinstance(quote, str) else ""
    nested = [name for name in FIELDS if isinstance(fields.get(name), (dict, list))]
    if nested:
        return Row(line, problem=f"'{nested[0]}' is no text: write one value.", given=given)
    try:
        return Row(line, Proposed.model_validate(dict(fields)), given=given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "it"
        problems = {
            "missing": f"'{name}' is missing.",
            "string_too_long": f"'{name}' is longer than {first.get('ctx', {}).get('max_length')} letters.",
            "string_unicode": f"'{name}' holds half a character: write it anew.",
        }
        return Row(line, problem=problems.get(first["type"], f"'{name}' is no text."), given=given)


def _field(name: str) -> str:
    """A field by what a file calls it."""
    plain = re.sub(r"[\W_]+", "_", name.strip().casefold()).strip("_")
    return _ALSO.get(plain, plain)
