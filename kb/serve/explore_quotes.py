"""An issue's card, and the passages behind a node or a link, each with where it stands in its interview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kb.api.graph import Graph
from kb.ask.where import find_people
from kb.errors import UsageError

PASSAGES = 60  # that are shown at once
_MOST = 2000  # passages that are looked through for some people's
LINKS = 25  # of a summed link whose passages are looked up
_TURNS = (
    "UNWIND $ids AS id MATCH (t:Turn {id: id}) OPTIONAL MATCH (t)-[r:CODED_AS]->(c:Concept) "
    "WHERE c.name IN $names RETURN t.id AS id, t.text AS text, t.speaker AS speaker, "
    "collect(DISTINCT r.coder) AS coders"
)

Passage = dict[str, Any]


def card(graph: Graph, issue: str, where: list[str]) -> dict[str, Any]:
    """All about one issue: what it is, what causes it, what it leads to, what fixes it, with the counts.

    Args:
        graph: The graph.
        issue: A code or an issue, by any name that kb understands.
        where: Conditions on whose words count.

    Raises:
        UsageError: There is none of that name.
    """
    rows = graph.ask("issue-card", issue=issue, limit=1000, where=where).rows
    if not rows:
        raise UsageError(f"Nothing is known of {issue!r} here.")
    name = rows[0]["issue"]
    sections: dict[str, list[dict[str, Any]]] = {}
    spoken = 0
    for row in rows:
        if row["section"] == "spoken of":
            spoken += 1
        elif row["section"] != "is" or row["issue"] != name:
            sections.setdefault("includes" if row["section"] == "is" else row["section"], []).append(
                {
                    "name": row["item"], "detail": row["detail"], "interviews": row["interviews"] or 0,
                    "told_in": row["told_in"] or [], "catalogues": row["catalogues"] or [],
                    "of": row["issue"],
                }
            )  # fmt: skip
    first = rows[0]
    return {
        "name": name,
        "kind": first["detail"],
        "definition": next((text for text in first["quotes"] if text), ""),
        "interviews": first["told_in"],
        "passages": spoken,
        "catalogues": first["catalogues"],
        "sections": [{"title": title, "items": items} for title, items in sections.items()],
    }


def of_code(graph: Graph, code: str, interview: str | None, where: list[str]) -> dict[str, Any]:
    """Passages coded with a code; arguments and errors as in `card`."""
    theirs = _theirs(graph, where)
    answer = graph.ask("evidence", code=code, interview=interview, limit=_MOST if where else PASSAGES)
    found = [
        {
            "interview": row["interview"], "turn": row["turn"], "speaker": row["speaker"],
            "text": row["quote"],
            "coder": ", ".join(row["coded_by"]), "code": row["codes"][0], "how": "",
        }
        for row in answer.rows
        if theirs(row["interview"], f"{row['interview']}/{row['speaker']}")
    ][:PASSAGES]  # fmt: skip
    return {"quotes": _in_place(graph, found, []), "notes": list(answer.notes)}


def of_links(
    graph: Graph, pairs: list[tuple[str, str]], relation: str, interview: str | None, where: list[str]
) -> dict[str, Any]:
    """Passages that say a link, or the links that one sums.

    Args:
        graph: The graph.
        pairs: Names of both ends of each.
        relation: How the first stands to the second, as the map says it.
        interview: Only what is told in it.
        where: Conditions on whose words count.
    """
    theirs = _theirs(graph, where)
    found: list[Passage] = []
    notes: list[str] = []
    for one, other in pairs[:LINKS]:
        ends: dict[str, Any] = {"of": one, "and": other}  # no name that Python can write
        answer = graph.ask(
            "evidence-of-relation", interview=interview, limit=_MOST if where else PASSAGES, **ends
        )
        notes += answer.notes
        found += [
            _passage(row)
            for row in answer.rows
            if (row["from"], row["relation"], row["to"]) == (one, relation, other)
            and (theirs(row["told_in"], row["person"]) or row["catalogues"])
        ]
    if len(pairs) > LINKS:
        notes.append(f"These are the passages of {LINKS} of the {len(pairs)} links that are summed.")
    if len(found) > PASSAGES:
        notes.append(f"The first {PASSAGES} of {len(found)} passages are shown.")
    names = sorted({name for pair in pairs[:LINKS] for name in pair})
    return {"quotes": _in_place(graph, found[:PASSAGES], names), "notes": list(dict.fromkeys(notes))}


def _theirs(graph: Graph, where: list[str]) -> Callable[[str | None, str | None], bool]:
    """Whether words count that somebody said in an interview, by its id and the speaker's.

    The passages of many links are asked for one after the other; a graph of these people's alone for each, as
    ``where`` makes it, would take a second a link.
    """
    if not where:
        return lambda _interview, _speaker: True
    scope = find_people(graph.store, where).scope
    return lambda interview, speaker: interview in scope.whole or speaker in scope.speakers


def _passage(row: dict[str, Any]) -> Passage:
    read = [
        f"proposed by {row['by']}" if row["by"] else "",
        f"read by {row['reviewer']}" if row["reviewer"] else "",
    ]
    speaker = (row["person"] or "").partition("/")[2] or None
    return {
        "interview": row["told_in"], "turn": row["turn"], "speaker": speaker, "text": row["quote"] or "",
        "coder": None, "code": row["from"], "catalogues": row["catalogues"],
        "link": f"{row['from']} {row['relation']} {row['to']}",
        "how": ", ".join(filter(None, [row["explicit"], *read])),
    }  # fmt: skip


def _in_place(graph: Graph, passages: list[Passage], names: Iterable[str]) -> list[Passage]:
    """With where the words begin and end in their turn, who says them, and who coded the turn so."""
    ids = sorted({each["turn"] for each in passages if each["turn"]})
    rows = graph.store.read(_TURNS, {"ids": ids, "names": list(names)}).rows if ids else []
    turns = {row["id"]: row for row in rows}
    for each in passages:
        turn = turns.get(each["turn"])
        if turn is None:
            continue
        each["speaker"] = each["speaker"] or turn["speaker"]
        each["coder"] = each["coder"] or ", ".join(sorted(filter(None, turn["coders"]))) or None
        start = (turn["text"] or "").find(each["text"]) if each["text"] else -1
        if start >= 0:
            each |= {"start": start, "end": start + len(each["text"])}
    return passages
