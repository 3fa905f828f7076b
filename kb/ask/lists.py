"""The names that a graph has: of interviews, coders, and codes or concepts."""

from __future__ import annotations

from kb.store.bolt import Store

_LISTS = {
    "code": "MATCH (c:Concept) RETURN c.name AS n ORDER BY n",
    "coder": "MATCH (c:Coder) RETURN c.name AS n ORDER BY n",
    "interview": "MATCH (i:Interview) RETURN i.id AS n ORDER BY n",
}


def listed(store: Store, kind: str) -> list[str]:
    """All names of a kind, sorted.

    Args:
        store: The graph.
        kind: ``interview``, ``coder`` or ``code``.
    """
    return [str(row["n"]) for row in store.read(_LISTS[kind]).rows]
