"""Which candidates a reviewer need not be asked about any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kb.relations.edit import RelationsText
from kb.review.journal import Entry, standing
from kb.review.model import Candidate, Key


class Claimed(NamedTuple):
    """A relation that the graph holds as a reader's claim.

    Attributes:
        key: Interview, kind and ends.
        reviewer: Who took it in; None where nobody is named.
    """

    key: Key
    reviewer: str | None


class Standing:
    """What is decided for one reviewer.

    Decided is what the relations file or the graph holds, accepted or refused by them, or by a reader who is
    not named. Another reviewer's decision is none of theirs, so that two can judge the same candidates; a
    reviewer without a name takes all as decided. The journal tells which candidate an entry came of that says
    something else than was offered. What was taken out of the file by hand is open again.

    Args:
        file: The relations file.
        entries: Its journal.
        claimed: What the graph holds.
        reviewer: Whose decisions.
    """

    def __init__(
        self,
        file: RelationsText,
        entries: Iterable[Entry],
        claimed: Collection[Claimed],
        reviewer: str | None,
    ) -> None:
        def counts(who: str | None) -> bool:
            return reviewer is None or who in (None, reviewer)

        written = [(Key(r.interview, r.kind, r.start.name, r.end.name), r.reviewer) for r in file.relations]
        self._accepted = {key for key, who in written if counts(who)}
        self._accepted |= {each.key for each in claimed if counts(each.reviewer)}
        self._refused = {
            (refused.interview, refused.kind, refused.start, refused.end)
            for refused in file.refused
            if counts(refused.reviewer)
        }
        there = {key for key, _ in written} | {each.key for each in claimed}
        self.mine: Mapping[Key, Entry] = {
            key: entry
            for key, entry in standing(entries, reviewer).items()
            if (entry.result in there if entry.result else self._is_refused(key))
        }

    def decided(self, candidate: Candidate) -> bool:
        """Whether the reviewer has decided on it."""
        key = candidate.key
        if key in self.mine or key in self._accepted or self._is_refused(key):
            return True
        # Of a tie that nothing directs either way is the same candidate.
        return not candidate.directed and (key.turned in self._accepted or self._is_refused(key.turned))

    def _is_refused(self, key: Key) -> bool:
        return any((interview, *key[1:]) in self._refused for interview in (None, key.interview))
