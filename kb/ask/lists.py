"""The names that a graph has: of interviews, coders, codes or concepts; and how to cite its catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.store.bolt import Store

_LISTS = {
    "code": "MATCH (c:Concept) RETURN c.name AS n ORDER BY n",
    "coder": "MATCH (c:Coder) RETURN c.name AS n ORDER BY n",
    "interview": "MATCH (i:Interview) RETURN i.id AS n ORDER BY n",
}
# A reader may name the teller of a relation by a label that the transcript has not.
_PEOPLE = (
    "MATCH (s:Speaker) RETURN s.id AS n",
    "MATCH (c:Claim) WHERE c.person CONTAINS '/' RETURN DISTINCT c.person AS n",
)
_PARTICIPANTS = "MATCH (p:Participant) RETURN p.name AS n ORDER BY n"

_CATEGORIES = "MATCH (c:Category) RETURN c.name AS n, c.title AS title ORDER BY n"


class Names(NamedTuple):
    """All names that a graph knows, and its categories' titles, as `FigureOptions` takes them."""

    interviews: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    categories: Mapping[str, str] = {}


def names(store: Store) -> Names:
    """Every interview, coder, speaker and participant of a graph, sorted, and the categories' titles."""
    people = {str(row["n"]) for query in _PEOPLE for row in store.read(query).rows}
    return Names(
        tuple(listed(store, "interview")),
        tuple(listed(store, "coder")),
        tuple(sorted(people)),
        tuple(str(row["n"]) for row in store.read(_PARTICIPANTS).rows),
        {str(row["n"]): str(row["title"]) for row in store.read(_CATEGORIES).rows if row["title"]},
    )


def listed(store: Store, kind: str) -> list[str]:
    """All names of a kind, sorted.

    Args:
        store: The graph.
        kind: ``interview``, ``coder`` or ``code``.
    """
    return [str(row["n"]) for row in store.read(_LISTS[kind]).rows]


def citations(store: Store, catalogues: Iterable[str]) -> dict[str, str]:
    """How to cite the catalogues that something shown rests on, by their ids."""
    ids = sorted(set(catalogues))
    if not ids:
        return {}
    rows = store.read(
        "MATCH (g:Catalogue) WHERE g.id IN $ids RETURN g.id AS id, g.citation AS citation ORDER BY id",
        {"ids": ids},
    ).rows
    return {row["id"]: row["citation"] for row in rows}
