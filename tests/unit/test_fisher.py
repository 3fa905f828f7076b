"""Fisher's exact test against values that R and scipy print, and Holm's adjustment against R's."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.statistics.fisher import fisher_exact, holm


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Examples of scipy.stats.fisher_exact and of R's fisher.test (tea, convictions); noughts.
        (((8, 2), (1, 5)), 0.03496503496503495),
        (((6, 2), (1, 4)), 0.10256410256410257),
        (((3, 1), (1, 3)), 0.48571428571428565),
        (((2, 10), (15, 3)), 0.0005367241),
        (((0, 5), (0, 7)), 1.0),
        (((5, 0), (0, 5)), 2 / 252),
    ],
)
def test_known_values(table: tuple[tuple[int, int], tuple[int, int]], expected: float) -> None:
    (a, b), (c, d) = table
    assert fisher_exact(a, a + b, c, c + d) == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_symmetry(a: int, b: int, c: int, d: int) -> None:
    p = fisher_exact(a, a + b, c, c + d)
    assert 0 < p <= 1
    assert p == fisher_exact(c, c + d, a, a + b) == fisher_exact(b, a + b, d, c + d)
    if a + b and c + d:
        # The margins decide: the most probable table of all has p = 1.
        chances = {
            x: comb(a + b, x) * comb(c + d, a + c - x) for x in range(max(0, a - d), min(a + b, a + c) + 1)
        }
        best = max(chances, key=lambda x: chances[x])
        assert fisher_exact(best, a + b, a + c - best, c + d) == 1


def test_large_groups() -> None:
    assert fisher_exact(300, 500, 200, 500) == pytest.approx(2.9e-10, rel=0.2)


def test_a_part_larger_than_its_group() -> None:
    with pytest.raises(ValueError, match="larger"):
        fisher_exact(3, 2, 0, 1)


def test_holm() -> None:
    # The example of R's help on adjusted values, by its method of that name.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
