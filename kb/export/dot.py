"""DOT, for Graphviz: the signs of the figures as node and edge attributes."""

from __future__ import annotations

import re
from pathlib import Path

from kb.export.flat import dumps
from kb.figure import kinds
from kb.figure.draw import caption_lines
from kb.figure.options import FigureOptions, Notify
from kb.figure.style import THEMES, edge_style, node_style
from kb.graph import Subgraph
from kb.text.files import write_file

_SHAPES = {
    "box": "box",
    "round": "box",
    "hexagon": "hexagon",
    "slanted": "parallelogram",
    "note": "note",
    "ellipse": "ellipse",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HEADS = {"arrow": "normal", "vee": "vee", "dot": "dot", "bar": "tee", "diamond": "diamond"}


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write a digraph whose nodes are named by their ids."""
    theme = THEMES[options.theme]
    caption = " ".join(filter(None, [options.title, *caption_lines(graph, options)]))
    ink, font = quoted(theme.ink), 'fontname="sans-serif", fontsize=10'
    lines = [
        "digraph kb {",
        f"  graph [rankdir=LR, bgcolor={quoted(theme.paper)}, fontcolor={ink}, {font},",
        f"    label={text(caption)}];",
        f'  node [fontcolor={ink}, {font}, height=0.3, margin="0.12,0.05"];',
        "  edge [arrowsize=0.7];",
    ]
    for node in graph.nodes:
        style = node_style(kinds.kind(node), theme)
        rounded = "rounded,filled" if style.shape == "round" else "filled"
        lines.append(
            f"  {quoted(node.id)} [label={text(kinds.label(node))}, shape={_SHAPES[style.shape]}, "
            f'style="{rounded}", color={quoted(style.stroke)}, fillcolor={quoted(style.fill)}, '
            f"class={quoted(kinds.kind(node))}];"
        )
    names = {node.id: kinds.short(node) for node in graph.nodes}
    for edge in graph.edges:
        drawn = edge_style(edge, theme)
        attributes = {
            "class": quoted(edge.type.lower()),
            "color": quoted(drawn.stroke),
            "penwidth": f"{drawn.width:g}",
            "style": "dashed" if drawn.dashed else "solid",
            "arrowhead": ("o" if drawn.hollow and drawn.head != "bar" else "") + _HEADS[drawn.head],
            "tooltip": text(kinds.about_edge(edge, names)),
            "interviews": quoted(dumps(kinds.interviews(edge))),
        }
        shown = ", ".join(f"{name}={value}" for name, value in attributes.items())
        lines.append(f"  {quoted(edge.start)} -> {quoted(edge.end)} [{shown}];")
    write_file(path, "\n".join(lines) + "\n}\n")


def quoted(value: str) -> str:
    """A DOT string; within quotation marks a colon is no port and a keyword is no keyword.

    A backslash is doubled, for it must not stand before the closing quotation mark; a control
    character, which Graphviz passes on into its own output, becomes U+FFFD.
    """
    return '"' + _CONTROL.sub("\ufffd", value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(value: str) -> str:
    """A DOT string for a label, where Graphviz reads escapes and HTML entities too."""
    return quoted(value.replace("&", "&amp;")).replace("\r", "").replace("\n", "\\n")
