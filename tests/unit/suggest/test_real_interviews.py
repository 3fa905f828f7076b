"""Suggestions on the real interviews beside the clone: what must hold whatever the weights."""

import importlib

import pytest

from kb.codebook import load_codebook, resolve
from kb.suggest import suggest_causes, suggest_fixes
from kb.text.quotes import find_quote
from tests.shared import ROOT, shared_path
from tests.unit.suggest.builders import english


@pytest.fixture(scope="module")
def study():
    shared_path("interviews", "expected")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        read = importlib.import_module("coded_interviews")
        compare = importlib.import_module("suggest_causes")
    resolution = resolve(read.read_labels(), load_codebook(ROOT / "data" / "codebook.yaml"))
    codes = read.read_codes(resolution)
    interviews = read.read_interviews(resolution)
    return read, compare, resolution, codes, interviews


@pytest.mark.parametrize("suggest", [suggest_causes, suggest_fixes])
def test_every_quote_is_found_where_it_is_said_to_be(study, suggest):
    *_, codes, interviews = study
    turns = {i.interview: i.turns for i in interviews}
    found = suggest(interviews, codes, english())
    assert found
    for suggestion in found:
        for item in suggestion.evidence:
            assert [m.turn_id for m in find_quote(item.quote, turns[item.interview])] == [item.turn]


def test_what_the_interviewee_denies_is_not_suggested(study):
    read, _, resolution, codes, interviews = study
    *_, denied = read.read_gold(resolution)
    assert denied
    text = {turn.id: turn.text for i in interviews for turn in i.turns}
    for suggest in (suggest_causes, suggest_fixes):
        for suggestion in suggest([i for i in interviews if i.interview == "11"], codes, english()):
            for item in suggestion.evidence:
                assert not any(text[item.turn].startswith(words) for words in denied)


def test_the_first_ten_hold_more_that_a_reader_found_than_co_occurrence_does(study):
    read, compare, resolution, codes, interviews = study
    causes, *_ = read.read_gold(resolution)
    one = [i for i in interviews if i.interview == "11"]
    starts = {c for c, kind in codes.kinds.items() if kind in compare.CAUSE_KINDS}
    finish = {c for c, kind in codes.kinds.items() if kind in compare.EFFECT_KINDS}
    suggested = compare.ends(suggest_causes(one, codes, english()))[:10]
    together = compare.cooccurrence(one, starts, finish)[:10]
    assert len(causes.intersection(suggested)) > len(causes.intersection(together))
