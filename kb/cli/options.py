"""Options that several commands share, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.store.bolt import Store


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"
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
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]


def store(db: Path | None, *, create: bool = False) -> Store:
    """The graph that options and environment name.

    Raises:
        StoreUnavailable, StoreLocked: See `kb.store.open_store`.
    """
    from kb.store import open_store

    return open_store(settings(db), create=create)


def settings(db: Path | None):  # type: ignore[no-untyped-def]  # its type would import pydantic at start
    """The settings, with ``--db`` over the environment."""
    from kb.settings import Settings

    found = Settings()
    return found if db is None else found.model_copy(update={"db": db, "neo4j_uri": None})
