"""The causal graph in memory: concepts as numbers, and on each link the people who tell it as bits.

Concepts are numbered in the order of their names, so that comparing numbers compares names. The
people who tell a chain whole are the bits that all its links have in common.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Chain = tuple[int, ...]  # concepts by number, the first cause first
ALL = -1  # everybody's bits


class LinkRow(NamedTuple):
    """A link as the graph has it.

    Attributes:
        cause, effect: Names of the concepts.
        people: Who tells it, as ``interview/speaker``; nobody who cannot be told from others.
        interviews: In which it is told; none where only a catalogue states it.
    """

    cause: str
    effect: str
    people: Sequence[str]
    interviews: Sequence[str]


class Link(NamedTuple):
    """A link from one concept to another.

    Attributes:
        to: The concept at the other end, by number.
        people: Who tells it, as bits.
        told: Whether it is told in an interview; False where only a catalogue states it.
    """

    to: int
    people: int
    told: bool


class OutOfTime(Exception):
    """A search took longer than it may."""


class Clock:
    """How long a search may take, and how much it has done.

    Args:
        seconds: From now; None for no bound.
    """

    _EVERY = 4096  # steps between two looks at the time

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        self.steps = 0

    def tick(self, steps: int = 1) -> None:
        """Count steps of the search.

        Raises:
            OutOfTime: The time is over.
        """
        before = self.steps
        self.steps += steps
        if self._end is not None and before // self._EVERY != self.steps // self._EVERY:
            self.check()

    def check(self) -> None:
        """Look at the time now, whatever was counted; raises as `tick`."""
        if self._end is not None and time.monotonic() > self._end:
            raise OutOfTime


class Links:
    """The causal graph.

    Args:
        rows: Each link once; one from a concept to itself is no part of a chain and left out.

    Attributes:
        names: The concepts' names, sorted; a concept's number is its place here.
        out: By concept, its links to effects, by the effect's name.
        into: By concept, the links that lead to it, as links *to the cause*, by the cause's name.
        itself: Concepts with a link to themselves, each with whether somebody tells it.
        rows: The links as given.
    """

    def __init__(self, rows: Iterable[LinkRow]) -> None:
        self.rows = rows = tuple(rows)
        kept = [row for row in rows if row.cause != row.effect]
        self.names = sorted({name for row in kept for name in (row.cause, row.effect)})
        self._numbers = {name: at for at, name in enumerate(self.names)}
        self.itself: dict[int, bool] = {}
        for row in rows:
            if row.cause == row.effect and row.cause in self._numbers:
                number = self._numbers[row.cause]
                self.itself[number] = self.itself.get(number, False) or bool(row.interviews)
        self.out: list[list[Link]] = [[] for _ in self.names]
        self.into: list[list[Link]] = [[] for _ in self.names]
        self._bits: dict[str, int] = {}
        interviews: dict[str, set[str]] = {}
        for row in sorted(kept, key=lambda row: (row.cause, row.effect)):
            people = 0
            for who in row.people:
                people |= 1 << self._bits.setdefault(who, len(self._bits))
                interviews.setdefault(who, set()).update(i for i in row.interviews if who.startswith(f"{i}/"))
            cause, effect = self._numbers[row.cause], self._numbers[row.effect]
            self.out[cause].append(Link(effect, people, bool(row.interviews)))
            self.into[effect].append(Link(cause, people, bool(row.interviews)))
        self._people_in: dict[str, int] = {}
        for who, told_in in interviews.items():
            for interview in told_in:
                self._people_in[interview] = self._people_in.get(interview, 0) | 1 << self._bits[who]
        self._counts: dict[int, int] = {0: 0}
        self._alone = all(bits.bit_count() == 1 for bits in self._people_in.values())

    def __len__(self) -> int:
        return sum(map(len, self.out))

    def numbers(self, names: Iterable[str]) -> list[int]:
        """The concepts of these names that are on a link, each once, in the order given."""
        return list(dict.fromkeys(self._numbers[name] for name in names if name in self._numbers))

    def chain(self, chain: Iterable[int]) -> list[str]:
        """A chain by names."""
        return [self.names[at] for at in chain]

    def people_of(self, interview: str) -> int:
        """The interview's people, as bits."""
        return self._people_in.get(interview, 0)

    def interviews(self, people: int) -> int:
        """In how many interviews these people are."""
        if self._alone:  # one person an interview: as many as there are bits
            return people.bit_count()
        found = self._counts.get(people)
        if found is None:
            found = sum(bool(people & bits) for bits in self._people_in.values())
            self._counts[people] = found
        return found


def reaching(
    steps: Sequence[Sequence[Link]], ends: Iterable[int], most: int, *, told: bool = False
) -> list[int]:
    """From which concepts a walk leads to one of the ends.

    Args:
        steps: `Links.into` for walks that lead to the ends, `Links.out` for walks from them.
        ends: Concepts by number.
        most: Links of the longest walk.
        told: Only over links that somebody tells.

    Returns:
        For each concept the least number of links, and ``most + 1`` where there is no such walk.
    """
    far = [most + 1] * len(steps)
    now = list(dict.fromkeys(ends))
    for at in now:
        far[at] = 0
    for links in range(1, most + 1):
        after = []
        for at in now:
            for link in steps[at]:
                if far[link.to] > links and (link.told or not told):
                    far[link.to] = links
                    after.append(link.to)
        now = after
    return far
