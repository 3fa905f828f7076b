"""Causal queries in graphs of the size and shape of a real study, beside a search in plain Python.

Run: ``python benchmarks/chains.py`` (``--quick``: fewer graphs; ``--embedded``: no Neo4j). Each graph
is written to both engines in one run, and each query asked at several depths: seconds of the second
asking (the first plans it), the rows, and how long the search alone took that kb does in memory.

- *study of n*: interviews with 8 relations each over 150 codes, a few told by many, as in life
  (Zipf's law over pairs of codes and over codes);
- *even*: 300 issues with links spread evenly, each told in one to three of 30 interviews.

The peer is a search that follows one person's links at a time, written here and as plain as it can
be: it finds the chains told whole to an issue, and must find as many as the query does.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from engines import engines

from kb.ask.answer import ask, prepare, resolve
from kb.ask.query import find_query
from kb.store.bolt import Store

CODES, TELLINGS, PAIRS = 150, 8, 7000
BOUND = {"small": 0.3, "large": 1.0}  # seconds, of the design


class Graph(NamedTuple):
    """Causes with the interviews that tell them, and how long a query may take on it."""

    name: str
    issues: list[str]
    causes: dict[tuple[str, str], list[str]]
    bound: float


def study(interviews: int, bound: float) -> Graph:
    """A study: popular codes in popular relations."""
    draw = random.Random(1)
    issues = [f"C-{n:03d}" for n in range(CODES)]
    by_code = [1 / (n + 1) ** 0.8 for n in range(CODES)]
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < PAIRS:
        cause, effect = draw.choices(issues, by_code, k=2)
        if cause != effect:
            pairs.setdefault((cause, effect))
    by_pair = [1 / (n + 1) ** 0.93 for n in range(PAIRS)]
    causes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number in range(1, interviews + 1):
        for pair in sorted(set(draw.choices(list(pairs), by_pair, k=TELLINGS))):
            causes[pair].append(str(number))
    return Graph(f"study of {interviews}", issues, dict(causes), bound)


def even(links: int, bound: float) -> Graph:
    """Links spread evenly over 300 issues."""
    draw = random.Random(1)
    issues = [f"C-{n:03d}" for n in range(300)]
    causes: dict[tuple[str, str], list[str]] = {}
    while len(causes) < links:
        cause, effect = draw.sample(issues, 2)
        told = sorted(draw.sample(range(1, 31), draw.choice((1, 1, 1, 2, 3))))
        causes[cause, effect] = [str(n) for n in told]
    return Graph(f"even, {links} links", issues, causes, bound)


def fill(store: Store, graph: Graph) -> None:
    """Write the sums over claims that causal queries walk, and fixes of half the issues."""
    store.ensure_schema()
    store.write("MATCH (n) DETACH DELETE n")
    store.write("UNWIND $n AS n CREATE (:Concept:Issue {name: n, kind: 'issue'})", {"n": graph.issues})

    def sums(told: list[str]) -> dict[str, object]:
        quotes = [f"{n}: words of some length, as long as somebody takes to say such a thing" for n in told]
        people = [f"{n}/Interviewee" for n in told]
        return {
            "interviews": told,
            "people": people,
            "claims": len(told),
            "stated": "stated",
            "quotes": quotes[:8],
        }

    fixes = {
        (name, graph.issues[-1 - at]): ["1"] for at, name in enumerate(graph.issues[: len(graph.issues) // 2])
    }
    for type_, told in (("CAUSES", graph.causes), ("HAS_FIX", fixes)):
        store.write(
            "UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
            {"rows": [{"a": a, "b": b, "p": sums(by)} for (a, b), by in told.items()]},
        )


def told_whole(graph: Graph, effect: str, depth: int) -> int:
    """How many chains to an issue one person told whole: the search in plain Python."""
    by_person: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (cause, end), told in graph.causes.items():
        for who in told:
            by_person[who][end].append(cause)
    found = set()
    for causes_of in by_person.values():
        waiting = [(effect,)]
        while waiting:
            chain = waiting.pop()
            for cause in causes_of.get(chain[0], ()) if len(chain) <= depth else ():
                if cause not in chain:
                    found.add((cause, *chain))
                    waiting.append((cause, *chain))
    return len(found)


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of the second run, the better of two: the first plans the query."""
    work()
    took = []
    for _ in range(2):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return min(took)


def questions(graph: Graph) -> list[tuple[str, dict[str, object]]]:
    """The causal queries: of an issue that many causes lead to, and of one that few do."""
    into: dict[str, int] = defaultdict(int)
    for _, effect in graph.causes:
        into[effect] += 1
    many = max(sorted(into), key=lambda name: into[name])
    few = min(sorted(into), key=lambda name: into[name])
    return [
        ("causal-chains", {"effect": many}),
        ("causal-chains", {"effect": many, "told": "whole"}),
        ("causal-chains", {"effect": many, "told": "stitched"}),
        ("causal-chains", {"effect": many, "cause": few}),
        ("causal-chains", {"effect": few}),
        ("fixes-along-chain", {"effect": many}),
        ("fixes-along-chain", {"effect": many, "cause": few}),
        ("root-causes", {}),
        ("root-causes", {"issue": many}),
        ("leverage", {}),
        ("feedback-loops", {}),
        ("neighbourhood", {"issue": many}),
    ]


def measure(graph: Graph, stores: dict[str, Store], over: list[str]) -> None:
    """Print the table of one graph."""
    for store in stores.values():
        fill(store, graph)
    heads = " | ".join(f"{name}, s" for name in stores)
    print(f"\n## {graph.name}: {len(graph.causes)} links, bound {graph.bound} s\n")
    print(f"| query | asked | depth | rows | {heads} | search alone, s |\n|{'---|' * (5 + len(stores))}")
    for name, given in questions(graph):
        query = find_query(name)
        for depth in (2, 5, 8) if "depth" in query.params else (1, 2):
            asked = {**given, ("depth" if "depth" in query.params else "steps"): depth}
            times = {engine: seconds(partial(ask, store, query, asked)) for engine, store in stores.items()}
            first = next(iter(stores.values()))
            taken = prepare(first, query, resolve(first, query, asked)).steps.values()
            alone = sum(step.seconds for step in taken)
            answers = [ask(store, query, asked).rows for store in stores.values()]
            assert all(rows == answers[0] for rows in answers), f"{name} differs between the engines"
            what = ", ".join(f"{key} {value}" for key, value in given.items())
            cells = " | ".join(f"{took:.3f}" for took in times.values())
            print(f"| {name} | {what} | {depth} | {len(answers[0])} | {cells} | {alone:.3f} |", flush=True)
            over += [
                f"{graph.name}: {name} {asked} on {e}: {t:.2f} s" for e, t in times.items() if t > graph.bound
            ]
    effect = str(questions(graph)[0][1]["effect"])
    begin = time.perf_counter()
    whole = told_whole(graph, effect, 8)
    plain = time.perf_counter() - begin
    query = find_query("causal-chains")
    asked = {"effect": effect, "told": "whole", "depth": 8, "limit": 1000}
    rows = {engine: len(ask(store, query, asked).rows) for engine, store in stores.items()}
    assert all(count == min(whole, 1000) for count in rows.values()), (whole, rows)
    print(
        f"\nplain Python, one person's links at a time: {whole} chains told whole to {effect}: {plain:.4f} s"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest memory of this process so far, the embedded engine included: {memory:.0f} MB")


def main() -> None:
    """Measure, and say what took longer than it may."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="only the studies of 50 and 200")
    parser.add_argument("--embedded", action="store_true", help="only the embedded engine")
    asked = parser.parse_args()
    small, large = BOUND["small"], BOUND["large"]
    graphs = [study(50, small), study(200, small)]
    if not asked.quick:
        graphs += [even(900, small), even(2000, small), study(1000, large), even(5000, large)]
    over: list[str] = []
    with engines(neo4j=not asked.embedded) as stores:
        for graph in graphs:
            measure(graph, stores, over)
    print(f"\n{len(over)} of the figures are over their bound." + "".join(f"\n- {line}" for line in over))


if __name__ == "__main__":
    main()
