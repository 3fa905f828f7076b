"""From the paths a user names to readings: each file by the loader that knows it, bad ones reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.ingest.ahead import Ahead
from kb.ingest.collect import Contents, collect
from kb.ingest.gather_relations import RELATION_ENDINGS, gather_relations
from kb.ingest.gathered import Gathered
from kb.ingest.marks import Kept
from kb.ingest.origin import by_origin, file_digest
from kb.ingest.overrides import Overrides
from kb.ingest.project import project_id
from kb.ingest.pseudonyms import Renamed
from kb.ingest.reader import Reader, Records
from kb.ingest.relation_source import FORMAT
from kb.ingest.report import LoadReport, NotPlaced, SourceReport
from kb.ingest.stored import Stored, StoredSource
from kb.ingest.telling import tell, tell_guessed, tell_left_aside, tell_removed
from kb.records import Origin
from kb.unexpected import told
from loaders import (
    check_file,
    file_name,
    find_sources,
    name_parts,
    registry,
    table_endings,
)

Known = dict[tuple[str, str], list[StoredSource]]  # by SHA-256 and name of the file
Progress = Callable[[int, int, str], None]  # done, total, name of the file


class Before(NamedTuple):
    """What the graph holds already.

    Attributes:
        stored: All of it.
        known: Its sources from files of the names met, by SHA-256 and name.
        held: Ids of those sources, by their project.
        formats: Of its projects.
        names: The files' names.
        pseudonyms: Which of its sources were loaded with pseudonyms, and what this load replaces.
    """

    stored: Stored
    known: Known
    held: dict[str, set[str]]
    formats: frozenset[str]
    names: set[str]
    pseudonyms: Kept

    def meet(self, names: set[str]) -> Iterable[StoredSource]:
        """Take in what the graph holds from files of these names; gives those not met before."""
        new = names - self.names
        self.names.update(new)
        for before in self.stored.of_files(new) if new else ():
            self.known[before.sha256, before.file].append(before)
            if before.project:
                self.held[before.project].add(before.id)
            yield before


def gather(
    paths: Iterable[Path],
    stored: Stored,
    overrides: Overrides,
    report: LoadReport,
    progress: Progress,
    reader: Reader,
    pseudonyms: Kept | None = None,
) -> Gathered:
    """Read what is new among the named paths; failures go into the report and do not stop it."""
    also = RELATION_ENDINGS | (table_endings() if overrides.columns else set())
    found = find_sources(paths, also, reader.knows)
    tell_left_aside(found, report)
    by_file: dict[str, list[StoredSource]] = defaultdict(list)
    formats = frozenset(p.format for p in stored.projects.values())
    graph = Before(stored, defaultdict(list), defaultdict(set), formats, set(), pseudonyms or Kept())
    for before in graph.meet({overrides.file(source.path) for source in found.sources}):
        by_file[before.file].append(before)
    result = Gathered()
    sha256_of = cache(file_digest)  # asked for when a file may be read ahead, and when its turn comes

    def is_new(path: Path) -> bool:
        check_file(path)
        there = graph.known.get((sha256_of(path), overrides.file(path)))
        return not there or not graph.pseudonyms.same(source.id for source in there)

    files = [source.path for source in found.sources if source.error is None]
    # Names are replaced here: whoever reads a file need not know them.
    with Ahead(reader, files, replace(overrides, pseudonyms=None), is_new) as ahead:
        for number, source in enumerate(found.sources):
            progress(number, len(found.sources), file_name(source.path))
            try:
                if source.error is not None:
                    raise source.error
                check_file(source.path)  # before its bytes are read: a pipe would never end
                if source.path.suffix.lower() in RELATION_ENDINGS:
                    gather_relations(
                        source.path,
                        by_file[overrides.file(source.path)],
                        stored,
                        overrides,
                        graph.pseudonyms,
                        reader,
                        result,
                        report,
                    )
                else:
                    _gather_readings(
                        source.path, sha256_of(source.path), graph, overrides, ahead, result, report
                    )
            except InputError as error:
                report.sources.append(SourceReport(path=str(source.path), status="failed", error=str(error)))
            except Exception as error:  # a mistake of kb's own: the other files are loaded all the same
                said = f"{source.path}: {told(error)}"
                report.sources.append(SourceReport(path=str(source.path), status="failed", error=said))
    progress(len(found.sources), len(found.sources), "")
    # Unless another file of this load holds them now.
    result.removed -= set(result.readings)
    gone = (stored.sources[id_] for id_ in sorted(result.removed))
    tell_removed((source for source in gone if source.format != FORMAT), report)
    report.not_placed += [
        NotPlaced(level="info", source="kb.loaders", message=sentence) for sentence in registry().broken
    ]
    return result


def _gather_readings(
    path: Path,
    sha256: str,
    graph: Before,
    overrides: Overrides,
    ahead: Ahead,
    result: Gathered,
    report: LoadReport,
) -> None:
    if _is_unchanged(path, overrides.file(path), sha256, graph, overrides, result, report):
        return
    own = Origin.model_construct(file=file_name(path), format="", sha256=sha256)
    try:
        records = ahead.records(path)
        parts = []
        for named, records_of in by_origin(records, own):
            origin, said = named, iter(records_of)
            if names := overrides.pseudonyms:  # a file at a time: what follows on what is the file's
                said = Renamed(names, named.file).all(records_of)
                origin = named.model_copy(update={"file": names.file(named.file)})
            found = collect(said, origin.sha256, origin.file, partial(_format, origin, records))
            parts.append((origin, found))
    except InputError as error:
        raise error if error.path else InputError(error.message, path) from error
    interviews = {reading.interview for _, found in parts for reading in found.readings}
    graph.pseudonyms.refuse(graph.stored, interviews, {sha256, *(found.sha256 for _, found in parts)}, path)
    for origin, _ in parts:
        list(graph.meet({origin.file}))
    parts = [
        (origin, found)
        for origin, found in parts
        if not found.project
        or not _is_unchanged(path, origin.file, found.sha256, graph, overrides, result, report)
    ]
    if not overrides.accept_guesses and any(tell_guessed(path, found, report) for _, found in parts):
        return
    for origin, found in parts:
        _gather_part(path, origin, found, graph, result, report)


def _format(origin: Origin, records: Records) -> str:
    """The format of a file that holds no interview."""
    return origin.format or records.format


def _gather_part(
    path: Path, origin: Origin, found: Contents, graph: Before, result: Gathered, report: LoadReport
) -> None:
    """Take in what one file holds, which may stand in another that gathers the records of several."""
    ids = [reading.id for reading in found.readings] + ([found.project.id] if found.project else [])
    if not take(ids, found.sha256, path, result):
        report.sources += [SourceReport(path=str(path), status="unchanged", source=id_) for id_ in ids]
        return
    for reading in found.readings:
        result.readings[reading.id] = reading
    _sync_project(origin.file, found, graph, result)
    tell(path, found, report)


def _is_unchanged(
    path: Path,
    file: str,
    sha256: str,
    graph: Before,
    overrides: Overrides,
    result: Gathered,
    report: LoadReport,
) -> bool:
    """Whether the graph has the file as it is; if so, it is reported."""
    before = _as_before(path, file, sha256, graph)
    if not before or overrides.change(before[1]) or not graph.pseudonyms.same(before[0]):
        return False
    take(before[0], sha256, path, result)
    report.sources += [SourceReport(path=str(path), status="unchanged", source=id_) for id_ in before[0]]
    return True


def _as_before(path: Path, file: str, sha256: str, graph: Before) -> tuple[list[str], str] | None:
    """Ids and format of the sources of a file that the graph has already, all of them; else None."""
    there = graph.known[sha256, file]
    for format_ in graph.formats:
        project = graph.stored.projects.get(project_id(format_, file))
        if project and project.sha256 == sha256:
            whole = set(project.sources) <= {source.id for source in there}
            return ([*project.sources, project.id], project.format) if whole else None
    # The same bytes in another round's folder are another source: a moderator who changed nothing.
    round_ = f"/{name_parts(path).round}"
    for source in there:
        if source.id.endswith(round_) or source.id == f"{source.interview}/{source.format}":
            return ([source.id], source.format) if source.project is None else None
    return None


def _sync_project(file: str, found: Contents, graph: Before, result: Gathered) -> None:
    """Take in what a file says of the study; what it held before and no longer holds goes."""
    if found.project:
        result.projects[found.project.id] = found.project
        id_ = found.project.id
    else:
        id_ = project_id(found.readings[0].source.format, file)
        if id_ not in graph.stored.projects:
            return
        result.removed_projects.add(id_)
    ids = {reading.id for reading in found.readings}
    result.removed |= graph.held.get(id_, set()) - ids


def take(ids: Iterable[str], sha256: str, path: Path, result: Gathered) -> bool:
    """Let a file be the source of these ids; False if one with the same bytes is it already.

    Raises:
        InputError: One with other bytes is it: which of them counts must not depend on which of them
            the graph happens to hold.
    """
    ids = list(ids)
    for id_ in ids:
        if result.met.get(id_, sha256) != sha256:
            raise InputError(
                f"is the same source as {result.paths[id_]} ({id_}), with other content; "
                "tell them apart with --coder or --round, or load one of them.",
                path,
            )
    new = [id_ for id_ in ids if id_ not in result.met]
    result.met |= dict.fromkeys(new, sha256)
    result.paths |= dict.fromkeys(new, path)
    return bool(new)
