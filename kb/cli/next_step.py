"""What is missing in a study and which command comes next: after a load, in `kb status`, in empty answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.text.words import plural

if TYPE_CHECKING:
    from pathlib import Path

    from kb.ask.query import Query
    from kb.ask.standing import Standing
    from kb.store.bolt import Store

# Turns of a study that are searched for candidates at the end of a load; a larger one would keep waiting.
SEARCHED = 4000
_ROOM = 48  # letters of names in a line

# What a query asks for, by the names in its text.
_RELATIONS = re.compile(r"\bClaim\b|\b(?:CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY)\b")
_CODES = re.compile(r"\bCODED_AS\b|\bCODED\b")
_PEOPLE = re.compile(r"\bParticipant\b|\bVariable\b")
_CATALOGUE = re.compile(r"\bCatalogue\b|\bIN_CATALOGUE\b")

Candidates = Mapping[str, int]  # of each kind that `kb suggest` takes


def some(names: Sequence[str]) -> str:
    """Names in a line: ``1, 2, 3 and 997 more``."""
    used, shown = 0, 0
    for name in names:
        used += len(name) + 2
        if used > _ROOM and shown:
            break
        shown += 1
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def next_step(found: Standing, candidates: Candidates | None = None) -> str:
    """What comes next in a study, a sentence or two; every command in it is there.

    Args:
        found: Where it stands.
        candidates: How many relations `kb suggest` finds, where that was counted.
    """
    if not found.turns:
        return "Nothing is loaded yet: `kb load PATH` loads transcripts, coded files and relations."
    if not found.relations:
        if not found.coded:
            return (
                "No passage is coded and no relation is written down: load the coded files of these "
                "interviews (`kb load PATH`), or a relations file (docs/relations.md)."
            )
        return f"No relation is written down yet, so nothing causes anything: {_to_relations(candidates)}"
    if found.coded and found.unrelated:
        without = found.unrelated
        first = without[0]
        return (
            f"No relation is written down of {plural(len(without), 'interview')} ({some(without)}): "
            f"`kb suggest causes --interview {first}`."
        )
    return (
        "Ask: `kb query causal-map`, `kb query top-issues`; `kb query` lists the questions, "
        "`kb export` draws, `kb serve` opens a page to explore."
    )


def _to_relations(candidates: Candidates | None) -> str:
    counted = {kind: count for kind, count in (candidates or {}).items() if count}
    if candidates is not None and not counted:
        return "`kb suggest` finds no candidates; write a relations file (docs/relations.md) and load it."
    if counted:
        said = ", ".join(f"{plural(n, 'candidate')} by `kb suggest {kind}`" for kind, n in counted.items())
    else:
        said = "`kb suggest causes` and `kb suggest fixes` rank candidates"
    return f"{said}; `kb review` takes you through them, `kb serve` does on a page."


def why_nothing(
    graph: Store, query: Query, params: Mapping[str, Any], db: Path | None, where: Sequence[str]
) -> str:
    """The same as `why_empty`, of a graph."""
    from kb.ask.standing import standing
    from kb.cli.names import counted_candidates

    return why_empty(query, params, standing(graph), counted_candidates(db), where)


def why_empty(
    query: Query,
    params: Mapping[str, Any],
    found: Standing,
    candidates: Candidates | None,
    where: Sequence[str],
) -> str:
    """Why a question had no answer, and what to do; a sentence or two.

    Args:
        query: The canned query.
        params: Its parameters as typed.
        found: Where the study stands.
        candidates: See `next_step`.
        where: Conditions on whose words count.
    """
    if not found.turns and not found.catalogues:
        return next_step(found)
    if _CATALOGUE.search(query.text) and not found.catalogues and query.topic == "Catalogue":
        return "No catalogue is loaded: `kb load --catalogue` loads the one that kb ships."
    if _PEOPLE.search(query.text) and not found.participants and query.topic == "People":
        return "Nothing is known of the participants: `kb load --participants FILE` (docs/participants.md)."
    asks_relations = bool(_RELATIONS.search(query.text)) or bool(query.steps)
    if asks_relations and not found.relations:
        return next_step(found, candidates)
    if _CODES.search(query.text) and not asks_relations and not found.coded:
        return "No passage is coded: load the coded files of these interviews (`kb load PATH`)."
    narrowed = [
        f"--{name.replace('_', '-')}"
        for name, value in params.items()
        if value is not None and value != query.params[name].default and not query.params[name].required
    ]
    narrowed += ["--where"] if where else []
    if narrowed:
        return f"Leave out {' or '.join(narrowed)} to ask of more."
    code = next((params[n] for n, p in query.params.items() if p.type == "code" and params.get(n)), None)
    if code is not None and query.name != "issue-card":
        none = "Nobody tells that in these interviews" if asks_relations else "No passage is coded so"
        return f"{none}; `kb query issue-card {_quoted(code)}` shows all that is known of it."
    if query.name == "coder-disagreements" and not found.compared:
        return "No interview is coded by two coders, so there is nothing to compare."
    return "There is none in this study."


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)
