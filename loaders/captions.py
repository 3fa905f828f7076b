"""Captions of a recorded interview: WebVTT (voice tags, or ``Speaker:`` in the text) and SubRip.

Cues are cut for reading on a screen, so consecutive cues of one speaker are put together to a turn.
A turn ends where another speaker begins; after a sentence, where a pause of two seconds follows or
it has a hundred words; and at two hundred words even within a sentence, since captions made by a
machine may have no punctuation. Where nobody is named, every sentence end ends a turn, so that no
turn holds a question with its answer.

The libraries tried were webvtt-py 0.6 and pysubs2 1.8: the first gives one voice a cue, and drops
cues with a broken time without a word; the second drops voices, and takes broken cues for text of
the one before. Neither says on which line of the file a cue stands. Hence the reader in `_cues`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from kb.errors import InputError
from kb.records import Notice, Source, Turn, turn_id
from loaders._cues import Cue, Stray, read_cues
from loaders._labels import Labels, key
from loaders._source import name_parts
from loaders._speakers import Speakers
from loaders._text import fold, read_text, sniff

FORMAT = "captions"
ENDINGS = frozenset({".vtt", ".srt"})
RANK = 30
OPTIONS = frozenset({"interviewers"})
READS = "captions (.vtt, .srt)"
PAUSE = 2.0  # seconds
LONG, LONGEST = 100, 200  # words
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:[ \t]+([^>]*))?>|(</v>)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<(?:\d+:)?\d+:\d+\.\d+>|\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
_TURN_MARK = re.compile(r"^\s*(?:>>+|»)\s*")  # another speaker, in broadcast captions
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")  # one line each of two speakers, in subtitles
_SENTENCE_END = re.compile(r"""[.?!…。？！]["'”’»)\]]*$""")
# Where nearly every cue names its speaker, one that does not is not the last speaker going on.
_MOST = 0.8


class _Piece(NamedTuple):
    """Words of one cue by one speaker; `speaker` None where the cue does not say."""

    cue: Cue
    speaker: str | None
    text: str


def detect(path: Path) -> bool:
    """Whether the file is WebVTT or SubRip, by its first lines or its name."""
    head = sniff(path)
    if not head:
        return head == "" and path.suffix.lower() in ENDINGS
    if head.startswith("WEBVTT") or path.suffix.lower() in ENDINGS:
        return True
    first = next(read_cues(head), None)
    return isinstance(first, Cue) and first.start is not None


def parse(path: Path, interviewers: Collection[str] = ()) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and notices on cues and speakers that were doubtful.

    Args:
        path: The captions.
        interviewers: Labels of those who ask, where the labels are names; the others answer.

    Raises:
        InputError: The file cannot be read, has no cues, or none whose times can be read.
    """
    found = list(read_cues(read_text(path)))
    cues = [cue for cue in found if isinstance(cue, Cue)]
    if not cues:
        raise InputError(
            "there are no captions here: each needs a line such as “00:01:02.000 --> 00:01:05.000”.", path
        )
    if all(cue.start is None for cue in cues):
        raise InputError(
            "no caption's times can be read: write them as “00:01:02.000 --> 00:01:05.000”.",
            path,
            line=cues[0].line,
        )
    name = name_parts(path)
    yield Source(interview=name.interview, title=name.title, file=path.name, format=FORMAT)
    pieces = _pieces(cues, interviewers)
    said_by = {piece.speaker for piece in pieces if piece.speaker}
    speakers = Speakers(path.name, name.interview, said_by, interviewers)
    for index, (line, speaker, words) in enumerate(_turns(pieces)):
        if notice := speakers.notice(speaker, line):
            yield notice
        times = [piece.cue for piece in words if piece.cue.start is not None]
        yield Turn(
            id=turn_id(name.interview, index),
            interview=name.interview,
            index=index,
            speaker=speaker,
            role=speakers.role(speaker) if speaker else None,
            text=fold(" ".join(piece.text for piece in words)),
            line=line,
            start=times[0].start if times else None,
            end=times[-1].end if times else None,
        )
    for level, message, line in _doubts(found, pieces):
        yield Notice(level=level, message=message, source=path.name, interview=name.interview, line=line)


def _pieces(cues: list[Cue], interviewers: Collection[str]) -> list[_Piece]:
    """The cues' words by speaker, tags gone."""
    texts = [(cue, list(_voices("\n".join(cue.lines)))) for cue in cues]
    plain = [text for _, parts in texts for voice, text in parts if voice is None]
    lines = [_unmarked(line) for text in plain for line in text.split("\n")]
    labels = Labels(lines, interviewers)
    pieces: list[_Piece] = []
    for cue, parts in texts:
        for voice, text in parts:
            spoken = [(voice, text)] if voice is not None else _labelled(text, labels)
            pieces += [_Piece(cue, speaker, words) for speaker, words in spoken if words.strip()]
    return pieces


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a cue's text with their ``<v Name>``, None outside of one."""
    voice: str | None = None
    position = 0
    for match in _VOICE.finditer(payload):
        yield voice, _plain(payload[position : match.start()])
        voice = None if match[2] else fold(_plain(match[1] or "")) or None
        position = match.end()
    yield voice, _plain(payload[position:])


def _plain(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub("", text))


def _unmarked(line: str) -> str:
    return _DASH.sub("", _TURN_MARK.sub("", line))


def _labelled(text: str, labels: Labels) -> list[tuple[str | None, str]]:
    """The lines of a text by the labels and change marks that begin them."""
    lines = text.split("\n")
    dialogue = sum(_DASH.match(line) is not None for line in lines) > 1
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in lines:
        marked = _TURN_MARK.match(line) or (dialogue and _DASH.match(line))
        if heading := labels.read(_unmarked(line)):
            parts.append((heading.label, [heading.text]))
        elif marked:
            parts.append(("", [_unmarked(line)]))
        else:
            parts[-1][1].append(line)
    return [(speaker, " ".join(words)) for speaker, words in parts]


def _turns(pieces: list[_Piece]) -> Iterator[tuple[int, str, list[_Piece]]]:
    """The pieces of each turn, with its first line and its speaker's label (``""`` if unknown)."""
    carry_on = not _most_named(pieces)
    held: list[_Piece] = []
    current = ""
    for piece in pieces:
        speaker = piece.speaker if piece.speaker is not None else (current if carry_on else "")
        changes = key(speaker) != key(current) or piece.speaker == ""
        if held and (changes or _ends(held, piece, named=bool(current))):
            yield held[0].cue.line, current, held
            held = []
        # One speaker's label is kept as first written within a turn.
        current = current if held else speaker
        held.append(piece)
    if held:
        yield held[0].cue.line, current, held


def _ends(held: list[_Piece], following: _Piece, *, named: bool) -> bool:
    """Whether the turn so far is ended before the next piece of the same speaker."""
    words = sum(len(piece.text.split()) for piece in held)
    if words >= LONGEST:
        return True
    if not _SENTENCE_END.search(held[-1].text.rstrip()):
        return False
    last, start = held[-1].cue.end, following.cue.start
    pause = 0.0 if last is None or start is None else start - last
    return not named or pause >= PAUSE or words >= LONG


def _most_named(pieces: list[_Piece]) -> bool:
    return sum(bool(piece.speaker) for piece in pieces) >= _MOST * len(pieces)


def _doubts(
    found: list[Cue | Stray], pieces: list[_Piece]
) -> Iterator[tuple[Literal["warning", "lost"], str, int]]:
    """What could not be read, and what was taken for granted, with the line."""
    for item in found:
        if isinstance(item, Stray):
            yield "lost", f"text outside any caption: “{fold(item.text)[:60]}”.", item.line
        elif item.start is None:
            yield "lost", "the caption's times cannot be read; its words are kept without them.", item.line
    unnamed = [piece for piece in pieces if not piece.speaker]
    if not unnamed:
        return
    if len(unnamed) == len(pieces):
        yield "warning", "no caption names its speaker, so no turn has a role.", unnamed[0].cue.line
    elif _most_named(pieces):
        message = f"captions without a speaker, whose turns have no role: {len(unnamed)}."
        yield "warning", message, unnamed[0].cue.line
    else:
        message = f"captions without a speaker, taken to go on with the one before: {len(unnamed)}."
        yield "warning", message, unnamed[0].cue.line
