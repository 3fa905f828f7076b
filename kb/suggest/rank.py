"""From evidence to suggestions, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from kb.suggest.model import Evidence, Kind, Known, Suggestion, Weights

EARLIER = "of an earlier stage"


class Piece(NamedTuple):
    """Evidence of one answer for one pair.

    Attributes:
        start, end: The ends.
        evidence: What the answer says.
        directed: Whether it tells which end is which.
        in_words: The end that no code names, if one does not.
        might_be: Codes that this end could be.
    """

    start: str
    end: str
    evidence: Evidence
    directed: bool = True
    in_words: Literal["start", "end"] | None = None
    might_be: tuple[str, ...] = ()


def ranked(kind: Kind, pieces: Iterable[Piece], weights: Weights) -> list[Suggestion]:
    """Suggestions in a fixed order: by score, interviews, passages, then names.

    A piece that does not tell the direction goes to the way round that another piece tells.

    Args:
        kind: Kind of the relations.
        pieces: One answer's evidence each, in any order.
        weights: Of them only `again`.
    """
    pairs: dict[tuple[str, str], list[Piece]] = {}
    open_: dict[tuple[str, str], list[Piece]] = {}
    for piece in pieces:
        pair = (piece.start, piece.end)
        if piece.directed:
            pairs.setdefault(pair, []).append(piece)
        else:
            open_.setdefault(min(pair, pair[::-1]), []).append(piece)
    for pair, undirected in open_.items():
        told = [way for way in (pair, pair[::-1]) if way in pairs]
        if told:
            best = max(told, key=lambda way: (sum(p.evidence.points for p in pairs[way]), way))
            pairs[best] += [_turned(piece, best) for piece in undirected]
        else:
            first = min(undirected, key=lambda p: (-p.evidence.points, p.evidence.turn, p.start))
            way = (first.start, first.end)
            pairs[way] = [_turned(piece, way) for piece in undirected]
    suggestions = [_suggestion(kind, ends, of, weights) for ends, of in pairs.items()]
    return sorted(suggestions, key=rank_key)


def rank_key(suggestion: Suggestion) -> tuple[object, ...]:
    """By what suggestions are sorted."""
    s, best = suggestion, suggestion.evidence[0]
    named = (best.spans.start is not None) + (best.spans.end is not None)
    apart = best.kind == "next passage"
    return (-s.score, not s.directed, apart, -named, -s.interviews, -s.passages, s.start, s.end)


def undecided(suggestions: Iterable[Suggestion], known: Collection[Known]) -> list[Suggestion]:
    """Without those that were accepted or refused before; one without a direction in either way round.

    The last step: while a relation is among the suggestions it keeps its own reverse from being one.
    """
    return [
        s
        for s in suggestions
        if Known(s.kind, s.start, s.end) not in known
        and (s.directed or Known(s.kind, s.end, s.start) not in known)
    ]


def _turned(piece: Piece, way: tuple[str, str]) -> Piece:
    """The piece with its ends this way round."""
    if (piece.start, piece.end) == way:
        return piece
    spans = piece.evidence.spans
    turned = spans.model_copy(update={"start": spans.end, "end": spans.start})
    evidence = piece.evidence.model_copy(update={"spans": turned, **_without_stage(piece.evidence)})
    return piece._replace(start=way[0], end=way[1], evidence=evidence)


def _without_stage(item: Evidence) -> dict[str, object]:
    """What changes when a stage no longer speaks for the direction."""
    if "earlier stage" not in item.signs:
        return {}
    signs = item.signs[:-1]
    why = tuple(reason for reason in item.why if reason != EARLIER)
    return {"signs": signs, "why": why}


def _suggestion(kind: Kind, ends: tuple[str, str], pieces: list[Piece], weights: Weights) -> Suggestion:
    spoken = sorted((p.evidence for p in pieces), key=_in_order)
    numbered = [item.model_copy(update={"number": n}) for n, item in enumerate(spoken, 1)]
    items = sorted(numbered, key=lambda e: (-e.points, e.number))
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
        directed=any(piece.directed for piece in pieces),
        in_words=pieces[0].in_words,
        might_be=pieces[0].might_be,
    )


def _in_order(item: Evidence) -> tuple[object, ...]:
    """The order of the transcripts; interviews with a number by that."""
    number = int(item.interview) if item.interview.isdecimal() else -1
    return (number, item.interview, item.turn, item.quotes[-1].start, item.quote, item.kind)


def _sum(points: list[float], factor: float) -> float:
    """The best counts whole, each further one by the factor less than the one before."""
    return sum(value * factor**i for i, value in enumerate(points))
