"""Who gave which turn which codes: the table that agreement is measured on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from kb.records import Coding, Role, Turn

Value = TypeVar("Value")
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

    def units(
        self, interview: str | None, value: Callable[[frozenset[str]], Value]
    ) -> Iterator[Sequence[Value]]:
        """For each turn, the values of those who judged it."""
        for turn, of in self.turns.items():
            if interview in (None, of):
                raters = self.raters.get(of, ())
                yield [value(self.on(turn, r)) for r in raters if (turn, r) not in self.unjudged]

    def pairs(
        self, a: Rater, b: Rater, interview: str | None, value: Callable[[frozenset[str]], Value]
    ) -> list[tuple[Value, Value]]:
        """The two raters' values of each turn that both judged."""
        both = {name for name, group in self.raters.items() if a in group and b in group}
        return [
            (value(self.on(turn, a)), value(self.on(turn, b)))
            for turn, of in self.turns.items()
            if of in both and interview in (None, of) and self.unjudged.isdisjoint({(turn, a), (turn, b)})
        ]

    def uses(self, interview: str | None) -> dict[str, int]:
        """How often each code was put on a turn, each rater counting once a turn; sorted by name."""
        count: dict[str, int] = {}
        for (turn, _), found in self.codes.items():
            if interview in (None, self.turns[turn]):
                for code in found:
                    count[code] = count.get(code, 0) + 1
        return dict(sorted(count.items()))
