"""What the page ``transcript`` asks for: an interview with its codes, and a relation from words of it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kb.ask.answer import known
from kb.ask.study import Study, read_study
from kb.errors import KbError, UsageError
from kb.ingest.stored import kept_codebook
from kb.relation import KINDS, by_name
from kb.review import check
from kb.review.model import LEVELS, Candidate, Draft, Key, Passage
from kb.review.over_graph import in_words, names_of
from kb.serve import form
from kb.serve.guard import posted
from kb.serve.reading import reading_of


def first(request: Request) -> str | None:
    """What the page asks for first, as JSON; None where it cannot be had: the page then asks, and tells."""
    try:
        return bytes(_interview(request).body).decode()
    except KbError:
        return None


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
    served = request.app.state.served
    with served.lock:
        store = served.graph.store
        id_ = known(store, "interview", form.text(body, "interview"))
        study = read_study(store, id_)
        book = kept_codebook(store)
        names, concepts = names_of(study, book), in_words(study, book)
    draft = _draft(id_, study, body)
    quotes = check.checked(draft, study.turns, names, concepts)
    # Without the graph's lock, which what holds the review may wait for.
    decided = reading_of(served).write(draft, quotes)
    if not decided.new:
        raise UsageError("This relation stands in the file already, with these words.")
    return JSONResponse({"relations": decided.relations, "file": str(served.relations)})


def _draft(interview: str, study: Study, body: dict[str, Any]) -> Draft:
    """What the form says, with the words as they stand in the interview.

    Raises:
        UsageError: Something is missing, or the words stand nowhere there.
    """
    if (kind := by_name().get(form.text(body, "kind"))) is None:
        raise UsageError(f"A relation is one of {', '.join(by_name())}.")
    start, end = form.ends(body, kind)
    level = form.level(body) or "stated"
    wanted = form.words(body.get("quotes"))
    if not wanted:
        raise UsageError("A relation needs the words that say it: select some.")
    quotes = tuple(check.chosen(each, study.turns) for each in wanted)
    passage = Passage(quotes=quotes, explicit=level, states=True, points=0)
    draft = Draft.of(Candidate(key=Key(interview, kind.name, start, end), passages=(passage,), worth=0))
    return draft.model_copy(update={"note": form.text(body, "note") or None})


ROUTES = [
    Route("/api/transcript/{interview:path}", _interview),
    Route("/api/relation", _relation, methods=["POST"]),
]
