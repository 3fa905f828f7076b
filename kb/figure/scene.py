"""A figure as a list of paths and lines of text, which every drawn format can put down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kb.figure.fonts import Typeface
from kb.figure.geometry import Commands


@dataclass(frozen=True)
class Shape:
    """A path; lengths in points, y downwards. No fill or no stroke where the colour is empty."""

    commands: Commands
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of text at its baseline; `x` is its middle or its start, by `anchor`."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    anchor: Literal["start", "middle"] = "start"
    bold: bool = False


@dataclass(frozen=True)
class Group:
    """What is drawn for one node, one edge or the frame of the figure.

    Attributes:
        role: ``node``, ``edge``, ``label`` (what is written on an edge) or ``frame``.
        index: Position in the subgraph's nodes or edges.
        about: What a reader sees when pointing at it.
    """

    role: Literal["node", "edge", "label", "frame"]
    items: tuple[Shape | Line, ...]
    index: int = 0
    about: str = ""


@dataclass(frozen=True)
class Scene:
    """A whole figure, in drawing order: edges under nodes.

    Attributes:
        width, height: Of the page, in points.
        title: For the file's metadata.
        about: The caption as one text, for readers who do not see the figure.
    """

    width: float
    height: float
    paper: str
    title: str
    about: str
    typeface: Typeface
    groups: tuple[Group, ...] = field(default=())
