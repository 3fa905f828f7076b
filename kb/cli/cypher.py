"""``kb cypher``: any statement."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Db, Format, FormatOption, Timeout, store
from kb.cli.output import print_rows, say

#: Of the statements that come from stdin.
MAX_BYTES = 32 * 2**20
_DIGITS = 30  # of a number; more than a graph's numbers have


def cypher(
    statement: Annotated[
        str,
        typer.Argument(help="A Cypher statement, or several that semicolons end; - reads them from stdin."),
    ],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; VALUE is JSON or text."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Allow the statement to change the graph.")] = False,
    timeout: Timeout = None,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Run Cypher, read-only without --write; of several statements the last one's rows are printed.

    Each statement has a time bound; with --write only if --timeout names one.
    """
    from kb.text.cypher import statements

    text = _from_stdin() if statement == "-" else statement
    values = dict(_value(pair) for pair in param or [])
    with store(db, create=write, timeout=timeout) as graph:
        for each in statements(text) or [text]:
            result = graph.write(each, values, timeout=timeout or 0) if write else graph.read(each, values)
    if result.columns:
        print_rows(result.columns, result.rows, format_)
    elif write:
        say("Done.")
    else:  # an engine may name no columns where there are no rows
        print_rows((), (), format_)


def _from_stdin() -> str:
    """What comes in, up to a bound: a pipe may never end.

    Raises:
        UsageError: It is more, or no text.
    """
    from kb.errors import UsageError
    from kb.text.files import decoded, size

    raw = typer.get_binary_stream("stdin").read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise UsageError(f"More than {size(MAX_BYTES)} came from stdin, too much for statements: split them.")
    try:
        return decoded(raw)
    except UnicodeDecodeError as error:
        raise UsageError("What came from stdin is not UTF-8 text: save it as UTF-8.") from error


def _value(pair: str) -> tuple[str, object]:
    import json

    from kb.errors import UsageError

    name, sign, text = pair.partition("=")
    if not sign or not name:
        raise UsageError(f"--param takes NAME=VALUE, not {pair!r}.")
    try:
        return name, json.loads(text, parse_int=_number)
    except ValueError:
        return name, text
    except RecursionError as error:
        raise UsageError(
            f"The parameter {name} has too many levels in each other: make it flatter."
        ) from error


def _number(digits: str) -> int:
    """What is longer is as much beyond a graph's numbers as its first digits, which are faster to read."""
    return int(digits[:_DIGITS])
