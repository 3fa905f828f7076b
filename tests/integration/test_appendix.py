"""The supplementary report: what it counts, in each format, and what it leaves out; on both engines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from kb.api.graph import Graph
from kb.appendix.asked import Asked
from kb.appendix.blocks import Figure, Heading, Items, Paragraph, Quote, Report, Table
from kb.appendix.content import read_report
from kb.appendix.html import page
from kb.appendix.write import check_path, write_report
from kb.cli.app import app
from kb.errors import ExportError
from kb.ingest.load import Options, load
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from tests.integration.bakery import write_bakery
from tests.integration.conftest import ENGINES, engine_store


@pytest.fixture(scope="module", params=ENGINES)
def bakery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bakery with a table of its people, loaded once an engine. Only read it."""
    folder = tmp_path_factory.mktemp("bakery")
    people = folder / "people.csv"
    people.write_text(
        "interview,name,trade\n1,Quentin,baker\n3,Zoe,miller\n10,Yves,miller\n", encoding="utf-8"
    )
    (study := folder / "study").mkdir()
    store = engine_store(request.param, request)
    assert not load(store, [write_bakery(study)], Options(participants=(people,))).failed
    return store


@pytest.fixture(scope="module")
def report(bakery: Store) -> Report:
    return read_report(bakery, Asked(issues=3))


def section(report: Report, title: str) -> list[object]:
    """The blocks below a heading, down to the next of the same level."""
    at = next(n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.text == title)
    level = report.blocks[at].level  # type: ignore[union-attr]
    found = []
    for block in report.blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level <= level:
            break
        found.append(block)
    return found


def test_the_study_is_counted(report: Report) -> None:
    numbers, *_ = [b for b in section(report, "The study in numbers") if isinstance(b, Table)]
    counted = dict(numbers.rows)
    assert counted["Interviews"] == "5"
    assert counted["Interviews with codes"] == "2"
    # 1, 2 twice, 3 and 10; of the speaker of 4 and of one passage of 2 nobody knows who it is.
    assert counted["People who make them"] == "5"
    assert counted["Links that people tell: causes"] == "12"
    (interviews, *_) = [b for b in section(report, "Interviews") if isinstance(b, Table)]
    assert [row[0] for row in interviews.rows] == ["1", "2", "3", "4", "10"]
    assert section(report, "Participants") == [Items(("trade: baker (1), miller (2)",))]


def test_the_map_is_drawn_and_its_strongest_links_listed(report: Report) -> None:
    blocks = section(report, "The causal map")
    (figure,) = [b for b in blocks if isinstance(b, Figure)]
    assert "12 relations from 5 interviews" in figure.scene.about
    (links,) = [b for b in blocks if isinstance(b, Table)]
    assert links.rows[:2] == (
        ("Crust-burnt", "causes", "customers staying away", "2", "2", "1, 3"),
        ("Oven-hot", "causes", "Crust-burnt", "2", "2", "1, 10"),
    )


def test_a_card_for_each_issue_told_of_most_with_words_of_different_people(report: Report) -> None:
    titles = [b.text for b in section(report, "The issues told of most") if isinstance(b, Heading)]
    assert len(titles) == 3
    card = section(report, "Crust-burnt")
    (told, *_) = [b.text for b in card if isinstance(b, Paragraph) and "passages" in b.text]
    assert told.startswith("Coded in 2 interviews (2 passages)")
    (links,) = [b for b in card if isinstance(b, Items)]
    assert links.texts == ("caused by: Oven-hot (2)", "leads to: customers staying away (2)")
    quotes = [b for b in card if isinstance(b, Quote)]
    assert len({quote.who for quote in quotes[:3]}) == 3
    assert all(quote.words for quote in quotes)
    # The interviewer's coded question is nobody's word.
    oven = [b.words for b in section(report, "Oven-hot") if isinstance(b, Quote)]
    assert oven
    assert not any("too hot here" in words for words in oven)


def test_agreement_is_of_the_two_coders_of_one_interview(report: Report) -> None:
    said, _, table = section(report, "Agreement between coders")
    assert said.text.startswith("Of 2 interviews with codes, 1 by two coders or more")  # type: ignore[attr-defined]
    assert table.rows[0][0] == "any code or none"  # type: ignore[attr-defined]


def test_no_name_and_no_word_where_none_may_leave_the_house(bakery: Store, tmp_path: Path) -> None:
    found = read_report(bakery, Asked(title="Ada's bakery", issues=3, quotes=False, pseudonyms=True))
    assert not [b for b in found.blocks if isinstance(b, Quote)]
    folder = tmp_path / "out"
    write_report(found, folder)
    texts = [
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in (".html", ".md", ".svg")
    ]
    texts.append("\n".join(p.text for p in Document(str(folder / "report.docx")).paragraphs))
    texts.append(str([[c.value for r in s for c in r] for s in load_workbook(folder / "causal-map.xlsx")]))
    for text in texts:
        assert not re.search(r"\b(Ada|Ben|Cyd|Quentin|Interviewee|burns black)\b", text)
    assert "P1" in texts[0]
    (interviews,) = [b for b in section(found, "Interviews") if isinstance(b, Table)]
    assert [row[0] for row in interviews.rows] == ["P1", "P2", "P3", "P4", "P5"]


def test_pseudonyms_stand_at_quotes(bakery: Store) -> None:
    found = read_report(bakery, Asked(issues=3, pseudonyms=True))
    who = {quote.who for quote in found.blocks if isinstance(quote, Quote)}
    assert who
    assert all(re.match(r"P\d", name) for name in who)
    # "2 interviews (1 …" names no interview 1.
    assert any(b.text.startswith("Coded in 2 interviews (") for b in found.blocks if isinstance(b, Paragraph))


def test_every_format_holds_all_of_it(report: Report, tmp_path: Path) -> None:
    written = write_report(report, tmp_path / "out")
    assert {path.name for path in written} == {
        "report.html", "report.docx", "report.md", "causal-map.svg", "causal-map.pdf", "saturation.svg",
        "saturation.pdf", "causal-map.xlsx",
    }  # fmt: skip
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    book = Document(str(tmp_path / "out" / "report.docx"))
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    paragraphs = {p.text for p in book.paragraphs}
    for block in report.blocks:
        if isinstance(block, Heading):
            assert block.text in paragraphs
            assert f">{block.text}</h{block.level + 1}>" in html
            assert f"{'#' * (block.level + 1)} {block.text}\n" in markdown
    assert len(book.inline_shapes) == html.count("data:image/svg+xml;base64,") == 2
    assert len(book.tables) == html.count("<table>") == sum(isinstance(b, Table) for b in report.blocks)
    for name in re.findall(r"!\[.*?\]\(<(.*?)>\)", markdown):
        assert (tmp_path / "out" / name).is_file()
    assert not re.search(r"(src|href)=.?https?:", html)


def test_the_same_study_gives_the_same_bytes(report: Report, tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        write_report(report, tmp_path / name)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    assert page(report) == page(report)


def test_in_python_it_is_written_too(bakery: Store, tmp_path: Path) -> None:
    (text, *figures) = Graph(bakery).report(tmp_path / "r.md", issues=1, title="Bakeries")
    assert text.read_text(encoding="utf-8").startswith("# Bakeries\n")
    assert {path.name for path in figures} == {"causal-map.svg", "saturation.svg"}


def test_only_what_some_people_told(bakery: Store) -> None:
    found = read_report(bakery, Asked(issues=3), ["trade=miller"])
    numbers, *_ = [b for b in section(found, "The study in numbers") if isinstance(b, Table)]
    assert dict(numbers.rows)["Interviews"] == "2"
    assert "trade=miller" in found.notes[0]
    assert isinstance(found.blocks[0], Paragraph)
    assert "trade=miller" in found.blocks[0].text


def test_what_no_report_can_be_written_to_is_told_first(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no report goes by the ending '.xls'; use one of .html .docx .md"):
        check_path(tmp_path / "report.xls")
    (tmp_path / "report").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="is a file: name a folder"):
        check_path(tmp_path / "report")


def test_an_empty_graph_has_nothing_to_report(tmp_path: Path) -> None:
    with (
        open_store(Settings(KB_DB=tmp_path / "db"), create=True) as store,
        pytest.raises(ExportError, match="kb load"),
    ):
        read_report(store, Asked())


def test_signs_of_markdown_and_html_are_text(tmp_path: Path) -> None:
    awkward = Report(
        "A & <b>", [Paragraph("*bold* <script>x</script> | $a_b$"), Table(("a|b",), (("`c`",),))]
    )
    write_report(awkward, tmp_path / "r.md")
    write_report(awkward, tmp_path / "r.html")
    assert r"\*bold\* \<script\>x\</script\> \| \$a\_b\$" in (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "<script" not in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    folder = tmp_path / "study"
    folder.mkdir()
    with open_store(Settings(KB_DB=tmp_path / "db"), create=True) as store:
        load(store, [write_bakery(folder)])
    result = CliRunner().invoke(
        app, ["report", "-o", str(tmp_path / "r.md"), "--db", str(tmp_path / "db"), "--issues", "1"]
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "r.md").is_file()
    assert (tmp_path / "r-figures" / "causal-map.svg").is_file()
