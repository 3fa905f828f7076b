"""What is written on links, and where it stands: in a gap of its link, clear of boxes and of other labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.figure import kinds
from kb.figure.fonts import Typeface
from kb.figure.geometry import at, outline
from kb.figure.layout import Curve, Point
from kb.figure.scene import Line, Shape
from kb.figure.style import Theme
from kb.graph import Edge

SIZE = 6.5  # points
MOST_IDS = 3  # interviews that are named; of more the first, and a sign that there are more
_PAD = 1.2
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # of the link's length, the best first

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


def words(edge: Edge, what: str) -> str:
    """What a relation's label says: how many ``people`` or ``interviews`` tell it, or the ``ids`` of these.

    Empty where nobody tells it, and on links that are no relations.
    """
    if edge.type not in kinds.RELATIONS:
        return ""
    if what == "people":
        told = set(kinds.texts(edge.properties.get("people")))
        return str(len(told)) if told else ""
    named = kinds.interviews(edge)
    if what == "interviews":
        return str(len(named)) if named else ""
    return ", ".join(named[:MOST_IDS]) + (" …" if len(named) > MOST_IDS else "")


def place(
    links: Sequence[tuple[Edge, Curve]],
    what: str,
    taken: Iterable[Rectangle],
    typeface: Typeface,
    theme: Theme,
) -> Iterator[tuple[Edge, list[Shape | Line]]]:
    """Each link's label, on a piece of paper that interrupts the link; `taken` is where none should stand."""
    taken = list(taken)
    for edge, curve in links:
        text = words(edge, what)
        if not text:
            continue
        width, height = size(text, typeface)
        pieces = (len(curve) - 1) // 3
        places = [at(curve, part * pieces) for part in _PLACES]
        x, y = min(places, key=lambda point: _covered(around(point, width, height), taken))
        taken.append(around((x, y), width, height))
        yield (
            edge,
            [
                Shape(outline("box", x, y, width, height), theme.paper),
                Line(text, x, y + 0.35 * SIZE, SIZE, theme.ink, "middle"),
            ],
        )


def size(text: str, typeface: Typeface) -> tuple[float, float]:
    """Width and height of a label."""
    return typeface.width(text, SIZE) + 2 * _PAD, SIZE + _PAD


def widest(edges: Iterable[Edge], what: str, typeface: Typeface) -> tuple[float, float]:
    """The room that the widest label takes; none where nothing is written."""
    return max((size(text, typeface) for edge in edges if (text := words(edge, what))), default=(0.0, 0.0))


def around(centre: Point, width: float, height: float) -> Rectangle:
    """The rectangle of a size around a point."""
    x, y = centre
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _covered(one: Rectangle, others: Iterable[Rectangle]) -> float:
    """How much of a rectangle others cover, counted as often as they do; 0 is best, the first such wins."""
    return sum(
        max(0.0, min(one[2], b[2]) - max(one[0], b[0])) * max(0.0, min(one[3], b[3]) - max(one[1], b[1]))
        for b in others
    )
