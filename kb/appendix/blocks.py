"""What a report is made of: headings, paragraphs, tables, figures and quotes, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kb.figure.scene import Scene
from kb.graph import Subgraph
from kb.text.headed import headed


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

    def rewritten(self, change: Callable[[str], str]) -> Report:
        """The same with each of its texts changed, those of figures left."""
        return Report(
            change(self.title), [_rewritten(block, change) for block in self.blocks], self.notes, self.graph
        )


def _rewritten(block: Block, change: Callable[[str], str]) -> Block:
    def each(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(change, texts))

    match block:
        case Heading() | Paragraph():
            return replace(block, text=change(block.text))
        case Items():
            return Items(each(block.texts))
        case Quote():
            # A number alone may count anything; at the head of a quote it is an interview.
            who, words = (
                headed(change(f"{block.who}: {block.words}")) if block.who else ("", change(block.words))
            )
            return Quote(words, who)
        case Table():
            return replace(block, rows=tuple(map(each, block.rows)))
        case Figure():
            return replace(block, caption=change(block.caption))
