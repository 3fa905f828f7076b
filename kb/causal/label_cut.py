"""The least number of labels without which no way is left, where a link falls with the last of its labels.

That is NP-hard, since a label may stand on several links. Labels (here people) are decided one by one, each
either taken out (doubted) or kept for good (believed), and a bound says early where that cannot become
better than what is found.

The bound is a minimum cut. Whoever tells several links shares one unit among them; whatever the shares,
the links of a cut carry no more than the number of people who must be doubted for it. Shares are moved to
the links that the cut takes, which makes the bound larger. Capacities are whole numbers, so that it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.causal.flow import minimum_cut
from kb.causal.links import Clock

_UNIT = 2**20  # a person's share of all links together
_ROUNDS = 24  # in which shares are moved, at the first decision
_AGAIN = 3  # at later ones
STEPS = 3_000_000  # of the search at most


class Told(NamedTuple):
    """A link by number, with those who tell it, by number; nobody twice."""

    start: int
    end: int
    people: frozenset[int]


def joined(links: Iterable[tuple[int, int]]) -> bool:
    """Whether links lead from 0 to 1."""
    steps: dict[int, list[int]] = {}
    for start, end in links:
        steps.setdefault(start, []).append(end)
    seen, waiting = {0}, [0]
    while waiting:
        for to in steps.get(waiting.pop(), ()):
            if to == 1:
                return True
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return False


class LabelCut:
    """The least number of people to doubt, by deciding on one after the other.

    Args:
        links: From 0 to 1, each with somebody who tells it.
        people: How many there are.
        clock: See `Clock`.
        steps: Of the search, about; then it gives bounds.
    """

    def __init__(self, links: Sequence[Told], people: int, clock: Clock, steps: int = STEPS) -> None:
        self._links, self._people, self._clock = links, people, clock
        self._tells: list[list[int]] = [[] for _ in range(people)]
        for at, link in enumerate(links):
            for who in link.people:
                self._tells[who].append(at)
        self._best = frozenset(range(people))
        self._open: list[int] = []  # bounds of what was given up
        self._end = clock.steps + steps

    def run(self) -> tuple[int, frozenset[int]]:
        """A lower bound of the number, and the smallest group found."""
        shares = [dict.fromkeys(tells, _UNIT // len(tells)) for tells in self._tells]
        self._decide(frozenset(), frozenset(), shares, _ROUNDS)
        return min([len(self._best), *self._open]), self._best

    def _decide(
        self, doubted: frozenset[int], believed: frozenset[int], shares: list[dict[int, int]], rounds: int
    ) -> None:
        bound, cut, shares = self._bound(doubted, believed, shares, rounds)
        if cut is None or bound >= len(self._best):
            return
        if not cut:  # nothing is left to cut
            self._keep(doubted)
            return
        self._keep(doubted.union(*(self._links[at].people for at in cut)))
        if bound >= len(self._best):
            return
        if self._clock.steps > self._end:
            self._open.append(bound)
            return
        undecided = {who for at in cut for who in self._links[at].people} - doubted
        # Whoever tells most of the cut's links decides most.
        who = min(
            undecided,
            key=lambda who: (-sum(at in cut for at in self._tells[who]), -len(self._tells[who]), who),
        )
        self._decide(doubted | {who}, believed, shares, _AGAIN)
        self._decide(doubted, believed | {who}, shares, _AGAIN)

    def _keep(self, doubted: frozenset[int]) -> None:
        """Remember a group that leaves no chain, without those it does not need."""
        needed = set(doubted)
        for who in sorted(doubted, key=lambda who: (len(self._tells[who]), -who)):
            if len(needed) <= 1:
                break
            if not self._stands(frozenset(needed - {who})):
                needed.discard(who)
        if len(needed) < len(self._best):
            self._best = frozenset(needed)

    def _stands(self, doubted: frozenset[int]) -> bool:
        """Whether a chain is left."""
        self._clock.tick(len(self._links))
        return joined((link.start, link.end) for link in self._links if not link.people <= doubted)

    def _bound(
        self, doubted: frozenset[int], believed: frozenset[int], shares: list[dict[int, int]], rounds: int
    ) -> tuple[int, set[int] | None, list[dict[int, int]]]:
        """How many must be doubted at least, a cut (None: none is possible), and the shares that say so."""
        living = [at for at, link in enumerate(self._links) if not link.people <= doubted]
        best: tuple[int, set[int], list[dict[int, int]]] | None = None
        for _ in range(rounds):
            capacities = []
            for at in living:
                who = self._links[at].people - doubted
                capacities.append(None if who & believed else sum(shares[one].get(at, 0) for one in who))
            self._clock.tick(4 * len(living) + 1)
            found = minimum_cut(
                [(self._links[at].start, self._links[at].end) for at in living], capacities, self._clock
            )
            if found is None:
                return len(doubted), None, shares
            flow, taken = found
            cut = {living[at] for at in taken}
            least = len(doubted) + -(-flow // _UNIT)
            if best is None or least > best[0]:
                best = least, cut, shares
            else:
                self._keep_cut(doubted, cut)
            if least >= len(self._best) or len(
                {who for at in cut for who in self._links[at].people} - doubted
            ) <= (best[0] - len(doubted)):
                best = best[0], cut, shares
                break
            shares = self._moved(shares, cut, set(living))
        assert best is not None  # there is a round
        return best

    def _keep_cut(self, doubted: frozenset[int], cut: Iterable[int]) -> None:
        self._keep(doubted.union(*(self._links[at].people for at in cut)))

    def _moved(self, shares: list[dict[int, int]], cut: set[int], living: set[int]) -> list[dict[int, int]]:
        """The shares with a part of each moved to the links of the cut, where one tells some of it."""
        moved = []
        for own in shares:
            alive = [at for at in own if at in living]
            inside = [at for at in alive if at in cut]
            if not inside or len(inside) == len(alive):
                moved.append(own)
                continue
            rest = {at: own[at] * 3 // 4 for at in alive if at not in cut}
            free = _UNIT - sum(rest.values()) - sum(own[at] for at in inside)
            moved.append(rest | {at: own[at] + free // len(inside) for at in inside})
        return moved
