"""A graph in its place: boxes, links and frames, with their sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.figure.layout import Curve, Point
from kb.graph import Edge, Node

#: From left to right; from top to bottom; from left to right with links turned against the flow.
Flow = Literal["right", "down", "squeezed"]


@dataclass(frozen=True)
class Box:
    """A node with its text broken into lines; `width` and `height` are those of its outline."""

    node: Node
    kind: str
    shape: str
    lines: tuple[str, ...]
    width: float
    height: float
    centre: Point = (0.0, 0.0)


@dataclass(frozen=True)
class Frame:
    """A frame around boxes, with its heading; points."""

    heading: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Drawing:
    """A graph in its place: points, y downwards, the top left corner at (0, 0).

    Attributes:
        letters: Size of the letters in boxes, before `scale`.
        scale: 1, or less where the graph did not fit otherwise.
        flow: How causes and effects lie to each other.
        edges: Each edge with its curve from centre to centre; None for an edge to itself.
        frames: The frames of groups.
    """

    width: float
    height: float
    letters: float
    scale: float
    flow: Flow
    boxes: tuple[Box, ...]
    edges: tuple[tuple[Edge, Curve | None], ...]
    frames: tuple[Frame, ...] = ()
