"""A review under way: which candidate is next, what the reader makes of it, what has been decided."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from kb.errors import UsageError
from kb.records import Turn
from kb.review import check
from kb.review.model import LEVELS, Candidate, Draft, Explicit, Key, Which
from kb.review.record import Decided, Record
from kb.review.standing import Claimed

# A candidate that somebody took longer over has been left on the screen; seconds.
_AWAY = 120.0
# Decisions from which on their time tells how long the others will take.
_TELLING = 3
# Words may be taken from turns that are so many away from the passage.
_NEAR = 6


class Progress(NamedTuple):
    """How far a review has come.

    Attributes:
        decided: Candidates with a decision.
        left: Candidates without.
        skipped: Of those, put off in this session.
        seconds: What a decision took, at the median; None before the third.
    """

    decided: int
    left: int
    skipped: int
    seconds: float | None

    @property
    def total(self) -> int:
        """All candidates."""
        return self.decided + self.left

    @property
    def minutes_left(self) -> float | None:
        """What is left to do, at this rate."""
        return None if self.seconds is None else self.left * self.seconds / 60


class Review:
    """A reader's way through candidates. Each decision is in the relations file when its call returns.

    Args:
        candidates: In the order in which to judge them.
        path: The relations file; its journal is beside it.
        turns: The turns of each interview.
        names: Every name that a code goes by.
        concepts: Those of them that are concepts in words.
        reviewer: Who reads; None where only one person does.
        proposals: The queue that proposals among the candidates come from.
        claimed: What the graph holds of readers' relations.
        most: At most so many candidates in this session; None for all.
        whole: Of which kinds (causes, fixes) these are all the candidates of these interviews.
        tell: Told what happens to the files meanwhile, a sentence each.
        clock: Seconds, for how long decisions take.

    Raises:
        CodebookError: The file is no relations file.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        *,
        path: Path,
        turns: Mapping[str, Sequence[Turn]],
        names: Collection[str],
        concepts: Collection[str] = (),
        reviewer: str | None = None,
        proposals: Path | None = None,
        claimed: Collection[Claimed] = (),
        most: int | None = None,
        whole: Sequence[str] = (),
        tell: Callable[[str], object] = lambda _said: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path, self.reviewer, self.turns, self.names = path, reviewer, turns, frozenset(names)
        self._concepts = frozenset(concepts)
        self._record = Record(path, reviewer, proposals, claimed, tell)
        self._clock, self._whole = clock, tuple(whole)
        self._all = {candidate.key: candidate for candidate in candidates}
        self._skipped: list[Key] = []
        self._drafts: dict[Key, Draft] = {}
        self._queue = [key for key in self._all if not self._is_decided(key)][:most]
        self._shown()

    @property
    def current(self) -> Candidate | None:
        """The candidate to be judged; None if there is none left in this session."""
        return self._all[self._queue[0]] if self._queue else None

    @property
    def draft(self) -> Draft:
        """The current candidate as the reader would have it.

        Raises:
            UsageError: There is no candidate left.
        """
        if (candidate := self.current) is None:
            raise UsageError("There is no candidate left to decide on.")
        return self._drafts.setdefault(candidate.key, Draft.of(candidate))

    @property
    def progress(self) -> Progress:
        """How far it has come, over all candidates, those of earlier sessions too."""
        left = sum(not self._is_decided(key) for key in self._all)
        mine = [
            e.seconds for e in self._record.entries if e.reviewer == self.reviewer and e.seconds is not None
        ]
        taken = [min(seconds, _AWAY) for seconds in mine[-50:]]
        return Progress(
            len(self._all) - left, left, len(self._skipped), median(taken) if len(taken) >= _TELLING else None
        )

    @property
    def by_interview(self) -> dict[str, tuple[int, int]]:
        """Of each interview the candidates that are decided, and all of them."""
        found = dict.fromkeys(self.turns, (0, 0))
        for key in self._all:
            decided, total = found[key.interview]
            found[key.interview] = (decided + self._is_decided(key), total + 1)
        return found

    def refresh(self) -> bool:
        """Take notice of what was decided in the file elsewhere; whether the file was changed.

        Raises:
            CodebookError: It is no relations file any more; nothing is written over.
        """
        stood = self._record.standing
        if not self._record.refresh():
            return False
        before = self._queue[:1]
        # What was taken out of the file by hand is asked for again, after all others.
        again = [key for key, each in self._all.items() if stood.decided(each) and not self._is_decided(key)]
        self._queue = [each for each in dict.fromkeys((*self._queue, *again)) if not self._is_decided(each)]
        if self._queue[:1] != before:
            self._shown()
        return True

    def turn_round(self) -> None:
        """Exchange the ends."""
        self._edit(start=self.draft.end, end=self.draft.start)

    def change_end(self, which: Which, name: str) -> None:
        """Put another code, or a concept in several words, at an end.

        Raises:
            UsageError: It is neither, is empty, or stands at the other end.
        """
        before = self.draft
        if not any(map(str.isalnum, name)):
            kind = before.candidate.kind
            place = kind.start if which == "start" else kind.end
            raise UsageError(
                f"No name was given for the {place}: write a code, or several words; it stays as it is."
            )
        self._edit(**{which: " ".join(name.split())})
        try:
            check.checked(self.draft, self.turns[self.draft.key.interview], self.names, self._concepts)
        except UsageError:
            self._drafts[before.candidate.key] = before
            raise

    def quote(self, *texts: str | check.Chosen) -> None:
        """Take other words as the quotes: fewer of the passage, or words of a turn near it.

        Args:
            texts: The words of each quote, and where they were selected if that is known; `…` stands for
                some that are left out.

        Raises:
            UsageError: They do not stand there, or there are none.
        """
        draft = self.draft
        turns = self.turns[draft.key.interview]
        shown = {words.turn for words in (*draft.words.quotes, *draft.quotes)}
        at = [n for n, turn in enumerate(turns) if turn.id in shown]
        near = [turn for n, turn in enumerate(turns) if any(abs(n - m) <= _NEAR for m in at)]
        first = sorted(near, key=lambda turn: turn.id not in shown)
        wanted = [check.Chosen(each) if isinstance(each, str) else each for each in texts]
        quotes = [check.chosen(each, first) for each in wanted if each.text.strip()]
        if not quotes:
            raise UsageError("A relation needs the words that say it.")
        order = {turn.id: n for n, turn in enumerate(turns)}
        self._edit(quotes=tuple(sorted(quotes, key=lambda words: (order[words.turn], words.start or 0))))

    def say_how(self, explicit: Explicit | None = None) -> None:
        """Set how plainly it is said; None for the next level."""
        level = explicit or LEVELS[(LEVELS.index(self.draft.explicit) + 1) % len(LEVELS)]
        self._edit(explicit=level)

    def note(self, text: str) -> None:
        """Set the reader's own words; none for no note."""
        self._edit(note=" ".join(text.split()) or None)

    def other_passage(self) -> None:
        """Take the next of the passages that may say it; ends and note stay as the reader has them."""
        draft = self.draft
        next_ = (draft.passage + 1) % len(draft.candidate.passages)
        fresh = Draft.of(draft.candidate, next_)
        self._edit(passage=next_, quotes=fresh.quotes, explicit=fresh.explicit)

    def accept(self) -> Decided:
        """Write the draft into the relations file.

        Raises:
            UsageError: It cannot stand as it is; the message says why.
            InputError: The file cannot be written, or was changed meanwhile so that it cannot be read.
        """
        draft = self.draft
        quotes = check.checked(draft, self.turns[draft.key.interview], self.names, self._concepts)
        return self._next(self._record.accept(draft, quotes, self._seconds))

    def refuse(self) -> Decided:
        """Remember that the interview does not say it, in any of the passages; errors as for `accept`."""
        return self._next(self._record.refuse(self.draft, self._seconds))

    def write(self, draft: Draft, quotes: tuple[str, ...]) -> Decided:
        """Write down a relation that a reader found without a candidate; it can be undone like the others.

        Args:
            draft: The relation; of any interview, also one that is not reviewed here.
            quotes: Its words as `kb.review.check.checked` gives them.

        Raises:
            InputError: As for `accept`.
        """
        decided = self._record.accept(draft, quotes, None)
        self._queue = [each for each in self._queue if not self._is_decided(each)]
        return decided

    def skip(self) -> None:
        """Put the candidate off; nothing is written."""
        if self._queue:
            self._skipped.append(self._queue.pop(0))
            self._shown()

    def undo(self) -> Decided | None:
        """Take back the last decision, also one of an earlier session; None if there is none.

        Errors as for `accept`.
        """

        def proposals_of(key: Key) -> Sequence[str]:
            return self._all[key].proposals if key in self._all else ()

        decided = self._record.take_back(proposals_of)
        if decided is not None:
            key = decided.candidate
            self._skipped = [each for each in self._skipped if each != key]
            if key in self._all:
                self._queue = [key, *(each for each in self._queue if each != key)]
            self._shown()
        return decided

    def leave(self) -> Progress:
        """Note in the journal how much is left; the review can be taken up again later."""
        left = {kind: dict.fromkeys(self.turns, (0, 0)) for kind in self._whole}
        for key, candidate in self._all.items():
            of_kind = left.get("causes" if candidate.kind.causal else "fixes")
            if of_kind is not None:
                undecided, total = of_kind[key.interview]
                of_kind[key.interview] = (undecided + (not self._is_decided(key)), total + 1)
        if left:
            self._record.note_left(left)
        return self.progress

    def _edit(self, **changes: object) -> None:
        self._drafts[self.draft.candidate.key] = self.draft.model_copy(update=changes)

    def _shown(self) -> None:
        self._since = self._clock()

    @property
    def _seconds(self) -> float:
        return round(self._clock() - self._since, 1)

    def _next(self, decided: Decided) -> Decided:
        self._queue = [each for each in self._queue[1:] if not self._is_decided(each)]
        self._shown()
        return decided

    def _is_decided(self, key: Key) -> bool:
        return self._record.standing.decided(self._all[key])
