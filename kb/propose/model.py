"""A proposal as it waits to be judged: a relation with its words as found in the transcript."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, computed_field, model_validator

from kb.relation import RelationKind, by_name
from kb.text.quotes import words_of

Status = Literal["waiting", "refused", "decided"]
Explicit = Literal["stated", "across-turns", "implied"]

#: Letters of a quote and of a note, and of a name, at most.
MAX_TEXT, MAX_NAME = 8000, 400

_ELLIPSIS = re.compile(r"…|\.{3,}")


def _known(kind: str) -> str:
    if kind not in by_name():
        msg = f"'{kind}' is no kind of relation; it is one of {', '.join(by_name())}"
        raise ValueError(msg)
    return kind


class Decision(BaseModel):
    """What one reader decided on a proposal.

    Attributes:
        accepted: Whether the relation holds; else it was refused.
        reviewer: Who decided; None where only one person does.
        relations: Ids of the entries that it became in the relations file.
        note: Why, in the reader's own words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    accepted: bool
    reviewer: Annotated[str, Field(max_length=MAX_NAME)] | None = None
    relations: tuple[str, ...] = ()
    note: Annotated[str, Field(max_length=MAX_TEXT)] | None = None


class Proposal(BaseModel):
    """A relation that somebody proposed, with what kb found of it in the transcript.

    Attributes:
        id: Made from what is proposed (`proposal_id`): the same proposal has the same one.
        interview: Id of the interview.
        kind: One of `kb.relation.KINDS`, by name.
        start, end: Cause and effect, or issue and fix (the places of the kind): the name of a code as the
            study writes it, or several words for a concept that no code names.
        quotes: Words of the transcript as they stand there, one passage each, found once each; empty if it
            is refused. They are what a relations file takes.
        turns: Ids of the turns of the quotes, in the same order.
        evidence: Id of the turn that is the evidence: of a question that the interviewee confirms, the
            confirming turn; else the first of `turns`; None if it is refused.
        speaker: Label of who says it, ``""`` where it has none; None if it is refused.
        explicit: ``stated``, or ``across-turns`` where the quotes stand in several turns.
        given: The quote as it was proposed.
        note: The proposer's own words.
        by: Who proposed it: a model's name, a coder's; several joined by ``"; "``.
        refusal: Why it was refused when it was verified; None if it was not.
        warnings: What a reader should look at, a sentence each.
        speaks_for, speaks_against: What kb itself finds there, a few words each.
        decisions: Of readers, one each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=64)
    interview: str = Field(max_length=MAX_NAME)
    kind: Annotated[str, AfterValidator(_known)]
    start: str = Field(max_length=MAX_NAME)
    end: str = Field(max_length=MAX_NAME)
    quotes: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    evidence: str | None = None
    speaker: str | None = None
    explicit: Explicit = "stated"
    given: str = Field(max_length=MAX_TEXT)
    note: Annotated[str, Field(max_length=MAX_TEXT)] | None = None
    by: Annotated[str, Field(max_length=MAX_NAME)] | None = None
    refusal: str | None = None
    warnings: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_status(cls, values: Any) -> Any:
        """The status follows from the rest; in a file it stands for those who read the file."""
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if key != "status"}
        return values

    @model_validator(mode="after")
    def _whole(self) -> Proposal:
        if len(self.quotes) != len(self.turns):
            msg = "quotes and turns are as many"
            raise ValueError(msg)
        if self.refusal is None and not self.quotes:
            msg = "what is not refused has a quote"
            raise ValueError(msg)
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def status(self) -> Status:
        """``refused`` when it was verified, ``decided`` by a reader, else ``waiting``."""
        if self.refusal is not None:
            return "refused"
        return "decided" if self.decisions else "waiting"

    @property
    def quote(self) -> str:
        """The quotes as one text."""
        return " … ".join(self.quotes)

    @property
    def places(self) -> tuple[str, str]:
        """What a relations file calls its ends: ``cause`` and ``effect``, ``issue`` and ``fix``."""
        kind = self.relation_kind
        return kind.start, kind.end

    @property
    def relation_kind(self) -> RelationKind:
        """The row of its kind in the table of kinds."""
        return by_name()[self.kind]

    def decision_of(self, reviewer: str | None = None) -> Decision | None:
        """What one reader decided on it; None if they have not."""
        return next((each for each in self.decisions if each.reviewer == reviewer), None)


def proposal_id(interview: str, kind: str, start: str, end: str, quote: str) -> str:
    """The id of a proposal: from its interview, kind, ends and quote, small slips aside.

    Case, separators, punctuation, fillers and kind of quotation marks do not count.

    Returns:
        16 hexadecimal digits.
    """
    parts = [" ".join(words_of(part, plain=True).words) for part in _ELLIPSIS.split(quote)]
    said = " … ".join(part for part in parts if part) or " ".join(quote.split())
    content = [interview, kind, _folded(start), _folded(end), said]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]


def _folded(name: str) -> str:
    """A name without case and separators."""
    return re.sub(r"[\W_]+", "", name.casefold()) or name


def joined(*names: str | None) -> str | None:
    """Several proposers as one text, each once: ``Ada; a model``."""
    each: Sequence[str] = [part.strip() for name in names if name for part in name.split(";")]
    text = "; ".join(dict.fromkeys(part for part in each if part))
    return text[:MAX_NAME] or None
