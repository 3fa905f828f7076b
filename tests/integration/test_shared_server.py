"""Several users of one Neo4j: loads at once, connections that break, statements that look alike."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.errors import QueryTimeout, StoreError, WriteRefused
from kb.ingest.load import load
from kb.ingest.remove import remove
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from kb.store.digest import digest
from tests.integration.conftest import server_settings
from tests.integration.test_cli import Kb, one_sentence
from tests.integration.test_time_bound import DEAF, HEAVY
from tests.neo4j_server import Neo4jServer, wipe
from tests.proxy import Proxy, proxied
from tests.shared import ROOT, patience

ROUNDS = int(os.environ.get("KB_TEST_ROUNDS", "2"))
INTERVIEWS = sorted((ROOT / "data" / "interviews").iterdir())
PACKSTREAM_COMMIT = b"\xb0\x12"  # the Bolt message COMMIT: a structure without fields
COMMIT = b"\x00\x02" + PACKSTREAM_COMMIT  # after the length of its only chunk
# Who loads what: a list of files for each of the loads at once.
SHARES = {
    "two, the same": [INTERVIEWS, INTERVIEWS],
    "two, others": [INTERVIEWS[::2], INTERVIEWS[1::2]],
    "four, the same": [INTERVIEWS] * 4,
    "four, others": [INTERVIEWS[at::4] for at in range(4)],
    "four, some the same": [INTERVIEWS[:3], INTERVIEWS[1:], INTERVIEWS[2:4], INTERVIEWS],
}


@pytest.fixture
def empty(neo4j_server: Neo4jServer) -> Iterator[Settings]:
    """The test server as it was born: without constraints, which the loads have to make."""
    with neo4j_server.driver() as driver:
        wipe(driver, neo4j_server.database)
        yield server_settings(neo4j_server)
        wipe(driver, neo4j_server.database)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of one load after another, on the other engine."""
    with open_store(Settings(KB_DB=tmp_path_factory.mktemp("one") / "db")) as store:
        load(store, INTERVIEWS)
        return digest(store)


def _login(settings: Settings) -> dict[str, str]:
    """Settings as the environment of a process."""
    return {
        "NEO4J_URI": str(settings.neo4j_uri), "NEO4J_USERNAME": settings.neo4j_username,
        "NEO4J_PASSWORD": settings.neo4j_password.get_secret_value(),
        "NEO4J_DATABASE": settings.neo4j_database,
    }  # fmt: skip


def _left_over(store: Store) -> object:
    return store.read("MATCH (n) WHERE n:Pending OR n:Lock RETURN count(n) AS n").rows


@pytest.mark.parametrize("shares", SHARES.values(), ids=SHARES.keys())
def test_loads_at_once_give_what_one_after_another_gives(
    empty: Settings, neo4j_server: Neo4jServer, expected: str, shares: list[list[Path]]
) -> None:
    for _ in range(ROUNDS):
        with neo4j_server.driver() as driver:
            wipe(driver, neo4j_server.database)
        together = threading.Barrier(len(shares))

        def one(paths: list[Path], together: threading.Barrier = together) -> bool:
            with open_store(empty) as store:
                together.wait()
                return load(store, paths).failed

        with ThreadPoolExecutor(len(shares)) as pool:
            assert list(pool.map(one, shares)) == [False] * len(shares)
        with open_store(empty) as store:
            assert digest(store) == expected
            assert _left_over(store) == [{"n": 0}]


def test_a_load_while_another_removes(empty: Settings, expected: str) -> None:
    with open_store(empty) as first, open_store(empty) as second:
        load(first, INTERVIEWS)
        with ThreadPoolExecutor(2) as pool:
            gone = pool.submit(remove, first, "903")
            again = pool.submit(load, second, INTERVIEWS)
            gone.result()
            again.result()
        load(second, INTERVIEWS)
        assert digest(second) == expected


def test_a_lock_of_a_process_that_dies_is_free(empty: Settings, expected: str) -> None:
    with proxied(str(empty.neo4j_uri)) as proxy:
        through = _through(empty, proxy)
        with open_store(through) as dead, open_store(empty) as alive:
            with dead.loading():
                loaded = threading.Thread(target=load, args=(alive, INTERVIEWS))
                loaded.start()
                loaded.join(1)
                assert loaded.is_alive()  # it waits
                proxy.cut()
                loaded.join(120)
                assert not loaded.is_alive()
            assert digest(alive) == expected


def _through(settings: Settings, proxy: Proxy, scheme: str = "bolt") -> Settings:
    return settings.model_copy(update={"neo4j_uri": f"{scheme}://127.0.0.1:{proxy.port}"})


def _packed(value: str | dict[str, object]) -> bytes:
    """A short text, or a map of them, in Packstream (neo4j.com/docs/bolt/current/packstream)."""
    if isinstance(value, str):
        return bytes((0xD0, len(value))) + value.encode()
    items = (_packed(key) + _packed(item) for key, item in value.items())  # type: ignore[arg-type]
    return bytes((0xA0 + len(value),)) + b"".join(items)


def _failure(code: str) -> bytes:
    """The Bolt message FAILURE, in the words of Bolt before 5.7 and since."""
    said: dict[str, object] = {
        "code": code, "neo4j_code": code, "message": "No longer leader", "gql_status": "50N42",
        "description": "error: general processing exception", "diagnostic_record": {},
    }  # fmt: skip
    message = b"\xb1\x7f" + _packed(said)
    return len(message).to_bytes(2) + message + b"\x00\x00"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("nth", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "code", ["Neo.ClientError.Cluster.NotALeader", "Neo.TransientError.Cluster.NoLeaderAvailable"]
)
def test_a_load_goes_on_when_the_leader_changes(
    empty: Settings, expected: str, scheme: str, nth: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member that leads steps down before a commit: the server says so, and has not kept it."""
    monkeypatch.setattr("kb.ingest.writing._ROWS", 200)  # several transactions
    with (
        proxied(str(empty.neo4j_uri)) as proxy,
        open_store(_through(empty, proxy, scheme)) as store,
    ):
        store.ensure_schema()
        seen = 0

        def answer(piece: bytes) -> bytes | None:
            nonlocal seen
            seen += piece.startswith(COMMIT)
            return _failure(code) if piece.startswith(COMMIT) and seen == nth else None

        proxy.instead = answer
        report = load(store, INTERVIEWS)
        assert not report.failed
        assert report.count("loaded") == len(INTERVIEWS)
        assert seen > nth
        assert digest(store) == expected
        assert _left_over(store) == [{"n": 0}]


def test_one_process_reads_what_another_has_loaded_by_routing(
    empty: Settings, expected: str, tmp_path: Path
) -> None:
    """All goes through the routing table, whose addresses are the proxy's."""
    kb = Kb(tmp_path, tmp_path)
    with proxied(str(empty.neo4j_uri)) as proxy:
        login = _login(_through(empty, proxy, "neo4j"))
        loaded = kb("load", *INTERVIEWS, **login)
        assert loaded.returncode == 0, loaded.stderr
        proxy.sent.clear()
        shown = kb("status", "--format", "json", **login)
        assert json.loads(shown.stdout)["digest"] == expected
        assert b"FB:" in proxy.sent  # the bookmark of what there was when the process began


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_load_whose_server_goes_away_ends_with_one_sentence_and_the_next_one_mends_it(
    empty: Settings, expected: str, scheme: str, tmp_path: Path
) -> None:
    kb = Kb(tmp_path, tmp_path)
    with proxied(str(empty.neo4j_uri)) as proxy:
        seen = 0

        def gone(piece: bytes) -> bool:
            nonlocal seen
            seen += piece.startswith(COMMIT)
            if seen > 4:
                proxy.close()  # nothing listens there any more
            return seen > 4

        proxy.before = gone
        run = kb("load", *INTERVIEWS, **_login(_through(empty, proxy, scheme)))
        one_sentence(run, 4, str(proxy.port))
    with open_store(empty) as store:
        load(store, INTERVIEWS)
        assert digest(store) == expected
        assert _left_over(store) == [{"n": 0}]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5])
def test_a_load_whose_commit_is_cut_is_whole(
    empty: Settings, expected: str, when: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks before the server has a commit, or before it has answered one."""
    monkeypatch.setattr("kb.ingest.writing._ROWS", 200)  # several transactions
    with proxied(str(empty.neo4j_uri)) as proxy, open_store(_through(empty, proxy)) as store:
        store.ensure_schema()
        seen = 0

        def is_it(piece: bytes) -> bool:
            nonlocal seen
            if not piece.startswith(COMMIT):
                return False
            seen += 1
            return seen == nth + 2  # two belong to the lock

        setattr(proxy, when, is_it)
        report = load(store, INTERVIEWS)
        assert not report.failed
        assert report.count("loaded") == len(INTERVIEWS)
        assert seen > nth + 2
        assert digest(store) == expected
        assert _left_over(store) == [{"n": 0}]


def test_a_load_goes_on_when_connections_break_again_and_again(
    empty: Settings, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.ingest.writing._ROWS", 200)
    with proxied(str(empty.neo4j_uri)) as proxy, open_store(_through(empty, proxy)) as store:
        store.ensure_schema()
        done = threading.Event()

        def cut() -> None:
            for _ in range(4):
                done.wait(0.4)
                proxy.cut()

        cutting = threading.Thread(target=cut)
        cutting.start()
        assert not load(store, INTERVIEWS).failed
        done.set()
        cutting.join()
        assert digest(store) == expected


def test_the_routing_scheme_loads_and_reads(empty: Settings, expected: str) -> None:
    uri = str(empty.neo4j_uri).replace("bolt://", "neo4j://")
    with open_store(empty.model_copy(update={"neo4j_uri": uri})) as store:
        load(store, INTERVIEWS)
        assert digest(store) == expected


def test_a_read_says_how_new_the_graph_must_be(empty: Settings) -> None:
    """A member of a cluster that lags behind waits for it: what others have loaded, and this process."""
    with open_store(empty) as other:
        load(other, INTERVIEWS)
    with proxied(str(empty.neo4j_uri)) as proxy, open_store(_through(empty, proxy)) as store:
        for write in (False, True):
            if write:
                store.transaction(lambda tx: tx.run("CREATE (:Mine)"))
            proxy.sent.clear()
            store.read("MATCH (n) RETURN count(n) AS n")
            assert b"bookmarks" in proxy.sent
            assert b"FB:" in proxy.sent


def test_a_timeout_ends_no_statement_of_somebody_else(empty: Settings, neo4j_server: Neo4jServer) -> None:
    """Another user runs the same text, and has for longer."""
    text = HEAVY["rows"]
    with neo4j_server.driver() as driver, driver.session(database=neo4j_server.database) as session:
        theirs = session.begin_transaction()
        result = theirs.run(text)
        with open_store(empty) as store:
            with pytest.raises(QueryTimeout):
                store.read(text, timeout=1)
            running = "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS q, status AS s"
            rows = [row for row in store.read(running).rows if row["q"] == text]
            assert [row["s"] for row in rows] == ["Running"]
            store.write("TERMINATE TRANSACTIONS $id", {"id": rows[0]["id"]})
        with pytest.raises(Exception, match="terminated"):
            result.consume()


def test_a_timeout_says_so_where_the_server_runs_on(empty: Settings) -> None:
    some = DEAF["list"].replace("10000000", "200000")  # runs for seconds, then ends by itself
    with open_store(empty) as store:
        with pytest.raises(QueryTimeout, match="has not ended it") as caught:
            store.read(some, timeout=0.5)
        assert "was ended" not in str(caught.value)
        for _ in range(600):
            if not [r for r in store.read("SHOW TRANSACTIONS").rows if r["currentQuery"] == some]:
                break
            time.sleep(0.1)


HIDDEN = {
    "comment": "LOAD/**/CSV FROM 'file:///x.csv' AS l RETURN l",
    "a line's end that is one for the server alone": "//\r LOAD CSV FROM 'file:///x.csv' AS l RETURN l // '",
    "a blank that is one for the server alone": "LOAD\u180eCSV FROM 'file:///x.csv' AS l RETURN l",
    "within": "MATCH (n) CALL { LOAD CSV FROM 'file:///x.csv' AS l RETURN count(l) AS c } RETURN c",
}


@pytest.mark.parametrize("look", [True, False], ids=["words", "no look at the words"])
@pytest.mark.parametrize("statement", HIDDEN.values(), ids=HIDDEN.keys())
def test_no_read_loads_csv(
    empty: Settings, statement: str, look: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not look:
        monkeypatch.setattr("kb.store.bolt.writes", lambda _: None)
    with open_store(empty) as store:
        with pytest.raises(StoreError) as caught:
            store.read(statement)
        assert isinstance(caught.value, WriteRefused) or "Invalid input" in str(caught.value)
        assert store.read("RETURN 'a.csv' AS x, '\\u0041' AS y").rows == [{"x": "a.csv", "y": "A"}]


def test_who_waits_for_another_load_is_told_once_for_whom(empty: Settings, tmp_path: Path) -> None:
    kb = Kb(tmp_path, tmp_path)
    login = _login(empty)
    with open_store(empty) as store, ThreadPoolExecutor(1) as pool:
        with store.loading():
            waits = pool.submit(lambda: kb("load", INTERVIEWS[0], **login))
            until = time.monotonic() + patience(40)
            asked = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.kb_load IS NOT NULL RETURN count(*) AS n"
            while store.read(asked).rows[0]["n"] < 2 and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(4)
        run = waits.result()
    assert run.returncode == 0
    told = [line for line in run.stderr.splitlines() if "another load" in line]
    assert len(told) == 1
    assert f"process {os.getpid()} on" in told[0]
    assert str(empty.neo4j_uri) in told[0]
