"""Tables with more columns than speaker and words, ELAN's milliseconds, Zoom's times of day."""

from pathlib import Path

import docx
import pytest

from tests.unit.test_transcript_kinds import said, told, turns, write

TALK = [("Ana", "How was the winter?"), ("Ben", "Long."), ("Ana", "And the stove?"), ("Ben", "It went out.")]
NOTE = "a long remark of the coder's, much longer than what was said beside it"


def word_table(folder: Path, rows: list[tuple[str, ...]]) -> Path:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(folder / "talk.docx")
    return folder / "talk.docx"


@pytest.mark.parametrize(
    "header",
    [(), ("Speaker", "Text", "Notes"), ("Who is it", "What was said", "Memo"), ("Person", "Rede", "Kodes")],
)
@pytest.mark.parametrize("notes", [("", NOTE, "", "cold"), ("", "cold; tired", "leading", NOTE)])
def test_a_column_of_notes_is_not_said_and_is_told(
    tmp_path: Path, header: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    rows = [(*pair, note) for pair, note in zip(TALK, notes, strict=True)]
    path = word_table(tmp_path, [header, *rows] if header else rows)  # type: ignore[list-item]
    assert said(path) == TALK
    assert "other columns" in told(path)


@pytest.mark.parametrize("header", [(), ("Nr", "Speaker", "Code", "Text")])
def test_codes_before_the_words_are_no_speakers(tmp_path: Path, header: tuple[str, ...]) -> None:
    if header:
        rows = [(str(n), who, "cold" if n % 2 else "stove", text) for n, (who, text) in enumerate(TALK, 1)]
    else:
        rows = [(str(n), who, text, "cold" if n == 2 else "") for n, (who, text) in enumerate(TALK, 1)]
    assert said(word_table(tmp_path, [header, *rows] if header else rows)) == TALK  # type: ignore[list-item]


TIMES = [(1500, 3000), (3200, 3900), (4000, 61000), (61500, 65000)]


@pytest.mark.parametrize("tier", ["{0}\t{0}\t", "{0}\t\t", "{0}\t"])
@pytest.mark.parametrize("span", [True, False])
def test_milliseconds_are_times(tmp_path: Path, tier: str, span: bool) -> None:
    lines = [
        f"{tier.format(who)}{start}\t{end}\t{f'{end - start}{chr(9)}' if span else ''}{text}"
        for (who, text), (start, end) in zip(TALK, TIMES, strict=True)
    ]
    path = write(tmp_path, "\n".join(lines) + "\n")
    assert said(path) == TALK
    assert [(turn.start, turn.end) for turn in turns(path)] == [(a / 1000, b / 1000) for a, b in TIMES]


def test_columns_that_are_named_milliseconds_are_times(tmp_path: Path) -> None:
    head = "Tier\tBegin Time - msec\tEnd Time - msec\tDuration - msec\tAnnotation"
    rows = [f"{who}\t{a}\t{b}\t{b - a}\t{text}" for (who, text), (a, b) in zip(TALK, TIMES, strict=True)]
    path = write(tmp_path, "\n".join([head, *rows]) + "\n")
    assert said(path) == TALK
    assert [turn.start for turn in turns(path)] == [1.5, 3.2, 4, 61.5]


@pytest.mark.parametrize(("first", "starts"), [("10:00", [0, 6, 60, 3600]), ("00:00", [3, 9, 63, 3603])])
def test_times_of_day_of_zoom_count_from_the_first(tmp_path: Path, first: str, starts: list[float]) -> None:
    hour = int(first[:2])
    times = [f"{hour:02}:00:03", f"{hour:02}:00:09", f"{hour:02}:01:03", f"{hour + 1:02}:00:03"]
    shown = "\n\n".join(f"[{who}] {time}\n{text}" for (who, text), time in zip(TALK, times, strict=True))
    path = write(tmp_path, shown + "\n")
    assert [turn.start for turn in turns(path)] == starts
    chat = "\n".join(f"{time} From {who} : {text}" for (who, text), time in zip(TALK, times, strict=True))
    path = write(tmp_path, chat + "\n")
    assert (said(path), [turn.start for turn in turns(path)]) == (TALK, starts)


def test_a_speaker_whom_the_machine_could_not_tell_ends_the_one_before(tmp_path: Path) -> None:
    path = write(
        tmp_path, "Speaker 1  0:00\nHow was it?\n\nSpeaker ?  0:03\nLong.\n\nSpeaker 2  0:05\nCold.\n"
    )
    assert said(path) == [("Speaker 1", "How was it?"), ("Speaker ?", "Long."), ("Speaker 2", "Cold.")]
