"""What analysts put beside their codings: relations, memos, and who the participants are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.codebook import Concept
from kb.ingest.align import Placed
from kb.ingest.claims import Claim, Passage
from kb.ingest.confirmed import confirmed
from kb.ingest.people import People
from kb.ingest.place import find_words
from kb.ingest.reading import Reading
from kb.ingest.report import NotPlaced
from kb.records import End, Memo, Relation, Turn
from kb.schema import CLAIM_ENDS
from kb.store.rows import EdgeRow, NodeRow


@dataclass(frozen=True)
class Analysed:
    """What one reading adds to its interview.

    Attributes:
        claims: Of relations between codes, with their passages.
        nodes, edges: That the interview owns.
        shared: Participants.
        unplaced: What did not find its place.
    """

    claims: list[Claim]
    nodes: list[NodeRow]
    edges: list[EdgeRow]
    shared: list[NodeRow]
    unplaced: list[NotPlaced]


def analysed(reading: Reading, placed: Placed, concepts: Mapping[str, Concept], people: People) -> Analysed:
    """Relations, memos and participants of one reading, on the interview's turns.

    Args:
        reading: The reading.
        placed: Where its turns are among the interview's.
        concepts: What the codes mean.
        people: The interview's speakers.
    """
    position = {turn.id: turn.index for turn in reading.turns}
    here = {id_: placed.turns[index] for id_, index in position.items()}
    words = {id_: found for id_, index in position.items() if (found := placed.words(index))}
    result = Analysed([], [], [], [], [])
    for number, relation in enumerate(reading.relations, 1):
        if relation.kind in CLAIM_ENDS and relation.start.code and relation.end.code:
            id_ = f"{reading.id}/relation/{number}"
            _claim(relation, id_, reading, here, words, concepts, people, result)
        else:
            result.edges.append(_link(_quoted(relation, words), reading, here, result))
    for number, memo in enumerate(reading.memos, 1):
        if memo.turn in words and memo.quote is None:
            turn, start, end = words[memo.turn][0]
            memo = memo.model_copy(update={"quote": turn.text[start:end]})  # noqa: PLW2901
        node, edges = memo_rows(memo, f"{reading.id}/memo/{number}", concepts, here)
        result.nodes.append(node)
        result.edges.extend(edges)
        if memo.participant:
            result.shared.append(NodeRow("Participant", memo.participant, ("Participant",), {}))
    _participants(reading, people, result)
    return result


def memo_rows(
    memo: Memo,
    id_: str,
    concepts: Mapping[str, Concept],
    here: Mapping[str, Sequence[Turn]] | None = None,
    project: str | None = None,
) -> tuple[NodeRow, list[EdgeRow]]:
    """A memo as a node, with edges to what it is on.

    Args:
        memo: The memo.
        id_: Of the node.
        concepts: What the codes mean.
        here: The interview's turns for each turn of the source, if it is on one.
        project: Id of the project that owns it, where no interview does.
    """
    properties = {
        "interview": memo.interview,
        "project": project,
        "title": memo.title,
        "text": memo.text,
        "coder": memo.coder,
    }
    node = NodeRow("Memo", id_, ("Memo",), properties)
    edges = []
    if memo.turn and here:
        turn, start, end = find_words(memo.quote, here[memo.turn])
        quote = memo.quote if start is None else turn.text[start:end]
        edges.append(EdgeRow("ON_TURN", node.ref, ("Turn", turn.id), {"quote": quote}))
    elif memo.interview:
        edges.append(EdgeRow("ON_INTERVIEW", node.ref, ("Interview", memo.interview), {}))
    if memo.code:
        edges.append(EdgeRow("ON_CODE", node.ref, ("Concept", concepts[memo.code].name), {}))
    if memo.participant:
        edges.append(EdgeRow("ON_PARTICIPANT", node.ref, ("Participant", memo.participant), {}))
    return node, edges


def _claim(
    relation: Relation,
    id_: str,
    reading: Reading,
    here: Mapping[str, Sequence[Turn]],
    words: Mapping[str, Sequence[tuple[Turn, int, int]]],
    concepts: Mapping[str, Concept],
    people: People,
    result: Analysed,
) -> None:
    start, end = concepts[str(relation.start.code)].name, concepts[str(relation.end.code)].name
    if start == end:
        message = (
            f"a relation '{relation.kind}' has the code '{start}' at both ends, and nothing is "
            "related to itself."
        )
        result.unplaced.append(NotPlaced(level="lost", source=reading.source.file, message=message))
        return
    passages: dict[str, Passage] = {}
    for side in (relation.start, relation.end):
        if side.turn is None:
            continue
        touched = words.get(side.turn, ()) if side.quote is None else ()
        for turn, quote in [(turn, turn.text[a:b]) for turn, a, b in touched] or [
            _words(side, reading, here, result)
        ]:
            before = passages.get(turn.id)
            both = before and before.quote != quote
            passages[turn.id] = Passage(turn, f"{before.quote} … {quote}" if before and both else quote)
    in_order = sorted(passages.values(), key=lambda p: (p.turn.index, p.turn.id))
    ordered, told = confirmed(in_order, people.turns, relation.kind)
    result.claims.append(
        Claim(
            id=id_,
            kind=relation.kind,
            start=start,
            end=end,
            explicit=relation.explicit,
            person=people.teller_of([passage.turn for passage in ordered]) if told else people.nobody,
            basis="analyst",
            passages=ordered,
            source=reading.source.file,
            note=relation.note,
            coder=relation.coder,
        )
    )


def _quoted(relation: Relation, words: Mapping[str, Sequence[tuple[Turn, int, int]]]) -> Relation:
    """A relation of passages with the words that each has in the first turn it touches."""
    ends = []
    for side in (relation.start, relation.end):
        found = words.get(str(side.turn), ()) if side.quote is None else ()
        quote = found[0][0].text[found[0][1] : found[0][2]] if found else side.quote
        ends.append(side.model_copy(update={"quote": quote}))
    return relation.model_copy(update={"start": ends[0], "end": ends[1]})


def _link(
    relation: Relation, reading: Reading, here: Mapping[str, Sequence[Turn]], result: Analysed
) -> EdgeRow:
    """Two passages that an analyst related."""
    (start, quote), (end, to_quote) = (
        _words(side, reading, here, result) for side in (relation.start, relation.end)
    )
    properties = {
        "name": relation.kind,
        "note": relation.note,
        "coder": relation.coder,
        "quote": quote if relation.start.quote else None,
        "to_quote": to_quote if relation.end.quote else None,
    }
    return EdgeRow("LINKED_TO", ("Turn", start.id), ("Turn", end.id), properties)


def _words(
    side: End, reading: Reading, here: Mapping[str, Sequence[Turn]], result: Analysed
) -> tuple[Turn, str]:
    """The interview's turn of one end of a relation, and its words there."""
    turn, start, end = find_words(side.quote, here[str(side.turn)])
    if side.quote and start is None:
        message = (
            f"the words of a relation were not found in turn {turn.id}, whose text comes from another "
            "source; it is on the whole turn."
        )
        result.unplaced.append(NotPlaced(level="warning", source=reading.source.file, message=message))
    return turn, turn.text[start:end] if start is not None else turn.text


def _participants(reading: Reading, people: People, result: Analysed) -> None:
    for person in reading.participants:
        node = NodeRow("Participant", person.name, ("Participant",), {})
        result.shared.append(node)
        result.edges.append(EdgeRow("INTERVIEWED_IN", node.ref, ("Interview", reading.interview), {}))
        speaker = people.speaker_id(person.speaker) if person.speaker else people.sole
        if speaker:
            result.edges.append(EdgeRow("SPEAKS_AS", node.ref, ("Speaker", speaker), {}))
        elif person.speaker:
            message = f"participant '{person.name}' speaks as '{person.speaker}', who says nothing in it."
            result.unplaced.append(NotPlaced(level="lost", source=reading.source.file, message=message))
