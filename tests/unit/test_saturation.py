"""Saturation curves: worked by hand, against every order, and against the closed form."""

from __future__ import annotations

import random
from itertools import combinations, pairwise, permutations
from math import sqrt
from statistics import fmean, stdev

import pytest

from kb.statistics.saturation import expected, quantile, saturation

# Three interviews: a has codes 1 and 2, b has 2 and 3, c has 3.
BY_HAND = {"a": {1, 2}, "b": {2, 3}, "c": {3}}


def test_a_curve_worked_by_hand() -> None:
    # Orders, distinct codes after 1, 2, 3:  abc 2 3 3, acb 2 3 3, bac 2 3 3, bca 2 2 3, cab 1 3 3, cba 1 2 3.
    curve = saturation(BY_HAND, band=(0, 1))
    assert (curve.orders, curve.exhaustive) == (6, True)
    assert [step.interviews for step in curve.steps] == [1, 2, 3]
    assert [step.mean for step in curve.steps] == pytest.approx([10 / 6, 16 / 6, 3])
    assert [(step.low, step.high) for step in curve.steps] == [(1, 2), (2, 3), (3, 3)]
    # What the last interview brings:          1 0, 1 0, 1 0, 0 1, 2 0, 1 1.
    assert [step.new_mean for step in curve.steps] == pytest.approx([10 / 6, 1, 2 / 6])
    assert [(step.new_low, step.new_high) for step in curve.steps] == [(1, 2), (0, 2), (0, 1)]


def test_the_default_band_is_where_the_middle_of_the_orders_lies() -> None:
    # After one interview the six orders have 1 1 2 2 2 2: the 10 % quantile is 1, the 90 % quantile 2.
    first = saturation(BY_HAND).steps[0]
    assert (first.low, first.high) == (1, 2)
    # After two, 2 2 3 3 3 3.
    assert (saturation(BY_HAND).steps[1].low, saturation(BY_HAND).steps[1].high) == (2, 3)


def corpus(interviews: int, codes: int, seed: int) -> dict[str, set[int]]:
    source = random.Random(seed)
    sizes = [source.randrange(codes) for _ in range(interviews)]
    return {str(n): set(source.sample(range(codes), size)) for n, size in enumerate(sizes)}


@pytest.mark.parametrize("seed", range(5))
def test_the_closed_form_is_the_mean_over_all_subsets(seed: int) -> None:
    items = corpus(6, 12, seed)
    for k, mean in enumerate(expected(items), start=1):
        unions = [len(set().union(*chosen)) for chosen in combinations(items.values(), k)]
        assert mean == pytest.approx(sum(unions) / len(unions))


def test_random_orders_agree_with_the_closed_form() -> None:
    items = corpus(20, 40, 7)
    runs = 400
    # A curve of one order: its quantiles are that order's counts.
    drawn = [saturation(items, orders=1, seed=seed).steps for seed in range(runs)]
    for at, mean in enumerate(expected(items)):
        counts = [steps[at].low for steps in drawn]
        standard_error = stdev(counts) / sqrt(runs)
        assert fmean(counts) == pytest.approx(mean, abs=4 * standard_error + 0.02)


def test_the_spread_narrows_to_the_whole_and_holds_the_mean() -> None:
    curve = saturation(corpus(25, 60, 3))
    assert not curve.exhaustive
    for step in curve.steps:
        assert step.low <= step.mean + 1
        assert step.mean - 1 <= step.high
    last = curve.steps[-1]
    assert last.low == last.high == pytest.approx(last.mean)
    means = [step.mean for step in curve.steps]
    assert means == sorted(means)
    new = [step.new_mean for step in curve.steps]
    assert all(a >= b - 1e-9 for a, b in pairwise(new))


def test_the_same_corpus_gives_the_same_curve_however_it_is_listed() -> None:
    items = corpus(12, 30, 11)
    assert saturation(items) == saturation(dict(reversed(items.items())))
    assert saturation(items).steps != saturation(items, seed=21).steps


def test_few_interviews_are_put_in_every_order() -> None:
    items = corpus(6, 10, 2)
    curve = saturation(items, band=(0.5, 0.5))
    assert curve.orders == 720
    counts = sorted(len(set().union(*(items[n] for n in order[:3]))) for order in permutations(items))
    assert curve.steps[2].low == (counts[359] + counts[360]) / 2


def test_one_interview_none_and_an_interview_without_any_code() -> None:
    assert saturation({}).steps == ()
    one = saturation({"a": {1, 2}}).steps
    assert [(step.mean, step.low, step.high, step.new_mean) for step in one] == [(2, 2, 2, 2)]
    assert expected({"a": {1}, "b": set()}) == [0.5, 1]


def test_quantiles_lie_between_values() -> None:
    assert quantile([1, 2, 3, 4], 0.5) == 2.5
    assert (quantile([1, 2, 3], 0), quantile([1, 2, 3], 1)) == (1, 3)
