"""Relations judged one by one, at the command line and at a terminal, on both engines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.relations import load_relations
from kb.relations.edit import RelationsText
from tests.neo4j_server import Neo4jServer, wipe
from tests.terminal import Terminal

KB = Path(sys.executable).with_name("kb")
ASK = "Interviewer", "What goes wrong at your bakery on a usual day?"
TALKS = {
    "7": "The bread came out flat because the oven was cold on Sunday.",
    "8": "We had a cold oven on Monday. There was some flat bread in the shop as well.",
    "9": "There is flat bread now and then. One oven was cold on Friday.",
}
CODEBOOK = """\
codes:
  Oven-cold: {kind: issue, category: none, description: The oven is cold.}
  Bread-flat: {kind: issue, category: none, description: The bread is flat.}
  Shop-empty: {kind: issue, category: none, description: Nobody comes.}
"""
ENDS = ("Oven-cold", "Bread-flat")
KEYS = "q ?"  # the end of the line that asks for a key


class Study(NamedTuple):
    """A study in a graph of its own, in a folder to work in."""

    folder: Path
    environment: dict[str, str]

    def kb(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [KB, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def rows(self, *words: str) -> list[dict[str, object]]:
        return json.loads(self.kb(*words, "--format", "json").stdout)

    def terminal(self, *words: str, **environment: str) -> Terminal:
        given = {**self.environment, "TERM": "xterm", **environment}
        return Terminal([str(KB), "review", *words], env=given, cwd=str(self.folder))

    @property
    def left(self) -> list[tuple[int, int]]:
        """What `kb status` says is undecided, of how many candidates."""
        reviews = json.loads(self.kb("status", "--format", "json").stdout)["reviews"]
        return [(each["undecided"], each["candidates"]) for each in reviews]

    @property
    def told_by(self) -> list[object]:
        """The interviews in which somebody tells the chain from cold oven to flat bread whole."""
        found = self.rows("query", "causal-chains", "--cause", ENDS[0], "--effect", ENDS[1])
        return sorted(interview for row in found for interview in row["told_by"])


def records() -> Iterator[dict[str, object]]:
    coded = {"format": "test", "coder": "Ann", "codes_exported": True}
    for number, text in TALKS.items():
        yield {"type": "source", "interview": number, "title": number, "file": "study", **coded}
        for index, (who, said) in enumerate((ASK, ("Baker", text))):
            turn = {"id": f"{number}:{index:04d}", "interview": number, "index": index, "speaker": who}
            yield {"type": "turn", **turn, "role": "interviewee" if index else "interviewer", "text": said}
        for code in ENDS:
            label = {"label": code, "code": code, "coder": "Ann"}
            yield {"type": "coding", "interview": number, "turn": f"{number}:0001", **label}


@pytest.fixture(params=["embedded", "neo4j"])
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Study:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KB_", "NO_COLOR"))}
    if request.param == "neo4j":
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        with server.driver() as driver:
            wipe(driver, server.database)
        environment |= {
            "NEO4J_URI": server.uri,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }
    else:
        environment["KB_DB"] = str(tmp_path / "db")
    found = Study(tmp_path, environment)
    (tmp_path / "study.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records()))
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    found.kb("load", "study.jsonl", "--codebook", "codebook.yaml")
    return found


def test_told_whole_counts_only_the_interviews_whose_statement_was_accepted(study: Study) -> None:
    shown = study.kb("relate", "causes", *ENDS)
    assert all(f"{number}:0001, Baker: “" in shown.stdout for number in TALKS)  # the words of all three
    assert [r.interview for r in load_relations(study.folder / "relations.yaml").relations] == ["7"]
    study.kb("load", "relations.yaml")
    assert study.told_by == ["7"]
    study.kb("relate", "causes", *ENDS, "--turn", "9:0001", "--explicit", "stated", "--reviewer", "Ada")
    study.kb("load", "relations.yaml")
    assert study.told_by == ["7", "9"]
    *_, last = load_relations(study.folder / "relations.yaml").relations
    assert (last.interview, last.explicit, last.reviewer) == ("9", "stated", "Ada")


def test_what_only_stands_together_is_never_written_by_itself(study: Study) -> None:
    done = study.kb("relate", "causes", *ENDS, "--interview", "8", code=2)
    assert "none states Oven-cold → Bread-flat" in done.stderr
    assert "--evidence 1" in done.stderr
    assert "8:0001, Baker: “" in done.stdout
    assert not (study.folder / "relations.yaml").exists()
    study.kb("relate", "causes", *ENDS, "--interview", "8", "--evidence", "1")
    [relation] = load_relations(study.folder / "relations.yaml").relations
    assert (relation.interview, relation.explicit) == ("8", "implied")


def test_a_passage_that_is_not_there_is_told_with_those_that_are(study: Study) -> None:
    assert (
        "no passage '7'; it has 1, 2, 3."
        in study.kb("relate", "causes", *ENDS, "--evidence", "1,7", code=2).stderr
    )
    assert (
        "no passage in turn '7:0009'"
        in study.kb("relate", "causes", *ENDS, "--turn", "7:0009", code=2).stderr
    )


def test_a_review_from_the_first_candidate_to_the_graph(study: Study) -> None:
    with study.terminal("--by", "interview", NO_COLOR="1") as screen:
        first = screen.until(KEYS)
        assert "0 of 3 decided" in first
        assert "Oven-cold → Bread-flat" in first
        assert "Interviewer: What goes wrong" in first
        assert "[cause:" in first
        assert "[effect:" in first
        screen.send("a")
        assert "accepted (S1)" in screen.until(KEYS)
        assert [r.id for r in load_relations(study.folder / "relations.yaml").relations] == ["S1"]  # at once
        screen.send("r")
        assert "refused: 8" in screen.until(KEYS)
        screen.send("u")
        assert "taken back: 8" in screen.until(KEYS)
        screen.send("n")
        screen.until("note:")
        screen.send("two things that he lists\r")
        assert "note: two things that he lists" in screen.until(KEYS)
        screen.send("r")
        screen.until(KEYS)
        screen.send("q")
        assert screen.end() == 0
        assert "1 undecided" in screen.text
        # What is erased stays in the text: the line that asks, and what is typed there.
        assert max(len(line) for line in screen.text.split("\n") if KEYS not in line) <= 80
        assert not any(colour in screen.raw for colour in ("\x1b[33m", "\x1b[1;36m", "\x1b[1m"))
    assert study.told_by == ["7"]
    assert study.left == [(1, 3)]
    [refused] = RelationsText(study.folder / "relations.yaml").refused
    assert (refused.interview, refused.note) == ("8", "two things that he lists")
    with study.terminal() as screen:
        assert "2 of 3 decided" in screen.until(KEYS)
        screen.send("r")
        assert screen.end() == 0
    assert study.left == [(0, 3)]
    assert "to review" in study.kb("status").stdout
    with study.terminal() as screen:
        assert screen.end() == 0
        assert "3 of 3 decided" in screen.text
    assert study.told_by == ["7"]


def test_turned_round_an_end_changed_and_a_quote_cut_at_the_keyboard(study: Study) -> None:
    with study.terminal("--interview", "7", "--causes") as screen:
        screen.until(KEYS)
        screen.send("t")
        assert "Bread-flat → Oven-cold" in screen.until(KEYS)
        screen.send("e")
        screen.until("Change which end")
        screen.send("1")
        screen.until("cause:")
        screen.send("shpemp")  # letters of Shop-empty, in their order
        screen.until("Shop-empty")
        screen.send("\t\r")
        assert "Shop-empty → Oven-cold" in screen.until(KEYS)
        screen.send("c")
        screen.until("quote")
        screen.send("\x01\x0bthe oven was warm\r")  # to the line's start, cut to its end
        assert "do not stand there" in screen.until(KEYS)
        screen.send("c")
        screen.until("quote")
        screen.send("\x01\x0bthe oven was cold\r")
        assert "«[effect:" in screen.until(KEYS)
        screen.send("x")
        screen.until(KEYS)
        screen.send("a")
        assert screen.end() == 0
    [relation] = load_relations(study.folder / "relations.yaml").relations
    assert (relation.start.name, relation.end.name) == ("Shop-empty", "Oven-cold")
    assert (relation.quotes, relation.explicit) == (("the oven was cold …",), "across-turns")
    found = study.rows("query", "evidence-of-relation", "Shop-empty", "Oven-cold")
    assert [row["quote"] for row in found] == ["the oven was cold"]


def test_ctrl_c_leaves_the_review_and_keeps_what_was_decided(study: Study) -> None:
    with study.terminal() as screen:
        screen.until(KEYS)
        screen.send("a")
        screen.until(KEYS)
        screen.send("\x03")
        assert screen.end() == 0
    assert study.told_by == ["7"]


def test_what_a_review_left_behind_when_its_terminal_died_comes_into_the_graph_with_the_next(
    study: Study,
) -> None:
    with study.terminal() as screen:
        screen.until(KEYS)
        screen.send("a")
        screen.until(KEYS)  # and the connection breaks
    assert study.told_by == []
    with study.terminal() as screen:
        screen.until(KEYS)
        screen.send("q")
        screen.end()
    assert study.told_by == ["7"]


def test_two_reviewers_decide_on_the_same_and_their_agreement_is_measured(study: Study) -> None:
    for name, keys in (("Ada", "arr"), ("Ben", "aar")):
        with study.terminal("--reviewer", name, "--by", "interview") as screen:
            for key in keys:
                screen.until(KEYS)
                screen.send(key)
            assert screen.end() == 0
    [pair] = json.loads(study.kb("review", "--agreement", "--format", "json").stdout)["pairs"]
    assert (pair["reviewers"], pair["candidates"]) == (["Ada", "Ben"], 3)
    assert pair["kappa"] == pytest.approx(0.4)  # 2 of 3 alike; by chance (1·2 + 2·1) / 9
    assert [each["candidate"][0] for each in pair["differ"]] == ["8"]
    shown = study.kb("review", "--agreement").stdout
    assert "Ada × Ben" in shown
    assert "Ben: accepted" in shown
    assert study.told_by == ["7", "8"]


def test_without_a_terminal_it_says_so_in_a_sentence(study: Study) -> None:
    done = study.kb("review", code=2)
    assert done.stderr.count("\n") == 1
    assert "terminal" in done.stderr
    assert "kb relate" in done.stderr


def test_nothing_to_review_is_told(study: Study) -> None:
    with study.terminal("--fixes") as screen:
        assert screen.end() == 0
        assert "nothing to review" in screen.text


def test_other_commands_do_not_wait_for_what_only_the_review_needs(study: Study) -> None:
    code = (
        "import sys, kb.start\n"
        "try: kb.start.main()\n"
        "except SystemExit: pass\n"
        "print('LOADED' if 'prompt_toolkit' in sys.modules else 'NOT LOADED')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "status"],
        env=study.environment, cwd=study.folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.endswith("NOT LOADED\n")
