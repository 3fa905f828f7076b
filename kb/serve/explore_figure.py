"""The map saved as a figure, and the command that writes the same file."""

from __future__ import annotations

import shlex
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kb.api.graph import Graph
from kb.ask.query import find_query
from kb.errors import UsageError
from kb.export import FORMATS, FigureWarning
from kb.figure.options import PRESETS

# Tables of a figure are two files; `kb export` writes them.
ENDINGS = tuple(ending for ending in FORMATS if ending != ".csv")
_DRAWN = ("causal-map", "neighbourhood", "causal-chains")


class Wanted(NamedTuple):
    """A figure that is asked for.

    Attributes:
        query: The canned query that it draws.
        params: Its parameters; defaults may be left out.
        where: Conditions on whose words count.
        ending: Of the file.
        column: ``one``, ``two`` or ``poster``.
        theme: ``light`` or ``dark``.
        quotes: Whether the file holds people's words.
        pseudonyms: Whether names are replaced in it.
    """

    query: str
    params: Mapping[str, Any]
    where: tuple[str, ...] = ()
    ending: str = ".svg"
    column: str = "two"
    theme: str = "light"
    quotes: bool = True
    pseudonyms: bool = False

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.query}{self.ending}"


def checked(wanted: Wanted) -> Wanted:
    """The same, if kb draws such a figure.

    Raises:
        UsageError: It does not.
    """
    if wanted.query not in _DRAWN:
        raise UsageError(f"The page draws {', '.join(_DRAWN)}; `kb export` draws other questions.")
    if wanted.ending not in ENDINGS:
        raise UsageError(f"The page saves {' '.join(ENDINGS)}; `kb export` writes other files.")
    if wanted.column not in PRESETS or wanted.theme not in ("light", "dark"):
        raise UsageError("A figure is for column one, two or poster, and light or dark.")
    return wanted


def command(wanted: Wanted, where: str = "") -> str:
    """What writes the same figure on the command line.

    Args:
        wanted: The figure.
        where: The option that names the graph.
    """
    params = find_query(wanted.query).params
    words = ["kb", "export", wanted.query]
    for name, value in wanted.params.items():
        if value is None or value == params[name].default:
            continue
        flag = f"--{name.replace('_', '-')}"
        words += (
            [flag]
            if value is True
            else [f"{flag}={value}"]
            if str(value).startswith("-")
            else [flag, str(value)]
        )
    words += [word for condition in wanted.where for word in ("--where", condition)]
    words += ["--column", wanted.column] if wanted.column != "two" else []
    words += ["--theme", wanted.theme] if wanted.theme != "light" else []
    words += [] if wanted.quotes else ["--no-quotes"]
    words += ["--pseudonyms"] if wanted.pseudonyms else []
    line = shlex.join([*words, "-o", wanted.file])
    return f"{line} {where}" if where else line


def drawn(graph: Graph, wanted: Wanted) -> tuple[bytes, list[str]]:
    """The file, and what its reader should know of it.

    Raises:
        UsageError: A parameter is none, or out of range.
        ExportError: There is nothing to draw.
    """
    figure = graph.subgraph(wanted.query, where=list(wanted.where), **wanted.params)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", FigureWarning)
        file = Path(folder) / wanted.file
        figure.export(
            file, preset=wanted.column, theme=wanted.theme, quotes=wanted.quotes, pseudonyms=wanted.pseudonyms
        )
        return file.read_bytes(), [
            str(each.message) for each in told if issubclass(each.category, FigureWarning)
        ]
