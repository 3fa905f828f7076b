"""How well what people tell holds: whose word must be doubted before no chain leads from cause to effect.

A link stands as long as somebody who tells it is not doubted. The least number of people whose doubting
leaves no chain is a minimum label cut: the people are the labels, a link falls with the last of its own.
`kb.causal.label_cut` finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.causal.label_cut import STEPS, LabelCut, Told, joined
from kb.causal.links import Clock, LinkRow

UNKNOWN = "/?"  # after an interview's id: somebody in it who cannot be told from others


class Doubt(NamedTuple):
    """What it takes to leave no chain.

    Attributes:
        least: At least so many people must be doubted.
        people: So many do, by name; the least number if `least` says so too. One such group of several.
        cut: Links that then fall and without which no chain is left, as names of cause and effect.
    """

    least: int
    people: tuple[str, ...]
    cut: tuple[tuple[str, str], ...]


class Argument:
    """All that people tell of how some causes lead to some effects.

    Args:
        rows: Links; what only a catalogue states is nobody's word and left out.
        causes: Names of the concepts that a chain begins with.
        effects: Names of those that it ends at; one that is a cause too is no end.
        clock: See `Clock`.

    Attributes:
        links: The links that are on a way from the causes to the effects.
        people: Who tells them, sorted; somebody who cannot be told from others is ``interview/?``.
    """

    def __init__(
        self, rows: Iterable[LinkRow], causes: Iterable[str], effects: Iterable[str], clock: Clock
    ) -> None:
        begin = set(causes)
        end = set(effects) - begin
        told = [(row, tellers(row)) for row in rows if row.interviews and row.cause != row.effect]
        # No chain passes its own ends in its midst.
        told = [(row, who) for row, who in told if row.effect not in begin and row.cause not in end]
        ahead, back = _steps(told, forward=True), _steps(told, forward=False)
        on = _reached(ahead, begin) & _reached(back, end)
        self._clock, self._begin, self._end = clock, begin, end
        self.rows = sorted((row.cause, row.effect, who) for row, who in told if {row.cause, row.effect} <= on)
        self.people = sorted({name for *_, who in self.rows for name in who})
        number = {name: at for at, name in enumerate(self.people)}
        places: dict[str, int] = {}
        for name in sorted(on):
            places[name] = 0 if name in begin else 1 if name in end else len(places) + 2
        self.links = [
            Told(places[cause], places[effect], frozenset(number[name] for name in who))
            for cause, effect, who in self.rows
        ]

    def tellers_of_whole(self) -> list[str]:
        """Those who told a chain whole, each by own links alone: all must be doubted, and no more."""
        found = []
        for at, name in enumerate(self.people):
            if name.endswith(UNKNOWN):  # may be several
                continue
            self._clock.tick(len(self.links))
            own = [(link.start, link.end) for link in self.links if at in link.people]
            if joined(own):
                found.append(name)
        return found

    def strongest(self, tellers: Iterable[str] | None = None) -> tuple[int, tuple[str, ...]]:
        """The chain whose weakest link most people tell: their number, and its concepts.

        Of several the shortest, of these the first by name. Who cannot be told from others is not counted.

        Args:
            tellers: Only chains that one of these told whole; None for all.
        """
        best: tuple[int, tuple[str, ...]] = 0, ()
        for own in [None] if tellers is None else tellers:
            weights = {
                (cause, effect): sum(not name.endswith(UNKNOWN) for name in who)
                for cause, effect, who in self.rows
                if own is None or own in who
            }
            for weight in sorted(set(weights.values()), reverse=True):
                self._clock.tick(len(weights))
                if best[1] and weight < best[0]:
                    break
                chain = self._shortest([link for link, people in weights.items() if people >= weight])
                if chain and (
                    not best[1] or (-weight, len(chain), chain) < (-best[0], len(best[1]), best[1])
                ):
                    best = weight, chain
                if chain:
                    break
        return best

    def _shortest(self, links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        steps: dict[str, list[str]] = {}
        for cause, effect in links:
            steps.setdefault(cause, []).append(effect)
        now: list[tuple[str, ...]] = sorted((name,) for name in self._begin)
        seen = set(self._begin)
        while now:
            after: list[tuple[str, ...]] = []
            for chain in now:
                for to in sorted(steps.get(chain[-1], ())):
                    if to not in seen:
                        seen.add(to)
                        after.append((*chain, to))
            ended = [chain for chain in after if chain[-1] in self._end]
            if ended:
                return min(ended)
            now = after
        return ()

    def in_all(self, steps: int = STEPS) -> Doubt:
        """What it takes to leave no chain at all, stitched ones too.

        Where the search would take longer, `Doubt.least` is smaller than the number of people.

        Args:
            steps: Of the search, about.

        Raises:
            OutOfTime: See `Clock`.
        """
        if not self.links:
            return Doubt(0, (), ())
        least, doubted = LabelCut(self.links, len(self.people), self._clock, steps).run()
        dead = [at for at, link in enumerate(self.links) if link.people <= doubted]
        cut = _needed(self.links, dead)
        return Doubt(
            least,
            tuple(self.people[at] for at in sorted(doubted)),
            tuple(self.rows[at][:2] for at in cut),
        )


def tellers(row: LinkRow) -> tuple[str, ...]:
    """Who tells a link; whoever cannot be told from others in an interview is one, ``interview/?``."""
    named = {who.partition("/")[0] for who in row.people}
    unknown = [f"{interview}{UNKNOWN}" for interview in row.interviews if interview not in named]
    return (*row.people, *unknown)


def _steps(told: Sequence[tuple[LinkRow, object]], *, forward: bool) -> dict[str, list[str]]:
    steps: dict[str, list[str]] = {}
    for row, _ in told:
        start, end = (row.cause, row.effect) if forward else (row.effect, row.cause)
        steps.setdefault(start, []).append(end)
    return steps


def _reached(steps: dict[str, list[str]], begin: Iterable[str]) -> set[str]:
    seen, waiting = set(begin), list(begin)
    while waiting:
        for to in steps.get(waiting.pop(), ()):
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


def _needed(links: Sequence[Told], dead: Sequence[int]) -> list[int]:
    """Of links that fall, those without any of which a chain would be left."""
    kept = list(dead)
    standing = [(link.start, link.end) for at, link in enumerate(links) if at not in set(dead)]
    for at in dead:
        link = links[at]
        if not joined([*standing, (link.start, link.end)]):
            kept.remove(at)
            standing.append((link.start, link.end))
    return kept
