"""One invented interview in every form and language comes back as it was written."""

import re
from itertools import groupby
from pathlib import Path

import pytest

import tests.unit.transcript_containers
import tests.unit.transcript_further  # noqa: F401  (adds its forms)
from kb.ingest.speakers import speakers_of, too_much_guessed
from kb.records import Turn
from loaders import detect
from tests.unit.transcript_forms import FORMS, TALKS, File, Talk, expected


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read(path: Path, file: File) -> list[Turn]:
    options = {"encoding": file.encoding} if file.encoding else {}
    return [
        record for record in detect(path, file.encoding).parse(path, **options) if isinstance(record, Turn)
    ]


def check(path: Path, file: File, talk: Talk) -> None:
    path.write_bytes(file.content if isinstance(file.content, bytes) else file.content.encode())
    turns = read(path, file)
    assert [who for who, _ in groupby(turn.speaker for turn in turns)] == [
        file.labels[t.who] for t in talk.turns
    ]
    assert too_much_guessed(speakers_of(turns)) is None  # it is loaded unasked
    passages = [list(group) for _, group in groupby(turns, key=lambda turn: turn.speaker)]
    for turn, passage in zip(talk.turns, passages, strict=True):
        assert _squeezed("".join(one.text for one in passage)) == _squeezed("".join(turn.paras))
        if file.starts:
            assert passage[0].start == pytest.approx(turn.start * (file.shift or 1))
        if file.ends:
            assert passage[-1].end == pytest.approx(turn.end)
        if file.roles:
            assert {one.role for one in passage} == {("interviewer", "interviewee")[turn.who]}
        else:
            assert {one.role for one in passage} == {None}


@pytest.mark.parametrize("language", TALKS)
@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_read_back(tmp_path: Path, name: str, language: str) -> None:
    file = FORMS[name](TALKS[language])
    if file is None:
        pytest.skip("the writer has no letters for this language")
    check(tmp_path / file.name, file, expected(TALKS[language], name))
