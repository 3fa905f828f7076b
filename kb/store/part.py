"""Parts of the graph, of which the digests are made: one an interview, and one that all share.

A digest of the graph is made over those of its parts, so that an interview's may be kept with it
(`kb.store.kept`). An interview's part is what only loading it writes: its own node, its speakers, turns,
sources and people's claims, with the edges that start at them. All else is the shared part: concepts and the
sums between them, coders, catalogues with their claims, projects, participants, memos.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from kb.schema import NODE_TYPES, EdgeType, NodeType
from kb.store.rows import encode, plain
from kb.store.study_digest import Add, StudyLines

#: Labels of an interview's part, each with the property that says which interview's.
OWNED = {
    "Interview": "id",
    "Speaker": "interview",
    "Turn": "interview",
    "Claim": "interview",
    "Source": "interview",
}


class Lines:
    """Turns nodes, then edges, then `rest` into the lines that the digests are made over.

    Args:
        graph: Given each line of the graph's digest, with the interview whose part it is; None: all share it.
        study: The same for the digest of the study.
    """

    def __init__(self, graph: Add, study: Add) -> None:
        self._graph = graph
        self._study = StudyLines(study)
        self.rest = self._study.rest

    def node(self, owner: Any, node: NodeType, labels: Iterable[str], properties: Mapping[str, Any]) -> None:
        """Give a node.

        Args:
            owner: The interview whose part it is.
            node: Its type.
            labels: All its labels; those that are not declared have no part in it.
            properties: All its properties; the same.
        """
        known = sorted({node.label, *node.also}.intersection(labels))
        said = _declared((node.key, *node.properties), properties)
        line = encode(["node", known, said])
        self._graph(owner, line)
        self._study.node(owner, node, known, said, line)

    def edge(self, owner: Any, edge: EdgeType, start: Any, end: Any, properties: Mapping[str, Any]) -> None:
        """Give an edge; arguments as above, with the keys of its ends."""
        said = _declared(edge.properties, properties)
        line = encode(["edge", edge.type, start, end, said])
        self._graph(owner, line)
        self._study.edge(owner, edge, start, end, said, line)


def part_digest(lines: Iterable[bytes]) -> str:
    """SHA-256 (hex) of the lines of one part, which are in order."""
    found = hashlib.sha256()
    for at, line in enumerate(lines):
        found.update(b"\n" + line if at else line)
    return found.hexdigest()


def whole_digest(parts: Mapping[str, str]) -> str:
    """SHA-256 (hex) of a graph by the digests of its parts, each under the name that `part_name` gives it."""
    return part_digest(f"{name} {found}".encode() for name, found in sorted(parts.items()))


def part_name(owner: Any) -> str:
    """What a part is called: JSON of the interview's id, or null for what all share."""
    return encode(owner)


def owner_of(label: str) -> str | None:
    """The property of a node that says whose part it and its edges are; None for what all share."""
    return OWNED.get(label)


def is_owned(edge: EdgeType) -> bool:
    """Whether edges of a type are an interview's, that of the node they start at."""
    return NODE_TYPES[edge.start].label in OWNED


def _declared(names: Iterable[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are there, as `kb.store.rows.encode` takes them."""
    found = {}
    for name in names:
        value = properties.get(name)
        if value is not None:
            found[name] = plain(value) if isinstance(value, (float, list, tuple, dict)) else value
    return found
