"""What comes next in a study: only commands that there are, on one screen whatever the study's size."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kb.ask.next_step import next_step
from kb.ask.query import find_query
from kb.ask.standing import Standing
from kb.cli.app import app
from kb.cli.groups import commands
from kb.cli.next_step import why_empty
from kb.cli.standing import print_standing

EMPTY = Standing({}, {}, {}, {})
TEXTS = Standing({"1": 10, "2": 12}, {}, {}, {})
CODED = Standing({"1": 10, "2": 12}, {"Ada": ("1", "2")}, {}, {"1": 3}, 5)
HALF = CODED._replace(relations={"2": 4})
WHOLE = CODED._replace(relations={"1": 1, "2": 4})


def test_commands_are_those_of_the_application() -> None:
    assert {each.name for each in app.registered_commands} < commands
    assert {"query", "export", "load"} <= commands


@pytest.mark.parametrize(
    ("found", "candidates", "said"),
    [
        (EMPTY, None, "`kb load PATH`"),
        (TEXTS, None, "No passage is coded"),
        (CODED, None, "`kb suggest causes` and `kb suggest fixes`"),
        (CODED, {"causes": 12, "fixes": 1}, "12 candidates by `kb suggest causes`, 1 candidate by"),
        (CODED, {"causes": 0, "fixes": 0}, "finds no candidates"),
        (HALF, None, "of 1 interview (1): `kb suggest causes --interview 1`"),
        (WHOLE, None, "`kb query top-issues`"),
    ],
)
def test_what_comes_next(found: Standing, candidates: dict[str, int] | None, said: str) -> None:
    told = next_step(found, candidates)
    assert said in told
    named = {words.split()[1] for words in re.findall(r"`(kb [^`]*)`", told)}
    assert named <= commands


@pytest.mark.parametrize(
    ("query", "params", "found", "where", "said"),
    [
        ("causes-of", {"issue": "A"}, CODED, (), "No relation is written down yet"),
        ("causal-chains", {"effect": "A"}, TEXTS, (), "No passage is coded and no relation"),
        ("evidence", {"code": "A"}, TEXTS, (), "No passage is coded: load"),
        ("top-issues", {}, EMPTY, (), "Nothing is loaded yet"),
        ("catalogue", {}, WHOLE, (), "`kb load --catalogue`"),
        ("participants", {}, WHOLE._replace(turns={"1": 1}), (), "participants"),
        ("causes-of", {"issue": "A b"}, WHOLE, (), "`kb query issue-card 'A b'`"),
        ("evidence", {"code": "A"}, WHOLE, (), "No passage is coded so; `kb query issue-card A`"),
        ("evidence", {"code": "A", "interview": "2", "role": "any"}, WHOLE, (), "Leave out --interview to"),
        ("causes-of", {"issue": "A"}, WHOLE, ["sector=x"], "Leave out --where"),
        ("causal-chains", {"effect": "A", "told": "whole", "depth": 5}, WHOLE, (), "Leave out --told to"),
    ],
)
def test_why_an_answer_is_empty(
    query: str, params: dict[str, Any], found: Standing, where: list[str], said: str
) -> None:
    assert said in why_empty(find_query(query), params, found, None, where)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_where_a_study_of_a_thousand_interviews_stands_is_one_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    names = [f"interview-{n}" for n in range(1000)]
    found = Standing(
        dict.fromkeys(names, 80),
        {f"Coder {n}": tuple(names[n::20]) for n in range(15)},
        {name: at % 7 + 1 for at, name in enumerate(names[:900])},
        dict.fromkeys(names, 2),
        480, 1000, 3,
    )  # fmt: skip
    print_standing(found, 17, next_step(found))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= (34 if width == 60 else 24)
    assert max(map(len, lines)) <= width
    shown = "\n".join(lines)
    assert "1,000, 80,000 turns" in shown
    assert "100: interview-900" in " ".join(shown.split())
    assert "15 coders: Coder 0 (50)" in shown
    assert "17 labels" in shown
