"""Nodes and edges as flat records, for formats whose attributes are plain values.

A list becomes JSON text (``["11", "3"]``), since no separator is safe in what people say. A property
that bears one of the names that a format's own columns have is given as ``property_NAME``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kb.figure import kinds
from kb.graph import Edge, Node

Scalar = str | int | float | bool
Record = dict[str, Scalar]

_NODE_COLUMNS = ("id", "labels", "caption")
_EDGE_COLUMNS = ("id", "source", "target", "type", "weight")


def node_record(node: Node) -> Record:
    """Id, labels (``Code:Concept:Issue``), what is written on the node, and its properties."""
    own: Record = {"id": node.id, "labels": ":".join(node.labels), "caption": kinds.label(node)}
    return own | _properties(node.properties, _NODE_COLUMNS)


def edge_record(edge: Edge) -> Record:
    """Ends, type, weight (number of interviews, at least 1) and the properties."""
    own: Record = {
        "source": edge.start,
        "target": edge.end,
        "type": edge.type,
        "weight": max(1, len(kinds.interviews(edge))),
    }
    return own | _properties(edge.properties, _EDGE_COLUMNS)


def _properties(properties: Mapping[str, Any], taken: Sequence[str]) -> Record:
    return {
        f"property_{key}" if key in taken else key: scalar(value)
        for key, value in sorted(properties.items())
        if value is not None
    }


def scalar(value: Any) -> Scalar:
    """A property's value as one plain value."""
    if isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple | dict):
        return dumps(value)
    if isinstance(value, set | frozenset):
        return dumps(sorted(value))
    return str(value)


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON with sorted keys, letters as they are, and other types (dates) as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent, default=str)


def column_types(records: Sequence[Record], without: Sequence[str]) -> dict[str, str]:
    """Column -> ``boolean``, ``long``, ``double`` or ``string``, whichever holds all its values."""
    found: dict[str, set[str]] = {}
    for record in records:
        for name, value in record.items():
            if name not in without:
                found.setdefault(name, set()).add(_type(value))
    return {name: _common(types) for name, types in sorted(found.items())}


def _type(value: Scalar) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    return "double" if isinstance(value, float) else "string"


def _common(types: set[str]) -> str:
    if len(types) == 1:
        return next(iter(types))
    return "double" if types == {"long", "double"} else "string"


def value_text(value: Scalar) -> str:
    """A value as XML Schema writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
