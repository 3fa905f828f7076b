"""A canned query: one ``.cypher`` file whose leading comments are TOML.

::

    // title = "Causal chains to an issue"
    // topic = "Causes"
    // description = "Every path of causes to an issue, and who told it whole."
    // params.effect = { type = "code", help = "the issue at the end", required = true }
    // params.depth  = { type = "int", help = "longest chain", default = 6, min = 1, max = 8 }
    // columns.told_by = "interviews in which one person told every link"
    // returns = "graph"
    MATCH …

A new file in ``cypher/``, or in a folder of the user's own, is a new command with typed options.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from kb.errors import InputError, UsageError
from kb.resources import cypher_dir
from kb.text.cypher import parameters
from kb.text.nearest import nearest

SUFFIX = ".cypher"
# Options that `kb query`, `kb export` and `kb browse` have for every query.
RESERVED = frozenset({"db", "folder", "format", "output", "help"})

# A parameter's type decides what the option takes and what the query gets:
# `code` takes a code or concept and gives the list of its names (itself and what is narrower).
ParamType = Literal["str", "int", "float", "bool", "code", "interview", "coder", "choice"]


class Param(BaseModel):
    """One parameter of a canned query, an option on the command line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ParamType = "str"
    help: str
    required: bool = False
    default: Any = None
    min: int | None = None
    max: int | None = None
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Param:
        if self.type == "choice" and not self.choices:
            raise ValueError("a parameter of type choice needs choices")
        if self.required and self.default is not None:
            raise ValueError("a required parameter has no default")
        return self


class Query(BaseModel):
    """A canned query.

    Attributes:
        name: The file's name without ending; the command's name.
        returns: ``graph`` if a column holds nodes, edges or paths that `kb export` can draw.
        columns: What a column counts or holds, by name, where its name does not say it all.
        text: The Cypher, without the header.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    path: Path
    title: str
    topic: str = "Other"
    description: str
    params: dict[str, Param] = Field(default_factory=dict)
    returns: Literal["rows", "graph"] = "rows"
    columns: dict[str, str] = Field(default_factory=dict)
    text: str

    @field_validator("text")
    @classmethod
    def _not_empty(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("there is no statement after the header")
        return text

    @field_validator("params")
    @classmethod
    def _no_reserved(cls, params: dict[str, Param]) -> dict[str, Param]:
        taken = sorted(RESERVED.intersection(params))
        if taken:
            raise ValueError(f"{taken[0]!r} is an option of every query; call the parameter something else")
        return params

    @model_validator(mode="after")
    def _params_match(self) -> Query:
        used = set(parameters(self.text))
        declared = set(self.params)
        if used - declared:
            raise ValueError(f"${min(used - declared)} is used but not declared in params")
        if declared - used:
            raise ValueError(f"the parameter {min(declared - used)} is declared but not used")
        return self


def read_query(path: Path) -> Query:
    """Read one file.

    Raises:
        InputError: It cannot be read, the header is not TOML, or parameters declared and used differ.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text.", path) from error
    end = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = "\n".join(line[2:].removeprefix(" ") for line in lines[:end])
    try:
        fields = tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the leading comments are not TOML ({error}).", path) from error
    try:
        return Query(name=path.stem, path=path, text="\n".join(lines[end:]).strip() + "\n", **fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{where + ': ' if where else ''}{said}.", path) from error
    except TypeError as error:
        raise InputError(f"the header repeats a reserved name ({error}).", path) from error


def query_paths(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """The query files by name, the shipped ones first; a user's folder may replace one by its name."""
    found: dict[str, Path] = {}
    for folder in (cypher_dir(), *folders):
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder of queries.")
        found |= {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    return found


def find_query(name: str, folders: Iterable[Path] = ()) -> Query:
    """A query by its name.

    Raises:
        UsageError: There is none; names the nearest.
    """
    paths = query_paths(folders)
    if name not in paths:
        near = nearest(name, paths)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `kb query` lists them."
        raise UsageError(f"There is no query {name!r}.{hint}")
    return read_query(paths[name])
