"""A study's interviews read back from the graph as records: each one's turns once, all codings on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.ingest.align import Merged, Placed, merge
from kb.ingest.participants import FORMAT as PEOPLE
from kb.ingest.place import find_words, place_codings
from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.stored import read_readings, read_stored
from kb.records import Coding, End, Memo, Participant, Relation, Turn, Value, turn_id
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Store


class CoderOf(NamedTuple):
    """Who coded an interview, in which round, and whether the export showed codes."""

    coder: str
    round: str
    exported: bool


@dataclass
class Interview:
    """One interview, put together from all its sources.

    Attributes:
        statements: How many relations files state of it.
        between: Turns between the first and the last of passages that relations are stated in.
        renumbered: How many turns stand elsewhere than in the graph, since only one source has them.
    """

    id: str
    title: str
    turns: list[Turn]
    coders: list[CoderOf] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    statements: int = 0
    between: int = 0
    renumbered: int = 0


def read_interviews(store: Store) -> Iterator[Interview]:
    """The interviews, by id."""
    for row in store.read("MATCH (i:Interview) RETURN i.id AS id ORDER BY id", timeout=0).rows:
        readings, statements = read_readings(store, row["id"], set())
        if readings:
            interview = _interview(row["id"], readings)
            interview.statements = sum(len(source.relations) for source in statements)
            yield interview


class Matched(NamedTuple):
    """Whom the rows of tables of participants were found to mean.

    Attributes:
        homes: Participant, interview, and the label that they speak under there.
        values: Participant, variable, value.
    """

    homes: list[tuple[str, str, str | None]]
    values: list[tuple[str, str, Value]]


def matched(store: Store) -> Matched:
    """The participants of tables that were loaded beside the interviews."""
    said = f"r.project STARTS WITH '{PEOPLE}/'"
    labels = {
        (row["name"], row["interview"]): row["label"]
        for row in store.read(
            f"MATCH (p:Participant)-[r:SPEAKS_AS]->(s:Speaker) WHERE {said} "
            "RETURN p.name AS name, s.interview AS interview, s.label AS label",
            timeout=0,
        ).rows
    }
    homes = store.read(
        f"MATCH (p:Participant)-[r:INTERVIEWED_IN]->(i:Interview) WHERE {said} "
        "RETURN p.name AS name, i.id AS interview ORDER BY name, interview",
        timeout=0,
    ).rows
    values = store.read(
        f"MATCH (p:Participant)-[r:HAS_VALUE]->(v:Variable) WHERE {said} "
        "RETURN p.name AS name, v.name AS variable, r.value AS value ORDER BY name, variable",
        timeout=0,
    ).rows
    return Matched(
        [(row["name"], row["interview"], labels.get((row["name"], row["interview"]))) for row in homes],
        [(row["name"], row["variable"], row["value"]) for row in values],
    )


def projects(store: Store) -> list[Project]:
    """What files say of the whole study, by id."""
    return [project for _, project in sorted(read_stored(store).projects.items())]


def _interview(id_: str, readings: Sequence[Reading]) -> Interview:
    merged = merge(readings)
    new = {turn.id: turn_id(id_, index) for index, turn in enumerate(merged.turns)}
    turns = [
        turn.model_copy(update={"id": new[turn.id], "index": index})
        for index, turn in enumerate(merged.turns)
    ]
    title = next(reading for reading in readings if reading.id == merged.base).source.title
    found = Interview(id_, title, turns, renumbered=sum(old != own for old, own in new.items()))
    for reading in sorted(readings, key=lambda r: r.id):
        if reading.coder:
            exported = reading.source.codes_exported
            found.coders.append(CoderOf(reading.coder, reading.source.round or "", exported))
        for turn, coding in place_codings(reading, merged.placed[reading.id], []):
            found.codings.append(coding.model_copy(update={"turn": new[turn.id], "interview": id_}))
        for relation in reading.relations:
            ends = _passages(relation, reading, merged.placed[reading.id], found)
            found.relations.append(
                relation.model_copy(
                    update={
                        name: _end(end, reading, merged, new)
                        for name, end in zip(("start", "end"), ends, strict=True)
                    }
                )
            )
        for memo in reading.memos:
            at = End(turn=memo.turn, quote=memo.quote) if memo.turn else None
            if at and (words := _words(at, reading, merged.placed[reading.id])):
                turn, start, last = words[0]
                at = at.model_copy(update={"quote": turn.text[start:last]})
            place = _end(at, reading, merged, new) if at else None
            change = {"turn": place.turn, "quote": place.quote} if place else {}
            found.memos.append(memo.model_copy(update=change))
        found.participants += reading.participants
    return found


def _passages(relation: Relation, reading: Reading, placed: Placed, found: Interview) -> list[End]:
    """Both ends with their words, where a passage of its own was found in a transcript.

    One that runs over turns is in the first; of a statement, in the first and the last, as far as it has two
    ends for them.
    """
    sides = (relation.start, relation.end)
    statement = relation.kind in CLAIM_ENDS and relation.start.code and relation.end.code
    ends = []
    for number, side in enumerate(sides):
        words = _words(side, reading, placed)
        if not words:
            ends.append(side)
            continue
        last = statement and number == 1 and sides[0].turn == side.turn and sides[0].quote is None
        turn, start, end = words[-1 if last else 0]
        ends.append(side.model_copy(update={"quote": turn.text[start:end]}))
        if statement and number == 1:
            found.between += max(0, len(words) - (2 if last else 1))
        elif statement and sides[1].turn != side.turn:
            found.between += len(words) - 1
    return ends


def _words(end: End, reading: Reading, placed: Placed) -> list[tuple[Turn, int, int]]:
    """Where an end's whole passage stands in a transcript; nothing if it is words of a turn."""
    if end.turn is None or end.quote is not None:
        return []
    return placed.words(next(turn.index for turn in reading.turns if turn.id == end.turn))


def _end(end: End, reading: Reading, merged: Merged, new: dict[str, str]) -> End:
    """An end of a relation of one source, on the interview's turns."""
    if end.turn is None:
        return end
    index = next(turn.index for turn in reading.turns if turn.id == end.turn)
    turn, start, last = find_words(end.quote, merged.placed[reading.id].turns[index])
    quote = end.quote if start is None else turn.text[start:last]
    return end.model_copy(update={"turn": new[turn.id], "quote": quote})
