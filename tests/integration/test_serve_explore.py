"""The page that explores, as it answers and as it is used in Chromium, on both engines."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from kb.api.graph import Graph
from kb.serve.app import build
from kb.serve.served import Served
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from tests.serving import looking, running
from tests.shared import ROOT

KB = Path(sys.executable).parent / "kb"
EVIL = "<img src=x onerror=document.title=1>"
PEOPLE = (
    "interview,speaker,name,sector,role\n901,,Ann,health,coder\n902,Interviewee 1,Bo,health,coder\n"
    "902,Interviewee 2,Cy,trade,buyer\n903,,Di,trade,coder\n"
)


def client(graph: Graph) -> TestClient:
    return TestClient(build(Served(graph, Path("relations.yaml"))), base_url="http://127.0.0.1:7700")


@pytest.fixture
def asking(sample_store: Store) -> TestClient:
    return client(Graph(sample_store))


@pytest.fixture
def page() -> Iterator[Page]:
    with looking() as page:
        yield page


@pytest.mark.parametrize(
    "asked", [{}, {"zoom": "category"}, {"told": "whole"}, {"interview": "902"}, {"min_interviews": 2}]
)
def test_the_map_has_the_links_of_the_query_in_its_order(
    sample_store: Store, asking: TestClient, asked: dict[str, Any]
) -> None:
    rows = Graph(sample_store).ask("causal-map", **asked).rows
    got = asking.get("/api/explore/map", params=asked).json()
    drawn = [(row["from"], row["relation"], row["to"], row["told_in"], row["people"]) for row in rows]
    links = [(*each["names"], each["relation"], each["told_in"], each["people"]) for each in got["links"]]
    assert [(a, relation, b, told, people) for a, b, relation, told, people in links] == [
        row for row in drawn if asked.get("zoom") is None or row[0] != row[2]
    ]
    assert {end for each in got["links"] for end in (each["from"], each["to"])} <= {
        node["id"] for node in got["nodes"]
    }


def test_around_issues_are_they_and_their_neighbours_with_what_these_are_to_each_other(
    asking: TestClient,
) -> None:
    whole = asking.get("/api/explore/map").json()
    one = asking.get("/api/explore/map", params={"around": "MT-overfitting"}).json()
    beside = {
        end
        for each in whole["links"]
        if "MT-overfitting" in (each["from"], each["to"])
        for end in (each["from"], each["to"])
    }
    assert {node["id"] for node in one["nodes"]} == beside
    two = asking.get("/api/explore/map", params={"around": ["MT-overfitting", "MM-drift"]}).json()
    assert {node["id"] for node in two["nodes"]} > beside
    gone = asking.get("/api/explore/map", params={"around": "nothing of the kind"})
    assert gone.status_code == 400
    assert "is not on this map" in gone.json()["error"]


def test_a_card_says_what_the_query_says_and_an_unknown_name_the_nearest(asking: TestClient) -> None:
    card = asking.get("/api/explore/card", params={"issue": "md-performance-DROP"}).json()
    assert card["name"] == "MD-performance-drop"
    assert card["definition"]
    causes = next(each for each in card["sections"] if each["title"] == "caused by")
    assert causes["items"][0]["name"] == "MM-drift"
    wrong = asking.get("/api/explore/card", params={"issue": "MD-performance-dorp"})
    assert wrong.status_code == 400
    assert "MD-performance-drop" in wrong.json()["error"]


def test_names_are_completed_by_their_beginning_first_then_inside_then_by_likeness(
    asking: TestClient,
) -> None:
    def names(q: str) -> list[str]:
        found: list[str] = asking.get("/api/explore/names", params={"q": q}).json()["names"]
        return found

    assert names("md-perf") == ["MD-performance-drop"]
    assert names("quality data")[0].startswith("Data-low-quality")
    assert "MT-overfitting" in names("MT-overfiting")
    data = names("data")
    assert data[0].startswith("Data")
    assert sorted(data, key=lambda name: not name.startswith("Data")) == data


def test_quotes_of_a_link_have_speaker_coder_turn_and_place(sample_store: Store, asking: TestClient) -> None:
    got = asking.get(
        "/api/explore/quotes",
        params={"of": "MT-overfitting", "and": "MD-performance-drop", "relation": "causes"},
    ).json()["quotes"]
    first = got[0]
    assert (first["interview"], first["speaker"], first["turn"]) == ("901", "Interviewee", "901:0011")
    assert "Ada" in first["coder"]
    text = sample_store.read("MATCH (t:Turn {id: '901:0011'}) RETURN t.text AS text").rows[0]["text"]
    assert text[first["start"] : first["end"]] == first["text"]
    other = {"of": "MT-overfitting", "and": "MD-performance-drop", "relation": "fixed by"}
    assert asking.get("/api/explore/quotes", params=other).json()["quotes"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("map?min_people=many", "whole number"),
        ("map?zoom=letters", "none, category, catalogue"),
        ("map?where=sector", "is no condition"),
        ("map?interview=999", "no interview '999'"),
        ("figure?query=top-issues", "draws"),
        ("figure?ending=.exe", ".svg"),
        ("figure?column=three", "column one, two or poster"),
        ("quotes?code=", "no code or concept"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(asking: TestClient, path: str, said: str) -> None:
    answer = asking.get(f"/api/explore/{path}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples in a folder of their own, with people, which the command line can have after the page."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    with open_store(Settings(KB_DB=folder / "kb")) as store:
        report = Graph(store).load(ROOT / "data" / "interviews", participants=folder / "people.csv")
        assert not report.failed
    return folder


FIGURES = [
    {"ending": ".svg"},
    {"ending": ".pdf", "zoom": "category", "min_people": "1"},
    {"ending": ".png", "interview": "902", "without_fixes": "1", "column": "one"},
    {"ending": ".svg", "told": "stitched", "category": "Data", "theme": "dark"},
    {"ending": ".tex", "where": ["sector=health"], "pseudonyms": "1"},
    {"ending": ".html", "query": "neighbourhood", "issue": "MT-overfitting", "quotes": "0"},
    {"ending": ".graphml", "query": "causal-chains", "effect": "MD-performance-drop"},
    {"ending": ".json", "top": "5000", "told": "whole"},
]


def test_a_figure_saved_has_the_bytes_that_the_command_shown_writes(saved: Path, tmp_path: Path) -> None:
    figures = []
    with open_store(Settings(KB_DB=saved / "kb")) as store:
        served = Served(Graph(store), Path("r.yaml"), where=f"--db {saved / 'kb'}")
        asking = TestClient(build(served), base_url="http://127.0.0.1:7700")
        for params in FIGURES:
            shown = asking.get("/api/explore/command", params=params).json()
            file = asking.get("/api/explore/figure", params=params)
            assert file.status_code == 200, file.text
            assert f'filename="{shown["file"]}"' in file.headers["content-disposition"]
            figures.append((shown, file.content))
    assert len({content for _, content in figures}) == len(FIGURES)
    for shown, content in figures:
        words = shlex.split(shown["command"])
        assert words[:2] == ["kb", "export"]
        done = subprocess.run([KB, *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / shown["file"]).read_bytes() == content, shown["command"]


def ready(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#canvas")).to_have_attribute("aria-busy", "false")


@pytest.mark.browser
def test_filters_show_what_the_query_gives(sample_store: Store, page: Page) -> None:
    graph = Graph(sample_store)
    with running(Served(graph, Path("r.yaml"))) as address:
        for asked in (
            {}, {"told": "whole"}, {"told": "stitched"}, {"interview": "901"}, {"category": "Data"},
            {"min_people": 2}, {"without_fixes": 1}, {"zoom": "category", "interview": "901"},
            {"told": "stitched", "category": "MT", "without_fixes": 1},
        ):  # fmt: skip
            rows = graph.ask(
                "causal-map", **{**asked, "without_fixes": bool(asked.get("without_fixes"))}
            ).rows
            drawn = [row for row in rows if "zoom" not in asked or row["from"] != row["to"]]
            ready(page, f"{address}/?{'&'.join(f'{name}={value}' for name, value in asked.items())}")
            expect(page.locator("#counts")).to_contain_text(re.compile(rf", {len(drawn)} links?\b"))


@pytest.mark.browser
@pytest.mark.parametrize("wrong", ["told=xx", "zoom=bogus", "min_people=-3", "min_interviews=abc"])
def test_what_an_address_asks_for_in_vain_is_told(sample_store: Store, page: Page, wrong: str) -> None:
    graph = Graph(sample_store)
    many = len(graph.ask("causal-map").rows)
    with running(Served(graph, Path("relations.yaml"))) as address:
        ready(page, f"{address}/?{wrong}")
        expect(page.locator("#said")).to_contain_text(wrong)
        expect(page.locator("#counts")).to_contain_text(f", {many} links")


@pytest.mark.browser
def test_a_list_of_sums_has_those_within_a_category_and_their_quotes(sample_store: Store, page: Page) -> None:
    graph = Graph(sample_store)
    rows = graph.ask("causal-map", zoom="category").rows
    within = next(row for row in rows if row["from"] == row["to"])
    with running(Served(graph, Path("relations.yaml"))) as address:
        ready(page, f"{address}/?zoom=category&view=list")
        expect(page.locator("#list tbody tr")).to_have_count(len(rows))
        name = f"Quotes: {within['from']} {within['relation']} {within['to']}"
        page.get_by_role("button", name=name).press("Enter")
        expect(page.locator("#panel blockquote").first).to_be_visible()


@pytest.mark.browser
def test_the_keyboard_goes_on_where_the_answer_stands(sample_store: Store, page: Page) -> None:
    with running(Served(Graph(sample_store), Path("relations.yaml"))) as address:
        ready(page, f"{address}/?issue=MT-overfitting")
        page.locator("#panel button.name").first.press("Enter")
        expect(page.locator("#panel h2")).to_be_focused()
        ready(page, f"{address}/?min_people=99")
        page.locator("#next").get_by_role("button", name="Take all filters away").press("Enter")
        expect(page.locator("#canvas")).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize("asked", ["around=yy", "where=a%3Db"])
def test_what_cannot_be_narrowed_to_is_told_and_the_rest_is_shown(
    sample_store: Store, page: Page, asked: str
) -> None:
    graph = Graph(sample_store)
    many = len(graph.ask("causal-map").rows)
    with running(Served(graph, Path("relations.yaml"))) as address:
        ready(page, f"{address}/?{asked}")
        expect(page.locator("#counts")).to_contain_text(f", {many} links")
        expect(page.locator("#said")).not_to_be_empty()


@pytest.mark.browser
def test_the_signs_are_those_that_are_seen(sample_store: Store, page: Page) -> None:
    graph = Graph(sample_store)
    with running(Served(graph, Path("relations.yaml"))) as address:
        ready(page, address)
        signs = page.locator(".legend li")
        expect(signs.filter(has_text=re.compile("^nobody told it"))).to_have_count(1)
        for sign in ("issue", "fix", "causes", "fixed by"):
            expect(signs.filter(has_text=re.compile(f"^{sign}$"))).to_have_count(1)
        page.get_by_label("Causes only, without fixes").check()
        expect(signs.filter(has_text=re.compile("^fixed by$"))).to_have_count(0)
        expect(signs.filter(has_text=re.compile("^fix$"))).to_have_count(0)
        expect(signs.filter(has_text=re.compile("^causes$"))).to_have_count(1)


@pytest.mark.browser
def test_what_some_people_tell_is_counted_as_the_query_counts_it(
    store: Store, page: Page, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    graph = Graph(store)
    assert not graph.load(ROOT / "data" / "interviews", participants=tmp_path / "people.csv").failed
    with running(Served(graph, Path("r.yaml"))) as address:
        for where, more in (
            (["sector=health"], {}),
            (["sector=trade"], {"min_interviews": 1, "told": "whole"}),
            (["sector=trade", "role=buyer"], {}),
        ):
            rows = graph.ask("causal-map", where=where, **more).rows
            assert rows
            extra = "".join(f"&{name}={value}" for name, value in more.items())
            ready(page, f"{address}/?view=list&{'&'.join(f'where={each}' for each in where)}{extra}")
            expect(page.locator("#list tbody tr")).to_have_count(len(rows))
            shown = [row.split("\t") for row in page.locator("#list tbody tr").all_inner_texts()]
            assert {(a, relation, b, told, people) for a, relation, b, told, people, _ in shown} == {
                (row["from"], row["relation"], row["to"], str(row["interviews"]), str(row["people"]))
                for row in rows
            }
        # The words are theirs as well.
        link = {"of": "MM-drift", "and": "MD-performance-drop", "relation": "causes"}
        for where in ([], ["sector=health"], ["role=buyer"]):
            said = client(graph).get("/api/explore/quotes", params={**link, "where": where}).json()["quotes"]
            rows = graph.ask("evidence-of-relation", of=link["of"], where=where, **{"and": link["and"]}).rows
            assert [each["turn"] for each in said] == [row["turn"] for row in rows]
            code = (
                client(graph).get("/api/explore/quotes", params={"code": "MM-drift", "where": where}).json()
            )
            coded = graph.ask("evidence", code="MM-drift", where=where).rows
            assert [each["turn"] for each in code["quotes"]] == [row["turn"] for row in coded]
        page.get_by_label("sector").select_option("health")
        page.wait_for_url(re.compile("sector%3Dhealth"))


@pytest.mark.browser
def test_by_keyboard_from_a_search_to_the_words_and_back(sample_store: Store, page: Page) -> None:
    with running(Served(Graph(sample_store), Path("r.yaml"))) as address:
        ready(page, f"{address}/")
        page.keyboard.press("/")
        page.keyboard.type("overfit", delay=20)
        box = page.get_by_role("combobox", name="Search an issue")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#find-list [aria-selected=true]")).to_have_count(1)
        assert box.get_attribute("aria-activedescendant") == "find-0"
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_have_text("MT-overfitting")
        page.wait_for_url("**/?issue=MT-overfitting")
        page.locator("#view").focus()
        page.keyboard.press("Enter")
        relation = page.get_by_role("button", name="Quotes: MT-overfitting causes MD-performance-drop")
        relation.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_have_text("MT-overfitting causes MD-performance-drop")
        quote = page.locator("#panel figure.quote").first
        expect(quote).to_contain_text("Interviewee")
        expect(quote).to_contain_text("coded by Ada")
        assert quote.locator("a").get_attribute("href").startswith("/transcript/901?turn=901%3A0011&from=")
        shared = page.url
        page.go_back()
        expect(page.locator("#panel h2")).to_have_text("MT-overfitting")
        expect(page.locator("#list")).to_be_visible()
        page.go_back()
        expect(page.locator("#canvas")).to_be_visible()
        # Who is given the address sees the same.
        page.goto("about:blank")
        page.goto(shared)
        expect(page.locator("#panel h2")).to_have_text("MT-overfitting causes MD-performance-drop")
        expect(page.locator("#list table")).to_be_visible()


@pytest.mark.browser
def test_on_the_map_keys_choose_enter_expands_and_a_category_leads_to_its_codes(
    sample_store: Store, page: Page
) -> None:
    with running(Served(Graph(sample_store), Path("r.yaml"))) as address:
        ready(page, f"{address}/?around=MD-performance-drop")
        page.locator("#canvas").focus()
        page.keyboard.press("ArrowRight")  # the first box from the left
        expect(page.locator("#panel h2")).not_to_have_text("MD-performance-drop")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#panel h2")).to_have_text("MD-performance-drop")
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#panel h2")).not_to_have_text("MD-performance-drop")
        before = page.locator("#counts").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator("#counts")).not_to_have_text(before)
        assert page.url.count("around=") == 2
        # A category leads back to its codes.
        ready(page, f"{address}/?zoom=category&issue=Category+Data")
        page.get_by_role("button", name="Zoom in: show its codes").click()
        page.wait_for_url("**/?category=Data")
        expect(page.get_by_label("With an end in category")).to_have_value("Data")


@pytest.mark.browser
def test_a_figure_is_downloaded_with_the_command_beside_it(sample_store: Store, page: Page) -> None:
    graph = Graph(sample_store)
    with running(Served(graph, Path("r.yaml"))) as address:
        ready(page, f"{address}/?interview=903")
        page.get_by_role("button", name="Save figure …").click()
        expect(page.locator("dialog code")).to_have_text(
            "kb export causal-map --interview 903 -o causal-map.svg"
        )
        with page.expect_download() as download:
            page.get_by_role("button", name="Save", exact=True).click()
        assert download.value.suggested_filename == "causal-map.svg"
        content = Path(download.value.path()).read_bytes()
        assert content == client(graph).get("/api/explore/figure", params={"interview": "903"}).content


def write_evil(folder: Path) -> None:
    """An interview in which names and words are markup."""
    said = "We saw <script>document.title=1</script> and it broke the pump twice."
    coded = f"# Interview 7 - Ada\n\n## Interviewer\n\nWhat?\n\n## Interviewee\n\n{said}\n\nData-gone\n"
    (folder / "Interview 7 - Ada.md").write_text(coded, encoding="utf-8")
    (folder / "relations.yaml").write_text(
        f'interview: "7"\nrelations:\n- id: r1\n  kind: causes\n  cause: "{EVIL}"\n  effect: Data-gone\n'
        '  explicit: stated\n  quote: "We saw <script>document.title=1</script> and it broke"\n',
        encoding="utf-8",
    )


@pytest.mark.browser
def test_markup_in_names_and_words_stays_text(store: Store, page: Page, tmp_path: Path) -> None:
    write_evil(tmp_path)
    assert not Graph(store).load(tmp_path).failed
    with running(Served(Graph(store), Path("r.yaml"))) as address:
        ready(page, f"{address}/?view=list")
        expect(page.locator("#list tbody tr td").first).to_have_text(EVIL)
        page.get_by_role("button", name=f"Quotes: {EVIL} causes Data-gone").click()
        expect(page.locator("#panel h2")).to_have_text(f"{EVIL} causes Data-gone")
        expect(page.locator("#panel blockquote").first).to_contain_text("<script>document.title=1</script>")
        page.locator("#find").fill("<img")
        page.locator("#find").press("ArrowDown")
        expect(page.locator("#find-list li").first).to_have_text(EVIL)
        page.locator("#find-list li").first.click()
        expect(page.locator("#panel h2")).to_have_text(EVIL)
        # The longer of two boxes stands in the middle, and to its right their link.
        ready(page, f"{address}/")
        box = page.locator("#canvas").bounding_box()
        assert box is not None
        for aside in range(0, 300, 10):
            page.mouse.click(box["x"] + box["width"] / 2 + aside, box["y"] + box["height"] / 2)
            if "link=" in page.evaluate("location.search"):
                break
        expect(page.locator("#panel h2")).to_have_text(f"{EVIL} causes Data-gone")
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(page.locator("#panel h2")).to_have_count(0)
        assert page.locator("img, main script").count() == 0
        assert page.title() == "Explore – kb"


@pytest.mark.browser
def test_a_graph_without_relations_says_what_comes_next(store: Store, page: Page, tmp_path: Path) -> None:
    graph = Graph(store)
    with running(Served(graph, Path("r.yaml"))) as address:
        ready(page, f"{address}/")
        expect(page.locator("#next")).to_contain_text("kb load PATH")
        write_evil(tmp_path)
        (tmp_path / "relations.yaml").unlink()
        assert not graph.load(tmp_path).failed
        ready(page, f"{address}/")
        expect(page.locator("#next")).to_contain_text("kb suggest causes")
        expect(page.locator("#next a")).to_have_attribute("href", "/review")


@pytest.mark.browser
@pytest.mark.parametrize("width", [400, 1280])
def test_it_fits_the_width(sample_store: Store, width: int) -> None:
    with running(Served(Graph(sample_store), Path("r.yaml"))) as address, looking(width, 800) as page:
        for view in ("map", "list"):
            ready(page, f"{address}/?issue=MD-performance-drop&view={view}")
            expect(page.locator("#panel h2")).to_have_text("MD-performance-drop")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
