"""What the page ``review`` asks for: the candidate, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kb.errors import UsageError
from kb.review.model import Draft
from kb.review.over_graph import Order
from kb.review.record import Decided
from kb.review.review import Review
from kb.review.show import shown_turns
from kb.serve import form
from kb.serve.guard import posted
from kb.serve.reading import Reading, reading_of

_AROUND, _MOST_AROUND = 2, 12


def state(reading: Reading, around: int = _AROUND) -> dict[str, Any]:
    """All that the page shows.

    Args:
        reading: The review.
        around: Turns of context before and after the passage.
    """
    with reading.review() as review:
        progress = review.progress
        return {
            "version": reading.version,
            "file": str(review.path),
            "reviewer": review.reviewer,
            "scope": reading.scope,
            "choices": reading.interviews,
            "decided": progress.decided,
            "left": progress.left,
            "skipped": progress.skipped,
            "seconds": progress.seconds,
            "minutes": progress.minutes_left,
            "interviews": [
                {"interview": each, "decided": decided, "total": total}
                for each, (decided, total) in review.by_interview.items()
            ],
            "behind": reading.behind,
            "apart": reading.apart,
            "messages": reading.messages(),
            "last": _last(reading.last),
            "candidate": None if review.current is None else _candidate(review, around),
        }


def _candidate(review: Review, around: int) -> dict[str, Any]:
    draft = review.draft
    kind, words = draft.candidate.kind, draft.words
    turns = shown_turns(draft, review.turns[draft.key.interview], around)
    return {
        "interview": draft.key.interview,
        "kind": kind.name,
        "verb": kind.verb,
        "causal": kind.causal,
        "ends": [kind.start, kind.end],
        "start": draft.start,
        "end": draft.end,
        "directed": draft.candidate.directed or draft.turned,
        "explicit": draft.explicit,
        "note": draft.note,
        "passage": draft.passage + 1,
        "passages": len(draft.candidate.passages),
        "states": words.states,
        "why": words.why,
        "doubts": words.doubts,
        "by": words.by,
        "might_be": draft.candidate.might_be,
        "quotes": [{"turn": each.turn, "text": each.text, "start": each.start} for each in draft.quotes],
        "turns": [
            {
                "id": turn.id,
                "speaker": turn.speaker,
                "role": turn.role,
                "focus": turn.focus,
                "segments": [segment._asdict() for segment in turn.segments],
            }
            for turn in turns
        ],
    }


def _last(decided: Decided | None) -> dict[str, Any] | None:
    if decided is None:
        return None
    return {
        "verdict": decided.verdict or "taken back",
        "relations": decided.relations,
        "says": (decided.says or decided.candidate).in_words,
    }


def _shown(request: Request) -> Response:
    around = request.query_params.get("around", "")
    many = min(int(around), _MOST_AROUND) if around.isdecimal() and len(around) < 4 else _AROUND
    reading = reading_of(request.app.state.served)
    reading.refresh()
    return JSONResponse(state(reading, many))


@posted
def _changed(request: Request, body: dict[str, Any]) -> Response:
    reading = reading_of(request.app.state.served)
    name = body.get("action")
    if name == "open":
        by: Order = "interview" if body.get("by") == "interview" else "worth"
        wanted = form.text(body, "interview") or None
        reading.reopen(interview=wanted, by=by, stated=body.get("stated") is True)
        return JSONResponse(state(reading))

    def act(review: Review) -> Decided | None:
        if name in _DECIDE:
            return _DECIDE[name](review)
        if name not in _EDIT:
            raise UsageError(f"There is no action {name!r}; there are {', '.join([*_DECIDE, *_EDIT])}.")
        _EDIT[name](review, body)
        return None

    reading.change(body.get("version"), act)
    return JSONResponse(state(reading))


def _undo(review: Review) -> Decided:
    undone = review.undo()
    if undone is None:
        raise UsageError("There is nothing to undo.")
    return undone


def _end(review: Review, body: dict[str, Any]) -> None:
    before: Draft = review.draft
    start, end = form.ends(body, before.candidate.kind)
    # Both at once: an end that moves to the other side meets itself on the way.
    if (start, end) == (before.end, before.start):
        review.turn_round()
        return
    if start != before.start:
        review.change_end("start", start)
    if end != review.draft.end:
        review.change_end("end", end)


def _quote(review: Review, body: dict[str, Any]) -> None:
    review.quote(*form.words(body.get("quotes")))


def _level(review: Review, body: dict[str, Any]) -> None:
    review.say_how(form.level(body))


_DECIDE: dict[str, Callable[[Review], Decided]] = {
    "accept": Review.accept,
    "refuse": Review.refuse,
    "undo": _undo,
}
_EDIT: dict[str, Callable[[Review, dict[str, Any]], object]] = {
    "turn": lambda review, _body: review.turn_round(),
    "ends": _end,
    "quote": _quote,
    "level": _level,
    "note": lambda review, body: review.note(form.text(body, "note")),
    "words": lambda review, _body: review.other_passage(),
    "skip": lambda review, _body: review.skip(),
}


def _names(request: Request) -> Response:
    with reading_of(request.app.state.served).review() as review:
        return JSONResponse({"names": sorted(review.names)})


ROUTES = [
    Route("/api/names", _names),
    Route("/api/review", _shown),
    Route("/api/review", _changed, methods=["POST"]),
]
