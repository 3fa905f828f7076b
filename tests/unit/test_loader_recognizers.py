"""The JSON of speech services: who says what when, whichever service wrote it."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError
from kb.records import Notice, Turn
from loaders import detect, recognizers, whisper

# Speaker, start, end, words; a sign belongs to the word before it.
TALK = [
    (0, 0.5, 2.0, "What broke first?"),
    (1, 2.5, 4.0, "The gearbox."),
    (0, 4.5, 5.0, "Why?"),
    (1, 5.5, 7.0, "Water, in the oil."),
]
SAID = [(f"Speaker {who}", start, text) for who, start, _, text in TALK]


def words() -> Iterator[tuple[int, float, float, str, str]]:
    """Speaker, start, end, word, sign behind it."""
    for who, start, end, text in TALK:
        parts = text.split()
        step = (end - start) / len(parts)
        for n, part in enumerate(parts):
            word = part.rstrip(".,?")
            yield who, start + n * step, start + (n + 1) * step, word, part[len(word) :]


def deepgram() -> Any:
    said = [
        {"word": w.lower(), "punctuated_word": w + sign, "start": a, "end": b, "speaker": who}
        for who, a, b, w, sign in words()
    ]
    best = {"transcript": " ".join(w["punctuated_word"] for w in said), "words": said}  # type: ignore[misc]
    return {"metadata": {"channels": 1}, "results": {"channels": [{"alternatives": [best]}]}}


def deepgram_utterances() -> Any:
    said = [{"start": a, "end": b, "transcript": text, "speaker": who} for who, a, b, text in TALK]
    return {"metadata": {}, "results": {"channels": [], "utterances": said}}


def amazon(*, labelled: bool = False) -> Any:
    items: list[dict[str, Any]] = []
    spans = []
    for who, a, b, w, sign in words():
        item = {"type": "pronunciation", "start_time": f"{a:.3f}", "end_time": f"{b:.3f}"}
        spans.append({**item, "speaker_label": f"spk_{who}"})
        items.append({**item, "alternatives": [{"content": w}]})
        if labelled:
            items[-1]["speaker_label"] = f"spk_{who}"
        if sign:
            items.append({"type": "punctuation", "alternatives": [{"content": sign}]})
    segments = [{"speaker_label": one["speaker_label"], "items": [one]} for one in spans]
    results = {"transcripts": [{"transcript": "x " * 40000}], "items": items}
    return {
        "jobName": "a",
        "results": results | ({} if labelled else {"speaker_labels": {"segments": segments}}),
    }


def google(*, repeats: bool = True) -> Any:
    said = [
        {"startTime": f"{a:.3f}s", "endTime": f"{b:.3f}s", "word": w + sign, "speakerTag": who}
        for who, a, b, w, sign in ((who + 1, *rest) for who, *rest in words())
    ]
    if not repeats:
        halves = (said[:4], said[4:])
        return {"results": [{"alternatives": [{"transcript": "x", "words": half}]} for half in halves]}
    plain = [{key: value for key, value in one.items() if key != "speakerTag"} for one in said]
    first = {"alternatives": [{"transcript": "x", "words": plain}]}
    return {"results": [first, {"alternatives": [{"words": said}]}]}


def azure() -> Any:
    phrases = [
        {
            "speaker": who,
            "channel": 0,
            "offsetInTicks": a * 1e7,
            "durationInTicks": (b - a) * 1e7,
            "nBest": [{"display": text}],
        }
        for who, a, b, text in TALK
    ]
    return {"combinedRecognizedPhrases": [], "recognizedPhrases": phrases}


def azure_fast() -> Any:
    phrases = [
        {
            "speaker": who,
            "offsetMilliseconds": int(a * 1000),
            "durationMilliseconds": int((b - a) * 1000),
            "text": text,
        }
        for who, a, b, text in TALK
    ]
    return {"combinedPhrases": [], "phrases": phrases}


def speechmatics() -> Any:
    out = []
    for who, a, b, w, sign in words():
        for kind, content in (("word", w), ("punctuation", sign)):
            if content:
                alternatives = [{"content": content, "speaker": f"S{who}"}]
                out.append({"type": kind, "start_time": a, "end_time": b, "alternatives": alternatives})
    return {"format": "2.9", "job": {}, "results": out}


def rev() -> Any:
    monologues = []
    for who, a, b, text in TALK:
        first, *rest = text.split(" ")
        elements = [{"type": "text", "value": first, "ts": a, "end_ts": b}]
        for part in rest:
            elements += [
                {"type": "punct", "value": " "},
                {"type": "text", "value": part, "ts": b, "end_ts": b},
            ]
        monologues.append({"speaker": who, "elements": elements})
    return {"monologues": monologues}


def watson() -> Any:
    said = list(words())
    labels = [{"from": a, "to": b, "speaker": who} for who, a, b, *_ in said]
    stamps = [[w + sign, a, b] for _, a, b, w, sign in said]
    return {"results": [{"alternatives": [{"timestamps": stamps}]}], "speaker_labels": labels}


def elevenlabs() -> Any:
    said = []
    for who, a, b, w, sign in words():
        said.append({"text": w + sign, "start": a, "end": b, "type": "word", "speaker_id": f"speaker_{who}"})
        said.append({"text": " ", "start": b, "end": b, "type": "spacing", "speaker_id": f"speaker_{who}"})
    return {"language_code": "eng", "text": "x " * 40000, "words": said}


def assembly() -> Any:
    said = [
        {"speaker": "AB"[who], "text": text, "start": int(a * 1000), "end": int(b * 1000)}
        for who, a, b, text in TALK
    ]
    head = {"id": "a", "language_code": "en_us", "audio_url": "https://x.example/a", "text": "x " * 40000}
    return {**head, "words": [], "utterances": said}


def gladia() -> Any:
    said = [{"speaker": who, "text": text, "start": a, "end": b} for who, a, b, text in TALK]
    return {"id": "a", "result": {"transcription": {"full_transcript": "x", "utterances": said}}}


FORMS: list[tuple[Callable[[], Any], tuple[str, str]]] = [
    (deepgram, ("Speaker 0", "Speaker 1")),
    (deepgram_utterances, ("Speaker 0", "Speaker 1")),
    (amazon, ("spk_0", "spk_1")),
    (lambda: amazon(labelled=True), ("spk_0", "spk_1")),
    (google, ("Speaker 1", "Speaker 2")),
    (lambda: google(repeats=False), ("Speaker 1", "Speaker 2")),
    (azure, ("Speaker 0", "Speaker 1")),
    (azure_fast, ("Speaker 0", "Speaker 1")),
    (speechmatics, ("S0", "S1")),
    (rev, ("Speaker 0", "Speaker 1")),
    (watson, ("Speaker 0", "Speaker 1")),
    (elevenlabs, ("speaker_0", "speaker_1")),
    (assembly, ("A", "B")),
    (gladia, ("Speaker 0", "Speaker 1")),
]


def write(folder: Path, data: Any) -> Path:
    path = folder / "talk.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(("form", "labels"), FORMS)
def test_each_service_s_words_come_back_as_turns(
    tmp_path: Path, form: Callable[[], Any], labels: tuple[str, str]
) -> None:
    path = write(tmp_path, form())
    turns = [one for one in detect(path).parse(path) if isinstance(one, Turn)]
    assert [(turn.speaker, turn.text) for turn in turns] == [(labels[who], text) for who, _, _, text in TALK]
    assert [turn.start for turn in turns] == pytest.approx([start for _, start, _, _ in TALK])
    assert [turn.end for turn in turns] == pytest.approx([end for _, _, end, _ in TALK])


def test_two_channels_are_two_speakers_in_the_order_of_time(tmp_path: Path) -> None:
    channels: list[dict[str, Any]] = [{"alternatives": [{"transcript": "", "words": []}]} for _ in range(2)]
    for who, a, b, w, sign in words():
        word = {"word": w, "punctuated_word": w + sign, "start": a, "end": b}
        channels[who]["alternatives"][0]["words"].append(word)
    path = write(tmp_path, {"metadata": {}, "results": {"channels": channels}})
    turns = [one for one in detect(path).parse(path) if isinstance(one, Turn)]
    assert [(turn.speaker, turn.text) for turn in turns] == [
        (f"Channel {who}", text) for who, _, _, text in TALK
    ]


def test_words_without_a_speaker_are_nobodys_and_told(tmp_path: Path) -> None:
    data = deepgram()
    for word in data["results"]["channels"][0]["alternatives"][0]["words"][3:5]:
        del word["speaker"]
    path = write(tmp_path, data)
    records = list(detect(path).parse(path))
    assert [one.speaker for one in records if isinstance(one, Turn)] == [
        "Speaker 0", "", "Speaker 0", "Speaker 1"
    ]  # fmt: skip
    assert any("without a speaker" in one.message for one in records if isinstance(one, Notice))


def test_chinese_words_are_put_together_without_blanks(tmp_path: Path) -> None:
    said = [
        {"word": word, "punctuated_word": word, "start": n, "end": n + 1, "speaker": 0}
        for n, word in enumerate("水泵坏了。")
    ]
    best = {"transcript": "水泵坏了。", "words": said}
    path = write(tmp_path, {"results": {"channels": [{"alternatives": [best]}]}})
    assert [one.text for one in detect(path).parse(path) if isinstance(one, Turn)] == ["水泵坏了。"]


def test_whisper_s_json_is_still_whisper_s(tmp_path: Path) -> None:
    segments = [{"start": 0.0, "end": 1.0, "text": " Why?"}]
    assert detect(write(tmp_path, {"text": " Why?", "segments": segments, "language": "en"})) is whisper


@pytest.mark.parametrize(
    ("data", "words_"),
    [
        ({"results": {"transcripts": [], "channels": []}}, "no words"),
        ({"results": "none", "alternatives": 1, "x": "channels"}, "no speech service"),
    ],
)
def test_what_has_no_words_is_refused_with_what_to_do(tmp_path: Path, data: Any, words_: str) -> None:
    with pytest.raises(InputError, match=words_):
        list(recognizers.parse(write(tmp_path, data)))


@pytest.mark.parametrize("bad", [None, [], "x", 3, {"x": 1}, [None], [[1]], {"items": [1]}])
@pytest.mark.parametrize(("form", "labels"), FORMS)
def test_a_broken_answer_is_a_sentence_and_no_traceback(
    tmp_path: Path, form: Callable[[], Any], labels: tuple[str, str], bad: Any
) -> None:
    data = form()
    for key in list(data):
        if isinstance(data[key], (dict, list)):
            path = write(tmp_path, {**data, key: bad})
            with contextlib.suppress(InputError):
                list(recognizers.parse(path))


def test_whisper_s_table_is_read_with_its_times_and_nobody(tmp_path: Path) -> None:
    path = tmp_path / "talk.tsv"
    path.write_text("start\tend\ttext\n0\t2500\tWhat broke?\n5000\t7000\tThe gearbox.\n", encoding="utf-8")
    turns = [one for one in detect(path).parse(path) if isinstance(one, Turn)]
    assert [(turn.speaker, turn.text, turn.start, turn.end) for turn in turns] == [
        ("", "What broke?", 0.0, 2.5),
        ("", "The gearbox.", 5.0, 7.0),
    ]


def test_a_damaged_row_of_whisper_s_table_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "talk.tsv"
    path.write_text("start\tend\ttext\n0\t2500\tWhat broke?\nx\tThe gearbox.\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(detect(path).parse(path))
    assert caught.value.line == 3


def test_segments_without_times_are_no_recognizers(tmp_path: Path) -> None:
    other, own, bare = tmp_path / "pages.json", tmp_path / "own.json", tmp_path / "bare.json"
    pages = [{"index": n, "role": "coder", "text": text, "codes": []} for n, (*_, text) in enumerate(TALK)]
    other.write_text(json.dumps({"file": "a.pdf", "pages": 3, "segments": pages}), encoding="utf-8")
    segments = [{"text": text, "start": a, "end": b} for _, a, b, text in TALK]
    own.write_text(json.dumps({"language": "en", "segments": segments}), encoding="utf-8")
    bare.write_text(json.dumps(segments, indent=1), encoding="utf-8")
    assert not whisper.detect(other)
    with pytest.raises(InputError, match="no transcript of a speech recognizer that is known"):
        detect(other)
    assert whisper.detect(own)
    assert whisper.detect(bare)
    long = [{"text": "word " * 9000, "start": 0.0, "end": 9.0}]  # cut where the kind is told from the head
    own.write_text(json.dumps({"segments": [{"start": 0.0, **long[0]}]}), encoding="utf-8")
    assert whisper.detect(own)


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 400])
def test_a_number_too_long_to_be_one_is_told(tmp_path: Path, number: str) -> None:
    path = tmp_path / "904.json"
    text = json.dumps({"utterances": [{"speaker": 4711, "text": "It broke.", "start": 1, "end": 2}]})
    path.write_text(text.replace("4711", number))
    with pytest.raises(InputError, match=r"904\.json: .*more than 300 digits: put it in quotes"):
        list(recognizers.parse(path))
