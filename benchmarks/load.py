"""How fast a load writes, beside bare ``UNWIND … CREATE`` of as many rows on the same engine.

Run: ``python benchmarks/load.py``. An invented interview of many coded turns is put together, written
by kb (keys, edges between them, sums, all in one transaction), and its nodes and edges are then
counted and created bare, without look-ups or a schema, which nothing can beat.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kb.ingest.load import load
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store, Tx

INTERVIEWS, TURNS, CODES = 4, 1000, 40


def write_interviews(folder: Path) -> None:
    """Text conversions of invented interviews: every turn has words of its own and one code."""
    rng = random.Random(1)
    for number in range(1, INTERVIEWS + 1):
        parts = [f"# Interview {number} - Ann"]
        for at in range(TURNS):
            words = " ".join(f"word{rng.randrange(5000)}" for _ in range(25))
            speaker = "Interviewer" if at % 2 else "Interviewee"
            parts += [f"## {speaker}", f"Turn {at} says {words}.", f"Data-code-{rng.randrange(CODES):02d}"]
        (folder / f"Interview {number} - Ann.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def timed(what: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def bare(store: Store, nodes: int, edges: int) -> None:
    """As many nodes with a text, and edges between nodes met in the same row."""
    text = "word " * 30

    def create_nodes(tx: Tx) -> None:
        tx.batch(
            "UNWIND $rows AS row CREATE (n:Bare) SET n = row.p",
            [{"p": {"id": n, "text": text}} for n in range(nodes)],
        )

    def create_edges(tx: Tx) -> None:
        tx.batch(
            "UNWIND $rows AS row CREATE (:From {id: row.n})-[:BARE]->(:To {id: row.n})",
            [{"n": n} for n in range(edges)],
        )

    store.transaction(create_nodes)
    store.transaction(create_edges)


def main() -> None:
    """Print rows (nodes and edges) a second of both, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sources"
        folder.mkdir()
        write_interviews(folder)
        with open_store(Settings(KB_DB=Path(name) / "loaded")) as store:
            store.ensure_schema()
            took = timed(lambda: load(store, [folder]))
            again = timed(lambda: load(store, [folder]))
            nodes = store.read("MATCH (n) RETURN count(n) AS n").rows[0]["n"]
            edges = store.read("MATCH ()-[r]->() RETURN count(r) AS n").rows[0]["n"]
            start = time.perf_counter()
            bare(store, nodes, edges)
            alone = time.perf_counter() - start
    rows = nodes + edges
    print(f"kb load        {rows} rows, {rows / took:8.0f} rows/s (reading and alignment included)")
    print(f"bare CREATE    {rows} rows, {rows / alone:8.0f} rows/s  {took / alone:5.1f} x as fast")
    print(f"load again     {again:8.2f} s, nothing written")


if __name__ == "__main__":
    main()
