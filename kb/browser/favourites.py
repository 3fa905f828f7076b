"""The canned queries as favourites of Neo4j Browser: a zip of ``.cypher`` files in folders.

Neo4j Browser makes a favourite of each file, named by its first line if that is a comment, in a
folder named as the file's folder. A query's parameters are set beforehand with ``:param``; one
favourite sets those of all queries, and each query's own stand in its comments.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from kb.ask.query import Param, Query
from kb.ask.steps import STEPS
from kb.text.cypher import literal

PARAMETERS = "Parameters: run this first"
#: Values for what a user has to name; of the shipped study, to be overwritten with names of one's own.
EXAMPLES = {"code": ["MD-performance-drop"], "str": "data", "interview": "901", "coder": "Ada"}
#: The same by the parameter's name: nothing leads from an issue to itself.
BY_NAME = {"cause": ["Data-no-signal"]}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same queries give the same bytes


def favourites(queries: Iterable[Query]) -> bytes:
    """The zip file."""
    queries = sorted(queries, key=lambda query: (query.topic, query.name))
    files = {f"{query.topic}/{query.name}.cypher": favourite(query) for query in queries}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"parameters.cypher": parameters(queries), **files}.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on whatever system it is made
            archive.writestr(entry, text.encode())
    return file.getvalue()


def favourite(query: Query) -> str:
    """A query with its title, description and parameters as comments."""
    lines = [query.title, query.description]
    for name, param in query.params.items():
        if param.literal:
            lines.append(
                f"{_help(param)}: the number behind /*${name}*/ below, from {param.min} to {param.max}"
            )
        else:
            lines += [f"{_help(param)}:", _set(name, example(param, name))]
    for name in query.steps:
        lines += [
            "what kb finds beforehand; null where the query itself is to look for it:",
            _set(name, None),
        ]
    return "".join(f"// {_one_line(line)}\n" for line in lines) + query.text


def parameters(queries: Sequence[Query]) -> str:
    """One command for each parameter of the queries, with a value that all of them can take."""
    values: dict[str, tuple[Param, Any]] = {}
    users: dict[str, list[str]] = {}
    for query in queries:
        for name, step in query.steps.items():
            users.setdefault(name, []).append(query.name)
            values[name] = (Param(help=f"{STEPS[step].about}; null: the query looks for them itself"), None)
        for name, param in query.params.items():
            if param.literal:  # a number in the statement itself
                continue
            users.setdefault(name, []).append(query.name)
            value = example(param, name)
            if name not in values or _wider(value, values[name][1]):
                values[name] = (param, value)
    lines = [
        f"// {PARAMETERS}",
        "// Put names of your own for the examples, then run: they hold for every query until you log out.",
        "// A code is a list of names, since a concept may stand for several.",
    ]
    for name, (param, value) in sorted(values.items()):
        lines += [f"// {_help(param)} ({', '.join(users[name])})", f"{_set(name, value)};"]
    return "\n".join(lines) + "\n"


def example(param: Param, name: str = "") -> Any:
    """A value for a parameter: its default, or for what a user must name an example."""
    if param.default is not None or not param.required:
        return param.default
    if name in BY_NAME:
        return BY_NAME[name]
    return param.choices[0] if param.choices else EXAMPLES.get(param.type, param.min or 1)


def _wider(value: Any, other: Any) -> bool:
    """Whether a value serves more queries than another of the same name: any rather than null, more."""
    if other is None or value is None:
        return other is None
    numbers = (int, float)
    return isinstance(value, numbers) and isinstance(other, numbers) and value > other


def _set(name: str, value: Any) -> str:
    return f":param {name} => {literal(value)}"


def _help(param: Param) -> str:
    choices = f" ({', '.join(param.choices)})" if param.choices else ""
    return _one_line(f"{param.help}{choices}{'; needed' if param.required else ''}")


def _one_line(text: str) -> str:
    return " ".join(text.split())
