"""What a Neo4j server would do for a statement, asked before it does it.

Neo4j counts ``LOAD CSV`` as reading: a read transaction lets a statement read files of the server and call
any address. A word can be hidden from whoever looks for it in the text, but not from the server's own plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import neo4j

from kb.errors import WriteRefused

_OPERATOR = "loadcsv"


def refuse_load_csv(
    tx: neo4j.ManagedTransaction | neo4j.Transaction, query: str, parameters: Mapping[str, Any] | None
) -> None:
    """Ask for the plan, if the letters are anywhere in the text (or may be, as escapes of letters).

    Raises:
        WriteRefused: The statement has a ``LOAD CSV``.
    """
    if "csv" not in query.casefold() and "\\u" not in query:
        return
    plan = tx.run(f"EXPLAIN {query}", dict(parameters or {})).consume().plan
    if plan and _has(plan):
        raise WriteRefused(
            "This statement reads files or addresses of the server (LOAD CSV), and only reading the graph is "
            "allowed here; `kb cypher --write` runs it."
        )


def _has(plan: Mapping[str, Any]) -> bool:
    if str(plan.get("operatorType", "")).casefold().startswith(_OPERATOR):
        return True
    return any(_has(child) for child in plan.get("children") or ())
