"""Files of cue words and of decisions are bounded too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.suggest import read_in_time
from kb.errors import CodebookError, InputError
from kb.resources import data_dir
from kb.suggest.causes import suggest_causes
from kb.suggest.cues import load_cues
from kb.suggest.fixes import suggest_fixes
from tests.unit.suggest.builders import codes, english, interview

ENGLISH = data_dir() / "cues" / "en.yaml"


def test_a_file_of_cue_words_that_is_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "mine.yaml"
    large.write_text("language: en\nnegation:\n" + "- by no means at all\n" * 20_000)
    with pytest.raises(CodebookError, match=r"mine\.yaml: .*larger than 256 KB.*split it"):
        load_cues(ENGLISH, large)


def test_a_file_of_decisions_is_read_within_the_time_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "relations.yaml"
    large.write_text("relations:\n" + "- {a: b}\n" * 400_000)
    monkeypatch.setenv("KB_FILE_TIMEOUT", "0.3")
    with pytest.raises(InputError, match=r"longer than 0\.3 s"):
        read_in_time(large)
    read_in_time(tmp_path / "none.yaml")


@pytest.mark.parametrize(("count", "any_found"), [(8, True), (300, False)])
def test_a_passage_with_very_many_codes_hints_at_none_of_their_pairs(count: int, any_found: bool) -> None:
    """Those would be as many as the square of the codes, and each as doubtful as the other."""
    names = [f"Trouble-{n}" for n in range(count)]
    kinds = {**dict.fromkeys(names, "issue"), "Way-out": "fix"}
    said = interview(
        "904",
        "Q: How was your week?",
        f"A: We have been busy with all sorts of things lately ## {', '.join([*names, 'Way-out'])}",
    )
    book = codes(kinds=kinds, categories={}, issues={})
    assert bool(suggest_causes([said], book, english())) == any_found
    assert bool(suggest_fixes([said], book, english())) == any_found
