"""Parameters of a statement that no graph can take: said before the driver fails at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.errors import UsageError

_LEAST, _MOST = -(2**63), 2**63 - 1
#: Lists and maps in each other; the driver packs them by calling itself.
MAX_DEPTH = 50


def check_parameters(parameters: Mapping[str, Any] | None) -> None:
    """Refuse numbers of more than 64 bits, halves of characters, and values nested very deeply.

    Raises:
        UsageError: It names the parameter.
    """
    for name, value in (parameters or {}).items():
        if problem := _problem(value):
            raise UsageError(f"The parameter {_shown(name)} {problem}.")


def _problem(value: Any) -> str | None:
    level: Iterable[Any] = [value]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for one in level:
            if isinstance(one, str):
                if not _whole(one):
                    return "holds half of a character: write the character itself, or both of its escapes"
            elif isinstance(one, int):
                if not _LEAST <= one <= _MOST:
                    return f"holds a number beyond {_MOST}, the largest of a graph: put it in quotes"
            elif isinstance(one, Mapping):
                if not all(isinstance(key, str) for key in one):
                    return "holds a map with a key that is no text: put it in quotes"
                deeper += [*one, *one.values()]
            elif isinstance(one, (list, tuple)):
                deeper += one
        if not deeper:
            return None
        level = deeper
    return f"has more than {MAX_DEPTH} levels in each other: make it flatter"


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
