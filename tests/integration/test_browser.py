"""Neo4j Browser, driven as a user would: links of `kb browse`, and what `kb browser-pack` writes.

Needs Chromium on the machine (Debian: ``apt-get install chromium``); Playwright brings none here.
The picture of each drawing is kept in ``out/browser/`` for a look.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from kb.ask.answer import ask, to_subgraph
from kb.ask.query import find_query, query_paths, read_query
from kb.browser.favourites import PARAMETERS, parameters
from kb.browser.grass import THEME, edge_colour
from kb.browser.guide import SLIDES
from kb.browser.guide import TITLE as GUIDE
from kb.browser.link import Server, browser_link
from kb.browser.pack import FAVOURITES, STYLE
from kb.browser.serve import pack_server
from kb.figure.kinds import kind
from kb.figure.style import node_style
from kb.store import open_store
from tests.integration.conftest import server_settings
from tests.neo4j_server import Neo4jServer, wipe
from tests.shared import ROOT, patience

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

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
EFFECT = CHAIN[-1]
# Several lines, and the characters that an address gives a meaning of its own.
QUERY = """\
// 100 % + more; who told it?
MATCH p = (:Issue)-[:CAUSES*1..4]->(effect:Issue&!Fix {name: 'MD-performance-drop'})
WHERE effect.name <> '#1'
RETURN p"""
# Drops a file on the window, as from a file manager.
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.querySelector('.filedrop').dispatchEvent(
      new DragEvent(type, {dataTransfer, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def page(neo4j_server: Neo4jServer) -> Iterator[Page]:
    """A blank page of a Chromium of its own, which reaches the server, this machine, and nothing else."""
    reachable = {urlsplit(neo4j_server.http).hostname, "localhost"}

    def only_the_server(route: Route) -> None:
        # Neo4j Browser asks for web fonts, news and usage statistics elsewhere.
        if urlsplit(route.request.url).hostname in reachable:
            route.continue_()
        else:
            route.abort()

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine to open Neo4j Browser with")
    with neo4j_server.driver() as driver:
        version = driver.execute_query(
            "CALL dbms.components() YIELD versions RETURN versions[0] AS v"
        ).records[0]["v"]
    if not version.startswith("5."):
        pytest.skip(f"Neo4j Browser 5 opens Neo4j {version} with an error of its own: it finds no database")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.route("**/*", only_the_server)
        page.set_default_timeout(patience(60) * 1000)
        sync_api.expect.set_options(timeout=patience(60) * 1000)
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


@pytest.fixture(scope="module")
def loaded(neo4j_server: Neo4jServer) -> Iterator[Neo4jServer]:
    """The server with the shipped sample interviews, loaded by `kb load`."""
    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
        kb(neo4j_server, "load", str(ROOT / "data" / "interviews"))
        yield neo4j_server
        wipe(driver, neo4j_server.database)


def kb(server: Neo4jServer, *arguments: str) -> str:
    """What `kb` prints to stdout, run as a user runs it."""
    environment = {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
    }
    command = [sys.executable, "-c", "from kb.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=patience(120),
    ).stdout


def connect(page: Page, server: Neo4jServer) -> None:
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    sync_api.expect(page.get_by_text("Connected to Neo4j")).to_be_visible()


def drop(page: Page, file: Path) -> None:
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])


def run(page: Page, command: str | None = None) -> Locator:
    """Run what is in the editor, or a command typed into it; the frame that it makes."""
    frames = page.get_by_test_id("frame").count()
    if command is not None:
        page.get_by_test_id("activeEditor").locator("textarea").focus()
        page.keyboard.insert_text(command)
    page.get_by_test_id("editor-Run").click()
    sync_api.expect(page.get_by_test_id("frame")).to_have_count(frames + 1)
    return page.get_by_test_id("frame").first


def keep_picture(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)  # only for the picture: the nodes glide to their places
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def fills(frame: Locator, what: str) -> Counter[str]:
    """The colours that nodes or relationships are drawn in, counted."""
    return Counter(
        frame.locator(f"svg g.{what} .b-outline").evaluate_all(
            "drawn => drawn.map(each => each.getAttribute('fill'))"
        )
    )


def test_the_deep_link_leads_to_a_drawing_of_the_path(
    page: Page, chain: None, neo4j_server: Neo4jServer
) -> None:
    server = Server(neo4j_server.uri, neo4j_server.username, neo4j_server.database)
    page.goto(browser_link(f"{neo4j_server.http}/browser/", server, QUERY))
    scheme, address = neo4j_server.uri.split("://")
    for field, filled in (
        ("bolt-scheme-select", f"{scheme}://"),
        ("boltaddress", address),
        ("database", neo4j_server.database),
        ("username", neo4j_server.username),
    ):
        sync_api.expect(page.get_by_test_id(field)).to_have_value(filled)
    written = QUERY.replace("&", r"\u0026").replace("#", r"\u0023")
    shown = written.replace(" ", "\u00a0").splitlines()  # the editor's blanks do not break
    sync_api.expect(page.get_by_test_id("activeEditor").locator(".view-line")).to_have_text(shown)

    connect(page, neo4j_server)
    frame = run(page)
    sync_api.expect(frame.locator("svg g.node")).to_have_count(len(CHAIN))
    sync_api.expect(frame.locator("svg g.relationship")).to_have_count(len(CHAIN) - 1)
    keep_picture(page, "deep-link")


def test_kb_browse_opens_a_canned_query_which_is_drawn_in_the_colours_of_the_figures(
    page: Page, loaded: Neo4jServer, tmp_path: Path
) -> None:
    link = kb(loaded, "browse", "causal-chains", "--effect", EFFECT, "--print").strip()
    assert link.startswith(f"{loaded.http}/browser/?")
    kb(loaded, "browser-pack", "-o", str(tmp_path))
    with open_store(server_settings(loaded)) as store:
        graph = to_subgraph(ask(store, find_query("causal-chains"), {"effect": EFFECT}))
        # Neo4j Browser adds what else connects the nodes that it draws.
        connected = store.read(
            "MATCH (a:Concept)-[r]->(b:Concept) WHERE a.name IN $names AND b.name IN $names "
            "RETURN type(r) AS type, count(*) AS n",
            {"names": [node.id for node in graph.nodes]},
        ).rows
    assert len(graph.nodes) > len(CHAIN)

    page.goto(link)
    connect(page, loaded)
    drop(page, tmp_path / STYLE)
    sync_api.expect(page.get_by_test_id("frame").first).to_contain_text("node.Issue {")
    frame = run(page)
    sync_api.expect(frame.locator("svg g.node")).to_have_count(len(graph.nodes))
    sync_api.expect(frame.locator("svg g.relationship")).to_have_count(sum(row["n"] for row in connected))
    assert fills(frame, "node") == Counter(node_style(kind(node), THEME).fill for node in graph.nodes)
    drawn = Counter({edge_colour(row["type"]): row["n"] for row in connected})
    assert fills(frame, "relationship") == drawn
    captions = frame.locator("svg g.node").filter(has_text=re.compile(r"^\s*MT-overfitting\s*$"))
    sync_api.expect(captions).to_have_count(1)
    keep_picture(page, "causal-chains")


def test_the_favourites_come_in_folders_and_run(page: Page, loaded: Neo4jServer, tmp_path: Path) -> None:
    kb(loaded, "browser-pack", "-o", str(tmp_path))
    page.goto(f"{loaded.http}/browser/?dbms={loaded.uri}&db={loaded.database}")
    page.get_by_test_id("username").fill(loaded.username)
    connect(page, loaded)
    drop(page, tmp_path / FAVOURITES)
    page.get_by_test_id("navigationFavorites").click()
    queries = [read_query(path) for path in query_paths().values()]
    for topic in {query.topic for query in queries}:
        folder = page.get_by_test_id(f"savedScriptsFolder-{topic}")
        folder.get_by_text(topic, exact=True).click()
        for query in queries:
            if query.topic == topic:
                sync_api.expect(folder.get_by_test_id(f"scriptTitle-{query.title}")).to_be_visible()
    page.get_by_test_id(f"scriptTitle-{PARAMETERS}").click()
    commands = parameters(queries).count("\n:param ")
    sync_api.expect(run(page).locator("svg[class*=check], .fa-check-square-o")).to_have_count(commands)
    page.get_by_test_id(f"scriptTitle-{find_query('causal-chains').title}").click()
    frame = run(page)
    sync_api.expect(frame.locator("svg g.node").first).to_be_visible()
    keep_picture(page, "favourites")


def test_the_guide_opens_beside_the_frames_and_its_queries_run(
    page: Page, loaded: Neo4jServer, tmp_path: Path
) -> None:
    kb(loaded, "browser-pack", "-o", str(tmp_path))
    server = Server(loaded.uri, loaded.username, loaded.database)
    page.goto(browser_link(f"{loaded.http}/browser/", server, "RETURN 1"))
    connect(page, loaded)
    with pack_server(tmp_path, 0) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        page.get_by_test_id("activeEditor").locator("textarea").focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f":guide http://localhost:{served.server_address[1]}/guide.html")
        page.get_by_test_id("editor-Run").click()
        drawer = page.get_by_test_id("guidesDrawer")
        sync_api.expect(drawer.get_by_text(GUIDE, exact=True)).to_be_visible()
        sync_api.expect(drawer.get_by_text(SLIDES[0].heading)).to_be_visible()
        page.get_by_test_id("guideNextSlide").click()
        sync_api.expect(drawer.get_by_text(SLIDES[1].heading, exact=True)).to_be_visible()
        drawer.locator("pre.runnable").click()
        frame = run(page)
        sync_api.expect(frame.locator("svg g.relationship").first).to_be_visible()
        keep_picture(page, "guide")
        served.shutdown()
