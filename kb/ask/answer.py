"""Asking a canned query: the user's words checked and made into parameters, then a read."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any, NamedTuple

from kb.ask.drawn import subgraph_of, walk
from kb.ask.lists import listed
from kb.ask.names import concept_names
from kb.ask.query import Param, Query
from kb.ask.step import Taken
from kb.ask.steps import STEPS, run_steps
from kb.ask.within import within
from kb.errors import QueryTimeout, UsageError
from kb.graph import Subgraph
from kb.store.bolt import Result, Store
from kb.text.cypher import columns
from kb.text.nearest import did_you_mean

_CUT = re.compile(r"\bLIMIT \$(limit|top)\b")
_LISTED = 15  # names in a sentence


class Answer(NamedTuple):
    """What a canned query gives.

    Attributes:
        columns: Names of the columns, in order.
        rows: Values by column; graph values are `kb.graph` nodes, edges and paths.
        notes: What the rows do not hold, and what they rest on, a sentence each.
        within: Whose words they are counted from, a sentence; empty for everybody's.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    notes: tuple[str, ...] = ()
    within: str = ""


class Prepared(NamedTuple):
    """A query ready to be sent.

    Attributes:
        statement: Its Cypher, with literal parameters written in.
        parameters: The others, those that steps filled too.
        steps: The steps that were taken, by the parameter that each filled.
    """

    statement: str
    parameters: dict[str, Any]
    steps: dict[str, Taken]

    @property
    def notes(self) -> tuple[str, ...]:
        """What its steps left out, a sentence each."""
        return tuple(note for taken in self.steps.values() for note in taken.found.notes)


def ask(
    store: Store,
    query: Query,
    given: Mapping[str, Any],
    *,
    timeout: float | None = None,
    where: Sequence[str] = (),
) -> Answer:
    """Run a canned query.

    Args:
        store: The graph.
        query: The query.
        given: Parameters by name, as the user typed them; None and absent ones take the default.
        timeout: Seconds that it may take, its steps included; None for the store's bound, 0 for none.
        where: Count only what people with these attributes told (`kb.ask.where`).

    Raises:
        UsageError: A required parameter is missing, a value is out of range, or a code, interview,
            coder or attribute is not in the graph (the message tells the nearest).
        QueryTimeout: It took longer.
    """
    values = resolve(store, query, given)
    with within(store, where, query) as part:
        answer = _ask(part.store, query, values, timeout)
    return answer._replace(notes=part.notes + answer.notes, within=part.said)


def _ask(store: Store, query: Query, values: Mapping[str, Any], timeout: float | None) -> Answer:
    bound = store.timeout if timeout is None else timeout
    begin = time.monotonic()
    ready = prepare(store, query, values, timeout=bound)
    # A step that takes the limit says itself what it leaves out.
    by_step = any("limit" in STEPS[step].takes for step in query.steps.values())
    cut = _CUT.search(query.text)
    limit = values.get(cut[1]) if cut and not by_step else None
    limit = limit if isinstance(limit, int) else None  # somebody's own limit may be anything
    if cut and limit is not None:  # one more than asked for tells whether there are more
        ready.parameters[cut[1]] = limit + 1
    # What its steps left of the time, and a moment in any case, so that 0 does not come to mean no bound.
    left = max(bound - (time.monotonic() - begin), 0.1) if bound else 0
    try:
        result = store.read(ready.statement, ready.parameters, timeout=left)
    except QueryTimeout as error:
        raise QueryTimeout(bound) from error
    rows = [row | {"path": walk(row["path"])} if "path" in row else row for row in result.rows]
    notes = ready.notes
    if cut and limit is not None and len(rows) > limit:
        rows = rows[:limit]
        shown = f"first {limit} are" if limit > 1 else "first is"
        notes += (f"Only the {shown} shown; there are more: ask for them with --{cut[1]}.",)
    # The embedded engine names no columns where there are no rows; a CSV wants its header all the same.
    return Answer(result.columns or columns(query.text), rows, notes)


def prepare(store: Store, query: Query, values: Mapping[str, Any], *, timeout: float = 0) -> Prepared:
    """Take a query's steps, and write its literal parameters into its Cypher.

    Args:
        store: The graph.
        query: The query.
        values: All its parameters, as `resolve` gives them.
        timeout: Seconds that its steps may take; 0 for no bound.
    """
    steps = run_steps(store, query.steps, values, timeout)
    parameters = {name: value for name, value in values.items() if not query.params[name].literal}
    parameters |= {name: taken.found.value for name, taken in steps.items()}
    return Prepared(query.statement(values), parameters, steps)


def resolve(store: Store, query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """The query's parameters, checked; arguments and errors as in `ask`."""
    return {name: _value(store, query, name, given.get(name)) for name in query.params}


def to_subgraph(result: Answer | Result) -> Subgraph:
    """All nodes, edges and paths of a result as one graph: see `kb.ask.drawn.subgraph_of`."""
    return subgraph_of(result.rows)


def _value(store: Store, query: Query, name: str, value: Any) -> Any:
    param = query.params[name]
    if value is None:
        value = param.default
    blank = param.type == "str" and isinstance(value, str) and not value.strip()
    if value is None or (blank and param.required):  # of words, blanks are none
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


_TYPED: dict[str, tuple[type, str]] = {
    "int": (Integral, "a whole number"),
    "float": (Real, "a number"),
    "bool": (bool, "true or false"),
}


def _in_range(name: str, param: Param, value: Any) -> None:
    flag = f"--{name.replace('_', '-')}"
    if param.type in _TYPED and (
        not isinstance(value, _TYPED[param.type][0]) or (isinstance(value, bool) and param.type != "bool")
    ):  # from Python or an agent; the command line has seen to it
        raise UsageError(f"{flag} is {_TYPED[param.type][1]}, not {value!r}.")
    if param.type == "choice" and value not in param.choices:
        raise UsageError(f"{flag} is one of {', '.join(param.choices)}, not {value!r}.")
    if param.min is not None and value < param.min:
        raise UsageError(f"{flag} is at least {param.min}.")
    if param.max is not None and value > param.max:
        raise UsageError(f"{flag} is at most {param.max}.")


def known(store: Store, what: str, value: str) -> str:
    """An interview's id or a coder's name as the graph has it.

    Args:
        store: The graph.
        what: ``interview`` or ``coder``.
        value: As the user typed it; case does not count.

    Raises:
        UsageError: There is none; names the nearest.
    """
    names = listed(store, what)
    if value in names:
        return value
    same = [name for name in names if name.casefold() == value.casefold()]
    if len(same) == 1:
        return same[0]
    raise UsageError(
        f"There is no {what} {value!r} in the graph.{did_you_mean(value, names)}{_there(what, names)}"
    )


def _there(what: str, names: Sequence[str]) -> str:
    """The names that there are, as a sentence; of many the first and the last."""
    if not names:
        return f" There is no {what} at all; `kb load PATH` loads some."
    names = sorted(names, key=lambda name: (not name.isdecimal(), len(name) if name.isdecimal() else 0, name))
    if len(names) > _LISTED:
        return f" There are {len(names):,}: {', '.join(names[: _LISTED - 3])}, … {', '.join(names[-2:])}."
    return f" There {'is' if len(names) == 1 else 'are'} {', '.join(names)}."
