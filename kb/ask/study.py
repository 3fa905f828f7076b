"""The coded interviews, read back from the graph as records: for what counts and compares codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.agreement import CodedSource
from kb.records import Coding, Turn
from kb.store.bolt import Store
from kb.text.words import plural


@dataclass(frozen=True)
class Study:
    """All that is coded in a graph, or in some of its interviews.

    Attributes:
        turns: By interview, in the order said; the id tells the interview and the place.
        codings: On these turns, with `code` the concept.
        sources: Who coded which interview in which round, with codes in the export.
        concepts: Properties of the concepts by name, with their `labels` as written.
    """

    turns: tuple[Turn, ...]
    codings: tuple[Coding, ...]
    sources: tuple[CodedSource, ...]
    concepts: dict[str, dict[str, Any]]


def findings(study: Study) -> tuple[tuple[Coding, ...], str]:
    """The codings without those of the interview guide's questions, which tell no finding.

    Returns:
        The others, and a sentence on what was left out; empty if nothing was.
    """
    asked = {name for name, concept in study.concepts.items() if concept.get("kind") == "question"}
    kept = tuple(coding for coding in study.codings if coding.code not in asked)
    out = len(study.codings) - len(kept)
    if not out:
        return study.codings, ""
    codes = len({coding.code for coding in study.codings if coding.code in asked})
    said = (
        f"{plural(out, 'coding')} with {plural(codes, 'code')} of the interview guide's questions left out."
    )
    return kept, said


def read_study(store: Store, interview: str | None = None) -> Study:
    """Read turns, codings and who coded what.

    Args:
        store: The graph.
        interview: Only this interview; None for all.
    """
    scope = {"interview": interview}
    # A row for each interview: the driver takes four times as long for a row each of two thousand turns.
    told = store.read(
        "MATCH (t:Turn) WHERE $interview IS NULL OR t.interview = $interview "
        "RETURN t.interview AS interview, collect([t.index, t.id, t.speaker, t.role, t.text]) AS turns "
        "ORDER BY interview",
        scope,
    ).rows
    turns = [
        Turn(id=id_, interview=row["interview"], index=index, speaker=speaker or "", role=role, text=text)
        for row in told
        for index, id_, speaker, role, text in sorted(row["turns"], key=lambda turn: turn[:2])
    ]
    codings = store.read(
        "MATCH (t:Turn) WHERE $interview IS NULL OR t.interview = $interview "
        "MATCH (t)-[r:CODED_AS]->(c:Concept) "
        "RETURN t.interview AS interview, t.id AS turn, r.label AS label, c.name AS code, r.coder AS coder, "
        "r.round AS round, r.quote AS quote, r.start AS start, r.end AS end, "
        "coalesce(r.label_without_underline, false) AS label_without_underline, t.index AS index "
        "ORDER BY interview, index, turn, coder, round, code, start",
        scope,
    ).rows
    sources = coded_sources(store, interview)
    concepts = store.read("MATCH (c:Concept) RETURN properties(c) AS p ORDER BY c.name").rows
    return Study(
        tuple(turns),
        tuple(Coding(**{key: value for key, value in row.items() if key != "index"}) for row in codings),
        tuple(sources),
        {row["p"]["name"]: row["p"] for row in concepts},
    )


def coded_sources(store: Store, interview: str | None = None) -> list[CodedSource]:
    """Who coded which interview in which round, with codes in the export.

    Args:
        store: The graph.
        interview: Only this interview; None for all.
    """
    rows = store.read(
        "MATCH (w:Coder)-[d:CODED]->(i:Interview) WHERE d.codes_exported "
        "AND ($interview IS NULL OR i.id = $interview) "
        "RETURN i.id AS interview, w.name AS coder, d.round AS round ORDER BY interview, coder, round",
        {"interview": interview},
    ).rows
    return [CodedSource(**row) for row in rows]


def labels_used(store: Store) -> Mapping[str, int]:
    """Codings of each label as written, for `kb check`."""
    rows = store.read(
        "MATCH (:Turn)-[r:CODED_AS]->(:Concept) RETURN r.label AS label, count(r) AS n ORDER BY label"
    ).rows
    return {row["label"]: int(row["n"]) for row in rows}
