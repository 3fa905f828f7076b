"""What of a graph is wanted: whose words, and which nodes, edges and properties of them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kb.schema import EDGES, NODES

_UNTYPED = re.compile(r"-\[\s*\w*\s*(?:\*[^\]:]*)?\]-|--")
# A statement that names one of these edges, or a turn beside no edge, is about every turn.
_ALL_TURNS = frozenset({"HAS_TURN", "NEXT", "SPOKEN_BY"})
_ANY_TURN = re.compile(r"(?<![-\]>])\(\s*\w*\s*:\s*Turn\b[^()]*\)(?!\s*<?-)")


class Scope(NamedTuple):
    """Some people, and what is theirs.

    Attributes:
        participants: Their names.
        whole: Interviews in which nobody else answers: all of them is theirs.
        parts: Interviews in which others answer too.
        speakers: Ids of those who they are in the latter.
    """

    participants: frozenset[str]
    whole: frozenset[str]
    parts: frozenset[str]
    speakers: frozenset[str]

    @property
    def interviews(self) -> frozenset[str]:
        """Both kinds."""
        return self.whole | self.parts


class Needs(NamedTuple):
    """What of a graph a statement asks for.

    Attributes:
        labels, types: Of nodes and edges.
        turns: Turns that nothing else reaches, which are most of a graph.
        words: Those of the statement, which name the properties that it asks for; None for all.
    """

    labels: frozenset[str]
    types: frozenset[str]
    turns: bool = True
    words: frozenset[str] | None = None

    @classmethod
    def everything(cls) -> Needs:
        """All there is."""
        return cls(frozenset(node.label for node in NODES), frozenset(edge.type for edge in EDGES))

    @classmethod
    def of(cls, statement: str) -> Needs:
        """What a statement names, if it names the type of each edge; else everything."""
        if _UNTYPED.search(statement):
            return cls.everything()
        words = frozenset(re.findall(r"\w+", statement))
        edges = [edge for edge in EDGES if edge.type in words]
        labels = {node.label for node in NODES if words.intersection((node.label, *node.also))}
        labels |= {label for edge in edges for label in (edge.start, edge.end)}
        turns = bool(words & _ALL_TURNS) or _ANY_TURN.search(statement) is not None
        # What is drawn, or given whole, is drawn with all its properties.
        whole = words & {"path", "properties", "nodes", "relationships"}
        return cls(frozenset(labels), frozenset(edge.type for edge in edges), turns, None if whole else words)

    def asks(self, name: str) -> bool:
        """Whether a property is asked for."""
        return self.words is None or name in self.words

    def of_these(self, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties that are asked for."""
        return {name: value for name, value in properties.items() if self.asks(name)}
