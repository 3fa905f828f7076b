"""Where decisions go: the relations file, its journal and the queue of proposals, each at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import InputError
from kb.propose.queue import Decision, decide, read_queue
from kb.relations import Relation
from kb.relations.edit import RelationsText
from kb.relations.refused import Refused
from kb.review.journal import (
    Entry,
    Verdict,
    append,
    journal_beside,
    journal_size,
    read_journal,
    reviewers,
    standing,
)
from kb.review.model import Candidate, Draft, Key
from kb.review.standing import Claimed, Standing
from kb.text.lock import locked


class Decided(NamedTuple):
    """What became of a candidate.

    Attributes:
        candidate: As it was offered.
        verdict: What was decided; None if a decision was taken back.
        relations: Ids of the entries that it rests on: written, or another decision's with the same words.
        says: What an accepted one says; None if it was refused.
        new: Whether it brought an entry that was not there.
    """

    candidate: Key
    verdict: Verdict | None
    relations: tuple[str, ...] = ()
    says: Key | None = None
    new: bool = False


def _key(relation: Relation) -> Key:
    return Key(relation.interview, relation.kind, relation.start.name, relation.end.name)


class Record:
    """One reviewer's decisions on file.

    Args:
        path: The relations file; its journal is beside it.
        reviewer: Who decides; None where only one person does.
        proposals: The queue that proposals come from.
        claimed: What the graph holds of readers' relations.
        tell: Told what happens to the files meanwhile, a sentence each.

    Attributes:
        entries: Of the journal.
        standing: What is decided.

    Raises:
        CodebookError: The file is no relations file.
    """

    def __init__(
        self,
        path: Path,
        reviewer: str | None,
        proposals: Path | None,
        claimed: Collection[Claimed],
        tell: Callable[[str], object],
    ) -> None:
        self.path, self.reviewer = path, reviewer
        self._proposals, self._claimed, self._tell = proposals, claimed, tell
        self._journal = journal_beside(path)
        self._file = RelationsText(path)
        self._read_journal(tell)

    def accept(self, draft: Draft, quotes: tuple[str, ...], seconds: float | None) -> Decided:
        """Write a draft down as a relation, with these quotes; `seconds` it took, None if not measured.

        Raises:
            InputError: The file cannot be written, or was changed meanwhile so that it cannot be read.
        """
        offered = draft.candidate.key
        with self._writing():
            entry = draft.entry(self.reviewer, quotes)
            new = self._file.add(entry)
            shared = None if new else self._shared(entry)
            forgotten = self._file.forget(
                lambda old: (
                    (old.kind, old.start, old.end) == draft.key[1:]
                    and old.interview in (None, draft.key.interview)
                    and old.reviewer == self.reviewer
                )
            )
            if new or forgotten:
                self._file.write()
            verdict: Verdict = (
                "accepted" if draft.key == offered else "turned round" if draft.turned else "changed"
            )
            ids = tuple(id_ for id_ in (new, shared) if id_)
            return self._decide(draft, verdict, ids, seconds)._replace(new=new is not None)

    def refuse(self, draft: Draft, seconds: float) -> Decided:
        """Remember that an interview does not say what a draft was offered as; errors as for `accept`."""
        key = draft.candidate.key
        with self._writing():
            refused = Refused(key.kind, key.start, key.end, key.interview, draft.note, self.reviewer)
            if self._file.refuse(refused):
                self._file.write()
            return self._decide(draft, "refused", (), seconds)

    def take_back(self, proposals_of: Callable[[Key], Sequence[str]]) -> Decided | None:
        """Take back the last decision; None if there is none. Errors as for `accept`."""
        with self._writing():
            if not self.standing.mine:
                return None
            key, entry = list(self.standing.mine.items())[-1]
            gone = [found for id_ in entry.relations if (found := self._take_out(id_, key, entry.result))]
            if entry.relations and not gone:
                self._tell(f"{self.path} has no entry of that decision any more that could be taken out.")
            if entry.verdict == "refused":
                what = (key.kind, key.start, key.end, key.interview, self.reviewer)
                self._file.forget(lambda refused: refused.what == what)
            self._file.write()
            self._log(Entry(reviewer=self.reviewer, candidate=key))
            self._decide_proposals(proposals_of(key), None)
        return Decided(key, None, tuple(gone))

    def _shared(self, values: Mapping[str, Any]) -> str | None:
        """Id of the entry that says the same already, if a decision wrote it and nobody's hand."""
        old = self._file.like(values)
        written = {id_ for _, _, entry in self._standing_entries() for id_ in entry.relations}
        return old.id if old is not None and old.id in written else None

    def _take_out(self, id_: str, candidate: Key, says: Key | None) -> str | None:
        """Take out what a decision wrote, unless another rests on it as well: then it is that reviewer's.

        Returns its id, None if there is none.

        An id is a name that people may change, and that is given again once its entry is gone: what counts is
        what the entry says.
        """
        like = [relation for relation in self._file.relations if says is not None and _key(relation) == says]
        mine = [relation for relation in like if relation.reviewer == self.reviewer]
        by_id = [relation for relation in like if relation.id == id_]
        if not (old := next(iter(by_id or (mine if len(mine) == 1 else ())), None)):
            return None
        others = [
            who
            for who, key, entry in self._standing_entries()
            if (who, key) != (self.reviewer, candidate)
            and entry.result == says
            and (id_ in entry.relations or not entry.relations)
        ]
        if not others:
            self._file.take_out(old.id)
        elif old.reviewer not in others:
            self._file.hand_over(old.id, others[0])
        return old.id

    def _standing_entries(self) -> Iterator[tuple[str | None, Key, Entry]]:
        """Every reviewer's decisions that were not taken back."""
        for who in reviewers(self.entries):
            for key, entry in standing(self.entries, who).items():
                yield who, key, entry

    def refresh(self) -> bool:
        """Read again what somebody else changed, file and journal; whether anything was.

        Raises:
            CodebookError: It is no relations file any more; nothing is written over.
        """
        if self._file.changed_meanwhile:
            self._file.read()
            self._read_journal(self._tell)
            became = "was changed meanwhile: it was read again, and nothing of it is lost."
            if not self.path.exists():
                became = (
                    "is not there any more. The graph keeps what it had until the next decision, which "
                    "begins the file anew; to keep it all, put the file back first."
                )
            self._tell(f"{self.path} {became}")
            return True
        if self._size != journal_size(self._journal):
            self._read_journal(self._tell)  # others accepted what is in the file already
            return True
        return False

    def note_left(self, left: dict[str, dict[str, tuple[int, int]]]) -> None:
        """Note in the journal how much is left (`Entry.left`); errors as for `accept`."""
        with self._locked():
            append(self._journal, Entry(reviewer=self.reviewer, left=left))

    def _decide(self, draft: Draft, verdict: Verdict, ids: tuple[str, ...], seconds: float | None) -> Decided:
        candidate: Candidate = draft.candidate
        became = draft.key if verdict in ("turned round", "changed") else None
        entry = Entry(
            reviewer=self.reviewer,
            candidate=candidate.key,
            verdict=verdict,
            became=became,
            relations=ids,
            seconds=seconds,
        )
        self._log(entry)
        accepted = verdict != "refused"
        decision = Decision(accepted=accepted, reviewer=self.reviewer, relations=ids, note=draft.note)
        self._decide_proposals(candidate.proposals, decision)
        return Decided(candidate.key, verdict, ids, entry.result)

    def _log(self, entry: Entry) -> None:
        append(self._journal, entry)
        self.entries.append(entry)
        self._size = journal_size(self._journal)
        self.standing = self._stand()

    def _read_journal(self, tell: Callable[[str], object] = lambda _said: None) -> None:
        self._size = journal_size(self._journal)
        self.entries: list[Entry] = read_journal(self._journal, tell)
        self.standing = self._stand()

    def _stand(self) -> Standing:
        return Standing(self._file, self.entries, self._claimed, self.reviewer)

    def _decide_proposals(self, ids: Sequence[str], decision: Decision | None) -> None:
        """The queue of proposals holds what readers decided on each, for whoever proposed it."""
        if self._proposals is None or not ids:
            return
        there = {proposal.id for proposal in read_queue(self._proposals, self._tell)}
        for id_ in ids:
            if id_ in there:
                decide(self._proposals, id_, decision, reviewer=self.reviewer)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(locked(self._journal))
            except OSError as error:
                reason = error.strerror or str(error)
                msg = f"The review cannot be written ({reason}); choose another place."
                raise InputError(msg, self.path) from error
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Change the file as it is now, one process after another; on an error nothing counts as changed."""
        with self._locked():
            self.refresh()
            try:
                yield
            except InputError:
                self._file.read()
                raise
