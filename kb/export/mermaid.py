"""Mermaid flowchart, for Markdown on GitHub, GitLab and in notebooks (https://mermaid.js.org)."""

from __future__ import annotations

from pathlib import Path

from kb.export.flat import dumps
from kb.figure import frames, kinds, link_labels
from kb.figure.draw import caption_lines
from kb.figure.fonts import clean
from kb.figure.options import FigureOptions, Notify
from kb.figure.style import THEMES, edge_style, node_style
from kb.graph import Subgraph
from kb.text.files import write_file

_SHAPES = {
    "box": ("[", "]"),
    "round": ("(", ")"),
    "hexagon": ("{{", "}}"),
    "slanted": ("[/", "/]"),
    "note": (">", "]"),
    "ellipse": ("([", "])"),
}
_LINKS = {"arrow": "-->", "vee": "-->", "dot": "--o", "bar": "--x", "diamond": "-->"}
_DASHED = {"-->": "-.->", "--o": "-.-o", "--x": "-.-x"}
#: Letters that are safe in a label; the others go as character codes, which Mermaid decodes.
_SAFE = frozenset(" ,;:!?'/+-_=*%")


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write a flowchart from left to right; nodes are n0, n1 … in the subgraph's order."""
    theme = THEMES[options.theme]
    names = {node.id: f"n{i}" for i, node in enumerate(graph.nodes)}
    lines = ["---", f"title: {dumps(clean(options.title))}", "---"] if options.title else []
    lines += ["flowchart LR"]
    lines += [f"%% {clean(line)}" for line in caption_lines(graph, options)]
    used = []
    for node in graph.nodes:
        kind = kinds.kind(node)
        used.append(kind)
        before, after = _SHAPES[node_style(kind, theme).shape]
        lines.append(f'  {names[node.id]}{before}"{text(kinds.label(node))}"{after}:::{kind}_')
    groups = frames.groups(graph, options)
    for i, heading in enumerate(dict.fromkeys(groups.values())):
        lines.append(f'  subgraph g{i}["{text(heading)}"]')
        lines += [f"    {names[id_]}" for id_, name in groups.items() if name == heading]
        lines.append("  end")
    styles = []
    for i, edge in enumerate(graph.edges):
        style = edge_style(edge, theme)
        link = _LINKS[style.head]
        link = _DASHED[link] if style.dashed else link
        # Mermaid has no head of its own for these; the words say it.
        said = [kinds.verb(edge.type)] if style.head in ("vee", "diamond") else []
        if options.link_labels:
            said += filter(None, [link_labels.words(edge, options.link_labels)])
        words = f'|"{text(": ".join(said))}"|' if said else ""
        lines.append(f"  {names[edge.start]} {link}{words} {names[edge.end]}")
        styles.append(f"  linkStyle {i} stroke:{style.stroke},stroke-width:{1.5 * style.width:.2g}px")
    for kind in kinds.unique(used):
        box = node_style(kind, theme)
        colours = f"fill:{box.fill},stroke:{box.stroke},color:{theme.ink}"
        lines.append(f"  classDef {kind}_ {colours},stroke-width:1.5px")
    write_file(path, "\n".join(lines + styles) + "\n")


def text(value: str) -> str:
    """A label's text; character codes (``#40;``) for whatever Mermaid or Markdown would read."""
    return "".join(
        character if character.isalnum() or character in _SAFE else f"#{ord(character)};"
        for character in clean(value)
    )
