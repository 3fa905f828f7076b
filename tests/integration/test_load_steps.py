"""Loading step by step, in batches, interrupted: always the graph that one load of everything gives."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from kb.codebook import Codebook, load_codebook, shipped_codebook
from kb.ingest import writing
from kb.ingest.load import Options, load
from kb.ingest.remove import remove
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store, Tx
from kb.store.digest import digest
from tests.integration.conftest import server_settings
from tests.integration.graph_check import check_graph
from tests.neo4j_server import Neo4jServer
from tests.shared import ROOT

# A label that comes or goes changes what others mean: a category needs two of one prefix, a fix its issue.
LABELS = ["Data-drift", "Data-drift-fix", "Data-gap", "Data-gaps-fix", "Ops-load", "Ops-load-fix", "drift"]
WORDS = ["nobody looked at the sensors", "the old lamp", "a queue that fills at night"]


def wipe(store: Store) -> None:
    store.write("MATCH (n) DETACH DELETE n")


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in store.read(query).rows]


def write_coding(folder: Path, interview: int, coder: str, rng: random.Random, people: int = 1) -> Path:
    """A text conversion with turns of an interview's own words, the same for each coder."""
    words = random.Random(interview)
    parts = [f"# Interview {interview} - {coder}"]
    for at in range(12):
        who = (
            "Interviewer"
            if at % 2 == 0
            else f"Interviewee {1 + at // 2 % people}"
            if people > 1
            else "Interviewee"
        )
        text = f"In turn {at} of {interview} we speak of " + " ".join(
            f"word{words.randrange(900)}" for _ in range(9)
        )
        parts += [f"## {who}", f"{text}."]
        parts += sorted(set(rng.choices(LABELS, k=rng.randrange(3)))) if at % 2 else []
    path = folder / f"Interview {interview} - {coder}.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def write_relations(folder: Path, name: str, interviews: list[int], rng: random.Random) -> Path:
    """Relations of several interviews in one file; now and then a quote that nobody said."""
    lines = ["relations:"]
    for interview in interviews:
        for n in range(rng.randrange(1, 4)):
            cause, effect = rng.sample([*LABELS[::2], *WORDS], 2)
            at = rng.choice([1, 3, 5, 7, 9, 11])
            quote = f"turn {at} of {interview} we speak" if rng.random() < 0.9 else "nobody ever said this"
            lines += [
                f'- {{id: "{interview}.{n}", interview: "{interview}", kind: causes, cause: "{cause}", '
                f'effect: "{effect}", explicit: {rng.choice(["stated", "across-turns", "implied"])}, '
                f'quote: "{quote}"}}'
            ]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every interview in a transaction of its own, sums every few claims, readings spooled to a file."""
    monkeypatch.setattr(writing, "_ROWS", 1)
    monkeypatch.setattr(writing, "_WAITING", 5)
    monkeypatch.setattr("kb.ingest.spool._IN_MEMORY", 3000)


def random_steps(store: Store, folder: Path, seed: int) -> None:
    """Load, change, take out and load again at random; then all that is left at once, elsewhere the same."""
    rng = random.Random(seed)
    files: dict[str, Path] = {}
    book: Codebook | None = None
    own = folder / "codebook.csv"
    own.write_text("code,kind,issue,aliases\nData-gap,issue,,Ops-load\nOps-load-fix,fix,Data-gap,\n")
    wipe(store)
    for step in range(7):
        interviews = rng.sample([11, 801, 802, 803, 804, 901], rng.randrange(1, 4))
        changed = []
        for interview in interviews:
            coder = rng.choice(["Ann", "Bea"])
            path = write_coding(folder, interview, coder, rng, people=2 if interview == 804 else 1)
            files[path.name] = path
            changed.append(path)
        there = sorted({int(name.split()[1]) for name in files if name.endswith(".md")})
        if rng.random() < 0.7:
            name = rng.choice(["one.yaml", "two.yaml"])
            files[name] = write_relations(folder, name, rng.sample(there, min(len(there), 2)), rng)
            changed.append(files[name])
        if step == 4:
            book = shipped_codebook().merge(load_codebook(own))
        load(store, changed, Options(codebook=book if step == 4 else None))
        if rng.random() < 0.3:
            gone = rng.choice(there)
            remove(store, str(gone))
            for name in [n for n in files if n.startswith(f"Interview {gone} ")]:
                del files[name]
            # Its relations went with it; the files that hold them are loaded with the next step.
            for name in [n for n in files if n.endswith(".yaml") and f'"{gone}"' in files[n].read_text()]:
                del files[name]
                (folder / name).write_text("relations: []\n")
                load(store, [folder / name])
    # A relations file that named a code which was not there yet was refused; now it may be.
    load(store, [path for name, path in files.items() if name.endswith(".yaml")])
    check_graph(store)
    stepped = digest(store)
    wipe(store)
    load(store, list(files.values()), Options(codebook=book))
    check_graph(store)
    assert digest(store) == stepped


@pytest.mark.parametrize("seed", range(3))
def test_any_steps_give_the_graph_of_one_load(embedded_store: Store, tmp_path: Path, seed: int) -> None:
    random_steps(embedded_store, tmp_path, seed)


@pytest.mark.parametrize("seed", range(3, 5))
def test_any_steps_give_the_graph_of_one_load_in_small_transactions(
    store: Store, tmp_path: Path, seed: int, small_steps: None
) -> None:
    random_steps(store, tmp_path, seed)


# --- what was lost, what is told ---------------------------------------------------------------


def test_an_interview_that_comes_is_told_what_was_lost_and_again_without_a_search(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(1)
    write_coding(tmp_path, 801, "Ann", rng)
    text = (
        'interview: "801"\nrelations:\n- {id: a, kind: causes, cause: the old lamp, effect: the dark room, '
        "explicit: stated, quote: turn 3 of 801}\n- {id: b, kind: causes, cause: the old lamp, "
        "effect: the dark room, explicit: stated, quote: nobody ever said this}\n"
    )
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    first = load(store, [tmp_path])
    lost = [(n.source, n.line, n.message) for n in first.not_placed if n.level == "lost"]
    assert [line for _, line, _ in lost] == [4]
    again = load(store, [tmp_path])
    assert [(n.source, n.line, n.message) for n in again.not_placed if n.level == "lost"] == lost
    # Another source of the interview, so that it is built again from what the graph keeps.
    bea = write_coding(tmp_path, 801, "Bea", rng)
    with monkeypatch.context() as patch:
        patch.setattr("kb.relations.load_relations", lambda _path: pytest.fail("an unchanged file is read"))
        report = load(store, [bea, tmp_path / "own.yaml"])
    assert report.interviews == ["801"]
    assert [(n.source, n.line, n.message) for n in report.not_placed if n.level == "lost"] == lost


def test_one_more_interview_reads_no_other(store: Store, tmp_path: Path) -> None:
    rng = random.Random(2)
    for interview in range(801, 806):
        write_coding(tmp_path, interview, "Ann", rng)
    load(store, [tmp_path])
    # The others' sources are out of reach: whoever asks for them gets nothing.
    store.write("MATCH (s:Source) WHERE s.interview <> '801' SET s.labels = ['spoilt'], s.sha256 = 'spoilt'")
    (tmp_path / "more").mkdir()
    report = load(store, [write_coding(tmp_path / "more", 806, "Ann", random.Random(2))])
    assert report.interviews == ["806"]
    assert rows(store, "MATCH (c:Concept) WHERE c.name = 'spoilt' RETURN c") == []


# --- killed ------------------------------------------------------------------------------------

VICTIM = """
import os, signal, sys
from pathlib import Path
from pydantic import SecretStr
from kb.ingest import spool, writing
from kb.ingest.load import load
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store, Tx
writing._ROWS, writing._WAITING, spool._IN_MEMORY = 1, 5, 3000
folder, sources, after, uri, name, password = sys.argv[1:]
left = int(after)
def counted(what):
    def run(*args):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return what(*args)
    return run
for cls, method in ((Tx, "run"), (Tx, "batch"), (Store, "transaction")):
    setattr(cls, method, counted(getattr(cls, method)))
settings = Settings(KB_DB=Path(folder)) if not uri else Settings(
    NEO4J_URI=uri, NEO4J_USERNAME=name, NEO4J_PASSWORD=SecretStr(password), KB_DB=Path(folder))
with open_store(settings) as store:
    load(store, [Path(sources)])
"""


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_a_load_killed_at_any_moment_leaves_whole_interviews_and_the_next_one_completes(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, small_steps: None
) -> None:
    rng = random.Random(7)
    sources = tmp_path / "sources"
    sources.mkdir()
    for interview in range(801, 806):
        write_coding(sources, interview, "Ann", rng)
    write_relations(sources, "own.yaml", [801, 802, 803, 804, 805], rng)
    settings, server = Settings(KB_DB=tmp_path / "db"), ("", "", "")
    if engine == "neo4j":
        neo4j_server: Neo4jServer = request.getfixturevalue("neo4j_server")
        settings = server_settings(neo4j_server)
        server = (neo4j_server.uri, neo4j_server.username, neo4j_server.password)
    calls = 0

    def count(what: Any) -> Any:
        def run(*args: Any) -> Any:
            nonlocal calls
            calls += 1
            return what(*args)

        return run

    with pytest.MonkeyPatch.context() as patch, open_store(settings) as store:
        wipe(store)
        for cls, method in ((Tx, "run"), (Tx, "batch"), (Store, "transaction")):
            patch.setattr(cls, method, count(getattr(cls, method)))
        load(store, [sources])
        expected = digest(store)
    unfinished = 0
    for after in rng.sample(range(calls), 15):
        with open_store(settings) as store:
            wipe(store)
        victim = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(VICTIM), settings.db, sources, str(after), *server],
            cwd=ROOT, check=False,
        )  # fmt: skip
        assert victim.returncode == -signal.SIGKILL
        with open_store(settings) as store:
            torn = rows(
                store,
                "MATCH (i:Interview) OPTIONAL MATCH (i)-[:HAS_TURN]->(t) "
                "WITH i, count(t) AS n WHERE n <> i.turns RETURN i.id AS id",
            )
            assert torn == []
            unfinished += rows(store, "MATCH (p:Pending) RETURN count(p) AS n") != [(0,)]
            load(store, [sources])
            assert digest(store) == expected
            check_graph(store)
    assert unfinished > 5
