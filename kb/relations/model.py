"""A relations file as records: frozen, validated, with the line each entry stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Kind = Literal["causes", "fixes", "does-not-fix", "detects"]
Explicit = Literal["stated", "across-turns", "implied"]
Place = Literal["cause", "effect", "issue", "fix", "detection"]

# The two places of each kind, from where its edge starts to where it ends.
PLACES: dict[Kind, tuple[Place, Place]] = {
    "causes": ("cause", "effect"),
    "fixes": ("issue", "fix"),
    "does-not-fix": ("issue", "fix"),
    "detects": ("issue", "detection"),
}


class End(NamedTuple):
    """What stands at one end of a relation.

    Attributes:
        place: Its place in the entry, which tells the kind of a concept that no code names.
        name: A code, or the plain words of a concept that is no code.
        wording: What the interviewee calls it, where the reader noted it.
    """

    place: Place
    name: str
    wording: str | None = None


class Relation(BaseModel):
    """One statement of one relation, as a reader found it in an interview.

    Attributes:
        id: The reader's own id, unique in its file.
        interview: Id of the interview, as in `kb.records.Interview`.
        kind: What the relation says; it has exactly the two places of `PLACES`.
        cause, effect, issue, fix, detection: A code, or words for a concept that is no code.
        cause_as, effect_as, issue_as, fix_as, detection_as: What the interviewee calls it.
        explicit: ``stated`` in one go, put together ``across-turns``, or only ``implied``.
        quotes: A few words each of the passages that say it; at least one.
        speaker: Label of who said it, where that is not the turn's speaker.
        note: The reader's own words.
        path, line: Where the entry stands; no part of what it says.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    interview: str = Field(min_length=1)
    kind: Kind
    cause: str | None = None
    effect: str | None = None
    issue: str | None = None
    fix: str | None = None
    detection: str | None = None
    cause_as: str | None = None
    effect_as: str | None = None
    issue_as: str | None = None
    fix_as: str | None = None
    detection_as: str | None = None
    explicit: Explicit
    quotes: tuple[str, ...] = Field(min_length=1)
    speaker: str | None = None
    note: str | None = None
    path: Path | None = Field(default=None, exclude=True, repr=False)
    line: int | None = Field(default=None, exclude=True, repr=False)

    @field_validator("id", "interview", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        """``11`` and ``"011"`` are the interview ``"11"``: YAML reads a bare number as one."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return value

    @field_validator("interview")
    @classmethod
    def _without_zeros(cls, value: str) -> str:
        return value.lstrip("0") or "0" if value.isdecimal() else value

    @field_validator("cause", "effect", "issue", "fix", "detection", "speaker")
    @classmethod
    def _folded(cls, value: str | None) -> str | None:
        """A name broken over two lines of YAML is the same name; an empty one is none."""
        return " ".join(value.split()) or None if value is not None else None

    @field_validator("quotes")
    @classmethod
    def _has_words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(not any(character.isalnum() for character in quote) for quote in value):
            msg = "a quote has no words"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _two_ends(self) -> Relation:
        places = PLACES[self.kind]
        for place in places:
            if getattr(self, place) is None:
                msg = f"'{self.kind}' needs '{places[0]}' and '{places[1]}', and '{place}' is missing"
                raise ValueError(msg)
        for other in ("cause", "effect", "issue", "fix", "detection"):
            if other not in places and (getattr(self, other) or getattr(self, f"{other}_as")):
                msg = f"'{self.kind}' is between '{places[0]}' and '{places[1]}' and has no '{other}'"
                raise ValueError(msg)
        if self.start.name.casefold() == self.end.name.casefold():
            msg = f"'{self.start.name}' stands at both ends, and nothing is related to itself"
            raise ValueError(msg)
        return self

    @property
    def start(self) -> End:
        """The cause, or the issue: where the relation's edge starts."""
        return self._end(PLACES[self.kind][0])

    @property
    def end(self) -> End:
        """The effect, the fix or the detection: where the relation's edge ends."""
        return self._end(PLACES[self.kind][1])

    def _end(self, place: Place) -> End:
        return End(place, getattr(self, place), getattr(self, f"{place}_as"))


class RelationsFile(BaseModel):
    """The relations of one file, in its order."""

    model_config = ConfigDict(frozen=True)

    path: Path
    relations: tuple[Relation, ...]

    @property
    def interviews(self) -> tuple[str, ...]:
        """Ids of the interviews that the file speaks of, in its order."""
        return tuple(dict.fromkeys(relation.interview for relation in self.relations))

    def of(self, interview: str) -> tuple[Relation, ...]:
        """The relations of one interview."""
        return tuple(r for r in self.relations if r.interview == interview)
