"""The one thing that an agent can write: a proposal, verified first, into the queue that a reader judges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.api.graph import Graph
from kb.errors import UsageError
from kb.propose.model import Proposal
from kb.propose.over_graph import OverGraph
from kb.propose.queue import append, queue_beside
from kb.propose.read import Row, one_proposed
from kb.propose.verify import Verifier


def propose(graph: Graph, fields: dict[str, Any], relations: Path, language: str) -> dict[str, Any]:
    """Verify a proposal, and keep it for a reader if its quote stands.

    Args:
        graph: Where the transcripts are.
        fields: kind, start, end, quote, interview, and perhaps turn, note, by, as a file has them.
        relations: The relations file that the queue stands beside; neither it nor the graph is touched.
        language: Of the interviews.

    Returns:
        ``status`` (waits or refused), why, where the quote stands as it does in the transcript, and what kb
        finds for and against it.

    Raises:
        UsageError: It cannot be read as a proposal.
        InputError: The queue cannot be read or written.
    """
    row: Row = one_proposed(fields)
    over = OverGraph(graph.store, [row], language=language, ledger=relations)
    (outcome,) = Verifier(over.source()).all([row])
    if outcome.proposal is None:
        raise UsageError(f"This is no proposal: {outcome.problem}")
    found = _told(outcome.proposal)
    if outcome.refused:
        return {"status": "refused", **found}
    queue = queue_beside(relations)
    new = append(queue, [outcome.proposal])
    next_ = "a reader decides on it in `kb review` or `kb serve`; the graph is as it was."
    return {"status": "waits", "in": str(queue), "new": bool(new), **found, "next": next_}


def _told(proposal: Proposal) -> dict[str, Any]:
    known = proposal.model_dump(mode="json")
    names = ("kind", "start", "end", "interview", "turns", "speaker", "explicit", "refusal", "warnings",
             "speaks_for", "speaks_against")  # fmt: skip
    found = {name: known[name] for name in names if known.get(name)}
    if proposal.refusal is None:
        quotes = zip(proposal.quotes, proposal.turns, strict=True)
        found["quotes"] = [f"{text} [{turn}]" for text, turn in quotes]
    return found
