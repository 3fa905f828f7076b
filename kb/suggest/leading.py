"""What the interviewer puts into an interviewee's mouth: evidence only where the answer confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.suggest.kinds import allowed
from kb.suggest.links import links
from kb.suggest.located import QUOTE_WORDS, Located, widened
from kb.suggest.model import Codes, Evidence, Quote, Span, Spans, Weights
from kb.suggest.rank import Piece


def confirmed(located: Located, codes: Codes, used: frozenset[str], weights: Weights) -> Iterator[Piece]:
    """Links in the interviewer's last turn that the answer opens by confirming.

    The confirming turn is the evidence. Where it is too short to be found by its words (`Yes.`), the
    words quoted are the interviewer's, and the person is the one who confirms; a relations file may
    quote either (`kb.ingest` finds the turn that confirms).
    """
    answer = located.answer
    if not answer.confirmed:
        return
    asked = [s for s in answer.asked if s.place == len(answer.question) - 1]
    turn, yes = answer.question[-1].turn, answer.passages[0].turn
    for link in links(asked, located.reader):
        if link.denied:
            continue
        causes, effects = located.asked_side(link.cause), located.asked_side(link.effect)
        pairs = [
            (causes[c].weight + effects[e].weight, c, e)
            for c in sorted(causes)
            for e in sorted(effects)
            if c not in effects and e not in causes and allowed(c, e, codes) and {c, e} & used
        ]
        if not pairs:
            continue
        _, cause, effect = max(pairs, key=lambda pair: pair[0])
        sentence = asked[link.sentence].words
        start, end = widened(turn.text, sentence[0].start, sentence[-1].end)
        question = Quote(turn=turn.id, person=turn.speaker, text=turn.text[start:end], start=start)
        answered = Quote(turn=yes.id, person=yes.speaker, text=yes.text, start=0)
        spans = [
            Span(0, of[code].words.start - start, of[code].words.end - start)
            if asked[of[code].words.sentence] is asked[link.sentence]
            else None
            for of, code in ((causes, cause), (effects, effect))
        ]
        lead = answered if len(yes.text.split()) >= QUOTE_WORDS else question
        evidence = Evidence(
            interview=answer.interview,
            turn=lead.turn,
            person=yes.speaker,
            quote=lead.text,
            quotes=(question, answered),
            spans=Spans(start=spans[0], end=spans[1]),
            kind="confirmed",
            signs=("confirmed",),
            points=weights.weak_both,
            explicit="across-turns",
            passages=0,
            why=(f"'{link.cue}' in the interviewer's words, confirmed in {yes.id}",),
        )
        yield Piece(cause, effect, evidence)
