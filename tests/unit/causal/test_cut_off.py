"""What a fix would cut off: against taking each concept out of small graphs."""

from __future__ import annotations

import itertools
import random

import pytest

from kb.causal.cut_off import cut_off, cut_off_by_all
from kb.causal.links import Clock, LinkRow, Links


def drawn(seed: int) -> list[tuple[str, str, bool]]:
    draw = random.Random(seed)
    names = [f"c{n}" for n in range(draw.randint(3, 9))]
    density = draw.choice((0.15, 0.25, 0.4))
    pairs = [(a, b) for a, b in itertools.product(names, names) if draw.random() < density]
    return [(a, b, draw.random() < 0.85) for a, b in pairs]


def graph(rows: list[tuple[str, str, bool]]) -> Links:
    return Links(LinkRow(a, b, ["1/P"] * told, ["1"] * told) for a, b, told in rows)


def rooted(rows: list[tuple[str, str, bool]], roots: set[str], without: set[str]) -> set[str]:
    seen = roots - without
    while True:
        more = {b for a, b, told in rows if told and a in seen and b not in without} - seen
        if not more:
            return seen
        seen |= more


@pytest.mark.parametrize("seed", range(120))
def test_what_is_cut_off_has_no_root_left_without_it(seed: int) -> None:
    rows = drawn(seed)
    told = [(a, b) for a, b, is_told in rows if is_told]
    roots = {a for a, _ in told} - {b for _, b in told}
    before = rooted(rows, roots, set())
    links = graph(rows)
    found = {links.names[cut.fixed]: cut for cut in cut_off(links, Clock())}
    assert set(found) == {a for a, b in told if a != b}
    for name, cut in found.items():
        right = before - rooted(rows, roots, {name}) - {name}
        assert {links.names[at] for at in cut.effects} == right
        assert cut.leads_to == len(rooted(rows, {name}, set()) - {name})
        assert cut_off_by_all(links, [cut.fixed], Clock()) == cut
    for pair in itertools.combinations(found, 2):
        both = cut_off_by_all(links, links.numbers(pair), Clock())
        assert both is not None
        right = before - rooted(rows, roots, set(pair)) - set(pair)
        assert {links.names[at] for at in both.effects} == right


def test_what_has_two_roots_is_cut_off_by_none_of_them_alone() -> None:
    links = graph([("a", "m", True), ("b", "m", True), ("m", "x", True), ("x", "y", True)])
    found = {links.names[cut.fixed]: links.chain(cut.effects) for cut in cut_off(links, Clock())}
    assert found == {"a": [], "b": [], "m": ["x", "y"], "x": ["y"]}
    both = cut_off_by_all(links, links.numbers(["a", "b"]), Clock())
    assert both is not None
    assert links.chain(both.effects) == ["m", "x", "y"]


def test_a_loop_without_a_beginning_has_no_root_to_lose() -> None:
    links = graph([("a", "b", True), ("b", "a", True), ("b", "c", True)])
    assert [cut.effects for cut in cut_off(links, Clock())] == [(), ()]
    assert cut_off_by_all(links, [], Clock()) is None
