"""What a reader accepted and refused in this study re-weighs the kinds of evidence.

A logistic regression on the signs of evidence, fitted by Newton's method in plain Python. The points stay
the starting point (an offset), and a ridge holds the weights near 0, so that a few decisions change little
and each weight can be told in words.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.suggest.model import Known, Suggestion
from kb.suggest.rank import rank_key

# Fewer decisions than this, or fewer of either sort, teach nothing.
LEAST, LEAST_OF_EACH = 10, 3
# The points at which a candidate is as likely right as wrong before anything is learned, and how much each
# further point says (as log odds).
_EVEN, _PER_POINT = 2.0, 0.5
_RIDGE = 1.0
_STEPS, _ENOUGH = 25, 1e-6
_TOLD = 2  # reasons that are told of each


@dataclass(frozen=True)
class Learned:
    """What was learned from decisions.

    Attributes:
        weights: Of each sign, as log odds: above 0 it was accepted more often than its points say.
        always: The same for any candidate.
        accepted, decided: Of each sign, how many decisions had it, and how many of them accepted.
        decisions: How many decisions there were.
    """

    weights: dict[str, float]
    always: float
    accepted: dict[str, int]
    decided: dict[str, int]
    decisions: int

    def chance(self, suggestion: Suggestion) -> float:
        """How likely a reader accepts it, from 0 to 1."""
        odds = _offset(suggestion) + self.always
        return _logistic(odds + sum(self.weights.get(sign, 0.0) for sign in signs(suggestion)))

    def reasons(self, suggestion: Suggestion) -> tuple[str, ...]:
        """What moved it most, in words."""
        moved = sorted(signs(suggestion), key=lambda sign: (-abs(self.weights.get(sign, 0.0)), sign))
        return tuple(
            f"of {self.decided[sign]} decided with '{sign}', {self.accepted.get(sign, 0)} accepted"
            for sign in moved[:_TOLD]
            if self.decided.get(sign)
        )


def signs(suggestion: Suggestion) -> list[str]:
    """What a suggestion is weighed by: the kinds of its evidence, and its form."""
    found = {str(sign) for item in suggestion.evidence for sign in (*item.signs, item.kind)}
    if not suggestion.directed:
        found.add("no direction")
    if suggestion.in_words:
        found.add("end in words")
    if suggestion.interviews > 1:
        found.add("several interviews")
    return sorted(found)


def learn(
    suggestions: Collection[Suggestion], accepted: Collection[Known], refused: Collection[Known]
) -> Learned | None:
    """Weigh the kinds of evidence by decisions.

    Args:
        suggestions: All of them, those decided included.
        accepted: What a reader said yes to; what was never suggested does not count.
        refused: What a reader said no to.

    Returns:
        None where there are too few decisions to learn from.
    """
    yes = [s for s in suggestions if Known(s.kind, s.start, s.end) in accepted]
    no = [s for s in suggestions if Known(s.kind, s.start, s.end) in refused]
    if len(yes) + len(no) < LEAST or min(len(yes), len(no)) < LEAST_OF_EACH:
        return None
    rows = [(signs(s), _offset(s), 1.0) for s in yes] + [(signs(s), _offset(s), 0.0) for s in no]
    names = sorted({sign for found, _, _ in rows for sign in found})
    column = {name: i for i, name in enumerate(names, 1)}
    data = [([0, *(column[sign] for sign in found)], offset, truth) for found, offset, truth in rows]
    weights = _fit(data, len(names) + 1)
    decided = {name: sum(name in found for found, _, _ in rows) for name in names}
    right = {name: sum(name in found for found, _, truth in rows if truth) for name in names}
    by_name = {name: weights[i] for name, i in column.items()}
    return Learned(by_name, weights[0], right, decided, len(rows))


def apply(learned: Learned, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions with their chances, the likeliest first."""
    found = [
        s.model_copy(update={"chance": round(learned.chance(s), 3), "learned": learned.reasons(s)})
        for s in suggestions
    ]
    return sorted(found, key=lambda s: (-(s.chance or 0.0), rank_key(s)))


def uncertain_first(suggestions: Sequence[Suggestion], learned: Learned | None = None) -> list[Suggestion]:
    """Those first of which a decision tells most: as likely right as wrong, of kinds seldom decided."""

    def key(s: Suggestion) -> tuple[object, ...]:
        chance = s.chance if s.chance is not None else _logistic(_offset(s))
        seen = min((learned.decided.get(sign, 0) for sign in signs(s)), default=0) if learned else 0
        # A tenth of a chance for each doubling of the decisions there are on its rarest kind.
        return (abs(chance - 0.5) + 0.1 * math.log2(1 + seen), rank_key(s))

    return sorted(suggestions, key=key)


def _offset(suggestion: Suggestion) -> float:
    return _PER_POINT * (suggestion.score - _EVEN)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _fit(data: Sequence[tuple[Sequence[int], float, float]], size: int) -> list[float]:
    """Weights of a logistic regression with a ridge; each row as its columns that are 1, offset and truth."""
    weights = [0.0] * size
    for _ in range(_STEPS):
        slope = [-_RIDGE * w for w in weights]
        curve = [[_RIDGE if i == j else 0.0 for j in range(size)] for i in range(size)]
        for columns, offset, truth in data:
            p = _logistic(offset + sum(weights[i] for i in columns))
            for i in columns:
                slope[i] += truth - p
                for j in columns:
                    curve[i][j] += p * (1 - p)
        step = _solved(curve, slope)
        weights = [w + d for w, d in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    return weights


def _solved(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """The solution of linear equations by elimination; the ridge keeps the matrix regular."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, size):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, size))
        found[i] = (rows[i][size] - known) / rows[i][i]
    return found
