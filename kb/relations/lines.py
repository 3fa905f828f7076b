"""Where the lists of a YAML file stand, line by line, and an entry as lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from kb.text.yamlfile import (
    CommentedMap,
    CommentedSeq,
    DoubleQuotedScalarString,
    MappingNode,
    Node,
    SequenceNode,
)

# What needs no quotation marks in YAML, whatever reads it.
_PLAIN = re.compile(r"[A-Za-z][\w.\-/+]*(?: [\w.\-/+()\[\]]+)*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def keys_of(root: Node | None) -> dict[str, Node]:
    """The values of a mapping by their keys; none of anything else."""
    return {str(key.value): value for key, value in root.value} if isinstance(root, MappingNode) else {}


def in_lines(node: Node, text: str) -> bool:
    """Whether a list is empty, or its entries stand each on lines of their own, behind a ``-``."""
    if not isinstance(node, SequenceNode):
        return False
    lines = text.split("\n")
    if not node.value:
        line = lines[node.start_mark.line]
        return re.search(r"^\w+:\s*\[\s*\]", line) is not None and node.end_mark.line == node.start_mark.line
    if node.flow_style or node.anchor:
        return False
    # Lines of an anchor may be needed elsewhere, and a ``-`` alone on its line is not looked for.
    marks = [item.start_mark for item in node.value if isinstance(item, MappingNode) and not item.anchor]
    if len(marks) < len(node.value):
        return False
    return all(lines[mark.line][: mark.column].strip() == "-" for mark in marks)


def end_of(node: Node) -> int:
    """The line after a value's last one, from 0; comments below it are not the value's."""
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    mark = node.end_mark
    return int(mark.line if mark.column == 0 and mark.line > node.start_mark.line else mark.line + 1)


def end_of_list(node: Node, text: str) -> int:
    """The line where one more entry goes: at the file's end below its last comments."""
    end = end_of(node)
    rest = text.split("\n")[end:]
    at_the_end = all(not line.strip() or line.lstrip().startswith("#") for line in rest)
    return end + sum(1 for line in rest if line.strip()) if at_the_end and "" not in rest[:-1] else end


def block(entry: Mapping[str, Any], indent: int) -> list[str]:
    """An entry as lines."""
    lines = []
    for key, value in entry.items():
        if isinstance(value, list | tuple):
            lines += [f"{key}:\n", *(f"- {_scalar(each, quoted=True)}\n" for each in value)]
        else:
            lines.append(f"{key}: {_scalar(value, quoted=key in {'quote', 'interview'})}\n")
    return [" " * indent + ("  " if n else "- ") + line for n, line in enumerate(lines)]


def _scalar(value: object, *, quoted: bool) -> str:
    text = str(value)
    if not quoted and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def append_to(document: CommentedMap, key: str, entry: Mapping[str, Any]) -> None:
    """Add an entry to a list of a document; begin the list if there is none."""
    entries = document.get(key)
    if not isinstance(entries, CommentedSeq):
        entries = document[key] = CommentedSeq()
    if not entries:
        entries.fa.set_block_style()
    quoted = {"quote", "interview"}
    entries.append(
        CommentedMap(
            {k: DoubleQuotedScalarString(v) if k in quoted else list(v) if isinstance(v, tuple) else v
             for k, v in entry.items()}
        )
    )  # fmt: skip


def delete_from(document: CommentedMap, key: str, at: list[int]) -> None:
    """Take entries, by their places, out of a list of a document."""
    for i in sorted(at, reverse=True):
        del document[key][i]
    if not document[key] and key != "relations":
        del document[key]
