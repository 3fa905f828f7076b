"""The records that loaders yield and ingest works on: frozen, validated, printable as JSON Lines.

One source file gives, in this order: one `Interview`, then its `Turn`s in the order they were
said, each followed by its `Coding`s, and a `Notice` wherever something was derived, doubtful or
could not be placed. Nothing is dropped without a `Notice`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Role = Literal["interviewer", "interviewee"]
Level = Literal["info", "warning", "lost"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Interview(_Record):
    """One source's reading of one interview; always the first record of a source.

    Attributes:
        interview: The interview's id, as in `turn_id`: its number without leading zeros
            (``"11"``) where the name has one, else a slug of the name.
        title: The name as the source writes it, without date and coder (``Interview 11``).
        source: Name of the file (no folders: a graph must not depend on where it was loaded).
        format: The loader's `FORMAT`, e.g. ``delve-pdf``.
        coder: Who coded it, as the file says; None for a plain transcript.
        round: The coding round (``coding``, ``moderation``, …); None for a plain transcript.
        codes_exported: False if the source shows no code at all, which is a fact about the
            export ("no codes exported") and says nothing about what was coded.
    """

    type: Literal["interview"] = "interview"
    interview: str
    title: str
    source: str
    format: str
    coder: str | None = None
    round: str | None = None
    codes_exported: bool = False


class Turn(_Record):
    """One segment of the transcript: what one heading (or an unheaded paragraph) holds.

    Attributes:
        id: `turn_id` of interview and index.
        index: Position in this source, from 0.
        speaker: The label as written, ``""`` where there is none.
        role: Derived from the label (see `loaders._roles`); None where it cannot be derived.
        text: One line, white space folded.
        page, line: Where it starts in the source, from 1, where the format has them.
        start, end: Seconds from the start of the recording, for captions.
    """

    type: Literal["turn"] = "turn"
    id: str
    interview: str
    index: int = Field(ge=0)
    speaker: str = ""
    role: Role | None = None
    text: str
    page: int | None = None
    line: int | None = None
    start: float | None = None
    end: float | None = None


class Coding(_Record):
    """One code on one turn by one coder.

    Attributes:
        turn: Id of the turn it is on.
        label: The code as written in the source.
        code: The concept that the codebook maps the label to; loaders leave it equal to `label`.
        quote: The coded words, where the source marks a span; else None (the whole turn).
        start, end: Span in the turn's `text` in code points, end exclusive; None with no quote.
        label_without_underline: The source puts the label on this turn, but none of its words
            is marked: in Delve's print, the tail of a selection that ended at its edge.
    """

    type: Literal["coding"] = "coding"
    interview: str
    turn: str
    label: str
    code: str
    coder: str | None = None
    round: str | None = None
    quote: str | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    label_without_underline: bool = False


class Notice(_Record):
    """Something the user should know about a source.

    Attributes:
        level: ``info`` (a fact, e.g. no codes exported), ``warning`` (something was derived and
            may be wrong) or ``lost`` (something in the source that could not be placed).
        message: One sentence.
        source: Name of the file.
    """

    type: Literal["notice"] = "notice"
    level: Level
    message: str
    source: str
    interview: str | None = None
    page: int | None = None
    line: int | None = None


Record = Annotated[Interview | Turn | Coding | Notice, Field(discriminator="type")]
RECORD: TypeAdapter[Interview | Turn | Coding | Notice] = TypeAdapter(Record)


def turn_id(interview: str, index: int) -> str:
    """The id of a turn, made from content: ``turn_id("11", 42) == "11:0042"``."""
    return f"{interview}:{index:04d}"
