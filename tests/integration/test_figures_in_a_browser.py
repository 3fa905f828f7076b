"""Figures where they are looked at: the page's search, and Mermaid's own drawing, in Chromium."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api

from kb.export import FigureOptions, export
from tests.shared import ROOT, patience
from tests.unit.export.graphs import AWKWARD, awkward, random_graph

pytestmark = pytest.mark.browser

MERMAID = "11.17.2"
FOLDER = ROOT / ".kb-test" / f"mermaid-{MERMAID}"


@pytest.fixture
def page() -> Iterator[sync_api.Page]:
    """A page of a Chromium that reaches no network, and keeps what goes wrong in `page.errors`."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine to look at figures with")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(offline=True, viewport={"width": 1200, "height": 800})
        page = context.new_page()
        page.set_default_timeout(patience(30) * 1000)
        yield page
        browser.close()


@pytest.fixture(scope="session")
def mermaid() -> Path:
    """Mermaid's script, from npm's registry, once."""
    script = FOLDER / "package" / "dist" / "mermaid.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("no npm on this machine to bring Mermaid with")
        FOLDER.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", f"mermaid@{MERMAID}", "--silent"],
            cwd=FOLDER,
            capture_output=True,
            text=True,
            check=False,
        )
        if packed.returncode:
            pytest.skip(f"npm could not bring Mermaid: {packed.stderr.strip()[-200:]}")
        with tarfile.open(FOLDER / packed.stdout.split()[-1]) as archive:
            archive.extract("package/dist/mermaid.min.js", FOLDER, filter="data")
    return script


def test_the_search_lists_counts_and_leafs_and_keeps_the_graph_in_view(
    page: sync_api.Page, tmp_path: Path
) -> None:
    graph = random_graph(5, 60, 80)
    export(graph, tmp_path / "map.html", FigureOptions(), lambda _: None)
    page.goto((tmp_path / "map.html").as_uri())
    wanted = sorted(node.id for node in graph.nodes if "drift" in node.id)
    page.fill("#find", "drift")
    assert sorted(page.locator("#found button").all_inner_texts()) == wanted
    assert page.inner_text("#count") == f"1 of {len(wanted)}"
    seen = set()
    for number in range(1, len(wanted) + 1):
        assert page.inner_text("#count") == f"{number} of {len(wanted)}"
        seen.add(page.inner_text("#about h1"))
        box = page.locator(".node.on path").first.bounding_box()
        assert box is not None
        view = page.locator("#view").bounding_box()
        assert view is not None
        shown = page.evaluate(
            "() => { const a = document.querySelector('#view').getBoundingClientRect(),"
            " b = document.querySelector('#view > svg').getBoundingClientRect();"
            " return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left))"
            " * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)) / (a.width * a.height); }"
        )
        assert shown > 0.5  # not an empty corner
        page.click("#next")
    assert seen == set(wanted)
    assert page.inner_text("#count") == f"1 of {len(wanted)}"
    page.click("#back")
    assert page.inner_text("#count") == f"{len(wanted)} of {len(wanted)}"
    page.fill("#find", "nothing is called so")
    assert page.inner_text("#count") == "no name has “nothing is called so”"
    assert page.locator("#next").is_disabled()


@pytest.mark.parametrize(
    "options", [{}, {"link_labels": "ids", "group_by": "category", "names": True}], ids=str
)
def test_mermaid_draws_every_box_and_link(
    page: sync_api.Page, tmp_path: Path, mermaid: Path, options: dict[str, object]
) -> None:
    graph = awkward()
    nodes = [n.model_copy(update={"properties": {**n.properties, "category": "Da]ta"}}) for n in graph.nodes]
    graph = graph.model_copy(update={"nodes": tuple(nodes)})
    export(graph, tmp_path / "map.mmd", FigureOptions(**options), lambda _: None)  # type: ignore[arg-type]
    page.set_content("<div id=figure></div>")
    page.add_script_tag(path=mermaid)
    drawn = page.evaluate(
        """async (source) => {
          mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});
          const {svg} = await mermaid.render('drawn', source);
          document.querySelector('#figure').innerHTML = svg;
          const count = (css) => document.querySelectorAll('#figure ' + css).length;
          return {nodes: count('g.node'), links: count('g.edgePaths > path'), frames: count('g.cluster'),
                  text: document.querySelector('#figure').textContent,
                  scripts: count('script')};
        }""",
        (tmp_path / "map.mmd").read_text(encoding="utf-8"),
    )
    assert drawn["nodes"] == len(AWKWARD)
    assert drawn["links"] == len(AWKWARD) - 1
    assert drawn["scripts"] == 0
    assert drawn["frames"] == (1 if options else 0)
    assert "50% & <b>bold</b>" in drawn["text"]
