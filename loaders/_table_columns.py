"""What a table is, by the names of its columns: coded passages, relations, or a transcript in columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import InputError
from kb.text.nearest import did_you_mean
from loaders._sheet import Sheet
from loaders._table_names import OTHER, Tool, names, plain, tool_of
from loaders._text import fold

_AHEAD = 20  # rows above the header, as reports have them
_NUMBER = re.compile(r" ?\d{1,2}$")
_APPLIED = re.compile(r"code:\s*(.+?)\s+(applied|range|weight)", re.IGNORECASE)  # Dedoose


@dataclass(frozen=True)
class Columns:
    """Where a sheet has what.

    Attributes:
        header: Index of the row of names.
        names: As they are written.
        at: Index of the column of each field (see `loaders._table_words.NAMES`).
        tool: Who writes such tables.
        applied: Columns of one code each, that say whether it is applied: its path.
        weights: Columns of weights of those codes.
        attributes: Columns of what is known of a participant, as the user says.
        ignored: Columns that the user says are not to be missed.
        more: Further columns of codes, as ``Code 2`` beside ``Code 1``.
        said: The fields whose column the user named.
    """

    header: int
    names: tuple[str, ...]
    at: Mapping[str, int]
    tool: Tool = OTHER
    applied: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    weights: tuple[int, ...] = ()
    attributes: tuple[int, ...] = ()
    ignored: tuple[int, ...] = ()
    said: frozenset[str] = frozenset()
    more: tuple[int, ...] = ()

    @property
    def kind(self) -> str | None:
        """``relations``, ``passages`` or ``transcript``; None where it is none of these."""
        at = self.at
        plain_ends = {plain(self.names[at[end]]) for end in ("cause", "effect") if end in at}
        if (self.pairs and ("text" in at or not plain_ends <= {"from", "to"})) and not (
            "codes" in at and "text" not in at
        ):
            return "relations"
        if "text" in at and ("codes" in at or self.applied):
            return "passages"
        if "text" in at and (
            "speaker" in at
            or {"text", "document"} <= {*self.said, *(["document"] if "person" in self.said else ())}
        ):
            return "transcript"
        return None

    @property
    def pairs(self) -> list[tuple[str, str, str]]:
        """Kind of relation and the fields of its two ends, for each that the columns can give."""
        found = []
        effect = next((end for end in ("effect", "issue") if end in self.at), None)
        if "cause" in self.at and effect:
            found.append(("causes", "cause", effect))
        issue = next((end for end in ("issue", "effect", "cause") if end in self.at), None)
        kinds = {"fix": "fixes", "failed": "does-not-fix", "detection": "detects"}
        found += [(kind, issue, end) for end, kind in kinds.items() if issue and end in self.at]
        return found

    @property
    def unread(self) -> list[int]:
        """Columns with a name that nothing is read from, in order."""
        read = {*self.at.values(), *self.applied, *self.weights, *self.attributes, *self.ignored, *self.more}
        ranges = {n for n, name in enumerate(self.names) if _APPLIED.fullmatch(fold(name))}
        again = {plain(self.names[n]) for n in read}  # a column that stands twice, as beside variables
        return [
            n
            for n, name in enumerate(self.names)
            if name.strip() and n not in read | ranges and plain(name) not in again
        ]

    def name(self, field_: str) -> str:
        """The name of a field's column, as it is written."""
        return fold(self.names[self.at[field_]])


def columns_of(sheet: Sheet, said: Mapping[str, str], path: Path) -> Columns | None:
    """Where a sheet has what; None where its columns are not known.

    Args:
        sheet: Its first rows are enough.
        said: Columns by field, as the user names them.
        path: For errors.

    Raises:
        InputError: A column that the user names is not there.
    """
    wanted = {plain(name) for names_ in said.values() for name in _several(names_)}
    best: Columns | None = None
    for header, row in enumerate(sheet.rows[:_AHEAD]):
        there = {plain(cell) for cell in row}
        if wanted and not wanted <= there:
            continue
        found = _columns(header, row, said)
        if found.kind and (found.kind != "transcript" or said or _is_talk(sheet, found)):
            return found
        best = best or found
    if wanted and best is None and sheet.rows:
        row = max(sheet.rows[:_AHEAD], key=lambda row: len(wanted & {plain(cell) for cell in row}))
        missing = sorted(name for names_ in said.values() for name in _several(names_)
                         if plain(name) not in {plain(cell) for cell in row})  # fmt: skip
        listed = [fold(cell) for cell in row if cell.strip()]
        raise InputError(
            f"there is no column '{missing[0] if missing else min(said.values())}'; its columns are "
            f"{', '.join(listed[:20])}.{did_you_mean(missing[0], listed) if missing else ''}",
            path,
        )
    return best if wanted and best and best.kind else None


def _is_talk(sheet: Sheet, columns: Columns) -> bool:
    """Whether the same people speak again and again, as in a transcript, and not one in each row."""
    at = columns.at["speaker"]
    said = [fold(row[at]) for row in sheet.rows[columns.header + 1 :] if at < len(row) and row[at].strip()]
    return len(said) > 1 and len(set(said)) <= max(2, len(said) // 2)


def _several(names_: str) -> list[str]:
    return [name for name in names_.split("+") if name.strip()]


def _columns(header: int, row: Sequence[str], said: Mapping[str, str]) -> Columns:
    first: dict[str, int] = {}
    for n, cell in enumerate(row):
        if name := plain(cell):
            first.setdefault(name, n)
    at: dict[str, int] = {}
    codes = [first[plain(each)] for each in _several(said.get("codes", "")) if plain(each) in first]
    several = {name: tuple(first[plain(each)] for each in _several(said[name]) if plain(each) in first)
               for name in ("attributes", "ignore") if name in said}  # fmt: skip
    taken = {n for found in several.values() for n in found}
    for name, column in said.items():
        if name not in several and plain(column) in first:
            at[name] = first[plain(column)]
            taken.add(at[name])
        elif name == "codes" and codes:
            at[name] = codes[0]
            taken.update(codes)
    for name, known in names().items():
        if name in at:
            continue
        there = [(known[column], n) for column, n in first.items() if column in known and n not in taken]
        if there:
            at[name] = min(there)[1]
            taken.add(at[name])
    more = tuple(codes[1:]) if "codes" in said else _code_columns(row, at, taken)
    applied, weights = _applied(row)
    if "person" in at:
        at.setdefault("speaker", at["person"])
        at.setdefault("document", at["person"])
    tool = tool_of(set(first))
    return Columns(header, tuple(row), at, tool, applied, weights, several.get("attributes", ()),
                   several.get("ignore", ()), frozenset(said), more)  # fmt: skip


def _applied(row: Sequence[str]) -> tuple[dict[int, tuple[str, ...]], tuple[int, ...]]:
    """Columns that say whether one code is applied, with its path, and columns of weights."""
    applied: dict[int, tuple[str, ...]] = {}
    weights = []
    for n, cell in enumerate(row):
        if match := _APPLIED.fullmatch(fold(cell)):
            if match[2].lower() == "applied":
                applied[n] = tuple(part.strip() for part in match[1].split("\\") if part.strip())
            elif match[2].lower() == "weight":
                weights.append(n)
    return applied, tuple(weights)


def _code_columns(row: Sequence[str], at: dict[str, int], taken: set[int]) -> tuple[int, ...]:
    """Columns with codes beside the first: of its name, or with numbers (``Code 1``, ``Code 2``)."""
    bases = [_NUMBER.sub("", plain(cell)) for cell in row]
    known = names()["codes"]
    if "codes" not in at:
        numbered = [(known[base], n) for n, base in enumerate(bases)
                    if base in known and base != plain(row[n]) and n not in taken]  # fmt: skip
        if not numbered:
            return ()
        at["codes"] = min(numbered)[1]
        taken.add(at["codes"])
    own = bases[at["codes"]]
    return tuple(n for n, base in enumerate(bases) if base == own and n not in taken)


def fields_said(text: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """What the user says of columns: ``document=Interview,text=Quote`` as a name by field.

    A comma within a name is the name's, as long as no field and ``=`` follow it.

    Raises:
        ValueError: A part is not of that form, or names no field; the message is a sentence.
    """
    found: dict[str, str] = {}
    for part in (each for one in text for each in re.split(r",(?=\s*\w+\s*=)", one)):
        name, equals, column = part.partition("=")
        name, column = name.strip().lower(), column.strip()
        name = {"code": "codes", "quote": "text", "passage": "text", "interview": "document",
                "attribute": "attributes", "participant": "person"}.get(name, name)  # fmt: skip
        if not equals or not column:
            raise ValueError(
                f"'{part.strip()}' names no column: write --columns document=…,text=…,codes=… with the names "
                "of your columns."
            )
        if name not in known:
            raise ValueError(f"'{name}' is nothing that a column can be; it may be {', '.join(known)}."
                             f"{did_you_mean(name, known)}")  # fmt: skip
        found[name] = column
    return found
