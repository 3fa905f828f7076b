"""Which of a file's further records an interview holds, and which its part on the whole study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.records import AnyRecord, Code, Coding, End, Memo, Participant, Relation, Source, Turn, Value
from kb.schema import CLAIM_ENDS

Whose = tuple[str | None, str | None]  # coder and round


@dataclass
class Held:
    """What a file holds of one interview; sources by coder and round."""

    sources: dict[Whose, Source] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)  # of turns: as the loader has them, and as we do
    codings: list[Coding] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)


class AboutStudy(NamedTuple):
    """What a file says of the study: the last fields of `kb.ingest.project.Project`."""

    codes: tuple[Code, ...]
    relations: tuple[Relation, ...]
    participants: tuple[Participant, ...]
    memos: tuple[Memo, ...]


def about_study(
    records: Iterable[AnyRecord], interviews: Mapping[str, Held], lost: Counter[str]
) -> AboutStudy:
    """Give each interview its relations, memos and participants; what is left is about the study.

    Args:
        records: Codes, relations, participants and memos, as a loader yields them.
        interviews: What the file holds of each, which is added to.
        lost: How many of what cannot be placed, which is added to.
    """
    records = list(records)
    turns = {given: (id_, own) for id_, held in interviews.items() for given, own in held.ids.items()}
    codes: dict[str, Code] = {}
    relations, memos = [], []
    people = _People(interviews, lost)
    for record in records:
        if isinstance(record, Code):
            if codes.setdefault(record.name, record) != record:
                lost[f"entries of the code tree named '{record.name}' like another"] += 1
        elif isinstance(record, Participant):
            people.add(record)
        elif isinstance(record, Relation) and (left := _relation(record, interviews, turns, lost)):
            relations.append(left)
        elif isinstance(record, Memo):
            if record.participant:
                people.add(Participant(name=record.participant))
            if left_memo := _memo(record, interviews, turns, lost):
                memos.append(left_memo)
    return AboutStudy(tuple(codes.values()), tuple(relations), people.all, tuple(memos))


class _People:
    """Participants, each once, with all that is said of them."""

    def __init__(self, interviews: Mapping[str, Held], lost: Counter[str]) -> None:
        self._interviews = interviews
        self._lost = lost
        self._attributes: dict[str, dict[str, Value]] = {}

    def add(self, person: Participant) -> None:
        """Take in a record; its interview holds it too."""
        known = self._attributes.setdefault(person.name, {})
        for name, value in person.attributes.items():
            if known.setdefault(name, value) != value:
                self._lost[
                    f"values of variable '{name}' that contradict another of the same participant"
                ] += 1
        if person.interview is not None and person.interview in self._interviews:
            self._interviews[person.interview].participants.append(
                person.model_copy(update={"attributes": {}}) if person.attributes else person
            )
        elif person.interview is not None:
            self._lost["interviews of participants that the file does not hold"] += 1

    @property
    def all(self) -> tuple[Participant, ...]:
        """One record each."""
        return tuple(Participant(name=name, attributes=known) for name, known in self._attributes.items())


def _relation(
    relation: Relation,
    interviews: Mapping[str, Held],
    turns: Mapping[str, tuple[str, str]],
    lost: Counter[str],
) -> Relation | None:
    """Give its interview what it can hold of a relation; the rest is about the study, if anything is.

    A relation of one of kb's kinds between codes with a passage is somebody's statement, a claim. One
    between passages is a link of turns, one between codes a link of concepts.
    """
    homes = set()
    ends = []
    for end in (relation.start, relation.end):
        if end.turn is None:
            ends.append(end)
        elif end.turn in turns:
            interview, turn = turns[end.turn]
            homes.add(interview)
            ends.append(end.model_copy(update={"turn": turn}))
        else:
            lost["passages of relations, on turns that the file does not hold"] += 1
            if end.code is None:
                return None
            ends.append(End(code=end.code, quote=end.quote))
    start, end = ends
    placed = relation.model_copy(update={"start": start, "end": end})
    codes = bool(start.code and end.code)
    if len(homes) == 1:
        held = interviews[homes.pop()]
        if codes and relation.kind in CLAIM_ENDS:
            held.relations.append(placed)
            return None
        if start.turn and end.turn:
            bare = [each.model_copy(update={"code": None}) for each in ends]
            held.relations.append(relation.model_copy(update={"start": bare[0], "end": bare[1]}))
            if not codes:
                return None
    if codes:
        return placed
    passages = bool(start.turn and end.turn)
    lost["relations between passages of two interviews" if passages else
         "relations between a code and a passage"] += 1  # fmt: skip
    return None


def _memo(
    memo: Memo,
    interviews: Mapping[str, Held],
    turns: Mapping[str, tuple[str, str]],
    lost: Counter[str],
) -> Memo | None:
    """Give its interview a memo that is on one; a memo that is not is about the study."""
    change: dict[str, str | None] = {}
    if memo.turn is not None:
        found = turns.get(memo.turn)
        if found is None:
            lost["turns of memos that the file does not hold; the memos are kept"] += 1
        change = {"turn": found and found[1], "interview": found[0] if found else memo.interview}
    interview = change.get("interview", memo.interview)
    if interview in interviews:
        interviews[str(interview)].memos.append(memo.model_copy(update=change))
        return None
    if interview is not None:
        lost["interviews of memos that the file does not hold; the memos are kept"] += 1
    return memo.model_copy(update={**change, "interview": None})
