"""The records that loaders yield and ingest works on: frozen, validated, printable as JSON Lines.

A file holds one interview or many, coded by nobody, one coder or several. It gives a `Source` before
the records of each interview; every other record says itself which interview it belongs to, and a
`Coding` whose it is. Beside turns and codings there is what tools of qualitative analysis keep for a
whole study: the tree of codes, relations, participants, memos. The terms are those of the exchange
format REFI-QDA (https://www.qdasoftware.org), named where ours differ.

Nothing is dropped without a `Notice`; what ingest cannot place it reports with its number.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    model_validator,
)

Role = Literal["interviewer", "interviewee"]
Level = Literal["info", "warning", "lost"]
Guess = Literal["speaker", "role"]
# The value of a variable, with the type it has in the source.
Value = StrictStr | StrictBool | StrictInt | StrictFloat


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Record):
    """One reading of one interview: its transcript, or one coder's coding of it in one round.

    A file yields one for each. Turns belong to all its sources of that interview, and may come again
    with the same id; codings belong to the source with their coder and round. A coder who has codings but no
    source of their own gets one, so that a loader of a project may yield one source an interview.

    Attributes:
        interview: The interview's id, as in `turn_id`: its number without leading zeros
            (``"11"``) where the name has one, else a slug of the name.
        title: The name as the source writes it, without date and coder (``Interview 11``).
        file: Name of the file (no folders: a graph must not depend on where it was loaded).
        format: The loader's `FORMAT`, e.g. ``delve-pdf``.
        coder: Who coded it, as the file says; None for a plain transcript.
        round: The coding round (``coding``, ``moderation``, …); None for a plain transcript.
        codes_exported: False if the source shows no code at all, which is a fact about the
            export ("no codes exported") and says nothing about what was coded.
        sha256: Of the file's bytes (hex), in JSON Lines that stand for one file (see `Origin`); a loader
            leaves it out.
        passages: Its turns are no transcript but coded passages, in no order that counts: where another
            source has the transcript, they are looked for in it.
    """

    type: Literal["source"] = "source"
    interview: str = Field(min_length=1)
    title: str
    file: str
    format: str
    coder: str | None = None
    round: str | None = None
    codes_exported: bool = False
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    passages: bool = False


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
        guessed: What the source does not write and was derived: the speaker (with the role), or the role.
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
    guessed: Guess | None = None


class Coding(_Record):
    """One code on one turn by one coder.

    Attributes:
        turn: Id of the turn it is on.
        label: The code as written in the source.
        code: The concept that the codebook maps the label to; loaders leave it equal to `label`.
        coder, round: Whose it is. Without both it is its interview's source's, if that is one coder's.
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


class Code(_Record):
    """An entry of a code tree, used in a coding or not.

    Attributes:
        name: The label as in codings; unique in a file.
        parent: Name of the code it stands under; None at the top.
        colour: As ``#rrggbb``.
        description: What the code means (REFI-QDA: Description).
    """

    type: Literal["code"] = "code"
    name: str = Field(min_length=1)
    parent: str | None = None
    colour: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    description: str | None = None


class End(BaseModel):
    """One end of a relation: a code, a passage, or a code on a passage.

    Attributes:
        code: A code's name.
        turn: Id of a turn.
        quote: Words of it; None for the whole turn.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str | None = None
    turn: str | None = None
    quote: str | None = None

    @model_validator(mode="after")
    def _something(self) -> End:
        if self.code is None and self.turn is None:
            msg = "an end of a relation has a code, a turn, or both"
            raise ValueError(msg)
        return self


class Relation(_Record):
    """Something that an analyst related to something (REFI-QDA: Link): codes, or passages.

    Attributes:
        kind: One of `kb.relation.KINDS` (``causes``, …), or what the tool or analyst calls it.
        start, end: What it runs between; of a kind of kb's own, as its places say (cause, effect).
        explicit: One of `kb.relation.EXPLICIT`, of a relation that words state.
        coder: Who drew it.
        note: Their words.
    """

    type: Literal["relation"] = "relation"
    kind: str = Field(min_length=1)
    start: End
    end: End
    explicit: Literal["stated", "across-turns", "coded", "implied"] = "coded"
    coder: str | None = None
    note: str | None = None


class Participant(_Record):
    """A person who was interviewed, with what is known of them (REFI-QDA: Case).

    One who took part in several interviews is yielded for each of them; the attributes add up.

    Attributes:
        name: What the study calls them; the same name is the same person.
        interview: Id of an interview they took part in, if any.
        speaker: Their label in that transcript; without it, the only interviewee's.
        attributes: Variables and values (REFI-QDA: Variable, VariableValue).
    """

    type: Literal["participant"] = "participant"
    name: str = Field(min_length=1)
    interview: str | None = None
    speaker: str | None = None
    attributes: dict[str, Value] = Field(default_factory=dict)


class Memo(_Record):
    """An analyst's note (REFI-QDA: Note) on one thing, or on the study if it names none.

    Attributes:
        text: What it says.
        title: Its heading.
        coder: Who wrote it.
        interview: Id of the interview it is on.
        turn, quote: The turn it is on, and words of it.
        code: The code it is on.
        participant: The participant it is on.
    """

    type: Literal["memo"] = "memo"
    text: str
    title: str | None = None
    coder: str | None = None
    interview: str | None = None
    turn: str | None = None
    quote: str | None = None
    code: str | None = None
    participant: str | None = None


class Notice(_Record):
    """Something the user should know about a source.

    Attributes:
        level: ``info`` (a fact, e.g. no codes exported), ``warning`` (something was derived and
            may be wrong) or ``lost`` (something in the source that could not be placed).
        message: One sentence.
        source: Name of the file.
        interview: Which interview it is about, if one.
    """

    type: Literal["notice"] = "notice"
    level: Level
    message: str
    source: str
    interview: str | None = None
    page: int | None = None
    line: int | None = None


class Origin(_Record):
    """The file that the records after it come from: what JSON Lines need to stand for files of other formats.

    ``kb parse`` writes one before the records of each of several files, and they load as if those files were
    loaded. Of one file the `Source` that stands first says the same. A loader yields none.

    Attributes:
        file: Its name (no folders).
        format: Its loader's `FORMAT`.
        sha256: Of its bytes (hex).
    """

    type: Literal["origin"] = "origin"
    file: str = Field(min_length=1)
    format: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


AnyRecord = Origin | Source | Turn | Coding | Code | Relation | Participant | Memo | Notice
Record = Annotated[AnyRecord, Field(discriminator="type")]


def turn_id(interview: str, index: int) -> str:
    """The id of a turn, made from content: ``turn_id("11", 42) == "11:0042"``."""
    return f"{interview}:{index:04d}"
