"""What was read, as lines of a load's report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.ingest.collect import Contents
from kb.ingest.report import LoadReport, NotPlaced, SourceReport
from kb.ingest.stored import StoredSource
from kb.records import Notice


def tell(path: Path, found: Contents, report: LoadReport) -> None:
    """Add what was read in a file to the report."""
    for reading in found.readings:
        head = reading.source
        report.sources.append(
            SourceReport(
                path=str(path),
                status="loaded",
                source=reading.id,
                format=head.format,
                interview=head.interview,
                coder=reading.coder,
                round=head.round,
                turns=len(reading.turns),
                codings=len(reading.codings),
                relations=len(reading.relations),
                memos=len(reading.memos),
                codes_exported=head.codes_exported if reading.coded else None,
            )
        )
        report.not_placed += map(_not_placed, reading.notices)
    if project := found.project:
        report.sources.append(
            SourceReport(
                path=str(path),
                status="loaded",
                source=project.id,
                format=project.format,
                relations=len(project.relations),
                codes=len(project.codes),
                participants=len(project.participants),
                memos=len(project.memos),
            )
        )
    report.not_placed += map(_not_placed, found.notices)


def _not_placed(notice: Notice) -> NotPlaced:
    return NotPlaced(
        level=notice.level, source=notice.source, message=notice.message, line=notice.line, page=notice.page
    )


def tell_removed(sources: Iterable[StoredSource], report: LoadReport) -> None:
    """Add sources that a file no longer holds to the report."""
    for source in sources:
        report.sources.append(SourceReport(path=source.file, status="removed", source=source.id))
