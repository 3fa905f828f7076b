"""The two forms of a codebook file, YAML and CSV, as rows that know their lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.codebook.labels import fold
from kb.errors import CodebookError
from kb.records import Notice
from kb.text.nearest import did_you_mean
from kb.text.yamlfile import MappingNode, Node, ScalarNode, SequenceNode, compose

Value = str | tuple[str, ...]

_SECTIONS = ("categories", "codes")
_LABEL_COLUMNS = ("label", "code")
# What Taguette and other tools call the column of labels; they count where there is no column of ours.
_LABEL_ELSEWHERE = ("tag", "name", "path")
_COLUMNS = ("kind", "category", "aliases", "issue", "description", "title")
_DELIMITERS = ",;\t"
_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)


@dataclass
class Row:
    """One code as the file has it: field → value, and the line of the label and of each field."""

    label: str
    line: int
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        """The line of a field; that of the label where the field has none."""
        return self.lines.get(name, self.line)


@dataclass
class Rows:
    """A codebook file before it is checked; `categories` is None where the form has no such section."""

    rows: list[Row]
    categories: dict[str, str] | None = None
    notices: tuple[Notice, ...] = ()


def read_yaml(text: str, path: Path) -> Rows:
    """Rows of a YAML codebook.

    Scalars stay as written (`no` and `1.0` are labels like any other), for which the tree of nodes
    is read instead of the values.
    """
    root = compose(text, path, "codebook")
    if root is None:
        return Rows([])
    categories: dict[str, str] | None = None
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for name, line, node in _pairs(root, path, "The file"):
        _once(seen, name, line, path)
        if name == "categories":
            categories = _categories(node, path)
        elif name == "codes":
            rows = list(_codes(node, path))
        else:
            raise CodebookError(
                f"Unknown section '{name}'; a codebook has 'categories' and 'codes'."
                f"{did_you_mean(name, _SECTIONS)}",
                path,
                line=line,
            )
    return Rows(rows, categories)


def _categories(node: Node, path: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    seen: dict[str, int] = {}
    for id_, line, value in _pairs(node, path, "'categories'"):
        _once(seen, id_, line, path)
        name = _value(value, path)
        if not isinstance(name, str):
            raise CodebookError(f"The category '{id_}' needs one full name.", path, line=line)
        names[id_] = name
    return names


def _codes(node: Node, path: Path) -> Iterator[Row]:
    for label, line, fields in _pairs(node, path, "'codes'"):
        row = Row(label, line)
        for name, field_line, value in _pairs(fields, path, f"The code '{label}'"):
            _once(row.lines, name, field_line, path)
            if not _is_null(value):
                row.values[name] = _value(value, path)
        yield row


def _pairs(node: Node, path: Path, what: str) -> Iterator[tuple[str, int, Node]]:
    """Key, line and value of a mapping; nothing for an empty one."""
    if _is_null(node):
        return
    if not isinstance(node, MappingNode):
        raise CodebookError(
            f"{what} must be a list of 'name: value' pairs.", path, line=node.start_mark.line + 1
        )
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = _value(key, path)
        if not isinstance(name, str) or not name:
            raise CodebookError("A name is missing before the colon.", path, line=line)
        yield name, line, value


def _value(node: Node, path: Path) -> Value:
    if isinstance(node, ScalarNode):
        return fold(node.value)
    if isinstance(node, SequenceNode) and all(isinstance(v, ScalarNode) for v in node.value):
        return tuple(fold(v.value) for v in node.value)
    raise CodebookError("Only a text or a list of texts can stand here.", path, line=node.start_mark.line + 1)


def _is_null(node: Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _once(seen: dict[str, int], name: str, line: int, path: Path) -> None:
    if name in seen:
        raise CodebookError(f"'{name}' is given twice (first on line {seen[name]}).", path, line=line)
    seen[name] = line


def read_csv(text: str, path: Path) -> Rows:
    """Rows of a CSV codebook: comma, semicolon or tab, whichever the header line has most of."""
    lines = [line for line in text.splitlines() if line.strip()]
    said = _SEPARATOR.fullmatch(lines[0].strip(' "')) if lines else None  # Excel's word
    header_line = next(iter(lines[1:] if said else lines), "")
    delimiter = (said[1] if said else None) or max(_DELIMITERS, key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] | None = None
    rows: list[Row] = []
    notices: tuple[Notice, ...] = ()
    end = 0  # a quoted cell may hold line ends: the reader knows where a row ends, not where it began
    try:
        for cells in reader:
            line, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if said and columns is None and cells[0].casefold().startswith("sep="):
                said = None
                continue
            if columns is None:
                columns = _header(cells, path, line)
                notices = _passed_over(columns, path, line)
                continue
            rows.append(_row(columns, cells, path, line))
    except csv.Error as error:
        raise CodebookError(f"Not well-formed CSV: {error}.", path, line=reader.line_num) from error
    return Rows(rows, notices=notices)


def _header(cells: list[str], path: Path, line: int) -> list[str]:
    columns = [fold(cell).casefold() for cell in cells]
    if not set(columns).intersection(_LABEL_COLUMNS):
        other = next((name for name in _LABEL_ELSEWHERE if name in columns), None)
        columns = ["label" if column == other else column for column in columns]
    known = [column for column in columns if column in (*_LABEL_COLUMNS, *_COLUMNS)]
    if not any(column in _LABEL_COLUMNS for column in columns):
        raise CodebookError(
            "No column is named 'label' or 'code' (nor 'tag', 'name' or 'path'): name that of the labels "
            f"so; the others may be {', '.join(_COLUMNS)}.",
            path,
            line=line,
        )
    for column in known:
        if known.count(column) > 1 or set(_LABEL_COLUMNS) <= set(known):
            raise CodebookError(
                "Two columns mean the same: keep one column a name, and 'label' or 'code'.", path, line=line
            )
    return columns


def _passed_over(columns: list[str], path: Path, line: int) -> tuple[Notice, ...]:
    extra = [name for name in columns if name and name not in (*_LABEL_COLUMNS, *_COLUMNS)]
    return tuple(
        Notice(
            level="info",
            message=f"The column '{name}' is passed over.{did_you_mean(name, _COLUMNS)}",
            source=path.name,
            line=line,
        )
        for name in extra
    )


def _row(columns: list[str], cells: list[str], path: Path, line: int) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise CodebookError(
            f"{len(cells)} cells under {len(columns)} columns: quote a cell that holds the delimiter.",
            path,
            line=line,
        )
    row = Row("", line)
    for column, cell in zip(columns, cells, strict=False):
        text = fold(cell)
        if column in _LABEL_COLUMNS:
            row.label = text
        elif text and column == "aliases":
            row.values[column] = tuple(alias for part in text.split(";") if (alias := fold(part)))
        elif text and column in _COLUMNS:
            row.values[column] = text
    if not row.label:
        raise CodebookError("The row has no label.", path, line=line)
    return row
