"""What a table shows at any width: every column, every value, and no line wider than the screen."""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from rich.cells import cell_len

from kb.cli.grid import fold
from kb.cli.options import Format
from kb.cli.output import print_rows
from kb.cli.table import print_table
from kb.text.cells import cell

WIDTHS = (60, 80, 100, 160)


def printed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    columns: Sequence[str],
    rows: Sequence[dict[str, Any]],
    **options: Any,
) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    print_rows(columns, rows, Format.table, **options)
    return capsys.readouterr().out


def bare(text: str) -> str:
    """Without blanks and line breaks, which folding puts anywhere."""
    return re.sub(r"\s+", "", text)


def some_value(rng: random.Random) -> Any:
    name = "-".join("".join(rng.choices(string.ascii_letters, k=rng.randint(2, 14))) for _ in range(3))
    return rng.choice(
        [
            rng.randrange(10_000),
            0.25,
            True,
            False,
            name,
            [name, "two"],
            f"{name} and more words",
            "語" * 9,
            None,
        ]
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("seed", range(25))
def test_no_column_and_no_value_is_lost_and_no_line_is_too_wide(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed: int, width: int
) -> None:
    rng = random.Random(seed)
    columns = [f"column_{letter}" for letter in string.ascii_lowercase[: rng.randint(1, 14)]]
    rows = [{column: some_value(rng) for column in columns} for _ in range(rng.randint(1, 6))]
    shown = printed(capsys, monkeypatch, width, columns, rows, title="All of it")
    assert max(map(cell_len, shown.splitlines())) <= width
    heads = [c for c in columns if c.replace("_", " ") not in re.sub(r"\s+", " ", shown)]
    # A header folded over lines of a table stands in pieces: its letter is all that tells it.
    assert [c for c in heads if not re.search(rf"\b{c[-1]}\b", shown)] == []
    cells = "".join(cell(row[column]) for row in rows for column in columns)
    assert not Counter(bare(cells)) - Counter(bare(shown))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_that_fits_is_a_table_and_one_that_does_not_is_cards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    names = ["issue", "category", "interviews", "passages", "coders", "related_in", "causes", "fixes"]
    row = dict(zip(names, ["MT-predictions-low-quality", "MT", 3, 7, 2, 4, 5, 8], strict=True))
    shown = printed(capsys, monkeypatch, width, names, [row, row])
    if width == 60:
        assert "  1  MT-predictions-low-quality\n" in shown
        assert "interviews 3  passages 7" in shown
        assert "fixes 8" in shown
    else:
        head = shown.splitlines()[0].split()
        assert [head[0], head[-1]] == ["issue", "fixes"]
        assert all(line.endswith("8") for line in shown.splitlines() if line.startswith("MT-"))


def test_a_column_without_a_value_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = printed(capsys, monkeypatch, 80, ["a", "told_by"], [{"a": 1, "told_by": []}])
    assert "nothing in: told by" in shown


LONG = "word " * 100 + "end"
QUOTED = {"cause": "A", "effect": "B", "quotes": [f"7: {LONG} [7:0012]", "8: two", "9: three"]}


def test_a_quote_is_shortened_for_eyes_keeps_its_turn_and_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert print_rows(list(QUOTED), [QUOTED], Format.table)
    shown = capsys.readouterr().out
    assert "…” [7:0012]" in re.sub(r"\s+", " ", shown)
    assert "end" not in shown
    assert "8: “two”" in shown
    assert "three" not in shown
    assert not print_rows(list(QUOTED), [QUOTED], Format.table, full=True)
    shown = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert f"7: “{LONG}” [7:0012] 8: “two” 9: “three”" in shown


@pytest.mark.parametrize("format_", [Format.json, Format.csv, Format.excel, Format.md])
def test_a_quote_is_whole_for_programs(capsys: pytest.CaptureFixture[str], format_: Format) -> None:
    print_rows(list(QUOTED), [QUOTED], format_)
    assert LONG in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Data-integration-issues", 12, ["Data-", "integration-", "issues"]),
        ("a b", 1, ["a", "b"]),
        ("", 5, [""]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("語語語", 4, ["語語", "語"]),
        ("one\ntwo", 10, ["one", "two"]),
    ],
)
def test_folding(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width) == lines


def test_what_does_not_fit_on_a_screen_is_brief_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    said = "901: “" + "words that go on and on, " * 8 + "to their end.” [901:0001]"
    rows = [{"from": f"cause-{n}", "to": f"effect-{n}", "quotes": [said, said]} for n in range(40)]
    columns = ("from", "to", "quotes")
    assert print_table(columns, rows, "Causes", {}, screen=True)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 50
    shown = [line for line in lines if "cause-" in line]
    assert f"… and {40 - len(shown)} more; --full prints all" in lines
    assert len(shown) > 10
    print_table(columns, rows, "Causes", {}, full=True, screen=True)
    every = capsys.readouterr().out
    assert every.count("to their end.") == 80
    assert "cause-39" in every


def test_what_fits_on_a_screen_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    said = "901: “" + "words that go on and on, " * 8 + "to their end.” [901:0001]"
    rows = [{"from": f"cause-{n}", "to": f"effect-{n}", "quotes": [said]} for n in range(3)]
    assert not print_table(("from", "to", "quotes"), rows, "Causes", {}, screen=True)
    assert capsys.readouterr().out.count("to their end.") == 3
