"""What is written: nodes and edges by label and key, as plain rows that can be compared."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from kb.schema import KEYS

Ref = tuple[str, str]  # (label, key) of a node
#: One text for equal values, if they are plain ones (see `plain`).
encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


class NodeRow(NamedTuple):
    """A node to be: its declared label, its key, all its labels and its other properties."""

    label: str
    key: str
    labels: tuple[str, ...]
    properties: dict[str, Any]

    @property
    def ref(self) -> Ref:
        """What edges name it by."""
        return (self.label, self.key)

    @property
    def stored(self) -> dict[str, Any]:
        """Properties as stored: with the key, without empty ones."""
        return {KEYS[self.label]: self.key} | filled(self.properties)


class EdgeRow(NamedTuple):
    """An edge to be."""

    type: str
    start: Ref
    end: Ref
    properties: dict[str, Any]

    @property
    def stored(self) -> dict[str, Any]:
        """Properties as stored: without empty ones."""
        return filled(self.properties)


def filled(properties: dict[str, Any]) -> dict[str, Any]:
    """Without None: a property graph has no nulls."""
    return {key: value for key, value in properties.items() if value is not None}


def canonical(value: Any) -> str:
    """One text for equal values: sorted keys, no white space; floats that are whole as integers."""
    return encode(plain(value))


def plain(value: Any) -> Any:
    """The value with whole floats as integers, as deep as it goes."""
    if type(value) is str:  # most are
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)  # an engine may give 3 back as 3.0
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
