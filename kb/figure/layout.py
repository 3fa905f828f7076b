"""Layered layout: boxes in layers along the edges, edges as curves around the boxes.

The work is done by graphviz-pure, the port of Graphviz's `dot` (Gansner, Koutsofios, North, Vo: A
Technique for Drawing Directed Graphs, IEEE TSE 19(3), 1993), a program that its wheel brings along;
docs/adr/0010-figure-layout.md says why. Boxes come in with their sizes, so that no text is measured
there, and curves come back from centre to centre, to be cut where the shapes end.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import ExportError
from kb.figure.cycles import backward

PROGRAM = "graphviz-pure"
TIME_LIMIT = 120.0  # seconds
HEADING = 7.0  # size of a frame's heading, in points
FRAME_MARGIN = 6  # points between a frame and its boxes

Point = tuple[float, float]
#: A curve of cubic Bézier pieces: a start, then three points a piece.
Curve = tuple[Point, ...]


@dataclass(frozen=True)
class Task:
    """A connected graph to lay out; lengths in points.

    Attributes:
        sizes: Width and height of each box.
        edges: Pairs of indices into `sizes`; no loops.
        groups: Headings of frames, with the boxes that stand in each; a box is in one at most.
    """

    sizes: tuple[tuple[float, float], ...]
    edges: tuple[tuple[int, int], ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class Placement:
    """Where everything went; points, y downwards, the top left corner at (0, 0).

    Attributes:
        centres: The middle of each box.
        curves: One an edge, from the start's centre to the end's.
        frames: Left, top, right and bottom of each group's frame.
    """

    width: float
    height: float
    centres: tuple[Point, ...]
    curves: tuple[Curve, ...]
    frames: tuple[tuple[float, float, float, float], ...] = ()


def layered(
    tasks: Sequence[Task],
    layer_gap: float,
    box_gap: float,
    downwards: bool = False,
    layers: Sequence[int | None] = (),
) -> list[Placement]:
    """Lay out graphs, each on its own, in one call of the layout program.

    Args:
        tasks: The graphs.
        layer_gap: Room between two layers, in points.
        box_gap: Room between two boxes of a layer, in points.
        downwards: Layers from top to bottom instead of from left to right.
        layers: For each graph about how many layers there may be, at the price of edges against the
            flow; None for as many as there are.

    Raises:
        ExportError: If the program is missing, fails, or takes more than two minutes.
    """
    limits = layers or [None] * len(tasks)
    turned = [backward(len(task.sizes), task.edges, limit) for task, limit in zip(tasks, limits, strict=True)]
    source = "".join(
        _dot(task, back, layer_gap, box_gap, downwards) for task, back in zip(tasks, turned, strict=True)
    )
    try:
        answer = subprocess.run(  # noqa: S603 - a program of ours, no shell, no word of a user
            [_program(), "-Kdot", "-Tjson0"], input=source, capture_output=True, text=True,
            encoding="utf-8", timeout=TIME_LIMIT, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            f"The graph is too large to draw (no layout within {TIME_LIMIT:.0f} seconds); "
            "narrow the query, or write .graphml or .gexf and draw it with Gephi."
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ExportError(f"The layout program {PROGRAM} failed ({error}); reinstall {PROGRAM}.") from error
    return [
        _placement(task, back, drawn)
        for task, back, drawn in zip(tasks, turned, _documents(answer.stdout), strict=True)
    ]


def _program() -> str:
    """The program, in the environment of this Python first: a user need not have activated it."""
    folders = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    found = next(filter(None, (shutil.which(PROGRAM, path=folder) for folder in folders)), None)
    found = found or shutil.which(PROGRAM)
    if found is None:
        raise ExportError(f"The layout program {PROGRAM} is missing; install it with: pip install {PROGRAM}")
    return found


def _dot(task: Task, back: set[int], layer_gap: float, box_gap: float, downwards: bool) -> str:
    lines = [
        "digraph {",
        f"rankdir={'TB' if downwards else 'LR'}; ranksep={layer_gap / 72:.4f}; nodesep={box_gap / 72:.4f};",
        'node [shape=box, fixedsize=true, label=""];',
        "edge [dir=none, headclip=false, tailclip=false];",
    ]
    lines += [
        f"{i} [width={width / 72:.4f}, height={height / 72:.4f}];"
        for i, (width, height) in enumerate(task.sizes)
    ]
    for i, (heading, members) in enumerate(task.groups):
        room = "x" * len(heading)  # as long as the heading, which the program need not read
        lines.append(
            f'subgraph cluster_{i} {{ margin={FRAME_MARGIN}; label="{room}"; fontsize={HEADING}; '
            f"{'; '.join(map(str, members))}; }}"
        )
    for i, (start, end) in enumerate(task.edges):
        lines.append(f"{end} -> {start} [id={i}];" if i in back else f"{start} -> {end} [id={i}];")
    return "\n".join(lines) + "\n}\n"


def _documents(text: str) -> Iterator[dict[str, Any]]:
    """The JSON documents that stand one after the other."""
    decoder = json.JSONDecoder()
    position = 0
    while text[position:].strip():
        position += len(text[position:]) - len(text[position:].lstrip())
        document, position = decoder.raw_decode(text, position)
        yield document


def _placement(task: Task, back: set[int], drawn: dict[str, Any]) -> Placement:
    left, bottom, right, top = (float(value) for value in drawn["bb"].split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")
        return float(x) - left, top - float(y)

    objects = drawn.get("objects", ())
    centres = {int(item["name"]): point(item["pos"]) for item in objects if "pos" in item}
    frames = {item["name"]: item["bb"] for item in objects if "pos" not in item and "bb" in item}
    curves = {
        int(item["id"]): tuple(map(point, item["pos"].split()))
        for item in drawn.get("edges", ())
        if "pos" in item
    }
    for i in back & curves.keys():
        curves[i] = curves[i][::-1]
    # The program may leave an edge out where it finds no way round the boxes; a straight line then.
    return Placement(
        width=right - left,
        height=top - bottom,
        centres=tuple(centres[i] for i in range(len(task.sizes))),
        curves=tuple(
            curves.get(i) or _line(centres[start], centres[end]) for i, (start, end) in enumerate(task.edges)
        ),
        frames=tuple(
            (float(x0) - left, top - float(y1), float(x1) - left, top - float(y0))
            for i in range(len(task.groups))
            for x0, y0, x1, y1 in [frames[f"cluster_{i}"].split(",")]
        ),
    )


def _line(start: Point, end: Point) -> Curve:
    (x0, y0), (x1, y1) = start, end
    return (
        start,
        (x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3),
        (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3),
        end,
    )
