"""Who gave which turn which codes: the table that agreement is measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from kb.records import Coding, Role, Turn

NO_CODES: frozenset[str] = frozenset()


class Rater(NamedTuple):
    """One coder in one round; the same person in two rounds is two raters."""

    coder: str
    round: str

    def __str__(self) -> str:
        return f"{self.coder} ({self.round})" if self.round else self.coder


class CodedSource(NamedTuple):
    """A source that carries codes: this coder coded this interview in this round."""

    interview: str
    coder: str | None
    round: str | None

    @property
    def rater(self) -> Rater:
        """The rater behind the source; a source without a coder's name is ``unnamed``."""
        return Rater(self.coder or "unnamed", self.round or "")


@dataclass(frozen=True)
class Ratings:
    """The codes on each turn by each rater who coded its interview.

    Attributes:
        turns: Interview of each turn that counts as a unit, by the turn's id, in order.
        raters: Raters of each interview, sorted; who did not code an interview is missing there.
        codes: Codes by turn and rater; a turn that the rater left without a code has no entry.
        unjudged: Turns by rater that are missing for strict spans: the rater's labels stand there, but
            none of its words are marked, so the print tells neither a code nor that there is none.
        used, left_out: Codings that count, and codings that do not (another source's, on a turn
            that is no unit, or left out as label without underline).
        strict_spans: Whether codings flagged `label_without_underline` are left out, and turns on which
            a rater has no others are missing for that rater.
        role: The only role whose turns are units; None for all turns.
    """

    turns: Mapping[str, str]
    raters: Mapping[str, tuple[Rater, ...]]
    codes: Mapping[tuple[str, Rater], frozenset[str]]
    unjudged: frozenset[tuple[str, Rater]]
    used: int
    left_out: int
    strict_spans: bool
    role: Role | None = None

    @classmethod
    def build(
        cls,
        turns: Iterable[Turn],
        codings: Iterable[Coding],
        sources: Iterable[CodedSource] | None = None,
        *,
        strict_spans: bool = False,
        role: Role | None = None,
    ) -> Ratings:
        """Put the table together.

        Args:
            turns: The turns of all interviews; the same id twice counts once.
            codings: The codings on them, with `code` mapped to its concept.
            sources: The sources that take part. Without it, those with a coding among `codings`:
                a source that carries no code says nothing about what was coded.
            strict_spans: Leave out codings flagged `label_without_underline`; a turn on which a rater
                has only such codings is missing for that rater, not without a code.
            role: Take only turns of this role as units.
        """
        units = {t.id: t.interview for t in turns if role is None or t.role == role}
        codings = list(codings)
        if sources is None:
            sources = {CodedSource(c.interview, c.coder, c.round) for c in codings}
        raters: dict[str, set[Rater]] = {}
        for source in sources:
            raters.setdefault(source.interview, set()).add(source.rater)
        codes: dict[tuple[str, Rater], set[str]] = {}
        unmarked: set[tuple[str, Rater]] = set()
        used = 0
        for coding in codings:
            rater = CodedSource(coding.interview, coding.coder, coding.round).rater
            if coding.turn not in units or rater not in raters.get(coding.interview, ()):
                continue
            if strict_spans and coding.label_without_underline:
                unmarked.add((coding.turn, rater))
                continue
            codes.setdefault((coding.turn, rater), set()).add(coding.code)
            used += 1
        return cls(
            turns=units,
            raters={name: tuple(sorted(group)) for name, group in sorted(raters.items())},
            codes={key: frozenset(found) for key, found in codes.items()},
            unjudged=frozenset(unmarked - codes.keys()),
            used=used,
            left_out=len(codings) - used,
            strict_spans=strict_spans,
            role=role,
        )

    def on(self, turn: str, rater: Rater) -> frozenset[str]:
        """The codes that a rater put on a turn."""
        return self.codes.get((turn, rater), NO_CODES)

    def scope(self, interview: str | None) -> tuple[Rater, ...]:
        """The raters of an interview, or of any."""
        if interview is not None:
            return self.raters.get(interview, ())
        return tuple(sorted({rater for group in self.raters.values() for rater in group}))

    def sets(self, interview: str | None) -> Counter[tuple[frozenset[str], ...]]:
        """For each turn, the sets of codes by those who judged it: how many turns have the same."""
        found: Counter[tuple[frozenset[str], ...]] = Counter()
        for of in self._scope(interview):
            raters = self.raters.get(of, ())
            for turn in self._turns.get(of, ()):
                found[tuple(self.on(turn, r) for r in raters if (turn, r) not in self.unjudged)] += 1
        return found

    def presence(self, interview: str | None, codes: Collection[str] | None) -> Counter[tuple[bool, ...]]:
        """For each turn, whether those who judged it gave it one of the codes: how many turns are alike.

        Args:
            interview: Only its turns; None for all.
            codes: Of these; None for any.
        """
        found: Counter[tuple[bool, ...]] = Counter()
        for of in self._scope(interview):
            judges = self._judges[of].copy()
            for turn, raters in self._with(of, codes).items():
                number = len(self.raters.get(of, ())) - self._missing.get(turn, 0)
                found[(True,) * len(raters) + (False,) * (number - len(raters))] += 1
                judges[number] -= 1
            for number, turns in judges.items():
                if turns:
                    found[(False,) * number] += turns
        return found

    def pairs(
        self, a: Rater, b: Rater, interview: str | None, codes: Collection[str] | None
    ) -> Counter[tuple[bool, bool]]:
        """Of the turns that two raters judged, on how many which of them has one of the codes."""
        found: Counter[tuple[bool, bool]] = Counter()
        for of in self._both.get((a, b), ()):
            if interview not in (None, of):
                continue
            missing = self._unjudged[of].get(a, set()) | self._unjudged[of].get(b, set())
            left = len(self._turns.get(of, ())) - len(missing)
            for turn, raters in self._with(of, codes).items():
                if turn not in missing and (a in raters or b in raters):
                    found[a in raters, b in raters] += 1
                    left -= 1
            if left:
                found[False, False] += left
        return found

    def pair_sets(
        self, a: Rater, b: Rater, interview: str | None
    ) -> Counter[tuple[frozenset[str], frozenset[str]]]:
        """Of the turns that two raters judged, the sets of codes by each: how many turns have the same."""
        found: Counter[tuple[frozenset[str], frozenset[str]]] = Counter()
        for of in self._both.get((a, b), ()):
            if interview not in (None, of):
                continue
            missing = self._unjudged[of].get(a, set()) | self._unjudged[of].get(b, set())
            for turn in self._turns.get(of, ()):
                if turn not in missing:
                    found[self.on(turn, a), self.on(turn, b)] += 1
        return found

    def uses(self, interview: str | None) -> dict[str, int]:
        """How often each code was put on a turn, each rater counting once a turn; sorted by name."""
        count: Counter[str] = Counter()
        for of in self._scope(interview):
            for code, turns in self._coded.get(of, {}).items():
                count[code] += sum(map(len, turns.values()))
        return dict(sorted(count.items()))

    # What is looked up again and again, by interview.

    def _scope(self, interview: str | None) -> Collection[str]:
        return self._turns if interview is None else (interview,)

    def _with(self, interview: str, codes: Collection[str] | None) -> Mapping[str, Set[Rater]]:
        """Turns that have one of the codes, with who gave it."""
        coded = self._coded.get(interview, {})
        wanted = [coded[code] for code in (coded if codes is None else codes) if code in coded]
        if len(wanted) == 1:
            return wanted[0]
        found: dict[str, set[Rater]] = {}
        for turns in wanted:
            for turn, raters in turns.items():
                found.setdefault(turn, set()).update(raters)
        return found

    @cached_property
    def _turns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for turn, of in self.turns.items():
            found.setdefault(of, []).append(turn)
        return found

    @cached_property
    def _coded(self) -> dict[str, dict[str, dict[str, set[Rater]]]]:
        """Who gave which code to which turn, by interview and code."""
        found: dict[str, dict[str, dict[str, set[Rater]]]] = {}
        for (turn, rater), codes in self.codes.items():
            of = found.setdefault(self.turns[turn], {})
            for code in codes:
                of.setdefault(code, {}).setdefault(turn, set()).add(rater)
        return found

    @cached_property
    def _both(self) -> dict[tuple[Rater, Rater], list[str]]:
        """The interviews that two raters coded, the first of them being the first in order."""
        found: dict[tuple[Rater, Rater], list[str]] = {}
        for of, raters in self.raters.items():
            for pair in combinations(raters, 2):
                found.setdefault(pair, []).append(of)
        return found

    @cached_property
    def _unjudged(self) -> dict[str, dict[Rater, set[str]]]:
        found: dict[str, dict[Rater, set[str]]] = {of: {} for of in self.raters}
        for turn, rater in self.unjudged:
            found[self.turns[turn]].setdefault(rater, set()).add(turn)
        return found

    @cached_property
    def _missing(self) -> Counter[str]:
        """How many raters' judgement is missing on a turn."""
        return Counter(turn for turn, _ in self.unjudged)

    @cached_property
    def _judges(self) -> dict[str, Counter[int]]:
        """By interview: how many turns so many raters judged."""
        found = {}
        for of, turns in self._turns.items():
            number = len(self.raters.get(of, ()))
            found[of] = Counter(number - self._missing.get(turn, 0) for turn in turns)
        return found
