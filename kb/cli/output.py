"""Printing rows: data to stdout, in the form the user asked for; talk to stderr."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from kb.cli.options import Format
from kb.text.cells import cell, plain


def say(message: str) -> None:
    """Talk to the user on stderr."""
    typer.echo(message, err=True)


def print_rows(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    format_: Format,
    *,
    title: str = "",
    headers: Mapping[str, str] | None = None,
    full: bool = False,
    screen: bool = False,
) -> bool:
    """Print rows to stdout.

    Args:
        columns: In the order to print.
        rows: Values by column; graph values are printed as paths, lists joined, except in JSON,
            where they keep their structure.
        format_: Table, JSON (a list of objects), CSV (as it is; `excel`: with a mark of byte order and no
            cell that a spreadsheet would run) or Markdown.
        title: Above a table.
        headers: What a column counts or holds, for below the table.
        full: In a table too, all quotes, and whole.
        screen: Of a table's cards no more than fit on one screen, unless `full`.

    Returns:
        Whether the table leaves out quotes, or shows one shortened.
    """
    if not columns and format_ is not Format.json:
        say(f"{title}: nothing found." if title else "Nothing found.")
    elif format_ is Format.json:
        objects = [{column: plain(row[column]) for column in columns} for row in rows]
        typer.echo(json.dumps(objects, ensure_ascii=False, indent=1))
    elif format_ in (Format.csv, Format.excel):
        from kb.text.sheets import MARK, guarded

        safe = guarded if format_ is Format.excel else str
        out = io.StringIO()
        out.write(MARK if format_ is Format.excel else "")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([safe(column) for column in columns])
        writer.writerows([safe(cell(row[c], c)) for c in columns] for row in rows)
        typer.echo(out.getvalue(), nl=False)
    elif format_ is Format.md:
        typer.echo(_markdown(columns, rows), nl=False)
    elif rows:
        from kb.cli.table import print_table

        return print_table(columns, rows, title, headers or {}, full=full, screen=screen)
    else:
        say(f"{title}: nothing found." if title else "Nothing found.")
    return False


def _markdown(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    def line(cells: Sequence[str]) -> str:
        escaped = [" ".join(text.replace("|", "\\|").split()) for text in cells]
        return f"| {' | '.join(escaped)} |\n"

    head = line(columns) + f"|{'---|' * len(columns)}\n"
    return head + "".join(line([cell(row[c], c) for c in columns]) for row in rows)
