"""What was read, as lines of a load's report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.ingest.collect import Contents
from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT
from kb.ingest.report import LeftFile, LoadReport, NotPlaced, SourceReport
from kb.ingest.speakers import speakers_of, too_much_guessed
from kb.ingest.stored import Stored, StoredSource
from kb.records import Notice
from loaders import Found, step_left


def tell(path: Path, found: Contents, report: LoadReport) -> None:
    """Add what was read in a file to the report."""
    several = len({reading.interview for reading in found.readings}) > 1
    for reading in found.readings:
        report.sources.append(_read(path, reading))
        report.not_placed += (_not_placed(notice, tell_where=several) for notice in reading.notices)
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


def tell_unchanged(stored: Stored, report: LoadReport) -> None:
    """Add who speaks in the sources that were not read again, as the graph holds their interviews."""
    unchanged = [s for s in report.sources if s.status == "unchanged" and s.source and s.format != FORMAT]
    speakers = stored.speakers_of({_interview(source) for source in unchanged})
    for source in unchanged:
        if found := speakers.get(_interview(source)):
            source.interview, source.speakers = _interview(source), found


def _interview(source: SourceReport) -> str:
    return (source.source or "").split("/", 1)[0]


def tell_guessed(path: Path, found: Contents, report: LoadReport) -> bool:
    """Report a file as failed if of one of its sources too much is guessed; False if of none is."""
    sources = [_read(path, reading) for reading in found.readings]
    why = {source.source: too_much_guessed(source.speakers) for source in sources}
    if not any(why.values()):
        return False
    first = next(source.interview for source in sources if why[source.source])
    # A file is loaded whole or not at all, so that what is left out of it cannot be overlooked.
    beside = f"interview {first} of the same file has too many guessed speakers."
    report.sources += [
        source.model_copy(update={"status": "failed", "error": why[source.source] or beside})
        for source in sources
    ]
    return True


def _read(path: Path, reading: Reading) -> SourceReport:
    """One reading that was loaded."""
    head = reading.source
    speakers = speakers_of(reading.turns)
    return SourceReport(
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
        speakers=speakers,
        guessed=sum(one.guessed for one in speakers),
    )


def _not_placed(notice: Notice, *, tell_where: bool = False) -> NotPlaced:
    where = f"interview {notice.interview}: " if tell_where and notice.interview else ""
    return NotPlaced(
        level=notice.level,
        source=notice.source,
        message=f"{where}{notice.message}",
        line=notice.line,
        page=notice.page,
    )


def tell_left_aside(found: Found, report: LoadReport) -> None:
    """Add the files that were passed over in folders."""
    report.left_aside = dict(sorted(found.left_aside.items()))
    for ending in report.left_aside:
        for path in found.left[ending]:
            report.left_files.append(LeftFile(path=str(path), step=step_left(path)))


def tell_removed(sources: Iterable[StoredSource], report: LoadReport) -> None:
    """Add sources that a file no longer holds to the report."""
    for source in sources:
        report.sources.append(SourceReport(path=source.file, status="removed", source=source.id))
