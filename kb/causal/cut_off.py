"""What a fix would cut off: effects that then have no root cause left.

A root is a cause of which nobody told a cause in turn. An effect is cut off by fixing something where every
chain from a root to it leads over that, or begins there: that dominates it, as flow graphs have it.
What only a loop leads to has no root before, and so none to lose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.causal.links import Clock, Links


class CutOff(NamedTuple):
    """What fixing something would cut off.

    Attributes:
        fixed: It, by number.
        effects: What has no root cause then, by number, in order.
        leads_to: How many concepts it leads to at all.
    """

    fixed: int
    effects: tuple[int, ...]
    leads_to: int


def cut_off(links: Links, clock: Clock) -> list[CutOff]:
    """What each cause that somebody tells would cut off if it were fixed, alone.

    Args:
        links: The causal graph; what only a catalogue states plays no part.
        clock: See `Clock`.

    Raises:
        OutOfTime: See `Clock`.
    """
    out = _told(links)
    over = _dominators(out, _roots(links, out), clock)
    below: dict[int, list[int]] = {}
    for at, nearest in over.items():
        by = nearest
        while by >= 0:  # up to the roots' own beginning
            below.setdefault(by, []).append(at)
            clock.tick()
            by = over[by]
    found = []
    for at, ends in enumerate(out):
        if ends:
            reached = len(_reached(out, [at], clock)) - 1
            found.append(CutOff(at, tuple(sorted(below.get(at, ()))), reached))
    return found


def cut_off_by_all(links: Links, fixed: Sequence[int], clock: Clock) -> CutOff | None:
    """What fixing several at once would cut off; None if none of them is on a link. Errors as `cut_off`."""
    if not fixed:
        return None
    out = _told(links)
    roots = _roots(links, out)
    before = _reached(out, roots, clock)
    left = _reached(out, [at for at in roots if at not in fixed], clock, without=set(fixed))
    ends = _reached(out, fixed, clock)
    return CutOff(fixed[0], tuple(sorted(before - left - set(fixed))), len(ends - set(fixed)))


def _told(links: Links) -> list[list[int]]:
    return [[link.to for link in out if link.told] for out in links.out]


def _roots(links: Links, out: Sequence[Sequence[int]]) -> list[int]:
    caused = {to for ends in out for to in ends} | {at for at, told in links.itself.items() if told}
    return [at for at, ends in enumerate(out) if ends and at not in caused]


def _reached(
    out: Sequence[Sequence[int]], begin: Iterable[int], clock: Clock, *, without: Iterable[int] = ()
) -> set[int]:
    seen, waiting = set(begin), list(begin)
    barred = set(without)
    while waiting:
        ends = out[waiting.pop()]
        clock.tick(len(ends) + 1)
        for to in ends:
            if to not in seen and to not in barred:
                seen.add(to)
                waiting.append(to)
    return seen


def _dominators(out: Sequence[Sequence[int]], roots: Sequence[int], clock: Clock) -> dict[int, int]:
    """For each concept that a root leads to, the nearest that all ways from roots to it pass; -1 for none.

    Source: K. Cooper, T. Harvey, K. Kennedy, A simple, fast dominance algorithm, Rice University TR-06-33870
    (2001), with one beginning, -1, before all roots.
    """
    order = _postorder(out, roots)
    place = {at: n for n, at in enumerate(order)}
    before: dict[int, list[int]] = {at: [] for at in order}
    for at in order:
        for to in out[at]:
            before[to].append(at)
    for at in roots:
        before[at].append(-1)
    over: dict[int, int] = {-1: -1}
    place[-1] = len(order)

    def common(one: int, other: int) -> int:
        while one != other:
            clock.tick()
            if place[one] < place[other]:
                one = over[one]
            else:
                other = over[other]
        return one

    changed = True
    while changed:
        changed = False
        for at in reversed(order):
            known = [by for by in before[at] if by in over]
            by = known[0]
            for other in known[1:]:
                by = common(by, other)
            if over.get(at) != by:
                over[at] = by
                changed = True
    del over[-1]
    return over


def _postorder(out: Sequence[Sequence[int]], roots: Iterable[int]) -> list[int]:
    seen: set[int] = set()
    order: list[int] = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        work = [(root, iter(out[root]))]
        while work:
            at, rest = work[-1]
            for to in rest:
                if to not in seen:
                    seen.add(to)
                    work.append((to, iter(out[to])))
                    break
            else:
                work.pop()
                order.append(at)
    return order
