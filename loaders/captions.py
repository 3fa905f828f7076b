"""Captions of a recorded interview: WebVTT (voice tags, or ``Speaker:`` in the text) and SubRip.

Cues are cut for reading on a screen, so consecutive cues of one speaker are put together to a turn
(`loaders._joined`). Captions that roll (YouTube's) give each word once.

The libraries tried were webvtt-py 0.6 and pysubs2 1.8: the first gives one voice a cue, and drops
cues with a broken time without a word; the second drops voices, and takes broken cues for text of
the one before. Neither says on which line of the file a cue stands. Hence the reader in `_cues`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Level, Notice, Source, Turn
from loaders._cues import Cue, Kept, Stray, read_cues, unrolled
from loaders._inner import cut
from loaders._joined import LONG, LONGEST, PAUSE, Piece, carries, doubts, joined
from loaders._label_words import is_noise
from loaders._labels import Labels
from loaders._paras import doubt
from loaders._source import name_parts
from loaders._speakers import Speakers
from loaders._spelling import one_spelling
from loaders._text import fold, is_old_text, read_text, sniff

__all__ = ["FORMAT", "LONG", "LONGEST", "PAUSE", "detect", "parse"]

FORMAT = "captions"
ENDINGS = frozenset({".vtt", ".srt"})
RANK = 30
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
READS = "captions (.vtt, .srt)"
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?(?:[ \t]+([^>]{0,100}))?>|(</v>)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<(?:\d+:)?\d+:\d+\.\d+>|\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
_TURN_MARK = re.compile(r"^\s*(?:>>+|»)\s*")  # another speaker, in broadcast captions
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)")  # one line each of two speakers, in subtitles
_NOTHING = re.compile(r"[\s\-–—]*")


def detect(path: Path) -> bool:
    """Whether the file is WebVTT or SubRip, by its first lines or its name."""
    head = sniff(path)
    if not head:
        return path.suffix.lower() in ENDINGS and (head == "" or is_old_text(path))
    if head.startswith("WEBVTT") or path.suffix.lower() in ENDINGS:
        return True
    first = next(read_cues(head), None)
    return isinstance(first, Cue) and first.start is not None


def parse(
    path: Path,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    encoding: str | None = None,
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and notices on cues and speakers that were doubtful.

    Args:
        path: The captions.
        interviewers: Labels of those who ask, where the labels are names; the others answer.
        interviewees: Labels of those who answer.
        encoding: Of a file that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: The file cannot be read, has no cues, or none whose times can be read.
    """
    text = read_text(path, encoding)
    found = list(read_cues(text))
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
    # WebVTT with labels in the text is Zoom's: a cue is an utterance, and a label in each begins a turn.
    each = text.startswith("WEBVTT")
    pieces, labels = _pieces(unrolled(cues, _plain), [*interviewers, *interviewees], each=each)
    if not pieces:
        raise InputError(
            "no caption has any words, only tags or nothing: write what is said below each line of times, "
            "as “<v Dana>How did it go?</v>”.",
            path,
            line=cues[0].line,
        )
    said_by = [(piece.speaker, piece.text) for piece in pieces if piece.speaker]
    speakers = Speakers(path.name, name.interview, said_by, interviewers, interviewees)
    carry = carries(pieces)
    yield from joined(pieces, name.interview, speakers, carry=carry)
    told = [*_troubles(found), *_doubtful(pieces, labels)]
    for level, message, line in [*told, *doubts(pieces, "captions", carry=carry)]:
        yield Notice(level=level, message=message, source=path.name, interview=name.interview, line=line)


def _pieces(cues: list[Cue], given: Collection[str], *, each: bool) -> tuple[list[Piece], Labels]:
    """The cues' words by speaker, tags gone, and the labels they were told by."""
    texts = [(cue, list(_voices("\n".join(cue.lines)))) for cue in cues]
    units = [
        [_DASH.sub("", line) for line in text.split("\n")]
        for _, parts in texts
        for voice, text in parts
        if voice is None
    ]
    labels = Labels(units, given, captions=True)
    pieces: list[Piece] = []
    for cue, parts in texts:
        for voice, text in parts:
            spoken = [(voice, text)] if voice is not None else _labelled(text, labels)
            anew = each and voice is None
            for speaker, words in spoken:
                if _NOTHING.fullmatch(words):
                    continue
                pieces.append(
                    Piece(
                        cue.line, cue.start, cue.end, speaker, words, is_noise(words), anew and bool(speaker)
                    )
                )
    spelled = one_spelling(piece.speaker for piece in pieces if piece.speaker)
    return [p._replace(speaker=spelled[p.speaker]) if p.speaker else p for p in pieces], labels


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a cue's text with their ``<v Name>``, None outside of one."""
    voice: str | None = None
    position = 0
    for match in _VOICE.finditer(payload):
        yield voice, _plain(payload[position : match.start()])
        name = unicodedata.normalize("NFC", fold(_plain(match[1] or "")))
        voice = None if match[2] else name or None
        position = match.end()
    yield voice, _plain(payload[position:])


def _plain(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub("", text))


def _unmarked(line: str) -> str:
    return _DASH.sub("", _TURN_MARK.sub("", line))


def _labelled(text: str, labels: Labels) -> list[tuple[str | None, str]]:
    """The lines of a text by the labels and change marks that begin them."""
    lines = [line for line in text.split("\n") if not _NOTHING.fullmatch(line)]
    dialogue = sum(_DASH.match(line) is not None for line in lines) > 1
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in (part for whole in lines for part in cut(whole, labels)):
        marked = _TURN_MARK.match(line) or (dialogue and _DASH.match(line))
        if heading := labels.read(_DASH.sub("", line)):
            parts.append((heading.label, [heading.text]))
        elif marked or (line is lines[0] and labels.doubtful(_DASH.sub("", line))):
            parts.append(("", [_unmarked(line)]))
        else:
            parts[-1][1].append(line)
    return [(speaker, " ".join(words)) for speaker, words in parts]


def _doubtful(pieces: list[Piece], labels: Labels) -> Iterator[tuple[Level, str, int | None]]:
    """What stands in the place of a label and may be none, each once."""
    met: dict[str, int | None] = {}
    for piece in pieces:
        if not piece.speaker and (heading := labels.doubtful(piece.text)):
            met.setdefault(heading.label, piece.line)
    for label, line in met.items():
        yield "warning", doubt(label), line


def _troubles(found: list[Cue | Stray | Kept]) -> Iterator[tuple[Level, str, int | None]]:
    """What could not be read, with the line."""
    for item in found:
        if isinstance(item, Stray):
            yield "lost", f"text outside any caption: “{fold(item.text)[:60]}”.", item.line
        elif isinstance(item, Kept):
            message = (
                f"text after an empty line within a caption, kept as its words: “{fold(item.text)[:60]}”."
            )
            yield "warning", message, item.line
        elif item.start is None:
            yield "lost", "the caption's times cannot be read; its words are kept without them.", item.line
