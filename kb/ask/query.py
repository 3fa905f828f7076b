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

A literal parameter (``literal = true``) stands in the statement as its default behind a comment that
names it, ``*1../*$depth*/6``, since Cypher takes no parameter there: the file runs as it is, and kb
writes the checked value in its place. A step (``steps.chains = "chains"``) is a search that kb does
beforehand; what it finds fills ``$chains`` (`kb.ask.steps`).

Where a comment asks for kinds of relations, ``[r:/*:causal*/CAUSES]``, those of the table stand in its
place (`kb.relation.filled`).

A new file in ``cypher/``, or in a folder of the user's own, is a new command with typed options.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    field_validator,
    model_validator,
)

from kb.ask.steps import STEPS, Step
from kb.errors import InputError, UsageError
from kb.relation import filled
from kb.resources import cypher_dir
from kb.text.cypher import parameters, statements
from kb.text.files import decoded, read_bounded, size
from kb.text.nearest import did_you_mean, nearest

SUFFIX = ".cypher"
_MAX_BYTES = 2**20
_MAX_HEADER = 2**16
# Options that `kb query`, `kb export` and `kb browse` have for every query.
RESERVED = frozenset(
    {"compare", "db", "explain", "folder", "format", "full", "help", "output", "timeout", "where"}
)

_LITERAL = re.compile(r"/\*\$(\w+)\*/\s*(\d+)")

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
    literal: StrictBool = False

    @model_validator(mode="after")
    def _consistent(self) -> Param:
        if self.type == "choice" and not self.choices:
            raise ValueError("a parameter of type choice needs choices")
        if self.required and self.default is not None:
            raise ValueError("a required parameter has no default")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is larger than max {self.max}")
        if self.type in ("int", "float") and self.default is not None:
            self._in_bounds()
        if self.literal and (self.type != "int" or None in (self.default, self.min, self.max)):
            raise ValueError("a literal parameter is an int with a default, a min and a max")
        return self

    def _in_bounds(self) -> None:
        whole = self.type == "int"
        if isinstance(self.default, bool) or not isinstance(self.default, int if whole else int | float):
            raise ValueError(f"the default {self.default!r} is no {'whole ' if whole else ''}number")
        if (self.min is not None and self.default < self.min) or (
            self.max is not None and self.default > self.max
        ):
            raise ValueError(f"the default {self.default} is not between min and max")


class Query(BaseModel):
    """A canned query.

    Attributes:
        name: The file's name without ending; the command's name.
        returns: ``graph`` if a column holds nodes, edges or paths that `kb export` can draw.
        columns: What a column counts or holds, by name, where its name does not say it all.
        steps: Parameters that kb fills by a search beforehand, with the search's name in `kb.ask.steps`.
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
    steps: dict[str, str] = Field(default_factory=dict)
    text: str

    @field_validator("text")
    @classmethod
    def _not_empty(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("there is no statement after the header")
        return filled(text)

    @field_validator("params")
    @classmethod
    def _no_reserved(cls, params: dict[str, Param]) -> dict[str, Param]:
        taken = sorted(RESERVED.intersection(params))
        if taken:
            raise ValueError(f"{taken[0]!r} is an option of every query; call the parameter something else")
        return params

    @model_validator(mode="after")
    def _literals_match(self) -> Query:
        written = {match[1]: match[2] for match in _LITERAL.finditer(self.text)}
        for name, param in self.params.items():
            if not param.literal and name in written:
                raise ValueError(
                    f"/*${name}*/ stands for a literal parameter; say literal = true in its header"
                )
            if param.literal and (name not in written or name in parameters(self.text)):
                raise ValueError(f"the literal parameter {name} is written /*${name}*/{param.default}")
            if param.literal and any(
                match[2] != str(param.default) for match in _LITERAL.finditer(self.text) if match[1] == name
            ):
                raise ValueError(f"behind /*${name}*/ stands another number than its default {param.default}")
        return self

    @model_validator(mode="after")
    def _params_match(self) -> Query:
        used = set(parameters(self.text)) | {match[1] for match in _LITERAL.finditer(self.text)}
        declared = set(self.params) | set(self.steps)
        for name, step in self.steps.items():
            declared -= set(self._step(name, step).takes) - used
        if used - declared:
            raise ValueError(f"${min(used - declared)} is used but not declared in params")
        if declared - used:
            raise ValueError(f"the parameter {min(declared - used)} is declared but not used")
        return self

    def _step(self, name: str, step: str) -> Step:
        """A step of the header, with the parameters that it takes.

        Raises:
            ValueError: There is none of that name, or the query does not declare what it takes.
        """
        if step not in STEPS:
            raise ValueError(f"there is no step {step!r}.{did_you_mean(step, STEPS)}")
        if name in self.params:
            raise ValueError(f"{name!r} is a parameter and a step; call one of them something else")
        for taken, type_ in STEPS[step].takes.items():
            param = self.params.get(taken)
            if param is None or param.type != type_:
                raise ValueError(f"the step {step!r} needs the parameter {taken} of type {type_}")
            if taken in STEPS[step].needs and not param.required and param.default is None:
                raise ValueError(
                    f"the step {step!r} needs a value of {taken}: make it required, or give it a default"
                )
            if type_ == "int" and (param.min is None or param.min < 1):
                raise ValueError(
                    f"the step {step!r} needs {taken} to be 1 or more: say min = 1 in its header"
                )
            strange = set(param.choices) - set(STEPS[step].choices.get(taken, param.choices))
            if strange:
                raise ValueError(f"the step {step!r} knows no {min(strange)!r} for {taken}")
        return STEPS[step]

    def statement(self, values: Mapping[str, Any]) -> str:
        """The Cypher with its literal parameters written in.

        Args:
            values: Checked values of all parameters, by name.
        """
        return _LITERAL.sub(
            lambda match: str(int(values[match[1]])) if match[1] in self.params else match[0], self.text
        )


def read_query(path: Path) -> Query:
    """Read one file.

    Raises:
        InputError: It cannot be read, the header is not TOML, or parameters declared and used differ.
    """
    try:
        lines = decoded(read_bounded(path, _MAX_BYTES)).splitlines()
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text.", path) from error
    end = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = "\n".join(line[2:].removeprefix(" ") for line in lines[:end])
    if len(header) > _MAX_HEADER:
        raise InputError(f"the leading comments are longer than {size(_MAX_HEADER)}: shorten them.", path)
    try:
        fields = tomllib.loads(header)
    except ValueError as error:  # TOML's own, and Python's for a number of thousands of digits
        raise InputError(f"the leading comments are not TOML ({error}).", path) from error
    except RecursionError as error:
        raise InputError("the leading comments hold too many brackets in each other.", path) from error
    text = "\n".join(lines[end:]).strip()
    if len(parts := statements(text)) == 1:  # without its semicolon, and a comment after that
        text = parts[0]
    try:
        return Query(name=path.stem, path=path, text=text + "\n", **fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        stop = "" if said.endswith(("?", ".")) else "."
        raise InputError(f"{where + ': ' if where else ''}{said}{stop}", path) from error
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
