"""Does a Cypher statement write? Told from its words, outside strings, comments and names.

Neo4j refuses a write in a read transaction by itself. The embedded engine does not, and schema
statements there are not undone by a rollback, so the words are looked at before anything runs.
"""

from __future__ import annotations

import re

_SKIP = re.compile(
    r"""
      //[^\n]*                      # line comment
    | /\*.*?\*/                     # block comment
    | '(?:\\.|[^'\\])*'             # string
    | "(?:\\.|[^"\\])*"
    | `(?:``|[^`])*`                # quoted name
    """,
    re.VERBOSE | re.DOTALL,
)
_CLAUSE = re.compile(
    r"(?<![\w.:$])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|ALTER|GRANT|REVOKE|DENY|FOREACH|LOAD\s+CSV"
    r"|INSERT|START\s+DATABASE|STOP\s+DATABASE|TERMINATE|IMPORT|TRUNCATE|UPDATE)(?![\w(:]|\s*:)",
    re.IGNORECASE,
)
# `CREATE (`, `MERGE (`: the clauses that may stand right before a bracket.
_BEFORE_PATTERN = re.compile(r"(?<![\w.:$])(CREATE|MERGE|DELETE|INSERT|FOREACH)\s*\(", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"\bCALL\s+((?:apoc\.(?:create|merge|refactor|periodic|cypher\.(?:run(?:Many|Write|Schema)|do))"
    r"|db\.create|db\.index\.\w+\.(?:create|drop)|dbms\.(?!components|queryJmx|info))[\w.]*)",
    re.IGNORECASE,
)


def writes(query: str) -> str | None:
    """The first word of the statement that writes, or None if it only reads.

    Errs on the side of refusing: what it lets through is still run where writing is undone or
    refused by the server.

    >>> writes("MATCH (n) RETURN n.set"), writes("MATCH (n) /* SET */ RETURN 'CREATE'")
    (None, None)
    >>> writes("match (n) set n.x = 1"), writes("CREATE(n)")
    ('SET', 'CREATE')
    """
    bare = _SKIP.sub(" '' ", query)
    found = [match for pattern in (_CLAUSE, _BEFORE_PATTERN, _PROCEDURE) if (match := pattern.search(bare))]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    return " ".join(first.group(1).upper().split()) if "." not in first.group(1) else first.group(1)
