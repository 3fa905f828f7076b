"""What the forms of the pages send: texts, both ends, how plainly it is said, the words of quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.errors import UsageError
from kb.relation import RelationKind
from kb.review.check import Chosen
from kb.review.model import LEVELS, Explicit

Body = Mapping[str, Any]


def text(body: Body, name: str) -> str:
    """A field's text, each run of white space one blank; empty where there is none."""
    value = body.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def ends(body: Body, kind: RelationKind) -> tuple[str, str]:
    """The names of both ends.

    Raises:
        UsageError: One of them is missing.
    """
    start, end = text(body, "start"), text(body, "end")
    for said, place in ((start, kind.start), (end, kind.end)):
        if not any(map(str.isalnum, said)):
            raise UsageError(f"Name the {place}.")
    return start, end


def level(body: Body) -> Explicit | None:
    """How plainly it is said; None where nothing is sent.

    Raises:
        UsageError: It is no such level.
    """
    sent = body.get("explicit")
    if sent and sent not in LEVELS:
        raise UsageError(f"How plainly it is said is {', '.join(LEVELS)}.")
    return sent or None


def words(given: object) -> list[Chosen]:
    """The words that a page sends as quotes: texts, or objects with `text`, and `turn` and `start` if known.

    Raises:
        UsageError: It is something else.
    """
    found = []
    for each in given if isinstance(given, list) else (None,):
        said = {"text": each} if isinstance(each, str) else each
        if not isinstance(said, dict) or not isinstance(quote := said.get("text"), str):
            raise UsageError("The words of a quote are a list of texts.")
        turn, start = said.get("turn"), said.get("start")
        at = start if isinstance(start, int) and not isinstance(start, bool) else None
        found.append(Chosen(quote, turn if isinstance(turn, str) else None, at))
    return [each for each in found if each.text.strip()]
