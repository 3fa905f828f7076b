"""What holds in every graph that kb wrote, asked of the graph itself: nothing here uses kb's own sums."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kb.store.bolt import Store
from kb.store.digest import counts, parts
from kb.store.kept import told_digests, wrong

_KINDS = {
    "causes": ("CAUSES", "ABOUT_CAUSE", "ABOUT_EFFECT"),
    "fixes": ("HAS_FIX", "ABOUT_ISSUE", "ABOUT_FIX"),
    "does-not-fix": ("NOT_FIXED_BY", "ABOUT_ISSUE", "ABOUT_FIX"),
    "detects": ("DETECTED_BY", "ABOUT_ISSUE", "ABOUT_FIX"),
}
_STRENGTH = ("stated", "across-turns", "coded", "implied")
_NOBODY = {
    "turns of no interview": "MATCH (n:Turn) WHERE NOT (n)<-[:HAS_TURN]-(:Interview) RETURN n.id AS id",
    "speakers of no interview": "MATCH (n:Speaker) WHERE NOT (n)-[:TOOK_PART_IN]->(:Interview) "
    "RETURN n.id AS id",
    "speakers who say nothing": "MATCH (n:Speaker) WHERE NOT (n)<-[:SPOKEN_BY]-(:Turn) RETURN n.id AS id",
    "sources of no interview": "MATCH (n:Source) WHERE NOT (n)<-[:HAS_SOURCE]-(:Interview) RETURN n.id AS id",
    "coders of nothing": "MATCH (n:Coder) WHERE NOT (n)-[:CODED]->(:Interview) RETURN n.name AS id",
    "categories of nothing": "MATCH (n:Category) WHERE NOT (n)<-[:IN_CATEGORY]-(:Concept) "
    "RETURN n.name AS id",
    "concepts that nothing speaks of": "MATCH (n:Concept) WHERE NOT (n)<-[:CODED_AS]-(:Turn) AND NOT "
    "(n)<-[:ABOUT_CAUSE]-(:Claim) AND NOT (n)<-[:ABOUT_EFFECT]-(:Claim) AND NOT "
    "(n)<-[:ABOUT_ISSUE]-(:Claim) AND NOT (n)<-[:ABOUT_FIX]-(:Claim) AND NOT (n)-[:IN_CATALOGUE]->() "
    "AND NOT (n)-[:CODE_OF]->() AND NOT (n)<-[:CHILD_OF]-() AND NOT (n)-[:RELATED_TO]-() "
    "AND NOT (n)<-[:ON_CODE]-() RETURN n.name AS id",
    "participants whom nothing knows": "MATCH (n:Participant) WHERE NOT (n)-[:CASE_OF]->(:Project) "
    "AND NOT (n)-[:INTERVIEWED_IN]->(:Interview) RETURN n.name AS id",
    "variables of nobody": "MATCH (n:Variable) WHERE NOT (n)<-[:HAS_VALUE]-() RETURN n.name AS id",
    "memos on nothing": "MATCH (n:Memo) WHERE n.id IS NOT NULL AND NOT (n)-[:ON_TURN|ON_CODE|ON_INTERVIEW|"
    "ON_PARTICIPANT|ON_PROJECT]->() RETURN n.id AS id",
    "projects without a source": "MATCH (p:Project) MATCH (s:Source) WHERE s.project IS NOT NULL "
    "AND s.project <> p.id AND NOT EXISTS { MATCH (q:Project) WHERE q.id = s.project } RETURN s.id AS id",
    "claims without words": "MATCH (n:Claim) WHERE n.catalogue IS NULL AND NOT (n)-[:EVIDENCED_BY]->(:Turn) "
    "RETURN n.id AS id",
    "claims with words of another interview": "MATCH (n:Claim)-[:EVIDENCED_BY]->(t:Turn) "
    "WHERE t.interview <> n.interview RETURN n.id AS id",
    "marked words that are not in the turn": "MATCH (t:Turn)-[r:CODED_AS]->(:Concept) "
    "WHERE r.quote IS NOT NULL AND substring(t.text, r.start, r.end - r.start) <> r.quote RETURN t.id AS id",
}


def check_graph(store: Store) -> None:
    """Fail unless the graph is whole: nothing hangs loose, and every sum is that of its claims."""
    for what, query in _NOBODY.items():
        assert store.read(query).rows == [], what
    _check_coders(store)
    _check_sequences(store)
    _check_evidence(store)
    _check_sums(store)
    _check_kept(store)


def _check_kept(store: Store) -> None:
    """No interview keeps another digest than that of its rows."""
    found = parts(store)
    assert wrong(store, found) == []
    assert told_digests(store, counts(store)).digests == found.whole


def _check_coders(store: Store) -> None:
    """Who coded a turn coded its interview, in that round."""
    query = "MATCH (c:Coder)-[r:CODED]->(i:Interview) RETURN c.name AS c, r.round AS r, i.id AS i"
    who = [tuple(row.values()) for row in store.read(query).rows]
    assert len(who) == len(set(who))
    codings = "MATCH (t:Turn)-[r:CODED_AS]->() RETURN DISTINCT r.coder AS c, r.round AS r, t.interview AS i"
    assert {tuple(row.values()) for row in store.read(codings).rows} <= set(who)


def _check_sequences(store: Store) -> None:
    """The turns of each interview make one chain."""
    turns: dict[str, list[str]] = defaultdict(list)
    for row in store.read("MATCH (i:Interview)-[:HAS_TURN]->(t:Turn) RETURN i.id AS i, t.id AS t").rows:
        turns[row["i"]].append(row["t"])
    links = [
        (r["a"], r["b"]) for r in store.read("MATCH (a:Turn)-[:NEXT]->(b) RETURN a.id AS a, b.id AS b").rows
    ]
    follows = dict(links)
    assert len(follows) == len(links)
    for interview in store.read("MATCH (i:Interview) RETURN i.id AS id, i.turns AS n").rows:
        own = set(turns[interview["id"]])
        assert len(own) == len(turns[interview["id"]]) == interview["n"] > 0
        first = own - set(follows.values())
        assert len(first) == 1
        at, walked = first.pop(), 1
        while at in follows:
            at, walked = follows[at], walked + 1
        assert walked == len(own)


def _check_evidence(store: Store) -> None:
    rows = store.read(
        "MATCH (k:Claim)-[e:EVIDENCED_BY]->(t:Turn) RETURN k.id AS id, e.quote AS quote, t.text AS text"
    ).rows
    for row in rows:
        assert row["quote"], row["id"]
        for part in row["quote"].split(" … "):
            assert part in row["text"], (row["id"], part)


def _check_sums(store: Store) -> None:
    for kind, (type_, from_type, to_type) in _KINDS.items():
        claims: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in store.read(
            f"MATCH (a:Concept)<-[:{from_type}]-(k:Claim)-[:{to_type}]->(b:Concept) "
            "WHERE k.kind = $kind RETURN a.name AS a, b.name AS b, properties(k) AS k",
            {"kind": kind},
        ).rows:
            claims[row["a"], row["b"]].append(row["k"])
        edges = store.read(
            f"MATCH (a:Concept)-[r:{type_}]->(b:Concept) RETURN a.name AS a, b.name AS b, properties(r) AS r"
        ).rows
        assert len(edges) == len(claims), f"{type_}: one edge a pair"
        for edge in edges:
            told, sums = claims[edge["a"], edge["b"]], edge["r"]
            told_by = [k for k in told if k.get("interview")]
            assert set(sums["interviews"]) == {k["interview"] for k in told_by}
            assert len(sums["interviews"]) == len(set(sums["interviews"]))
            assert set(sums["people"]) == {k["person"] for k in told_by if not k["person"].endswith("/?")}
            assert sums["claims"] == len(told)
            strongest = min((k["explicit"] for k in told_by or told), key=_STRENGTH.index)
            assert sums["stated"] == strongest
