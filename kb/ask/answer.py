"""Asking a canned query: the user's words checked and made into parameters, then a read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.ask.names import concept_names
from kb.ask.query import Param, Query
from kb.errors import UsageError
from kb.graph import Edge, Node, Path, Subgraph
from kb.store.bolt import Result, Store
from kb.text.cypher import columns
from kb.text.nearest import did_you_mean

_TOLD = ("whole", "stitched", "catalogue")  # best first


def ask(store: Store, query: Query, given: Mapping[str, Any]) -> Result:
    """Run a canned query.

    Args:
        store: The graph.
        query: The query.
        given: Parameters by name, as the user typed them; None and absent ones take the default.

    Raises:
        UsageError: A required parameter is missing, a value is out of range, or a code, interview or
            coder is not in the graph (the message tells the nearest).
    """
    result = store.read(query.text, resolve(store, query, given))
    # The embedded engine names no columns where there are no rows; a CSV wants its header all the same.
    return result if result.columns else Result(columns(query.text), result.rows)


def resolve(store: Store, query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """The query's parameters as the server gets them; arguments and errors as in `ask`."""
    return {name: _value(store, query, name, given.get(name)) for name in query.params}


def to_subgraph(result: Result) -> Subgraph:
    """All nodes, edges and paths of a result as one graph.

    Where the rows say how a chain was told, each edge carries it as `told`, the best of the chains it
    is part of: whole, stitched, or with a link that only a catalogue states.
    """
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str], Edge] = {}
    for row in result.rows:
        told = row.get("told")
        for value in row.values():
            for part in _parts(value):
                if isinstance(part, Node):
                    nodes[part.id] = part
                    continue
                key = (part.type, part.start, part.end)
                before = edges[key].properties.get("told") if key in edges else None
                if before in _TOLD and (told not in _TOLD or _TOLD.index(before) < _TOLD.index(told)):
                    continue
                properties = {**part.properties, **({"told": told} if told else {})}
                edges[key] = part.model_copy(update={"properties": properties})
    return Subgraph.of(nodes.values(), edges.values())


def _parts(value: Any) -> Iterator[Node | Edge]:
    if isinstance(value, (Node, Edge)):
        yield value
    elif isinstance(value, Path):
        yield from value.nodes
        yield from value.edges
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)


def _value(store: Store, query: Query, name: str, value: Any) -> Any:
    param = query.params[name]
    if value is None:
        value = param.default
    if value is None:
        if param.required:
            raise UsageError(f"`kb query {query.name}` needs --{name.replace('_', '-')}: {param.help}.")
        return None
    _in_range(name, param, value)
    if param.type == "code":
        return concept_names(store, str(value))
    if param.type == "interview":
        return known(store, "interview", str(value))
    if param.type == "coder":
        return known(store, "coder", str(value))
    return value


def _in_range(name: str, param: Param, value: Any) -> None:
    flag = f"--{name.replace('_', '-')}"
    if param.type == "choice" and value not in param.choices:
        raise UsageError(f"{flag} is one of {', '.join(param.choices)}, not {value!r}.")
    if param.min is not None and value < param.min:
        raise UsageError(f"{flag} is at least {param.min}.")
    if param.max is not None and value > param.max:
        raise UsageError(f"{flag} is at most {param.max}.")


_NAMES = {
    "interview": "MATCH (i:Interview) RETURN i.id AS n ORDER BY n",
    "coder": "MATCH (c:Coder) RETURN c.name AS n ORDER BY n",
}


def known(store: Store, what: str, value: str) -> str:
    """An interview's id or a coder's name as the graph has it.

    Args:
        store: The graph.
        what: ``interview`` or ``coder``.
        value: As the user typed it; case does not count.

    Raises:
        UsageError: There is none; names the nearest.
    """
    names = [row["n"] for row in store.read(_NAMES[what]).rows]
    if value in names:
        return value
    same = [name for name in names if name.casefold() == value.casefold()]
    if len(same) == 1:
        return str(same[0])
    raise UsageError(f"There is no {what} {value!r} in the graph.{did_you_mean(value, names)}")
