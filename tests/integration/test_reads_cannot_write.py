"""Nothing that a read may run changes the graph, its schema or its accounts, and none of it reads files.

Without the look at the words before, which is there for its message, and must not be what holds.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path

import pytest

from kb.errors import StoreError, WriteRefused
from kb.store.bolt import Store
from kb.store.digest import digest

#: Clauses that write to a node called `x`, or to nothing in particular.
CHANGES = [
    "SET x.text = 'forged'",
    "SET x += {text: 'forged'}",
    "SET x = {}",
    "SET x.text = null",
    "SET x:Evil",
    "REMOVE x.text",
    "REMOVE x:Mark",
    "DELETE x",
    "DETACH DELETE x",
    "CREATE (:Evil {a: 1})",
    "CREATE (:Mark {name: 'second'})",
    "CREATE (x)-[:EVIL]->(x)",
    "CREATE (x)-[:NEXT_MARK]->(x)",
    "MERGE (:Evil {a: 2})",
    "MERGE (x)-[:EVIL]->(x)",
    "MERGE (x)-[r:NEXT_MARK]->(x) ON MATCH SET r.evil = 1 ON CREATE SET r.evil = 1",
    "FOREACH (i IN [1] | SET x.text = 'forged')",
    "FOREACH (i IN [1] | CREATE (:Evil))",
]
#: Ways to bring such a clause past a look at words, or past a rollback.
WAYS = [
    "MATCH (x:Mark) {}",
    "MATCH (x:Mark) /* */ {} RETURN 1 AS one",
    "MATCH (x:Mark) WITH x {} WITH x RETURN 1 AS one",
    "MATCH (x:Mark) CALL {{ WITH x {} RETURN 1 AS one }} RETURN one",
    "MATCH (x:Mark) CALL {{ WITH x {} }} IN TRANSACTIONS RETURN count(*) AS n",
    "MATCH (x:Mark) CALL {{ WITH x {} }} IN TRANSACTIONS OF 1 ROW ON ERROR CONTINUE RETURN count(*) AS n",
    "MATCH (x:Mark) CALL (x) {{ {} }} IN TRANSACTIONS RETURN count(*) AS n",
]
#: The words as names, schema, accounts, procedures and files.
OTHERS = [
    "MATCH (n) WITH n AS in CALL { WITH in DELETE in } IN TRANSACTIONS RETURN count(*) AS n",
    "MATCH (n) WITH n AS in CALL { WITH in DETACH DELETE in } IN TRANSACTIONS RETURN count(*) AS n",
    "MATCH (n) WITH n AS in CALL { WITH in SET in.text = 'x' } IN TRANSACTIONS RETURN count(*) AS n",
    "MATCH (n) WITH n AS set SET set.text = 'x'",
    "MATCH (n:Mark) SET(n).text = 'x'",
    "MATCH (n:Mark) REMOVE(n).text",
    "UNWIND [1] AS x CALL { WITH x CALL merge.node(['Evil'], {a: 1}) YIELD node RETURN node } "
    "IN TRANSACTIONS RETURN node",
    "CALL merge.node(['Evil'], {a: 1})",
    "CALL merge.node(['Mark'], {name: 'first'}, {}, {text: 'forged'}) YIELD node RETURN node",
    "MATCH (a:Mark), (b:Other) CALL merge.relationship(a, 'EVIL', {}, {}, b) YIELD rel RETURN rel",
    "MATCH (n) WITH collect(n) AS ns CALL refactor.mergeNodes(ns) YIELD node RETURN node",
    "MATCH (n) WITH collect(n) AS ns CALL refactor.cloneNodesWithRelationships(ns) YIELD output "
    "RETURN output",
    "CALL do.when(true, 'CREATE (:Evil) RETURN 1 AS x', '', {}) YIELD value RETURN value",
    "UNWIND [1] AS x CALL { WITH x CALL do.when(true, 'CREATE (:Evil) RETURN 1 AS x', '', {}) YIELD value "
    "RETURN value } IN TRANSACTIONS RETURN value",
    "CALL db.migrateLegacyTemporals()",
    "CALL db.createLabel('Evil')",
    "CALL db.createRelationshipType('EVIL')",
    "CALL db.createProperty('evil')",
    "CALL db.index.fulltext.createNodeIndex('evil', ['Mark'], ['text'])",
    "CALL algo.pagerank({writeProperty: 'evil'}) YIELD node, score RETURN score",
    "CALL algo.louvain({writeProperty: 'evil'}) YIELD node, communityId RETURN communityId",
    "CREATE INDEX evil FOR (n:Mark) ON (n.text)",
    "CREATE INDEX evil FOR (n:Evil) ON (n.text)",
    "CREATE CONSTRAINT evil FOR (n:Mark) REQUIRE n.text IS UNIQUE",
    "CREATE FULLTEXT INDEX evil FOR (n:Mark) ON EACH [n.text]",
    "DROP CONSTRAINT kb_turn_id IF EXISTS",
    "DROP INDEX kb_claim_interview IF EXISTS",
    "CREATE USER evil SET PASSWORD 'evil-evil'",
    "ALTER USER root SET PASSWORD 'evil-evil'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'evil-evil'",
    "DROP USER reader",
    "CREATE DATABASE evil",
    "DROP DATABASE kb",
    "USE system CREATE USER evil SET PASSWORD 'evil-evil'",
    "EXPLAIN CREATE (:Evil)",
    "PROFILE CREATE (:Evil)",
    "CREATE (:Evil); CREATE (:Evil)",
    "INSERT (:Evil)",
    "DELETE FROM Mark",
    "INSERT INTO Mark SET text = 'x'",
    "ALTER DATABASE `arcadedb.command.timeout` 1",
]
FILES = [
    "LOAD CSV FROM '{}' AS l RETURN l",
    "LOAD/**/CSV FROM '{}' AS l RETURN l",
    "LOAD CSV WITH HEADERS FROM '{}' AS l RETURN l",
    "load\n// x\ncsv from '{}' as l return l",
    "MATCH (n) WITH n AS in LOAD CSV FROM '{}' AS l RETURN l",
    "\\u004cOAD CSV FROM '{}' AS l RETURN l",
    "UNWIND [1] AS x CALL {{ LOAD CSV FROM '{}' AS l RETURN l }} RETURN l",
]
#: What is no reading of the graph though nothing in the graph changes.
ADMINISTRATION = [
    "SHOW USERS",
    "show/**/users",
    "SHOW CURRENT USER",
    "SHOW SETTINGS YIELD name",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message",
    "CALL db.clearQueryCaches()",
    "CALL `db`.`clearQueryCaches`()",
    "call/* { */db.clearQueryCaches()",
    "MATCH (n) CALL { CALL db.clearQueryCaches() YIELD value RETURN value } RETURN value",
    "RETURN EXISTS { CALL db.clearQueryCaches() YIELD value RETURN value } AS x",
    "CALL { RETURN 1 AS y UNION CALL db.clearQueryCaches() YIELD value RETURN 2 AS y } RETURN y",
    "CYPHER runtime=slotted CALL db.clearQueryCaches()",
    "PROFILE CALL db.clearQueryCaches()",
    "CALL db.stats.clear('QUERIES')",
    "CALL db.resampleOutdatedIndexes()",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL dbms.killConnection('bolt-1')",
    "CALL dbms.queryJmx('*:*') YIELD name RETURN name",
    "CALL tx.setMetaData({kb_load: 'me'})",
]
#: What somebody asks who looks at the graph.
READING = [
    "SHOW INDEXES", "SHOW CONSTRAINTS YIELD name RETURN name", "SHOW PROCEDURES", "SHOW FUNCTIONS YIELD name",
    "SHOW TRANSACTIONS", "CALL db.labels()",
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t", "CALL db.propertyKeys()",
    "CALL db.schema.visualization()", "CALL db.schema.nodeTypeProperties()",
    "CALL db.info()", "CALL dbms.components() YIELD name RETURN name",
    "MATCH (n) CALL (n) { RETURN 1 AS one } RETURN 'show', 'terminate', 'call', 'csv', count(one) AS show",
    "EXPLAIN MATCH (n) RETURN n",
]  # fmt: skip
STATEMENTS = [*(way.format(change) for way, change in itertools.product(WAYS, CHANGES)), *OTHERS]


@pytest.fixture
def marked(store: Store) -> Store:
    store.ensure_schema()
    store.write(
        "CREATE (a:Mark {name: 'first', text: 'as it was'})-[:NEXT_MARK {n: 1}]->(:Other {text: 'too'}), "
        "(:Concept {name: 'X', kind: 'issue'})"
    )
    return store


def _state(store: Store) -> tuple[object, ...]:
    """All that a statement could change, as far as a read tells."""
    nodes = store.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p").rows
    edges = store.read("MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p").rows
    labels = store.read("CALL db.labels() YIELD label RETURN label ORDER BY label").rows
    types = store.read("CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t ORDER BY t").rows
    indexes = store.read("SHOW INDEXES").rows
    schema = sorted(
        str((row["labelsOrTypes"], row["properties"], row["owningConstraint"])) for row in indexes
    )
    return digest(store), sorted(map(str, nodes)), sorted(map(str, edges)), labels, types, schema


def test_no_statement_changes_anything(marked: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    before = _state(marked)
    for statement in STATEMENTS:
        with suppress(StoreError):
            marked.read(statement, timeout=20)
        assert _state(marked) == before, statement


def test_no_procedure_that_the_server_lists_changes_anything(
    marked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    before = _state(marked)
    procedures = marked.read("SHOW PROCEDURES").rows
    assert marked.embedded or procedures  # the embedded engine lists none
    names = [(row["name"], len(row.get("argumentDescription") or ())) for row in procedures]
    for name, arguments in names or [(name, count) for name in KNOWN for count in range(4)]:
        values = ("['Mark']", "{name: 'first', writeProperty: 'evil'}", "'evil'", "1")
        for given in itertools.product(values, repeat=min(arguments, 3)):
            rest = ["null"] * (arguments - len(given))
            with suppress(StoreError):
                marked.read(f"CALL {name}({', '.join([*given, *rest])})", timeout=20)
        assert _state(marked) == before, name


#: Of the embedded engine, which has them but lists none; those of algorithms may write a property.
KNOWN = (
    "merge.node", "merge.relationship", "refactor.mergeNodes", "refactor.cloneNodesWithRelationships",
    "do.when", "db.migrateLegacyTemporals", "db.labels", "db.schema.visualization", "meta.graph",
    "db.index.fulltext.queryNodes", "meta.schema", "meta.stats", "path.expand", "path.subgraphAll",
    "algo.pagerank", "algo.wcc", "algo.louvain", "algo.labelpropagation", "algo.betweenness", "algo.fastrp",
    "algo.kcore", "algo.scc",
)  # fmt: skip


@pytest.mark.parametrize("statement", FILES)
def test_no_statement_reads_a_file(marked: Store, tmp_path: Path, statement: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("secret\n")
    with pytest.raises(StoreError):
        marked.read(statement.format(file.as_uri()))


@pytest.mark.parametrize("statement", FILES)
def test_on_the_embedded_engine_no_word_is_needed_for_that(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    file = tmp_path / "secret.csv"
    file.write_text("secret\n")
    with pytest.raises(StoreError):
        embedded_store.read(statement.format(file.as_uri()))


@pytest.mark.parametrize("look", [True, False], ids=["words", "no look at the words"])
@pytest.mark.parametrize("statement", ADMINISTRATION)
def test_no_statement_administers(
    neo4j_store: Store, statement: str, look: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not look:
        monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    with pytest.raises(WriteRefused, match="`kb cypher --write` runs it"):
        neo4j_store.read(statement)


@pytest.mark.parametrize("statement", READING)
def test_what_reads_the_graph_and_its_schema_is_allowed(neo4j_store: Store, statement: str) -> None:
    neo4j_store.ensure_schema()
    neo4j_store.read(statement)


def test_the_full_text_can_be_searched(neo4j_store: Store) -> None:
    neo4j_store.write("CREATE FULLTEXT INDEX mine IF NOT EXISTS FOR (n:Mine) ON EACH [n.text]")
    try:
        neo4j_store.write("MERGE (:Mine {text: 'damp flour'})")
        neo4j_store.write("CALL db.awaitIndexes(60)")
        found = "CALL db.index.fulltext.queryNodes('mine', 'flour') YIELD node RETURN node.text AS t"
        assert neo4j_store.read(found).rows == [{"t": "damp flour"}]
    finally:
        neo4j_store.write("DROP INDEX mine")


def test_a_refusal_by_rights_names_the_command_that_may(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.bolt.writes", lambda _query: None)
    with pytest.raises(WriteRefused, match="kb cypher --write"):
        embedded_store.read("CREATE (:Evil)")
