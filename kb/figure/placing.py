"""Moving and scaling what is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.figure.geometry import Command, Commands
from kb.figure.layout import Point
from kb.figure.scene import Line, Scene, Shape


@dataclass(frozen=True)
class Place:
    """Scales and moves what was drawn at (0, 0)."""

    left: float
    top: float
    scale: float = 1.0

    def __call__(self, items: Iterable[Shape | Line]) -> list[Shape | Line]:
        """The items in their place."""
        return [self._line(item) if isinstance(item, Line) else self._shape(item) for item in items]

    def _point(self, x: float, y: float) -> Point:
        return self.left + x * self.scale, self.top + y * self.scale

    def _line(self, line: Line) -> Line:
        x, y = self._point(line.x, line.y)
        return replace(line, x=x, y=y, size=line.size * self.scale)

    def _command(self, command: Command) -> Command:
        name, *values = command
        places = zip(values[::2], values[1::2], strict=True)
        return (name, *(v for x, y in places for v in self._point(float(x), float(y))))

    def _shape(self, shape: Shape) -> Shape:
        path: Commands = tuple(map(self._command, shape.commands))
        return replace(
            shape,
            commands=path,
            width=shape.width * self.scale,
            dashes=tuple(dash * self.scale for dash in shape.dashes),
        )


def moved(items: Iterable[Shape | Line], left: float, top: float) -> list[Shape | Line]:
    """The items, moved."""
    return Place(left, top)(items)


def scaled(scene: Scene, factor: float) -> Scene:
    """The whole figure larger, its letters and lines too."""
    place = Place(0.0, 0.0, factor)
    groups = tuple(replace(group, items=tuple(place(group.items))) for group in scene.groups)
    return replace(scene, width=scene.width * factor, height=scene.height * factor, groups=groups)
