"""Adds two kinds of relations to the table and prints where they turn up, as JSON; run by a test.

In a process of its own, since the table is read when modules are imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kb import relation
from kb.relation import Place, RelationKind

relation.PLACES = (
    Place("safeguard", "ABOUT_SAFEGUARD", "fix", "The safeguard a claim names."),
    *relation.PLACES,
)
relation.KINDS = (
    *relation.KINDS,
    RelationKind(
        "prevents", "PREVENTED_BY", "issue", "safeguard", "Issue to what keeps it away.",
        "is prevented by", "prevents", "kept away by", "prevents", "#123456", "bar", False,
    ),
    RelationKind(
        "triggers", "TRIGGERS", "cause", "effect", "Cause to what it sets off.",
        "triggers", "is triggered by", "sets off", "triggers", "#654321", "arrow", True,
    ),
)  # fmt: skip

TRANSCRIPT = """\
Interviewer: What goes wrong in the bakery at night?

Interviewee: When the power drops, the oven goes cold at once and the bread stays flat.

Interviewee: Since we have the battery the oven does not go cold any more, whatever the grid does.
"""
RELATIONS = """\
interview: 77
relations:
- id: a
  kind: triggers
  cause: power drop
  effect: cold oven
  explicit: stated
  quote: When the power drops, the oven goes cold
- id: b
  kind: causes
  cause: cold oven
  effect: flat bread
  explicit: stated
  quote: the bread stays flat
- id: c
  kind: prevents
  issue: cold oven
  safeguard: battery in the cellar
  safeguard_as: the battery
  explicit: stated
  quote: Since we have the battery the oven does not go cold
"""


def main(folder: Path) -> dict[str, Any]:
    """Load a story with the new kinds, and look for them everywhere."""
    from kb.ask.answer import ask, to_subgraph
    from kb.ask.query import find_query
    from kb.browser.grass import grass
    from kb.browser.guide import guide_asciidoc, guide_html
    from kb.browser.perspective import perspective
    from kb.export import FigureOptions, export
    from kb.figure.kinds import sentence
    from kb.ingest.load import load
    from kb.schema import EDGE_TYPES
    from kb.settings import Settings
    from kb.store import open_store

    (folder / "Interview 77.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (folder / "own.yaml").write_text(RELATIONS, encoding="utf-8")
    found: dict[str, Any] = {}
    with open_store(Settings(), create=True) as store:
        store.write("MATCH (n) DETACH DELETE n")
        report = load(store, [folder / "Interview 77.txt", folder / "own.yaml"])
        found["lost"] = [item.message for item in report.not_placed if item.level == "lost"]
        found["failed"] = [source.error for source in report.sources if source.error]
        found["again"] = load(store, [folder / "own.yaml"]).nodes

        def rows(name: str, **given: Any) -> list[dict[str, Any]]:
            answer = ask(store, find_query(name), given)
            return [{key: value for key, value in row.items() if key != "path"} for row in answer.rows]

        issue = {"issue": "cold oven"}
        found["fixes-for"] = [(r["relation"], r["fix"], r["passages"]) for r in rows("fixes-for", **issue)]
        found["neighbourhood"] = sorted(r["relation"] for r in rows("neighbourhood", **issue))
        found["issue-card"] = sorted((r["section"], r["item"]) for r in rows("issue-card", **issue))
        found["saturation"] = sorted(r["item"] for r in rows("saturation", what="relation"))
        found["causes-of"] = [r["cause"] for r in rows("causes-of", **issue)]
        found["chains"] = [r["chain"] for r in rows("causal-chains", effect="flat bread", cause="power drop")]
        graph = to_subgraph(ask(store, find_query("neighbourhood"), issue))
        names = {node.id: node.id for node in graph.nodes}
        found["sentences"] = sorted(sentence(edge, names) for edge in graph.edges)
        for ending in (".svg", ".json"):
            export(graph, folder / f"figure{ending}", FigureOptions(), lambda _: None)
        found["svg"] = (folder / "figure.svg").read_text(encoding="utf-8")
        found["concepts"] = store.read(
            "MATCH (c:Concept) WHERE c.name IN ['battery in the cellar', 'power drop'] "
            "RETURN c.name AS name, c.kind AS kind ORDER BY name"
        ).rows
        found["sums"] = store.read(
            "MATCH (:Concept)-[r:PREVENTED_BY]->(:Concept) "
            "RETURN r.interviews AS i, r.people AS p, r.stated AS s"
        ).rows
    found["schema"] = sorted(set(EDGE_TYPES) & {"PREVENTED_BY", "TRIGGERS", "ABOUT_SAFEGUARD"})
    found["grass"] = grass()
    found["guide"] = guide_html([]) + guide_asciidoc([])
    found["perspective"] = perspective([])
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
