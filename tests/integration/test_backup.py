"""A graph in a file: all of it, from either engine to either engine, or nothing."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import InputError, KbError, StoreDamaged, UsageError
from kb.ingest.load import load
from kb.store import _refuse_part
from kb.store.bolt import Store
from kb.store.digest import digest
from kb.store.dump import dump, own_indexes
from kb.store.restore import restore
from tests.integration.conftest import ENGINES, engine_store
from tests.integration.test_cli import BASE, KB, Kb, one_sentence
from tests.integration.test_interrupted import MOMENTS
from tests.shared import ROOT

# What a user may have added, in a form that both engines take.
OWN = (
    "MATCH (i:Interview {id: '901'}) SET i:`My label`, i.weight = 3.0, "
    "i.`my note` = 'line\\nbreak \\u2028 \"quoted\"'",
    "MATCH (t:Turn) WITH t LIMIT 1 SET t.seen = date('2024-02-29'), t.took = duration('P1M2DT3.5S'), "
    "t.at = datetime('2024-02-29T12:00:00.5+02:00'), t.clock = localtime('03:04:05'), "
    "t.there = datetime('2024-07-01T12:00:00[Europe/Amsterdam]'), t.marks = [1, 2, 3], t.none = [], "
    "t.times = [datetime('2024-02-29T12:00:00Z')], t.big = 9007199254740993, t.tiny = -0.0, t.yes = true, "
    "t.where = point({longitude: 5.5, latitude: 52.25})",
    "CREATE (a:`Reading list` {title: 'no key of ours'})-[:`READ BY` {on: 1.5}]->"
    "(b:Person:Reader {name: 'Z'})",
    "MATCH (a:`Reading list`), (c:Concept) WITH a, c LIMIT 3 "
    "CREATE (c)-[:SEE {page: 7, at: datetime('2024-02-29T12:00:00+02:00')}]->(a), (a)-[:SEE]->(a)",
    "CREATE ({name: 'without a label'})",
    "CREATE (:Turn {name: 'under a label of kb, without its key'})",
)


def everything(store: Store) -> list[str]:
    """All that a graph holds, in an order, without what an engine numbers."""

    def properties(found: dict[str, object]) -> str:
        return str({name: repr(value) for name, value in sorted(found.items())})

    lines = [
        f"{sorted(row['l'])} {properties(row['p'])}"
        for row in store.stream("MATCH (n) WHERE NOT n:Lock RETURN labels(n) AS l, properties(n) AS p")
    ]
    lines += [
        f"{row['t']} {properties(row['p'])} {properties(row['a'])} {properties(row['b'])}"
        for row in store.stream(
            "MATCH (a)-[r]->(b) RETURN type(r) AS t, properties(r) AS p, properties(a) AS a, "
            "properties(b) AS b"
        )
    ]
    return sorted(lines)


@pytest.fixture
def filled(store: Store, samples: Path) -> Store:
    load(store, [samples])
    for statement in OWN:
        store.write(statement)
    return store


@pytest.fixture(params=ENGINES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """A store of an engine to restore to, which may be the one that was dumped: then it is emptied."""
    return lambda: engine_store(request.param, request)


def test_a_graph_goes_from_one_engine_to_another(
    filled: Store, other: Callable[[], Store], tmp_path: Path, samples: Path
) -> None:
    file = tmp_path / "study.kb.gz"
    before, fingerprint = everything(filled), digest(filled)
    counts = dump(filled, file)
    assert counts.digest == fingerprint
    store = other()
    assert restore(store, file) == counts
    assert digest(store) == fingerprint
    assert everything(store) == before
    assert not load(store, [samples]).interviews  # it knows its sources
    store.write("MATCH (n) DETACH DELETE n")


def test_the_file_is_what_is_described(filled: Store, tmp_path: Path) -> None:
    dump(filled, tmp_path / "g.gz")
    with gzip.open(tmp_path / "g.gz", "rt", encoding="utf-8", newline="\n") as file:
        first, *lines, last = [json.loads(line) for line in file]
    assert (first["format"], first["version"]) == ("kb-graph", 2)
    nodes = [line for line in lines if "labels" in line]
    assert len(nodes) == last["nodes"]
    assert lines[: len(nodes)] == nodes
    assert len(lines) - len(nodes) == last["edges"]
    assert any(line.get("type") == "READ BY" and line["properties"] == {"on": 1.5} for line in lines)


def test_a_graph_that_is_not_empty_is_replaced_only_if_asked(filled: Store, tmp_path: Path) -> None:
    dump(filled, tmp_path / "g.gz")
    before = everything(filled)
    filled.write("CREATE (:New)")
    with pytest.raises(UsageError, match=r"not empty.*--replace"):
        restore(filled, tmp_path / "g.gz")
    assert filled.read("MATCH (n:New) RETURN count(n) AS n").rows == [{"n": 1}]
    restore(filled, tmp_path / "g.gz", replace=True)
    assert everything(filled) == before


def _repacked(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    return gzip.compress(b"".join(change(gzip.decompress(path.read_bytes()).splitlines(keepends=True))))


BROKEN: dict[str, Callable[[Path], bytes]] = {
    "half of it": lambda p: p.read_bytes()[: p.stat().st_size // 2],
    "without its end": lambda p: p.read_bytes()[:-9],
    "nothing": lambda _: b"",
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "other gzip": lambda _: gzip.compress(b"hello\n" * 100),
    "other JSON": lambda _: gzip.compress(b'{"a": 1}\n'),
    "a newer version": lambda p: _repacked(
        p, lambda x: [x[0].replace(b'"version":2', b'"version":9'), *x[1:]]
    ),
    "a line less": lambda p: _repacked(p, lambda x: [*x[:5], *x[6:]]),
    "no last line": lambda p: _repacked(p, lambda x: x[:-1]),
    "more after it": lambda p: _repacked(p, lambda x: [*x, x[1]]),
    "a bit changed": lambda p: p.read_bytes()[:300] + bytes([p.read_bytes()[300] ^ 4]) + p.read_bytes()[301:],
    "an edge to nowhere": lambda p: _repacked(
        p, lambda x: [*x[:-1], b'{"type":"X","start":0,"end":999999999,"properties":{}}\n', x[-1]]
    ),
    "deep": lambda p: _repacked(p, lambda x: [x[0], b"[" * 100_000 + b"\n", *x[1:]]),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_is_not_whole_changes_nothing(
    embedded_store: Store, broken: Callable[[Path], bytes], tmp_path: Path
) -> None:
    store = embedded_store
    store.write("MATCH (n) DETACH DELETE n")
    store.write("UNWIND range(1, 50) AS i CREATE (:A {i: i, text: toString(i * i * 1234567)})-[:B]->(:C)")
    file = tmp_path / "g.gz"
    dump(store, file)
    file.write_bytes(broken(file))
    before = everything(store)
    with pytest.raises(InputError) as caught:
        restore(store, file, replace=True)
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)
    assert everything(store) == before


def test_what_the_server_refuses_leaves_an_empty_graph(store: Store, tmp_path: Path) -> None:
    """Two nodes with one key pass every check of the file, but no constraint."""
    store.write("CREATE (:Thing {id: 'x'}), (:Thing {id: 'x'})")
    dump(store, tmp_path / "g.gz")
    whole = _repacked(tmp_path / "g.gz", lambda lines: [line.replace(b"Thing", b"Turn") for line in lines])
    lines = gzip.decompress(whole).splitlines(keepends=True)
    last = json.loads(lines[-1]) | {"sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    (tmp_path / "g.gz").write_bytes(gzip.compress(b"".join(lines[:-1]) + json.dumps(last).encode() + b"\n"))
    with pytest.raises(KbError):
        restore(store, tmp_path / "g.gz", replace=True)
    assert everything(store) == []


def test_the_commands(tmp_path: Path) -> None:
    kb, other = Kb(tmp_path / "a", tmp_path), Kb(tmp_path / "b", tmp_path)
    assert kb("load", ROOT / "data" / "interviews").returncode == 0
    assert kb("dump", "study.kb.gz").returncode == 0
    one_sentence(kb("dump", "study.kb.gz"), 2, "--force")
    assert other("restore", "study.kb.gz").returncode == 0
    assert other.digest() == kb.digest()
    one_sentence(other("restore", "study.kb.gz"), 2, "--replace")
    (tmp_path / "no.gz").write_bytes(b"no")
    one_sentence(Kb(tmp_path / "c", tmp_path)("restore", "no.gz"), 3, "no.gz")
    assert not (tmp_path / "c").exists()


def test_a_replacement_that_is_killed_leaves_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    old, new = Kb(tmp_path / "old", tmp_path), Kb(tmp_path / "new", tmp_path)
    samples = sorted((ROOT / "data" / "interviews").iterdir())
    assert old("load", *samples[:2]).returncode == 0
    assert new("load", *samples).returncode == 0
    assert new("dump", "new.gz").returncode == 0
    assert old("dump", "old.gz").returncode == 0
    whole = {old.digest(): "old.gz", new.digest(): "new.gz"}
    assert len(whole) == 2
    command = [str(KB), "restore", "--replace"]
    environment = {**BASE, "KB_DB": str(old.db)}
    began = time.monotonic()
    subprocess.run([*command, "new.gz"], cwd=tmp_path, env=environment, capture_output=True, check=True)
    longest = time.monotonic() - began
    assert old.digest() == new.digest()
    moment = random.Random(4)  # the same ones each time
    for _ in range(MOMENTS):
        other = next(file for digest_, file in whole.items() if digest_ != old.digest())
        with subprocess.Popen(
            [*command, other], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as run:  # fmt: skip
            time.sleep(moment.uniform(0.3, 1.0) * longest)
            run.kill()
        assert old.digest() in whole
        assert not (old.db / ".restoring").exists()


@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("moved", [False, True])
def test_what_is_left_of_a_replacement_is_finished_or_removed(
    tmp_path: Path, mark: bool, moved: bool
) -> None:
    """Killed between its steps, which is too short a time for a test's clock."""
    if moved and not mark:
        return  # nothing is moved before the mark stands
    old, new = Kb(tmp_path / "old", tmp_path), Kb(tmp_path / "new", tmp_path)
    samples = sorted((ROOT / "data" / "interviews").iterdir())
    assert old("load", samples[0]).returncode == 0
    assert new("load", samples[-1]).returncode == 0
    before, after = old.digest(), new.digest()
    beside = old.db / ".restoring"
    new.db.rename(beside)
    if mark:
        (beside / "whole").touch()
    if moved:
        (old.db / "databases" / "kb").rename(beside / "before")
    assert old.digest() == (after if mark else before)
    assert not beside.exists()
    assert old.digest() == (after if mark else before)


def test_a_part_is_not_taken_for_a_graph(store: Store, tmp_path: Path) -> None:
    store.write("CREATE (:Restoring {file: 'x.gz'})")
    with pytest.raises(StoreDamaged, match=r"restore --replace"):
        _refuse_part(store)


def test_the_commands_refuse_a_part(tmp_path: Path) -> None:
    kb = Kb(tmp_path / "a", tmp_path)
    assert kb("load", ROOT / "data" / "interviews" / "Interview 904.txt").returncode == 0
    before = kb.digest()
    assert kb("dump", "a.gz").returncode == 0
    assert kb("cypher", "--write", "CREATE (:Restoring {file: 'a.gz'})").returncode == 0
    for command in (("status",), ("query", "top-issues"), ("load", ROOT / "data" / "interviews")):
        one_sentence(kb(*command), 4, "kb restore --replace FILE")
    assert kb("restore", "--replace", "a.gz").returncode == 0
    assert kb.digest() == before


def test_indexes_of_the_user_are_named(store: Store) -> None:
    store.ensure_schema()
    assert own_indexes(store) == []
    store.write("CREATE INDEX own_title FOR (n:`Reading list`) ON (n.title)")
    try:
        assert own_indexes(store) == ["Reading list (title)"]
    finally:
        store.write("DROP INDEX own_title")
