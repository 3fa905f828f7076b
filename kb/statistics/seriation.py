"""Seriation: an order in which things that are alike stand side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations


def seriate(names: Sequence[str], likeness: Mapping[tuple[str, str], float]) -> list[str]:
    """Put names in a row so that like ones are neighbours.

    The greedy edge heuristic for the longest Hamiltonian path: pairs are taken by likeness, the
    likest first, and joined wherever both are still ends of different rows. What is like nothing
    keeps the order given, at the end.

    Args:
        names: What to order; each once.
        likeness: By pair, in either direction; a pair that is missing has none.
    """

    def like(a: str, b: str) -> float:
        return likeness.get((a, b), likeness.get((b, a), 0))

    rows = {name: [name] for name in names}  # the row that a name is an end of, or in the middle of
    pairs = [(like(a, b), a, b) for a, b in combinations(names, 2)]
    for likeness_of_pair, a, b in sorted(pairs, key=lambda pair: -pair[0]):  # a stable sort: ties as given
        left, right = rows[a], rows[b]
        if likeness_of_pair <= 0:
            break
        if left is right or a not in (left[0], left[-1]) or b not in (right[0], right[-1]):
            continue
        joined = (left if left[-1] == a else left[::-1]) + (right if right[0] == b else right[::-1])
        for name in joined:
            rows[name] = joined
    ordered: list[str] = []
    for row in sorted({id(row): row for row in rows.values()}.values(), key=lambda row: -len(row)):
        ordered += row
    return ordered
