"""Tables (.csv, .tsv, .xlsx): a row a coded passage, a row a relation, or a transcript in columns.

What columns are called is known of Delve, ATLAS.ti, MAXQDA, NVivo, Dedoose and Taguette and in plain words
of several languages (`loaders._table_words`); for others the user names them. Without its transcript a
passage is a turn of its own; where another source has the transcript, it is looked for there
(`kb.ingest.align`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from kb.errors import InputError
from kb.records import AnyRecord, Level, Notice
from loaders._sheet import Sheet
from loaders._sheets import ENDINGS as _ENDINGS
from loaders._sheets import heads, read_sheets
from loaders._source import name_parts
from loaders._table_cells import Labels, Parting, parting
from loaders._table_columns import Columns
from loaders._table_documents import Home, documents_of, homes
from loaders._table_kind import fitting, step_for_table
from loaders._table_names import is_formal, says_something
from loaders._table_records import FORMAT as _FORMAT
from loaders._table_records import Document, Table
from loaders._table_rows import Row, rows_of
from loaders._text import fold

FORMAT = _FORMAT
ENDINGS = frozenset[str]()
MAYBE = _ENDINGS
RANK = 29
OPTIONS = frozenset({"columns", "encoding", "interviewers", "interviewees", "preview"})
READS = "tables of coded passages or relations (.csv, .tsv, .xlsx)"
_EXCEL = 32_767  # characters of a cell at most
_SHOWN = 3


def detect(path: Path) -> bool:
    """Whether the names of its columns are those of coded passages, relations or a transcript."""
    if path.suffix.lower() not in MAYBE:
        return False
    return bool(fitting(heads(path), {}, path))


def parse(
    path: Path,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    preview: bool = False,
) -> Iterator[AnyRecord]:
    """Yield each document's interview, and how the columns were understood.

    Args:
        path: The table.
        columns: Names of columns by what they hold, as the user says them.
        encoding: Of a CSV that is neither UTF-8 nor UTF-16 with its mark.
        interviewers: Speakers' labels of those who ask.
        interviewees: Labels of those who answer.
        preview: Show how the first rows are read.

    Raises:
        InputError: It cannot be read, has none of the columns, or no rows.
    """
    said = {**(columns or {})}
    separator = said.pop("separator", None)
    sheets = read_sheets(path, encoding)
    found = fitting(sheets, said, path)
    if not found:
        raise InputError(f"{step_for_table(path) or 'there is no row in this table'}.", path)
    sheet, where = found[0]
    reader = _Reader(path, where, interviewers, interviewees)
    parts = parting(_codes(sheet, where), where.name("codes") if "codes" in where.at else "",
                    where.tool, separator)  # fmt: skip
    several = len(found) > 1
    for page, own in found:
        reader.rows += rows_of(page, own, parts, page.name if several else "")
    yield reader.tell("info", _mapping(where, parts))
    if preview:
        yield from (reader.tell("info", _row(row), row.line) for row in reader.rows[:_SHOWN])
    read = {page.name for page, _ in found}
    for other in sheets:
        if other.name not in read:
            why = "it is hidden" if other.hidden else "it has no such columns"
            message = f"the sheet '{other.name}' is left, with {len(other.rows)} rows: {why}."
            yield reader.tell("warning" if other.hidden else "info", message)
    yield from reader.records()
    yield from _left(reader, [(page, own) for page, own in found])


class _Reader:
    """The rows of a file, put to the interviews that they are of."""

    def __init__(
        self, path: Path, columns: Columns, interviewers: Collection[str], interviewees: Collection[str]
    ) -> None:
        self._path, self._columns = path, columns
        self._named = interviewers, interviewees
        self.rows: list[Row] = []

    def tell(
        self, level: Level, message: str, line: int | None = None, interview: str | None = None
    ) -> Notice:
        """A notice on the file."""
        return Notice(level=level, message=message, source=self._path.name, line=line, interview=interview)

    def records(self) -> Iterator[AnyRecord]:
        """The documents, by the ids of their interviews."""
        if not self.rows:
            raise InputError("there is no row under the names of the columns in this table.", self._path)
        own = name_parts(self._path)
        documents, carried = documents_of(self.rows)
        found, apart = homes(documents)
        if ("", "") in found:
            found["", ""] = Home(own.interview, own.title, own.coder)
        labels = Labels(path for row in self.rows for path in row.codes)
        yield from labels.tree()
        person = (
            "person" in self._columns.at and self._columns.at.get("speaker") == self._columns.at["person"]
        )
        table = Table(self._path.name, self._columns, labels, own.round, person)
        by_home: dict[str, list[tuple[Row, str | None]]] = defaultdict(list)
        home_of = {}
        for row, document in zip(self.rows, documents, strict=True):
            home = found[document]
            by_home[home.id].append((row, home.coder))
            home_of[home.id] = home
        lost: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for id_ in sorted(by_home):
            document_ = Document(table, home_of[id_], by_home[id_], *self._named)
            if document_.turns:
                yield from document_.records()
            else:
                yield from self._without_turns(document_)
            lost.update(document_.lost)
            told.update(document_.told)
        if carried:
            message = f"rows without a document, taken to be of the one above: {carried}."
            yield self.tell("warning", message)
        if apart:
            names = ", ".join(apart[:5]) + (", …" if len(apart) > 5 else "")
            message = (
                "documents whose names would give one interview's id are kept apart by their whole names"
            )
            yield self.tell("warning", f"{message}: {names}.")
        for what, n in sorted(told.items()):
            yield self.tell("info", f"{what}: {n}.")
        for what, n in sorted(lost.items()):
            yield self.tell("lost", f"{what}: {n}.")

    def _without_turns(self, document: Document) -> Iterator[AnyRecord]:
        """Relations between codes without any words are about the study."""
        from kb.records import Relation

        for record in document.records():
            if isinstance(record, Relation):
                yield record


def _mapping(columns: Columns, parts: Parting) -> str:
    """How the columns were understood, as a sentence."""
    kinds = {"passages": "coded passages", "relations": "relations", "transcript": "a transcript in columns"}
    tool = f" as {columns.tool.name} writes it" if columns.tool.name else ""
    held: dict[int, list[str]] = defaultdict(list)
    for name, n in columns.at.items():
        held[n].append(name)
    for n in columns.more:
        held[n].append("codes")
    read = [f"{' and '.join(names)} in '{fold(columns.names[n])}'" for n, names in sorted(held.items())]
    if columns.applied:
        read.append(f"a code in each of {len(columns.applied)} columns")
    signs = {",": "a comma", ";": "a semicolon", "\n": "a line end", "|": "a bar"}
    if parts.codes:
        read.append(f"codes in a cell parted by {signs.get(parts.codes, repr(parts.codes))}")
    if parts.levels:
        read.append(f"levels of codes parted by '{parts.levels.strip()}'")
    return (
        f"read as a table of {kinds[str(columns.kind)]}{tool}: {'; '.join(read)}; to change it, pass "
        "--columns (see docs/tools.md)."
    )


def _row(row: Row) -> str:
    text = fold(row.text)
    codes = ", ".join(f"'{' > '.join(path)}'" for path in row.codes)
    ends = ", ".join(f"{name} '{value}'" for name, value in row.ends.items())
    shown = f"“{text[:60]}{'…' if len(text) > 60 else ''}”"
    said = [f"document '{row.document}'" if row.document else "", f"codes {codes}" if codes else "", ends,
            f"speaker '{row.speaker}'" if row.speaker else "", f"coder '{row.coder}'" if row.coder else "",
            f"words {shown}" if text else ""]  # fmt: skip
    return f"this row is read as {'; '.join(part for part in said if part)}."


def _codes(sheet: Sheet, columns: Columns) -> list[str]:
    """All cells that hold codes."""
    at = [columns.at["codes"], *columns.more] if "codes" in columns.at else []
    return [row[n] for row in sheet.rows[columns.header + 1 :] for n in at if n < len(row)]


def _left(reader: _Reader, found: list[tuple[Sheet, Columns]]) -> Iterator[Notice]:
    """What stands in columns that nothing is read from, and what Excel may have cut."""
    values: Counter[str] = Counter()
    weights = long = 0
    for sheet, columns in found:
        for row in sheet.rows[columns.header + 1 :]:
            for n in columns.unread:
                if n < len(row) and says_something(row[n]):
                    values[fold(columns.names[n])] += 1
            weights += sum(says_something(row[n]) for n in columns.weights if n < len(row))
            long += sum(len(cell) >= _EXCEL for cell in row)
    order = [name for n in found[0][1].unread if (name := fold(found[0][1].names[n])) in values]
    formal = [name for name in order if is_formal(name)]
    if formal:
        yield reader.tell("info", f"not read, since they say nothing of what was said: {', '.join(formal)}.")
    for name in order:
        if name not in formal:
            yield reader.tell(
                "lost",
                f"values in column '{name}', which is not read (--columns ignore={name} if it need not be, "
                f"attributes={name} if it tells of the participant): {values[name]}.",
            )
    if weights:
        yield reader.tell("lost", f"weights of codes: {weights}.")
    if long:
        yield reader.tell("warning", f"cells as long as Excel allows, which may have been cut there: {long}.")
