"""How loading grows with a study, and how it compares with writing the same graph by other means.

Run: ``python benchmarks/load.py`` (the embedded engine), or ``--neo4j`` with ``NEO4J_URI`` and its
companions set to a test server (**it is emptied**). ``--interviews 100 2000`` names the sizes.

Printed, all from one run:

- for each size of an invented study (`benchmarks/invented_study.py`), in a process of its own: seconds
  an interview for a first load, for all of it again unchanged, for one interview more, for one file
  changed; the digest; the peak of memory. Then the larger over the smaller.
- the same nodes and edges written by kb, by the bare driver and (on Neo4j) by ``py2neo.bulk``, taking
  turns; the schema is there for each. The seven real interviews where ``../shared`` is, else invented
  ones. Reading the files is counted for none of them.
"""

from __future__ import annotations

import argparse
import functools
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from invented_study import write_study

from kb.ingest import sources
from kb.ingest.load import Options, load
from kb.ingest.reader import Reader
from kb.schema import EDGES, KEYS, NODES
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import BATCH, Store, Tx
from kb.store.digest import digest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "interviews"
REPEATS = 5
ROWS = ("first", "again", "one more", "one changed", "digest", "peak MB")


def timed(what: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def wipe(store: Store) -> None:
    """Empty the graph, a little at a time."""
    emptying = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS n"
    while store.write(emptying).rows[0]["n"]:
        pass


def settings(neo4j: bool, folder: Path) -> Settings:
    """The server that the environment names, or an engine in a folder."""
    return Settings() if neo4j else Settings(KB_DB=folder, NEO4J_URI=None)


def grow(size: int, neo4j: bool) -> dict[str, float]:
    """Load a study of one size, again, and a little more; seconds and megabytes."""
    with tempfile.TemporaryDirectory() as name, open_store(settings(neo4j, Path(name) / "db")) as store:
        folder = Path(name)
        wipe(store)
        store.ensure_schema()
        files = write_study(folder / "study", range(1, size + 1))
        found = {"first": timed(lambda: load(store, files)), "again": timed(lambda: load(store, files))}
        more = [write_study(folder / "more", [size + at]) for at in range(1, REPEATS + 1)]
        found["one more"] = statistics.median(timed(functools.partial(load, store, one)) for one in more)
        changes = []
        for at in range(REPEATS):
            text = files[0].read_text(encoding="utf-8").split("\n\n")
            files[0].write_text("\n\n".join([*text[: 4 + at], "Data-trouble001", *text[4 + at :]]))
            changes.append(timed(lambda: load(store, files[:1])))
        found["one changed"] = statistics.median(changes)
        found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found["digest"] = timed(lambda: digest(store))
        wipe(store)
    return found


def growth(sizes: list[int], neo4j: bool) -> None:
    """Print a column for each size, and the last over the first."""
    columns = []
    for size in sizes:
        command = [sys.executable, __file__, "--size", str(size), *(["--neo4j"] if neo4j else [])]
        columns.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    print(f"{'interviews':16}", *(f"{size:>10}" for size in sizes), f"{'last/first':>12}")
    each = [column["first"] / size for column, size in zip(columns, sizes, strict=True)]
    print(f"{'first, s each':16}", *(f"{one:10.4f}" for one in each), f"{each[-1] / each[0]:12.2f}")
    for row in ROWS:
        values = [column[row] for column in columns]
        print(f"{row:16}", *(f"{value:10.3f}" for value in values), f"{values[-1] / values[0]:12.2f}")
    shares = [column["again"] / column["first"] for column in columns]
    print(f"{'again/first':16}", *(f"{share:10.1%}" for share in shares))


class Rows:
    """The nodes and edges of a graph, by labels and by type, for the peers to write."""

    def __init__(self, store: Store) -> None:
        self.nodes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for label in (node.label for node in NODES):
            query = f"MATCH (n:{label}) RETURN labels(n) AS labels, properties(n) AS p"
            for row in store.read(query).rows:
                self.nodes[tuple(sorted(row["labels"]))].append(row["p"])
        self.edges: dict[str, list[tuple[str, dict[str, Any], str]]] = {}
        self.ends = {edge.type: (edge.start, edge.end) for edge in EDGES}
        for type_, (start, end) in self.ends.items():
            rows = store.read(
                f"MATCH (a:{start})-[r:{type_}]->(b:{end}) "
                f"RETURN a.{KEYS[start]} AS a, properties(r) AS p, b.{KEYS[end]} AS b"
            ).rows
            self.edges[type_] = [(row["a"], row["p"], row["b"]) for row in rows]

    def __str__(self) -> str:
        counts = (sum(map(len, rows.values())) for rows in (self.nodes, self.edges))
        return "{} nodes, {} edges".format(*counts)

    def by_driver(self, store: Store) -> None:
        """UNWIND and CREATE, one transaction; ends are found by the key's index."""

        def work(tx: Tx) -> None:
            for labels, rows in self.nodes.items():
                query = f"UNWIND $rows AS row CREATE (n:{':'.join(labels)}) SET n = row.p"
                tx.batch(query, [{"p": p} for p in rows])
            for type_, edges in self.edges.items():
                start, end = self.ends[type_]
                query = (
                    f"UNWIND $rows AS row MATCH (a:{start} {{{KEYS[start]}: row.a}}) "
                    f"MATCH (b:{end} {{{KEYS[end]}: row.b}}) CREATE (a)-[r:{type_}]->(b) SET r = row.p"
                )
                tx.batch(query, [{"a": a, "p": p, "b": b} for a, p, b in edges])

        store.transaction(work)

    def by_py2neo(self, graph: Any) -> None:
        """`py2neo.bulk`, in slices as it advises, one transaction."""
        from py2neo.bulk import create_nodes, create_relationships

        tx = graph.begin()
        for labels, rows in self.nodes.items():
            for at in range(0, len(rows), BATCH):
                create_nodes(tx, rows[at : at + BATCH], labels=set(labels))
        for type_, edges in self.edges.items():
            start, end = ((label, KEYS[label]) for label in self.ends[type_])
            for at in range(0, len(edges), BATCH):
                part = edges[at : at + BATCH]
                create_relationships(tx, part, type_, start_node_key=start, end_node_key=end)
        graph.commit(tx)


_HERE = Options(file_timeout=0)  # no processes that read: what they would read is there


@contextmanager
def _transactions_timed() -> Iterator[list[float]]:
    """Seconds that each of kb's transactions takes, from its first statement to its commit."""
    spent: list[float] = []
    run = Store.transaction

    def timed_run(store: Store, work: Callable[[Tx], Any]) -> Any:
        start = time.perf_counter()
        try:
            return run(store, work)
        finally:
            spent.append(time.perf_counter() - start)

    with patch.object(Store, "transaction", timed_run):
        yield spent


def peers(neo4j: bool) -> None:
    """Print the times of kb and of its peers for one graph, and how they compare."""
    with tempfile.TemporaryDirectory() as name, open_store(settings(neo4j, Path(name) / "db")) as store:
        paths = sorted(SHARED.glob("*/*.pdf")) or write_study(Path(name) / "study", range(1, 11))
        relations = functools.cache(sources.load_relations)
        with Reader() as reader:
            records = {path: list(reader.records(path)) for path in paths if path.suffix != ".yaml"}
        store.ensure_schema()
        took: dict[str, list[float]] = defaultdict(list)
        with (
            patch.object(Reader, "records", lambda _, path, *__: records[path]),
            patch("kb.relations.load_relations", relations),
            patch.object(sources, "load_relations", relations),
        ):
            wipe(store)
            load(store, paths, _HERE)
            rows = Rows(store)
            ways: dict[str, Callable[[], object]] = {
                "kb load": lambda: load(store, paths, _HERE),
                "bare driver": lambda: rows.by_driver(store),
            }
            if neo4j:
                from py2neo import Graph

                own = Settings()
                login = (own.neo4j_username, own.neo4j_password.get_secret_value())
                graph = Graph(own.neo4j_uri, auth=login, name=own.neo4j_database)
                ways["py2neo.bulk"] = lambda: rows.by_py2neo(graph)
            for _ in range(REPEATS * 2):
                for way, do in ways.items():
                    wipe(store)
                    with _transactions_timed() as spent:
                        took[way].append(timed(do))
                    if way == "kb load":
                        took["  of it, writing"].append(sum(spent))
        wipe(store)
    print(f"\n{rows} ({'real' if SHARED.is_dir() else 'invented'} interviews), reading not counted")
    ours = statistics.median(took["kb load"])
    for way, times in took.items():
        median = statistics.median(times)
        print(f"{way:16} {median:10.3f} s  {median / ours:6.2f} x kb   fastest {min(times):.3f}")


def main() -> None:
    """Print how loading grows, then how it compares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--neo4j", action="store_true", help="on the server of NEO4J_URI, which is emptied")
    parser.add_argument("--interviews", type=int, nargs="+", default=[100, 2000], help="sizes of the study")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(json.dumps(grow(options.size, options.neo4j)))
        return
    peers(options.neo4j)
    growth(options.interviews, options.neo4j)


if __name__ == "__main__":
    main()
