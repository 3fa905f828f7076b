"""How the walking queries hold up in a large graph, and what their way of telling simple paths saves.

Run: ``python benchmarks/queries.py`` (the embedded engine), or with ``NEO4J_URI`` and its companions
set to an empty test server (``--neo4j``; it is emptied). The graph is random and of one density:
300 concepts with 900 causes, each told in one to three of 30 interviews, which is denser than
interviews are. The last column compares in one run: the same walk, its repeats found node by node
(``size([m IN nodes(p) WHERE m.name = n.name]) = 1``) and by name (``chain[at] IN chain[at + 1..]``).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store

CONCEPTS, CAUSES, INTERVIEWS, SEED = 300, 900, 30, 1
END = "C-007"
ASKED = {
    "causal-chains": {"effect": END},
    "fixes-along-chain": {"effect": END},
    "root-causes": {},
    "feedback-loops": {},
    "leverage": {},
    "neighbourhood": {"issue": END},
}
WALK = f"MATCH (e:Concept {{name: '{END}'}}) MATCH p = (e)<-[:CAUSES*1..7]-(:Concept) "
BY_NODE = "WHERE all(n IN nodes(p) WHERE size([m IN nodes(p) WHERE m.name = n.name]) = 1) "
BY_NAME = (
    "WITH p, [n IN nodes(p) | n.name] AS chain "
    "WHERE none(at IN range(0, size(chain) - 2) WHERE chain[at] IN chain[at + 1..]) "
)
COUNT = "RETURN count(p) AS chains"


def fill(store: Store) -> None:
    """Write the random graph: concepts and the sums over claims that the queries walk."""
    draw = random.Random(SEED)
    names = [f"C-{n:03d}" for n in range(CONCEPTS)]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < CAUSES:
        cause, effect = draw.sample(names, 2)
        pairs.add((cause, effect))
    rows = []
    for cause, effect in sorted(pairs):
        told = [str(n) for n in sorted(draw.sample(range(1, INTERVIEWS + 1), draw.choice((1, 1, 1, 2, 3))))]
        sums = {
            "interviews": told,
            "people": [f"{interview}/Interviewee" for interview in told],
            "claims": len(told),
            "stated": "stated",
            "quotes": [f"{interview}: some words" for interview in told],
        }
        rows.append({"cause": cause, "effect": effect, "sums": sums})
    store.ensure_schema()
    store.write("UNWIND $names AS name CREATE (:Concept:Issue {name: name, kind: 'issue'})", {"names": names})
    store.write(
        "UNWIND $rows AS row MATCH (a:Concept {name: row.cause}) MATCH (b:Concept {name: row.effect}) "
        "CREATE (a)-[r:CAUSES]->(b) SET r = row.sums",
        {"rows": rows},
    )


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of the second run: the first compiles the query."""
    work()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(store: Store) -> None:
    """Print the table for one engine."""
    fill(store)
    print(f"\n{store.name}\n\n| query | depth | rows | seconds |\n|---|---|---|---|")
    for name, given in ASKED.items():
        query = find_query(name)
        depth = query.params.get("depth")
        for links in (depth.default, depth.max) if depth else (None,):
            asked = {**given, **({"depth": links} if links else {})}
            count = len(ask(store, query, asked).rows)
            took = seconds(partial(ask, store, query, asked))
            print(f"| {name} | {links or ''} | {count} | {took:.2f} |", flush=True)
    by_node = seconds(lambda: store.read(WALK + BY_NODE + COUNT))
    by_name = seconds(lambda: store.read(WALK + BY_NAME + COUNT))
    print(
        f"\nrepeats by node {by_node:.2f} s, by name {by_name:.2f} s: {by_node / by_name:.1f} times as fast"
    )


def main() -> None:
    """Measure the engine that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--neo4j", action="store_true", help="use NEO4J_URI, and empty it first")
    if parser.parse_args().neo4j:
        with open_store(Settings()) as store:
            store.write("MATCH (n) DETACH DELETE n")
            measure(store)
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Settings(KB_DB=Path(folder) / "db", NEO4J_URI=None)) as store,
    ):
        measure(store)


if __name__ == "__main__":
    main()
