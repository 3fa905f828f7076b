"""Charts: everything within the page, letters large enough, the same bytes, one sentence where it fails."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from kb.errors import ExportError, UsageError
from kb.figure.fit import MIN_LETTERS
from kb.figure.options import PRESETS, FigureOptions
from kb.figure.scene import Line, Scene, Shape
from kb.plots import ENDINGS, PLOTS, compose, draw, find_plot
from kb.plots.axes import count_ticks
from kb.plots.co_occurrence import classes
from kb.plots.model import Corpus, Numbers, some_of
from tests.unit.plots.numbers import CORPUS, LONG, OF, issues, matrix


def scene_of(name: str, numbers: Numbers, options: FigureOptions) -> tuple[Scene, list[str]]:
    told: list[str] = []
    return compose(find_plot(name), numbers, CORPUS, options, told.append), told


def lines(scene: Scene) -> list[Line]:
    return [item for group in scene.groups for item in group.items if isinstance(item, Line)]


def words(scene: Scene) -> str:
    return " ".join(line.text for line in lines(scene))


def extent(scene: Scene) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of all that is drawn."""
    across: list[float] = []
    down: list[float] = []
    for group in scene.groups:
        for item in group.items:
            if isinstance(item, Line):
                width = scene.typeface.width(item.text, item.size, item.bold)
                left = item.x - (width / 2 if item.anchor == "middle" else 0)
                across += [left, left + width]
                down += [item.y - 0.8 * item.size, item.y + 0.25 * item.size]
            elif isinstance(item, Shape):
                for _, *values in item.commands:
                    across += map(float, values[::2])
                    down += map(float, values[1::2])
    return min(across), max(across), min(down), max(down)


def overlaps(scene: Scene) -> list[tuple[str, str]]:
    """Lines of text that lie over each other."""
    boxes = []
    for line in lines(scene):
        width = scene.typeface.width(line.text, line.size, line.bold)
        left = line.x - (width / 2 if line.anchor == "middle" else 0)
        boxes.append((line.text, left, left + width, line.y - 0.65 * line.size, line.y))
    return [
        (a[0], b[0])
        for n, a in enumerate(boxes)
        for b in boxes[:n]
        if a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]
    ]


@pytest.mark.parametrize("count", [1, 2, 14])
@pytest.mark.parametrize("width", [60.0, *PRESETS.values()])
@pytest.mark.parametrize("name", PLOTS)
def test_a_chart_stays_within_its_page_and_its_letters_can_be_read(
    name: str, width: float, count: int
) -> None:
    scene, _ = scene_of(name, OF[name](count), FigureOptions(width_mm=width, title="How it is " * 9))
    left, right, top, bottom = extent(scene)
    assert (left, top) >= (0, 0)
    assert right <= scene.width
    assert bottom <= scene.height
    assert min(line.size for line in lines(scene)) >= MIN_LETTERS


@pytest.mark.parametrize("count", [1, 2, 14])
@pytest.mark.parametrize("width", PRESETS.values())
@pytest.mark.parametrize("name", PLOTS)
def test_no_letters_lie_over_others(name: str, width: float, count: int) -> None:
    scene, _ = scene_of(name, OF[name](count), FigureOptions(width_mm=width))
    assert overlaps(scene) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", PLOTS)
def test_the_same_numbers_give_the_same_bytes(name: str, ending: str, theme: str, tmp_path: Path) -> None:
    options = FigureOptions.model_validate({"theme": theme, "preset": "one", "dpi": 72})
    files = [tmp_path / f"{n}{ending}" for n in (1, 2)]
    for file in files:
        draw(find_plot(name), OF[name](5), CORPUS, file, options, pytest.fail)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) > 1000


def test_the_text_of_a_pdf_can_be_read_out(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    draw(find_plot("top-issues"), issues(3), CORPUS, file, FigureOptions(title="Über alles & <more>"), print)
    with pypdfium2.PdfDocument(file) as document:
        page = document[0]
        text = page.get_textpage().get_text_range()
        assert page.get_width() == pytest.approx(180 * 72 / 25.4, abs=0.5)
    assert "Über alles & <more>" in text
    assert "passages (turns)" in text


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("top-issues", ["interviews", "passages (turns)"]),
        ("co-occurrence", ["interviews in which both codes are on one passage (turn):"]),
        ("coverage", ["interviewees' turns with a code (%)"]),
        ("saturation", ["interviews", "codes met so far", "new relations"]),
        ("leverage", ["effects reached", "chains that one person told whole"]),
    ],
)
def test_every_axis_names_its_unit_and_the_caption_counts_interviews(name: str, units: list[str]) -> None:
    scene, _ = scene_of(name, OF[name](4), FigureOptions())
    texts = [line.text for line in lines(scene)]
    assert set(units) <= set(texts)
    assert "3 interviews, 2 of them with codes." in words(scene)
    assert "3 interviews, 2 of them with codes." in scene.about


def test_an_interview_without_exported_codes_is_named_and_has_no_bar() -> None:
    scene, _ = scene_of("coverage", OF["coverage"](1), FigureOptions())
    texts = [line.text for line in lines(scene)]
    assert "Interview 2, and coders whose export shows no codes, are no data points" in words(scene)
    assert [text for text in texts if " · " in text] == [
        "0 · Ada",
        "0 · Wilhelmina-Alexandra Featherstonehaugh",
        "0 · anyone",
    ]
    assert [text for text in texts if " of 1234" in text] == ["0 of 1234", "1234 of 1234", "1234 of 1234"]


def test_bars_are_as_long_as_their_interviews_and_hollow_without_a_fix() -> None:
    numbers = issues(3)  # 3, 2 and 1 interviews; a fix for the middle one alone
    scene, _ = scene_of("top-issues", numbers, FigureOptions())
    bars = [
        item
        for group in scene.groups
        for item in group.items
        if isinstance(item, Shape) and item.stroke == "#D55E00"
    ][:3]
    lengths = [float(bar.commands[1][1]) - float(bar.commands[0][1]) for bar in bars]
    assert lengths[0] / lengths[2] == pytest.approx(3)
    assert lengths[1] / lengths[2] == pytest.approx(2)
    assert [bar.fill for bar in bars] == ["#FFFFFF", "#D55E00", "#FFFFFF"]


def test_a_matrix_too_large_for_its_column_is_drawn_with_a_word() -> None:
    _, told = scene_of("co-occurrence", matrix(60), FigureOptions(preset="one"))
    assert "60 codes does not fit 85 mm" in told[0]
    needed = float(re.findall(r"ask for (\d+) mm", told[0])[0])
    _, told = scene_of("co-occurrence", matrix(60), FigureOptions(width_mm=needed))
    assert not any("does not fit" in text for text in told)


def test_a_chart_higher_than_a_page_is_drawn_with_a_word() -> None:
    _, told = scene_of("top-issues", issues(90), FigureOptions())
    assert "more than a page" in told[0]


def test_shades_differ_by_their_grey() -> None:
    scene, _ = scene_of("co-occurrence", matrix(20), FigureOptions())
    fills = [item.fill for item in scene.groups[0].items if isinstance(item, Shape)][-6:]  # the legend
    grey = [sum(w * int(f[i : i + 2], 16) for i, w in ((1, 0.299), (3, 0.587), (5, 0.114))) for f in fills]
    assert all(a - b > 12 for a, b in pairwise(grey))


@pytest.mark.parametrize("name", PLOTS)
def test_nothing_to_draw_is_one_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    with pytest.raises(ExportError, match=r"graph is empty; load something with `kb load PATH`\.$"):
        draw(find_plot(name), Numbers([]), Corpus((), ()), file, FigureOptions(), print)
    with pytest.raises(ExportError, match=r"^There is nothing to draw: no \w+"):
        draw(find_plot(name), Numbers([]), CORPUS, file, FigureOptions(), print)
    assert not file.exists()


def test_what_is_asked_wrongly(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Did you mean 'coverage'"):
        find_plot("converage")
    with pytest.raises(ExportError, match=r"'\.jpg'; use one of \.svg \.pdf \.png"):
        draw(find_plot("coverage"), OF["coverage"](1), CORPUS, tmp_path / "a.jpg", FigureOptions(), print)
    (tmp_path / "no").write_text("a file where a folder would be")
    with pytest.raises(ExportError, match="cannot be written"):
        draw(
            find_plot("coverage"),
            OF["coverage"](1),
            CORPUS,
            tmp_path / "no" / "a.svg",
            FigureOptions(),
            print,
        )


def test_names_in_titles_go_with_pseudonyms() -> None:
    options = FigureOptions(
        title="Ada on Interview 10", pseudonyms=True, interviews=("1", "2", "10"), coders=("Ada",)
    )
    scene, _ = scene_of("top-issues", issues(2), options)
    assert scene.title == "C1 on P3"
    assert "Ada" not in words(scene)


def test_ticks_are_round_and_reach_the_largest() -> None:
    assert count_ticks(3, 5) == [0, 1, 2, 3]
    assert count_ticks(7, 4) == [0, 2, 4, 6, 8]
    assert count_ticks(11, 4) == [0, 5, 10, 15]
    assert count_ticks(120, 5) == [0, 50, 100, 150]
    assert count_ticks(0, 5) == [0, 1]
    for largest in range(1, 3000, 7):
        for most in (1, 3, 8):
            ticks = count_ticks(largest, most)
            assert ticks[-1] >= largest > ticks[-2]
            assert len(ticks) - 1 <= most


def test_each_count_has_its_shade_as_far_as_shades_go() -> None:
    assert classes(0) == []
    assert classes(3) == [1, 2, 3]
    assert classes(6) == [1, 2, 3, 4, 5, 6]
    assert classes(7) == [2, 4, 6, 7]
    assert classes(25) == [5, 10, 15, 20, 25]


def test_a_caption_says_of_how_many() -> None:
    assert some_of(2, 34, "issues") == "The first 2 of 34 issues"
    assert some_of(2, 2, "issues") == "All 2 issues"
    assert LONG not in some_of(1, 1, "codes")
