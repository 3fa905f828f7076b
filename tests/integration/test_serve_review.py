"""The page's review and transcripts: decisions on file at once, tabs and editors told, all by keyboard."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api
from starlette.testclient import TestClient

from kb.api.graph import Graph
from kb.ingest.load import load
from kb.relations import load_relations
from kb.serve.app import build
from kb.serve.guard import WRITE_HEADER
from kb.serve.reading import reading_of
from kb.serve.served import Served
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.conftest import ENGINES, engine_store
from tests.serving import looking, running
from tests.shared import ROOT

STUDY = ROOT / "data" / "study" / "interviews"
MARKUP = '<img src=x onerror="window.broken=1"> so it <b>overfits</b> & fails.'


@pytest.fixture(scope="module", params=ENGINES)
def study(request: pytest.FixtureRequest) -> Store:
    """The invented study without relations, loaded once an engine."""
    store = engine_store(request.param, request)
    assert not load(store, [STUDY]).failed
    return store


@pytest.fixture
def served(study: Store, tmp_path: Path) -> Iterator[Served]:
    """A page on it with a relations file of its own, whose relations are taken out of the graph again."""
    of = Served(Graph(study), tmp_path / f"{tmp_path.name}.yaml")
    yield of
    of.close()
    of.relations.write_text("relations: []\n", encoding="utf-8")
    load(study, [of.relations])


class Page:
    """What a tab asks and is told."""

    def __init__(self, of: Served) -> None:
        self._client = TestClient(build(of), base_url="http://127.0.0.1")
        self._headers = {WRITE_HEADER: of.write}
        self.seen: dict[str, Any] = self._client.get("/api/review").json()

    def do(self, action: str, status: int = 200, **more: Any) -> dict[str, Any]:
        body = {"version": self.seen["version"], "action": action, **more}
        answer = self._client.post("/api/review", json=body, headers=self._headers)
        assert answer.status_code == status, answer.text
        if status == 200:
            self.seen = answer.json()
        return dict(answer.json())

    def get(self, path: str, status: int = 200) -> dict[str, Any]:
        answer = self._client.get(path)
        assert answer.status_code == status
        return dict(answer.json())

    def post(self, path: str, status: int = 200, **body: Any) -> dict[str, Any]:
        answer = self._client.post(path, json=body, headers=self._headers)
        assert answer.status_code == status, answer.text
        return dict(answer.json())


def key(seen: dict[str, Any]) -> tuple[str, ...]:
    candidate = seen["candidate"]
    return tuple(candidate[name] for name in ("interview", "kind", "start", "end"))


def test_a_decision_is_on_file_at_once_and_the_graph_follows(served: Served, study: Store) -> None:
    page = Page(served)
    first, before = key(page.seen), page.seen["left"]
    page.do("accept")
    assert page.seen["left"] < before
    (relation,) = load_relations(served.relations).relations
    assert (relation.interview, relation.kind, relation.start.name, relation.end.name) == first
    assert page.seen["behind"] == 1
    second = key(page.seen)
    page.do("refuse")
    assert key(page.seen) not in (first, second)
    assert "refused:" in served.relations.read_text("utf-8")
    reading_of(served).follow()
    assert page.get("/api/review")["behind"] == 0
    claims = study.read(
        "MATCH (k:Claim) WHERE k.source = $file RETURN count(k) AS n", {"file": served.relations.name}
    )
    assert claims.rows[0]["n"] == 1


def test_what_a_reader_changes_is_what_is_written(served: Served) -> None:
    page = Page(served)
    before = page.seen["candidate"]
    page.do("ends", start=before["end"], end=before["start"])
    assert (page.seen["candidate"]["start"], page.seen["candidate"]["end"]) == (
        before["end"],
        before["start"],
    )
    page.do("turn")
    page.do("ends", start="a concept in several words", end=before["end"])
    words = before["quotes"][0]["text"].split()
    page.do("quote", quotes=[" ".join(words[:4])])
    page.do("level", explicit="implied")
    page.do("note", note="not  sure")
    page.do("accept")
    (relation,) = load_relations(served.relations).relations
    assert relation.start.name == "a concept in several words"
    assert (relation.explicit, relation.note) == ("implied", "not sure")
    assert relation.quotes[0].removesuffix(" …") == " ".join(words[:4])


@pytest.mark.parametrize(
    ("action", "body", "word"),
    [
        ("ends", {"start": "", "end": "MM-drift"}, "Name the"),
        ("ends", {"start": "nonsense", "end": "MM-drift"}, "nonsense"),
        ("quote", {"quotes": ["words that nobody said there"]}, "do not stand there"),
        ("quote", {"quotes": []}, "needs the words"),
        ("quote", {"quotes": "text"}, "list of texts"),
        ("level", {"explicit": "sure"}, "stated"),
        ("dance", {}, "accept"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(
    served: Served, action: str, body: dict[str, Any], word: str
) -> None:
    page = Page(served)
    before = page.seen["candidate"]
    assert word in page.do(action, 400, **body)["error"]
    assert page.get("/api/review")["candidate"] == before
    assert not served.relations.exists()


def test_a_second_tab_that_is_behind_is_told_and_nothing_is_lost(served: Served) -> None:
    first = Page(served)
    second = Page(served)
    first.do("accept")
    assert "another tab" in second.do("refuse", 409)["error"]
    text = served.relations.read_text("utf-8")
    assert "refused:" not in text
    second.seen = second.get("/api/review")
    assert key(second.seen) == key(first.seen)
    second.do("accept")
    assert len(load_relations(served.relations).relations) == 2


def test_an_editor_that_changed_the_file_is_noticed(served: Served) -> None:
    page = Page(served)
    page.do("accept")
    text = served.relations.read_text("utf-8")
    served.relations.write_text(f"# by hand\n{text}", encoding="utf-8")
    page.do("accept")
    assert served.relations.read_text("utf-8").startswith("# by hand\n")
    assert len(load_relations(served.relations).relations) == 2
    assert any("changed meanwhile" in said for said in page.seen["messages"])


def test_a_file_that_cannot_be_read_any_more_is_told_and_stays(served: Served) -> None:
    page = Page(served)
    page.do("accept")
    served.relations.write_text("relations: [broken\n", encoding="utf-8")
    assert str(served.relations.name) in page.do("accept", 400)["error"]
    assert served.relations.read_text("utf-8") == "relations: [broken\n"


def test_undo_takes_back_over_a_restart(served: Served, study: Store) -> None:
    page = Page(served)
    first = key(page.seen)
    page.do("accept")
    served.close()
    again = Page(Served(Graph(study), served.relations))
    assert key(again.seen) != first
    again.do("undo")
    assert key(again.seen) == first
    assert load_relations(served.relations).relations == ()
    assert "nothing to undo" in again.do("undo", 400)["error"]


def test_only_some_candidates_are_asked_for(served: Served) -> None:
    page = Page(served)
    whole = page.seen["left"]
    page.do("open", interview="953", by="interview")
    assert 0 < page.seen["left"] < whole
    assert page.seen["candidate"]["interview"] == "953"
    assert "954" in page.do("open", 400, interview="95")["error"]
    assert page.get("/api/review")["scope"]["interview"] == "953"


def test_a_transcript_has_its_codes_and_words_become_a_relation(served: Served) -> None:
    page = Page(served)
    talk = page.get("/api/transcript/953")
    assert [turn["index"] for turn in talk["turns"]] == list(range(len(talk["turns"])))
    coded = next(turn for turn in talk["turns"] if turn["codes"] and turn["role"] == "interviewee")
    assert coded["codes"][0]["coders"]
    words = " ".join(coded["text"].split()[:14])
    relation = {"interview": "953", "kind": "causes", "start": "MM-drift", "end": "MD-performance-drop"}
    done = page.post("/api/relation", **relation, quotes=[words], turn=coded["id"], note="by hand")
    (written,) = load_relations(served.relations).relations
    assert [written.id] == done["relations"]
    assert (written.start.name, written.note) == ("MM-drift", "by hand")
    for wrong, word in (
        ({"quotes": ["nobody said this at all"]}, "do not stand there"),
        ({"quotes": []}, "select some"),
        ({"end": ""}, "Name the effect"),
        ({"end": "MM-drift"}, ""),
        ({"kind": "hurts"}, "causes"),
        ({"interview": "1"}, "no interview"),
    ):
        sent = {**relation, "quotes": [words], **wrong}
        assert word in page.post("/api/relation", 400, **sent)["error"]
    assert len(load_relations(served.relations).relations) == 1
    assert "953" in page.get("/api/transcript/9530", 400)["error"]
    page.seen = page.get("/api/review")
    page.do("undo")
    assert load_relations(served.relations).relations == ()


@pytest.mark.browser
def test_ten_candidates_by_keyboard_alone_and_the_graph_is_that_of_the_file(tmp_path: Path) -> None:
    relations = tmp_path / "relations.yaml"
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        load(store, [STUDY])
        of = Served(Graph(store), relations)
        with looking() as page, running(of) as link:
            page.goto(f"{link}/review")
            sync_api.expect(page.locator(".candidate")).to_be_visible()
            for pressed in "arararaaar":
                before = page.locator("h1.relation").inner_text()
                page.keyboard.press(pressed)
                sync_api.expect(page.locator("h1.relation")).not_to_have_text(before)
            decided = page.locator(".progress > label").inner_text()
            found = re.search(r"(\d+) of", decided)
            assert found is not None
            assert int(found[1]) >= 10  # what one decision settles, another need not
            page.keyboard.press("u")
            sync_api.expect(page.locator("#said")).to_contain_text("taken back")
            page.keyboard.press("r")
            sync_api.expect(page.locator("#said")).to_contain_text("refused")
            page.keyboard.press("e")
            page.keyboard.type("a cause in several words")
            page.keyboard.press("Enter")
            sync_api.expect(page.locator("h1.relation")).to_contain_text("a cause in several words")
            page.keyboard.press("n")
            page.keyboard.type("found by hand")
            page.keyboard.press("Control+Enter")
            sync_api.expect(page.locator(".candidate")).to_contain_text("note: found by hand")
            page.keyboard.press("a")
            sync_api.expect(page.locator("#said")).to_contain_text("changed")
        of.close()
        after = digest(store)
    written = load_relations(relations).relations
    assert {"a cause in several words"} <= {relation.start.name for relation in written}
    assert len(written) == 7
    folder = tmp_path / "copy"
    folder.mkdir()
    shutil.copy(relations, folder / relations.name)
    with open_store(Settings(KB_DB=tmp_path / "fresh")) as store:
        load(store, [STUDY, folder / relations.name])
        assert digest(store) == after


@pytest.mark.browser
def test_words_marked_in_a_transcript_become_a_relation_by_keyboard(tmp_path: Path) -> None:
    talk = tmp_path / "Interview 990.txt"
    talk.write_text(
        f"Interviewer: What happened?\n\nInterviewee: 🙂 The data was thin. {MARKUP}\n\n"
        "Interviewer: And then?\n\nInterviewee: We stopped.\n",
        encoding="utf-8",
    )
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        load(store, [ROOT / "data" / "interviews", talk])
        of = Served(Graph(store), tmp_path / "relations.yaml")
        with looking() as page, running(of) as link:
            page.goto(f"{link}/transcript/990?turn=990:0001&from=2&to=10")
            turn = page.locator("article.here")
            sync_api.expect(turn).to_be_focused()
            assert turn.locator(".words").inner_text() == f"🙂 The data was thin. {MARKUP}"
            assert turn.locator("mark").all_inner_texts() == ["The data"]  # counted in code points
            assert page.locator(".talk img, .talk b").count() == 0
            page.keyboard.press(" ")
            page.keyboard.press("r")
            page.keyboard.type("Data-low-quantity")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.type("MT-overfitting")
            page.keyboard.press("Enter")
            sync_api.expect(page.locator("#said")).to_contain_text("Written into")
            assert page.evaluate("window.broken") is None
    (relation,) = load_relations(tmp_path / "relations.yaml").relations
    assert (relation.start.name, relation.end.name) == ("Data-low-quantity", "MT-overfitting")
    assert MARKUP[:-1] in relation.quotes[0]


@pytest.mark.browser
def test_a_selection_with_the_mouse_cuts_the_quote_to_whole_words(tmp_path: Path) -> None:
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        load(store, [STUDY])
        of = Served(Graph(store), tmp_path / "relations.yaml")
        with looking() as page, running(of) as link:
            page.goto(f"{link}/review")
            words = page.locator(".turn.focus .words").first
            whole = words.inner_text()
            page.evaluate(
                """() => {
                    const words = document.querySelector(".turn.focus .words");
                    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
                    const range = document.createRange();
                    const first = walker.nextNode();
                    range.setStart(first, 1);
                    range.setEnd(first, first.data.length > 12 ? 12 : first.data.length);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                }"""
            )
            page.keyboard.press("c")
            quote = page.locator(".turn.focus mark").first
            sync_api.expect(quote).to_be_visible()
            deadline = time.monotonic() + 10
            while "".join(page.locator(".turn.focus mark").all_inner_texts()) not in whole[:40]:
                assert time.monotonic() < deadline
            marked = "".join(page.locator(".turn.focus mark").all_inner_texts())
            assert whole.startswith(marked)
            assert whole[len(marked) : len(marked) + 1] in {" ", "", ",", "."}
