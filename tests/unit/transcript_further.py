"""The invented interview in further forms: tables with bars, services' JSON, Praat, CHAT, margins."""

from __future__ import annotations

import json

from tests.unit.transcript_forms import File, Talk, _flat, _lines, clock, form

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WIDE = str.maketrans("0123456789:[]", "０１２３４５６７８９：［］")
_MACHINE = ("Speaker 0", "Speaker 1")


def _said(talk: Talk) -> list[tuple[int, float, float, str]]:
    return [(t.who, t.start, t.end, " ".join(t.paras)) for t in talk.turns]


@form
def markdown_table(talk: Talk) -> File:
    rows = [f"| **{talk.names[who]}** | {text} |" for who, _, _, text in _said(talk)]
    head = ["# Interview 7", "", "| Speaker | Text |", "|---|:--|"]
    return File("a.md", "\n".join([*head, *rows]) + "\n", talk.names)


@form
def markdown_table_with_times(talk: Talk) -> File:
    rows = [f"|{clock(start)}|{talk.names[who]}|{text}|" for who, start, _, text in _said(talk)]
    return File("a.md", "\n".join(["|When|Who|What|", "|-|-|-|", *rows]) + "\n", talk.names, starts=True)


@form
def bars_without_a_frame(talk: Talk) -> File:
    return File(
        "a.txt", _lines(_flat(talk), talk.names, lambda who, _, said: f"{who} | {said}", "\n"), talk.names
    )


@form
def bar_before_a_time(talk: Talk) -> File:
    text = _lines(_flat(talk), talk.names, lambda who, t, said: f"{who} | {clock(t.start, 'm:s')}\n{said}")
    return File("a.txt", text, talk.names, starts=True)


@form
def semicolon(talk: Talk) -> File:
    return File(
        "a.txt", _lines(_flat(talk), talk.names, lambda who, _, said: f"{who}; {said}", "\n"), talk.names
    )


@form
def numbers_for_names(talk: Talk) -> File:
    return File(
        "a.txt", _lines(_flat(talk), ("1", "2"), lambda who, _, said: f"{who}: {said}", "\n"), ("1", "2")
    )


@form
def paragraphs_counted_in_brackets(talk: Talk) -> File:
    lines = [f"[{n}] {talk.names[who]}: {text}" for n, (who, _, _, text) in enumerate(_said(talk), 1)]
    return File("a.txt", "\n".join(lines) + "\n", talk.names)


@form
def lines_counted_at_the_right(talk: Talk) -> File:
    lines = [f"{talk.names[who]}: {text:<90}  {n:>3}" for n, (who, _, _, text) in enumerate(_said(talk), 1)]
    return File("a.txt", "\n".join(lines) + "\n", talk.names)


@form
def time_at_the_end_without_brackets(talk: Talk) -> File:
    text = _lines(_flat(talk), talk.names, lambda who, t, said: f"{who}: {said} {clock(t.end, 'mm:ss')}")
    return File("a.txt", text, talk.names, ends=True)


@form
def time_in_arabic_digits(talk: Talk) -> File:
    def line(who: str, start: float, said: str) -> str:
        return f"[{clock(start).translate(_ARABIC)}] {who}: {said}"

    text = _lines(talk, talk.names, lambda who, t, said: line(who, t.start, said))
    return File("a.txt", text, talk.names, starts=True)


@form
def time_in_wide_digits(talk: Talk) -> File:
    def line(who: str, start: float, said: str) -> str:
        return f"{f'[{clock(start)}]'.translate(_WIDE)}{who}：{said}"

    text = _lines(talk, talk.names, lambda who, t, said: line(who, t.start, said))
    return File("a.txt", text, talk.names, starts=True)


@form
def elan_tier_by_tier(talk: Talk) -> File:
    rows = sorted(_said(talk), key=lambda row: row[0])
    lines = [
        f"{talk.names[who]}\t\t{clock(start, 'vtt')}\t{clock(end, 'vtt')}\t{text}"
        for who, start, end, text in rows
    ]
    return File("a.txt", "\n".join(lines) + "\n", talk.names, starts=True, ends=True)


@form
def elan_a_column_a_tier(talk: Talk) -> File:
    lines = ["Begin Time - hh:mm:ss.ms\tEnd Time - hh:mm:ss.ms\t" + "\t".join(talk.names)]
    for who, start, end, text in _said(talk):
        lines.append(f"{clock(start, 'vtt')}\t{clock(end, 'vtt')}\t" + ("\t" * who + text).ljust(1))
    return File("a.txt", "\n".join(lines) + "\n", talk.names, starts=True, ends=True)


@form
def head_of_a_mail(talk: Talk) -> File:
    head = "From: dana@x.example\nTo: mo@x.example\nSubject: Interview about the pump\nDate: 3 May 2024\n\n"
    return File("a.txt", head + _lines(talk, talk.names, lambda who, _, said: f"{who}: {said}"), talk.names)


@form
def sonix(talk: Talk) -> File:
    foot = (
        "\nSonix is the world's most advanced automated transcription, translation, and subtitling "
        "platform.\n"
        "\nAutomatically convert your mp3 files to text (txt file), Microsoft Word (docx file) in minutes.\n"
    )
    text = _lines(_flat(talk), talk.names, lambda who, t, said: f"{who} [{clock(t.start)}] {said}")
    return File("a.txt", text + foot, talk.names, starts=True)


@form
def praat_text_grid(talk: Talk) -> File:
    end = talk.turns[-1].end
    out = ['File type = "ooTextFile"', '"TextGrid"', f"0 {end} <exists> 2"]
    for one in (0, 1):
        said = [f'{start} {stop} "{text if who == one else ""}"' for who, start, stop, text in _said(talk)]
        out += [f'"IntervalTier" "{talk.names[one]}" 0 {end} {len(said)}', *said]
    return File("a.TextGrid", "\n".join(out).encode("utf-16"), talk.names, starts=True, ends=True)


@form
def chat(talk: Talk) -> File:
    out = ["@UTF8", "@Begin", "@Participants:\tPAR Participant, INV Investigator"]
    for who, start, end, text in _said(talk):
        out.append(f"*{('INV', 'PAR')[who]}:\t{text} \x15{int(start * 1000)}_{int(end * 1000)}\x15")
    return File("a.cha", "\n".join([*out, "@End"]) + "\n", ("INV", "PAR"), starts=True, ends=True, roles=True)


@form
def deepgram_json(talk: Talk) -> File:
    said = [{"speaker": who, "start": a, "end": b, "transcript": text} for who, a, b, text in _said(talk)]
    data = {"metadata": {}, "results": {"channels": [], "utterances": said}}
    return File("a.json", json.dumps(data), _MACHINE, starts=True, ends=True)


@form
def assemblyai_json(talk: Talk) -> File:
    said = [
        {"speaker": "AB"[who], "start": int(a * 1000), "end": int(b * 1000), "text": text}
        for who, a, b, text in _said(talk)
    ]
    data = {
        "id": "a",
        "language_code": "en",
        "text": "",
        "words": [],
        "utterances": said,
        "audio_duration": 9,
    }
    return File("a.json", json.dumps(data), ("A", "B"), starts=True, ends=True)
