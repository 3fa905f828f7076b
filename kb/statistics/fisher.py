"""Fisher's exact test on two groups, and Holm's adjustment for many tests.

R. A. Fisher, On the interpretation of χ² from contingency tables, and the calculation of P, JRSS 85 (1922).
S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb


def fisher_exact(some: int, of: int, others: int, of_others: int) -> float:
    """How probable a difference as large as this is if group and property have nothing to do with each other.

    Two-sided: the sum over all tables of the same margins that are no more probable than this one. Whole
    numbers throughout, so that equally probable tables are equal.

    Args:
        some: How many of a group have the property.
        of: How many it has.
        others: How many of the other group have the property.
        of_others: How many that one has.

    Raises:
        ValueError: A part is larger than its group.
    """
    if not (0 <= some <= of and 0 <= others <= of_others):
        raise ValueError("a part of a group is larger than it")
    having = some + others
    least, most = max(0, having - of_others), min(of, having)
    ways = [comb(of, at) * comb(of_others, having - at) for at in range(least, most + 1)]
    seen = ways[some - least]
    return sum(way for way in ways if way <= seen) / comb(of + of_others, having)


def holm(values: Sequence[float]) -> list[float]:
    """P-values adjusted for as many tests as there are, in the same order."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    adjusted = [0.0] * len(values)
    largest = 0.0
    for rank, at in enumerate(order):
        largest = max(largest, min(1.0, (len(values) - rank) * values[at]))
        adjusted[at] = largest
    return adjusted
