"""The participants read back from the graph: what is known of them, and what in it is theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from kb.records import Value
from kb.store.bolt import Store
from loaders._roles import is_unknown

NOTHING_KNOWN = (
    "Nothing is known of any participant of this graph; load a table of them with "
    "`kb load --participants FILE`."
)


@dataclass
class Interview:
    """Who took part in an interview.

    Attributes:
        participants: The speakers that each is, by id; none where that cannot be told.
        interviewees: Ids of the speakers who answer.
    """

    participants: dict[str, set[str]] = field(default_factory=dict)
    interviewees: set[str] = field(default_factory=set)

    def speakers_of(self, people: Collection[str]) -> set[str]:
        """The speakers that some participants are."""
        return {speaker for name in people for speaker in self.participants.get(name, ())}

    def all_of(self, people: Collection[str]) -> bool:
        """Whether nobody else answers in it than these participants, so that all of it is theirs."""
        if self.interviewees and self.interviewees <= self.speakers_of(people):
            return True
        if any(name not in people for name in self.participants):
            return False
        # Nobody else is named, and none who answers is left that could be somebody else.
        unplaced = sum(not self.participants[name] for name in people if name in self.participants)
        return len(self.interviewees - self.speakers_of(people)) <= unplaced

    def owner(self, speaker: str | None) -> str | None:
        """The participant whose words a speaker's are; whoever answers alone is meant by the others' too.

        Args:
            speaker: Their id; None for a passage that stands under no label.
        """
        for name, speakers in self.participants.items():
            if speaker in speakers:
                return name
        label = "" if speaker is None else speaker.rpartition("/")[2]
        if label == "?" or is_unknown(label):
            return None
        if len(self.participants) == 1 and self.all_of(self.participants):
            return next(iter(self.participants))
        return None


@dataclass
class People:
    """All participants of a graph.

    Attributes:
        attributes: Values of each attribute by participant; several where files differ.
        interviews: All interviews by id, with who took part.
    """

    attributes: dict[str, dict[str, list[Value]]]
    interviews: dict[str, Interview]

    @property
    def values(self) -> dict[str, list[Value]]:
        """The values that each attribute has, the numbers first, in order."""
        found: dict[str, set[Value]] = defaultdict(set)
        for known in self.attributes.values():
            for name, values in known.items():
                found[name].update(values)
        return {
            name: sorted(
                found[name], key=lambda v: (isinstance(v, str), 0 if isinstance(v, str) else v, str(v))
            )
            for name in sorted(found)
        }

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many participants have each value of each attribute."""
        return {
            name: {
                str(value): sum(value in known.get(name, ()) for known in self.attributes.values())
                for value in values
            }
            for name, values in self.values.items()
        }


def _as_one(attributes: dict[str, dict[str, list[Value]]]) -> None:
    """Write values that differ in capitals alone as most have them: `ja` and `Ja` are one group."""
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for known in attributes.values():
        for name, values in known.items():
            for value in values:
                if isinstance(value, str):
                    written[name, value.casefold()][value] += 1
    for known in attributes.values():
        for name, values in known.items():
            known[name] = list(
                dict.fromkeys(
                    min((forms := written[name, value.casefold()]), key=lambda form: (-forms[form], form))
                    if isinstance(value, str)
                    else value
                    for value in values
                )
            )


def read_people(store: Store) -> People:
    """Read who took part in which interview, and what is known of them."""
    attributes: dict[str, dict[str, list[Value]]] = {
        row["name"]: {}
        for row in store.read("MATCH (p:Participant) RETURN p.name AS name ORDER BY name").rows
    }
    for row in store.read(
        "MATCH (p:Participant)-[h:HAS_VALUE]->(v:Variable) RETURN p.name AS name, v.name AS variable, "
        "h.value AS value ORDER BY name, variable, toString(value)"
    ).rows:
        attributes[row["name"]].setdefault(row["variable"], []).append(row["value"])
    _as_one(attributes)
    interviews = {row["id"]: Interview() for row in store.read("MATCH (i:Interview) RETURN i.id AS id").rows}
    if not attributes:
        return People({}, interviews)
    for row in store.read(
        "MATCH (p:Participant)-[:INTERVIEWED_IN]->(i:Interview) RETURN DISTINCT p.name AS name, i.id AS id"
    ).rows:
        interviews[row["id"]].participants[row["name"]] = set()
    for row in store.read(
        "MATCH (p:Participant)-[:SPEAKS_AS]->(s:Speaker) RETURN DISTINCT p.name AS name, s.id AS id, "
        "s.interview AS interview"
    ).rows:
        interviews[row["interview"]].participants.setdefault(row["name"], set()).add(row["id"])
    nobody: dict[str, set[str]] = defaultdict(set)  # whose role is not known
    for row in store.read(
        "MATCH (s:Speaker) RETURN s.id AS id, s.interview AS interview, s.label AS label, s.role AS role"
    ).rows:
        if row["role"] == "interviewee":
            interviews[row["interview"]].interviewees.add(row["id"])
        elif row["role"] is None and not is_unknown(row["label"]):
            nobody[row["interview"]].add(row["id"])
    for id_, speakers in nobody.items():
        interviews[id_].interviewees = interviews[id_].interviewees or speakers
    return People(attributes, interviews)
