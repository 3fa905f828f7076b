"""DOT, for Graphviz: the signs of the figures as node and edge attributes."""

from __future__ import annotations

import re
from pathlib import Path

from kb.export.flat import dumps
from kb.figure import frames, kinds, link_labels
from kb.figure.draw import caption_lines
from kb.figure.fonts import Typeface
from kb.figure.legend import NAMES
from kb.figure.options import FigureOptions, Notify
from kb.figure.style import THEMES, Theme, edge_style, head_of, node_style
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
SIZE = 10  # points, of letters
ROOM = 130.0  # points, of the widest line of a label
SLACK = 1.15  # by which the letters of Graphviz's sans serif may be wider than ours
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HEADS = {"arrow": "normal", "vee": "vee", "dot": "dot", "bar": "tee", "diamond": "diamond"}


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write a digraph whose nodes are named by their ids."""
    theme = THEMES[options.theme]
    caption = " ".join(filter(None, [options.title, *caption_lines(graph, options)]))
    ink, font = quoted(theme.ink), f'fontname="Helvetica", fontsize={SIZE}'
    lines = [
        "digraph kb {",
        f"  graph [rankdir=LR, bgcolor={quoted(theme.paper)}, fontcolor={ink}, {font},",
        f"    label={text(caption)}];",
        f'  node [fontcolor={ink}, {font}, height=0.3, margin="0.12,0.05"];',
        f"  edge [arrowsize=0.7, fontcolor={ink}, {font}];",
    ]
    groups = frames.groups(graph, options)
    typeface = Typeface(options.fonts)
    for node in graph.nodes:
        style = node_style(kinds.kind(node), theme)
        rounded = "rounded,filled" if style.shape == "round" else "filled"
        lines.append(
            f"  {quoted(node.id)} [{_sized(kinds.label(node), style.shape, typeface)}, "
            f'style="{rounded}", color={quoted(style.stroke)}, fillcolor={quoted(style.fill)}, '
            f"class={quoted(kinds.kind(node))}];"
        )
    for i, heading in enumerate(dict.fromkeys(groups.values())):
        members = " ".join(f"{quoted(id_)};" for id_, name in groups.items() if name == heading)
        lines.append(
            f"  subgraph cluster_{i} {{ label={text(heading)}; color={quoted(theme.faint)}; {members} }}"
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
        if options.link_labels and (label := link_labels.words(edge, options.link_labels)):
            attributes["label"] = text(label)
        shown = ", ".join(f"{name}={value}" for name, value in attributes.items())
        lines.append(f"  {quoted(edge.start)} -> {quoted(edge.end)} [{shown}];")
    if options.legend:
        lines += _legend(graph, theme, typeface)
    write_file(path, "\n".join(lines) + "\n}\n")


def _legend(graph: Subgraph, theme: Theme, typeface: Typeface) -> list[str]:
    """A frame with each kind of box, and each kind of link between two points, that occurs."""
    shown = {kinds.kind(node) for node in graph.nodes}
    used = {edge.type for edge in graph.edges}
    mark = "legend"
    while any(node.id.startswith(mark) for node in graph.nodes):
        mark += "_"
    lines = [f'  subgraph cluster_legend {{ label="legend"; color={quoted(theme.faint)};']
    for name in [*dict(kinds.KINDS), "node"]:
        if name in shown:
            style = node_style(name, theme)
            rounded = "rounded,filled" if style.shape == "round" else "filled"
            lines.append(
                f'    "{mark} {name}" [{_sized(name, style.shape, typeface)}, style="{rounded}", '
                f"color={quoted(style.stroke)}, fillcolor={quoted(style.fill)}];"
            )
    for edge_type, name in NAMES.items():
        if edge_type in used:
            colour, sign = head_of(edge_type, theme)
            ends = [f'"{mark} {edge_type} {end}"' for end in ("from", "to")]
            lines += [f'    {end} [label="", shape=point, width=0.05];' for end in ends]
            lines.append(
                f"    {ends[0]} -> {ends[1]} [label={text(name)}, color={quoted(colour)}, "
                f"arrowhead={_HEADS[sign]}];"
            )
    return [*lines, "  }"]


def _sized(label: str, shape: str, typeface: Typeface) -> str:
    """The attributes of a label in lines, and of the size of its shape, which Graphviz would make huge."""
    lines = typeface.wrap(label, SIZE, ROOM)
    attributes = f"label={text(chr(10).join(lines))}, shape={_SHAPES[shape]}"
    if shape not in ("hexagon", "slanted", "ellipse"):
        return attributes
    width = SLACK * max(typeface.width(line, SIZE) for line in lines) + 24
    height = 1.2 * SIZE * len(lines) + 10
    return f"{attributes}, fixedsize=true, width={width / 72:.2f}, height={height / 72:.2f}"


def quoted(value: str) -> str:
    """A DOT string; within quotation marks a colon is no port and a keyword is no keyword.

    A backslash is doubled, for it must not stand before the closing quotation mark; a control
    character, which Graphviz passes on into its own output, becomes U+FFFD.
    """
    return '"' + _CONTROL.sub("\ufffd", value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(value: str) -> str:
    """A DOT string for a label, where Graphviz reads escapes and HTML entities too."""
    return quoted(value.replace("&", "&amp;")).replace("\r", "").replace("\n", "\\n")
