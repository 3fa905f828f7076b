"""The searches in the causal graph, against enumerating every chain of small graphs by brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from kb.causal.along import stops
from kb.causal.chains import count_chains, first_chains
from kb.causal.forward import Asked
from kb.causal.links import Clock, LinkRow, Links, OutOfTime
from kb.causal.loops import find_loops, strong_parts
from kb.causal.reach import reach, roots


def link(cause: str, effect: str, *people: str) -> LinkRow:
    return LinkRow(cause, effect, people, sorted({who.partition("/")[0] for who in people}))


def dense(names: int, person: str = "1/P") -> Links:
    """Every link there can be, all told by one person: the worst there is."""
    pairs = itertools.permutations([f"c{n:03d}" for n in range(names)], 2)
    return Links(link(a, b, person) for a, b in pairs)


def drawn(seed: int) -> Links:
    draw = random.Random(seed)
    names = [f"c{n}" for n in range(draw.randint(3, 8))]
    pairs = {(a, b) for a, b in itertools.permutations(names, 2) if draw.random() < 0.35}
    people = ["1/A", "1/B", "2/A", "3/A"]
    return Links(link(a, b, *draw.sample(people, draw.randint(0, 2))) for a, b in sorted(pairs))


def every_chain(links: Links, depth: int) -> Iterator[tuple[int, ...]]:
    waiting = [(at,) for at in range(len(links.names))]
    while waiting:
        chain = waiting.pop()
        if len(chain) > 1:
            yield chain
        if len(chain) <= depth:
            waiting += [(*chain, out.to) for out in links.out[chain[-1]] if out.to not in chain]


def tellers(links: Links, chain: tuple[int, ...]) -> int:
    people = -1
    for cause, effect in itertools.pairwise(chain):
        people &= next(out.people for out in links.out[cause] if out.to == effect)
    return people


def by_catalogue(links: Links, chain: tuple[int, ...]) -> bool:
    return any(
        not next(out.told for out in links.out[a] if out.to == b) for a, b in itertools.pairwise(chain)
    )


def how_told(links: Links, chain: tuple[int, ...]) -> str:
    if by_catalogue(links, chain):
        return "catalogue"
    return "whole" if tellers(links, chain) else "stitched"


@pytest.mark.parametrize("seed", range(40))
def test_chains_come_whole_first_then_by_length_then_by_name(seed: int) -> None:
    links = drawn(seed)
    for end in range(len(links.names)):
        chains = [chain for chain in every_chain(links, 4) if chain[-1] == end]

        def order(chain: tuple[int, ...]) -> tuple[object, ...]:
            told_in = links.interviews(tellers(links, chain))
            return (-told_in, by_catalogue(links, chain), len(chain), chain)

        asked = Asked((end,), None, 4)
        right = sorted(chains, key=order)
        assert first_chains(links, asked, 10_000, Clock()) == right
        assert first_chains(links, asked, 3, Clock()) == right[:3]
        assert count_chains(links, asked, Clock()) == (len(right), True)
        for told in ("whole", "stitched", "catalogue"):
            kind = [chain for chain in right if how_told(links, chain) == told]
            assert first_chains(links, Asked((end,), None, 4, told), 10_000, Clock()) == kind


@pytest.mark.parametrize("seed", range(40))
def test_stops_lie_on_a_chain_from_the_cause_that_passes_nothing_twice(seed: int) -> None:
    links = drawn(seed)
    for cause, end in itertools.permutations(range(len(links.names)), 2):
        right: dict[int, int] = {}
        for chain in every_chain(links, 4):
            if chain[0] == cause and chain[-1] == end:
                for at, stop in enumerate(reversed(chain)):
                    right[stop] = min(at, right.get(stop, at))
        assert stops(links, [end], [cause], 4, Clock()) == right


def test_a_stop_that_only_leads_back_over_the_cause_is_none() -> None:
    # From b every way to the end leads over the cause again.
    links = Links([link("cause", "b", "1/P"), link("b", "cause", "1/P"), link("cause", "end", "1/P")])
    found = stops(links, links.numbers(["end"]), links.numbers(["cause"]), 8, Clock())
    assert {links.names[at] for at in found} == {"cause", "end"}


@pytest.mark.parametrize("seed", range(40))
def test_loops_once_each_from_their_first_concept(seed: int) -> None:
    links = drawn(seed)
    right = sorted(
        (
            (*chain, chain[0])
            for chain in every_chain(links, 4)
            if chain[0] == min(chain) and any(out.to == chain[0] for out in links.out[chain[-1]])
        ),
        key=lambda loop: (len(loop), loop),
    )
    assert find_loops(links, 5, 10_000, Clock()) == (right, len(right), True)
    if len(right) > 2:
        shown, count, complete = find_loops(links, 5, 2, Clock())
        whole = [loop for loop in right if tellers(links, loop) > 0]
        assert (count, complete) == (len(right), True)
        assert shown[: len(whole)] == whole[:2]


def test_parts_of_a_graph_that_lead_to_each_other() -> None:
    part = strong_parts({0: [1], 1: [0, 2], 2: [3], 3: [2]})
    assert part[0] == part[1] != part[2] == part[3]


def test_a_long_chain_needs_no_deep_recursion() -> None:
    assert len(set(strong_parts({n: [n + 1] for n in range(20_000)}).values())) == 20_001


def through_one_code(links: int) -> Links:
    """A rare cause of a popular code, and a rare effect of it: all ways lead through the code, once."""
    draw = random.Random(1)
    pairs = {tuple(draw.sample(range(60), 2)) for _ in range(links)}
    told = [link(f"c{a:02d}", f"c{b:02d}", f"{draw.randint(1, 40)}/P") for a, b in sorted(pairs)]
    return Links([*told, link("rare cause", "c00", "x/P"), link("c00", "rare effect", "y/P")])


def test_ways_that_would_pass_a_code_twice_are_not_walked() -> None:
    links = through_one_code(900)
    cause, code, effect = links.numbers(["rare cause", "c00", "rare effect"])
    clock = Clock()
    asked = Asked((effect,), frozenset([cause]), 8)
    assert first_chains(links, asked, 50, clock) == [(cause, code, effect)]
    assert stops(links, [effect], [cause], 8, clock) == {effect: 0, code: 1, cause: 2}
    assert clock.steps < 500_000


def test_a_loop_that_nobody_told_alone_is_not_looked_for_in_one_persons_chains() -> None:
    # Somebody tells everything in one direction, somebody else the one way back.
    names = [f"c{n:02d}" for n in range(40)]
    forward = [link(a, b, "1/P") for a, b in itertools.combinations(names, 2)]
    links = Links([*forward, link(names[-1], names[0], "2/P")])
    clock = Clock()
    loops, _, _ = find_loops(links, 8, 20, clock)
    assert len(loops) == 20
    assert all(tellers(links, loop) == 0 for loop in loops)
    assert clock.steps < 2_000_000


@pytest.mark.parametrize("seed", range(20))
def test_reach_and_beginnings(seed: int) -> None:
    links = drawn(seed)
    told = [chain for chain in every_chain(links, 3) if not by_catalogue(links, chain)]
    found, complete = reach(links, 3, Clock())
    assert complete
    for row in found:
        assert row.effects == len({chain[-1] for chain in told if chain[0] == row.cause})
        whole = [c for c in told if len(c) > 2 and tellers(links, c) and row.cause in c[:-1]]
        assert row.chains == len(whole)
    assert {row.cause for row in found} == {chain[0] for chain in told}
    for root in roots(links, None, 3, Clock()):
        ways = [chain for chain in every_chain(links, 3) if chain[0] == root.cause]
        told = any(link.told for link in links.out[root.cause])
        assert not any(link.told or not told for link in links.into[root.cause])
        assert root.effects == len({chain[-1] for chain in ways})
        assert root.chain == min(ways, key=lambda chain: (len(chain), chain[-1], chain))


def test_what_is_not_shown_is_counted_no_further_than_anybody_reads() -> None:
    links = dense(40)
    asked = Asked((0,), None, 8)
    clock = Clock()
    assert len(first_chains(links, asked, 50, clock)) == 50
    count, complete = count_chains(links, asked, clock)
    assert 50 < count <= 10_000
    assert not complete
    loops, count, complete = find_loops(links, 8, 50, clock)
    assert len(loops) == 50
    assert not complete
    assert clock.steps < 2_000_000  # of millions of millions of walks


def test_chains_of_one_kind_are_not_looked_for_among_all_of_another() -> None:
    # One person told everything: no chain is stitched, and finding that out takes no walk of them all.
    clock = Clock()
    assert first_chains(dense(40), Asked((0,), None, 8, "stitched"), 50, clock) == []
    assert first_chains(dense(40), Asked((0,), None, 8, "catalogue"), 50, clock) == []
    assert clock.steps < 1_000_000


def test_a_search_ends_with_its_time() -> None:
    links = dense(60)
    with pytest.raises(OutOfTime):
        reach(links, 8, Clock(0.0))


def test_people_of_an_interview_whose_name_begins_another() -> None:
    links = Links([LinkRow("a", "b", ["1/P", "11/P"], ["1", "11"]), LinkRow("b", "c", ["11/P"], ["11"])])
    assert links.interviews(links.people_of("1")) == 1
    asked = Asked(tuple(links.numbers(["c"])), None, 3, people=links.people_of("1"))
    assert first_chains(links, asked, 10, Clock()) == []
    assert links.numbers(["nothing", "c", "c"]) == [2]
