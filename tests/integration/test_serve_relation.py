"""Relations that a reader finds in a transcript on the page: any words, any interview, at any time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from kb.api.graph import Graph
from kb.records import Turn
from kb.relations import find_evidence, load_relations
from kb.serve.app import build
from kb.serve.guard import WRITE_HEADER
from kb.serve.reading import reading_of
from kb.serve.served import Served
from kb.store.bolt import Store
from tests.serving import looking, running
from tests.shared import ROOT

AGAIN = "The data was late. We waited, and because the data was late the model drifted."
TALK = f"""Interviewer: What happened?

Interviewee: 🙂 {AGAIN}

Interviewer: And then?

Interviewee: Again the data was late, and the plant stopped.
"""
RELATION = {"interview": "990", "kind": "causes", "start": "late deliveries of data", "end": "MM-drift"}


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "Interview 990.txt").write_text(TALK, encoding="utf-8")
    graph = Graph(store)
    graph.load(ROOT / "data" / "interviews", tmp_path / "Interview 990.txt", shipped_relations=False)
    of = Served(graph, tmp_path / "own.yaml")
    yield of
    of.close()


def asking(served: Served) -> TestClient:
    return TestClient(build(served), base_url="http://127.0.0.1:7700", headers={WRITE_HEADER: served.write})


def quoted(served: Served, client: TestClient) -> list[tuple[str, str]]:
    """The turn of each quote of the last relation, with the words before it in the turn."""
    relation = load_relations(served.relations).relations[-1]
    talk = client.get(f"/api/transcript/{relation.interview}").json()["turns"]
    turns = [
        Turn(interview=relation.interview, **{key: turn[key] for key in ("id", "index", "text")})
        for turn in talk
    ]
    text = {turn.id: turn.text for turn in turns}
    return [
        (each.turn_id, text[each.turn_id][: each.start]) for each in find_evidence(relation, turns).passages
    ]


def test_the_words_that_were_selected_are_the_evidence(served: Served) -> None:
    client = asking(served)
    start = f"🙂 {AGAIN}".index("the data was late")
    quotes = [
        {"text": "the data was late", "turn": "990:0001", "start": start},
        {"text": "the data was late", "turn": "990:0003", "start": 6},
    ]
    answer = client.post("/api/relation", json={**RELATION, "quotes": quotes})
    assert answer.status_code == 200, answer.text
    assert quoted(served, client) == [
        ("990:0001", "🙂 The data was late. We waited, and because "),
        ("990:0003", "Again "),
    ]


def test_a_review_of_one_interview_does_not_stand_in_the_way(served: Served) -> None:
    client = asking(served)
    shown = client.get("/api/review").json()
    body = {"version": shown["version"], "action": "open", "interview": "901"}
    assert client.post("/api/review", json=body).status_code == 200
    answer = client.post("/api/relation", json={**RELATION, "quotes": ["We waited, and because"]})
    assert answer.status_code == 200, answer.text
    assert load_relations(served.relations).relations[0].interview == "990"


def test_a_tab_that_reviews_goes_on_after_a_relation_from_a_transcript(served: Served) -> None:
    client = asking(served)
    shown = client.get("/api/review").json()
    assert client.post("/api/relation", json={**RELATION, "quotes": ["We waited"]}).status_code == 200
    body = {"version": shown["version"], "action": "accept"}
    assert client.post("/api/review", json=body).status_code == 200
    assert len(load_relations(served.relations).relations) == 2


def test_the_candidate_that_is_shown_is_not_decided_twice(served: Served) -> None:
    client = asking(served)
    shown = client.get("/api/review").json()
    candidate = shown["candidate"]
    relation = {name: candidate[name] for name in ("interview", "kind", "start", "end")}
    answer = client.post("/api/relation", json={**relation, "quotes": candidate["quotes"]})
    assert answer.status_code == 200, answer.text
    body = {"version": shown["version"], "action": "refuse"}
    assert client.post("/api/review", json=body).status_code == 409


def test_a_relation_before_any_review_is_on_file_and_can_be_undone_in_the_review(served: Served) -> None:
    client = asking(served)
    served.relations.write_text("# mine\nrelations: []\n")
    assert client.post("/api/relation", json={**RELATION, "quotes": ["We waited"]}).status_code == 200
    assert served.relations.read_text().startswith("# mine\n")
    reading_of(served).follow()
    shown = client.get("/api/review").json()
    assert shown["behind"] == 0
    undone = client.post("/api/review", json={"version": shown["version"], "action": "undo"})
    assert undone.status_code == 200, undone.text
    assert load_relations(served.relations).relations == ()
    assert served.relations.read_text().startswith("# mine\n")


def test_a_broken_file_is_told_and_stays_before_any_review(served: Served) -> None:
    client = asking(served)
    served.relations.write_text("relations: [half an edit\n")
    answer = client.post("/api/relation", json={**RELATION, "quotes": ["We waited"]})
    assert answer.status_code == 400
    assert served.relations.name in answer.json()["error"]
    assert served.relations.read_text() == "relations: [half an edit\n"


@pytest.mark.parametrize("quotes", ["text", [1], [{"turn": "990:0001"}], None])
def test_quotes_of_another_form_are_refused(served: Served, quotes: Any) -> None:
    answer = asking(served).post("/api/relation", json={**RELATION, "quotes": quotes})
    assert answer.status_code == 400
    assert "list of texts" in answer.json()["error"]
    assert not served.relations.exists()


def select(page: Page, turn: str, words: str, nth: int) -> None:
    """Select the nth of the same words in a turn."""
    page.evaluate(
        """([turn, words, nth]) => {
            const text = document.querySelector(`.words[data-turn="${turn}"]`).firstChild;
            let at = -1;
            for (let n = 0; n <= nth; n += 1) at = text.data.indexOf(words, at + 1);
            getSelection().setBaseAndExtent(text, at, text, at + words.length);
        }""",
        [turn, words, nth],
    )


@pytest.mark.browser
def test_the_second_of_the_same_words_is_selected_on_the_page(served: Served) -> None:
    with looking() as page, running(served) as address:
        page.goto(f"{address}/transcript/990")
        expect(page.locator("article.turn")).to_have_count(4)
        select(page, "990:0001", "data was late", 1)
        page.keyboard.press("r")
        page.keyboard.type("late deliveries of data")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("MM-drift")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Written into")
    assert quoted(served, asking(served)) == [
        ("990:0001", "🙂 The data was late. We waited, and because the ")
    ]


@pytest.mark.browser
def test_a_long_transcript_is_whole_and_what_was_asked_for_stays_in_view(
    served: Served, tmp_path: Path
) -> None:
    long = "so it went on and on " * 150
    said = "".join(f"{'IP'[n % 2]}: It was so, {n}. {long if n == 801 else ''}\n\n" for n in range(1000))
    (tmp_path / "Interview 991.txt").write_text(said, encoding="utf-8")
    served.graph.load(tmp_path / "Interview 991.txt")
    at = len("It was so, 801. ") + 21 * 120
    with looking(400, 700) as page, running(served) as address:
        page.goto(f"{address}/transcript/991?turn=991:0801&from={at}&to={at + 20}")
        expect(page.locator("article.here")).to_be_focused()
        expect(page.locator("mark")).to_be_in_viewport(timeout=9000)
        expect(page.locator("article.turn")).to_have_count(1000)
        expect(page.locator("mark")).to_be_in_viewport(timeout=9000)
        assert page.locator("article.turn").evaluate_all("all => all.map(each => each.id)") == [
            f"turn-991:{n:04}" for n in range(1000)
        ]
        page.keyboard.press("k")
        expect(page.locator("[id='turn-991:0800']")).to_be_focused()
        expect(page.locator("[id='turn-991:0800']")).to_be_in_viewport()


def test_what_a_page_is_sent_within_it_is_the_interview_and_no_markup(store: Store, tmp_path: Path) -> None:
    said = "Then it wrote </script><script>document.title = 'in'</script> & <!-- into the log."
    (tmp_path / "Interview 991.txt").write_text(
        f"Interviewer: What then?\n\nInterviewee: {said}\n\nInterviewer: I see.\n", encoding="utf-8"
    )
    graph = Graph(store)
    graph.load(tmp_path / "Interview 991.txt")
    of = Served(graph, tmp_path / "own.yaml")
    with running(of) as link, looking() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{link}/transcript/991?turn=991:0001")
        expect(page.locator("article.here .words")).to_have_text(said)
        expect(page).to_have_title(re.compile("991"))
        assert not [each for each in asked if "/api/" in each]
    of.close()


def test_the_same_relation_again_and_signs_without_words_are_told(served: Served) -> None:
    client = asking(served)
    sent = {**RELATION, "quotes": ["We waited, and because"]}
    assert client.post("/api/relation", json=sent).status_code == 200
    again = client.post("/api/relation", json=sent)
    assert (again.status_code, "stands in the file already" in again.json()["error"]) == (400, True)
    signs = client.post("/api/relation", json={**RELATION, "quotes": ["🙂"]})
    assert "has words" in signs.json()["error"]
    assert len(load_relations(served.relations).relations) == 1


def test_names_that_differ_in_a_letter_that_counts_are_two(served: Served) -> None:
    client = asking(served)
    for start in ("the model A went stale", "the model B went stale"):
        sent = {**RELATION, "start": start, "quotes": ["We waited, and because"]}
        answer = client.post("/api/relation", json=sent)
        assert answer.status_code == 200, answer.text
        reading_of(served).follow()
    # What is nearly a concept in words may be another one; a code is what is misspelt.
    for start in ("too few data came", "too new data came"):
        answer = client.post("/api/relation", json={**RELATION, "start": start, "quotes": ["We waited"]})
        assert answer.status_code == 200, answer.text
        reading_of(served).follow()
    slip = {**RELATION, "start": "MM-drit", "quotes": ["We waited"]}
    assert "MM-drift" in client.post("/api/relation", json=slip).json()["error"]
    signs = {**RELATION, "start": "😀 😀", "quotes": ["We waited"]}
    assert "Name the cause" in client.post("/api/relation", json=signs).json()["error"]
