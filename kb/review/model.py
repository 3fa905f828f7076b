"""What is reviewed: a candidate with the passages that may say it, and what a reader makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from kb.relation import RelationKind, by_name

Explicit = Literal["stated", "across-turns", "implied"]
LEVELS: tuple[Explicit, ...] = ("stated", "across-turns", "implied")
Which = Literal["start", "end"]


class Key(NamedTuple):
    """What a candidate is: one relation in one interview, the ends in the order in which it is offered."""

    interview: str
    kind: str
    start: str
    end: str

    @property
    def turned(self) -> Key:
        """The same the other way round."""
        return self._replace(start=self.end, end=self.start)

    @property
    def in_words(self) -> str:
        """For people: ``951: drift → performance drop``."""
        kind = by_name()[self.kind]
        return f"{self.interview}: {self.start} {'→' if kind.causal else kind.verb} {self.end}"


class Words(NamedTuple):
    """Words of one turn.

    Attributes:
        turn: The turn's id.
        text: The words, as they stand in the turn.
        start: Where they begin in the turn's text, in code points; None where that is not known.
        marks: The words of the ends in the turn's text: which, first code point, and the one after the last.
    """

    turn: str
    text: str
    start: int | None = None
    marks: tuple[tuple[Which, int, int], ...] = ()


class Passage(BaseModel):
    """Words that may say the relation, from a suggestion or a proposal.

    Attributes:
        quotes: One text for each turn, in the order said.
        explicit: How plainly it is said there.
        states: Whether its words state the link; codes that only stand together say nothing of one.
        points: What it adds up to.
        why: Reasons for it, a few words each.
        doubts: What a reader should look at, a sentence each.
        by: Who proposed it; None if kb found it.
        proposal: Id of the proposal; None if kb found it.
    """

    model_config = ConfigDict(frozen=True)

    quotes: tuple[Words, ...]
    explicit: Explicit
    states: bool
    points: float
    why: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    by: str | None = None
    proposal: str | None = None


class Candidate(BaseModel):
    """A relation that an interview may state.

    Attributes:
        key: What it is.
        passages: The words that may say it, best first; at least one.
        worth: By how much it is expected to be worth reading: a likelihood where decisions taught one,
            else points.
        directed: Whether anything tells which end is the cause.
        might_be: Codes that an end in words could be, likeliest first.
    """

    model_config = ConfigDict(frozen=True)

    key: Key
    passages: tuple[Passage, ...]
    worth: float
    directed: bool = True
    might_be: tuple[str, ...] = ()

    @property
    def kind(self) -> RelationKind:
        """The row of its kind."""
        return by_name()[self.key.kind]

    @property
    def proposals(self) -> tuple[str, ...]:
        """Ids of the proposals in it."""
        return tuple(passage.proposal for passage in self.passages if passage.proposal)


class Draft(BaseModel):
    """A candidate as the reader would have it now.

    Attributes:
        candidate: As it was offered.
        passage: Which of its passages, by index.
        start, end: The ends.
        quotes: The words, in the order said.
        explicit: How plainly it is said.
        note: The reader's own words.
    """

    model_config = ConfigDict(frozen=True)

    candidate: Candidate
    passage: int
    start: str
    end: str
    quotes: tuple[Words, ...]
    explicit: Explicit
    note: str | None = None

    @classmethod
    def of(cls, candidate: Candidate, passage: int = 0) -> Draft:
        """The candidate as offered, with one of its passages."""
        chosen = candidate.passages[passage]
        return cls(
            candidate=candidate,
            passage=passage,
            start=candidate.key.start,
            end=candidate.key.end,
            quotes=chosen.quotes,
            explicit=chosen.explicit,
        )

    @property
    def words(self) -> Passage:
        """The passage that is shown."""
        return self.candidate.passages[self.passage]

    @property
    def key(self) -> Key:
        """What it would be."""
        return self.candidate.key._replace(start=self.start, end=self.end)

    @property
    def turned(self) -> bool:
        """Whether it goes the other way than it was offered."""
        return self.key == self.candidate.key.turned

    def entry(self, reviewer: str | None, quotes: tuple[str, ...]) -> Mapping[str, Any]:
        """An entry of a relations file, without an id."""
        kind = self.candidate.kind
        return {
            "interview": self.key.interview,
            "kind": kind.name,
            kind.start: self.start,
            kind.end: self.end,
            "explicit": self.explicit,
            "quotes": quotes,
            "note": self.note,
            "by": self.words.by,
            "reviewer": reviewer,
        }
