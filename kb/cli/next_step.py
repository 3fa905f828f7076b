"""Why a question had no answer, and which command comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.ask.next_step import Candidates, next_step

if TYPE_CHECKING:
    from pathlib import Path

    from kb.ask.query import Query
    from kb.ask.standing import Standing
    from kb.store.bolt import Store

# Turns of a study that are searched for candidates at the end of a load; a larger one would keep waiting.
SEARCHED = 4000

# What a query asks for, by the names in its text.
_RELATIONS = re.compile(r"\bClaim\b|\b(?:CAUSES|HAS_FIX|NOT_FIXED_BY|DETECTED_BY)\b")
_CODES = re.compile(r"\bCODED_AS\b|\bCODED\b")
_PEOPLE = re.compile(r"\bParticipant\b|\bVariable\b")
_CATALOGUE = re.compile(r"\bCatalogue\b|\bIN_CATALOGUE\b")


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
