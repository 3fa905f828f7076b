"""Decisions on the page while an editor changes the file, and the page's end while the graph follows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from kb.api.graph import Graph
from kb.relations import load_relations
from kb.serve.app import build
from kb.serve.guard import WRITE_HEADER
from kb.serve.reading import reading_of
from kb.serve.served import Served
from kb.store.bolt import Store
from tests.serving import looking, running
from tests.shared import ROOT, patience

STUDY = ROOT / "data" / "interviews"
OWN = "# What I found.\nrelations: []\n"


class Tab:
    """A tab of a browser: what it was last told, and what it sends."""

    def __init__(self, served: Served) -> None:
        self._write = {WRITE_HEADER: served.write}
        self._client = TestClient(build(served), base_url="http://127.0.0.1:7700")
        self.shown: dict[str, Any] = {}

    def look(self) -> dict[str, Any]:
        answer = self._client.get("/api/review")
        if answer.status_code == 200:
            self.shown = answer.json()
        return dict(answer.json())

    def send(self, action: str, **more: object) -> tuple[int, dict[str, Any]]:
        body = {"version": self.shown["version"], "action": action, **more}
        answer = self._client.post("/api/review", json=body, headers=self._write)
        if answer.status_code == 200:
            self.shown = answer.json()
        return answer.status_code, answer.json()

    def candidate(self) -> tuple[str, ...]:
        return said(self.shown["candidate"])


def said(candidate: dict[str, Any]) -> tuple[str, ...]:
    return tuple(candidate[name] for name in ("interview", "kind", "start", "end"))


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[Served]:
    Graph(store).load(STUDY, shipped_relations=False)
    (tmp_path / "own.yaml").write_text(OWN)
    served = Served(Graph(store), tmp_path / "own.yaml")
    yield served
    served.close()


def test_what_an_editor_decided_meanwhile_is_not_asked_again_and_stays(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    interview, kind, start, end = first = tab.candidate()
    names = ("cause", "effect") if kind == "causes" else ("issue", "fix")
    served.relations.write_text(
        "# What I found.\nrelations: []\n# no\nrefused:\n"
        f"- kind: {kind}\n  {names[0]}: {start}\n  {names[1]}: {end}\n  interview: '{interview}'\n"
    )
    status, _ = tab.send("accept")
    assert status == 409
    tab.look()
    assert tab.candidate() != first
    assert any("changed meanwhile" in each for each in tab.shown["messages"])
    assert tab.send("accept")[0] == 200
    text = served.relations.read_text()
    assert text.startswith("# What I found.\n")
    assert "# no\n" in text
    assert len(load_relations(served.relations).relations) == 1


def test_a_comment_added_meanwhile_does_not_stand_in_the_way(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    served.relations.write_text("# And more.\n" + OWN)
    assert tab.send("accept")[0] == 200
    assert served.relations.read_text().startswith("# And more.\n# What I found.\n")


def test_a_file_that_cannot_be_read_any_more_is_told_and_never_written_over(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    broken = OWN + "refused: [half an edit\n"
    served.relations.write_text(broken)
    for action in ("accept", "refuse", "accept", "undo"):
        status, answer = tab.send(action)
        assert status == 400
        assert served.relations.name in answer["error"]
        assert served.relations.read_text() == broken
    assert "error" in tab.look()
    served.relations.write_text(OWN)
    assert tab.send("accept")[0] == 200


def test_the_page_ends_while_a_question_waits_for_the_graph(served: Served) -> None:
    """The thread that lets the graph follow may wait for the graph when the server stops."""
    tab = Tab(served)
    tab.look()
    tab.send("accept")
    reading: Any = served.reading
    started = threading.Thread(target=reading.follow, daemon=True)

    def begin() -> None:
        started.start()
        while started.is_alive() and not reading._following.locked():
            pass

    served.at_close.append(begin)  # called before the review's own
    ends = threading.Thread(target=served.close, daemon=True)
    ends.start()
    ends.join(60)
    assert not ends.is_alive()
    assert reading.behind == 0


@pytest.mark.browser
def test_what_is_typed_right_after_a_key_is_typed_into_its_dialog(served: Served) -> None:
    with looking() as page, running(served) as address:
        page.route("**/api/names", lambda route: (page.wait_for_timeout(400), route.continue_()))
        page.goto(f"{address}/review")
        heading = page.locator("h1.relation")
        expect(heading).to_be_visible()
        page.keyboard.press("e")
        page.keyboard.type("a cause in several words")
        page.keyboard.press("Enter")
        expect(heading).to_contain_text("a cause in several words")
    assert load_relations(served.relations).relations == ()


@pytest.mark.browser
def test_a_key_held_down_decides_once(served: Served) -> None:
    with looking() as page, running(served) as address:
        page.goto(f"{address}/review")
        heading = page.locator("h1.relation")
        first = heading.inner_text()
        page.keyboard.down("a")
        expect(heading).not_to_have_text(first)
        second = heading.inner_text()
        page.keyboard.down("a")  # pressed already: a repeated key
        page.wait_for_timeout(500)
        assert heading.inner_text() == second
        page.keyboard.up("a")
    assert len(load_relations(served.relations).relations) == 1


@pytest.mark.browser
def test_words_that_hold_a_marked_end_can_be_selected(served: Served) -> None:
    with looking() as page, running(served) as address:
        page.goto(f"{address}/review")
        end = page.locator(".turn.focus .marked").first
        expect(end).to_be_visible()
        whole = end.evaluate(
            """(end) => {
                const words = end.closest("[data-turn]");
                getSelection().selectAllChildren(words);
                return words.textContent;
            }"""
        )
        page.keyboard.press("c")
        quote = page.locator(".turn.focus mark")
        deadline = time.monotonic() + patience(20)
        while "".join(quote.all_text_contents()) != whole.rstrip(".!? "):
            assert time.monotonic() < deadline, page.locator("#said").inner_text()


def test_a_file_that_is_gone_is_told_and_begun_anew(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    assert tab.send("accept")[0] == 200
    reading_of(served).follow()
    assert not tab.look()["apart"]
    served.relations.unlink()
    tab.look()
    reading_of(served).follow()
    shown = tab.look()
    assert shown["apart"]
    assert any("is not there any more" in message for message in shown["messages"])
    assert shown["decided"] == 0
    assert tab.send("accept")[0] == 200
    assert len(load_relations(served.relations).relations) == 1


def test_undo_takes_out_what_the_decision_wrote_whatever_became_of_its_id(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    assert tab.send("accept")[0] == 200
    assert tab.send("accept")[0] == 200
    kept, deleted = load_relations(served.relations).relations
    edited(served, lambda text: text[: text.index(f"- id: {deleted.id}")])
    tab.look()
    assert tab.send("accept")[0] == 200
    assert [each.id for each in load_relations(served.relations).relations] == [kept.id, deleted.id]
    assert tab.send("undo")[0] == 200
    assert load_relations(served.relations).relations == (kept,)
    edited(served, lambda text: text.replace(f"id: {kept.id}", "id: of-mine"))
    tab.look()
    status, shown = tab.send("undo")
    assert (status, shown["last"]["relations"]) == (200, ["of-mine"])
    assert load_relations(served.relations).relations == ()


def test_what_was_taken_out_by_hand_is_asked_for_again(served: Served) -> None:
    tab = Tab(served)
    tab.look()
    assert tab.send("open", interview="902")[0] == 200
    first = tab.candidate()
    while tab.shown["candidate"] is not None:
        assert tab.send("refuse" if tab.candidate() != first else "accept")[0] == 200
    served.relations.write_text(OWN)
    tab.look()
    asked = set()
    while tab.shown["candidate"] is not None:
        asked.add(tab.candidate())
        assert tab.send("skip")[0] == 200
    assert first in asked
    assert len(asked) == tab.shown["left"]
    assert set(tab.shown["choices"]) > {"902"}


@pytest.mark.browser
def test_what_was_typed_is_not_lost_when_it_cannot_be_done(served: Served) -> None:
    with running(served) as address, looking() as page:
        page.goto(f"{address}/review")
        expect(page.locator(".candidate")).to_be_visible()
        page.keyboard.press("c")
        page.locator("dialog textarea").fill("words that nobody said there")
        page.keyboard.press("Control+Enter")
        expect(page.locator("dialog .wrong")).to_contain_text("do not stand there")
        expect(page.locator("dialog textarea")).to_have_value("words that nobody said there")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
        page.keyboard.press("n")
        page.locator("dialog textarea").fill("a long note")
        other = Tab(served)
        other.look()
        assert other.send("refuse")[0] == 200
        page.keyboard.press("Control+Enter")
        expect(page.locator("dialog textarea")).to_have_value("a long note")
        expect(page.locator("dialog h2")).to_contain_text("Not kept")


def test_a_file_that_the_graph_cannot_take_in_is_told_until_it_is_mended(served: Served) -> None:
    said: list[str] = []
    served.tell = said.append
    tab = Tab(served)
    tab.look()
    assert tab.send("accept")[0] == 200
    cause = load_relations(served.relations).relations[0].start.name
    edited(served, lambda text: text.replace(cause, "Data-nonsense", 1))
    tab.look()
    assert tab.send("accept")[0] == 200
    reading_of(served).follow()
    shown = tab.look()
    assert shown["behind"] > 0
    assert any("Data-nonsense" in message for message in shown["messages"])
    served.close()
    assert any("not in the graph" in each and "Data-nonsense" in each for each in said)
    edited(served, lambda text: text.replace("Data-nonsense", cause, 1))
    tab.look()
    reading_of(served).follow()
    assert tab.look()["behind"] == 0
    told = served.graph.store.read("MATCH (k:Claim) WHERE k.basis = 'reader' RETURN count(k) AS n").rows
    assert told[0]["n"] == len(load_relations(served.relations).relations)


def edited(served: Served, change: Callable[[str], str]) -> None:
    """The file, changed in an editor."""
    served.relations.write_text(change(served.relations.read_text()))


def test_a_review_without_a_file_yet_is_in_step(served: Served) -> None:
    served.relations.unlink()
    tab = Tab(served)
    tab.look()
    assert tab.send("open", interview="902")[0] == 200
    tab.look()
    reading_of(served).follow()
    shown = tab.look()
    assert (shown["apart"], shown["behind"]) == (False, 0)
