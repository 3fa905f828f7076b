"""Rows for eyes: a table as wide as the screen, or a card a row; no column is ever left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kb.cli.bounded import SHOWN
from kb.cli.cards import QUOTES, leading, lines_of, pair, print_named, print_wrapped
from kb.cli.grid import BETWEEN, fit, fold, width_of
from kb.cli.screen import print_cards, screen_lines
from kb.text.cells import CHAINS, cell

if TYPE_CHECKING:
    from rich.console import Console

# Columns of running text: one text a row makes cards of the rows, and so does a list of quotes.
_TEXTS = ("quote", "text", "message")
_AROUND = ("before", "after")  # the turns around a text
_ROWS = 300  # of a table; more are for a file
# Several columns with cells of more letters than this would leave none of them room.
_LONG = 90
# Piped into a file, a table must not be cut to the width of no terminal.
_NO_TERMINAL = 120
_NARROWEST = 30


def print_table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    headers: Mapping[str, str],
    *,
    full: bool = False,
    screen: bool = False,
) -> bool:
    """Print rows to stdout as a table or as cards, and what the columns count below them.

    Args:
        columns: In the order to print.
        rows: At least one.
        title: Above the table; ``""`` for none.
        headers: What a column counts or holds, by column.
        full: All quotes, and whole.
        screen: Of cards no more than fit on one screen, and how many there are besides; unless `full`.

    Returns:
        Whether a quote was left out or shortened.
    """
    from rich.text import Text

    console = _console()
    if title:
        console.print(Text(f"{title} ({len(rows)})", style="bold"), soft_wrap=True)
    more = len(rows) - _ROWS
    rows = [{c: _shortened(row[c], c) for c in columns} for row in rows[:_ROWS]]
    # A column without a single value only takes the others' room: it is named below.
    empty = [c for c in columns if _longest(rows, c) == 0]
    empty = [] if len(empty) == len(columns) else empty
    columns = [c for c in columns if c not in empty]
    own = (*_TEXTS, *_AROUND, QUOTES, *CHAINS)
    long = [c for c in columns if c not in own and _longest(rows, c) > _LONG]
    texts = [c for c in columns if c in _TEXTS or (c in long and len(long) > 1)]
    short = [c for c in columns if c not in (*texts, *_AROUND, QUOTES)]
    cut = False
    if texts or QUOTES in columns or not _grid(console, short, rows):
        if "turn" in short and short[0] == "interview":  # which its id tells, too
            short = ["turn", *(c for c in short if c != "turn")]
        elif named := next((c for c in short if any(isinstance(row[c], (str, list)) for row in rows)), None):
            short = [named, *(c for c in short if c != named)]  # a number alone heads no card
        heads, between = leading(short)
        alike = [
            c for c in short[len(heads) :] if len(rows) > 2 and all(row[c] == rows[0][c] for row in rows)
        ]
        if alike:
            console.print(Text("in all of them:", style="dim"))
            print_named(console, [pair(rows[0], c) for c in alike], 5)
        short = [c for c in short if c not in alike]
        named = between.join(c.replace("_", " ") for c in heads)
        console.print(Text(f"  #  {named}".rstrip(), style="dim"), soft_wrap=True)
        room = screen_lines() - len(columns) if screen and not full else None
        cut, left = print_cards(console, rows, short, texts, full=full, room=room)
        if left:
            console.print(Text(f"… and {left + max(more, 0)} more; --full prints all", style="dim"))
            more = 0
    if more > 0:
        console.print(Text(f"… and {more} more; --format csv has them all", style="dim"))
    told = [f"{c.replace('_', ' ')}: {headers[c]}" for c in columns if c in headers]
    if empty:
        told.append(f"nothing in: {', '.join(c.replace('_', ' ') for c in empty)}")
    if told:
        console.print()
    for line in told:
        print_wrapped(console, line, 0, "dim")
    return cut


def _shortened(value: Any, column: str) -> Any:
    """A list as a person reads one: of a thousand interviews the first, and how many more."""
    if not isinstance(value, (list, tuple)) or column in (*CHAINS, QUOTES) or len(value) <= SHOWN + 1:
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
    console.print(Text.assemble((head, "bold"), (f"   {beside}" if beside else "", "dim")), soft_wrap=True)
    for text in below:
        print_wrapped(console, text, 5)


def print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """Print names with what is to be said of each beside it, to stdout."""
    from rich.text import Text

    console = _console()
    by = max((width_of(name) for name, _ in pairs), default=0) + len(BETWEEN)
    for name, said in pairs:
        for at, line in enumerate(lines_of(said, console, by)):
            head = "" if at else name
            console.print(Text.assemble((head.ljust(by), "bold"), line), soft_wrap=True)


def _console() -> Console:
    """The terminal's width; in a pipe that of COLUMNS, else a fixed one."""
    from rich.console import Console

    width = None
    if not sys.stdout.isatty():
        said = os.environ.get("COLUMNS", "")
        width = max(_NARROWEST, int(said)) if said.isdecimal() and int(said) else _NO_TERMINAL
    return Console(file=sys.stdout, highlight=False, width=width)


def _grid(console: Console, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Print a table, if all of its columns fit on the screen."""
    from rich.text import Text

    names = [column.replace("_", " ") for column in columns]
    cells = [[cell(row[c], c) for c in columns] for row in rows]
    widths = fit(names, cells, console.width)
    if widths is None:
        return False
    # A column of numbers stays one where some are absent.
    numeric = [all(row[c] is None or _is_number(row[c]) for row in rows) for c in columns]

    def lines(texts: Sequence[str]) -> Iterator[str]:
        folded = [fold(text, width) for text, width in zip(texts, widths, strict=True)]
        for parts in zip_longest(*folded, fillvalue=""):
            yield BETWEEN.join(map(_padded, parts, widths, numeric)).rstrip()

    for line in lines(names):
        console.print(Text(line, style="bold"), soft_wrap=True)
    console.print(Text("─" * (sum(widths) + len(BETWEEN) * (len(widths) - 1)), style="dim"), soft_wrap=True)
    for row in cells:
        for line in lines(row):
            console.print(Text(line), soft_wrap=True)
    return True


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - width_of(text))
    return blanks + text if right else text + blanks


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
