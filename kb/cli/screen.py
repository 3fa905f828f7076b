"""Cards on one screen: whole if all fit, else a line of words each, and how many there are besides."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from kb.cli.cards import print_card

if TYPE_CHECKING:
    from rich.console import Console

_SCREEN = 50  # lines, where there is no terminal to ask
_LOWEST = 32  # a lower terminal is scrolled
_AROUND = 6  # lines: title, heads, what comes after


def screen_lines() -> int:
    """Lines that the screen has for cards."""
    lines = max(_LOWEST, get_terminal_size((0, _SCREEN)).lines) if sys.stdout.isatty() else _SCREEN
    return lines - _AROUND


def print_cards(
    console: Console,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    texts: Sequence[str],
    *,
    full: bool,
    room: int | None,
) -> tuple[bool, int]:
    """Print a card for each row.

    Args:
        console: Of the screen.
        rows: Values by column; at least one.
        columns: Those of the card's head and of what stands below with its name.
        texts: Columns of running text.
        full: All quotes, and whole.
        room: Lines that there are for the cards; None for as many as they need.

    Returns:
        Whether a quote was left out or shortened, and how many rows are not shown; one at least is.
    """
    every = [_card(console, number, row, columns, texts, full=full) for number, row in enumerate(rows, 1)]
    if room is not None and sum(text.count("\n") for text, _ in every) > room:
        every = [
            _card(console, number, row, columns, texts, full=False, brief=True)
            for number, row in enumerate(rows, 1)
        ]
    asked, cut, shown = _questions_from(rows), False, 0
    for at, (text, shortened) in enumerate(every):
        if room is not None:
            room -= text.count("\n")
            if room < 0 and shown:
                break
        if at == asked:
            console.print("What interviewers say:", style="dim", soft_wrap=True)
        console.file.write(text)
        cut, shown = cut or shortened, shown + 1
    return cut, len(rows) - shown


def _card(
    console: Console,
    number: int,
    row: Mapping[str, Any],
    columns: Sequence[str],
    texts: Sequence[str],
    *,
    full: bool,
    brief: bool = False,
) -> tuple[str, bool]:
    """A card as it is printed, and whether a quote of it was left out or shortened."""
    with console.capture() as printed:
        cut = print_card(console, number, row, columns, texts, full=full, brief=brief)
    return printed.get(), cut


def _questions_from(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Where an interviewer's words begin, if all of them come after the answers."""
    asked = [row.get("role") == "interviewer" for row in rows]
    return asked.index(True) if any(asked) and asked == sorted(asked) else None
