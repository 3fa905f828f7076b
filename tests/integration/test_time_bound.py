"""A read ends at its time bound, on the server too, and the graph is there as before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.errors import QueryTimeout, StoreError
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store
from tests.integration.conftest import server_settings
from tests.integration.test_cli import BASE, KB
from tests.neo4j_server import Neo4jServer
from tests.shared import ROOT, patience

BOUND = 0.5  # seconds; each of these would take minutes
HEAVY = {
    "rows": "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*) AS n",
    "rows that come at once": "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a, b",
    "walks": "MATCH p = (:N)-[:L*1..8]->(:N) RETURN count(p) AS n",
    "walks for each node": "MATCH (a:N) CALL { WITH a MATCH (a)-[:L*1..8]->(b) RETURN count(b) AS n } "
    "RETURN sum(n) AS n",
    "product": "MATCH (a:N), (b:N), (c:N), (d:N) WHERE a.i + b.i + c.i + d.i = -1 RETURN a",
    "order": "UNWIND range(1, 9000000) AS a WITH a, -a AS m ORDER BY m WITH collect(a) AS all "
    "UNWIND all AS a WITH a ORDER BY a RETURN count(*) AS n",
    "walks in a list": "MATCH (a:N) RETURN size([(a)-[:L*1..8]->(b) | b.i]) AS n",
}
#: The embedded engine looks at no clock while it does these; Neo4j neither, and there nothing else helps.
DEAF = {
    "list": "RETURN size([x IN range(1, 10000000) WHERE any(y IN range(1, 10000) WHERE y = -x)]) AS n",
    "doubling": "RETURN size(reduce(s = [1], x IN range(1, 40) | s + s)) AS n",
}


@pytest.fixture
def tangle(store: Store) -> Store:
    """300 nodes, each with seven links: 49 walks of two steps from each, 5.7 million of eight."""
    store.write("UNWIND range(0, 299) AS i CREATE (:N {i: i})")
    store.write(
        "UNWIND range(0, 299) AS i UNWIND [1, 7, 31, 64, 101, 150, 222] AS by "
        "MATCH (a:N {i: i}) MATCH (b:N {i: (i * 3 + by) % 300}) CREATE (a)-[:L]->(b)"
    )
    return store


def _runs(store: Store, statement: str) -> bool:
    """Whether the server still lists it; Neo4j does for moments after it has ended it."""
    for _ in range(50):
        if statement not in [row["currentQuery"] for row in store.read("SHOW TRANSACTIONS").rows]:
            return False
        time.sleep(0.1)
    return True


def _links(store: Store) -> object:
    return store.read("MATCH (:N)-[r:L]->(:N) RETURN count(r) AS n").rows


@pytest.mark.parametrize("statement", HEAVY.values(), ids=HEAVY.keys())
def test_a_read_ends_at_its_bound_and_nothing_runs_on(tangle: Store, statement: str) -> None:
    with pytest.raises(QueryTimeout, match=r"0\.5 s.*--timeout") as caught:
        tangle.read(statement, timeout=BOUND)
    assert caught.value.seconds == BOUND
    assert "\n" not in str(caught.value)
    assert not _runs(tangle, statement)
    assert _links(tangle) == [{"n": 2100}]


@pytest.mark.parametrize("statement", DEAF.values(), ids=DEAF.keys())
def test_a_read_that_does_not_listen_ends_too(embedded_store: Store, statement: str) -> None:
    embedded_store.write("MATCH (n) DETACH DELETE n")
    embedded_store.write("CREATE (:N)-[:L]->(:N)")
    with pytest.raises(QueryTimeout):
        embedded_store.read(statement, timeout=BOUND)
    assert not _runs(embedded_store, statement)
    assert _links(embedded_store) == [{"n": 1}]
    embedded_store.write("MATCH (:N)-[r]->() DELETE r")  # and it can be written
    assert _links(embedded_store) == [{"n": 0}]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processor time is read in /proc")
@pytest.mark.parametrize("statement", [HEAVY["rows"], DEAF["list"]], ids=["listens", "deaf"])
def test_no_processor_time_is_used_afterwards(tmp_path: Path, statement: str) -> None:
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        with pytest.raises(QueryTimeout):
            store.read(statement, timeout=BOUND)
        then = _processor_time()
        time.sleep(1)
        assert _processor_time() - then < 0.2  # seconds; the statement would use 1


def test_a_read_within_its_bound_is_answered(store: Store) -> None:
    assert store.read("RETURN 1 AS x", timeout=60).rows == [{"x": 1}]
    assert store.read("RETURN 1 AS x", timeout=0).rows == [{"x": 1}]


@pytest.fixture(params=["embedded", "neo4j"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for a store of the test's own, on each engine."""
    if request.param == "embedded":
        return Settings(KB_DB=tmp_path / "db")
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    return server_settings(server)


def test_the_settings_name_a_bound_for_all_reads(settings: Settings) -> None:
    assert settings.timeout == 60
    with open_store(settings.model_copy(update={"timeout": 0.05})) as store:
        with pytest.raises(QueryTimeout, match=r"0\.05 s"):
            store.read(HEAVY["rows"])
        with pytest.raises(QueryTimeout, match=r"0\.1 s"):
            store.read(HEAVY["rows"], timeout=0.1)
        longer = "UNWIND range(1, 400000) AS x RETURN count(DISTINCT x) AS n"
        assert store.read(longer, timeout=0).rows == [{"n": 400_000}]
        assert store.write(longer).rows == [{"n": 400_000}]


def test_a_write_that_is_ended_wrote_nothing(store: Store) -> None:
    with pytest.raises(QueryTimeout):
        store.write(
            "CREATE (:Mark) WITH 1 AS one UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
            "RETURN count(*) AS n",
            timeout=BOUND,
        )
    assert store.read("MATCH (m:Mark) RETURN count(m) AS n").rows == [{"n": 0}]


def test_other_threads_do_not_notice(embedded_store: Store) -> None:
    # The deaf statement ends with the engine's process; what others read and write meanwhile is whole.
    embedded_store.write("MATCH (n) DETACH DELETE n")
    embedded_store.ensure_schema()
    failed: list[BaseException] = []
    read: list[object] = []
    over = threading.Event()

    def reading() -> None:
        while not over.is_set():
            read.append(embedded_store.read("RETURN 1 AS x").rows)

    def writing() -> None:
        written = 0
        while not over.is_set():
            embedded_store.write("CREATE (:Mark {i: $i})", {"i": written})
            written += 1
        marks = embedded_store.read("MATCH (m:Mark) RETURN count(m) AS n, count(DISTINCT m.i) AS each").rows
        assert marks == [{"n": written, "each": written}]

    def noting(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                failed.append(error)

        return run

    threads = [threading.Thread(target=noting(work)) for work in (reading, reading, writing)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        with pytest.raises(QueryTimeout):
            embedded_store.read(DEAF["list"], timeout=0.2)
    over.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert read
    assert all(rows == [{"x": 1}] for rows in read)


# --- the engine's process -----------------------------------------------------------------------


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def _processor_time() -> float:
    """Seconds that this process and its children have used."""
    ticks = 0
    for pid in (os.getpid(), *_children(os.getpid())):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # `ps` itself
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


needs_ps = pytest.mark.skipif(sys.platform == "win32", reason="processes are listed by ps")


@needs_ps
def test_an_engine_that_dies_is_told_and_started_anew(tmp_path: Path) -> None:
    others = set(_children(os.getpid()))
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        store.write("CREATE (:Mark)")
        (engine,) = [pid for pid in _children(os.getpid()) if pid not in others and _is_engine(pid)]
        threading.Timer(0.5, os.kill, (engine, signal.SIGKILL)).start()
        with pytest.raises(StoreError) as caught:
            store.read(HEAVY["rows"])
        assert str(tmp_path / "db" / "log") in str(caught.value)
        assert "NEO4J" not in str(caught.value)
        assert store.read("MATCH (m:Mark) RETURN count(m) AS n").rows == [{"n": 1}]


def _is_engine(pid: int) -> bool:
    shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "serve.py" in shown.stdout


@pytest.fixture
def user(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the database open and runs a statement without end."""
    code = """
        import sys
        from pathlib import Path
        from kb.settings import Settings
        from kb.store import open_store
        with open_store(Settings(KB_DB=Path(sys.argv[1]))) as store:
            store.write("CREATE (:Mark)")
            print("open", flush=True)
            store.read(sys.argv[2], timeout=0)
        """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "db"), DEAF["list"]],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(0.3)  # into the statement
    yield process
    process.kill()
    process.communicate()


@needs_ps
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_an_engine_goes_with_the_process_that_started_it(
    user: subprocess.Popen[str], tmp_path: Path, how: str
) -> None:
    (engine,) = [pid for pid in _children(user.pid) if _is_engine(pid)]
    user.send_signal(signal.Signals[how])
    user.communicate(timeout=30)
    for _ in range(100):
        if not _is_engine(engine):
            break
        time.sleep(0.1)
    assert not _is_engine(engine)
    with open_store(Settings(KB_DB=tmp_path / "db")) as store:
        assert store.read("MATCH (m:Mark) RETURN count(m) AS n").rows == [{"n": 1}]


# --- the command line ---------------------------------------------------------------------------


@pytest.fixture(params=["embedded", "neo4j"])
def kb(request: pytest.FixtureRequest, tmp_path: Path) -> Cypher:
    """``kb cypher`` on each engine in turn."""
    env = dict(BASE)
    if request.param == "neo4j":
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        env |= {"NEO4J_URI": server.uri, "NEO4J_PASSWORD": server.password, "NEO4J_DATABASE": server.database}
    else:
        env |= {"KB_DB": str(tmp_path / "db")}
    return Cypher(env, tmp_path)


class Cypher:
    """``kb cypher`` on one graph."""

    def __init__(self, env: dict[str, str], cwd: Path) -> None:
        self.env, self.cwd = env, cwd

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(KB), "cypher", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.env | env, cwd=self.cwd,
        )  # fmt: skip

    def __call__(self, *words: str, **env: str) -> tuple[int, str, str]:
        run = self.start(*words, **env)
        out, err = run.communicate(timeout=patience(120))
        return run.returncode, out, err


def test_the_command_ends_at_the_bound_with_a_sentence_and_a_code_of_its_own(kb: Cypher) -> None:
    assert kb("CREATE (:Mark)", "--write")[0] == 0
    for words, env in ((("--timeout", "0.5"), {}), ((), {"KB_TIMEOUT": "0.5"})):
        code, out, err = kb(HEAVY["rows"], *words, **env)
        assert (code, out) == (6, "")
        assert err.startswith("kb: ")
        assert err.count("\n") == 1
        assert "0.5 s" in err
        assert "--timeout" in err


def test_the_option_counts_more_than_the_environment_and_0_is_no_bound(kb: Cypher) -> None:
    assert kb("CREATE (:Mark)", "--write")[0] == 0
    quick = "UNWIND range(1, 400000) AS x RETURN count(DISTINCT x) AS n"
    assert kb(quick, KB_TIMEOUT="0.01")[0] == 6
    code, out, _err = kb(quick, "--timeout", "0", "--format", "csv", KB_TIMEOUT="0.01")
    assert (code, out.split()) == (0, ["n", "400000"])


def test_a_bound_that_is_no_number_is_told(kb: Cypher) -> None:
    code, _out, err = kb("RETURN 1", KB_TIMEOUT="soon")
    assert (code, err.count("\n")) == (2, 1)
    assert "KB_TIMEOUT" in err
    assert kb("RETURN 1", "--timeout", "-1")[0] == 2


def test_ctrl_c_ends_a_statement_without_a_traceback(kb: Cypher) -> None:
    assert kb("CREATE (:Mark)", "--write")[0] == 0
    run = kb.start(HEAVY["rows"])
    time.sleep(3)  # into the statement
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, out) == (130, "")
    assert "Traceback" not in err
    code, out, _err = kb("SHOW TRANSACTIONS", "--format", "json")
    assert code == 0
    assert HEAVY["rows"] not in out
