"""What the interviewer says and the interviewee confirms is told by the turn that confirms."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ingest.claims import Passage
from kb.records import Turn
from kb.text.assent import assents


def confirmed(passages: Sequence[Passage], turns: Sequence[Turn]) -> tuple[Passage, ...]:
    """The passages of a statement, where they are the interviewer's alone with the turns that confirm them.

    Beside an interviewee's passage a question only says what was answered, and stays as it is. Where the
    next that answers does not open by confirming, the passages stay the interviewer's: nobody told them.

    Args:
        passages: In any order; at least one.
        turns: All turns of the interview, in the order said.
    """
    if any(passage.turn.role != "interviewer" for passage in passages):
        return tuple(passages)
    answers = [_answer(passage.turn, turns) for passage in passages]
    if any(answer is None or not assents(answer.text) for answer in answers):
        return tuple(passages)
    return tuple({a.id: Passage(a, a.text.strip()) for a in answers if a is not None}.values())


def _answer(question: Turn, turns: Sequence[Turn]) -> Turn | None:
    """The first turn after a question that is not the interviewer's."""
    at = next(i for i, turn in enumerate(turns) if turn.id == question.id)
    return next((turn for turn in turns[at + 1 :] if turn.role != "interviewer"), None)
