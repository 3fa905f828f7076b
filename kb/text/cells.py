"""Values of a row as text."""

from __future__ import annotations

import math
from typing import Any

_SMALL = 0.0005
# Columns whose list is a walk from cause to effect.
CHAINS = ("chain", "loop", "nearest_chain", "strongest_chain")


def cell(value: Any, column: str = "") -> str:
    """A value as one text cell.

    >>> cell(["a", "b"]), cell(["a", "b"], "chain"), cell(None), cell(0.5)
    ('a; b', 'a → b', '', '0.5')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return (" → " if column in CHAINS else "; ").join(cell(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {cell(item)}" for key, item in value.items())
    if isinstance(value, float):
        # A p-value of 0.0002 is not 0.
        small = 0 < abs(value) < _SMALL
        return f"{value:.1g}" if small else f"{value:.3f}".rstrip("0").rstrip(".")
    return _graph_value(value) or str(value)


def _graph_value(value: Any) -> str:
    """A path, an edge or a node of `kb.graph`, told by its fields: their module stays unimported."""
    if hasattr(value, "edges") and hasattr(value, "nodes"):
        return " — ".join(node.id for node in value.nodes)
    if hasattr(value, "start") and hasattr(value, "type"):
        return f"{value.start} {value.type} {value.end}"
    return str(value.id) if hasattr(value, "labels") else ""


def plain(value: Any) -> Any:
    """A value as JSON has it; nodes, edges and paths as objects, what is no number as null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
