"""Proposals verified against a study: each becomes a `Proposal` that waits, or is refused with reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.propose.ends import End, Names
from kb.propose.form import Proposed
from kb.propose.model import Explicit, Proposal, proposal_id
from kb.propose.quoting import Quoted, Quotes
from kb.propose.read import Row
from kb.propose.speech import Heard, Part
from kb.propose.transcript import Transcript
from kb.records import Turn
from kb.relation import by_name
from kb.text.nearest import did_you_mean

# In what a proposal has of an interview's words, letters that tell whether it can be in another at all.
_TELLING, _MOST_OF = 5, 0.8


class Outcome(NamedTuple):
    """What came of one row.

    Attributes:
        line: Where the row stands in its file.
        proposal: Waiting or refused; None where the row could not be read.
        problem: Why it could not be read.
        given: Its quote, as far as it could be read.
    """

    line: int
    proposal: Proposal | None
    problem: str | None = None
    given: str = ""

    @property
    def refused(self) -> bool:
        """Whether it does not wait for a reader."""
        return self.proposal is None or self.proposal.refusal is not None


@dataclass
class Source:
    """A study, as far as proposals are held against it.

    Attributes:
        interviews: Ids of all interviews.
        turns: The turns of one, in the order said.
        hear: What kb finds at a quote of one: interview, kind, ends, parts.
        names: The names that concepts go by.
        kinds: The kinds of concepts (issue, fix, …) by name.
        claims: Relations that the graph holds: kind and ends, to the interviews that tell them.
        refused: Relations that a reader refused before, for all interviews.
        refused_in: The same for one interview each, whose id is the last of the four.
    """

    interviews: Collection[str]
    turns: Callable[[str], Sequence[Turn]]
    hear: Callable[[str, str, str, str, Sequence[Part]], Heard]
    names: Names
    kinds: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[tuple[str, str, str], Collection[str]] = field(default_factory=dict)
    refused: Collection[tuple[str, str, str]] = ()
    refused_in: Collection[tuple[str, str, str, str]] = ()


class Verifier:
    """Verifies proposals one after another.

    Args:
        source: The study.
        interview: Of proposals that name none.
        by: Who proposes those that do not say.
    """

    def __init__(self, source: Source, *, interview: str | None = None, by: str | None = None) -> None:
        self._source = source
        self._interview = interview
        self._by = by
        self._transcripts: dict[str, Transcript] = {}
        self._plain: dict[str, str] = {}
        self._known: dict[str, frozenset[str]] = {}

    def all(self, rows: Iterable[Row]) -> Iterator[Outcome]:
        """The outcome of each row, in order."""
        for row in rows:
            if row.proposed is None or row.proposed.kind not in by_name():
                problem = row.proposed.problem() if row.proposed else row.problem
                yield Outcome(row.line, None, problem, row.given)
            else:
                yield Outcome(row.line, self.one(row.proposed), given=row.proposed.quote)

    def one(self, proposed: Proposed) -> Proposal:
        """What is proposed, of a known kind, with what was found of it, or with why it is refused."""
        problems: list[str] = []
        of_turn = (proposed.turn or "").rpartition(":")[0]
        interview = self._id(proposed.interview or self._interview or of_turn or None, problems)
        start, end = proposed.start, proposed.end
        ends: list[End] = []
        problem = proposed.problem()
        if problem is not None:
            problems.append(problem)
        else:
            for given in (start, end):
                found = self._source.names.end(given)
                if isinstance(found, str):
                    problems.append(found)
                else:
                    ends.append(found)
        if len(ends) == 2:
            start, end = ends[0].name, ends[1].name
            if start.casefold() == end.casefold():
                problems.append(f"'{start}' stands at both ends, and nothing is related to itself.")
        quoted: Quoted | str = ""
        if interview is not None:
            quoted = self._quotes(interview).quoted(proposed.quote, proposed.turn, proposed.speaker)
            if isinstance(quoted, str):
                problems.insert(0, quoted)
        fields = {
            "id": proposal_id(interview or "", proposed.kind, start, end, proposed.quote),
            "interview": interview or proposed.interview or "",
            "kind": proposed.kind,
            "start": start,
            "end": end,
            "given": proposed.quote,
            "note": proposed.note,
            "by": proposed.by or self._by,
        }
        if problems or isinstance(quoted, str) or interview is None:
            return Proposal(**fields, refusal=_joined(problems))
        parts = [
            Part(self._transcript(interview).turns[place.turn].id, place.start, place.end)
            for place in quoted.places
        ]
        heard = self._source.hear(interview, proposed.kind, start, end, parts)
        if quoted.evidence not in {part.turn for part in parts} and not heard.asked:
            asked = (
                f"the interviewer's words ({parts[0].turn}) say no relation that could be confirmed: they "
                "have no word of cause, nor words on both ends."
            )
            return Proposal(**fields, refusal=asked)
        explicit: Explicit = "across-turns" if len(set(quoted.turns)) > 1 else "stated"
        warnings = (*quoted.warnings, *heard.warnings, *self._about(interview, proposed.kind, ends))
        return Proposal(
            **fields,
            quotes=quoted.quotes,
            turns=quoted.turns,
            evidence=quoted.evidence,
            speaker=quoted.speaker,
            explicit=explicit,
            warnings=tuple(dict.fromkeys(_sentence(warning) for warning in warnings)),
            speaks_for=heard.speaks_for,
            speaks_against=heard.speaks_against,
        )

    def _id(self, given: str | None, problems: list[str]) -> str | None:
        if given is None:
            problems.append("names no interview: add it, or say --interview.")
            return None
        names = self._source.interviews
        plain = given.casefold().removeprefix("interview").strip(" -_")
        folded = {each.casefold(): each for each in names}
        for wanted in (given, given.casefold(), plain, plain.lstrip("0")):
            if wanted in names:
                return wanted
            if wanted in folded:
                return folded[wanted]
        problems.append(f"there is no interview '{given}' in the graph.{did_you_mean(given, names)}")
        return None

    def _about(self, interview: str, kind: str, ends: Sequence[End]) -> Iterator[str]:
        """What is to be said of the ends, and of the relation in the graph."""
        first, second = (end.name for end in ends)
        relation = by_name()[kind]
        for end, place, other in ((ends[0], relation.start, False), (ends[1], relation.end, True)):
            found = self._source.kinds.get(end.name)
            if found == "fix" and place in ("cause", "effect", "issue"):
                yield f"'{end.name}' is a fix, and stands where the {place} does."
            elif other and found in ("issue", "topic") and place == "fix":
                yield f"'{end.name}' is no fix, and stands where the fix does: perhaps turned round."
            if end.like:
                yield f"'{end.name}' may be the code {' or '.join(map(repr, end.like))}."
        told = self._source.claims.get((kind, first, second), ())
        if interview in told:
            yield f"in the graph already, told in {interview}."
        elif told:
            yield f"in the graph already, told in {_few(told)}: this would be another who says so."
        if turned := self._source.claims.get((kind, second, first), ()):
            yield f"the graph holds it the other way round, told in {_few(turned)}."
        if (kind, first, second) in self._source.refused:
            yield "refused by a reader before."
        elif (kind, first, second, interview) in self._source.refused_in:
            yield "refused by a reader before, in this interview."

    def _quotes(self, interview: str) -> Quotes:
        return Quotes(
            self._transcript(interview),
            self._words(interview),
            lambda quote: self._elsewhere(quote, interview),
        )

    def _transcript(self, interview: str) -> Transcript:
        if interview not in self._transcripts:
            self._transcripts[interview] = Transcript(self._source.turns(interview))
        return self._transcripts[interview]

    def _words(self, interview: str) -> frozenset[str]:
        if interview not in self._known:
            self._known[interview] = self._transcript(interview).known
        return self._known[interview]

    def _elsewhere(self, quote: str, interview: str) -> Iterator[str]:
        """Turns of other interviews in which a quote stands."""
        telling = {word for word in quote.casefold().split() if word.isalpha() and len(word) >= _TELLING}
        for other in self._source.interviews:
            if other == interview:
                continue
            if other not in self._plain:
                self._plain[other] = " ".join(turn.text for turn in self._source.turns(other)).casefold()
            there = sum(word in self._plain[other] for word in telling)
            if there < _MOST_OF * len(telling):
                continue
            transcript = self._transcript(other)
            for found in transcript.find(quote, self._words(other)):
                yield transcript.turns[found.places[0].turn].id


def _few(interviews: Collection[str]) -> str:
    names = sorted(interviews)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _joined(problems: Sequence[str]) -> str:
    """Several sentences as one text."""
    first, *rest = map(_sentence, problems)
    return " ".join([first, *(text[0].upper() + text[1:] for text in rest)])


def _sentence(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
