"""The causal map of each group of people, on one map: which of them tell a link, and what one alone tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kb.ask.answer import ask, to_subgraph
from kb.ask.compare import groups_of
from kb.ask.participants import NOTHING_KNOWN, read_people
from kb.ask.query import find_query
from kb.errors import UsageError
from kb.graph import Edge, Subgraph
from kb.store.bolt import Store
from kb.text.words import plural

MAP = "causal-map"
_EVERYTHING = {"min_interviews": 0, "min_people": 0, "top": 100_000}
_KEPT = ("interviews", "people", "claims", "stated", "links")
_WITHIN = ("links_within", "within", "quotes")


class GroupMaps(NamedTuple):
    """The maps of groups, as one.

    Attributes:
        groups: Conditions that tell the groups, such as ``sector=health``, in order.
        graph: The map; each edge has `groups`, those that tell it, `only` where that is one, and what each
            tells as `by_group`.
        notes: What to know of it, a sentence each.
    """

    groups: tuple[str, ...]
    graph: Subgraph
    notes: tuple[str, ...]


def compare_maps(
    store: Store,
    given: Mapping[str, Any],
    attribute: str,
    *,
    where: Sequence[str] = (),
    timeout: float | None = None,
) -> GroupMaps:
    """The map of all people, with what each group tells of it.

    What is on the map, all people decide: a link that one group tells once is not taken for one that it
    does not tell because of ``min_people``.

    Args:
        store: The graph.
        given: Parameters of the query `causal-map`.
        attribute: Of the participants, whose values are the groups; many numbers are split at their median.
        where: Only what people with these other attributes told.
        timeout: Seconds that each reading may take.

    Raises:
        UsageError: Nobody has the attribute, or its values make fewer than two groups.
    """
    people = read_people(store)
    if not people.values:
        raise UsageError(NOTHING_KNOWN)
    if any(condition.strip().casefold().startswith(attribute.casefold()) for condition in where):
        raise UsageError(f"--where and --compare are both about {attribute!r}: leave one of them out.")
    members, notes = groups_of(people, attribute, None)
    if len(members) < 2:
        raise UsageError(f"All participants have the same {attribute!r}: there are no groups to compare.")
    query = find_query(MAP)
    whole = ask(store, query, given, where=where, timeout=timeout)
    told: dict[str, dict[tuple[str, str, str], Edge]] = {}
    for group in members:
        own = ask(store, query, {**given, **_EVERYTHING}, where=[*where, group], timeout=timeout)
        told[group] = {_key(edge): edge for edge in to_subgraph(own).edges}
    shown = to_subgraph(whole)
    edges = [_of_groups(edge, told) for edge in shown.edges]
    kept = [edge for edge in edges if edge is not None]
    if lost := len(edges) - len(kept):
        notes.append(f"{plural(lost, 'link')} left out that nobody of these groups tells.")
    ends = {end for edge in kept for end in (edge.start, edge.end)}
    nodes = [
        node.model_copy(update={"properties": {k: v for k, v in node.properties.items() if k not in _WITHIN}})
        for node in shown.nodes
        if node.id in ends
    ]
    sizes = ", ".join(f"{name} ({plural(len(group), 'person')})" for name, group in members.items())
    first = f"Groups: {sizes}; a link counts as a group's if one of its people tells it."
    return GroupMaps(tuple(members), Subgraph.of(nodes, kept), (first, *notes, *whole.notes))


def _key(edge: Edge) -> tuple[str, str, str]:
    return edge.type, edge.start, edge.end


def _of_groups(edge: Edge, told: Mapping[str, Mapping[tuple[str, str, str], Edge]]) -> Edge | None:
    """A link with what each group tells of it; None if none does."""
    own = {group: links[_key(edge)] for group, links in told.items() if _key(edge) in links}
    if not own:
        return None
    properties = {
        **edge.properties,
        "groups": list(own),
        "by_group": {
            group: {name: link.properties[name] for name in _KEPT if link.properties.get(name) is not None}
            for group, link in own.items()
        },
    }
    if len(own) == 1:
        properties["only"] = next(iter(own))
    return edge.model_copy(update={"properties": properties})
