"""What a Neo4j server would do for a statement, asked before it does it.

Neo4j counts as reading what does more than read the graph: ``LOAD CSV`` reads files of the server and calls
any address, ``SHOW USERS`` lists its accounts, procedures empty its caches or end others' connections. A word
can be hidden from whoever looks for it in the text, but not from the server's own plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j

from kb.errors import WriteRefused

#: What may be called, `*` for all that begin so; what of these writes is refused by the server itself.
PROCEDURES = (
    "db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.*", "db.info", "db.ping",
    "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships",
    "db.index.fulltext.listAvailableAnalyzers",
    "db.index.vector.queryNodes", "db.index.vector.queryRelationships",
    "dbms.components", "dbms.showCurrentUser",
    # Of APOC Core: what walks the graph, describes it or works on values.
    "apoc.algo.*", "apoc.coll.*", "apoc.convert.*", "apoc.date.*", "apoc.help", "apoc.math.*", "apoc.meta.*",
    "apoc.neighbors.*", "apoc.node.*", "apoc.path.*", "apoc.schema.nodes", "apoc.schema.relationships",
    "apoc.search.*", "apoc.spatial.*", "apoc.stats.*", "apoc.text.*", "apoc.version",
)  # fmt: skip
_SHOWN = {"showindexes", "showconstraints", "showprocedures", "showfunctions", "showtransactions"}
# Other statements have neither in their plan. `CALL {` and `CALL (` begin what is no procedure; the escapes
# are of letters anywhere in a statement.
_ASKED = re.compile(r"csv|show|terminate|call(?![ \t\r\n]*[({])|apoc|\\u")
# Functions that run a statement from a text, which no plan shows.
_RUNS_TEXT = re.compile(r"\bapoc`?\.`?cypher`?\.")
_WAY_OUT = "and only reading the graph is allowed here; `kb cypher --write` runs it."


def refuse_more_than_reading(
    tx: neo4j.ManagedTransaction | neo4j.Transaction, query: str, parameters: Mapping[str, Any] | None
) -> None:
    """Ask for the plan, if the text has letters (or escapes of them) that a statement doing more needs.

    Raises:
        WriteRefused: The statement reads files or addresses, is one of the server's administration, or
            calls a procedure that is not in `PROCEDURES`.
    """
    text = query.casefold()
    if not _ASKED.search(text):
        return
    try:
        plan = tx.run(f"EXPLAIN {query}", dict(parameters or {})).consume().plan
    except neo4j.exceptions.ClientError as error:
        if "profile" in text and "conflicting" in str(error):
            raise WriteRefused(f"This statement is to be profiled, {_WAY_OUT}") from error
        raise
    if plan and (what := beyond_reading(plan)):
        raise WriteRefused(f"This statement {what}, {_WAY_OUT}")


def beyond_reading(plan: Mapping[str, Any]) -> str | None:
    """What a plan, as the driver gives it, does beyond reading the graph, as a sentence's predicate."""
    for operator, details in _steps(plan):
        kind, _, database = operator.partition("@")
        name = details.partition("(")[0].strip() if kind == "ProcedureCall" else kind
        if kind.casefold().startswith("loadcsv"):
            return "reads files or addresses of the server (LOAD CSV)"
        if kind == "ProcedureCall" or "." in kind:  # the latter on the database `system`
            if not _may_be_called(name):
                return f"calls {name}, a procedure that is not known to read the graph alone"
        elif database == "system" or (
            kind.casefold().startswith(("show", "terminate")) and kind.casefold() not in _SHOWN
        ):
            return "is one of the server's administration"
        if _RUNS_TEXT.search(details.casefold()):
            return "runs another one from a text"
    return None


def _may_be_called(name: str) -> bool:
    return any(name.startswith(known[:-1]) if known.endswith("*") else name == known for known in PROCEDURES)


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The operator and the details of each step."""
    yield str(plan.get("operatorType", "")), str((plan.get("args") or {}).get("Details") or "")
    for child in plan.get("children") or ():
        yield from _steps(child)
