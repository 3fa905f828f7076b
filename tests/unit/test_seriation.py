"""Rows in which like things are neighbours."""

from __future__ import annotations

import random

from kb.statistics.seriation import seriate


def test_the_likest_pairs_become_neighbours() -> None:
    likeness = {("a", "c"): 3.0, ("e", "c"): 2.0, ("b", "d"): 1.0, ("a", "e"): 0.5}
    # a–c and c–e are joined first; a–e would close a ring; b–d stay on their own; f is like nothing.
    assert seriate("abcdef", likeness) == ["a", "c", "e", "b", "d", "f"]


def test_a_pair_may_be_given_either_way_round() -> None:
    assert seriate("abc", {("c", "a"): 1}) == seriate("abc", {("a", "c"): 1}) == ["a", "c", "b"]


def test_a_hidden_order_is_found() -> None:
    names = [f"n{i:02}" for i in range(15)]
    likeness = {(a, b): 1 / abs(i - j) for i, a in enumerate(names) for j, b in enumerate(names) if i < j}
    shuffled = random.Random(4).sample(names, len(names))
    assert seriate(shuffled, likeness) in (names, names[::-1])


def test_every_name_once_whatever_the_likeness() -> None:
    source = random.Random(9)
    names = [f"n{i}" for i in range(12)]
    for _ in range(20):
        likeness = {
            (a, b): source.randrange(4) for a in names for b in names if a < b and source.random() < 0.5
        }
        assert sorted(seriate(names, likeness)) == sorted(names)
    assert seriate([], {}) == []
