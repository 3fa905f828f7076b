"""Whose word must be doubted before no chain is left: against trying every group of people."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest

from kb.causal.doubt import Argument, tellers
from kb.causal.flow import minimum_cut
from kb.causal.links import Clock, LinkRow, OutOfTime

CAUSE, EFFECT = "c0", "c1"


def link(cause: str, effect: str, *people: str, interviews: Sequence[str] = ()) -> LinkRow:
    return LinkRow(cause, effect, people, interviews or sorted({who.partition("/")[0] for who in people}))


def drawn(seed: int) -> list[LinkRow]:
    draw = random.Random(seed)
    names = [f"c{n}" for n in range(draw.randint(3, 7))]
    people = [f"{n}/P" for n in range(draw.randint(1, 6))]
    rows = []
    for a, b in itertools.permutations(names, 2):
        if draw.random() < 0.4:
            rows.append(link(a, b, *draw.sample(people, draw.randint(0, min(3, len(people))))))
    return rows


def chain_left(rows: list[LinkRow], doubted: set[str], causes: set[str], effects: set[str]) -> bool:
    seen, waiting = set(causes), list(causes)
    while waiting:
        at = waiting.pop()
        for row in rows:
            if row.cause == at and row.interviews and not set(tellers(row)) <= doubted:
                if row.effect in effects:
                    return True
                if row.effect not in seen:
                    seen.add(row.effect)
                    waiting.append(row.effect)
    return False


def least(rows: list[LinkRow], causes: set[str], effects: set[str]) -> int:
    people = sorted({who for row in rows for who in tellers(row)})
    for size in range(len(people) + 1):
        for group in itertools.combinations(people, size):
            if not chain_left(rows, set(group), causes, effects):
                return size
    raise AssertionError


@pytest.mark.parametrize("seed", range(150))
def test_the_least_number_of_people_is_that_of_trying_all_groups(seed: int) -> None:
    rows = drawn(seed)
    argument = Argument(rows, [CAUSE], [EFFECT], Clock())
    found = argument.in_all()
    assert found.least == len(found.people) == least(rows, {CAUSE}, {EFFECT})
    assert not chain_left(rows, set(found.people), {CAUSE}, {EFFECT})
    # The links named are a cut: without them no chain is left, with any one of them there is.
    gone = set(found.cut)
    standing = [row for row in rows if (row.cause, row.effect) not in gone]
    assert not chain_left(standing, set(), {CAUSE}, {EFFECT})
    for cause, effect in found.cut:
        back = [*standing, next(row for row in rows if (row.cause, row.effect) == (cause, effect))]
        assert chain_left(back, set(), {CAUSE}, {EFFECT})


@pytest.mark.parametrize("seed", range(60))
def test_several_causes_and_effects_are_one_question(seed: int) -> None:
    rows = drawn(seed)
    found = Argument(rows, ["c0", "c2"], ["c1", "c3"], Clock()).in_all()
    assert found.least == len(found.people) == least(rows, {"c0", "c2"}, {"c1", "c3"})


@pytest.mark.parametrize("seed", range(60))
def test_who_told_a_chain_whole_has_links_of_their_own_all_the_way(seed: int) -> None:
    rows = drawn(seed)
    found = Argument(rows, [CAUSE], [EFFECT], Clock()).tellers_of_whole()
    right = [
        who
        for who in sorted({who for row in rows for who in row.people})
        if chain_left([row for row in rows if who in row.people], set(), {CAUSE}, {EFFECT})
    ]
    assert found == right


def test_one_person_who_tells_many_links_is_one() -> None:
    # Three ways, each over a link of its own by the same person: one word less and none is left.
    rows = [link(CAUSE, f"m{n}", f"{n}/P", "9/P") for n in range(3)]
    rows += [link(f"m{n}", EFFECT, "7/P") for n in range(3)]
    found = Argument(rows, [CAUSE], [EFFECT], Clock()).in_all()
    assert (found.least, found.people) == (1, ("7/P",))


def test_a_link_falls_with_the_last_who_tells_it() -> None:
    rows = [link(CAUSE, "m", "1/P", "2/P"), link("m", EFFECT, "3/P", "4/P", "5/P")]
    found = Argument(rows, [CAUSE], [EFFECT], Clock()).in_all()
    assert (found.least, found.people, found.cut) == (2, ("1/P", "2/P"), ((CAUSE, "m"),))


def test_somebody_who_cannot_be_told_from_others_is_doubted_as_one_and_tells_nothing_whole() -> None:
    rows = [link(CAUSE, EFFECT, interviews=["4"]), link(CAUSE, EFFECT + "x", "4/P")]
    argument = Argument(rows, [CAUSE], [EFFECT], Clock())
    assert argument.in_all().people == ("4/?",)
    assert argument.tellers_of_whole() == []


def test_what_only_a_catalogue_states_is_nobodys_word() -> None:
    assert Argument([LinkRow(CAUSE, EFFECT, (), ())], [CAUSE], [EFFECT], Clock()).in_all().least == 0


def crowd(people: int, links: int, told: int) -> list[LinkRow]:
    draw = random.Random(links)
    names = [f"c{n}" for n in range(links // 4)]
    who = [f"{n}/P" for n in range(people)]
    pairs = {tuple(draw.sample(names, 2)) for _ in range(links)}
    return [link(a, b, *draw.sample(who, draw.randint(1, told))) for a, b in sorted(pairs)]


def test_a_hard_question_is_answered_within_bounds() -> None:
    clock = Clock()
    found = Argument(crowd(40, 600, 3), [CAUSE, "c4", "c5"], [EFFECT, "c2", "c3"], clock).in_all()
    assert 0 < found.least <= len(found.people)
    assert clock.steps < 10_000_000


def test_a_search_ends_when_its_time_is_over() -> None:
    with pytest.raises(OutOfTime):
        Argument(crowd(40, 600, 3), [CAUSE], [EFFECT], Clock(0)).in_all()


def test_a_cut_is_none_where_only_what_cannot_be_cut_is_left() -> None:
    links = [(0, 2), (2, 1), (0, 3), (3, 1)]
    assert minimum_cut(links, [3, 1, 2, 5], Clock()) == (3, [1, 2])
    assert minimum_cut(links, [3, 1, None, 5], Clock()) == (6, [1, 3])
    assert minimum_cut(links, [3, 1, None, None], Clock()) is None
