"""A study as a workbook of Causal Map (.xlsx): factors, links, statements, sources.

The columns are those of the app's guide (guide.causalmap.app) and, where it has none for what kb knows,
further ones, which the app keeps aside: the second passage of a link, how explicit it is, who speaks in a
statement. Relations that are no causes are in a sheet that the app does not read. `loaders.causal_map` reads
all of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kb.errors import ExportError
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Store
from kb.text.files import write_file
from kb.text.spreadsheet import Table, workbook

_LINK = ("link_id", "source_id", "statement_id", "from_label", "to_label", "quote", "hashtags", "link_memo",
         "coder", "explicit", "to_statement_id", "to_quote")  # fmt: skip
_CLAIMS = (
    "MATCH (c:Claim) WHERE c.kind = $kind AND c.interview IS NOT NULL "
    "MATCH (c)-[:{start}]->(a:Concept) MATCH (c)-[:{end}]->(b:Concept) "
    "RETURN c.id AS id, c.interview AS interview, c.explicit AS explicit, c.note AS note, c.coder AS coder, "
    "c.person AS person, c.by AS by, c.reviewer AS reviewer, c.start_as AS start_as, c.end_as AS end_as, "
    "a.name AS start, b.name AS end"
)
_EVIDENCE = (
    "MATCH (c:Claim)-[r:EVIDENCED_BY]->(t:Turn) WHERE c.interview IS NOT NULL "
    "RETURN c.id AS claim, t.id AS turn, t.index AS index, r.quote AS quote"
)
_TURNS = (
    "MATCH (t:Turn) RETURN t.id AS id, t.text AS text, t.interview AS interview, t.speaker AS speaker, "
    "t.role AS role, t.index AS index"
)
_RELATED = (
    "MATCH (a:Concept)-[r:RELATED_TO]->(b:Concept) RETURN a.name AS start, b.name AS end, r.name AS name, "
    "r.note AS note, r.coder AS coder"
)
_CASES = (
    "MATCH (p:Participant)-[:INTERVIEWED_IN]->(i:Interview) OPTIONAL MATCH (p)-[v:HAS_VALUE]->(x:Variable) "
    "RETURN p.name AS name, i.id AS interview, x.name AS variable, v.value AS value"
)
# What is in the graph and has no place in a causal map, and how to count it.
_LEFT = (
    ("codings", "MATCH (:Turn)-[r:CODED_AS]->(:Concept) RETURN count(r) AS n"),
    ("memos", "MATCH (m:Memo) RETURN count(m) AS n"),
    ("statements of catalogues", "MATCH (c:Claim) WHERE c.interview IS NULL RETURN count(c) AS n"),
    ("links between passages", "MATCH (:Turn)-[r:LINKED_TO]->(:Turn) RETURN count(r) AS n"),
)


def export_causal_map(store: Store, path: Path, notify: Callable[[str], None]) -> tuple[int, int]:
    """Write the whole study.

    Args:
        store: The graph.
        path: The workbook.
        notify: Told, a sentence each, what a causal map has no place for.

    Returns:
        How many links, and how many other relations, were written.

    Raises:
        ExportError: There is nothing to write, or the file cannot be written.
    """
    lost: Counter[str] = Counter()
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.read(_EVIDENCE, timeout=0).rows:
        evidence[row["claim"]].append(row)
    links: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    for kind, (_, start, end) in CLAIM_ENDS.items():
        query = _CLAIMS.format(start=start, end=end)
        for claim in store.read(query, {"kind": kind}, timeout=0).rows:
            link = _link(claim, evidence[claim["id"]], lost)
            (links if kind == "causes" else others).append(
                link if kind == "causes" else {**link, "relation": kind}
            )
    for row in store.read(_RELATED, timeout=0).rows:
        bare = {"from_label": row["start"], "to_label": row["end"], "link_memo": row["note"] or "",
                "coder": row["coder"] or ""}  # fmt: skip
        if row["name"] == "causes":
            links.append(bare)
        elif row["name"] != "opposite of":  # the labels say it
            others.append({**bare, "relation": row["name"]})
    if not links and not others:
        raise ExportError(
            f"{path.name}: there is no relation in the graph, so there is no causal map to write."
        )
    statements = _statements(store)
    sheets = [
        Table("factors", ("factor_id", "label", "factor_memo"), list(_factors(store, [*links, *others]))),
        Table("links", _LINK, _numbered(links)),
        Table("statements", ("statement_id", "text", "source_id", "speaker", "role"), statements),
        _sources(store, lost),
        Table("other_links", ("relation", *_LINK), _numbered(others)),
    ]
    book, cut = workbook([sheet for sheet in sheets if sheet.rows])
    write_file(path, book)
    lost.update(cut)
    for what, query in _LEFT:
        lost[what] += store.read(query, timeout=0).rows[0]["n"]
    for what, n in lost.items():
        if n:
            notify(f"not in a causal map: {what}: {n}.")
    return len(links), len(others)


def _link(claim: dict[str, Any], passages: list[dict[str, Any]], lost: Counter[str]) -> dict[str, str]:
    passages = sorted(passages, key=lambda p: (p["index"], p["turn"]))
    first, last = passages[0], passages[-1]
    lost["passages of claims between their first and last"] += max(0, len(passages) - 2)
    lost["what people call causes and effects"] += bool(claim["start_as"] or claim["end_as"])
    lost["who proposed a relation, and who took it in"] += bool(claim["by"] or claim["reviewer"])
    lost["quotes with words left out, which come back with all between them"] += any(
        " … " in (p["quote"] or "") for p in passages
    )
    link = {
        "source_id": claim["interview"],
        "statement_id": first["turn"],
        "from_label": claim["start"],
        "to_label": claim["end"],
        "quote": first["quote"] or "",
        "link_memo": claim["note"] or "",
        "coder": claim["coder"] or "",
        "explicit": claim["explicit"],
    }
    if last is not first:
        link |= {"to_statement_id": last["turn"], "to_quote": last["quote"] or ""}
    return link


def _numbered(links: list[dict[str, str]]) -> list[dict[str, str]]:
    key = ("source_id", "statement_id", "from_label", "to_label", "quote", "to_statement_id", "to_quote",
           "relation", "explicit", "coder", "link_memo")  # fmt: skip
    ordered = sorted(links, key=lambda link: [link.get(name, "") for name in key])
    return [{"link_id": str(n), **link} for n, link in enumerate(ordered, 1)]


def _factors(store: Store, links: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
    query = "MATCH (c:Concept) RETURN c.name AS name, coalesce(c.description, '') AS text"
    about = {row["name"]: row["text"] for row in store.read(query, timeout=0).rows}
    names = sorted({link[end] for link in links for end in ("from_label", "to_label")})
    for n, name in enumerate(names, 1):
        yield {"factor_id": str(n), "label": name, "factor_memo": about.get(name, "")}


def _statements(store: Store) -> list[dict[str, str]]:
    rows = sorted(store.read(_TURNS, timeout=0).rows, key=lambda t: (t["interview"], t["index"], t["id"]))
    return [
        {
            "statement_id": t["id"],
            "text": t["text"],
            "source_id": t["interview"],
            "speaker": t["speaker"] or "",
            "role": t["role"] or "",
        }
        for t in rows
    ]


def _sources(store: Store, lost: Counter[str]) -> Table:
    people: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in store.read(_CASES, timeout=0).rows:
        known = people[row["interview"]].setdefault(row["name"], {})
        if row["variable"]:
            known[row["variable"]] = str(row["value"])
    variables = sorted({name for each in people.values() for known in each.values() for name in known})
    rows = []
    interviews = store.read(
        "MATCH (i:Interview) RETURN i.id AS id, i.title AS title ORDER BY id", timeout=0
    ).rows
    for row in interviews:
        source = {"source_id": row["id"], "title": row["title"] or row["id"]}
        for n, (name, known) in enumerate(sorted(people[row["id"]].items())):
            if n:
                lost["participants of an interview beside its first"] += 1
            else:
                source |= {"participant": name, **known}
        rows.append(source)
    columns = ("source_id", "title", *(("participant",) if people else ()), *variables)
    return Table("sources", columns, rows)
