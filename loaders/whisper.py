"""What speech recognizers write as JSON: Whisper, whisperX, faster-whisper, whisper.cpp.

``{"segments": [{"start", "end", "text", "speaker"?, "words"?}]}`` (openai/whisper's `ResultWriter`,
whisperX with its diarization; OpenAI's verbose and diarized answers are alike), a bare list of such segments,
or whisper.cpp's ``{"transcription": [{"offsets": {"from", "to"}, "text"}]}`` with milliseconds. Segments are
put together to turns as captions are; so are the rows of Whisper's table (``start``, ``end`` in milliseconds,
``text``). A segment without a speaker is nobody's: the recognizer could not tell.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.records import Notice, Source, Turn
from loaders._joined import Piece
from loaders._recorded import read_json, records_of
from loaders._text import fold, read_text, sniff

FORMAT = "whisper-json"
ENDINGS = frozenset[str]()
MAYBE = frozenset({".json", ".tsv"})
RANK = 31
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "Whisper's and whisperX's JSON (.json) and Whisper's tables (.tsv)"
_COLUMNS = "start\tend\ttext"
_SLOWEST = 30  # seconds a word: a recognizer that writes more counts milliseconds
_KEYS = ('"segments"', '"transcription"', '"utterances"', '"start"')
_FIRST = re.compile(r'(?:"(?:segments|transcription|utterances)"\s*:|\A)\s*\[\s*(?=\{)')
_TIMES = ("start", "end", "offsets", "timestamps")


def detect(path: Path) -> bool:
    """Whether the file is JSON with segments in its head, the first of which has words and a time."""
    if _is_table(path):
        return True
    head = sniff(path, 16384)
    if head is None or not head.lstrip("\ufeff \n\t").startswith(("{", "[")):
        return False
    if path.suffix.lower() not in (".json", ".txt", ""):
        return False
    if not any(key in head for key in _KEYS) or '"text"' not in head:
        return False
    head = head.lstrip("\ufeff \n\t")
    first = _FIRST.search(head)
    return first is None or _is_timed(head[first.end() :])


def _is_timed(text: str) -> bool:
    """Whether a segment has words and a time: other programs have segments too, of pages or of codings."""
    try:
        segment, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # cut, since it is long
        return any(f'"{key}"' in text for key in _TIMES)
    return "text" in segment and any(key in segment for key in _TIMES)


def _is_table(path: Path) -> bool:
    if path.suffix.lower() != ".tsv":
        return False
    head = sniff(path)
    return head is not None and head.lstrip("\ufeff").partition("\n")[0].strip() == _COLUMNS


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and notices on segments without a speaker.

    Args:
        path: The file.
        interviewers: Labels of those who ask; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: It is no JSON or table, or has no segments with words.
    """
    pieces = list(_pieces(_rows(path) if _is_table(path) else read_json(path), path))
    if not pieces:
        raise InputError(
            "there are no segments with words in this file: transcribe the recording again.", path
        )
    yield from records_of(path, FORMAT, pieces, "segments", interviewers, interviewees)


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows of Whisper's table as segments with milliseconds."""
    lines = read_text(path).split("\n")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        start, _, rest = line.partition("\t")
        end, sign, text = rest.partition("\t")
        if not line.strip():
            continue
        if not (sign and start.isdecimal() and end.isdecimal() and len(start + end) < 40):
            raise InputError("this row has no start, end and text: save the table anew.", path, line=number)
        rows.append({"offsets": {"from": int(start), "to": int(end)}, "text": text})
    return rows


def _pieces(data: Any, path: Path) -> Iterator[Piece]:
    segments = data
    if isinstance(data, dict):
        segments = next(
            (
                data[key]
                for key in ("segments", "utterances", "transcription")
                if isinstance(data.get(key), list)
            ),
            None,
        )
    if not isinstance(segments, list):
        raise InputError(
            "this JSON has no list of segments, as Whisper and whisperX write one: save the transcript "
            "as .vtt, .srt or "
            ".docx instead.",
            path,
        )
    unit = _unit(segments)
    for number, segment in enumerate(segments, 1):
        if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
            raise InputError(
                f"segment {number} of this JSON has no text: transcribe the recording again.", path
            )
        text = fold(segment["text"])
        if not text:
            continue
        start, end = _times(segment, unit)
        said = list(_said(segment))
        if len({who for who, _ in said}) > 1:
            yield from _runs(said, text, (start, end), unit)
        else:
            yield Piece(None, start, end, _speaker(segment) or None, text)


def _said(segment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The words of a segment with their speakers; one without (a number, to whisperX) is the one's before."""
    words = segment.get("words")
    before = ""
    for word in words if isinstance(words, list) else ():
        if isinstance(word, dict) and isinstance(word.get("word"), str):
            before = _name(word.get("speaker")) or before or _name(segment.get("speaker"))
            yield before, word


def _runs(
    said: list[tuple[str, dict[str, Any]]], text: str, times: tuple[float | None, float | None], unit: float
) -> Iterator[Piece]:
    """A segment in which several speak, cut where that changes; nobody's where its words differ."""
    runs = [(who, [word for _, word in run]) for who, run in groupby(said, key=itemgetter(0))]
    texts = [fold(" ".join(fold(word["word"]) for word in run)) for _, run in runs]
    if "".join("".join(texts).split()) != "".join(text.split()):
        yield Piece(None, *times, None, text)
        return
    for (who, run), words in zip(runs, texts, strict=True):
        found = [_times(word, unit) for word in run]
        start = next((at for at, _ in found if at is not None), None)
        end = next((at for _, at in reversed(found) if at is not None), None)
        if words:
            yield Piece(None, start, end, who or None, words)


def _unit(segments: list[Any]) -> float:
    """What a second counts: 1000 where the times are whole numbers in which nobody speaks so slowly."""
    spans: list[int] = []
    words = 0
    for segment in segments:
        start, end = (
            (segment.get(key) for key in ("start", "end")) if isinstance(segment, dict) else (None, None)
        )
        if type(start) is not int or type(end) is not int:
            return 1.0
        spans.append(max(0, end - start))
        words += len(str(segment.get("text")).split())
    return 1000.0 if sum(spans) > _SLOWEST * max(1, words) else 1.0


def _times(segment: dict[str, Any], unit: float) -> tuple[float | None, float | None]:
    if isinstance(offsets := segment.get("offsets"), dict):
        return tuple(_number(offsets.get(key), 1000.0) for key in ("from", "to"))  # type: ignore[return-value]
    return _number(segment.get("start"), unit), _number(segment.get("end"), unit)


def _number(value: Any, unit: float) -> float | None:
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9
    return value / unit if good else None


def _speaker(segment: dict[str, Any]) -> str:
    """The segment's speaker, else the one whom its words name."""
    return _name(segment.get("speaker")) or next((who for who, _ in _said(segment) if who), "")


def _name(speaker: Any) -> str:
    named = isinstance(speaker, (str, int)) and not isinstance(speaker, bool)
    return unicodedata.normalize("NFC", fold(str(speaker))) if named else ""
