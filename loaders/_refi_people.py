"""The participants of a REFI-QDA project: its cases, and its documents' own variables."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kb.records import Notice, Participant, Turn, Value
from kb.text.words import speaker_key
from loaders._refi_docs import Doc
from loaders._refi_ends import Ends
from loaders._refi_kept import Kept
from loaders._refi_model import Case, Content


class People:
    """Cases as participants; their order in the file says nothing.

    Args:
        file: Name of the project.
        content: What its XML says.
        docs: Its texts.
        ends: What sources and selections are.
        kept: What kb itself wrote down beside it.

    Attributes:
        lost: What has no place, and how much of it.
        described: What is written on cases, with their names.
    """

    def __init__(self, file: str, content: Content, docs: Sequence[Doc], ends: Ends, kept: Kept) -> None:
        self._kept = kept
        self._file, self._content, self._docs, self._ends = file, content, docs, ends
        self.lost: Counter[str] = Counter()
        self.described: list[tuple[str, str]] = []
        self._turns: dict[str, Turn] = {}
        # By the key of a label: interviews, with the label as written.
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        for doc in docs:
            for turn in doc.placing.turns:
                self._turns[turn.id] = turn
                if turn.speaker:
                    self._labels[speaker_key(turn.speaker)].setdefault(doc.interview, turn.speaker)

    def all(self) -> Iterator[Participant | Notice]:
        """The participants, one record an interview."""
        found: list[Participant] = []
        joined = 0
        for case in self._content.cases:
            people = self._case(case)
            joined += not (case.sources or case.selections) and people[0].interview is not None
            found += people
        found += self._documents(found)
        yield from sorted(found, key=lambda person: person.model_dump_json())
        if joined:
            yield Notice(
                level="info",
                message=f"cases without a source that are joined to the speaker of their name: {joined}.",
                source=self._file,
            )

    def _case(self, case: Case) -> list[Participant]:
        values = self._attributes(case.values)
        # Not by its GUID, which is another one at the next export.
        known = repr(
            (values, case.description, sorted(i for g in case.sources for i in self._ends.source(g)))
        )
        name = case.name or f"case {hashlib.sha256(known.encode('utf-8', 'replace')).hexdigest()[:8]}"
        self.lost["codes on cases"] += case.codes
        if case.description:
            self.described.append((name, case.description))
        if kept := self._as_kept(case):
            return [Participant(name=name, interview=i, speaker=s, attributes=values) for i, s in kept]
        own = self._labels.get(speaker_key(name), {}) if speaker_key(name) else {}
        if not case.sources and not case.selections:
            spoken: dict[str, set[str]] = {interview: set() for interview in own}
        else:
            spoken = self._spoken(case)
        people = []
        for interview, labels in sorted(spoken.items()):
            only = next(iter(labels)) if len(labels) == 1 else None
            people.append(
                Participant(
                    name=name, interview=interview, speaker=own.get(interview, only), attributes=values
                )
            )
        return people or [Participant(name=name, attributes=values)]

    def _as_kept(self, case: Case) -> list[tuple[str | None, str | None]]:
        """Interviews with labels as kb wrote them down, of those that are there."""
        speakers = self._kept.beyond("cases", case.guid).get("speakers")
        if not isinstance(speakers, dict):
            return []
        there = {doc.interview for doc in self._docs}
        found = [(str(i), None if label is None else str(label)) for i, label in speakers.items()]
        return [each for each in sorted(found, key=str) if each[0] in there] or [(None, None)]

    def _spoken(self, case: Case) -> dict[str, set[str]]:
        """The interviews of a case, with the speakers' labels in its selections."""
        spoken: dict[str, set[str]] = defaultdict(set)
        for guid in case.sources:
            interviews = self._ends.source(guid)
            self.lost["sources of cases that the graph has not"] += not interviews
            for interview in interviews:
                spoken[interview].update()
        for guid in case.selections:
            places = self._ends.places(guid)
            self.lost["selections of cases that the graph has not"] += not places
            for place in places:
                turn = self._turns[place.turn]
                said = [turn.speaker] if turn.speaker and turn.role != "interviewer" else []
                spoken[turn.interview].update(said)
        return spoken

    def _documents(self, cases: Sequence[Participant]) -> Iterator[Participant]:
        """A document's variables are its only case's; without one, those of whom it is named after."""
        known: dict[str, set[str]] = defaultdict(set)
        for person in cases:
            if person.interview:
                known[person.interview].add(person.name)
        for doc in self._docs:
            both = [*doc.item.whole.values, *(doc.body.values if doc.body is not doc.item.whole else [])]
            if values := self._attributes(both):
                names = known[doc.interview]
                name = next(iter(names)) if len(names) == 1 else doc.title
                yield Participant(name=name, interview=doc.interview, attributes=values)

    def _attributes(self, values: Sequence[tuple[str, Value]]) -> dict[str, Value]:
        found = {}
        for guid, value in values:
            name, kind = self._content.variables.get(guid, ("", ""))
            if not name:
                self.lost["values of variables that the file does not declare"] += 1
                continue
            found[name] = int(value) if kind == "Integer" and _whole(value) else value
        return dict(sorted(found.items()))


def _whole(value: Value) -> bool:
    """Whether a text is a whole number of usual size, written as one is."""
    return isinstance(value, str) and len(value) < 16 and value.isascii() and value.isdigit()
