"""Relations files among the files of a load."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb.errors import InputError
from kb.ingest.gathered import Gathered
from kb.ingest.marks import Kept
from kb.ingest.origin import file_digest
from kb.ingest.overrides import Overrides
from kb.ingest.pseudonyms import renamed_relation
from kb.ingest.reader import Reader
from kb.ingest.relation_source import FORMAT, RelationSource
from kb.ingest.report import LoadReport, SourceReport
from kb.ingest.stored import Stored, StoredSource

RELATION_ENDINGS = frozenset({".yaml", ".yml"})


def gather_relations(
    path: Path,
    before_it: Sequence[StoredSource],
    stored: Stored,
    overrides: Overrides,
    pseudonyms: Kept,
    reader: Reader,
    result: Gathered,
    report: LoadReport,
) -> None:
    """Read a relations file, unless the graph has all of it.

    Args:
        path: The file.
        before_it: The sources in the graph that come from a file of its name.
        stored: What the graph holds.
        overrides: What the user says; the names to be replaced.
        pseudonyms: Which sources were loaded with pseudonyms.
        reader: Reads it.
        result: Takes in what it holds.
        report: Takes in how it went.

    Raises:
        InputError: It cannot be read, or another of its name speaks of the same interview.
    """
    sha256 = file_digest(path)
    before = {s.id: s for s in before_it if s.format == FORMAT}
    same = [s for s in before.values() if s.sha256 == sha256 and pseudonyms.same([s.id])]
    if same and len(same) == len(before) and all(s.parts == len(same) for s in same):
        for known in same:  # all that the file holds is in the graph: it need not be read
            _take_relations(known.id, known.interview, path, result)
            result.unchanged[known.id] = known
            report.sources.append(_relations_report(path, known.id, known.interview, known.relations, True))
        return
    file = reader.read("relations", path)
    pseudonyms.refuse(stored, file.interviews, {sha256}, path)
    spoken_of = []
    for written in file.interviews:
        relations = file.of(written)
        interview = written
        if names := overrides.pseudonyms:
            relations = tuple(renamed_relation(names, relation) for relation in relations)
            interview = relations[0].interview
        spoken_of.append(interview)
        source = RelationSource(interview, overrides.file(path), relations, sha256, len(file.interviews))
        _take_relations(source.id, interview, path, result)
        old = before.get(source.id)
        unchanged = old is not None and old.sha256 == sha256 and pseudonyms.same([source.id])
        if old and unchanged and old.parts == source.parts:
            result.unchanged[source.id] = old
        else:
            result.relations[source.id] = source
        report.sources.append(_relations_report(path, source.id, interview, len(source.relations), unchanged))
    # The file no longer speaks of an interview that it spoke of before.
    result.removed.update(id_ for id_, known in before.items() if known.interview not in spoken_of)


def _take_relations(id_: str, interview: str, path: Path, result: Gathered) -> None:
    if id_ in result.paths:
        raise InputError(
            f"there are two relations files of this name, and interview {interview} is in both; rename one.",
            path,
        )
    result.paths[id_] = path


def _relations_report(path: Path, id_: str, interview: str, count: int, unchanged: bool) -> SourceReport:
    return SourceReport(
        path=str(path),
        status="unchanged" if unchanged else "loaded",
        source=id_,
        format=FORMAT,
        interview=interview,
        relations=count,
    )
