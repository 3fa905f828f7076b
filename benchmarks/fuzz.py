"""Mutated files of every kind that kb reads: each is read, or refused in one sentence, within 20 s.

    python benchmarks/fuzz.py [--files 5000] [--seed 1]

The originals are the shipped samples, codebook, catalogue, cues, relations and queries. Each is
cut, doubled, mixed with pieces that have broken readers before, and read as ``kb`` reads it. Prints each
failure with its seed and ends with 1 if there was one; needs no graph.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kb.ask.query import read_query
from kb.catalogue import load_catalogue
from kb.codebook import user_codebook
from kb.errors import KbError
from kb.relations import load_relations
from kb.suggest.cues import load_cues
from loaders import detect

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20
PIECES = tuple(
    piece.encode()
    for piece in (
        "!!int x", "!!set {a}", "!!python/object/apply:os.system [ls]", "[" * 400, "{a: " * 400, "&x [*x]",
        "*x", "<v ", "<v a>", "-->", "00:00:00.000", "/*", "\\'", "'", '"', "`", "// a = [", "$x", "_", ": ",
        "\n\n", "\t", "\x00", "\ufeff", "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
        "\u2028", "\u202e", "é́", "9" * 400, "2001-99-99", ".inf", "~", "- ", "? ", "<<: 3", "|99",
        "%YAML 9", "---", "]]>", "&#0;", "{}", "null", "**", "[a]", "(fix)", "1e999", "\r", " " * 3000,
        "(" * 3000, "a" * 3000,
    )
)  # fmt: skip


def parsed(path: Path) -> None:
    """Read a source to its end."""
    for _ in detect(path).parse(path):
        pass


def originals() -> list[tuple[Path, Callable[[Path], object]]]:
    """The files, with what reads each."""
    data = ROOT / "data"
    found: list[tuple[Path, Callable[[Path], object]]] = [
        (data / "codebook.yaml", user_codebook),
        (data / "catalogue.yaml", load_catalogue),
    ]
    found += [(path, load_cues) for path in sorted((data / "cues").glob("*.yaml"))]
    found += [(path, load_relations) for path in sorted((data / "relations").glob("*.yaml"))]
    found += [(path, read_query) for path in sorted((ROOT / "cypher").glob("*.cypher"))]
    found += [(path, parsed) for path in sorted((data / "interviews").iterdir())] * 4
    return found


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The file with some of its bytes gone, doubled, changed or mixed with pieces."""
    data = bytearray(raw[: chance.randint(1, len(raw))] if chance.random() < 0.2 else raw)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 5, 50, 500)))
        what = chance.randrange(5)
        if what == 0:
            del data[at:end]
        elif what == 1:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif what == 2 and at < len(data):
            data[at] = chance.randrange(256)
        else:
            data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 200))
    return bytes(data)


def _late(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Run it; 1 if a file broke kb."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--files", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    signal.signal(signal.SIGALRM, _late)
    files, ended, slowest = originals(), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.files):
            chance = random.Random(f"{asked.seed}/{number}")  # to be the same again
            path, read = chance.choice(files)
            file = Path(folder) / path.name
            file.write_bytes(mutated(path.read_bytes(), chance))
            begun = time.monotonic()
            signal.alarm(SECONDS)
            try:
                read(file)
                ended["read"] += 1
            except KbError as error:
                ended["refused"] += 1
                if "\n" in str(error):
                    ended["failed"] += 1
                    print(f"seed {asked.seed}/{number} {path.name}: several lines: {error}")
            except Exception:  # whatever it is, it is what this looks for
                ended["failed"] += 1
                print(f"seed {asked.seed}/{number} {path.name}:\n{traceback.format_exc(limit=-3)}")
            finally:
                signal.alarm(0)
                file.unlink()
            slowest = max(slowest, time.monotonic() - begun)
    print(f"{asked.files} files: {dict(ended)}; the slowest took {slowest:.1f} s.")
    return 1 if ended["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
