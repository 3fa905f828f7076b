"""A row as a card: its first column, the others with their names, texts and quotes below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.cli.grid import fold, width_of
from kb.text.cells import CHAINS, cell

if TYPE_CHECKING:
    from rich.console import Console

QUOTES = "quotes"
# Columns that head a card together, where a row begins with them, and what stands between them.
LEADS = ((("from", "relation", "to"), " "), (("section", "item"), ": "), (("relation", "fix"), ": "))
_TO_SHOW = 2  # quotes of a row, unless all are asked for
_QUOTE = 240  # letters of a quote, unless it is asked for whole
_LEAST = 24  # letters of one that is to be brief
_HEAD = re.compile(r"([^\s:/]+(?:/[^:]{1,60})?): (.*?)( \[[^\[\]]*:\d{4,}\])?", re.DOTALL)


def leading(columns: Sequence[str]) -> tuple[Sequence[str], str]:
    """The columns that head a card, and what stands between them."""
    for together, between in LEADS:
        if tuple(columns[: len(together)]) == together:
            return together, between
    return columns[:1], ""


def print_card(
    console: Console,
    number: int,
    row: Mapping[str, Any],
    columns: Sequence[str],
    texts: Sequence[str],
    *,
    full: bool,
    brief: bool = False,
) -> bool:
    """Print a row as a card: its first column, then the others with their names, then texts and quotes.

    If it is to be `brief`, one quote in one line stands for all.

    Returns:
        Whether a quote was left out or shortened.
    """
    from rich.text import Text

    heads, between = leading(columns)
    columns = columns[len(heads) :]
    head = between.join(cell(row[c], c) for c in heads)
    for at, line in enumerate(lines_of(head, console)):
        console.print(Text(f"{'' if at else number:>3}  {line}".rstrip(), style="bold"), soft_wrap=True)
    print_named(console, [named for named in (pair(row, c) for c in columns) if named[1]], 5)
    for said in row.get("before") or ():
        print_wrapped(console, said, 7, "dim")
    for column in texts:
        if row[column]:
            name = f"{column.replace('_', ' ')}: " if len(texts) > 1 else ""
            print_wrapped(console, name + cell(row[column], column), 5)
    for said in row.get("after") or ():
        print_wrapped(console, said, 7, "dim")
    return _quotes(console, row, full=full, brief=brief)


def pair(row: Mapping[str, Any], column: str) -> tuple[str, str]:
    """A column's name and a row's value in it, both as text."""
    return column.replace("_", " "), cell(row[column], column)


def print_named(console: Console, pairs: Sequence[tuple[str, str]], by: int) -> None:
    """Names and values one after the other, broken between two of them where that is possible."""
    from rich.text import Text

    line, used, room = Text(" " * by), 0, max(20, console.width - by)
    for name, value in pairs:
        size = width_of(f"{name} {value}") + 2
        if used and used + size - 2 > room:
            console.print(line, soft_wrap=True)
            line, used = Text(" " * by), 0
        if size - 2 > room:
            print_wrapped(console, f"{name} {value}", by)
            continue
        line.append("  " if used else "").append(f"{name} ", style="dim").append(value)
        used += size
    if used:
        console.print(line, soft_wrap=True)


def _quotes(console: Console, row: Mapping[str, Any], *, full: bool, brief: bool) -> bool:
    """Print the quotes of a row; for a chain of several links, one for each."""
    quotes: list[str | None] = row.get(QUOTES) or []
    chain = next((row[c] for c in CHAINS if c in row), None)
    if chain and len(quotes) > 1 and len(chain) == len(quotes) + 1:
        cut = False
        for start, end, quote in zip(chain, chain[1:], quotes, strict=False):
            print_wrapped(console, f"{start} → {end}", 5, "cyan")
            cut |= _quote(console, quote or "", 7, full=full, brief=brief)
        return cut
    shown = [quote for quote in quotes if quote]
    cut = False
    most = len(shown) if full else 1 if brief else _TO_SHOW
    for quote in shown[:most]:
        cut |= _quote(console, quote, 5, full=full, brief=brief)
    return cut or len(shown) > most


def _quote(console: Console, quote: str, by: int, *, full: bool, brief: bool) -> bool:
    """Print ``11: words [11:0042]`` with the words in quotation marks; says whether it was shortened."""
    match = _HEAD.fullmatch(quote)
    head, words, where = (f"{match[1]}: ", match[2], match[3] or "") if match else ("", quote, "")
    most = console.width - by - width_of(head + where) - 2 if brief else _QUOTE
    cut = not full and len(words) > max(most, _LEAST)
    if cut:
        words = words[: max(most, _LEAST) - 1].rsplit(" ", 1)[0] + "…"
    if words:
        print_wrapped(console, f"{head}“{words}”{where}", by)
    return cut


def lines_of(text: str, console: Console, by: int = 5) -> list[str]:
    """A text in lines of the screen, with room for so many blanks before each."""
    return fold(" ".join(text.split()), max(20, console.width - by))


def print_wrapped(console: Console, text: str, by: int, style: str = "") -> None:
    """A text in lines of the screen, indented."""
    from rich.text import Text

    for line in lines_of(text, console, by):
        console.print(Text(" " * by + line, style=style), soft_wrap=True)
