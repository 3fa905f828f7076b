"""Accepting and refusing suggestions, remembered in a relations file (form: docs/relations.md).

An accepted suggestion becomes entries of `relations`, one for each piece of evidence that a reader chose; a
refused one an entry of `refused`, which holds its kind and ends only. Comments and the order of entries stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from kb.relations.edit import RelationsText
from kb.relations.refused import Refused
from kb.suggest.model import STATING, Evidence, Explicit, Kind, Known, Suggestion


def accept(
    path: Path,
    suggestion: Suggestion,
    evidence: Sequence[Evidence] | None = None,
    note: str | None = None,
    reviewer: str | None = None,
    explicit: Explicit | None = None,
) -> tuple[str, ...]:
    """Write a suggestion down as relations, and forget that it was refused, if it was.

    Args:
        path: The relations file; a new one is begun where there is none.
        suggestion: The suggestion.
        evidence: Which of its evidence to write down; by default the best that states it of each interview.
        note: The reader's own words, for each entry.
        reviewer: Who accepts it.
        explicit: How plainly the evidence says it, as the reader has it; by default as kb has it, and what
            carries both codes without stating the link is the reader's inference, `implied`.

    Returns:
        The ids of the new entries; evidence that the file has already is not written again.

    Raises:
        CodebookError: The file is no relations file.
        InputError: The file cannot be written.
    """
    file = RelationsText(path)
    chosen = best_of_each(stating(suggestion.evidence)) if evidence is None else evidence
    ids = tuple(
        added
        for item in chosen
        if (
            added := file.add(
                {
                    "interview": item.interview,
                    "kind": suggestion.kind,
                    **suggestion.ends,
                    "explicit": explicit or (item.explicit if states(item) else "implied"),
                    "quotes": quotes_of(item),
                    "note": note,
                    "reviewer": reviewer,
                }
            )
        )
    )
    known = Known(suggestion.kind, suggestion.start, suggestion.end)
    told = {None, *(item.interview for item in chosen)}
    forgotten = bool(chosen) and file.forget(
        lambda refused: (
            _known(refused) == known and refused.interview in told and reviewer in (None, refused.reviewer)
        )
    )
    if ids or forgotten:
        file.write()
    return ids


def refuse(
    path: Path, kind: Kind, start: str, end: str, note: str | None = None, reviewer: str | None = None
) -> bool:
    """Remember that a relation was refused, so that it is not suggested again.

    Args:
        path: The relations file; a new one is begun where there is none.
        kind: ``causes`` or ``fixes``.
        start: The cause, or the issue.
        end: The effect, or the fix.
        note: Why, in the reader's own words.
        reviewer: Who refuses it.

    Returns:
        Whether it is new in the file.

    Raises:
        CodebookError: The file is no relations file.
        InputError: The file cannot be written.
    """
    file = RelationsText(path)
    new = file.refuse(Refused(kind, start, end, note=note, reviewer=reviewer))
    if new:
        file.write()
    return new


def known_relations(paths: Iterable[Path]) -> frozenset[Known]:
    """What relations files have accepted or refused, to be left out of suggestions.

    A refusal of one interview's passages alone is no refusal of the relation.

    Raises:
        CodebookError: A file is no relations file.
    """
    known: set[Known] = set()
    for path in paths:
        file = RelationsText(path)
        known.update(Known(r.kind, r.start.name, r.end.name) for r in file.relations)
        known.update(_known(refused) for refused in file.refused if refused.interview is None)
    return frozenset(known)


def refused_relations(path: Path) -> frozenset[Known]:
    """What a relations file has refused, for all interviews or for some.

    Raises:
        CodebookError: The file is no relations file.
    """
    return frozenset(map(_known, RelationsText(path).refused))


def without_refused(found: Iterable[Suggestion], path: Path | None) -> list[Suggestion]:
    """Suggestions without their evidence in interviews for which a reader refused them alone.

    Args:
        found: The suggestions.
        path: The relations file; None, or one that is not there, refuses nothing.

    Raises:
        CodebookError: The file is no relations file.
    """
    if path is None or not path.is_file():
        return list(found)
    refused = {(each.kind, each.start, each.end, each.interview) for each in RelationsText(path).refused}
    kept = []
    for suggestion in found:
        what = (suggestion.kind, suggestion.start, suggestion.end)
        evidence = tuple(item for item in suggestion.evidence if (*what, item.interview) not in refused)
        if len(evidence) == len(suggestion.evidence):
            kept.append(suggestion)
        elif evidence:
            counts = {
                "evidence": evidence,
                "interviews": len({item.interview for item in evidence}),
                "people": len({(item.interview, item.person) for item in evidence}),
                "passages": sum(item.passages for item in evidence),
            }
            kept.append(suggestion.model_copy(update=counts))
    return kept


def states(evidence: Evidence) -> bool:
    """Whether its words state the link; codes that only stand together say nothing of one."""
    return evidence.kind in STATING


def stating(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Those whose words state the link, in their order."""
    return [item for item in evidence if states(item)]


def quotes_of(evidence: Evidence) -> tuple[str, ...]:
    """The words to be written down: what the evidence rests on, in the order said."""
    return tuple(quote.text for quote in evidence.quotes)


def in_turns(evidence: Evidence, turns: Collection[str]) -> Evidence:
    """The words of evidence that stand in some turns, without those of others that it rests on as well.

    What needs the words of two turns to say the link is the reader's inference with one of them; an answer
    that confirms a question is not (`kb.ingest.confirmed`).
    """
    quotes = tuple(quote for quote in evidence.quotes if quote.turn in turns)
    if len(quotes) == len(evidence.quotes):
        return evidence
    explicit: Explicit = evidence.explicit if evidence.kind == "confirmed" else "implied"
    return evidence.model_copy(update={"quotes": quotes, "explicit": explicit})


def best_of_each(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of each interview."""
    best: dict[str, Evidence] = {}
    for item in evidence:
        best.setdefault(item.interview, item)
    return list(best.values())


def _known(refused: Refused) -> Known:
    return Known(refused.kind, refused.start, refused.end)
