"""A graph opened in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.api.graph import Graph


def open_graph(
    where: str | Path | None = None,
    *,
    create: bool = False,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
    timeout: float | None = None,
) -> Graph:
    """Open a knowledge base; use it in a ``with`` statement, or call `Graph.close`.

    Args:
        where: A folder of the embedded engine, or the address of a Neo4j server (``bolt://…``,
            ``neo4j+s://…``). None for what the environment names: ``NEO4J_URI``, else ``KB_DB``, else
            the folder ``.kb``. What is named here counts, whatever the environment says.
        create: Make the folder's database where it is not there.
        username: Of the server; None for what the environment says.
        password: The same.
        database: The same.
        timeout: Seconds that a query may take; None for ``KB_TIMEOUT``, else 60; 0 for no bound.

    Raises:
        StoreUnavailable: There is nothing in the folder (``create=False``), no server answers, or it
            refuses the login.
        StoreLocked: Another process has the folder open.
    """
    from kb.settings import Settings
    from kb.store import open_store

    given: dict[str, Any] = {
        "neo4j_username": username,
        "neo4j_password": password,
        "neo4j_database": database,
        "timeout": timeout,
    }
    if where is not None and "://" in str(where):
        given["neo4j_uri"] = str(where)
    elif where is not None:
        given["db"] = Path(where)
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    return Graph(open_store(settings, create=create))
