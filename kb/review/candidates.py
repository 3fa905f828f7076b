"""Suggestions and proposals as candidates: one for each relation and interview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.propose.model import Proposal
from kb.records import Turn
from kb.review.model import Candidate, Key, Passage, Which, Words
from kb.suggest import Evidence, Suggestion
from kb.suggest.ledger import states
from kb.suggest.model import Span

# A proposal whose quote was found states its relation as plainly as a weak cue between both ends does; what
# kb finds there itself for and against it, and each warning, count one.
_PROPOSED, _MORE = 3.0, 1.0
_OTHER: dict[Which, Which] = {"start": "end", "end": "start"}


def from_suggestions(found: Iterable[Suggestion]) -> Iterator[Candidate]:
    """A candidate for each interview that a suggestion has evidence in."""
    for suggestion in found:
        by_interview: dict[str, list[Evidence]] = {}
        for item in suggestion.evidence:
            by_interview.setdefault(item.interview, []).append(item)
        for interview, items in by_interview.items():
            passages = tuple(_passage(item, suggestion.learned) for item in items)
            yield Candidate(
                key=Key(interview, suggestion.kind, suggestion.start, suggestion.end),
                passages=tuple(sorted(passages, key=lambda p: not p.states)),
                worth=max(item.points for item in items) if suggestion.chance is None else suggestion.chance,
                directed=suggestion.directed,
                might_be=suggestion.might_be,
            )


def from_proposals(found: Iterable[Proposal], turns: Mapping[str, Sequence[Turn]]) -> Iterator[Candidate]:
    """A candidate for each proposal whose words were found, in an interview that is there."""
    for proposal in found:
        if proposal.refusal is not None or proposal.interview not in turns:
            continue
        by_id = {turn.id: turn for turn in turns[proposal.interview]}
        if any(id_ not in by_id for id_ in proposal.turns):
            continue  # the transcript was loaded anew, and is another: `kb propose` verifies it again
        for_, against = len(proposal.speaks_for) > 0, len(proposal.speaks_against) > 0
        points = _PROPOSED + _MORE * (for_ - against - bool(proposal.warnings))
        quotes = tuple(
            Words(id_, text, _at(text, by_id[id_]))
            for id_, text in zip(proposal.turns, proposal.quotes, strict=True)
        )
        passage = Passage(
            quotes=quotes,
            explicit=proposal.explicit,
            states=True,
            points=points,
            why=(*proposal.speaks_for, *((proposal.note,) if proposal.note else ())),
            doubts=(*proposal.warnings, *(f"against it: {each}" for each in proposal.speaks_against)),
            by=proposal.by,
            proposal=proposal.id,
        )
        key = Key(proposal.interview, proposal.kind, proposal.start, proposal.end)
        yield Candidate(key=key, passages=(passage,), worth=points)


def joined(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those of one relation and interview as one: what suggestions and proposals both find is worth more.

    So are the two ways round of one pair, as the way that is worth more, unless words state each of them.
    """
    found: dict[Key, Candidate] = {}
    for candidate in candidates:
        key = candidate.key
        found[key] = _both(found[key], candidate) if key in found else candidate
    for key in sorted(found, key=lambda key: -found[key].worth):
        if key not in found or (other := found.get(key.turned)) is None:
            continue
        if not any(each.proposals for each in (found[key], other)) and not _both_stated(found[key], other):
            found[key] = _both(found[key], _turned(other))
            del found[key.turned]
    return list(found.values())


def _both(first: Candidate, second: Candidate) -> Candidate:
    passages = sorted((*first.passages, *second.passages), key=lambda p: (p.proposal is None, not p.states))
    worth = first.worth + second.worth if second.proposals and second.key == first.key else first.worth
    return first.model_copy(update={"passages": tuple(passages), "worth": worth})


def _both_stated(*candidates: Candidate) -> bool:
    return all(any(passage.states for passage in each.passages) for each in candidates)


def _turned(candidate: Candidate) -> Candidate:
    """The same relation the other way round, its words marked for the ends that they are then."""
    passages = tuple(
        passage.model_copy(
            update={
                "quotes": tuple(
                    words._replace(marks=tuple((_OTHER[which], a, b) for which, a, b in words.marks))
                    for words in passage.quotes
                )
            }
        )
        for passage in candidate.passages
    )
    return candidate.model_copy(update={"key": candidate.key.turned, "passages": passages})


def _passage(item: Evidence, learned: Sequence[str]) -> Passage:
    return Passage(
        quotes=tuple(
            Words(quote.turn, quote.text, quote.start, tuple(_marks(item, n)))
            for n, quote in enumerate(item.quotes)
        ),
        explicit=item.explicit,
        states=states(item),
        points=item.points,
        why=(*item.why, *learned),
    )


def _marks(item: Evidence, n: int) -> Iterator[tuple[Which, int, int]]:
    """The words of the ends in one of the quotes, by where they stand in its turn."""
    ends: tuple[tuple[Which, Span | None], ...] = (("start", item.spans.start), ("end", item.spans.end))
    for which, span in ends:
        if span is not None and span.quote == n:
            yield which, item.quotes[n].start + span.start, item.quotes[n].start + span.end


def _at(text: str, turn: Turn) -> int | None:
    at = turn.text.find(text)
    return at if at >= 0 else None
