"""Refusing sources that would spoil the graph: another interview's file, relations that fit nothing."""

from __future__ import annotations

from collections import defaultdict

from kb.codebook import Codebook
from kb.ingest.align import SAME_INTERVIEW, merge, ranked
from kb.ingest.report import LoadReport
from kb.ingest.sources import Sources
from kb.ingest.stored import read_readings
from kb.relations import unknown_names


def refuse_strangers(sources: Sources, report: LoadReport) -> None:
    """Refuse new sources that hardly align with the others: another interview's file.

    Before anything else is decided, so that a stored source of the same name stays in its place.
    """
    new = sources.new.readings
    by_interview: dict[str, list[str]] = defaultdict(list)
    for head in new.heads.values():
        by_interview[head.interview].append(head.id)
    there = sources.stored.builds_of(by_interview)
    for interview, ids in sorted(by_interview.items()):
        if interview not in there and len(ids) == 1:
            continue
        fresh = ranked([new[id_] for id_ in ids])
        kept = (read_readings(sources.store, interview, set(new))[0] if interview in there else []) or fresh[
            :1
        ]
        for reading in fresh:
            if reading in kept:
                continue
            if min(placed.share for placed in merge([*kept, reading]).placed.values()) >= SAME_INTERVIEW:
                kept.append(reading)
                continue
            del new[reading.id]
            _fail(
                report,
                reading.id,
                f"hardly a turn of it is in the other sources of interview {interview}; "
                "if it is another interview, give it another name or --interview.",
            )


def refuse_relations(sources: Sources, codebook: Codebook, report: LoadReport) -> None:
    """Drop relations of interviews that are not there, and files that name unknown codes."""
    new = sources.new.relations
    if not new and not sources.shipped:
        return
    codes = sources.labels() | set(codebook.canonical_of)
    present = sources.present({head.interview for head in new.heads.values()})
    for id_, head in list(new.heads.items()):
        known = head.interview in present
        # Only a file with a name that is no code need be read again, to say where.
        unknown = known and not all(use.partition(":")[2] in codes for use in head.names)
        errors = unknown_names(new[id_].relations, codes) if unknown else []
        if known and not errors:
            continue
        del new[id_]
        more = f" ({len(errors) - 1} more like it)" if len(errors) > 1 else ""
        absent = f"interview {head.interview} is not in the graph; load its transcript too, or first."
        _fail(report, id_, f"{errors[0]}{more}" if errors else absent)
    sources.drop_shipped([id_ for id_, s in sources.shipped.items() if unknown_names(s.relations, codes)])


def _fail(report: LoadReport, source_id: str, why: str) -> None:
    for source in report.sources:
        if source.source == source_id:
            source.status, source.error = "failed", why
