"""Codes in the cells of a table: several in one cell, and the levels of a code's path."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from kb.records import Code
from loaders._table_names import Tool
from loaders._text import fold

Path = tuple[str, ...]

SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "newline": "\n",
    "bar": "|",
    "tab": "\t",
    "slash": "/",
    "none": "",
}
_CONTAINERS = re.compile(r"(?:codes|nodes|knoten|nodos|nœuds|コード)\\\\", re.IGNORECASE)  # NVivo
_PLURAL = re.compile(
    r".*(?:s|codes? applied.*|kodierungen|kategorien|schlagw[oö]rter|knoten|themen|koder)", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*[○●◯•◦▪]\s+")  # as lists in reports have them
_YES = {"true", "yes", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si", "1.0"}


class Parting(NamedTuple):
    """What parts the codes of a column's cells, and the levels of each; ``""`` for nothing."""

    codes: str
    levels: str

    def paths(self, cell: str) -> list[Path]:
        """The codes of one cell, each as its levels from the top, in the order written, each once."""
        parts = _split(cell, self.codes)
        found: dict[Path, None] = {}
        for part in parts:
            text = _BULLET.sub("", part)
            if self.levels.startswith("\\"):
                text = _CONTAINERS.sub("", text.strip())
            levels = text.split(self.levels) if self.levels else [text]
            if path := tuple(level for each in levels if (level := fold(each))):
                found.setdefault(path)
        return list(found)


def _split(cell: str, sign: str) -> list[str]:
    """The parts of a cell; a part that holds the sign itself may stand in quotation marks, as in a CSV.

    >>> _split('late,"broken, badly",dear', ",")
    ['late', 'broken, badly', 'dear']
    """
    if not sign:
        return [cell]
    if '"' in cell and sign != "\n":
        with suppress(csv.Error, StopIteration):
            parts = next(csv.reader([cell], delimiter=sign, skipinitialspace=True, strict=True))
            if len(parts) < len(cell.split(sign)):
                return parts
    return cell.split(sign)


def parting(cells: Sequence[str], column: str, tool: Tool, said: str | None = None) -> Parting:
    """How a column's cells are to be read.

    A comma may be part of a code's name; it parts codes where the tool says so, or where the column or the
    other cells show it.

    Args:
        cells: All of the column.
        column: Its name.
        tool: Who wrote it.
        said: A separator, as the user names it (see `SEPARATORS`).
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    codes = ""
    if said is not None:
        codes = SEPARATORS.get(said.lower(), said)
    else:
        for sign in (*(tool.parts or ""), ","):
            there = any(sign in cell for cell in filled)
            sure = sign != "," or tool.name == "Dedoose" or _commas_part(filled, column)
            if there and sure and tool.name != "Taguette":
                codes = sign
                break
    levels = next((sign for sign in tool.levels if any(sign in cell for cell in filled)), "")
    return Parting(codes, levels)


def _commas_part(cells: Sequence[str], column: str) -> bool:
    pieces = Counter(piece for cell in cells for piece in {fold(part) for part in cell.split(",")} if piece)
    whole = Counter(fold(cell) for cell in cells)
    several = [cell for cell in dict.fromkeys(cells) if "," in cell]
    parts = [piece for cell in several for part in cell.split(",") if (piece := fold(part))]
    known = sum(pieces[piece] > whole_of for piece in parts for whole_of in [_shared(piece, several, whole)])
    if _PLURAL.fullmatch(column.strip()):
        again = [cell for cell in several if whole[fold(cell)] > 1]
        return not again or known > 0
    return bool(parts) and known == len(parts)


def _shared(piece: str, several: Sequence[str], whole: Mapping[str, int]) -> int:
    """In how many cells a piece stands in one and the same list of pieces: that shows nothing."""
    own = next(cell for cell in several if piece in {fold(part) for part in cell.split(",")})
    return whole[fold(own)]


def is_applied(cell: str) -> bool:
    """Whether a cell says that its column's code is applied."""
    return cell.strip().casefold() in _YES


class Labels:
    """Names of codes that have a path: its last level, where that tells it; else the whole path.

    Args:
        paths: All that the file uses.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        every = dict.fromkeys(path[:n] for path in paths for n in range(1, len(path) + 1))
        last = Counter(path[-1] for path in every)
        self._names = {path: path[-1] if last[path[-1]] == 1 else " > ".join(path) for path in every}

    def name(self, path: Path) -> str:
        """The label of a code."""
        return self._names[path]

    def tree(self) -> list[Code]:
        """The code tree, if any code is under another: parents first, by name."""
        if all(len(path) == 1 for path in self._names):
            return []
        return [
            Code(name=name, parent=self._names[path[:-1]] if len(path) > 1 else None)
            for path, name in sorted(self._names.items(), key=lambda item: (len(item[0]), item[0]))
        ]
