"""Neo4j Browser, driven as a user would: the deep link fills in connection and query, the graph is drawn.

Needs Chromium on the machine (Debian: ``apt-get install chromium``); Playwright brings none here.
The picture of each drawing is kept in ``out/browser/`` for a look.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.neo4j_server import Neo4jServer, wipe
from tests.shared import ROOT

PICTURES = ROOT / "out" / "browser"
FLAGS = (
    "--no-sandbox",  # containers run tests as root, where Chromium's sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHAIN = ["Data-no-signal", "MT-overfitting", "MD-performance-drop"]
# Several lines, and the characters that an address gives a meaning of its own.
QUERY = """\
// 100 % + more; who told it?
MATCH p = (:Issue)-[:CAUSES*1..4]->(effect:Issue&!Fix {name: 'MD-performance-drop'})
WHERE effect.name <> '#1'
RETURN p"""


@pytest.fixture
def page(neo4j_server: Neo4jServer) -> Iterator[Page]:
    """A blank page of a Chromium of its own, which reaches the server and nothing else."""
    host = urlsplit(neo4j_server.http).hostname

    def only_the_server(route: Route) -> None:
        # Neo4j Browser asks for web fonts, news and usage statistics elsewhere.
        if urlsplit(route.request.url).hostname == host:
            route.continue_()
        else:
            route.abort()

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine to open Neo4j Browser with")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.route("**/*", only_the_server)
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield page
        browser.close()


@pytest.fixture
def chain(neo4j_server: Neo4jServer) -> Iterator[None]:
    """A chain of three issues in the database, and nothing else."""
    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
        driver.execute_query(
            "CREATE (:Issue {name: $a})-[:CAUSES]->(:Issue {name: $b})-[:CAUSES]->(:Issue {name: $c})",
            dict(zip("abc", CHAIN, strict=True)),
            database_=neo4j_server.database,
        )
        yield
        wipe(driver, neo4j_server.database)


def deep_link(server: Neo4jServer, query: str) -> str:
    """The address that opens Neo4j Browser with its connection form and its editor filled in.

    Source of the parameters: https://neo4j.com/docs/browser-manual/current/operations/browser-url-parameters/
    """
    # Neo4j Browser 5.24 ends the query at an & or a #, quoted or not. Cypher reads its escapes instead.
    for cut in "&#":
        query = query.replace(cut, f"\\u{ord(cut):04x}")
    scheme, address = server.uri.split("://")
    parameters = {
        "dbms": f"{scheme}://{server.username}@{address}",
        "db": server.database,
        "cmd": "edit",
        "arg": query,
    }
    return f"{server.http}/browser/?{urlencode(parameters, quote_via=quote)}"


def test_the_deep_link_leads_to_a_drawing_of_the_path(
    page: Page, chain: None, neo4j_server: Neo4jServer
) -> None:
    page.goto(deep_link(neo4j_server, QUERY))
    scheme, address = neo4j_server.uri.split("://")
    for field, filled in (
        ("bolt-scheme-select", f"{scheme}://"),
        ("boltaddress", address),
        ("database", neo4j_server.database),
        ("username", neo4j_server.username),
    ):
        expect(page.get_by_test_id(field)).to_have_value(filled)
    written = QUERY.replace("&", r"\u0026").replace("#", r"\u0023")
    shown = written.replace(" ", "\u00a0").splitlines()  # the editor's blanks do not break
    expect(page.get_by_test_id("activeEditor").locator(".view-line")).to_have_text(shown)

    page.get_by_test_id("password").fill(neo4j_server.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("Connected to Neo4j")).to_be_visible()
    page.get_by_test_id("editor-Run").click()

    frame = page.get_by_test_id("frame").first
    expect(frame.locator("svg g.node")).to_have_count(len(CHAIN))
    expect(frame.locator("svg g.relationship")).to_have_count(len(CHAIN) - 1)
    page.wait_for_timeout(1500)  # only for the picture: the nodes glide to their places
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "deep-link.png")
