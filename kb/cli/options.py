"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.settings import Settings
    from kb.store.bolt import Store


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"
    excel = "excel"
    md = "md"


Db = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="FOLDER",
        help="Folder of the embedded engine (default: KB_DB, else .kb). With NEO4J_URI set and no --db, "
        "the Neo4j server is used.",
        show_default=False,
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0,
        help="Longest time for a query to run (default: KB_TIMEOUT, else 60); 0 for no bound.",
        show_default=False,
    ),
]
FileTimeout = Annotated[
    float | None,
    typer.Option(
        "--file-timeout",
        metavar="SECONDS",
        min=0,
        help="Longest time for a file to be read (default: KB_FILE_TIMEOUT, else 120); 0 for no bound.",
        show_default=False,
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="ATTRIBUTE=VALUE",
        help="Count only what people with this attribute told (also != < <= > >=); may be repeated.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", help="How to print; excel is CSV in which no cell runs as a formula."),
]


def store(
    db: Path | None,
    *,
    create: bool = False,
    timeout: float | None = None,
    damaged: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Store:
    """The graph that options and environment name.

    Args:
        db: Folder of the embedded engine, as ``--db`` names it.
        create: Make the database if it is not there.
        timeout: Seconds that each read may take, as ``--timeout`` names them; 0 for no bound.
        damaged: Open it even if files of it are damaged.
        meanwhile: Called while the embedded engine starts: for what takes time to import.

    Raises:
        UsageError: ``--timeout`` or ``KB_TIMEOUT`` is no number of seconds.
        StoreUnavailable, StoreLocked: See `kb.store.open_store`.
    """
    import math

    from kb.errors import UsageError
    from kb.store import open_store

    found = settings(db)
    if timeout is not None and not math.isfinite(timeout):
        raise UsageError("--timeout is a number of seconds; 0 means no bound.")
    if timeout is not None:
        found = found.model_copy(update={"timeout": timeout})
    graph = open_store(found, create=create, damaged=damaged, meanwhile=meanwhile)
    graph.tell = partial(typer.echo, err=True)
    return graph


def settings(db: Path | None) -> Settings:
    """The settings, with ``--db`` over the environment."""
    from pydantic import ValidationError

    from kb.errors import UsageError
    from kb.settings import Settings

    try:
        found = Settings()
    except ValidationError as error:  # the other settings are text, and any text will do
        name = error.errors()[0]["loc"][0]
        raise UsageError(f"{name} is no number of seconds; 0 means no bound.") from error
    return found if db is None else found.model_copy(update={"db": db, "neo4j_uri": None})
