"""The numbers behind the charts, on both engines, and the command that draws them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb.figure.options import FigureOptions
from kb.ingest.load import load
from kb.plots import PLOTS, draw, find_plot, read
from kb.plots.model import Asked, Corpus, rows_of
from kb.statistics.saturation import expected
from kb.store.bolt import Store
from tests.integration.bakery import write_bakery
from tests.integration.conftest import ENGINES, engine_store
from tests.integration.test_cli import Kb
from tests.shared import ROOT

WIDTH = FigureOptions().width


@pytest.fixture(scope="module", params=ENGINES)
def bakery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bakery, loaded once an engine. Only read it."""
    store = engine_store(request.param, request)
    assert not load(store, [write_bakery(tmp_path_factory.mktemp("bakery"))]).failed
    return store


def numbers(
    store: Store, name: str, columns: str, asked: Asked | None = None, **options: Any
) -> list[tuple[Any, ...]]:
    found, _ = read(store, find_plot(name), asked or Asked(WIDTH), FigureOptions(**options))
    return [tuple(row[column] for column in columns.split()) for row in found.rows]


def test_issues_by_interviews_only_those_that_are_coded(bakery: Store) -> None:
    columns = "issue interviews passages fixes"
    coded = [
        ("Oven-hot", 2, 5, 0),
        ("Crust-burnt", 2, 2, 0),
        ("Oven-sensor", 1, 1, 1),
        ("Data-missing-value", 1, 1, 0),
    ]
    assert numbers(bakery, "top-issues", columns) == coded
    assert numbers(bakery, "top-issues", columns, Asked(WIDTH, limit=2)) == coded[:2]


def test_codes_that_meet_each_with_itself(bakery: Store) -> None:
    own = {"Oven-hot": (2, 5), "Crust-burnt": (2, 2), "Oven-sensor": (1, 1)}
    met = {frozenset({"Crust-burnt", "Oven-hot"}): (2, 2), frozenset({"Oven-hot", "Oven-sensor"}): (1, 1)}
    for order in ("category", "likeness"):
        asked = Asked(WIDTH, order=order)  # type: ignore[arg-type]
        rows = numbers(bakery, "co-occurrence", "code other interviews passages", asked)
        assert {row[0]: row[2:] for row in rows if row[0] == row[1]} == own
        assert {frozenset(row[:2]): row[2:] for row in rows if row[0] != row[1]} == met
    # By likeness, Oven-hot stands between the two that it meets.
    assert [row[0] for row in rows if row[0] == row[1]][1] == "Oven-hot"
    # The strongest pair's codes are taken first.
    two = numbers(bakery, "co-occurrence", "code other", Asked(WIDTH, limit=2))
    assert {code for row in two for code in row} == {"Crust-burnt", "Oven-hot"}


def test_coverage_coder_by_coder_and_by_anyone(bakery: Store) -> None:
    assert numbers(bakery, "coverage", "interview coder rounds turns coded") == [
        ("1", "Ada", ["coding"], 7, 4),
        ("1", "Ben", ["coding"], 7, 4),
        ("1", "anyone", [], 7, 5),
        ("2", None, [], 3, None),
        ("3", None, [], 2, None),
        ("4", None, [], 0, None),
        ("10", "Ada", ["coding"], 2, 1),
    ]


def test_coverage_under_pseudonyms_numbered_as_in_graph_figures(bakery: Store) -> None:
    names = numbers(bakery, "coverage", "interview coder", pseudonyms=True, coders=("Ada", "Ben", "Cyd"))
    assert names == [
        ("P1", "C1"), ("P1", "C2"), ("P1", "anyone"), ("P2", None), ("P3", None), ("P4", None), ("P5", "C1"),
    ]  # fmt: skip


def test_saturation_of_those_interviews_that_have_any(bakery: Store) -> None:
    rows = numbers(bakery, "saturation", "what interviews mean low high new_mean")
    # Codes: 5 in interview 1, 2 of them in 10 too; three interviews without codes are no data points.
    first, second = rows[:2]
    assert first == ("code", 1, 3.5, pytest.approx(2.3), pytest.approx(4.7), 3.5)
    assert second == ("code", 2, 5, 5, 5, 1.5)
    # Relations: 8 + 4 + 2 + 2 + 1 in five interviews, 15 of them distinct.
    assert [row[:2] for row in rows[2:]] == [("relation", n) for n in range(1, 6)]
    assert rows[2][2] == pytest.approx(17 / 5)
    assert rows[-1][2:5] == (15, 15, 15)


def test_causes_by_their_reach(bakery: Store) -> None:
    rows = numbers(bakery, "leverage", "cause effects chains fixes", Asked(WIDTH, limit=2))
    assert rows == [("Oven-sensor", 5, 3, 1), ("Oven-hot", 4, 8, 0)]


def test_the_corpus_tells_interviews_with_codes_from_the_others(bakery: Store) -> None:
    found, corpus = read(bakery, find_plot("coverage"), Asked(WIDTH), FigureOptions())
    assert corpus == Corpus(("1", "2", "3", "4", "10"), ("1", "10"))
    caption = find_plot("coverage").caption(found, corpus)
    assert caption.startswith(
        "Interviews 2, 3, 4, and coders whose export shows no codes, are no data points"
    )


def test_the_use_of_codes_of_every_kind(bakery: Store) -> None:
    rows = [tuple(row.values()) for row in rows_of(bakery, "code-use", limit=3)]
    assert [row[0] for row in rows] == ["Oven-hot", "Crust-burnt", "Data-missing-value"]
    assert [row[3:] for row in rows] == [(2, 5, 2), (2, 2, 2), (1, 1, 1)]
    assert len(rows_of(bakery, "code-use")) == 5


def test_the_samples_curve_is_the_closed_form_of_their_rows(sample_store: Store) -> None:
    items: dict[str, set[str]] = {}
    for row in rows_of(sample_store, "saturation", what="code"):
        items.setdefault(row["interview"], set()).add(row["item"])
    rows = numbers(sample_store, "saturation", "what mean new_mean")
    means = [row[1] for row in rows if row[0] == "code"]
    assert means == pytest.approx(expected(items))
    assert all(a > b for a, b in pairwise(row[2] for row in rows if row[0] == "code"))


def test_codes_of_the_guides_questions_are_no_findings(sample_store: Store) -> None:
    kinds = {
        row["n"]: row["k"]
        for row in sample_store.read("MATCH (c:Concept) RETURN c.name AS n, c.kind AS k").rows
    }
    questions = {row["item"] for row in rows_of(sample_store, "saturation", what="question")}
    codes = {row["item"] for row in rows_of(sample_store, "saturation", what="code")}
    assert questions
    assert {kinds[name] for name in questions} == {"question"}
    assert "question" not in {kinds[name] for name in codes}
    curve, corpus = read(sample_store, find_plot("saturation"), Asked(WIDTH), FigureOptions())
    assert max(row["mean"] for row in curve.rows if row["what"] == "code") == len(codes)
    assert "questions are left out" in find_plot("saturation").caption(curve, corpus)


def test_coverage_says_how_much_of_it_is_questions_alone(sample_store: Store) -> None:
    on_turn: dict[tuple[str, str], set[str]] = {}
    for row in sample_store.read(
        "MATCH (t:Turn {role: 'interviewee'})-[:CODED_AS]->(c:Concept) "
        "RETURN t.interview AS i, t.id AS t, c.kind AS k"
    ).rows:
        on_turn.setdefault((row["i"], row["t"]), set()).add(row["k"])
    alone = Counter(interview for (interview, _), found in on_turn.items() if found == {"question"})
    rows = rows_of(sample_store, "coverage")
    assert {row["interview"]: row["questions_only"] for row in rows if row["questions_only"]} == dict(alone)
    numbers_, corpus = read(sample_store, find_plot("coverage"), Asked(WIDTH), FigureOptions())
    said = f"{alone.total()} of the coded turns carry only codes of the interview guide's questions."
    assert (said in find_plot("coverage").caption(numbers_, corpus)) == bool(alone)


def test_a_coders_bar_is_what_the_query_says_of_that_coder(bakery: Store) -> None:
    check_bars(bakery)


def test_the_same_in_the_samples(sample_store: Store) -> None:
    check_bars(sample_store)


def check_bars(store: Store) -> None:
    columns = ("interview", "turns", "coded", "share", "questions_only")
    drawn = {
        (row["coder"], *(row[column] for column in columns))
        for row in read(store, find_plot("coverage"), Asked(WIDTH), FigureOptions())[0].rows
        if row["rounds"]
    }
    asked = {
        (coder, *(row[column] for column in columns))
        for coder in ("Ada", "Ben", "Cyd")
        for row in (rows_of(store, "coverage", coder=coder) if known(store, coder) else ())
        if row["coders"]
    }
    assert drawn == asked
    assert len(drawn) > 2


def known(store: Store, coder: str) -> bool:
    return bool(store.read("MATCH (c:Coder {name: $name}) RETURN c", {"name": coder}).rows)


@pytest.mark.parametrize("name", PLOTS)
def test_every_chart_of_the_samples_can_be_drawn(sample_store: Store, name: str, tmp_path: Path) -> None:
    options = FigureOptions(preset="one")
    plot = find_plot(name)
    found, corpus = read(sample_store, plot, Asked(options.width), options)
    draw(plot, found, corpus, tmp_path / "a.svg", options, pytest.fail)
    assert "5 interviews, 3 of them with codes." in (tmp_path / "a.svg").read_text(encoding="utf-8")


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Kb:
    folder = tmp_path_factory.mktemp("plots")
    kb = Kb(folder / "db", folder)
    run = kb("load", ROOT / "data" / "interviews")
    assert run.returncode == 0, run.stderr
    return kb


def test_the_list_of_charts_needs_no_graph(tmp_path: Path) -> None:
    kb = Kb(tmp_path / "db", tmp_path)
    run = kb("plot", "--format", "json")
    assert [row["plot"] for row in json.loads(run.stdout)] == list(PLOTS)
    assert not kb.db.exists()


def test_a_chart_is_drawn_printed_or_both(loaded: Kb) -> None:
    file = loaded.cwd / "top.png"
    run = loaded("plot", "top-issues", "-o", file, "--dpi", 72, "--limit", 3)
    assert (run.returncode, run.stdout) == (0, "")
    every = json.loads(loaded("plot", "top-issues", "--limit", 1000, "--format", "json").stdout)
    assert f"The first 3 of {len(every)} issues" in run.stderr
    first = file.read_bytes()
    assert first.startswith(b"\x89PNG")
    run = loaded("plot", "top-issues", "-o", file, "--dpi", 72, "--limit", 3, "--format", "csv")
    assert run.stdout.startswith("issue,category,interviews,passages,coders,causes,fixes\nMT-predictions")
    assert file.read_bytes() == first
    printed = loaded("plot", "top-issues", "--limit", 3, "--format", "csv")
    assert printed.stdout == run.stdout


def test_pseudonyms_leave_no_name(loaded: Kb) -> None:
    file = loaded.cwd / "coverage.svg"
    run = loaded("plot", "coverage", "-o", file, "--pseudonyms", "--title", "Ada", "--format", "json")
    assert run.returncode == 0, run.stderr
    for text in (file.read_text(encoding="utf-8"), run.stdout, run.stderr):
        assert "Ada" not in text
        assert "901" not in re.sub(r'(d|transform|x|y)="[^"]*"', "", text)  # coordinates are no names
    assert [row["interview"] for row in json.loads(run.stdout)][-2:] == ["P4", "P5"]


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("tops-issues",), 2, "Did you mean 'top-issues'"),
        (("top-issues", "-o", "a.jpg"), 5, "use one of .svg .pdf .png"),
        (("top-issues", "-o", "/dev/null/a.svg"), 5, "cannot be written"),
        (("coverage", "--limit", "3"), 2, "leave --limit out"),
        (("leverage", "--order", "likeness"), 2, "co-occurrence"),
        (("top-issues", "-o", "a.svg", "--width", "3"), 2, "--width"),
    ],
)
def test_what_is_asked_wrongly(loaded: Kb, args: tuple[str, ...], code: int, message: str) -> None:
    run = loaded("plot", *args)
    assert run.returncode == code
    assert message in run.stderr


def test_a_study_without_codes(tmp_path: Path) -> None:
    kb = Kb(tmp_path / "db", tmp_path)
    shutil.copy(ROOT / "data" / "interviews" / "Interview 904.txt", tmp_path / "Interview 7.txt")
    assert kb("load", tmp_path / "Interview 7.txt").returncode == 0
    for name in PLOTS:
        run = kb("plot", name, "-o", "a.svg")
        assert run.returncode == 5
        assert run.stderr.startswith("kb: There is nothing to draw: no ")
        assert run.stderr.count("\n") == 1
    assert not (tmp_path / "a.svg").exists()


def test_an_empty_graph(store: Store, tmp_path: Path) -> None:
    from kb.errors import ExportError

    for name in PLOTS:
        plot = find_plot(name)
        found, corpus = read(store, plot, Asked(WIDTH), FigureOptions())
        with pytest.raises(ExportError, match="the graph is empty"):
            draw(plot, found, corpus, tmp_path / "a.svg", FigureOptions(), print)
