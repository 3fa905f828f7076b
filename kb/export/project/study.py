"""A study's interviews read back from the graph as records: each one's turns once, all codings on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.ingest.align import Merged, merge
from kb.ingest.place import find_words, place_codings
from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.stored import read_readings, read_stored
from kb.records import Coding, End, Memo, Participant, Relation, Turn, turn_id
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
    renumbered: int = 0


def read_interviews(store: Store) -> Iterator[Interview]:
    """The interviews, by id."""
    for row in store.read("MATCH (i:Interview) RETURN i.id AS id ORDER BY id", timeout=0).rows:
        readings, statements = read_readings(store, row["id"], set())
        if readings:
            interview = _interview(row["id"], readings)
            interview.statements = sum(len(source.relations) for source in statements)
            yield interview


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
        found.relations += [
            relation.model_copy(
                update={
                    "start": _end(relation.start, reading, merged, new),
                    "end": _end(relation.end, reading, merged, new),
                }
            )
            for relation in reading.relations
        ]
        for memo in reading.memos:
            at = End(turn=memo.turn, quote=memo.quote) if memo.turn else None
            place = _end(at, reading, merged, new) if at else None
            change = {"turn": place.turn, "quote": place.quote} if place else {}
            found.memos.append(memo.model_copy(update=change))
        found.participants += reading.participants
    return found


def _end(end: End, reading: Reading, merged: Merged, new: dict[str, str]) -> End:
    """An end of a relation of one source, on the interview's turns."""
    if end.turn is None:
        return end
    index = next(turn.index for turn in reading.turns if turn.id == end.turn)
    turn, start, last = find_words(end.quote, merged.placed[reading.id].turns[index])
    quote = end.quote if start is None else turn.text[start:last]
    return end.model_copy(update={"turn": new[turn.id], "quote": quote})
