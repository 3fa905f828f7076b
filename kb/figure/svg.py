"""SVG 1.1: every viewer shows the same letters, and they can still be selected and searched.

Letters are drawn as outlines, since an editor or a journal's pipeline replaces fonts it does not
know, embedded or not; the text itself lies over them, invisible.
"""

from __future__ import annotations

from pathlib import Path

from kb.figure.draw import compose
from kb.figure.fonts import MISSING_ADVANCE, Typeface, run_width
from kb.figure.geometry import Commands
from kb.figure.options import POINTS_PER_MM, FigureOptions, Notify
from kb.figure.scene import Group, Line, Scene, Shape
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.xmltext import attribute, element


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the figure as an SVG file."""
    write_file(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + markup(compose(graph, options, notify)))


def markup(scene: Scene) -> str:
    """The figure as an ``svg`` element; groups carry ``class``, ``data-index`` and a ``title``."""
    glyphs = _Glyphs(scene.typeface)
    body = [_group(group, glyphs) for group in scene.groups]
    width, height = number(scene.width), number(scene.height)
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'version="1.1" width="{number(scene.width / POINTS_PER_MM)}mm" '
            f'height="{number(scene.height / POINTS_PER_MM)}mm" '
            f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="figure-title figure-about">',
            f'<title id="figure-title">{element(scene.title)}</title>',
            f'<desc id="figure-about">{element(scene.about)}</desc>',
            f"<defs>{''.join(glyphs.definitions())}</defs>",
            f'<rect width="{width}" height="{height}" fill="{scene.paper}"/>',
            *body,
            "</svg>\n",
        ]
    )


def number(value: float) -> str:
    """A length with two digits at most: 0.01 pt is a quarter of what a printer resolves."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")  # + 0.0: no minus zero


class _Glyphs:
    """The letters used, each defined once."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._ids: dict[str, str] = {}

    def definitions(self) -> list[str]:
        return [f'<path id="{name}" d="{path}"/>' for path, name in self._ids.items()]

    def line(self, line: Line) -> str:
        """A line of text as outlines, with the text itself, invisible, on top."""
        runs = self._typeface.runs(line.text, line.bold)
        width = line.size * sum(map(run_width, runs))
        left = line.x - width / 2 if line.anchor == "middle" else line.x
        uses, foreign, x = [], [], 0.0
        for run in runs:
            for character in run.text:
                if run.face is None:
                    foreign.append(self._foreign(character, left + x * line.size, line))
                    x += MISSING_ADVANCE
                    continue
                if path := run.face.outline(character):
                    name = self._ids.setdefault(path, f"g{len(self._ids)}")
                    uses.append(f'<use xlink:href="#{name}" x="{x * 1000:.0f}"/>')
                x += run.face.advance(character)
        scale = f"{line.size / 1000:.5f}".rstrip("0")
        return (
            f'<g fill="{line.colour}" transform="translate({number(left)} {number(line.y)}) '
            f'scale({scale} -{scale})">{"".join(uses)}</g>{"".join(foreign)}'
            f'<text x="{number(left)}" y="{number(line.y)}" font-size="{number(line.size)}" '
            f'font-family="sans-serif" fill-opacity="0" textLength="{number(width)}" '
            f'lengthAdjust="spacingAndGlyphs">{element(line.text)}</text>'
        )

    def _foreign(self, character: str, x: float, line: Line) -> str:
        """A letter that no font of ours has: the viewer may know one."""
        middle = number(x + MISSING_ADVANCE * line.size / 2)
        return (
            f'<text x="{middle}" y="{number(line.y)}" text-anchor="middle" fill="{line.colour}" '
            f'font-family="sans-serif" font-size="{number(0.85 * line.size)}" aria-hidden="true">'
            f"{element(character)}</text>"
        )


def _group(group: Group, glyphs: _Glyphs) -> str:
    items = "".join(glyphs.line(item) if isinstance(item, Line) else _shape(item) for item in group.items)
    if group.role == "frame":
        return f'<g class="frame">{items}</g>'
    if group.role == "label":
        return f'<g class="label" data-index="{group.index}">{items}</g>'
    return (
        f'<g class="{group.role}" data-index="{group.index}"><title>{element(group.about)}</title>{items}</g>'
    )


def _shape(shape: Shape) -> str:
    stroke = ""
    if shape.stroke:
        stroke = f' stroke="{shape.stroke}" stroke-width="{number(shape.width)}"'
        if shape.dashes:
            stroke += f' stroke-dasharray="{" ".join(map(number, shape.dashes))}"'
    return f"<path d={attribute(path_data(shape.commands))} fill={attribute(shape.fill or 'none')}{stroke}/>"


def path_data(path: Commands) -> str:
    """A path as SVG writes it."""
    return "".join(str(command[0]) + " ".join(number(float(v)) for v in command[1:]) for command in path)
