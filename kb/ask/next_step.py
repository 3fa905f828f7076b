"""What comes next in a study: after a load, in `kb status`, in empty answers, on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.text.words import plural

if TYPE_CHECKING:
    from kb.ask.standing import Standing

_ROOM = 48  # letters of names in a line

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
