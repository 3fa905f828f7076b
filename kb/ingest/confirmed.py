"""A leading question is told by the turn that confirms it, and by nobody where none does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.ingest.claims import Passage
from kb.records import Turn
from kb.text.assent import assents, denies


class Confirmed(NamedTuple):
    """The passages of a statement, after the answers to what the interviewer says were heard.

    Attributes:
        passages: Its passages; where they are the interviewer's alone and confirmed, the turns that do.
        told: Whether anybody tells it.
    """

    passages: tuple[Passage, ...]
    told: bool


def confirmed(passages: Sequence[Passage], turns: Sequence[Turn]) -> Confirmed:
    """Who tells a statement whose passages are the interviewer's.

    Beside an interviewee's passage a question only says what was answered. A passage under the
    interviewer's label that asks nothing, and that the answer does not deny, may have slipped there: it
    is told as before.

    Args:
        passages: In any order; at least one.
        turns: All turns of the interview, in the order said.
    """
    if any(passage.turn.role != "interviewer" for passage in passages):
        return Confirmed(tuple(passages), told=True)
    answers = [_answer(passage.turn, turns) for passage in passages]
    if all(answer is not None and assents(answer.text) for answer in answers):
        found = {answer.id: Passage(answer, answer.text.strip()) for answer in answers if answer is not None}
        return Confirmed(tuple(found.values()), told=True)
    led = any(
        _asks(passage) or (answer is not None and denies(answer.text))
        for passage, answer in zip(passages, answers, strict=True)
    )
    return Confirmed(tuple(passages), told=not led)


def _asks(passage: Passage) -> bool:
    """Whether a turn asks something in the quoted words or after them."""
    return "?" in passage.turn.text[max(0, passage.turn.text.find(passage.quote)) :]


def _answer(question: Turn, turns: Sequence[Turn]) -> Turn | None:
    """The first turn after a question that is not the interviewer's."""
    at = next(i for i, turn in enumerate(turns) if turn.id == question.id)
    return next((turn for turn in turns[at + 1 :] if turn.role != "interviewer"), None)
