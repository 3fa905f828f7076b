"""Rows for eyes: a table, with the words that support a row below it where it has some."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.cli.bounded import SHOWN
from kb.text.cells import CHAINS, cell

if TYPE_CHECKING:
    from rich.console import Console

# Columns of running text: one text a row makes blocks of the rows, a list goes below the table.
_TEXTS = ("quote", "text", "message")
_QUOTES = "quotes"
# Several columns with cells of more letters than this would leave none of them room.
_ROWS = 300  # of a table; more are for a file
_LONG = 90
# Piped into a file, a table must not be cut to the width of no terminal.
_NO_TERMINAL = 120


def print_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], title: str, headers: Mapping[str, str]
) -> None:
    """Print rows to stdout as a table or as blocks, and what the columns count below them.

    Args:
        columns: In the order to print.
        rows: At least one.
        title: Above the table; ``""`` for none.
        headers: What a column counts or holds, by column.
    """
    from rich.text import Text

    console = _console()
    if title:
        console.print(Text(f"{title} ({len(rows)})", style="bold"))
    more = len(rows) - _ROWS
    rows = [{c: _shortened(row[c], c) for c in columns} for row in rows[:_ROWS]]
    # A column without a single value only takes the others' room; JSON and CSV have it.
    columns = [c for c in columns if _longest(rows, c) > 0] or list(columns)
    long = [c for c in columns if c not in (*_TEXTS, _QUOTES, *CHAINS) and _longest(rows, c) > _LONG]
    texts = [c for c in columns if c in _TEXTS or (c in long and len(long) > 1)]
    if texts:
        _blocks(console, [c for c in columns if c not in (*texts, _QUOTES)], texts, rows)
    else:
        _grid(console, [c for c in columns if c != _QUOTES], rows, numbered=_QUOTES in columns)
        if _QUOTES in columns:
            _evidence(console, rows)
    if more > 0:
        console.print(Text(f"… and {more} more; --format csv has them all", style="dim"))
    told = {c: headers[c] for c in columns if c in headers}
    if told:
        console.print()
    for column, meaning in told.items():
        console.print(Text(f"{column.replace('_', ' ')}: {meaning}", style="dim"))


def _shortened(value: Any, column: str) -> Any:
    """A list as a person reads one: of a thousand interviews the first, and how many more."""
    if not isinstance(value, (list, tuple)) or column in (*CHAINS, _QUOTES) or len(value) <= SHOWN + 1:
        return value
    return [*value[:SHOWN], f"… and {len(value) - SHOWN} more"]


def _longest(rows: Sequence[Mapping[str, Any]], column: str) -> int:
    """Letters of a column's longest cell."""
    return max(len(cell(row[column], column)) for row in rows)


def print_item(head: str, beside: str, below: Sequence[str]) -> None:
    """Print one item to stdout: a heading with a remark beside it, and lines of text below.

    Args:
        head: What it is.
        beside: Printed after it, less loud.
        below: Wrapped and indented.
    """
    from rich.text import Text

    console = _console()
    console.print(Text.assemble((head, "bold"), (f"   {beside}", "dim")), soft_wrap=True)
    for text in below:
        _indented(console, text, 5)


def _console() -> Console:
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _NO_TERMINAL)


def _grid(
    console: Console, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, numbered: bool
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    if numbered:
        table.add_column("", justify="right")
    # A column of numbers stays one where some are absent.
    numeric = {c for c in columns if all(row[c] is None or _is_number(row[c]) for row in rows)}
    for column in columns:
        table.add_column(
            Text(column.replace("_", " ")),
            justify="right" if column in numeric else "left",
            overflow="fold",
            min_width=min(12, _longest(rows, column)),
        )
    for number, row in enumerate(rows, 1):
        cells = [Text(cell(row[c], c)) for c in columns]
        table.add_row(*([Text(str(number))] if numbered else []), *cells)
    console.print(table)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _evidence(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """The quotes of each row, by its number; for a chain of several links, one for each."""
    from rich.text import Text

    for number, row in enumerate(rows, 1):
        quotes: list[str | None] = row[_QUOTES] or []
        if not any(quotes):
            continue
        chain = next((row[c] for c in CHAINS if c in row), None)
        console.print(Text(f"{number:>3}  {_head(row)}", style="bold"))
        if chain and len(quotes) > 1 and len(chain) == len(quotes) + 1:
            for start, end, quote in zip(chain, chain[1:], quotes, strict=False):
                _indented(console, f"{start} → {end}", 5, "cyan")
                _indented(console, _quoted(quote or ""), 7)
        else:
            for quote in quotes:
                _indented(console, _quoted(quote or ""), 5)


def _head(row: Mapping[str, Any]) -> str:
    """What a row is about: its chain, or its leading columns of text."""
    columns = list(row)
    if columns[0] in CHAINS:
        return cell(row[columns[0]], columns[0])
    return " · ".join(str(row[c]) for c in columns[:2] if isinstance(row[c], str))


def _indented(console: Console, text: str, by: int, style: str = "") -> None:
    """Wrapped by hand: the library's own padding fills every line with blanks."""
    from rich.text import Text

    for line in textwrap.wrap(text, max(20, console.width - by)):
        console.print(Text(" " * by + line, style=style), soft_wrap=True)


def _blocks(
    console: Console, columns: Sequence[str], texts: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Each row as a line of its short columns, with its text below."""
    from rich.text import Text

    for number, row in enumerate(rows, 1):
        head = Text(f"{number:>3}  {cell(row[columns[0]], columns[0])}", style="bold")
        for column in columns[1:]:
            value = cell(row[column], column)
            if value and row[column] is not False:
                head.append(f"  {column.replace('_', ' ')} ", style="not bold dim")
                head.append(value, style="not bold")
        console.print(head)
        for column in texts:
            if row[column]:
                name = f"{column.replace('_', ' ')}: " if len(texts) > 1 else ""
                _indented(console, name + cell(row[column], column), 5)


def _quoted(quote: str) -> str:
    """``11: words`` or ``11/Speaker: words`` with the words in quotation marks."""
    match = re.match(r"([^\s:/]+(?:/[^:]{1,60})?): (.*)", quote, re.DOTALL)
    return f"{match[1]}: “{match[2]}”" if match else f"“{quote}”"
