"""From evidence to suggestions, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.suggest.model import Evidence, Kind, Known, Suggestion, Weights


def ranked(
    kind: Kind,
    evidence: Iterable[tuple[str, str, Evidence]],
    weights: Weights,
) -> list[Suggestion]:
    """Suggestions in a fixed order: by score, interviews, passages, then names.

    Args:
        kind: Kind of the relations.
        evidence: Start, end and one answer's evidence, in any order.
        weights: Of them only `again`.
    """
    pairs: dict[tuple[str, str], list[Evidence]] = {}
    for start, end, item in evidence:
        pairs.setdefault((start, end), []).append(item)
    suggestions = [_suggestion(kind, ends, items, weights) for ends, items in pairs.items()]
    return sorted(suggestions, key=lambda s: (-s.score, -s.interviews, -s.passages, s.start, s.end))


def undecided(suggestions: Iterable[Suggestion], known: Collection[Known]) -> list[Suggestion]:
    """Without those that were accepted or refused before.

    The last step: while a relation is among the suggestions it keeps its own reverse from being one.
    """
    return [s for s in suggestions if Known(s.kind, s.start, s.end) not in known]


def _suggestion(kind: Kind, ends: tuple[str, str], items: list[Evidence], weights: Weights) -> Suggestion:
    items = sorted(items, key=lambda e: (-e.points, e.interview, e.turn))
    by_interview: dict[str, list[float]] = {}
    for item in items:
        by_interview.setdefault(item.interview, []).append(item.points)
    # One person who says it again adds less than another who says it too.
    each = sorted((_sum(points, weights.again**2) for points in by_interview.values()), reverse=True)
    return Suggestion(
        kind=kind,
        start=ends[0],
        end=ends[1],
        score=round(_sum(each, weights.again), 3),
        interviews=len(by_interview),
        people=len({(item.interview, item.person) for item in items}),
        passages=sum(item.passages for item in items),
        evidence=tuple(items),
    )


def _sum(points: list[float], factor: float) -> float:
    """The best counts whole, each further one by the factor less than the one before."""
    return sum(value * factor**i for i, value in enumerate(points))
