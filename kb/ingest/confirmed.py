"""The interviewer's words are told by the turn that confirms them, and by nobody where none does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.ingest.claims import Passage
from kb.records import Turn
from kb.text.assent import assents, denies_what, tells

# Of these a no is the confirmation: `Did retraining help?` `No.`, `It didn't help.`
_IN_VAIN = "does-not-fix"


class Confirmed(NamedTuple):
    """The passages of a statement, after the answers to what the interviewer says were heard.

    Attributes:
        passages: Its passages; where the interviewer's alone are confirmed, the turns that do.
        told: Whether anybody tells it.
    """

    passages: tuple[Passage, ...]
    told: bool


def confirmed(passages: Sequence[Passage], turns: Sequence[Turn], kind: str = "causes") -> Confirmed:
    """Who tells a statement of whose passages some are the interviewer's.

    Asked or not (`…, I take it.`), what the interviewer says counts for nobody before somebody confirms it.
    Beside a question, an interviewee's passage tells it if it says yes or something of its own; `No idea`
    does not.

    Args:
        passages: In any order; at least one.
        turns: All turns of the interview, in the order said.
        kind: Of the relation.
    """
    asked = [passage for passage in passages if passage.turn.role == "interviewer"]
    if not asked:
        return Confirmed(tuple(passages), told=True)
    question = " ".join(passage.quote for passage in asked)
    if any(_tells(passage.quote, question, kind) for passage in passages if passage not in asked):
        return Confirmed(tuple(passages), told=True)
    answers = [_answer(passage.turn, turns) for passage in asked]
    found = {
        answer.id: Passage(answer, answer.text.strip())
        for answer in answers
        if answer is not None and (assents(answer.text) or _says_no(answer.text, question, kind))
    }
    if found and all(answer is not None and answer.id in found for answer in answers):
        return Confirmed(tuple(found.values()), told=True)
    return Confirmed(tuple(passages), told=False)


def _tells(text: str, question: str, kind: str) -> bool:
    return tells(text, question) or _says_no(text, question, kind)


def _says_no(text: str, question: str, kind: str) -> bool:
    """Whether a no is what states the relation."""
    return kind == _IN_VAIN and denies_what(text, question)


def _answer(question: Turn, turns: Sequence[Turn]) -> Turn | None:
    """The first turn after a question that is not the interviewer's."""
    at = next(i for i, turn in enumerate(turns) if turn.id == question.id)
    return next((turn for turn in turns[at + 1 :] if turn.role != "interviewer"), None)
