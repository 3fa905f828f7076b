"""Saturation: how many codes (or relations) have been met after so many interviews.

The order of interviews is an accident, so the curve is taken over many orders. Its mean has a closed
form, the sample-based rarefaction curve (Mao tau: Colwell, Mao and Chang 2004, Ecology 85:2717-2727,
equation 4): with n interviews, of which m_i have item i, the number of distinct items in k of them is
on average

    S(k) = sum over i of (1 - C(n - m_i, k) / C(n, k))

Its spread is taken from the orders themselves: all of them where there are few, else random ones from
a fixed seed, so that the same corpus gives the same curve.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, reduce
from itertools import accumulate, permutations, repeat
from math import factorial, fsum
from operator import or_, sub
from typing import NamedTuple

ORDERS = 2000  # of n! orders, how many are drawn where n! is larger
SEED = 20  # any; fixed, so that a figure can be drawn again
BAND = (0.1, 0.9)  # quantiles that the spread runs between


class Step(NamedTuple):
    """What is met after `interviews` interviews, over the orders in which they may come.

    Attributes:
        interviews: How many interviews, from 1.
        mean, low, high: Distinct items met so far: expectation and quantiles.
        new_mean, new_low, new_high: Those of them that the last of these interviews brought.
    """

    interviews: int
    mean: float
    low: float
    high: float
    new_mean: float
    new_low: float
    new_high: float


class Curve(NamedTuple):
    """A saturation curve.

    Attributes:
        steps: One for each number of interviews.
        orders: Orders that the spread was taken from.
        exhaustive: Whether these are all there are.
    """

    steps: tuple[Step, ...]
    orders: int
    exhaustive: bool


def saturation(
    items: Mapping[str, Set[Hashable]],
    *,
    orders: int = ORDERS,
    seed: int = SEED,
    band: tuple[float, float] = BAND,
) -> Curve:
    """The saturation curve of a corpus.

    Args:
        items: What was met in each interview; an interview without any item is one, too.
        orders: How many orders to draw where there are more than that.
        seed: Of the random orders.
        band: Quantiles for the spread.
    """
    names = sorted(items)
    if not names:
        return Curve((), 0, True)
    exhaustive = factorial(len(names)) <= orders
    of_each = _masks(items)
    masks = [of_each[name] for name in names]
    drawn = permutations(masks) if exhaustive else _in_orders(masks, orders, seed)
    totals = list(zip(*map(_cumulative, drawn), strict=True))
    means = expected(items)
    steps = []
    for at, of_orders in enumerate(totals):
        before = totals[at - 1] if at else (0,) * len(of_orders)
        new = sorted(map(sub, of_orders, before))
        counts = sorted(of_orders)
        steps.append(
            Step(
                interviews=at + 1,
                mean=means[at],
                low=quantile(counts, band[0]),
                high=quantile(counts, band[1]),
                new_mean=means[at] - (means[at - 1] if at else 0.0),
                new_low=quantile(new, band[0]),
                new_high=quantile(new, band[1]),
            )
        )
    return Curve(tuple(steps), len(totals[0]), exhaustive)


def expected(items: Mapping[str, Set[Hashable]]) -> list[float]:
    """The mean number of distinct items after 1, 2 … n interviews, over all orders, exactly."""
    n = len(items)
    held = Counter(item for found in items.values() for item in found)
    alike = Counter(held.values())
    missed: list[list[float]] = [[] for _ in range(n)]
    for m, count in alike.items():
        without, all_of_them = 1, 1  # C(n - m, k) and C(n, k), one from the other
        for k in range(1, n + 1):
            without = without * (n - m - k + 1) // k if k <= n - m else 0
            all_of_them = all_of_them * (n - k + 1) // k
            missed[k - 1] += repeat(1 - without / all_of_them, count)
    return [fsum(parts) for parts in missed]


def quantile(ordered: Sequence[int], q: float) -> float:
    """The q-quantile of sorted values, interpolated (Hyndman and Fan's type 7, the usual default)."""
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _masks(items: Mapping[str, Set[Hashable]]) -> dict[str, int]:
    """Each interview's items as the bits of a number: sets of a thousand are joined in one step."""
    bits: dict[Hashable, int] = {}
    return {
        name: reduce(or_, (1 << bits.setdefault(item, len(bits)) for item in found), 0)
        for name, found in items.items()
    }


def _cumulative(masks: Iterable[int]) -> list[int]:
    return [met.bit_count() for met in accumulate(masks, or_)]


def _in_orders(values: Sequence[int], orders: int, seed: int) -> Iterator[list[int]]:
    """The values in each of the drawn orders."""
    for order in _random_orders(len(values), orders, seed):
        yield [values[at] for at in order]


@lru_cache(maxsize=1)  # the next curve is often of as many interviews
def _random_orders(number: int, orders: int, seed: int) -> list[array[int]]:
    """Orders of the numbers below `number`."""
    source = random.Random(seed)  # noqa: S311 - a fixed sample of orders, nothing secret
    return [array("L", source.sample(range(number), number)) for _ in range(orders)]
