"""Printing rows: data to stdout, in the form the user asked for; talk to stderr."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from kb.cli.options import Format


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
) -> None:
    """Print rows.

    Args:
        columns: In the order to print.
        rows: Values by column; graph values are printed as paths, lists joined, except in JSON,
            where they keep their structure.
        format_: Table, JSON (a list of objects), CSV or Markdown.
        title: Above a table.
        headers: What a column counts, for the table's foot.
    """
    if format_ is Format.json:
        typer.echo(
            json.dumps([{c: plain(row[c]) for c in columns} for row in rows], ensure_ascii=False, indent=1)
        )
    elif format_ is Format.csv:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row[c]) for c in columns] for row in rows)
        typer.echo(out.getvalue(), nl=False)
    elif format_ is Format.md:
        typer.echo(_markdown(columns, rows), nl=False)
    else:
        _table(columns, rows, title, headers or {})


def plain(value: Any) -> Any:
    """A value as JSON has it; nodes, edges and paths as objects."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def cell(value: Any) -> str:
    """A value as one text cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(cell(item) for item in value)
    if hasattr(value, "edges") and hasattr(value, "nodes"):
        return " — ".join(node.id for node in value.nodes)
    if hasattr(value, "start") and hasattr(value, "type"):
        return f"{value.start} {value.type} {value.end}"
    if hasattr(value, "labels"):
        return str(value.id)
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)


def _markdown(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    def line(cells: Sequence[str]) -> str:
        escaped = [" ".join(text.replace("|", "\\|").split()) for text in cells]
        return f"| {' | '.join(escaped)} |\n"

    head = line(columns) + f"|{'---|' * len(columns)}\n"
    return head + "".join(line([cell(row[c]) for c in columns]) for row in rows)


def _table(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], title: str, headers: Mapping[str, str]
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Piped into a file, a table must not be cut to the width of no terminal.
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
    if not rows:
        say(f"{title}: nothing found." if title else "Nothing found.")
        return
    table = Table(
        title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    numeric = {c for c in columns if all(isinstance(row[c], (int, float)) for row in rows)}
    for column in columns:
        table.add_column(
            Text(column.replace("_", " ")), justify="right" if column in numeric else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell(row[c])) for c in columns))
    console.print(table)
    for column, meaning in headers.items():
        if column in columns:
            say(f"{column.replace('_', ' ')}: {meaning}")
