"""A relation as somebody proposes it: the form of a row or a line, which a model is shown as JSON Schema."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kb.propose.model import MAX_NAME, MAX_TEXT
from kb.relation import KINDS, PLACES, by_name

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Name = Annotated[str, Field(max_length=MAX_NAME)]

_PLACES = {
    "cause": "What brings the effect about.",
    "effect": "What comes of the cause.",
    "issue": "The issue that is fixed, not fixed or shown.",
    "fix": "What fixes the issue, or does not.",
    "detection": "What shows the issue.",
}


class Proposed(BaseModel):
    """One relation that somebody reads out of an interview.

    Its two ends stand under the names of its kind's places: cause and effect; issue and fix (``fixes``,
    ``does-not-fix``); issue and detection (``detects``); or under ``start`` and ``end``.

    Attributes:
        kind: One of `kb.relation.KINDS`, by name.
        start, end: Names at its ends, ``""`` where one is missing.
        quote: The words that say it.
        interview: Id of the interview.
        turn: Id of the turn of the quote.
        speaker: Label of who says it.
        note: Anything a reader should know.
        by: Who proposes it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Name = Field("causes", description="Which relation.")
    start: Name = ""
    end: Name = ""
    quote: Text = Field(description="The words that say it, letter by letter; … where words are left out.")
    turn: Name | None = Field(None, description="Id of the turn that the quote stands in.")
    speaker: Name | None = Field(None, description="Label of who says it.")
    note: Text | None = Field(None, description="Anything a reader should know.")
    interview: Name | None = Field(None, description="Id of the interview.")
    by: Name | None = Field(None, description="Who proposes it.")

    @model_validator(mode="before")
    @classmethod
    def _from_places(cls, values: Any) -> Any:
        """The ends from the places of the kind; white space folded, a number as text, empty text as none."""
        if not isinstance(values, dict):
            return values
        folded = {str(key): value for key, given in values.items() if (value := _folded(given)) is not None}
        if isinstance(turn := folded.get("turn"), str):
            folded["turn"] = turn.strip("[] ") or None
        said = folded.get("kind")
        if isinstance(said, str):
            folded["kind"] = re.sub(r"[\s_-]+", "-", said.casefold())
        kind = by_name().get(str(folded.get("kind", "causes")))
        if kind is not None:
            for end, place in (("start", kind.start), ("end", kind.end)):
                if place in folded:
                    folded[end] = folded[place]
        return folded

    def problem(self) -> str | None:
        """What is wrong with its kind or its ends, in a sentence."""
        if self.kind not in by_name():
            return f"'{self.kind}' is no kind of relation: it is one of {', '.join(by_name())}."
        kind = by_name()[self.kind]
        if self.start and self.end:
            return None
        missing = kind.end if self.start else kind.start
        return f"'{self.kind}' is between '{kind.start}' and '{kind.end}', and '{missing}' is missing."


def _folded(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    # Characters that steer a terminal, or turn a line's direction round, are nobody's words.
    return (" ".join(_STEERING.sub(" ", value).split()) or None) if isinstance(value, str) else value


#: What a row may have, in order.
FIELDS = (*(place.name for place in PLACES), *Proposed.model_fields)


def answer_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an answer: an object with a list of proposals."""
    described = Proposed.model_json_schema()["properties"]

    def text(name: str) -> dict[str, Any]:
        return {"type": "string", "description": described[name]["description"]}

    places = {
        place.name: {"type": "string", "description": _PLACES.get(place.name, f"The {place.name}.")}
        for place in PLACES
    }
    each = {
        "type": "object",
        "properties": {
            "kind": {**text("kind"), "enum": [kind.name for kind in KINDS]},
            **places,
            **{name: text(name) for name in ("quote", "turn", "speaker", "note")},
        },
        "required": ["kind", "quote", "turn"],
        "additionalProperties": False,
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind.name}}},
                "then": {"required": [kind.start, kind.end]},
            }
            for kind in KINDS
        ],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"proposals": {"type": "array", "items": each}},
        "required": ["proposals"],
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The schema as text."""
    return json.dumps(answer_schema(), ensure_ascii=False, indent=1)
