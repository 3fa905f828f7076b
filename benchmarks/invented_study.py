"""An invented study of any size, for benchmarks: interviews coded by one coder, with a reader's relations.

Each interview has 80 turns of some 25 words, 40 codings and 8 relations over 150 codes. A few codes,
and a few pairs of them, are told by many; most by few (the n-th is told 1/n as often as the first).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
TURNS, CODINGS, RELATIONS, PAIRS = 80, 40, 8, 1500
ISSUES = [f"Data-trouble{number:03d}" for number in range(100)]
CODES = ISSUES + [f"{issue}-fix" for issue in ISSUES[:50]]


def write_study(folder: Path, numbers: Sequence[int]) -> list[Path]:
    """Write a text conversion and a relations file for each interview; returns all of them, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(0)
    codes = rng.sample(CODES, len(CODES))
    pairs = [rng.sample(ISSUES, 2) for _ in range(PAIRS)]
    return [path for number in numbers for path in _interview(folder, number, codes, pairs)]


def _interview(
    folder: Path, number: int, codes: Sequence[str], pairs: Sequence[Sequence[str]]
) -> tuple[Path, Path]:
    rng = random.Random(number)
    said = list(range(1, TURNS, 2))
    codings: dict[int, set[str]] = {at: set() for at in range(TURNS)}
    while sum(map(len, codings.values())) < CODINGS:
        codings[rng.choice(said)].add(_one_of(codes, rng))
    parts, texts = [f"# Interview {number} - Ann"], []
    for at in range(TURNS):
        words = " ".join(f"word{rng.randrange(5000)}" for _ in range(20))
        texts.append(f"Turn {at} of {number} says {words}.")
        parts += [f"## {'Interviewee' if at % 2 else 'Interviewer'}", texts[-1], *sorted(codings[at])]
    coding = folder / f"Interview {number} - Ann.md"
    coding.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    lines = [f'interview: "{number}"', "relations:"]
    for at in range(RELATIONS):
        cause, effect = _one_of(pairs, rng)
        quote = " ".join(texts[rng.choice(said)].split()[5:11])
        explicit = rng.choice(("stated", "across-turns", "implied"))
        lines += [
            f"- id: r{at}\n  kind: causes\n  cause: {cause}\n  effect: {effect}\n  explicit: {explicit}\n"
            f'  quote: "{quote}"'
        ]
    relations = folder / f"relations-{number}.yaml"
    relations.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return coding, relations


def _one_of(things: Sequence[T], rng: random.Random) -> T:
    weights = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))
    return rng.choices(things, cum_weights=weights)[0]
