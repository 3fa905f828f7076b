"""A relations file as records: frozen, validated, with the line each entry stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from kb.relation import PLACES, by_name

Explicit = Literal["stated", "across-turns", "implied"]


def places() -> tuple[str, ...]:
    """What may stand at an end of a relation: the names of all places, and what is said there."""
    names = [place.name for place in PLACES]
    return (*names, *(f"{name}_as" for name in names))


def _known(kind: str) -> str:
    if kind not in by_name():
        raise PydanticCustomError("literal_error", "no kind of a relation")
    return kind


class End(NamedTuple):
    """What stands at one end of a relation.

    Attributes:
        place: Its place in the entry, which tells the kind of a concept that no code names.
        name: A code, or the plain words of a concept that is no code.
        wording: What the interviewee calls it, where the reader noted it.
    """

    place: str
    name: str
    wording: str | None = None


class Relation(BaseModel):
    """One statement of one relation, as a reader found it in an interview.

    Attributes:
        id: The reader's own id, unique in its file.
        interview: Id of the interview, as in `kb.records.Interview`.
        kind: One of `kb.relation.KINDS`; it has exactly the two places of that kind (``cause``, …), each
            with a code or words for a concept that is no code, and perhaps what the interviewee calls
            it (``cause_as``, …).
        explicit: ``stated`` in one go, put together ``across-turns``, or only ``implied``.
        quotes: A few words each of the passages that say it; at least one.
        speaker: Label of who said it, where that is not the turn's speaker.
        note: The reader's own words.
        by: Who proposed it, where that is not the reader: another coder, a language model.
        reviewer: Who read it and took it in.
        path, line: Where the entry stands; no part of what it says.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, str | None] = Field(init=False)

    id: str = Field(min_length=1)
    interview: str = Field(min_length=1)
    kind: Annotated[str, AfterValidator(_known)]
    explicit: Explicit
    quotes: tuple[str, ...] = Field(min_length=1)
    speaker: str | None = None
    note: str | None = None
    by: str | None = None
    reviewer: str | None = None
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

    @model_validator(mode="before")
    @classmethod
    def _folded(cls, values: dict[str, Any]) -> dict[str, Any]:
        """A name broken over two lines of YAML is the same name; an empty one is none."""
        names = {"speaker", "by", "reviewer", *(place.name for place in PLACES)}
        return {
            key: " ".join(value.split()) or None if key in names and isinstance(value, str) else value
            for key, value in values.items()
        }

    @field_validator("quotes")
    @classmethod
    def _has_words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(not any(character.isalnum() for character in quote) for quote in value):
            msg = "a quote has no words"
            raise ValueError(msg)
        return value

    @model_validator(mode="after")
    def _two_ends(self) -> Relation:
        kind = by_name()[self.kind]
        ends = (kind.start, kind.end)
        for end in ends:
            if self._said(end) is None:
                msg = f"'{self.kind}' needs '{ends[0]}' and '{ends[1]}', and '{end}' is missing"
                raise ValueError(msg)
        for other in (place.name for place in PLACES):
            if other not in ends and (self._said(other) or self._said(f"{other}_as")):
                msg = f"'{self.kind}' is between '{ends[0]}' and '{ends[1]}' and has no '{other}'"
                raise ValueError(msg)
        if unknown := sorted(set(self.__pydantic_extra__) - set(places())):
            msg = f"a relation has no '{unknown[0]}'"
            raise ValueError(msg)
        if self.start.name.casefold() == self.end.name.casefold():
            msg = f"'{self.start.name}' stands at both ends, and nothing is related to itself"
            raise ValueError(msg)
        return self

    @property
    def start(self) -> End:
        """Where the relation's edge starts: the cause, or the issue."""
        return self._end(by_name()[self.kind].start)

    @property
    def end(self) -> End:
        """Where the relation's edge ends: the effect, the fix or the detection."""
        return self._end(by_name()[self.kind].end)

    def entry(self) -> dict[str, Any]:
        """What it says, in a fixed order."""
        ends = (self.start, self.end)
        entry = {
            "id": self.id,
            "interview": self.interview,
            "kind": self.kind,
            **{end.place: end.name for end in ends},
            **{f"{end.place}_as": end.wording for end in ends},
            "explicit": self.explicit,
            "quotes": self.quotes,
            "speaker": self.speaker,
            "note": self.note,
            "by": self.by,
            "reviewer": self.reviewer,
        }
        return {key: value for key, value in entry.items() if value is not None}

    def _said(self, key: str) -> str | None:
        return self.__pydantic_extra__.get(key)

    def _end(self, place: str) -> End:
        return End(place, str(self._said(place)), self._said(f"{place}_as"))


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
