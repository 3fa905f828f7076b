"""Who says what: the people of one interview, by the labels in its transcript."""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Role, Turn
from kb.store.rows import EdgeRow, NodeRow
from kb.text.words import speaker_key
from loaders._roles import is_unknown


class People:
    """The speakers of one interview.

    Args:
        interview: Its id.
        turns: All its turns, in the order said; kept as `turns`.
    """

    def __init__(self, interview: str, turns: Sequence[Turn]) -> None:
        self.interview = interview
        self.turns = turns
        self._labels: dict[str, str] = {}
        self._roles: dict[str, Role | None] = {}
        for turn in turns:
            key = speaker_key(turn.speaker)
            if key:
                self._labels.setdefault(key, turn.speaker)
                self._roles[key] = self._roles.get(key) or turn.role
        interviewees = [key for key, role in self._roles.items() if role == "interviewee"]
        self._sole = interviewees[0] if len(interviewees) == 1 else None

    def speaker_id(self, label: str) -> str | None:
        """Id of the speaker a label names, ``11/Interviewee``; None for no label."""
        written = self._labels.get(speaker_key(label))
        return f"{self.interview}/{written}" if written else None

    @property
    def sole(self) -> str | None:
        """Id of the only interviewee; None if there are several, or none that is known."""
        return f"{self.interview}/{self._labels[self._sole]}" if self._sole else None

    def teller(self, turn: Turn, speaker: str | None = None) -> str:
        """Id of the person whose statement a passage is.

        A claim is an interviewee's: where the passage stands under the interviewer's label or none
        (transcripts slip there) and the interview has one interviewee, it is theirs. Where that
        cannot be told, or the label says that it is unknown (it may stand for several people),
        ``11/?``: nobody in particular, and so nobody's whole chain. Whether the interviewer's words are
        anybody's is asked before: see `kb.ingest.confirmed`.

        Args:
            turn: The passage.
            speaker: Label of the person, where a reader wrote it down; it wins.
        """
        if speaker:
            return self.speaker_id(speaker) or f"{self.interview}/{speaker}"
        if turn.role == "interviewee" and (own := self.speaker_id(turn.speaker)):
            return own
        if is_unknown(turn.speaker):
            return self.nobody
        if self.sole:
            return self.sole
        if turn.role is None and (own := self.speaker_id(turn.speaker)):
            return own
        return self.nobody

    def teller_of(self, passages: Sequence[Turn], speaker: str | None = None) -> str:
        """Id of the person whose statement several passages are together.

        Passages of several people make no one person's statement: ``11/?``. An interviewer's passage
        beside an interviewee's, as a question that is answered, is no other person's.

        Args:
            passages: In the order said; at least one.
            speaker: As in `teller`.
        """
        tellers = {self.teller(turn) for turn in passages if turn.role != "interviewer"}
        if speaker or not tellers:
            return self.teller(passages[0], speaker)
        return tellers.pop() if len(tellers) == 1 else self.nobody

    @property
    def nobody(self) -> str:
        """Who states what cannot be told to be one person's, ``11/?``."""
        return f"{self.interview}/?"

    def rows(self) -> tuple[list[NodeRow], list[EdgeRow]]:
        """The speakers as nodes, each in its interview."""
        nodes, edges = [], []
        for key, label in self._labels.items():
            role = self._roles[key]
            extra = (role.capitalize(),) if role else ()
            id_ = f"{self.interview}/{label}"
            properties = {"interview": self.interview, "label": label, "role": role}
            nodes.append(NodeRow("Speaker", id_, ("Speaker", *extra), properties))
            edges.append(EdgeRow("TOOK_PART_IN", ("Speaker", id_), ("Interview", self.interview), {}))
        return nodes, edges
