"""Projects that are SQLite databases, read without trust: read-only, bounded, and nothing in them is run.

A database can hold more than tables: views and virtual tables run what their maker wrote when they are read,
a table may lack columns or hold a text where a number should be. Only plain tables are read here, column
by column, and a damaged file is refused before anything of it is taken for words.

File format: https://www.sqlite.org/fileformat2.html; against hostile files: https://www.sqlite.org/security.html.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from kb.errors import InputError
from loaders._text import begins, check_file, unreadable

_MAGIC = b"SQLite format 3\0"
_MAX_VALUE = 64 * 2**20  # bytes of one text
_MAX_ROWS = 5_000_000  # of one table
_STEPS = 10_000  # of the engine between two looks at how many there were
_MAX_STEPS = 2_000_000_000
# What stands in a file beside a database while a program has changes that are not in it.
_JOURNALS = {"-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"), "-journal": (b"\xd9\xd5\x05\xf9",)}


class Row(NamedTuple):
    """A row's values by position; what is no text is made one, a number that is none is None."""

    values: tuple[Any, ...]

    def text(self, n: int) -> str:
        """A text; ``""`` for nothing."""
        value = self.values[n]
        return value if isinstance(value, str) else "" if value is None else str(value)

    def number(self, n: int) -> int | None:
        """A whole number, also one written as text."""
        value = self.values[n]
        if isinstance(value, bool) or value is None:
            return None
        with suppress(ValueError, TypeError, OverflowError):
            return int(value)
        return None


class Database:
    """A database; use it in a ``with`` statement.

    Args:
        path: The file.
        program: The program that writes such files, for the errors.

    Raises:
        InputError: It is no database, is damaged, is too large, or a program has changes of it that
            are not in the file yet.
    """

    def __init__(self, path: Path, program: str) -> None:
        check_file(path)
        self._path, self._program = path, program
        if not begins(path, _MAGIC):
            raise self._damaged()
        self._no_journal()
        with self._told():
            self._db = _connect(path)
        try:
            with self._told():
                self.tables = _tables(self._db)
                if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise self._damaged()
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self._db.close()

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of a table, in the order of its columns as asked; none where there is no such table.

        Args:
            table: Its name.
            columns: Their names; of one that an older version of the program had not, all is None.

        Raises:
            InputError: The database is damaged there, or the table is too large.
        """
        there = self.tables.get(table)
        if there is None:
            return
        asked = ", ".join(_quoted(name) if name in there else "NULL" for name in columns)
        query = f"SELECT {asked} FROM {_quoted(table)}"  # noqa: S608  # names that kb knows, quoted
        with self._told(), closing(self._db.execute(query)) as found:
            for number, values in enumerate(found):
                if number >= _MAX_ROWS:
                    message = f"its table {table} has more than {_MAX_ROWS} rows: no study has so many."
                    raise InputError(message, self._path)
                if any(isinstance(value, bytes) for value in values):
                    raise self._damaged()
                yield Row(values)

    def count(self, table: str) -> int:
        """How many rows a table has; 0 where there is none."""
        if table not in self.tables:
            return 0
        query = f"SELECT count(*) FROM {_quoted(table)}"  # noqa: S608  # quoted
        with self._told():
            return int(self._db.execute(query).fetchone()[0])

    def _no_journal(self) -> None:
        for ending, marks in _JOURNALS.items():
            beside = self._path.with_name(self._path.name + ending)
            try:
                if not beside.is_file():
                    continue
                with beside.open("rb") as file:
                    head = file.read(4)
            except OSError as error:
                raise unreadable(beside, error) from error
            if head in marks:
                raise InputError(
                    f"changes that are not in this file yet stand in {beside.name} beside it: close the "
                    f"project in {self._program} (or open and close it there once), and load it then.",
                    self._path,
                )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeError, OverflowError, MemoryError) as error:
            raise self._damaged() from error

    def _damaged(self) -> InputError:
        return InputError(
            f"this is no project of {self._program}, or a damaged one: open it in {self._program} and save "
            "or export it anew, or take a backup.",
            self._path,
        )


def tables_of(path: Path) -> frozenset[str] | None:
    """The names of a database's tables; None where they cannot be read; never raises."""
    try:
        with closing(_connect(path)) as db:
            return frozenset(_tables(db))
    except (sqlite3.Error, OSError, ValueError, MemoryError):
        return None


def _connect(path: Path) -> sqlite3.Connection:
    """Open it so that nothing is written, not even a lock, and nothing of it can run for long."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
    db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    steps = 0

    def too_many() -> bool:
        nonlocal steps
        steps += _STEPS
        return steps > _MAX_STEPS

    db.set_progress_handler(too_many, _STEPS)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        db.execute(f"PRAGMA {pragma}")
    return db


def _tables(db: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """The columns of each plain table; what is computed when it is read is no column."""
    found = {}
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind != "table" or not isinstance(name, str) or not isinstance(sql, str):
            continue
        if sql.lstrip().upper().startswith("CREATE VIRTUAL"):
            continue
        columns = db.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        found[name] = frozenset(str(column[1]) for column in columns if column[6] == 0)
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
