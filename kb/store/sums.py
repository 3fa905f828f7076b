"""The sums over claims: what an edge between two concepts says, kept in step with its claims.

The edges of `kb.relation.KINDS` (`CAUSES`, `HAS_FIX`, …) carry who said it, how often and how
explicitly, and the words themselves, so that an edge clicked in a browser or drawn in a figure
shows what supports it. They are never written by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kb.relation import EXPLICIT
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Tx
from kb.store.rows import canonical, filled

QUOTES = 8  # of each edge; `kb query evidence-of-relation` shows all
QUOTE_LENGTH = 240  # characters

Pair = tuple[str, str, str]  # (claim kind, start concept, end concept)


def claimed_pairs(tx: Tx, prop: str, owner: str) -> set[Pair]:
    """The pairs that the claims of one interview (or catalogue) are about, as stored now."""
    pairs: set[Pair] = set()
    for kind, (_, from_type, to_type) in CLAIM_ENDS.items():
        for row in tx.run(
            f"MATCH (k:Claim) WHERE k.{prop} = $owner AND k.kind = $kind "
            f"MATCH (k)-[:{from_type}]->(a:Concept) MATCH (k)-[:{to_type}]->(b:Concept) "
            "RETURN DISTINCT a.name AS a, b.name AS b",
            {"owner": owner, "kind": kind},
        ):
            pairs.add((kind, row["a"], row["b"]))
    return pairs


def refresh_sums(tx: Tx, pairs: Iterable[Pair]) -> None:
    """Make the sum edge of each pair equal to its claims; no claims, no edge."""
    by_kind: dict[str, list[dict[str, str]]] = defaultdict(list)
    several = _with_several_interviewees(tx)
    for kind, start, end in sorted(set(pairs)):
        by_kind[kind].append({"a": start, "b": end})
    for kind, rows in by_kind.items():
        type_, from_type, to_type = CLAIM_ENDS[kind]
        claims: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in tx.run(
            # The kind is asked for: what fixes an issue, fails to and shows it have the same ends.
            f"UNWIND $rows AS row MATCH (a:Concept {{name: row.a}})<-[:{from_type}]-(k:Claim) "
            "WHERE k.kind = $kind "
            f"MATCH (k)-[:{to_type}]->(b:Concept) WHERE b.name = row.b "
            "OPTIONAL MATCH (k)-[e:EVIDENCED_BY]->(t:Turn) "
            "RETURN row.a AS a, row.b AS b, properties(k) AS k, e.quote AS quote, t.index AS at, "
            "coalesce(e.label_without_underline, false) OR coalesce(t.role, '') = 'interviewer' AS weak "
            "ORDER BY weak, at, quote",
            {"rows": rows, "kind": kind},
        ):
            claim = claims[row["a"], row["b"]].setdefault(row["k"]["id"], {**row["k"], "quotes": []})
            # A catalogue's claim has no passage: its own words stand for one.
            words = row["quote"] or (row["k"].get("note") if row["k"].get("catalogue") else None)
            if words:
                claim["quotes"].append(words)
        wanted = [
            {**pair, "p": _sum(list(claims[pair["a"], pair["b"]].values()), several)}
            for pair in rows
            if (pair["a"], pair["b"]) in claims
        ]
        present = {
            (row["a"], row["b"]): canonical(row["p"])
            for row in tx.run(
                f"UNWIND $rows AS row MATCH (a:Concept {{name: row.a}}) "
                f"MATCH (a)-[r:{type_}]->(b:Concept) WHERE b.name = row.b "
                "RETURN row.a AS a, row.b AS b, properties(r) AS p",
                {"rows": rows},
            )
        }
        same = {(w["a"], w["b"]) for w in wanted if present.get((w["a"], w["b"])) == canonical(w["p"])}
        tx.batch(
            f"UNWIND $rows AS row MATCH (a:Concept {{name: row.a}}) "
            f"MATCH (a)-[r:{type_}]->(b:Concept) WHERE b.name = row.b DELETE r",
            [
                pair
                for pair in rows
                if (pair["a"], pair["b"]) in present and (pair["a"], pair["b"]) not in same
            ],
        )
        tx.batch(
            "UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
            [w for w in wanted if (w["a"], w["b"]) not in same],
        )


def _sum(claims: list[dict[str, Any]], several: set[str]) -> dict[str, Any]:
    """The properties of a sum edge; see `kb.schema` for their meaning."""
    # What people say comes first: a catalogue makes no link more explicit than they do.
    claims = sorted(claims, key=lambda k: (not k.get("interview"), EXPLICIT.index(k["explicit"]), k["id"]))
    quotes: list[str] = []
    for claim in claims:
        who = claim.get("interview") or claim.get("catalogue")
        if who in several:
            who = claim.get("person") or who
        for quote in claim["quotes"][:1]:
            # Two claims on one passage, one marked by a reader and one by a coder, say it once.
            if not any(_overlap(quote, kept) for kept in quotes):
                quotes.append(f"{who}: {_short(quote)}")
    return filled(
        {
            "interviews": sorted({k["interview"] for k in claims if k.get("interview")}, key=_by_number),
            # Somebody who cannot be told from others (`11/?`) can tell no chain whole.
            "people": sorted(
                {k["person"] for k in claims if k.get("person") and not k["person"].endswith("/?")}
            ),
            "catalogues": sorted({k["catalogue"] for k in claims if k.get("catalogue")}) or None,
            "claims": len(claims),
            "stated": claims[0]["explicit"],
            "quotes": quotes[:QUOTES],
        }
    )


def _with_several_interviewees(tx: Tx) -> set[str]:
    """Interviews of which a quote must tell the person too."""
    rows = tx.run("MATCH (s:Interviewee) RETURN s.interview AS interview, count(s) AS n")
    return {row["interview"] for row in rows if row["n"] > 1}


def _overlap(quote: str, shown: str) -> bool:
    """Whether one of two quotes is part of the other; `shown` has its interview before it."""
    new, old = quote.casefold(), shown.partition(": ")[2].rstrip("…").casefold()
    return new in old or old in new


def _by_number(interview: str) -> tuple[int, str]:
    return (int(interview), "") if interview.isdigit() else (1 << 60, interview)


def _short(quote: str) -> str:
    return quote if len(quote) <= QUOTE_LENGTH else quote[: QUOTE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
