"""Chance-corrected agreement: Cohen's kappa, Krippendorff's alpha, and distances between code sets.

Where a coefficient is not defined (nothing to pair, no variation) the value is None and the reason
says why: agreement by chance is then total, and neither 1 nor 0 would be true.

Sources:
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20(1), 37-46.
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania,
    https://repository.upenn.edu/asc_papers/43. Section D: any metric, incomplete data.
    Passonneau, R. (2006). Measuring Agreement on Set-Valued Items (MASI) for Semantic and Pragmatic
    Annotation. LREC 2006.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from itertools import chain, combinations, repeat
from math import fsum
from typing import NamedTuple, TypeVar

Value = TypeVar("Value", bound=Hashable)
Distance = Callable[[Value, Value], float]

NOTHING_TO_PAIR = "no turn was judged by two coders"
NO_VARIATION = "no variation: every judgement is the same, so agreement by chance is total"


class Coefficient(NamedTuple):
    """One coefficient with what it is made of.

    Attributes:
        value: The coefficient, at most 1, 0 for agreement as by chance; None where undefined.
        observed: Share of observed agreement (kappa), or 1 minus observed disagreement (alpha).
        expected: The same as chance would give it.
        units: Units that two or more coders judged, which alone count.
        reason: Why the value is None; else None.
    """

    value: float | None
    observed: float | None
    expected: float | None
    units: int
    reason: str | None = None


def cohen_kappa(pairs: Iterable[tuple[Value, Value]]) -> Coefficient:
    """Cohen's kappa of two coders.

    Args:
        pairs: The two coders' values, one pair for each unit that both judged; or a `Counter` of them.
    """
    table = Counter(pairs)
    n = table.total()
    if n == 0:
        return Coefficient(None, None, None, 0, NOTHING_TO_PAIR)
    observed = sum(count for (a, b), count in table.items() if a == b) / n
    first: Counter[Value] = Counter()
    second: Counter[Value] = Counter()
    for (a, b), count in table.items():
        first[a] += count
        second[b] += count
    by_chance = sum(first[value] * second[value] for value in first)  # whole numbers: exact
    if by_chance == n * n:
        return Coefficient(None, observed, 1.0, n, NO_VARIATION)
    expected = by_chance / (n * n)
    return Coefficient((observed - expected) / (1 - expected), observed, expected, n)


def krippendorff_alpha(units: Iterable[Sequence[Value]], distance: Distance[Value]) -> Coefficient:
    """Krippendorff's alpha for any number of coders, with missing values.

    Args:
        units: For each unit the values it was given; who judged it not is just not in it. A unit
            with fewer than two values cannot be paired and takes no part. Or a `Counter` of them.
        distance: 0 for equal values, symmetric; the squared difference function of the source
            (for nominal values and for the set distances here the square is part of the measure).
    """
    alike = Counter(map(tuple, units)) if not isinstance(units, Counter) else units
    pairable = [(Counter(values), times) for values, times in alike.items() if len(values) >= 2]
    number = sum(times for _, times in pairable)
    if not number:
        return Coefficient(None, None, None, 0, NOTHING_TO_PAIR)
    total: Counter[Value] = Counter()
    for counts, times in pairable:
        for value, count in counts.items():
            total[value] += count * times
    n = total.total()
    if len(+total) == 1:
        return Coefficient(None, 1.0, 1.0, number, NO_VARIATION)
    # fsum rounds once, so that the result does not depend on the order of the units.
    apart = ((_disagreement(counts, distance) / (counts.total() - 1), times) for counts, times in pairable)
    observed = fsum(chain.from_iterable(repeat(part, times) for part, times in apart if part)) / n
    expected = _disagreement(total, distance) / (n * (n - 1))
    return Coefficient(1 - observed / expected, 1 - observed, 1 - expected, number)


def _disagreement(counts: Counter[Value], distance: Distance[Value]) -> float:
    """The distances over all ordered pairs of different judgements."""
    return 2 * fsum(counts[a] * counts[b] * distance(a, b) for a, b in combinations(counts, 2))


def nominal(a: object, b: object) -> float:
    """0 for equal values, else 1."""
    return 0.0 if a == b else 1.0


def jaccard(a: Set[str], b: Set[str]) -> float:
    """1 minus the shared part of two sets; two empty sets are equal."""
    union = a | b
    return 1 - len(a & b) / len(union) if union else 0.0


def masi(a: Set[str], b: Set[str]) -> float:
    """The MASI distance: Jaccard's shared part, weighted by how the sets lie to each other.

    The weight is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where
    they are disjoint (Passonneau 2006); an empty set and another are disjoint.
    """
    if a == b:
        return 0.0
    shared = a & b
    if not shared:
        return 1.0
    weight = 2 / 3 if a < b or b < a else 1 / 3
    return 1 - weight * len(shared) / len(a | b)
