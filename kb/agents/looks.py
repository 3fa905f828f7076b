"""What agents can look up: questions, cards, passages, lists; each opens the graph while it lasts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb import schema
from kb.agents.bounded import MOST_OF_CELL, MOST_OF_ONE, answer
from kb.agents.words import with_quotes
from kb.api.graph import Graph
from kb.api.queries import Queries
from kb.ask.query import Query
from kb.errors import StoreLocked, UsageError

#: Seconds that a question waits while another command has the graph open.
PATIENCE = 5.0
_AROUND = 20  # turns on each side, at most
# What it means that there are no rows, by query.
_NOTHING = {
    "": "Nobody tells that in these interviews, or nothing is loaded for it.",
    "search": "No turn holds all of these words; people may have put it in others.",
}

_TURNS = """
MATCH (t:Turn) WHERE t.interview = $interview AND t.index >= $first AND t.index <= $last
OPTIONAL MATCH (t)-[k:CODED_AS]->(c:Concept)
WITH t, collect(DISTINCT c.name) AS codes
RETURN t.id AS turn, t.speaker AS speaker, t.role AS role, t.text AS text, codes ORDER BY t.index
"""
_TURN = "MATCH (t:Turn {id: $id}) RETURN t.interview AS interview, t.index AS index"
_CODED = """
MATCH (t:Turn)-[k:CODED_AS]->(c:Concept {name: $code})
WHERE $interview IS NULL OR t.interview = $interview
WITH t, collect(DISTINCT k.coder) AS coders
RETURN t.interview AS interview, t.id AS turn, t.speaker AS speaker, t.role AS role, coders, t.text AS text
ORDER BY toInteger(interview), interview, t.index
"""
_INTERVIEWS = """
MATCH (i:Interview) OPTIONAL MATCH (t:Turn) WHERE t.interview = i.id
RETURN i.id AS interview, i.title AS title, count(t) AS turns
ORDER BY toInteger(interview), interview
"""
_CODES = """
MATCH (c:Concept) OPTIONAL MATCH (t:Turn)-[:CODED_AS]->(c)
WITH c, count(DISTINCT t) AS passages, count(DISTINCT t.interview) AS interviews
WHERE $kind IS NULL OR c.kind = $kind
RETURN c.name AS name, c.kind AS kind, c.category AS category, c.description AS description, passages,
  interviews
ORDER BY passages DESC, name
"""


class Looks:
    """Read-only looks into a graph.

    Args:
        opened: Opens the graph; it is closed after each look, so that other commands get their turn.
        folder: A folder with queries of the user's own.
    """

    def __init__(self, opened: Callable[[], Graph], folder: Path | None = None) -> None:
        self._opened, self._folder = opened, folder
        self._lock = threading.Lock()

    @contextmanager
    def graph(self) -> Iterator[Graph]:
        """The graph, for one look at a time.

        Raises:
            StoreError: It cannot be opened, or another process has it.
        """
        with self._lock, self._patiently() as graph:
            yield graph

    def _patiently(self) -> Graph:
        """The graph, as soon as a short command of another process lets it go."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._opened()
            except StoreLocked:
                if time.monotonic() > until:
                    raise
                time.sleep(0.25)

    def queries(self, offset: int, limit: int) -> dict[str, Any]:
        """The canned queries with their parameters; no graph is needed."""
        rows = [
            {
                "query": name,
                "question": query.title,
                "parameters": {each: _told(param) for each, param in query.params.items()},
                "columns": query.columns,
            }
            for name, query in Queries(self._folder).items()
        ]
        return answer(
            rows, offset=offset, limit=limit, how="Pass a query's name and its parameters to `ask`."
        )

    def ask(
        self, query: str, parameters: Mapping[str, Any], where: list[str], offset: int, limit: int
    ) -> dict[str, Any]:
        """A canned query's answer; errors as in `kb.api.graph.Graph.ask`."""
        reserved = {"name", "where", "folder", "timeout"} & set(parameters)
        if reserved:
            raise UsageError(f"{min(reserved)!r} is no parameter of a query; `list_queries` names them.")
        asked = Queries(self._folder).get(query)  # one that there is not is told when it is asked
        _complete(asked, parameters)
        most = _most(asked, parameters, offset + limit + 1)
        with self.graph() as graph:
            found = graph.ask(query, where=where, folder=self._folder, **{**parameters, **most})
            # The path only repeats, as graph values, what the other columns have in words.
            rows = [{name: row[name] for name in found.columns if name != "path"} for row in found.rows]
            seen = slice(offset, offset + limit)
            rows[seen] = with_quotes(graph, rows[seen])
        return answer(
            rows,
            offset=offset,
            limit=limit,
            more=len(rows) in most.values(),
            question=found.title,
            notes=[  # where kb chose the bound, `rest` says it for agents
                note for note in found.notes if not (most and note.startswith("Only the first"))
            ],
            nothing="" if rows else _NOTHING.get(query, _NOTHING[""]),
        )

    def passages(self, turn: str, around: int, offset: int) -> dict[str, Any]:
        """The turns around one; that one alone, a long one too, where ``around`` is 0.

        Raises:
            UsageError: There is no such turn.
        """
        around = min(max(0, around), _AROUND)
        id_ = turn.strip().strip("[]")
        with self.graph() as graph:
            at = graph.cypher(_TURN, id=id_).rows
            if not at:
                raise UsageError(
                    f"There is no turn {id_!r}; answers carry turns in brackets, such as [901:0012]."
                )
            interview, index = at[0]["interview"], at[0]["index"]
            rows = graph.cypher(_TURNS, interview=interview, first=index - around, last=index + around).rows
        return answer(
            rows,
            offset=offset,
            limit=2 * _AROUND + 1,
            cell=MOST_OF_CELL if around else MOST_OF_ONE,
            interview=interview,
        )

    def coded(self, code: str, interview: str | None, offset: int, limit: int) -> dict[str, Any]:
        """The passages that carry a code.

        Raises:
            UsageError: There is no such code or interview; the message tells the nearest.
        """
        from kb.ask.answer import known

        with self.graph() as graph:
            name = known(graph.store, "code", code)
            of = None if interview is None else known(graph.store, "interview", interview)
            rows = graph.cypher(_CODED, code=name, interview=of).rows
        return answer(rows, offset=offset, limit=limit, code=name)

    def interviews(self, offset: int, limit: int) -> dict[str, Any]:
        """The interviews with their number of turns."""
        with self.graph() as graph:
            return answer(graph.cypher(_INTERVIEWS).rows, offset=offset, limit=limit)

    def codes(self, kind: str | None, offset: int, limit: int) -> dict[str, Any]:
        """The codes and concepts with their passages, most used first.

        Raises:
            UsageError: There is no such kind.
        """
        if kind is not None and kind not in schema.KIND_LABELS:
            raise UsageError(f"There is no kind {kind!r}; there are {', '.join(schema.KIND_LABELS)}.")
        with self.graph() as graph:
            return answer(graph.cypher(_CODES, kind=kind).rows, offset=offset, limit=limit)


def graph_schema() -> dict[str, Any]:
    """Labels and relationship types of the graph, with their properties and what they mean."""
    return {
        "nodes": [
            {
                "label": n.label,
                "key": n.key,
                "properties": [n.key, *n.properties],
                "also": list(n.also),
                "is": n.about,
            }
            for n in schema.NODES
        ],
        "relationships": [
            {"type": e.type, "from": e.start, "to": e.end, "properties": list(e.properties), "is": e.about}
            for e in schema.EDGES
        ],
    }


def _complete(query: Query | None, parameters: Mapping[str, Any]) -> None:
    """Say which parameter is missing, as an agent passes it."""
    if query is None:
        return
    for name, param in query.params.items():
        if param.required and parameters.get(name) is None:
            raise UsageError(f"The query {query.name!r} needs {name!r} among its parameters: {param.help}.")


def _most(query: Query | None, parameters: Mapping[str, Any], wanted: int) -> dict[str, int]:
    """The query's own bound on its rows, widened where the rows that are wanted lie beyond it."""
    own = query.params.get("limit") if query else None
    if own is None or parameters.get("limit") is not None:
        return {}
    return {"limit": min(max(wanted, own.default or 0), own.max or wanted)}


def _told(param: Any) -> dict[str, Any]:
    """A parameter as JSON Schema would have it, with its help."""
    kinds = {"int": "integer", "float": "number", "bool": "boolean"}
    found = {
        "type": kinds.get(param.type, "string"),
        "is": param.help,
        "names": param.type if param.type not in {*kinds, "str"} else None,
        "required": param.required or None,
        "default": param.default,
        "minimum": param.min,
        "maximum": param.max,
        "one_of": list(param.choices) or None,
    }
    return {name: value for name, value in found.items() if value is not None}
