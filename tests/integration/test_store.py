"""Both engines keep the same promises: what reads cannot write, what fails leaves no trace."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from kb.errors import StoreError, StoreLocked, StoreUnavailable, WriteRefused
from kb.graph import Edge, Node
from kb.schema import EXTRA_INDEXES, NODES
from kb.settings import Settings
from kb.store import open_store
from kb.store.bolt import Store, Tx
from kb.store.digest import digest
from kb.store.guard import writes
from kb.store.rows import EdgeRow, NodeRow
from kb.store.sync import drop_orphans, sync_owned, upsert_shared
from tests.integration.conftest import server_settings
from tests.neo4j_server import Neo4jServer
from tests.shared import ROOT

WRITES = [
    "CREATE (n:X)",
    "create(n:X)",
    "MERGE (n:X {a: 1})",
    "MATCH (n:Mark) SET n.x = 1",
    "match (n:Mark) set n += {x: 1}",
    "MATCH (n:Mark) SET n:More",
    "MATCH (n:Mark) REMOVE n.name",
    "MATCH (n:Mark) DELETE n",
    "MATCH (n:Mark) DELETE(n)",
    "MATCH (n:Mark)\nDETACH\nDELETE n",
    "MATCH (n:Mark) FOREACH (x IN [1] | SET n.a = x)",
    "FOREACH(x IN [1] | CREATE (:X))",
    "CALL { CREATE (n:X) RETURN n } RETURN n",
    "MATCH (n:Mark) CALL { WITH n SET n.x = 1 } RETURN n",
    "CREATE INDEX extra FOR (n:X) ON (n.a)",
    "CREATE CONSTRAINT extra FOR (n:X) REQUIRE n.a IS UNIQUE",
    "DROP CONSTRAINT kb_turn_id IF EXISTS",
    "CALL db.index.fulltext.createNodeIndex('a', ['b'], ['c'])",
    "MATCH (n:Mark) /* x */ SET /* y */ n.x = 1",
    "// only reads\nCREATE (n:X)",
    "MATCH (n:Mark) WITH n AS set SET set.x = 1",
    "MATCH (n:Mark) SET `n`.x = 1",
    "MERGE (n:X {a: 1}) ON CREATE SET n.b = 2 RETURN n.b AS create",
]
READS = [
    "MATCH (set) RETURN set",
    "MATCH (n) RETURN n.name AS set ORDER BY set",
    "RETURN 'CREATE (n)' AS x",
    'RETURN "it\'s DELETE" AS x',
    "MATCH (n) WHERE n.name = 'a \\' SET b' RETURN n.set AS x",
    "MATCH (n)-[:`CREATE`]->(m:`DELETE me`) RETURN n",
    "RETURN {set: 1, create: 2} AS m",
    "// CREATE\nMATCH (n) RETURN n /* MERGE */",
    "MATCH (n) RETURN n.name AS `MERGE`",
    "UNWIND [1] AS update WITH update WHERE update > 0 RETURN update + 1 AS x",
    "MATCH (n) WHERE n.offset > 1 OR n.created > 1 RETURN n",
    "RETURN [set IN [1, 2] WHERE set > 1 | set] AS delete",
]


@pytest.mark.parametrize("statement", WRITES)
def test_a_read_cannot_write(store: Store, statement: str) -> None:
    store.ensure_schema()
    store.write("CREATE (:Mark {name: 'before'})")
    constraints = _constraints(store)
    with pytest.raises(WriteRefused):
        store.read(statement)
    rows = store.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p").rows
    assert rows == [{"l": ["Mark"], "p": {"name": "before"}}]
    assert _constraints(store) == constraints


@pytest.mark.parametrize("statement", READS)
def test_a_read_with_a_writing_word_for_a_name_is_let_through(store: Store, statement: str) -> None:
    store.read(statement)


@pytest.mark.parametrize(
    "statement",
    ["MATCH (n:Mark) SET(n).x = 1", "MATCH (n:Mark) REMOVE(n).name", "MATCH (n:Mark) SET n.x = 1"],
)
def test_what_the_words_do_not_tell_is_not_kept(
    store: Store, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Behind the look at the words: a server that refuses, or, where the embedded engine refuses only what is
    # committed, a read that is rolled back.
    monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    store.write("CREATE (:Mark {name: 'before'})")
    with suppress(WriteRefused) if store.embedded else pytest.raises(WriteRefused):
        store.read(statement)
    assert store.read("MATCH (n) RETURN properties(n) AS p").rows == [{"p": {"name": "before"}}]


def test_the_writing_word_is_named() -> None:
    assert writes("MATCH (n)\nDETACH DELETE n") == "DETACH"
    assert writes("load  csv FROM 'x' AS row RETURN row") == "LOAD CSV"


def test_the_schema_is_made_once_and_again_without_complaint(store: Store) -> None:
    store.ensure_schema()
    first = _constraints(store)
    wanted = [(node.label, node.key, True) for node in NODES] + [(*index, False) for index in EXTRA_INDEXES]
    locks = [] if store.embedded else [("Lock", "id", True)]
    assert first == sorted(wanted + locks)
    store._schema_done = False
    store.ensure_schema()
    assert _constraints(store) == first


def test_a_key_is_unique(store: Store) -> None:
    store.ensure_schema()
    store.write("CREATE (:Concept {name: 'X'})")
    with pytest.raises(StoreError):
        store.write("CREATE (:Concept {name: 'X'})")
    assert store.read("MATCH (c:Concept) RETURN count(c) AS n").rows == [{"n": 1}]


def test_a_transaction_happens_whole_or_not(store: Store) -> None:
    store.write("CREATE (:Mark {name: 'before'})")

    def work(tx: Tx) -> None:
        tx.batch("UNWIND $rows AS row CREATE (:Concept {name: row.n})", [{"n": str(n)} for n in range(2500)])
        tx.run("MATCH (n:Mark) DELETE n")
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        store.transaction(work)
    assert store.read("MATCH (n) RETURN properties(n) AS p").rows == [{"p": {"name": "before"}}]


def test_a_refused_statement_undoes_its_transaction(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.run("CREATE (:Concept {name: 'X'})")
        tx.run("THIS IS NO CYPHER")

    with pytest.raises(StoreError) as caught:
        store.transaction(work)
    assert "\n" not in str(caught.value)
    assert store.read("MATCH (n) RETURN count(n) AS n").rows == [{"n": 0}]


def test_an_error_names_what_is_wrong_in_one_line(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.read("RETURN $absent AS x")
    assert "absent" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_values_come_back_alike_from_both_engines(store: Store) -> None:
    store.write(
        "CREATE (:Concept {name: 'a', b: true, l: [1, 2], s: 'ß€𝄞'})-[:CAUSES {claims: 2, f: 0.5}]->"
        "(:Concept {name: 'b'})"
    )
    row = store.read(
        "MATCH p = (a:Concept {name: 'a'})-[r:CAUSES]->(b) RETURN a, r, b, p, 1 AS i, 2.5 AS f, "
        "2.0 AS whole, false AS no, null AS none, [1, [2, null]] AS l, {k: [1], z: {y: 'x'}} AS m, "
        "date('2024-02-29') AS d, point({x: 1, y: 2}) AS at, [a.name, b] AS mixed, $given AS given",
        {"given": {"list": ["a", 1, None]}},
    ).rows[0]
    a = Node(id="a", labels=("Concept",), properties={"b": True, "l": [1, 2], "name": "a", "s": "ß€𝄞"})
    b = Node(id="b", labels=("Concept",), properties={"name": "b"})
    edge = Edge(type="CAUSES", start="a", end="b", properties={"claims": 2, "f": 0.5})
    assert (row["a"], row["r"], row["b"]) == (a, edge, b)
    assert (row["p"].nodes, row["p"].edges) == ((a, b), (edge,))
    assert [row[c] for c in ("i", "f", "whole", "no", "none")] == [1, 2.5, 2.0, False, None]
    assert [type(row[c]) for c in ("i", "f", "whole", "no")] == [int, float, float, bool]
    assert row["l"] == [1, [2, None]]
    assert row["m"] == {"k": [1], "z": {"y": "x"}}
    assert row["d"] == "2024-02-29"
    assert row["at"]["coordinates"] == [1.0, 2.0]
    assert row["mixed"] == ["a", b]
    assert row["given"] == {"list": ["a", 1, None]}


def test_an_edge_walked_backwards_keeps_its_direction(store: Store) -> None:
    store.write("CREATE (:Concept {name: 'a'})-[:CAUSES]->(:Concept {name: 'b'})")
    path = store.read("MATCH p = (b:Concept {name: 'b'})<-[:CAUSES]-(a) RETURN p").rows[0]["p"]
    assert [node.id for node in path.nodes] == ["b", "a"]
    assert [(edge.start, edge.end) for edge in path.edges] == [("a", "b")]


# --- sync: what is a user's own stays ---------------------------------------------------------


def _concept(name: str, *labels: str, **properties: object) -> NodeRow:
    return NodeRow("Concept", name, ("Concept", *labels), {"kind": "issue", **properties})


def _interview(*nodes: NodeRow) -> list[NodeRow]:
    return [NodeRow("Interview", "1", ("Interview",), {"title": "Interview 1"}), *nodes]


def _speaker(role: str | None) -> NodeRow:
    extra = (role.capitalize(),) if role else ()
    return NodeRow("Speaker", "1/Zoë", ("Speaker", *extra), {"interview": "1", "label": "Zoë", "role": role})


def _own_things(store: Store, label: str) -> list[dict[str, object]]:
    return store.read(
        f"MATCH (n:{label}) OPTIONAL MATCH (n)-[r]-(x) RETURN labels(n) AS labels, n.mine AS mine, "
        "type(r) AS t, r.why AS why, startNode(r) = n AS out, coalesce(x.name, x.text) AS x ORDER BY t, out"
    ).rows


@pytest.mark.parametrize("what", ["kind", "property", "nothing"])
def test_a_concept_that_changes_keeps_what_a_user_added(store: Store, what: str) -> None:
    store.transaction(lambda tx: upsert_shared(tx, [_concept("X", "Issue"), _concept("Y", "Issue")], []))
    store.write(
        "MATCH (x:Concept {name: 'X'}), (y:Concept {name: 'Y'}) SET x:Mine, x.mine = 'kept' "
        "CREATE (x)-[:`SEE ALSO` {why: 'note'}]->(:Memo {text: 'own node'}) "
        "CREATE (y)-[:LIKE {why: 'edge'}]->(x) CREATE (x)-[:SELF {why: 'loop'}]->(x)"
    )
    change = {
        "kind": _concept("X", "Fix", kind="fix"),
        "property": _concept("X", "Issue", description="new"),
        "nothing": _concept("X", "Issue"),
    }[what]
    store.transaction(lambda tx: upsert_shared(tx, [change, _concept("Y", "Issue")], []))
    rows = store.read("MATCH (n:Concept {name: 'X'}) RETURN labels(n) AS l, properties(n) AS p").rows
    assert set(rows[0]["l"]) == {*change.labels, "Mine"}
    assert rows[0]["p"] == {**change.stored, "mine": "kept"}
    edges = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, r.why AS why, coalesce(a.name, a.text) AS a, "
        "coalesce(b.name, b.text) AS b ORDER BY t"
    ).rows
    assert [tuple(row.values()) for row in edges] == [
        ("LIKE", "edge", "Y", "X"),
        ("SEE ALSO", "note", "X", "own node"),
        ("SELF", "loop", "X", "X"),
    ]


def test_a_property_that_is_no_longer_there_goes(store: Store) -> None:
    store.transaction(lambda tx: upsert_shared(tx, [_concept("X", "Issue", description="old")], []))
    store.transaction(lambda tx: upsert_shared(tx, [_concept("X", "Issue")], []))
    row = store.read("MATCH (n:Concept) RETURN n.description AS d, n.kind AS k").rows[0]
    assert row == {"d": None, "k": "issue"}


@pytest.mark.parametrize(("before", "after"), [("interviewee", "interviewer"), (None, "interviewee")])
def test_a_speaker_whose_role_changes_keeps_a_users_edges(
    store: Store, before: str | None, after: str
) -> None:
    edge = EdgeRow("TOOK_PART_IN", ("Speaker", "1/Zoë"), ("Interview", "1"), {})
    store.transaction(lambda tx: sync_owned(tx, "1", _interview(_speaker(before)), [edge]))
    store.write(
        "MATCH (s:Speaker) SET s.mine = 'kept' CREATE (s)-[:WORKS_AT {why: 'own'}]->(:Firm {name: 'F'})"
    )
    store.transaction(lambda tx: sync_owned(tx, "1", _interview(_speaker(after)), [edge]))
    rows = _own_things(store, "Speaker")
    assert {row["t"] for row in rows} == {"TOOK_PART_IN", "WORKS_AT"}
    assert len(rows) == 2
    assert set(rows[0]["labels"]) == {"Speaker", after.capitalize()}  # type: ignore[call-overload]
    assert rows[0]["mine"] == "kept"


def test_the_same_again_writes_nothing(store: Store) -> None:
    nodes = _interview(_speaker("interviewee"))
    edges = [EdgeRow("TOOK_PART_IN", ("Speaker", "1/Zoë"), ("Interview", "1"), {})]
    assert store.transaction(lambda tx: sync_owned(tx, "1", nodes, edges))
    store.write("MATCH (s:Speaker) SET s.mine = 1 CREATE (s)-[:KNOWS]->(:Firm {name: 'F'})")
    assert not store.transaction(lambda tx: sync_owned(tx, "1", nodes, edges))


def test_a_users_additions_leave_the_digest_alone(store: Store) -> None:
    store.transaction(lambda tx: upsert_shared(tx, [_concept("X", "Issue"), _concept("Y")], []))
    before = digest(store)
    store.write("MATCH (x:Concept {name: 'X'}) SET x:Mine, x.mine = 1 CREATE (x)-[:LIKE]->(:Memo {a: 1})")
    assert digest(store) == before
    store.write("MATCH (x:Concept {name: 'X'}) SET x.kind = 'fix'")
    assert digest(store) != before


def test_what_nothing_speaks_of_goes_and_a_users_node_stays(store: Store) -> None:
    store.transaction(lambda tx: upsert_shared(tx, [_concept("X", "Issue")], []))
    store.write("CREATE (:Memo {text: 'own'})")
    store.transaction(drop_orphans)
    assert store.read("MATCH (n) RETURN labels(n) AS l").rows == [{"l": ["Memo"]}]


# --- reaching a store ------------------------------------------------------------------------


def test_wrong_password_is_told_in_a_sentence(neo4j_server: Neo4jServer) -> None:
    settings = server_settings(neo4j_server).model_copy(
        update={"neo4j_password": SecretStr("wrong-password")}
    )
    with pytest.raises(StoreUnavailable, match="NEO4J_PASSWORD"):
        open_store(settings)


def test_missing_database_is_told_in_a_sentence(neo4j_server: Neo4jServer) -> None:
    settings = server_settings(neo4j_server).model_copy(update={"neo4j_database": "nothere"})
    with pytest.raises(StoreUnavailable, match="NEO4J_DATABASE"), open_store(settings) as store:
        store.read("RETURN 1 AS x")


@pytest.mark.parametrize(
    "uri",
    ["bolt://127.0.0.1:1", "neo4j://127.0.0.1:1", "http://localhost:7474", "localhost", "bolt://"],
)
def test_no_server_or_no_address_is_told_in_a_sentence(uri: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(Settings(NEO4J_URI=uri))
    assert "\n" not in str(caught.value)
    assert uri in str(caught.value)


def test_a_folder_without_a_graph_is_not_made_for_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="kb load"):
        open_store(Settings(KB_DB=tmp_path / "none"), create=False)
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for folder in (file, file / "below"):
        with pytest.raises(StoreUnavailable, match="--db"):
            open_store(Settings(KB_DB=folder))


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)  # the tests may run as root, who may write anywhere
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        open_store(Settings(KB_DB=tmp_path / "db"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed embedded database with one node, in a folder whose name could be taken for an error."""
    folder = tmp_path / "o'clock, locked äöü"
    with open_store(Settings(KB_DB=folder)) as store:
        store.write("CREATE (:Mark {name: 'kept'})")
    return folder


def _marks(folder: Path) -> list[object]:
    with open_store(Settings(KB_DB=folder), create=False) as store:
        return [row["n"] for row in store.read("MATCH (m:Mark) RETURN m.name AS n").rows]


def test_a_folder_with_any_name_opens_again(folder: Path) -> None:
    assert _marks(folder) == ["kept"]


def test_the_password_is_its_owners_alone(folder: Path) -> None:
    assert (folder / "password").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b" \n", None])
def test_a_lost_or_damaged_password_is_made_anew(folder: Path, content: bytes | None) -> None:
    file = folder / "password"
    file.unlink() if content is None else file.write_bytes(content)
    assert _marks(folder) == ["kept"]
    assert _marks(folder) == ["kept"]
    assert file.stat().st_mode & 0o077 == 0


def test_another_password_is_told_with_its_file(folder: Path) -> None:
    (folder / "password").write_text("another-password")
    with pytest.raises(StoreUnavailable) as caught:
        _marks(folder)
    assert str(folder / "password") in str(caught.value)
    assert "NEO4J" not in str(caught.value)
    (folder / "password").unlink()  # the remedy that the sentence names
    assert _marks(folder) == ["kept"]


def _python(code: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_a_second_process_is_told_who_holds_the_folder(folder: Path) -> None:
    holder = _python(
        """
        import sys
        from pathlib import Path
        from kb.settings import Settings
        from kb.store import open_store
        with open_store(Settings(KB_DB=Path(sys.argv[1]))):
            print("open", flush=True)
            sys.stdin.readline()
        """,
        folder,
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked) as caught:
            open_store(Settings(KB_DB=folder))
        assert str(folder) in str(caught.value)
        assert "NEO4J_URI" in str(caught.value)
    finally:
        holder.communicate("\n", timeout=30)
    assert _marks(folder) == ["kept"]


def _constraints(store: Store) -> list[tuple[str, str, bool]]:
    """Label, property and uniqueness of every index on a property."""
    return sorted(
        (row["labelsOrTypes"][0], row["properties"][0], bool(row["owningConstraint"]))
        for row in store.read("SHOW INDEXES").rows
        if row["properties"]
    )
