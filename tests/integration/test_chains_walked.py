"""What kb finds in the causal graph is what walking every path finds: same rows, same order.

``walks/`` holds the queries as they walk all paths of the graph and leave out afterwards what was not
asked for. They end only on small graphs; on these they say what is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.ask.answer import ask, resolve
from kb.ask.query import find_query
from kb.graph import Path as Walk
from kb.store.bolt import Store
from tests.integration.conftest import engine_store

WALKS = Path(__file__).parent / "walks"
ALL = 10_000  # more than any of these graphs has


class Graph:
    """A random graph of causes and fixes, told by a few people, some of it by a catalogue alone."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.names = [f"c{n:02d}" for n in range(draw.randint(4, 30))]
        interviews = [str(n) for n in range(1, draw.randint(2, 7))]
        # Several interviewees in some interviews, and somebody who cannot be told from others.
        self._people = [f"{i}/P{n}" for i in interviews for n in range(draw.choice((1, 1, 2, 3)))]
        self._draw = draw
        most = min(60, 3 * len(self.names))  # denser ones take the walks minutes
        pairs = {tuple(draw.choices(self.names, k=2)) for _ in range(draw.randint(3, most))}
        self.causes = [self._told(*pair) for pair in sorted(pairs)]
        fixes = {(draw.choice(self.names), f"fix{draw.randint(1, 5)}") for _ in range(draw.randint(0, 15))}
        self.fixes = [self._told(*pair) for pair in sorted(fixes)]
        denied = {(draw.choice(self.names), f"fix{draw.randint(1, 5)}") for _ in range(3)}
        self.denials = [self._told(*pair) for pair in sorted(denied)]
        self.broader = {tuple(draw.sample(self.names, 2)) for _ in range(draw.randint(0, 2))}

    def _told(self, start: str, end: str) -> dict[str, Any]:
        draw = self._draw
        people = draw.sample(self._people, min(len(self._people), draw.choice((1, 1, 1, 2, 3))))
        told: dict[str, Any] = {"claims": len(people), "stated": draw.choice(("stated", "coded", "implied"))}
        kind = draw.random()
        interviews = sorted({who.partition("/")[0] for who in people}, key=int)
        if kind < 0.1:  # a catalogue's alone
            people, interviews = [], []
            told["catalogues"] = ["cat"]
        elif kind < 0.2:  # of speakers who cannot be told from others
            people = []
        elif kind < 0.3:
            told["catalogues"] = ["cat"]
        quotes = [f"{i}: {start} {end}" for i in interviews] or [f"cat: {start} {end}"]
        told |= {"people": sorted(people), "interviews": interviews, "quotes": quotes}
        return {"a": start, "b": end, "p": told}

    def write(self, store: Store) -> None:
        """Put it into an empty graph."""
        store.ensure_schema()
        store.write("MATCH (n) DETACH DELETE n")
        store.write(
            "UNWIND $names AS name CREATE (:Concept:Issue {name: name, kind: 'issue'})", {"names": self.names}
        )
        fixes = [f"fix{n}" for n in range(1, 6)]
        store.write("UNWIND $names AS name CREATE (:Concept:Fix {name: name, kind: 'fix'})", {"names": fixes})
        for type_, rows in (
            ("CAUSES", self.causes),
            ("HAS_FIX", self.fixes),
            ("NOT_FIXED_BY", self.denials),
            ("BROADER", [{"a": a, "b": b, "p": {}} for a, b in sorted(self.broader)]),
        ):
            store.write(
                "UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
                {"rows": rows},
            )
        interviews = sorted({i for row in self.causes for i in row["p"]["interviews"]})
        store.write("UNWIND $ids AS id CREATE (:Interview {id: id})", {"ids": interviews})

    def questions(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Queries with what a user gives for their parameters."""
        draw = self._draw
        told_in = sorted({i for row in self.causes for i in row["p"]["interviews"]})
        for depth in draw.sample(range(1, 9), 2):
            end, cause, other = draw.choice(self.names), draw.choice(self.names), draw.choice(self.names)
            chains = {"effect": end, "depth": depth, "limit": 1000}
            for told in ("any", draw.choice(("whole", "stitched", "catalogue"))):
                yield "causal-chains", {**chains, "told": told}
                yield "causal-chains", {**chains, "told": told, "cause": cause}
            yield "causal-chains", {**chains, "limit": draw.randint(1, 12)}
            yield "causal-chains", {**chains, "interview": draw.choice(told_in)}
            for start in (None, cause, other):
                yield "fixes-along-chain", {"effect": end, "cause": start, "depth": depth}
            yield "root-causes", {"issue": draw.choice((None, end)), "depth": depth}
            yield "leverage", {"depth": depth, "limit": draw.choice((3, 1000))}
            yield "feedback-loops", {"depth": max(depth, 2), "limit": ALL}
            yield "neighbourhood", {"issue": end, "steps": draw.choice((1, 2))}


def walked(store: Store, name: str, given: dict[str, Any], **instead: object) -> list[dict[str, Any]]:
    """The rows by walking every path."""
    values = resolve(store, find_query(name), given) | instead
    return store.read((WALKS / f"{name}.cypher").read_text(encoding="utf-8"), values).rows


# Fewer on Neo4j, which plans each query anew for each depth; that both engines give the same rows for the
# same query is tried on the samples too.
@pytest.mark.parametrize(
    ("engine", "seed"), [*(("embedded", seed) for seed in range(12)), *(("neo4j", seed) for seed in range(3))]
)
def test_rows_are_those_of_walking_every_path(request: pytest.FixtureRequest, engine: str, seed: int) -> None:
    graph_store = engine_store(engine, request)
    graph = Graph(seed)
    graph.write(graph_store)
    for name, given in graph.questions():
        found = ask(graph_store, find_query(name), given)
        assert found.rows == walked(graph_store, name, given), (name, given)
        if "limit" in given:
            cut = len(walked(graph_store, name, given, limit=ALL)) > given["limit"]
            # How many people chains from one cause rest on is told as well, and is no cut.
            notes = [note for note in found.notes if not note.startswith("Doubt ")]
            assert bool(notes) == cut, (name, given, notes)
        for row in found.rows:
            assert name == "leverage" or isinstance(row["path"], Walk)
