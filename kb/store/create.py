"""Writing what is known to be new: one statement creates many nodes and all their edges.

An edge between nodes that the same statement creates needs no look-up: the nodes of a label are held
in a list, and an edge names its ends by their places there. What is in the graph already (concepts,
coders, categories) is looked up once, not once an edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kb.schema import ABOUT, CLAIM_ENDS, EDGE_TYPES, EDGES, KEYS, NODE_TYPES, NODES
from kb.store.again import Overtaken
from kb.store.bolt import Tx
from kb.store.rows import EdgeRow, NodeRow, Ref

# What nearly every interview has. A statement on interviews has a clause for each, rows or none: a server
# plans a long statement for a second when it sees it for the first time, and must not see many.
_NODES = ("Interview", "Speaker", "Turn", "Claim", "Source")
_REACHED = ("Coder", "Concept")
_EDGES = frozenset(
    ("HAS_SOURCE", "HAS_TURN", "NEXT", "SPOKEN_BY", "TOOK_PART_IN", "CODED", "CODED_AS", "EVIDENCED_BY")
) | {*ABOUT, *(edge for edge, _, _ in CLAIM_ENDS.values())}


def create_whole(tx: Tx, nodes: Sequence[NodeRow], edges: Sequence[EdgeRow]) -> None:
    """Create nodes, none of which is there, and their edges.

    Args:
        tx: The transaction.
        nodes: The new nodes.
        edges: Their edges; an end that is not among the nodes must be in the graph.

    Raises:
        Overtaken: An end is not in the graph any more: another load has taken it out.
    """
    if not nodes and not edges:
        return
    statement = _Statement(nodes, edges)
    (row,) = tx.run(statement.text, statement.parameters)
    if row["held"] != statement.held:
        raise Overtaken("Another load has changed the graph meanwhile, and this one stopped; load again.")


class _Statement:
    """The statement that creates some rows.

    Attributes:
        text: Depends on the rows' labels and types alone, so that a server plans it once.
        parameters: The rows, as lists of values.
        held: How many nodes it creates or looks up; the statement counts them too.
    """

    def __init__(self, nodes: Iterable[NodeRow], edges: Iterable[EdgeRow]) -> None:
        self.parameters: dict[str, Any] = {}
        self._clauses: list[str] = []
        self._labels: list[str] = []  # of the lists that the statement holds
        self._place: dict[Ref, int] = {}
        new: dict[str, dict[tuple[str, ...], list[NodeRow]]] = defaultdict(lambda: defaultdict(list))
        for node in nodes:
            new[node.label][tuple(sorted({node.label, *node.labels}))].append(node)
            self._place[node.ref] = -1
        reached: dict[str, dict[Ref, None]] = defaultdict(dict)
        by_type: dict[str, list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            by_type[edge.type].append(edge)
            for ref in (edge.start, edge.end):
                if ref not in self._place:
                    reached[ref[0]][ref] = None
        if "Interview" in new:
            for label in _NODES:
                for more in NODE_TYPES[label].also or (label,):
                    new[label][tuple(sorted({label, more}))] += []
            reached.update({label: reached[label] for label in _REACHED})
            by_type.update({type_: by_type[type_] for type_ in _EDGES})
        for type_ in NODES:
            if type_.label in new or type_.label in reached:
                looked_up = reached.get(type_.label)
                self._nodes(type_.label, new[type_.label], None if looked_up is None else list(looked_up))
        for edge_type in EDGES:
            if edge_type.type in by_type:
                self._edges(edge_type.type, edge_type.start, edge_type.end, by_type[edge_type.type])
        self.held = len(self._place)
        sizes = " + ".join(f"size({label})" for label in self._labels)
        self.text = "\n".join([*self._clauses, f"RETURN {sizes} AS held"])

    def _nodes(
        self, label: str, new: Mapping[tuple[str, ...], list[NodeRow]], reached: Sequence[Ref] | None
    ) -> None:
        """One list of the nodes of a label: those to be made, then those that are there."""
        lists: list[str] = []
        refs: list[Ref] = []
        known = (KEYS[label], *NODE_TYPES[label].properties, *NODE_TYPES[label].kept)
        for labels, rows in sorted(new.items()):
            lists.append(f"new{''.join(labels)}")
            self.parameters[lists[-1]], properties = _columns([row.stored for row in rows], known, 0)
            self._clauses.append(
                f"CALL {{ UNWIND ${lists[-1]} AS row CREATE (n:{':'.join(labels)}{properties}) "
                f"RETURN collect(n) AS {lists[-1]} }}"
            )
            refs += [row.ref for row in rows]
        if reached is not None:
            lists.append(f"there{label}")
            self.parameters[lists[-1]] = [[at, key] for at, (_, key) in enumerate(reached)]
            self._clauses.append(
                f"CALL {{ UNWIND ${lists[-1]} AS row MATCH (n:{label} {{{KEYS[label]}: row[1]}}) "
                f"WITH n, row[0] AS at ORDER BY at RETURN collect(n) AS {lists[-1]} }}"
            )
            refs += reached
        self._place |= {ref: at for at, ref in enumerate(refs)}
        joined = f"{' + '.join(lists)} AS {label}"
        self._clauses.append(f"WITH {', '.join([*self._labels, joined])}")
        self._labels.append(label)

    def _edges(self, type_: str, start: str, end: str, rows: Sequence[EdgeRow]) -> None:
        values, properties = _columns([row.stored for row in rows], EDGE_TYPES[type_].properties, 2)
        places = [[self._place[row.start], self._place[row.end]] for row in rows]
        self.parameters[type_] = [[*ends, *more] for ends, more in zip(places, values, strict=True)]
        ends = ", ".join(dict.fromkeys((start, end)))
        self._clauses.append(
            f"CALL {{ WITH {ends} UNWIND ${type_} AS row WITH {start}[row[0]] AS a, {end}[row[1]] AS b, row "
            f"CREATE (a)-[:{type_}{properties}]->(b) RETURN count(*) AS made{type_} }}"
        )


def _columns(
    rows: Sequence[Mapping[str, Any]], known: Collection[str], first: int
) -> tuple[list[list[Any]], str]:
    """Properties as lists of values, and the map in Cypher that reads them from a list `row`.

    Names are sent once and not once a row; a value that is null makes no property.

    Args:
        rows: The properties.
        known: Names that are always in the map, so that the statement is the same whatever the rows have.
        first: Where in `row` they begin.
    """
    names = sorted({*known, *(name for row in rows for name in row)})
    pairs = ", ".join(f"{name}: row[{at}]" for at, name in enumerate(names, first))
    return [[row.get(name) for name in names] for row in rows], f" {{{pairs}}}" if names else ""
