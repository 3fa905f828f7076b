"""Is it the same study? A digest over what the graph says of it, whichever files that came from.

As `kb.store.digest`, without what tells of files: sources, projects, the codebook's file, when a part was
built. Claims and memos are known by what they say and lead to, since their ids are made of their file's. A
code tree counts where it says more of a code than that there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kb.schema import EdgeType, NodeType
from kb.store.rows import encode

# What only says where something came from.
_NODES = frozenset({"Source", "Project", "Codebook"})
_EDGES = frozenset({"HAS_SOURCE", "CASE_OF"})
_PROPERTIES = frozenset({"build", "project", "source", "only_in"})
_BY_CONTENT = frozenset({"Claim", "Memo"})


# Called with the interview whose part of the graph a line is of (None: all share it), and the line.
Add = Callable[[Any, str], None]


class StudyLines:
    """What the digest of the study is made over: first all nodes are given, then all edges, then `rest`.

    Args:
        add: Given each line.
    """

    def __init__(self, add: Add) -> None:
        self._add = add
        self._described: dict[str, Any] = {}  # concepts
        self._nodes: dict[tuple[str, str], tuple[Any, dict[str, Any]]] = {}
        self._edges: dict[tuple[str, str], list[str]] = defaultdict(list)

    def node(
        self, owner: Any, node: NodeType, labels: list[str], properties: dict[str, Any], line: str
    ) -> None:
        """Give a node.

        Args:
            owner: The interview whose part it is.
            node: Its type.
            labels: Its declared labels, sorted.
            properties: Its declared properties, the key among them.
            line: The graph's line for it; it is the study's too where nothing is left out.
        """
        if node.label in _NODES:
            return
        if node.label == "Concept":
            self._described[properties["name"]] = properties.get("description")
        said = _without_source(properties)
        if node.label in _BY_CONTENT:
            self._nodes[node.label, said.pop(node.key)] = (owner, said)
        else:
            self._add(owner, line if len(said) == len(properties) else encode(["node", labels, said]))

    def edge(
        self, owner: Any, edge: EdgeType, start: str, end: str, properties: dict[str, Any], line: str
    ) -> None:
        """Give an edge; arguments as above, with the keys of its ends."""
        if edge.type in _EDGES or edge.start in _NODES:
            return
        said = _without_source(properties)
        if edge.type == "CODE_OF" and not _says(said, self._described.get(start)):
            return
        to = None if edge.end in _NODES else end
        if edge.start in _BY_CONTENT:
            self._edges[edge.start, start].append(encode([edge.type, to, said]))
        elif to is not None and len(said) == len(properties):
            self._add(owner, line)
        else:
            self._add(owner, encode(["edge", edge.type, start, to, said]))

    def rest(self) -> None:
        """Claims and memos, each with what it leads to."""
        for (label, id_), (owner, properties) in self._nodes.items():
            self._add(owner, encode(["node", label, properties, sorted(self._edges[label, id_])]))


def _without_source(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _PROPERTIES}


def _says(code_of: dict[str, Any], description: str | None) -> bool:
    """Whether a code tree says more than that there is a code; its description may be the concept's."""
    if code_of.get("description") == description:
        code_of.pop("description", None)
    return bool(code_of.keys() - {"label"})
