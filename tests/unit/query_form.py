"""What a canned query must keep to, as complaints about its text: a tolerant scanner, no parser."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kb.ask.query import Query
from kb.ask.steps import STEPS
from kb.schema import EDGE_TYPES, KIND_LABELS, NODES
from kb.store.guard import writes
from kb.text.cypher import NOT_CODE

LONGEST = 8  # links of a variable-length path; no query timeout works on the embedded engine

LABELS = {label for node in NODES for label in (node.label, *node.also)} | set(KIND_LABELS.values())
PROPERTIES = {p for kind in (*NODES, *EDGE_TYPES.values()) for p in kind.properties} | {n.key for n in NODES}
# What a link that sums others is made of, besides (`kb.ask.drawn`).
PROPERTIES |= {"type", "links"}
# What only loading uses; no canned query has to do with it.
KEPT = {p for node in NODES for p in node.kept}

# What one engine has and the other has not, or has otherwise.
FORBIDDEN = {
    r"\bSHORTEST\b": "SHORTEST",
    r"\b(?:allS|s)hortestPaths?\s*\(": "shortestPath()",
    r"\bIN\s+(?:\d+\s+)?(?:CONCURRENT\s+)?TRANSACTIONS\b": "CALL {} IN TRANSACTIONS",
    r"\bapoc\.": "apoc",
    r"\b(?:elementId|id)\s*\(": "an engine's id",
    r"\bdb\.\w+": "a procedure of one engine",
    r"\)\s*(?:\+|\*|\{\s*\d*\s*,?\s*\d*\s*\})": "a quantified path",
    r"\bNEXT\s*\n|\bFILTER\b|\bLET\b": "a clause that only the newest Neo4j has",
}

_RELATION = re.compile(r"-\s*\[([^\[\]]*)\]\s*-")
_NODE = re.compile(r"\(\s*\w*\s*:\s*(\w+(?:\s*[|&:]\s*\w+)*)")
_PROPERTY = re.compile(r"\b(?!\d)(\w+)(?:\[0\])?\.([a-z_]\w*)")
_ROWS = re.compile(r"\bUNWIND\s+\$(\w+)\s+AS\s+(\w+)")
_WALK = re.compile(r"\*\s*(\S*)\s*$")
_CLAUSE = re.compile(
    r"\b(?=(?:OPTIONAL\s+)?MATCH\b|(?<!STARTS )(?<!ENDS )WITH\b|RETURN\b|UNWIND\b|CALL\b|UNION\b)"
)
_ORDER = re.compile(r"\bORDER\s+BY\b(.*?)(?:\bSKIP\b|\bLIMIT\b|$)", re.DOTALL | re.IGNORECASE)


def complaints(query: Query) -> Iterator[str]:
    """What is wrong with a query's form, a sentence each; nothing for one that keeps to it."""
    if not query.topic or query.topic == "Other":
        yield "it has no topic"
    if not query.description.endswith("."):
        yield "its description is no sentence"
    if query.title.endswith("."):
        yield "its title ends with a full stop"
    for name, param in query.params.items():
        if not param.help or param.help.endswith("."):
            yield f"the help of {name} is missing, or is not a phrase"
        if param.type == "int" and (param.min is None or param.max is None or param.default is None):
            yield f"the number {name} has no bounds or no default"
    # Literal parameters as large as they may be.
    widest = query.statement({name: param.max for name, param in query.params.items() if param.literal})
    plain = bare(widest)
    if word := writes(query.text):
        yield f"it writes ({word})"
    # Keys of the maps that a step gives, as its description names them.
    found = {key for step in query.steps.values() for key in re.findall(r"\w+", STEPS[step].gives)}
    for pattern, name in FORBIDDEN.items():
        if re.search(pattern, plain):
            yield f"it uses {name}"
    yield from outside_schema(plain, found)
    yield from _unbounded(plain)
    yield from _start_in_where(plain)
    yield from _ending(query, plain)


def bare(text: str) -> str:
    """The statement without its comments and the content of its strings."""
    return NOT_CODE.sub(lambda m: "''" if m[0][0] in "'\"" else " ", text)


def outside_schema(bare: str, found: Collection[str] = ()) -> Iterator[str]:
    """Labels, types and properties that the schema does not declare, a sentence each.

    Args:
        bare: The statement, as `bare` gives it.
        found: Names that a dot may be followed by besides.
    """
    # What a row of a parameter holds is no property.
    rows = {name for pair in _ROWS.findall(bare) for name in pair if name}
    properties = [name for owner, name in _PROPERTY.findall(bare) if owner not in rows]
    for match in _RELATION.finditer(bare):
        _, colon, types = re.sub(r"\*.*|\{.*", "", match[1]).partition(":")
        for name in re.findall(r"\w+", types) if colon else ():
            if name not in EDGE_TYPES:
                yield f"there is no relationship type {name}"
    for match in _NODE.finditer(bare):
        for name in re.findall(r"\w+", match[1]):
            if name not in LABELS:
                yield f"there is no label {name}"
    for name in [*properties, *re.findall(r"[{,]\s*(\w+):\s*(?!:)", bare)]:
        if name not in PROPERTIES and name not in found:
            yield f"there is no property {name}"


def _unbounded(bare: str) -> Iterator[str]:
    for match in _RELATION.finditer(bare):
        if "*" in match[1]:
            bounds = re.fullmatch(r"\d+\.\.(\d+)", (_WALK.search(match[1]) or match)[1])
            if not bounds or int(bounds[1]) > LONGEST:
                yield f"the path [{match[1]}] is not bounded by {LONGEST}"


def _start_in_where(bare: str) -> Iterator[str]:
    """A walk's WHERE that compares its nodes with an end first met there: no row on ArcadeDB."""
    before = ""
    for clause in _CLAUSE.split(bare):
        pattern, _, where = clause.partition("WHERE")
        if "*" in pattern and re.match(r"(?:OPTIONAL\s+)?MATCH", clause):
            for name in re.findall(r"\(\s*(\w+)", pattern):
                known = re.search(rf"\(\s*{name}\b|\bAS {name}\b", before)
                if not known and re.search(rf"\bIN\b[^,]*?\bWHERE\b[^)\]]*\b{name}\.", where):
                    yield f"a walk's WHERE compares with {name}, which is first met in it"
        before += clause


def _ending(query: Query, bare: str) -> Iterator[str]:
    last = bare[[m.start() for m in re.finditer(r"\bRETURN\b", bare)][-1] :]
    order = _ORDER.search(last)
    if order is None or "}" in last:
        yield "it does not end in RETURN … ORDER BY"
        return
    columns = {}
    for item in _split(last[len("RETURN") : order.start()].strip().removeprefix("DISTINCT ")):
        value, as_, name = item.rpartition(" AS ")
        columns[name.strip()] = value.strip() if as_ else name.strip()
    for name in query.columns:
        if name not in columns:
            yield f"columns.{name} is not returned"
    if (query.returns == "graph") != ("path" in columns):
        yield "what can be drawn has a column path, and nothing else has"
    before = bare[: bare.rindex(last)]
    for name, value in columns.items():
        shadows = value != name and re.search(rf"\bAS {name}\b|\(\s*{name}\b", before)
        for item in _split(order[1]) if shadows else ():
            if re.search(rf"\b{name}\b", item) and not re.fullmatch(rf"{name}(?:\s+DESC)?", item):
                yield f"ORDER BY {item}: {name} is a column here and was something else before"


def _split(items: str) -> list[str]:
    """Split at the commas that are in no bracket."""
    parts, depth = [""], 0
    for character in items:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [" ".join(part.split()) for part in parts]
