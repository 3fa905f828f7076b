"""The answers of speech services as words with times and speakers, service by service.

Forms as their public documentation gives them: Deepgram (``results.utterances``, ``results.channels``),
Amazon Transcribe (``results.items``, ``results.speaker_labels``), Google Speech-to-Text
(``results[].alternatives[].words[].speakerTag``, version 2: ``speakerLabel``), Azure (``recognizedPhrases``,
``phrases``), Speechmatics (``results[].type``), IBM Watson (``speaker_labels``), Rev AI (``monologues``),
AssemblyAI (``utterances``, ``words``), ElevenLabs (``words[].speaker_id``), Gladia
(``transcription.utterances``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loaders._recorded import Token

_TICKS = 1e7  # a second of Azure's
_MILLI = 1000.0
_MOST = 0.9  # of all words: then a result repeats those before it
_WORD = ("punctuated_word", "word", "text", "content", "value")


def tokens_of(data: Any) -> Iterator[Token] | None:
    """The words of an answer in their order; None where it is of no service that is known."""
    if not isinstance(data, dict):
        return None
    results = data.get("results")
    if isinstance(results, dict):
        if "channels" in results or "utterances" in results:
            return _deepgram(results)
        if "items" in results or "audio_segments" in results:
            return _amazon(results)
    if isinstance(results, list):
        if any("type" in one for one in _dicts(results)):
            return _speechmatics(results)
        return _watson(data) if "speaker_labels" in data else _google(results)
    if "monologues" in data:
        return _rev(data)
    if "recognizedPhrases" in data or "phrases" in data:
        return _azure(data)
    for inner in (data, data.get("transcription"), data.get("result"), _get(data, "result", "transcription")):
        if isinstance(inner, dict) and isinstance(inner.get("utterances"), list) and inner["utterances"]:
            unit = _MILLI if "audio_duration" in data or "audio_url" in data else 1.0
            return (_of(one, unit) for one in _dicts(inner["utterances"]))
    if "language_code" in data and isinstance(data.get("words"), list):
        if any("type" in one for one in _dicts(data["words"])):
            return _elevenlabs(data["words"])
        return (_of(one, _MILLI) for one in _dicts(data["words"]))
    return None


def _deepgram(results: dict[str, Any]) -> Iterator[Token]:
    said = _dicts(results.get("utterances")) or []
    channels = _dicts(results.get("channels")) or []
    if not said:
        for number, channel in enumerate(channels):
            best = _first(channel.get("alternatives"))
            words = _dicts(best.get("words")) or ([best] if best.get("transcript") else [])
            said += [one | {"channel": number} for one in words]
    several = len({str(one.get("channel")) for one in said}) > 1
    if several:
        said = sorted(said, key=lambda one: _number(one.get("start")) or 0.0)
    for one in said:
        token = _of(one, 1.0)
        if several and one.get("channel") is not None:
            who = f", {token.speaker}" if token.speaker else ""
            token = token._replace(speaker=f"Channel {one['channel']}{who}")
        yield token


def _amazon(results: dict[str, Any]) -> Iterator[Token]:
    items = _dicts(results.get("items"))
    if not items:
        yield from (_of(one, 1.0) for one in _dicts(results.get("audio_segments")))
        return
    labels = results.get("speaker_labels")
    by_start = {}
    for segment in _dicts(labels.get("segments")) if isinstance(labels, dict) else ():
        for item in _dicts(segment.get("items")):
            by_start[item.get("start_time")] = item.get("speaker_label") or segment.get("speaker_label")
    said = ""
    for item in items:
        token = _of(_first(item.get("alternatives")) | item, 1.0)
        sign = item.get("type") == "punctuation"
        named = token.speaker or _label(by_start.get(item.get("start_time")))
        said = said if sign else named or ""
        yield token._replace(speaker=said, sign=sign)


def _google(results: list[Any]) -> Iterator[Token]:
    best = [(one, _first(one.get("alternatives"))) for one in _dicts(results)]
    words = [_dicts(alternative.get("words")) for _, alternative in best]
    tagged = [n for n, some in enumerate(words) if any(_of(one, 1.0).speaker for one in some)]
    last = len(best) - 1
    before = sum(len(some) for some in words[:last])
    if tagged == [last] and last and len(words[last]) >= _MOST * before:  # the last one has all words again
        best, words = best[last:], words[last:]
    channels = {one.get("channelTag") for one, _ in best} - {None}
    for (one, alternative), some in zip(best, words, strict=True):
        channel = f"Channel {one.get('channelTag')}" if len(channels) > 1 else None
        for token in (_of(word, 1.0) for word in some or [alternative]):
            yield token if token.speaker else token._replace(speaker=channel)


def _speechmatics(results: list[Any]) -> Iterator[Token]:
    for item in _dicts(results):
        token = _of(item | _first(item.get("alternatives")), 1.0)
        sign = item.get("type") == "punctuation"
        yield token._replace(sign=sign, speaker=None if token.speaker == "UU" else token.speaker)


def _watson(data: dict[str, Any]) -> Iterator[Token]:
    said_by = {one.get("from"): one.get("speaker") for one in _dicts(data["speaker_labels"])}
    for result in _dicts(data["results"]):
        for stamp in _first(result.get("alternatives")).get("timestamps") or []:
            if isinstance(stamp, list) and len(stamp) > 2 and isinstance(stamp[0], str):
                yield Token(_label(said_by.get(stamp[1])), _number(stamp[1]), _number(stamp[2]), stamp[0])


def _rev(data: dict[str, Any]) -> Iterator[Token]:
    for monologue in _dicts(data["monologues"]):
        who = _label(monologue.get("speaker_name") or monologue.get("speaker"))
        text, start, end = "", None, None
        for one in _dicts(monologue.get("elements")):
            text += str(one.get("value") or "")
            start = _number(one.get("ts")) if start is None else start
            end = _number(one.get("end_ts")) or end
        yield Token(who, start, end, text)


def _azure(data: dict[str, Any]) -> Iterator[Token]:
    phrases = _dicts(data.get("recognizedPhrases") or data.get("phrases"))
    several = len({one.get("channel") for one in phrases}) > 1
    timed = [(_azure_time(one, "offset") or 0.0, one) for one in phrases]
    for start, one in sorted(timed, key=lambda pair: pair[0]):
        best = _first(one.get("nBest"))
        text = best.get("display") or best.get("lexical") or one.get("text")
        length = _azure_time(one, "duration")
        who = one.get("speaker")
        if who is None and several:
            who = f"Channel {one.get('channel')}"
        yield Token(_label(who), start, None if length is None else start + length, str(text or ""))


def _azure_time(phrase: dict[str, Any], key: str) -> float | None:
    if (ticks := _number(phrase.get(f"{key}InTicks"))) is not None:
        return ticks / _TICKS
    if (milli := _number(phrase.get(f"{key}Milliseconds"))) is not None:
        return milli / _MILLI
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]{1,20})S)?", str(phrase.get(key)))
    if match is None:
        return None
    hours, minutes, secs = (_number(part or 0) or 0.0 for part in match.groups())
    return hours * 3600 + minutes * 60 + secs


def _elevenlabs(words: list[Any]) -> Iterator[Token]:
    blank = True
    for one in _dicts(words):
        token = _of(one, 1.0)
        if one.get("type") == "spacing":
            blank = True
        else:
            yield token._replace(sign=not blank)
            blank = token.text[-1:].isspace()


def _of(one: dict[str, Any], unit: float) -> Token:
    """A word or an utterance, whatever its keys are called."""
    start = _get_number(one, unit, "start", "start_time", "startTime", "startOffset")
    end = _get_number(one, unit, "end", "end_time", "endTime", "endOffset")
    text = next((one[key] for key in ("transcript", *_WORD) if isinstance(one.get(key), str)), "")
    keys = ("speaker", "speaker_label", "speaker_id", "speakerLabel", "channel_label")
    who = next((one[key] for key in keys if one.get(key) is not None), one.get("speakerTag") or None)
    return Token(_label(who), start, end, text)


def _label(who: Any) -> str | None:
    """A speaker's label; a bare number is that of a speaker."""
    if isinstance(who, bool) or not isinstance(who, (str, int)):
        return None
    text = str(who).strip()
    return f"Speaker {text}" if text.isdecimal() else text or None


def _get_number(one: dict[str, Any], unit: float, *keys: str) -> float | None:
    value = next((number for key in keys if (number := _number(one.get(key))) is not None), None)
    return None if value is None else value / unit


def _number(value: Any) -> float | None:
    """Seconds of ``1.2``, ``"1.2"``, ``"1.200s"``."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(?:\.\d{1,12})?s?", value):
        return float(value.rstrip("s"))
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e18
    return float(value) if good else None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _first(value: Any) -> dict[str, Any]:
    found = _dicts(value)
    return found[0] if found else {}


def _get(data: dict[str, Any], *keys: str) -> Any:
    value: Any = data
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
