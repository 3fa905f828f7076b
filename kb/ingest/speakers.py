"""Who speaks in a source, how often, in which role, and what of it was guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from kb.records import Role, Turn
from kb.text.words import plural

#: Of the turns: a source of which more have a guessed speaker or role is not loaded unasked.
MOST_GUESSED = 0.5
SHOWN = 8  # speakers, in a line for people
_LONGEST = 40  # characters of a label in such a line


class SpeakerReport(BaseModel):
    """One speaker of one source.

    Attributes:
        speaker: The label as written; ``""`` for the turns that name nobody.
        role: None where it is unknown.
        turns: How many are theirs.
        guessed: Of how many of these the speaker or the role was derived, not written.
    """

    speaker: str
    role: Role | None = None
    turns: int
    guessed: int = 0


class _Key(NamedTuple):
    speaker: str
    role: Role | None


class Tally:
    """Counts turns as they come."""

    def __init__(self) -> None:
        self._turns: Counter[_Key] = Counter()
        self._guessed: Counter[_Key] = Counter()

    def add(self, turn: Turn) -> None:
        """Count one turn."""
        key = _Key(turn.speaker, turn.role)
        self._turns[key] += 1
        self._guessed[key] += turn.guessed is not None

    def speakers(self) -> list[SpeakerReport]:
        """Those with the most turns first."""
        found = [
            SpeakerReport(speaker=key.speaker, role=key.role, turns=n, guessed=self._guessed[key])
            for key, n in self._turns.items()
        ]
        return ranked(found)


def ranked(speakers: Iterable[SpeakerReport]) -> list[SpeakerReport]:
    """Those with the most turns first."""
    return sorted(speakers, key=lambda one: (-one.turns, one.speaker, one.role or ""))


def speakers_of(turns: Iterable[Turn]) -> list[SpeakerReport]:
    """The speakers of these turns, those with the most turns first."""
    tally = Tally()
    for turn in turns:
        tally.add(turn)
    return tally.speakers()


def too_much_guessed(speakers: Sequence[SpeakerReport]) -> str | None:
    """Why a source with these speakers is not loaded unasked; None if it is."""
    turns = sum(one.turns for one in speakers)
    guessed = sum(one.guessed for one in speakers)
    if guessed <= MOST_GUESSED * turns:
        return None
    return (
        f"the speaker or the role of {guessed} of its {plural(turns, 'turn')} would be guessed: begin each "
        "turn with its speaker, or name every label that is one (--interviewer, --interviewee); if what "
        "`kb parse` shows is right, load it with --accept-guesses."
    )


def in_a_line(speakers: Sequence[SpeakerReport]) -> str:
    """The speakers for a person to check at a glance; of many only the first, and how many more.

    >>> in_a_line([SpeakerReport(speaker="Mo", role="interviewee", turns=20, guessed=1)])
    'Mo (interviewee) 20 turns, 1 guessed'
    """
    shown = speakers if len(speakers) <= SHOWN + 1 else speakers[:SHOWN]
    parts = [_part(one) for one in shown]
    if rest := speakers[len(shown) :]:
        roles = Counter(one.role or "no role" for one in rest)
        kinds = ", ".join(f"{role} {n}" for role, n in sorted(roles.items()))
        more = f"{len(rest)} more speakers ({kinds}) {plural(sum(one.turns for one in rest), 'turn')}"
        parts.append(f"{more}{_guessed(sum(one.guessed for one in rest))}")
    return "; ".join(parts)


def _part(one: SpeakerReport) -> str:
    label = one.speaker if len(one.speaker) <= _LONGEST else f"{one.speaker[: _LONGEST - 1]}…"
    name = f"{label or 'nobody named'} ({one.role or 'no role'})"
    return f"{name} {plural(one.turns, 'turn')}{_guessed(one.guessed)}"


def _guessed(count: int) -> str:
    return f", {count} guessed" if count else ""


class ParsedSpeakers:
    """The speakers of each interview of a file, while its records go by."""

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}
        self._met: set[str] = set()

    def add(self, turn: Turn) -> None:
        """Count a turn once: a file may hold the transcript once for each coder."""
        if turn.id not in self._met:
            self._met.add(turn.id)
            self._tallies.setdefault(turn.interview, Tally()).add(turn)

    def by_interview(self) -> Mapping[str, list[SpeakerReport]]:
        """The speakers by the interview's id, in the order met."""
        return {id_: tally.speakers() for id_, tally in self._tallies.items()}
