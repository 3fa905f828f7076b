"""Where a source's codings go: onto the interview's turns, their marked words found again there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from kb.ingest.align import Merged, Placed
from kb.ingest.reading import Reading
from kb.ingest.report import NotPlaced
from kb.records import Coding, Turn
from kb.text.quotes import find_quote


def place_codings(reading: Reading, placed: Placed, unplaced: list[NotPlaced]) -> list[tuple[Turn, Coding]]:
    """The reading's codings on the interview's turns, marked words found again in their text."""
    position = {turn.id: turn.index for turn in reading.turns}
    result: dict[tuple[str, str, int | None], tuple[Turn, Coding]] = {}
    for coding in reading.codings:
        targets = placed.turns[position[coding.turn]]
        if words := placed.words(position[coding.turn]):
            for turn, first, last in words:
                span = {"quote": turn.text[first:last], "start": first, "end": last}
                moved = coding.model_copy(update={"turn": turn.id, "coder": reading.coder, **span})
                result.setdefault((turn.id, coding.label, first), (turn, moved))
            continue
        turn, start, end = _span(coding, targets)
        if coding.quote and start is None:
            unplaced.append(
                NotPlaced(
                    level="warning",
                    source=reading.source.file,
                    message=f"the words marked {coding.label} were not found in turn {turn.id}, whose text "
                    "comes from another source; the code is on the whole turn.",
                )
            )
        quote = turn.text[start:end] if start is not None else None
        moved = coding.model_copy(
            update={"turn": turn.id, "coder": reading.coder, "quote": quote, "start": start, "end": end}
        )
        result.setdefault((turn.id, coding.label, start), (turn, moved))
    return list(result.values())


def _span(coding: Coding, targets: Sequence[Turn]) -> tuple[Turn, int | None, int | None]:
    """The turn a coding goes to, and where its words are there."""
    for turn in targets if coding.quote else ():
        if coding.start is not None and turn.text[coding.start : coding.end] == coding.quote:
            return turn, coding.start, coding.end
        if str(coding.quote) in turn.text:
            break
    return find_words(coding.quote, targets)


def find_words(quote: str | None, targets: Sequence[Turn]) -> tuple[Turn, int | None, int | None]:
    """The turn that has the words, and where; the first turn and None where none has, or there are none.

    Args:
        quote: The words.
        targets: The turns they may be in, the likeliest first.
    """
    if not quote:
        return targets[0], None, None
    for turn in targets:
        at = turn.text.find(quote)
        if at >= 0:
            return turn, at, at + len(quote)
    matches = find_quote(quote, targets)
    if matches:
        by_id = {turn.id: turn for turn in targets}
        return by_id[matches[0].turn_id], matches[0].start, matches[0].end
    return targets[0], None, None


def not_aligned(reading: Reading, merged: Merged) -> list[NotPlaced]:
    """A remark on the turns that no other source has, if there are any."""
    added = merged.placed[reading.id].added
    if reading.source.passages:
        return _passages_not_found(reading, merged)
    if not added:
        return []
    shown = ", ".join(str(index) for index in added[:5]) + (", …" if len(added) > 5 else "")
    first = reading.turns[added[0]]
    noun = "turn aligns" if len(added) == 1 else "turns align"
    return [
        NotPlaced(
            level="warning",
            source=reading.source.file,
            message=f"{len(added)} {noun} with no turn of {merged.base} (index {shown}); "
            "kept as turns of their own.",
            line=first.line,
            page=first.page,
        )
    ]


def _passages_not_found(reading: Reading, merged: Merged) -> list[NotPlaced]:
    """What is to be told of passages whose place in the transcript is not known for sure."""
    placed = merged.placed[reading.id]
    told = []
    for indexes, what in (
        (placed.added, f"not found in {merged.base}, kept as turns of their own after its end"),
        (placed.doubtful, f"found in several places of {merged.base}, taken for the first of them"),
    ):
        if indexes:
            shown = "; ".join(f"“{_short(reading.turns[n].text)}”" for n in indexes[:3])
            more = "; …" if len(indexes) > 3 else ""
            message = (
                f"passages of interview {reading.interview} that are {what}: {len(indexes)} ({shown}{more})."
            )
            told.append(NotPlaced(level="warning", source=reading.source.file, message=message))
    return told


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"


def copies(
    readings: Sequence[Reading], placed: Mapping[str, Sequence[tuple[Turn, Coding]]]
) -> list[NotPlaced]:
    """A remark on sources of one coder that hold the same codings: likely one coding in two forms.

    A print and its text conversion name the coder, but only the print's folder names the round, so they
    are two rounds to kb; counted twice, the coder would agree with themselves.

    Args:
        readings: Of all sources of the interview.
        placed: Their codings with the turn each is on, by source.
    """
    remarks = []
    for first, second in combinations(sorted(readings, key=lambda r: r.id), 2):
        one, other = ({(t.id, c.label) for t, c in placed[r.id]} for r in (first, second))
        if first.coder == second.coder and one and one == other:
            remarks.append(
                NotPlaced(
                    level="warning",
                    source=second.source.file,
                    message=f"{second.id} has the same codings as {first.id}; if they are one coding in two "
                    f"forms, take one out: kb remove {first.interview} --coder '{first.coder}' "
                    f"--round {first.source.round}.",
                )
            )
    return remarks
