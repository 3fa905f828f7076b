"""Tables of participants among what a load reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.errors import InputError
from kb.ingest.gather import take
from kb.ingest.gathered import Gathered
from kb.ingest.marks import Kept
from kb.ingest.origin import file_digest
from kb.ingest.overrides import Overrides
from kb.ingest.participants import FORMAT
from kb.ingest.people_table import Table
from kb.ingest.project import Project, project_id
from kb.ingest.pseudonyms import Renamed
from kb.ingest.reader import Reader
from kb.ingest.report import LoadReport, SourceReport
from kb.ingest.stored import Stored
from kb.records import AnyRecord, Participant
from loaders import check_file


def gather_participants(
    path: Path,
    stored: Stored,
    overrides: Overrides,
    kept: Kept,
    reader: Reader,
    result: Gathered,
    report: LoadReport,
) -> None:
    """Read a table of participants; a bad one goes into the report."""
    try:
        check_file(path)
        sha256 = file_digest(path)
        file = overrides.file(path)
        id_ = project_id(FORMAT, file)
        before = stored.projects.get(id_)
        unchanged = before is not None and before.sha256 == sha256 and kept.same([id_])
        table: Table = reader.read("participants", path, overrides.encoding)
        rows: Iterable[AnyRecord] = table.rows
        if names := overrides.pseudonyms:
            rows = Renamed(names, path.name).all(rows)
        people = tuple(row for row in rows if isinstance(row, Participant))
        project = Project(file, FORMAT, sha256, (), participants=people)
        take([id_], sha256, path, result)
    except InputError as error:
        report.sources.append(SourceReport(path=str(path), status="failed", error=str(error)))
        return
    result.projects[id_] = project
    report.not_placed += table.notices
    report.sources.append(
        SourceReport(
            path=str(path),
            status="unchanged" if unchanged else "loaded",
            source=id_,
            format=FORMAT,
            participants=len({row.name for row in people}),
        )
    )
