"""What everyday commands cost on studies of several sizes, and how that grows.

Run: ``python benchmarks/everyday.py [--interviews 50 200 1000]``. For each size of an invented study
(`benchmarks/invented_study.py`) on the embedded engine, each command in a process of its own, three times:
seconds of processor time (the engine's process included) at the median, the peak of memory, and the last
size over the first. The first row is Python with the driver and one read, which nothing here can go below.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from invented_study import write_study

from kb.ingest.load import load
from kb.settings import Settings
from kb.store import open_store

RUNS = 3
_BARE = (
    "from pathlib import Path; from kb.store import light; light.wanted = True; "
    "from kb.store.embedded import open_embedded; "
    "open_embedded(Path({db!r}), create=False).read('MATCH (c:Concept) RETURN count(c) AS n')"
)
COMMANDS = {
    "a bare read": [],
    "query top-issues": ["query", "top-issues", "-f", "json"],
    "query causal-chains": ["query", "causal-chains", "--effect", "{effect}", "-f", "json"],
    "query coverage": ["query", "coverage", "-f", "json"],
    "query saturation": ["query", "saturation", "-f", "json"],
    "plot saturation": ["plot", "saturation", "-o", "{out}"],
    "plot coverage": ["plot", "coverage", "-o", "{out}"],
    "agreement": ["agreement"],
    "suggest causes": ["suggest", "causes"],
    "status": ["status", "--format", "json"],
    "status --full": ["status", "--full", "--format", "json"],
}


def cost(command: list[str]) -> tuple[float, float]:
    """Processor seconds and megabytes of a command with all that it starts."""
    with tempfile.TemporaryFile() as said, Path(os.devnull).open("wb") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()
            sys.exit(f"{' '.join(command)} ended with {process.returncode}: {words}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def study(size: int, folder: Path) -> tuple[Path, str]:
    """A study in a database, and the code that most claims name as an effect."""
    db = folder / "db"
    with open_store(Settings(KB_DB=db, NEO4J_URI=None)) as store:
        load(store, write_study(folder / "study", range(1, size + 1)))
        # Of a study of few interviews, relations name codes that nobody used, and are refused.
        rows = store.read(
            "MATCH (c:Concept) OPTIONAL MATCH (c)<-[:ABOUT_EFFECT]-(k:Claim) "
            "RETURN c.name AS name, count(k) AS n ORDER BY n DESC, name LIMIT 1"
        ).rows
    return db, str(rows[0]["name"])


def main() -> None:
    """Print a row a command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--interviews", type=int, nargs="+", default=[50, 200, 1000])
    sizes = parser.parse_args().interviews
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            db, effect = study(size, Path(name))
            names = {"effect": effect, "out": str(Path(name) / "out.svg")}
            for what, words in COMMANDS.items():
                kb = [sys.executable, "-m", "kb", *(word.format(**names) for word in words), "--db", str(db)]
                command = kb if words else [sys.executable, "-c", _BARE.format(db=str(db))]
                runs = [cost(command) for _ in range(RUNS)]
                found[what].append((statistics.median(s for s, _ in runs), max(m for _, m in runs)))
    print(f"{'':22}", *(f"{size:>14}" for size in sizes), f"{'last/first':>12}")
    for what, costs in found.items():
        cells = (f"{seconds:6.2f} s {mb:4.0f}MB" for seconds, mb in costs)
        print(f"{what:22}", *cells, f"{costs[-1][0] / costs[0][0]:12.1f}")


if __name__ == "__main__":
    main()
