"""The sums over claims: what an edge between two concepts says, kept in step with its claims.

The edges of `kb.relation.KINDS` (`CAUSES`, `HAS_FIX`, …) carry who said it, how often and how
explicitly, and the words themselves, so that an edge clicked in a browser or drawn in a figure
shows what supports it. They are never written by hand.

Claims that come are added to what an edge says, which costs as much as there are new claims.
Where a claim goes or changes, the claims of that pair are read again, all together once a load
(see `kb.store.pending` for what keeps an interrupted load whole).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kb.schema import CLAIM_ENDS, EDGE_TYPES
from kb.store.bolt import Tx
from kb.store.rows import EdgeRow, Ref, canonical
from kb.store.told import QUOTED, QUOTES, Quote, Told, Words, added, first_words, pick, whole_sum

_CHUNK = 200  # pairs of which the claims are read at once
# Claims of a pair, in their order, of which the words are read at first; most show them all.
_LIKELY = 12

Pair = tuple[str, str, str]  # (claim kind, start concept, end concept)


def claimed(tx: Tx, prop: str, owners: Sequence[str]) -> dict[str, dict[Pair, set[Told]]]:
    """What the claims of some interviews (or catalogues) say, as stored now, by owner and pair.

    Args:
        tx: The transaction.
        prop: ``interview`` or ``catalogue``.
        owners: Their ids.
    """
    found: dict[str, dict[Pair, set[Told]]] = {owner: defaultdict(set) for owner in owners}
    for kind, (_, from_type, to_type) in CLAIM_ENDS.items():
        rows = tx.run(
            f"UNWIND $owners AS owner MATCH (k:Claim) WHERE k.{prop} = owner AND k.kind = $kind "
            f"MATCH (k)-[:{from_type}]->(a:Concept) MATCH (k)-[:{to_type}]->(b:Concept) "
            f"RETURN owner, a.name AS a, b.name AS b, {_CLAIM}",
            {"owners": list(owners), "kind": kind},
        )
        words = _words(tx, [row["id"] for row in rows])
        for row in rows:
            found[row["owner"]][kind, row["a"], row["b"]].add(_told(row, words.get(row["id"])))
    return found


def add_to_sums(
    tx: Tx, claims: Mapping[Pair, Sequence[Told]], several: Iterable[str], fresh: Collection[Ref] = ()
) -> tuple[list[EdgeRow], list[Pair]]:
    """Add new claims to the sum edges of their pairs that are there.

    Args:
        tx: The transaction; each edge must be the sum of the claims without these.
        claims: By pair.
        several: Interviews with several interviewees, of which a quote must tell the person too.
        fresh: Concepts that were not there before this transaction, and so have no edges.

    Returns:
        Edges that are to be created; and pairs to which nothing can be added, of which the claims are to
        be read again once they are written (`refresh_sums`).
    """
    named = frozenset(several)
    by_kind = _by_kind(claims)
    new_names = {key for label, key in fresh if label == "Concept"}
    there = {kind: [pair for pair in pairs if new_names.isdisjoint(pair)] for kind, pairs in by_kind.items()}
    present = _present(tx, there)
    new, again = [], []
    for kind, pairs in by_kind.items():
        changed = {}
        for a, b in pairs:
            edges = present[kind].get((a, b), [])
            told = sorted(claims[kind, a, b], key=lambda told: told.order)
            sums = added(edges[0] if edges else {}, told, named) if len(edges) < 2 else None
            if sums is None:
                again.append((kind, a, b))
            elif edges:
                changed[a, b] = sums
            else:
                new.append(EdgeRow(CLAIM_ENDS[kind][0], ("Concept", a), ("Concept", b), sums))
        _write(tx, kind, changed, present[kind])
    return new, again


def refresh_sums(tx: Tx, pairs: Iterable[Pair]) -> None:
    """Make the sum edge of each pair equal to its claims; no claims, no edge."""
    for kind, ends in _by_kind(pairs).items():
        for at in range(0, len(ends), _CHUNK):
            chunk = ends[at : at + _CHUNK]
            _write(tx, kind, _read_anew(tx, kind, chunk), _present(tx, {kind: chunk})[kind])


_Ends = tuple[str, str]
_Properties = dict[str, Any]
_CLAIM = (
    "k.id AS id, k.explicit AS explicit, k.interview AS interview, k.person AS person, "
    "k.catalogue AS catalogue, CASE WHEN k.catalogue IS NULL THEN null ELSE k.note END AS note"
)


def _by_kind(pairs: Iterable[Pair]) -> dict[str, list[_Ends]]:
    by_kind: dict[str, list[_Ends]] = defaultdict(list)
    for kind, start, end in sorted(set(pairs)):
        by_kind[kind].append((start, end))
    return by_kind


def _told(row: Mapping[str, Any], words: Words | None) -> Told:
    # A catalogue's claim has no passage: its own words stand for one.
    who = (row["interview"], row["person"], row["catalogue"])
    return Told(row["id"], row["explicit"], *who, *(words or Words(row["note"])))


def _words(tx: Tx, claims: Sequence[str]) -> dict[str, Words]:
    """The first quote of each claim."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in tx.run(
        "UNWIND $ids AS id MATCH (k:Claim {id: id})-[e:EVIDENCED_BY]->(t:Turn) "
        "RETURN id, e.quote AS quote, t.index AS at, t.id AS turn, "
        "coalesce(e.label_without_underline, false) OR coalesce(t.role, '') = 'interviewer' AS weak",
        {"ids": list(claims)},
    ):
        if row["quote"]:
            found[row["id"]].append((row["weak"], row["at"], row["quote"], row["turn"]))
    return {id_: first_words(quotes) for id_, quotes in found.items()}


def _read_anew(tx: Tx, kind: str, pairs: Sequence[_Ends]) -> dict[_Ends, _Properties | None]:
    """What the sum edges should say, from the claims that are there."""
    _, from_type, to_type = CLAIM_ENDS[kind]
    claims: dict[_Ends, list[Told]] = defaultdict(list)
    for row in tx.run(
        # The kind is asked for: what fixes an issue, fails to and shows it have the same ends.
        f"UNWIND $rows AS row MATCH (a:Concept {{name: row.a}})<-[:{from_type}]-(k:Claim) "
        f"WHERE k.kind = $kind MATCH (k)-[:{to_type}]->(b:Concept) WHERE b.name IN row.b "
        f"RETURN row.a AS a, b.name AS b, {_CLAIM}",
        {"rows": _by_start(pairs), "kind": kind},
    ):
        claims[row["a"], row["b"]].append(_told(row, None))
    for told in claims.values():
        told.sort(key=lambda claim: claim.order)
    quotes = _quotes(tx, claims)
    return {pair: whole_sum(claims[pair], quotes[pair]) if pair in claims else None for pair in pairs}


def _quotes(tx: Tx, claims: Mapping[_Ends, list[Told]]) -> dict[_Ends, list[tuple[str, str]]]:
    """The quotes of each pair; only the words of the claims that may be shown are read."""
    found: dict[_Ends, list[tuple[str, str]]] = {}
    likely = _LIKELY
    while missing := [pair for pair in claims if pair not in found]:
        heads = {pair: claims[pair][:likely] for pair in missing}
        words = _words(tx, [told.id for head in heads.values() for told in head if not told.catalogue])
        several = with_several(tx, {told.interview for head in heads.values() for told in head})
        for pair, head in heads.items():
            with_words = [
                told._replace(**words[told.id]._asdict()) if told.id in words else told for told in head
            ]
            quotes = pick(with_words, several)
            if len(quotes) == QUOTES or len(head) == len(claims[pair]):
                found[pair] = quotes
        likely *= 4
    return found


def with_several(tx: Tx, interviews: Iterable[str | None]) -> set[str]:
    """Those of some interviews of which a quote must tell the person too."""
    rows = tx.run(
        "UNWIND $ids AS id MATCH (s:Speaker) WHERE s.interview = id AND s.role = 'interviewee' "
        "RETURN id, count(s) AS n",
        {"ids": sorted(interview for interview in interviews if interview)},
    )
    return {row["id"] for row in rows if row["n"] > 1}


def _present(tx: Tx, pairs: Mapping[str, Sequence[_Ends]]) -> dict[str, dict[_Ends, list[_Properties]]]:
    """The sum edges that are there, by kind and ends."""
    found: dict[str, dict[_Ends, list[_Properties]]] = {kind: defaultdict(list) for kind in pairs}
    if not any(pairs.values()):
        return found
    edges = {kind: edge for kind, (edge, _, _) in CLAIM_ENDS.items()}
    clauses = [
        f"CALL {{ UNWIND ${edge} AS row MATCH (a:Concept {{name: row.a}})-[r:{edge}]->(b:Concept) "
        f"WHERE b.name IN row.b RETURN collect([a.name, b.name, properties(r)]) AS {edge} }}"
        for edge in edges.values()
    ]
    text = "\n".join([*clauses, f"RETURN {', '.join(edges.values())}"])
    (rows,) = tx.run(text, {edge: _by_start(pairs.get(kind, ())) for kind, edge in edges.items()})
    for kind in pairs:
        for a, b, properties in rows[edges[kind]]:
            found[kind][a, b].append(properties)
    return found


def _by_start(pairs: Sequence[_Ends]) -> list[dict[str, Any]]:
    """Rows for a statement that walks the edges of a start once, not once for each of its pairs."""
    by_start: dict[str, list[str]] = defaultdict(list)
    for start, end in pairs:
        by_start[start].append(end)
    return [{"a": start, "b": ends} for start, ends in by_start.items()]


def _write(
    tx: Tx,
    kind: str,
    wanted: Mapping[_Ends, _Properties | None],
    present: Mapping[_Ends, Sequence[_Properties]],
) -> None:
    """Make the edges of some pairs what is wanted; None: there should be none."""
    type_ = CLAIM_ENDS[kind][0]
    own = (*EDGE_TYPES[type_].properties, QUOTED)
    gone, changed, new = [], [], []
    for (a, b), properties in wanted.items():
        edges = present.get((a, b), [])
        row = {"a": a, "b": b, "p": properties}
        if edges and (properties is None or len(edges) > 1):
            gone.append(row)
            edges = []
        if properties is None:
            continue
        if not edges:
            new.append(row)
        elif canonical({k: v for k, v in edges[0].items() if k in own}) != canonical(properties):
            changed.append({**row, "p": dict.fromkeys(own) | properties})  # an absent one goes: null
    match = (
        f"UNWIND $rows AS row MATCH (a:Concept {{name: row.a}}) MATCH (a)-[r:{type_}]->(b:Concept) "
        "WHERE b.name = row.b"
    )
    tx.batch(f"{match} DELETE r", gone)
    tx.batch(f"{match} SET r += row.p", changed)
    tx.batch(
        "UNWIND $rows AS row MATCH (a:Concept {name: row.a}) MATCH (b:Concept {name: row.b}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.p",
        new,
    )
