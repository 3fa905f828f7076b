"""What the page ``transcript`` asks for: an interview with its codes, and a relation from words of it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kb.ask.answer import known
from kb.ask.study import Study, read_study
from kb.errors import UsageError
from kb.relation import KINDS, by_name
from kb.review import check
from kb.review.model import LEVELS, Candidate, Draft, Key, Passage
from kb.review.review import Review
from kb.serve.guard import posted
from kb.serve.reading import reading_of


def _interview(request: Request) -> Response:
    served = request.app.state.served
    with served.lock:
        store = served.graph.store
        id_ = known(store, "interview", request.path_params["interview"])
        study = read_study(store, id_)
        titles = store.read("MATCH (i:Interview {id: $id}) RETURN i.title AS title", {"id": id_}).rows
    return JSONResponse(
        {
            "interview": id_,
            "title": titles[0]["title"] if titles else id_,
            "file": str(served.relations),
            "kinds": [
                {"name": k.name, "verb": k.verb, "ends": [k.start, k.end]} for k in KINDS
            ],
            "levels": LEVELS,
            "names": sorted(study.concepts),
            "turns": _turns(study),
        }
    )  # fmt: skip


def _turns(study: Study) -> list[dict[str, Any]]:
    """The turns with their codes: by whom, and on which words (code points); no words for the whole turn."""
    codes: dict[str, dict[str, dict[str, Any]]] = {}
    for coding in study.codings:
        on = codes.setdefault(coding.turn, {}).setdefault(coding.code, {"coders": [], "spans": []})
        if coding.coder and coding.coder not in on["coders"]:
            on["coders"].append(coding.coder)
        span = [coding.start, coding.end]
        if coding.start is not None and coding.end is not None and span not in on["spans"]:
            on["spans"].append(span)
    return [
        {
            "id": turn.id,
            "index": turn.index,
            "speaker": turn.speaker,
            "role": turn.role,
            "text": turn.text,
            "codes": [{"code": code, **on} for code, on in codes.get(turn.id, {}).items()],
        }
        for turn in study.turns
    ]


@posted
def _relation(request: Request, body: dict[str, Any]) -> Response:
    """A relation that a reader found by themselves."""
    reading = reading_of(request.app.state.served)
    written: list[str] = []

    def act(review: Review) -> Any:
        decided = review.write(_draft(review, body))
        written.extend(decided.relations)
        return decided

    with reading.review():
        reading.refresh()
        reading.change(reading.version, act)
    if not written:
        raise UsageError("This relation stands in the file already, with these words.")
    return JSONResponse({"relations": written, "file": str(request.app.state.served.relations)})


def _draft(review: Review, body: dict[str, Any]) -> Draft:
    """What the form says, with the words as they stand in the interview.

    Raises:
        UsageError: Something is missing, or the words stand nowhere there.
    """
    names = {
        name: " ".join(str(body.get(name) or "").split()) for name in ("interview", "kind", "start", "end")
    }
    if names["interview"] not in review.turns:
        raise UsageError(f"There is no interview {names['interview']!r} in this review: take all interviews.")
    if names["kind"] not in by_name():
        raise UsageError(f"A relation is one of {', '.join(by_name())}.")
    kind = by_name()[names["kind"]]
    for which, name in (("start", kind.start), ("end", kind.end)):
        if not names[which]:
            raise UsageError(f"Name the {name}.")
    level = body.get("explicit") or "stated"
    if level not in LEVELS:
        raise UsageError(f"How plainly it is said is {', '.join(LEVELS)}.")
    given = body.get("quotes")
    texts = (
        [text for text in given if isinstance(text, str) and text.strip()] if isinstance(given, list) else []
    )
    if not texts:
        raise UsageError("A relation needs the words that say it: select some.")
    turns = review.turns[names["interview"]]
    first = sorted(turns, key=lambda turn: turn.id != body.get("turn"))
    quotes = tuple(check.chosen(text, first) for text in texts)
    passage = Passage(quotes=quotes, explicit=level, states=True, points=0)
    key = Key(names["interview"], kind.name, names["start"], names["end"])
    draft = Draft.of(Candidate(key=key, passages=(passage,), worth=0))
    note = " ".join(str(body.get("note") or "").split())
    return draft.model_copy(update={"note": note or None})


ROUTES = [
    Route("/api/transcript/{interview:path}", _interview),
    Route("/api/relation", _relation, methods=["POST"]),
]
