"""From pieces cut for a screen (captions, segments of a speech recognizer) to turns.

Consecutive pieces of one speaker are put together. A turn ends where another speaker begins; after a
sentence, where the label is written anew, a pause of two seconds follows or it has a hundred words; and at
two hundred words even within a sentence, since what a machine writes may have no punctuation. Where nobody
is named, every sentence end ends a turn, so that no turn holds a question with its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.records import Level, Notice, Turn, turn_id
from loaders._heads import label_key as key
from loaders._roles import is_numbered_person
from loaders._speakers import Speakers
from loaders._text import fold

PAUSE = 2.0  # seconds
LONG, LONGEST = 100, 200  # words
_SENTENCE_END = re.compile(r"""[.?!…。？！]["'”’»)\]]*$""")
# Where nearly every piece names its speaker, one that does not is not the last speaker going on; a machine
# that numbers the speakers leaves one out where it could not tell who speaks.
_MOST = 0.8
_LEAST = 0.08  # of the pieces must be named where the others go on with the speaker before


class Piece(NamedTuple):
    """Words by one speaker.

    Attributes:
        line: Number of the line they stand on, from 1; None where the format has none.
        start, end: Seconds.
        speaker: As written; ``""`` where another, unnamed one begins; None where nothing is said.
        text: The words.
        noise: It is what one hears and nobody says (``[Music]``).
        anew: The speaker is written before the words, though it may be the one before.
    """

    line: int | None
    start: float | None
    end: float | None
    speaker: str | None
    text: str
    noise: bool = False
    anew: bool = False


def carries(pieces: Sequence[Piece]) -> bool:
    """Whether a piece without a speaker goes on with the one before.

    So it is where a label is written where the speaker changes, and only there: two speakers or more, the
    first piece with a label, hardly ever the same label twice running.
    """
    named = [piece.speaker for piece in pieces if piece.speaker]
    most = 0.5 if sum(map(is_numbered_person, named)) * 2 > len(named) else _MOST
    if len(named) > most * len(pieces) or len(named) < max(2, _LEAST * len(pieces)):
        return False
    if len({key(name) for name in named}) < 2:
        return False
    if not any(piece.speaker is not None for piece in pieces[: max(2, len(pieces) // 10)]):
        return False
    again = sum(key(a) == key(b) for a, b in pairwise(named))
    return again <= 0.25 * (len(named) - 1)


def joined(
    pieces: Sequence[Piece], interview: str, speakers: Speakers, *, carry: bool
) -> Iterator[Turn | Notice]:
    """The turns, each preceded by what is to be told about its speaker.

    Args:
        pieces: In the order said.
        interview: Its id.
        speakers: Their roles.
        carry: A piece without a speaker goes on with the one before (see `carries`).
    """
    for index, (speaker, words) in enumerate(_turns(pieces, carry)):
        if notice := speakers.notice(speaker, words[0].line):
            yield notice
        times = [piece for piece in words if piece.start is not None]
        carried = bool(speaker) and words[0].speaker is None
        yield Turn(
            id=turn_id(interview, index),
            interview=interview,
            index=index,
            speaker=speaker,
            role=speakers.role(speaker) if speaker else None,
            text=fold(" ".join(piece.text for piece in words)),
            line=words[0].line,
            start=times[0].start if times else None,
            end=times[-1].end if times else None,
            guessed="speaker" if carried and not speakers.all_named else None,
        )


def doubts(pieces: Sequence[Piece], what: str, *, carry: bool) -> Iterator[tuple[Level, str, int | None]]:
    """What is to be told where pieces have no speaker; `what` is their name (``captions``)."""
    unnamed = [piece for piece in pieces if not piece.speaker]
    if not unnamed:
        return
    if len(unnamed) == len(pieces):
        message = f"none of the {what} names its speaker, so no turn has a speaker or a role."
        yield "warning", message, unnamed[0].line
        return
    on = [piece for piece in unnamed if carry and piece.speaker is None and not piece.noise]
    nobodys = [piece for piece in unnamed if piece not in on]
    if on:
        yield (
            "warning",
            f"{what} without a speaker, taken to go on with the one before: {len(on)}.",
            on[0].line,
        )
    if nobodys:
        yield (
            "warning",
            f"{what} without a speaker, whose turns have no role: {len(nobodys)}.",
            nobodys[0].line,
        )


def _turns(pieces: Iterable[Piece], carry: bool) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces of each turn, with its speaker's label (``""`` if unknown)."""
    held: list[Piece] = []
    current = ""
    for piece in pieces:
        if carry and piece.noise and piece.speaker is None:
            if held:
                yield current, held
                held = []
            yield "", [piece]
            continue
        speaker = piece.speaker if piece.speaker is not None else (current if carry else "")
        changes = key(speaker) != key(current) or piece.speaker == ""
        if held and (changes or _ends(held, piece, named=bool(current))):
            yield current, held
            held = []
        # One speaker's label is kept as first written within a turn.
        current = current if held else speaker
        held.append(piece)
    if held:
        yield current, held


def _ends(held: list[Piece], following: Piece, *, named: bool) -> bool:
    """Whether the turn so far is ended before the next piece of the same speaker."""
    words = sum(len(piece.text.split()) for piece in held)
    if words >= LONGEST:
        return True
    if not _SENTENCE_END.search(held[-1].text.rstrip()):
        return False
    if following.anew:
        return True
    last, start = held[-1].end, following.start
    pause = 0.0 if last is None or start is None else start - last
    return not named or pause >= PAUSE or words >= LONG
