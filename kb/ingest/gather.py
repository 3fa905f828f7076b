"""From the paths a user names to readings: each file by the loader that knows it, bad ones reported."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import InputError
from kb.ingest.reading import Reading, collect
from kb.ingest.relation_source import FORMAT, RelationSource
from kb.ingest.report import LoadReport, NotPlaced, SourceReport
from kb.ingest.stored import Stored, StoredSource
from kb.records import Coding, Interview, Notice, Turn, turn_id
from kb.relations import load_relations
from loaders import check_file, detect, find_sources, name_parts

RELATION_ENDINGS = frozenset({".yaml", ".yml"})
# The loaders that can use more than the file: who the interviewers are, which codes there are.
_BY_INTERVIEWER = ("transcript", "captions")  # which are also those without coder and round
_BY_CODEBOOK = ("delve-text",)
Known = dict[tuple[str, str], list[StoredSource]]  # by SHA-256 and name of the file
Progress = Callable[[int, int, str], None]  # done, total, name of the file


@dataclass(frozen=True)
class Overrides:
    """What the user says of the sources, over what their names say.

    Attributes:
        interview, coder, round: For every source of this load.
        interviewers: Speakers' labels that are interviewers, where labels are names.
        codes: Labels of the user's codebook, which settle what a noisy text leaves open.
        codes_are_new: The codebook was given with this load, so that known sources are read again.
    """

    interview: str | None = None
    coder: str | None = None
    round: str | None = None
    interviewers: Collection[str] = ()
    codes: Collection[str] = ()
    codes_are_new: bool = True

    def __bool__(self) -> bool:
        return bool(self.interview or self.coder or self.round or self.interviewers)

    def change(self, format_: str) -> bool:
        """Whether a source of this format may be read otherwise than before because of them."""
        return bool(self) or (bool(self.codes) and self.codes_are_new and format_ in _BY_CODEBOOK)


@dataclass
class Gathered:
    """New or changed sources, by id; ids of sources that are no longer there; where each came from.

    Attributes:
        met: SHA-256 of every source that the paths hold, unchanged ones too.
        unchanged: The relations among those that the graph has already.
    """

    readings: dict[str, Reading] = field(default_factory=dict)
    relations: dict[str, RelationSource] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    paths: dict[str, Path] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, RelationSource] = field(default_factory=dict)


def records(path: Path, overrides: Overrides | None = None) -> Iterable[Interview | Turn | Coding | Notice]:
    """The records of one file, with the user's word over its name's.

    Raises:
        InputError: No loader knows the file, or it is broken.
    """
    overrides = overrides or Overrides()
    loader = detect(path)
    parse: Callable[..., Iterable[Interview | Turn | Coding | Notice]] = loader.parse
    arguments: dict[str, Collection[str]] = {}
    if overrides.interviewers and loader.FORMAT in _BY_INTERVIEWER:
        arguments["interviewers"] = overrides.interviewers
    if overrides.codes and loader.FORMAT in _BY_CODEBOOK:
        arguments["codebook"] = overrides.codes
    found = parse(path, **arguments)
    if not overrides:
        return found
    return (_overridden(record, overrides) for record in found)


def _overridden(
    record: Interview | Turn | Coding | Notice, overrides: Overrides
) -> Interview | Turn | Coding | Notice:
    change: dict[str, str] = {}
    if overrides.interview:
        change["interview"] = overrides.interview
        if isinstance(record, Turn):
            change["id"] = turn_id(overrides.interview, record.index)
        elif isinstance(record, Coding):
            change["turn"] = turn_id(overrides.interview, int(record.turn.rsplit(":", 1)[1]))
        elif isinstance(record, Interview):
            change["title"] = f"Interview {overrides.interview}"
    if isinstance(record, Coding) or (isinstance(record, Interview) and record.round is not None):
        change |= {"coder": overrides.coder} if overrides.coder else {}
        change |= {"round": overrides.round} if overrides.round else {}
    return record.model_copy(update=change)


def gather(
    paths: Iterable[Path],
    stored: Stored,
    overrides: Overrides,
    report: LoadReport,
    progress: Progress,
) -> Gathered:
    """Read what is new among the named paths; failures go into the report and do not stop it."""
    found = find_sources(paths, also=RELATION_ENDINGS)
    report.left_aside = dict(sorted(found.left_aside.items()))
    known: Known = defaultdict(list)
    for before in stored.sources.values():
        known[before.sha256, before.file].append(before)
    result = Gathered()
    for number, source in enumerate(found.sources):
        progress(number, len(found.sources), source.path.name)
        try:
            if source.error is not None:
                raise source.error
            check_file(source.path)  # before its bytes are read: a pipe would never end
            if source.path.suffix.lower() in RELATION_ENDINGS:
                _gather_relations(source.path, stored, result, report)
            else:
                _gather_reading(source.path, known, overrides, result, report)
        except InputError as error:
            report.sources.append(SourceReport(path=str(source.path), status="failed", error=str(error)))
    progress(len(found.sources), len(found.sources), "")
    return result


def _gather_reading(
    path: Path,
    known: Known,
    overrides: Overrides,
    result: Gathered,
    report: LoadReport,
) -> None:
    sha256 = file_digest(path)
    # The same bytes in another round's folder are another source: a moderator who changed nothing.
    ends = (f"/{name_parts(path).round}", *(f"/{format_}" for format_ in _BY_INTERVIEWER))
    before = next((s for s in known[sha256, path.name] if s.id.endswith(ends)), None)
    if before and not overrides.change(before.format):
        _take(before.id, sha256, path, result)
        report.sources.append(SourceReport(path=str(path), status="unchanged", source=before.id))
        return
    try:
        reading = collect(records(path, overrides), sha256)
    except InputError as error:
        raise error if error.path else InputError(error.message, path) from error
    if not _take(reading.id, sha256, path, result):
        report.sources.append(SourceReport(path=str(path), status="unchanged", source=reading.id))
        return
    result.readings[reading.id] = reading
    head = reading.interview
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
            codes_exported=head.codes_exported if reading.coded else None,
        )
    )
    report.not_placed += [
        NotPlaced(level=n.level, source=n.source, message=n.message, line=n.line, page=n.page)
        for n in reading.notices
    ]


def _gather_relations(path: Path, stored: Stored, result: Gathered, report: LoadReport) -> None:
    sha256 = file_digest(path)
    file = load_relations(path)
    for interview in file.interviews:
        source = RelationSource(interview, path.name, file.of(interview), sha256)
        if source.id in result.paths:
            raise InputError(
                f"there are two relations files of this name, and interview {interview} is in both; "
                "rename one.",
                path,
            )
        result.paths[source.id] = path
        known = stored.sources.get(source.id)
        unchanged = known is not None and known.sha256 == sha256
        if unchanged:
            result.unchanged[source.id] = source
        else:
            result.relations[source.id] = source
        report.sources.append(
            SourceReport(
                path=str(path),
                status="unchanged" if unchanged else "loaded",
                source=source.id,
                format=FORMAT,
                interview=interview,
                relations=len(source.relations),
            )
        )
    for known in stored.sources.values():
        # The file no longer speaks of an interview that it spoke of before.
        if known.format == FORMAT and known.file == path.name and known.interview not in file.interviews:
            result.removed.add(known.id)


def _take(source_id: str, sha256: str, path: Path, result: Gathered) -> bool:
    """Let a file be the source of this id; False if one with the same bytes is it already.

    Raises:
        InputError: One with other bytes is it: which of them counts must not depend on which of them
            the graph happens to hold.
    """
    first = source_id not in result.met
    if result.met.setdefault(source_id, sha256) != sha256:
        raise InputError(
            f"is the same source as {result.paths[source_id]} ({source_id}), with other content; "
            "tell them apart with --coder or --round, or load one of them.",
            path,
        )
    if first:
        result.paths[source_id] = path
    return first


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes (hex).

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path) from error
