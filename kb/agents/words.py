"""People's words for rows that name issues and bring no quotes: counts, rankings, chains by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.api.graph import Graph
from kb.relation import filled

_EACH = 2  # quotes for a name
_MOST = 400  # characters of a passage as a quote
# Columns of an answer that bring words of their own.
_WORDS = frozenset(("quotes", "quote", "text", "words"))
_CHAINS = ("nearest_chain", "strongest_chain")
_NAMES = ("issue", "code", "item")

_TOLD = """
UNWIND $names AS name
MATCH (c:Concept {name: name})-[r:/*:relations*/CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY]-(:Concept)
WHERE size(r.quotes) > 0
WITH name, r ORDER BY size(r.people) DESC, r.quotes[0]
RETURN name, collect(DISTINCT r.quotes[0]) AS quotes
"""
_CAUSED = """
UNWIND $names AS name
MATCH (c:Concept {name: name})-[r:/*:causal*/CAUSES]->(:Concept)
WHERE size(r.quotes) > 0
WITH name, r ORDER BY size(r.people) DESC, r.quotes[0]
RETURN name, collect(DISTINCT r.quotes[0]) AS quotes
"""
_LINKS = """
UNWIND $pairs AS pair
MATCH (:Concept {name: pair[0]})-[r:/*:causal*/CAUSES]->(:Concept {name: pair[1]})
WHERE size(r.quotes) > 0
RETURN pair[0] AS name, pair[1] AS other, r.quotes[0] AS quote
"""
_CODED = """
UNWIND $names AS name
MATCH (t:Turn)-[k:CODED_AS]->(:Concept {name: name})
WHERE t.role IS NULL OR t.role <> 'interviewer'
WITH name, t, collect(k.quote) AS marked
ORDER BY toInteger(t.interview), t.interview, t.index
RETURN name, collect([t.interview, t.id, coalesce(head(marked), t.text)])[0..2] AS turns
"""
_BOTH = """
UNWIND $pairs AS pair
MATCH (:Concept {name: pair[0]})<-[:CODED_AS]-(t:Turn)-[:CODED_AS]->(:Concept {name: pair[1]})
WITH DISTINCT pair, t
ORDER BY toInteger(t.interview), t.interview, t.index
RETURN pair[0] AS name, pair[1] AS other, collect([t.interview, t.id, t.text])[0..2] AS turns
"""

Row = Mapping[str, Any]


def with_quotes(graph: Graph, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows with ``quotes``, where they name issues and have no words of their own.

    Args:
        graph: The graph that they are of.
        rows: Of one answer: of a pair of codes what stands with both, of a chain what is said of each link,
            of a cause what is said to come of it, else passages that are coded so, or what is said of it.

    Returns:
        The rows in their order, as they are where nothing is found for them.
    """
    plain = [dict(row) for row in rows]
    if not rows or _WORDS & set(rows[0]):
        return plain
    if (chain := next((name for name in _CHAINS if name in rows[0]), None)) is not None:
        links = _of_pairs(graph, _LINKS, (pair for row in rows for pair in _links(row[chain])))
        found = [[quote for pair in _links(row[chain]) for quote in links.get(pair, ())] for row in rows]
    elif {"code", "other"} <= set(rows[0]):
        both = _of_pairs(graph, _BOTH, ((row["code"], row["other"]) for row in rows))
        found = [both.get((row["code"], row["other"]), []) for row in rows]
    else:
        found = _of_names(graph, rows)
    return [{**row, "quotes": quotes} if quotes else row for row, quotes in zip(plain, found, strict=True)]


def _of_names(graph: Graph, rows: Sequence[Row]) -> list[list[str]]:
    causes = "cause" in rows[0]
    at = "cause" if causes else next((name for name in _NAMES if name in rows[0]), None)
    if at is None:
        return [[] for _ in rows]
    names = list(dict.fromkeys(row[at] for row in rows if isinstance(row[at], str)))
    told = graph.cypher(filled(_CAUSED if causes else _TOLD), names=names).rows
    found: dict[str, list[str]] = {row["name"]: row["quotes"][:_EACH] for row in told}
    if not causes:
        for row in graph.cypher(_CODED, names=names).rows:
            found[row["name"]] = [_quote(*turn) for turn in row["turns"]]
    return [found.get(row[at], []) for row in rows]


def _of_pairs(graph: Graph, query: str, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    rows = graph.cypher(filled(query), pairs=[list(pair) for pair in dict.fromkeys(pairs)]).rows
    return {
        (row["name"], row["other"]): [row["quote"]]
        if "quote" in row
        else [_quote(*turn) for turn in row["turns"]]
        for row in rows
    }


def _links(chain: Sequence[str] | None) -> list[tuple[str, str]]:
    return list(zip(chain or (), (chain or ())[1:], strict=False))


def _quote(interview: str, turn: str, text: str) -> str:
    """As the sums of relations have their quotes: ``901: We had promised … [901:0014]``."""
    words = text if len(text) <= _MOST else f"{text[:_MOST].rsplit(None, 1)[0]} …"
    return f"{interview}: {words} [{turn}]"
