"""Mutated files of every kind that kb reads: each is read, or refused in one sentence, within 20 s.

    python benchmarks/fuzz.py [--each 20] [--seed 1] [--first 0] [--kind pdf …] [--budget MINUTES]

The originals are the shipped samples, codebook, catalogue, cues, relations and queries, and an invented
interview in the forms of many tools (as the tests write them). Each is cut, doubled, mixed with pieces that
have broken readers before, documents and workbooks within their parts too, databases in the values of
their tables, and read as ``kb`` reads it. Prints each failure with its seed, in the end a table of how many
inputs of each kind there were, and ends with 1 if there was a failure; needs no graph.

A process of its own reads a kind's files one after another. One that hears no signal, within a library's
own code, is ended and the next file has a new one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from fuzz_inputs import Original, changed, originals

from kb.errors import KbError

SECONDS = 20  # of the processor's time, whatever else the machine does
DEAF = (
    15 * SECONDS
)  # of the clock, after which a process is ended: it may have a small share of the processor
MEMORY = 4 * 2**30  # bytes, as `kb.ingest.reader_child` has


class Read(NamedTuple):
    """How one input went: its number, the word for it, the processor's seconds and what failed."""

    number: int
    ended: str
    seconds: float
    told: str = ""


class Tally:
    """The inputs of one kind."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()
        self.slowest = (0.0, "")

    def add(self, read: Read, where: str) -> None:
        """Count an input, and tell what failed."""
        self.ended[read.ended] += 1
        self.slowest = max(self.slowest, (read.seconds, where))
        if read.told:
            print(f"{where}: {read.told}", flush=True)


def _late(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s")


def _one(original: Original, chance: random.Random, number: int, folder: Path) -> Read:
    """Change an original, and read what came of it."""
    name, raw, read = original
    file = folder / name
    file.write_bytes(changed(raw, chance))
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    ended, told = "read", ""
    try:
        read(file)
    except KbError as error:
        ended = "refused"
        if "\n" in str(error):
            ended, told = "failed", f"several lines: {error}"
    except Exception:  # whatever it is, it is what this looks for
        ended, told = "failed", "\n" + traceback.format_exc(limit=-3)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        file.unlink()
    return Read(number, ended, time.process_time() - begun, told)


def _read_all(kind: str, files: list[Original], seed: int, numbers: range, answers: Connection) -> None:
    """Read the inputs of these numbers; told of each before it is read, and after."""
    signal.signal(signal.SIGPROF, _late)
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            chance = random.Random(f"{seed}/{kind}/{number}")  # to be the same again
            original = chance.choice(files)
            answers.send(number)
            answers.send(_one(original, chance, number, Path(folder)))


def _fuzz(kind: str, files: list[Original], seed: int, numbers: range, until: float) -> Tally:
    """Read the inputs of one kind, until a time of the clock at most."""
    tally = Tally()
    following = numbers.start
    while following < numbers.stop and time.monotonic() < until:
        mine, theirs = multiprocessing.Pipe(duplex=False)
        todo = range(following, numbers.stop)
        process = multiprocessing.get_context("fork").Process(
            target=_read_all, args=(kind, files, seed, todo, theirs), daemon=True
        )
        process.start()
        theirs.close()
        try:
            while time.monotonic() < until:
                if not mine.poll(DEAF):
                    tally.add(
                        Read(following, "failed", DEAF, "it hears no signal"),
                        f"seed {seed}/{kind}/{following}",
                    )
                    following += 1
                    break
                answer = mine.recv()
                if isinstance(answer, Read):
                    tally.add(answer, f"seed {seed}/{kind}/{answer.number}")
                    following = answer.number + 1
        except EOFError:  # it is done, or died of a file
            process.join()
            if following < numbers.stop:
                died = Read(following, "failed", 0.0, f"the process died ({process.exitcode})")
                tally.add(died, f"seed {seed}/{kind}/{following}")
                following += 1
        process.kill()
        process.join()
    return tally


def main() -> int:
    """Run it; 1 if a file broke kb."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--each", type=int, default=20, help="inputs of each kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="number of the first input of each kind")
    options.add_argument("--kind", action="append", help="one kind, of those in the table; may be repeated")
    options.add_argument("--budget", type=float, default=float("inf"), help="minutes a kind may take at most")
    asked = options.parse_args()
    kinds = originals()
    numbers = range(asked.first, asked.first + asked.each)
    failed = False
    print(f"{'kind':24} {'inputs':>7} {'read':>7} {'refused':>7} {'failed':>7} {'slowest':>8}", flush=True)
    for kind in asked.kind or sorted(kinds, key=str.casefold):
        tally = _fuzz(kind, kinds[kind], asked.seed, numbers, time.monotonic() + 60 * asked.budget)
        counts = (tally.ended.total(), *(tally.ended[word] for word in ("read", "refused", "failed")))
        shown = " ".join(f"{count:7}" for count in counts)
        print(f"{kind:24} {shown} {tally.slowest[0]:6.1f} s", flush=True)
        failed |= bool(tally.ended["failed"])
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
