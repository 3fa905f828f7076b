"""What a report is made of: headings, paragraphs, tables, figures and quotes, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.figure.scene import Scene
from kb.graph import Subgraph


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is a section's."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's words; `who` is an interview or a speaker of one, empty where it is not known."""

    words: str
    who: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells; `numbers` are the columns of numbers, by place."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Figure:
    """A drawing with the name that its file has."""

    name: str
    scene: Scene
    caption: str


Block = Heading | Paragraph | Items | Quote | Table | Figure


@dataclass
class Report:
    """A whole report.

    Attributes:
        title: Its title.
        blocks: In order.
        notes: What the user should know, a sentence each.
        graph: What the map is drawn from, without what must not leave the house.
    """

    title: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    graph: Subgraph = field(default_factory=Subgraph)

    def add(self, *blocks: Block) -> None:
        """Put blocks at the end."""
        self.blocks += blocks
