"""Does a Cypher statement write? Told from its words, outside strings, comments and names.

It is not this that keeps a read from writing: Neo4j refuses a write in a read transaction, and on the
embedded engine the account that reads may not write. It is for the message, which names the word.
``LOAD CSV``, which reads files of the server, is told from the plan on Neo4j (`kb.store.plan`).
"""

from __future__ import annotations

import re

from kb.text.cypher import NOT_CODE

_WORDS = (
    r"CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|ALTER|GRANT|REVOKE|DENY|FOREACH"
    r"|INSERT|START\s+DATABASE|STOP\s+DATABASE|TERMINATE|IMPORT|TRUNCATE|UPDATE"
)
# The same word may be a name: of a property, label, parameter or map key, told by the sign beside
# it, or of a variable, told by what stands where no clause can begin or go on.
_CLAUSE = re.compile(
    rf"(?<![\w.:$])(?P<word>{_WORDS})(?!\w|\s*(?:[),.:|=<>+*/%}}\]-]|$))",
    re.IGNORECASE,
)
_LOAD = re.compile(r"\b(LOAD\s+CSV)\s+(?:WITH|FROM)\b", re.IGNORECASE)  # never a name
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")  # Neo4j reads these anywhere, not only in strings
_BEFORE_NAME = re.compile(
    r"(?:[(,\[=<>+*/%-]|\b(?:AS|RETURN|WITH|DISTINCT|WHERE|AND|OR|XOR|NOT|BY|IN|UNWIND|CASE|WHEN))\s*\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 12  # characters: the longest of these words and a few blanks
_PROCEDURE = re.compile(
    r"\bCALL\s+((?:apoc\.(?:create|merge|refactor|periodic|cypher\.(?:run(?:Many|Write|Schema)|do))"
    r"|db\.create|db\.index\.\w+\.(?:create|drop)|dbms\.(?!components|queryJmx|info))[\w.]*)",
    re.IGNORECASE,
)


def writes(query: str) -> str | None:
    """The first word of the statement that writes, or None if it only reads.

    What it lets through is refused by the server if it writes.

    >>> writes("MATCH (n) RETURN n.set"), writes("MATCH (n) /* SET */ RETURN 'CREATE'")
    (None, None)
    >>> writes("match (n) set n.x = 1"), writes("CREATE(n)")
    ('SET', 'CREATE')
    >>> writes("MATCH (set) RETURN set.size AS create ORDER BY create") is None
    True
    """
    text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), query)
    bare = NOT_CODE.sub(lambda skipped: " " if skipped[0].startswith("/") else " '' ", text)
    found = [match for match in _CLAUSE.finditer(bare) if not _is_name(bare, match)]
    found += [*_PROCEDURE.finditer(bare), *_LOAD.finditer(bare)]
    if not found:
        return None
    first = min(found, key=lambda match: match.start())
    return " ".join(first.group(1).upper().split()) if "." not in first.group(1) else first.group(1)


def _is_name(query: str, word: re.Match[str]) -> bool:
    before = " ".join(query[: word.start()].split()[-2:])[-_LOOK_BACK:]
    return _BEFORE_NAME.search(before) is not None
