"""How fast the page answers, in headless Chromium: the map of 300 issues and 900 links.

Run: ``python benchmarks/page.py`` (``--quick``: fewer times; ``--browser FILE``: a Chromium). An invented
study is loaded into the embedded engine as `kb load` does it, and served on loopback. For each measure its
bound, the median and the worst of all times:

- *first picture*: from opening the address until the map is drawn, engine included, nothing cached;
- *filter*: from a choice in the form until the map is painted again;
- *by attribute*: the same for people's attributes, for which the server counts anew what these people told;
- *panning*: frames a second while the map is moved, with all of it in view, and near by;
- *transcript*: from opening a turn in an interview of 2,000 turns until it is painted in its place;
- *decision*: from the key until the next candidate is painted, the relations file written between.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from invented_map import write_map_study

import kb
from kb.serve.explore_layout import forget
from kb.serve.served import Served

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.serving import running

PAINTED = """() => new Promise((done) => {
  const look = () => document.querySelector('#canvas')?.getAttribute('aria-busy') === 'false'
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : setTimeout(look, 5);
  look();
})"""
# Two frames after a change the browser has painted it.
CHANGED = """([name, value]) => new Promise((done) => {
  const field = document.querySelector(`[name="${name}"]`), counts = document.querySelector('#counts');
  const before = counts.textContent, start = performance.now();
  const seen = new MutationObserver(() => {
    if (counts.textContent === before) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
  seen.observe(counts, { childList: true, characterData: true, subtree: true });
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
})"""
FRAMES = """(count) => new Promise(async (done) => {
  const frame = () => new Promise(requestAnimationFrame), stage = document.querySelector('#canvas');
  const box = stage.getBoundingClientRect(), at = { x: box.x + box.width / 2, y: box.y + 12 };
  const send = (type, x, y, buttons) => stage.querySelector('canvas').dispatchEvent(new MouseEvent(type,
    { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, button: 0, buttons }));
  send('mousedown', at.x, at.y, 1);
  await frame();
  const start = performance.now();
  let worst = 0, last = start;
  for (let i = 1; i <= count; i++) {
    send('mousemove', at.x + 3 * (i % 40), at.y + 2 * (i % 40), 1);
    await frame();
    const now = performance.now();
    worst = Math.max(worst, now - last);
    last = now;
  }
  send('mouseup', at.x, at.y, 0);
  done([1000 * count / (last - start), 1000 / worst]);
})"""


FOCUSED = """() => new Promise((done) => {
  const look = () => document.activeElement?.matches('article.here')
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : setTimeout(look, 2);
  look();
})"""
DECIDED = """(key) => new Promise((done) => {
  const before = document.querySelector('h1.relation'), start = performance.now();
  const seen = new MutationObserver(() => {
    if (document.querySelector('h1.relation') === before) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
  seen.observe(document.querySelector('#main'), { childList: true });
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
})"""


class Measure(NamedTuple):
    """What was measured: milliseconds, at most `bound`; or frames a second, at least `bound`."""

    name: str
    bound: float
    values: list[float]
    least: bool = False

    def __str__(self) -> str:
        middle, worst = statistics.median(self.values), (min if self.least else max)(self.values)
        unit, sign = ("frames/s", "≥") if self.least else ("ms", "<")
        kept = middle >= self.bound if self.least else middle < self.bound
        return (
            f"{self.name:24} {sign} {self.bound:.0f} {unit:9} median {middle:7.0f}, worst {worst:7.0f}"
            f"{'' if kept else '  NOT KEPT'}"
        )


def explore(page: Any, address: str, times: int) -> Iterator[Measure]:
    """Measure the page that explores."""
    first = []
    for _ in range(times):
        forget()
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        first.append(page.evaluate(PAINTED))
    yield Measure("first picture", 2000, first)
    page.wait_for_load_state("networkidle")
    filters = [("category", "Data"), ("interview", "3"), ("category", ""), ("interview", "")]
    filters += [("min_interviews", "2"), ("min_interviews", "0"), ("told", "whole"), ("told", "people")]
    changed = [page.evaluate(CHANGED, list(each)) for _ in range(times) for each in filters]
    yield Measure("filter", 200, changed)
    attribute = [("where sector", "health"), ("where sector", "energy")]
    yield Measure(
        "by attribute", 200, [page.evaluate(CHANGED, list(each)) for _ in range(times) for each in attribute]
    )
    page.evaluate(CHANGED, ["where sector", ""])
    far = [page.evaluate(FRAMES, 60)[0] for _ in range(times)]
    for _ in range(8):
        page.get_by_role("button", name="Zoom in").click()
    near = [page.evaluate(FRAMES, 60)[0] for _ in range(times)]
    yield Measure("panning, all in view", 30, far, least=True)
    yield Measure("panning, near by", 30, near, least=True)


def read(page: Any, address: str, times: int) -> Iterator[Measure]:
    """Measure the transcript, and decisions on candidates."""
    opened = []
    for n in range(times):
        page.goto("about:blank")
        page.goto(f"{address}transcript/2000?turn=2000:{1900 + n:04}", wait_until="commit")
        opened.append(page.evaluate(FOCUSED))
    yield Measure("transcript, 2,000 turns", 300, opened)
    page.goto(f"{address}review")
    page.locator(".candidate").wait_for()
    yield Measure("decision", 100, [page.evaluate(DECIDED, "ar"[n % 2]) for n in range(4 * times)])


# What is measured: each takes a page of the browser, the address, and how many times. More pages, more rows.
MEASURED: tuple[Callable[[Any, str, int], Iterator[Measure]], ...] = (explore, read)


def main() -> None:
    """Print a row for each measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome"))
    options = parser.parse_args()
    if options.browser is None:
        sys.exit("no Chromium on this machine; --browser FILE names one")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as at, kb.open(Path(at) / "kb", create=True) as graph:
        people = write_map_study(Path(at) / "study")
        said = "".join(f"{'IP'[n % 2]}: It was so, {n}, and it went on for a while.\n\n" for n in range(2000))
        (people.parent / "Interview 2000.txt").write_text(said, encoding="utf-8")
        assert not graph.load(people.parent, participants=people).failed
        of = Served(graph, Path(at) / "relations.yaml")
        with running(of) as link, sync_playwright() as playwright:
            address = f"{link}/"
            browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
            for measured in MEASURED:
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                for measure in measured(page, address, 2 if options.quick else 7):
                    print(measure, flush=True)
                page.close()
            browser.close()


if __name__ == "__main__":
    main()
