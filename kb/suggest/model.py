"""What goes into suggesting relations, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

from kb.records import Coding, Turn
from kb.relation import by_name

Kind = Literal["causes", "fixes"]
Explicit = Literal["stated", "across-turns", "implied"]
# Why two ends are offered together. Of these only `STATING` are statements: words that say the link.
Sign = Literal[
    "strong cue",  # a cue that says a cause, between words on both ends
    "weak cue",  # a cue that often does, between words on both
    "half cue",  # a strong cue with words on one end, on a passage coded with the other
    "confirmed",  # the interviewer's words, which the interviewee confirms
    "listed",  # named in the answer to a question for issues, causes or effects
    "remedy",  # words of a remedy with words on the issue
    "question",  # the interviewer asked for the cause, effect or remedy of the other end
    "asked issues",  # the interviewer asked for the issues of a topic
    "pair",  # the codebook pairs issue and fix
    "same passage",  # both codes stand on it
    "next passage",  # the codes stand on neighbouring passages
    "cue nearby",  # a cue, or words of a remedy, elsewhere in the passage
    "earlier stage",  # the cause's category comes before the effect's
]
STATING: frozenset[Sign] = frozenset({"strong cue", "weak cue", "half cue", "confirmed", "listed", "remedy"})

# What a suggestion's start and end are called, as in a relations file.
KINDS: tuple[Kind, ...] = ("causes", "fixes")
PLACES: dict[Kind, tuple[str, str]] = {name: (by_name()[name].start, by_name()[name].end) for name in KINDS}


class CodedInterview(BaseModel):
    """One interview with the codings of all its coders.

    Attributes:
        interview: Its id.
        turns: In the order they were said.
        codings: On these turns, `code` mapped to its concept.
    """

    model_config = ConfigDict(frozen=True)

    interview: str
    turns: tuple[Turn, ...]
    codings: tuple[Coding, ...]


@runtime_checkable
class Texts(Protocol):
    """Interviews whose words alone can be had without reading them whole."""

    def texts(self) -> Iterable[str]:
        """What is said in all turns, in any order."""


def texts_of(interviews: Iterable[CodedInterview]) -> Iterable[str]:
    """What is said in all turns of some interviews."""
    if isinstance(interviews, Texts):
        return interviews.texts()
    return (turn.text for interview in interviews for turn in interview.turns)


class Codes(BaseModel):
    """What the codebook says of the codes; only kinds are needed, the rest helps.

    Attributes:
        kinds: Kind of each code (issue, fix, cause, topic, question, category).
        categories: Category of each code; of a code that stands for a category, that category.
        stages: Categories in the order in which one thing comes before another, such as data,
            training, evaluation, deployment: a weak hint on direction. Others have no stage, but an issue
            without a category comes before them all.
        phrases: Other names of a code and words that describe it, to find it in what is said.
        issues: For a fix, the issue that the codebook pairs it with.
    """

    model_config = ConfigDict(frozen=True)

    kinds: Mapping[str, str]
    categories: Mapping[str, str] = Field(default_factory=dict)
    stages: Sequence[str] = ()
    phrases: Mapping[str, Sequence[str]] = Field(default_factory=dict)
    issues: Mapping[str, str] = Field(default_factory=dict)

    def stage(self, code: str) -> int | None:
        """Position of the code's category among the stages; an issue of no category is before them all."""
        category = self.categories.get(code)
        if category is None and self.stages and self.kinds.get(code) == "issue":
            return -1  # how people work together stands behind what goes wrong in each stage
        return self.stages.index(category) if category in self.stages else None


class Weights(BaseModel):
    """Points of each kind of evidence: few and round, set by principle and not fitted.

    Words that say a cause outweigh codes that only stand together, since analysts code passages and
    not links; both ends in the words outweigh one.

    Attributes:
        strong_both, weak_both: A strong (weak) cue between words that speak of both ends.
        strong_one: A strong cue where the words speak of one end, and the passage is coded with the
            other, of which its words do not speak.
        in_words: A strong cue between words on one end and words that no code names.
        same, next: Both ends coded on one passage, or on neighbouring passages of one answer.
        near_cue: A strong cue somewhere in that passage, where the kinds tell the direction.
        question: The interviewer asked for the cause (or the effect, or the remedy) of one end.
        asked_issues: The interviewer asked for the issues of a topic.
        stage: The cause belongs to an earlier stage than the effect.
        named: The codebook pairs the fix with the issue.
        doubt: Factor for each reason to doubt: hedged or hypothetical speech; of codes that only
            stand together, that their kinds do not tell the direction, or that the topic is not
            spoken of.
        after: Factor where the effect is told after the cause: its code begins beside one that goes on.
        several: Factor where three or more issues stand on the passage.
        again: Factor for each further interview, and twice for each further answer in one.
        per_turn: Of how many pairs one turn can be the best evidence, of those that no words state.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    strong_both: float = 4
    weak_both: float = 3
    strong_one: float = 2
    in_words: float = 1.5
    same: float = 2
    next: float = 0.5
    near_cue: float = 1
    question: float = 2
    asked_issues: float = 1
    stage: float = 1
    named: float = 2
    doubt: float = 0.5
    after: float = 1
    several: float = 0.5
    again: float = 0.5
    per_turn: int = 3


class Quote(BaseModel):
    """Words of one turn.

    Attributes:
        turn: The turn's id.
        person: Its speaker's label, ``""`` where there is none.
        text: The words, as they stand in the turn.
        start: Where they begin in the turn's text, in code points.
    """

    model_config = ConfigDict(frozen=True)

    turn: str
    person: str
    text: str
    start: int


class Span(NamedTuple):
    """The words of one end of a relation in a quote.

    Attributes:
        quote: Which of the evidence's quotes, by its index.
        start, end: The words in that quote's text, in code points, end exclusive.
    """

    quote: int
    start: int
    end: int


class Spans(BaseModel):
    """Where a quote speaks of the ends of a relation; None of an end that no words speak of.

    Attributes:
        start: Of the cause, or the issue.
        end: Of the effect, or the fix.
    """

    model_config = ConfigDict(frozen=True)

    start: Span | None = None
    end: Span | None = None


class Evidence(BaseModel):
    """One answer that speaks for a relation, by its best passage.

    Attributes:
        number: From 1, in the order of the transcripts (interview, turn, words): it does not change when
            other evidence is weighed otherwise.
        interview, turn: Where; the turn's id.
        person: The speaker's label, ``""`` where there is none.
        quote: The words, as they stand in the turn.
        quotes: All the words it rests on, in the order said: `quote`, and of two turns those before it.
        spans: Where the quotes speak of both ends.
        kind: What the weightiest reason is.
        signs: The kind of each reason: what `kb.suggest.learn` weighs.
        points: What the answer adds up to.
        explicit: ``stated`` with both ends in words of one turn, ``across-turns`` with words of two, else
            ``implied``.
        passages: How many of the answer's passages, or neighbouring passages, carry both codes.
        why: The reasons, each a few words, the weightiest first.
    """

    model_config = ConfigDict(frozen=True)

    number: int = 0
    interview: str
    turn: str
    person: str
    quote: str
    quotes: tuple[Quote, ...]
    spans: Spans = Spans()
    kind: Sign
    signs: tuple[Sign, ...] = ()
    points: float
    explicit: Explicit
    passages: int
    why: tuple[str, ...]


class Suggestion(BaseModel):
    """A relation that may hold, for a reader to accept or refuse.

    Attributes:
        kind: ``causes`` or ``fixes``.
        start, end: Cause and effect, or issue and fix: the ends of the edge it would become.
        score: Points of its evidence, further interviews and answers counting less and less.
        interviews: In how many interviews there is evidence.
        people: How many people spoke it.
        passages: How many passages, or neighbouring passages, carry both codes.
        evidence: Best first.
        directed: Whether anything tells which end is the cause; else the order is that of the names.
        in_words: The end that no code names (``start`` or ``end``): it is in words of the passage.
        might_be: The codes that this end could be, the likeliest first.
        chance: How likely a reader accepts it (0 to 1), learned from earlier decisions; None where
            nothing was learned.
        learned: Which decisions moved that chance, in words.
    """

    model_config = ConfigDict(frozen=True)

    kind: Kind
    start: str
    end: str
    score: float
    interviews: int
    people: int
    passages: int
    evidence: tuple[Evidence, ...]
    directed: bool = True
    in_words: Literal["start", "end"] | None = None
    might_be: tuple[str, ...] = ()
    chance: float | None = None
    learned: tuple[str, ...] = ()

    @property
    def ends(self) -> dict[str, str]:
        """The ends by what a relations file calls them: cause and effect, or issue and fix."""
        first, second = PLACES[self.kind]
        return {first: self.start, second: self.end}


class Known(NamedTuple):
    """A relation that was accepted or refused before and is not suggested again."""

    kind: str
    start: str
    end: str
