"""From a file's records to one reading a source, and the file's part on the whole study.

Whatever a loader yields ends up in one of them or is told as lost, with how many of it there are.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from kb.errors import InputError
from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.study import Held, Whose, about_study
from kb.records import AnyRecord, Coding, Notice, Origin, Source, Turn, turn_id

# The round of a coder whose round is not named; as of a file that lies in no round's folder.
_ROUND = "coding"


class Contents(NamedTuple):
    """What a file holds.

    Attributes:
        readings: One a source, in the order met.
        project: What it says of the whole study; None for a file of one source that says nothing of it.
        notices: What the loader had to say of no interview, and what could not be placed.
        sha256: Of the file's bytes; of a project, of all that it says: tools write ids and dates of
            their own at every export, and the same content is no other source.
    """

    readings: tuple[Reading, ...]
    project: Project | None
    notices: tuple[Notice, ...]
    sha256: str


def collect(records: Iterable[AnyRecord], sha256: str, file: str, format_of: Callable[[], str]) -> Contents:
    """Sort the records of one file.

    Args:
        records: As a loader yields them.
        sha256: Of the file's bytes (hex).
        file: Its name, without folders.
        format_of: Gives its loader's `FORMAT`; asked only of a file that holds no interview.

    Raises:
        InputError: There is no turn in it and nothing on the study, so there is nothing to load.
    """
    interviews: dict[str, Held] = defaultdict(Held)
    notices: list[Notice] = []
    others: list[AnyRecord] = []
    lost: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Turn):
            _add_turn(interviews[record.interview], record, lost)
        elif isinstance(record, Coding):
            interviews[record.interview].codings.append(record)
        elif isinstance(record, Source):
            _add_source(interviews[record.interview], record, file, lost)
        elif isinstance(record, Notice):
            notices.append(record)
        elif not isinstance(record, Origin):
            others.append(record)
    _drop_homeless(interviews, lost)
    study = about_study(others, interviews, lost)
    if not interviews and not any(study):
        raise InputError("no speaker's turn was found in it; see `kb parse` for what kb reads.")
    readings = [
        reading
        for id_, held in interviews.items()
        for reading in _readings(held, [n for n in notices if n.interview == id_], sha256, lost)
    ]
    told = [notice for notice in notices if notice.interview not in interviews]
    told += [Notice(level="lost", message=f"{what}: {n}.", source=file) for what, n in lost.items()]
    project = None
    if any(study) or len(readings) > 1:
        format_ = readings[0].source.format if readings else format_of()
        ids = tuple(sorted(reading.id for reading in readings))
        project = Project(file, format_, "", ids, *study)
        readings = [replace(reading, project=project.id) for reading in readings]
        sha256 = _content(project, readings)
        project = replace(project, sha256=sha256)
        readings = [replace(reading, sha256=sha256) for reading in readings]
    return Contents(tuple(readings), project, tuple(told), sha256)


def _content(project: Project, readings: Iterable[Reading]) -> str:
    """SHA-256 (hex) of what a file says, in an order of its own."""
    found = hashlib.sha256(project.dump().encode())
    for digest in sorted(reading.digest for reading in readings):
        found.update(digest.encode())
    return found.hexdigest()


def _add_source(held: Held, source: Source, file: str, lost: Counter[str]) -> None:
    change: dict[str, str | None] = {"file": file} if source.file != file else {}
    if source.coder and source.round is None:
        change["round"] = _ROUND
    if source.sha256:
        change["sha256"] = None  # the reading has it
    source = source.model_copy(update=change) if change else source
    if held.sources.setdefault((source.coder, source.round), source) != source:
        lost[f"headers of interview {source.interview} that have coder and round of another"] += 1


def _add_turn(held: Held, turn: Turn, lost: Counter[str]) -> None:
    """Number the turns as they come; what names a turn by the loader's id finds it by ours.

    The same turn again is the same turn: a file may hold the transcript once for each coder.
    """
    index = len(held.turns)
    if before := held.ids.get(turn.id):
        first = held.turns[int(before.rsplit(":", 1)[1])]
        if (first.speaker, first.text) == (turn.speaker, turn.text):
            return
    own = turn_id(turn.interview, index)
    if held.ids.setdefault(turn.id, own) != own:
        lost[f"ids of turns of interview {turn.interview} that stand twice; the first is meant"] += 1
    same = (turn.id, turn.index) == (own, index)
    held.turns.append(turn if same else turn.model_copy(update={"id": own, "index": index}))


def _drop_homeless(interviews: dict[str, Held], lost: Counter[str]) -> None:
    """Count what is of an interview without a source, or without turns."""
    for id_, held in list(interviews.items()):
        if held.sources and held.turns:
            continue
        del interviews[id_]
        why = "turn" if held.sources else "source"
        for what, found in (("turns", held.turns), ("codings", held.codings), ("sources", held.sources)):
            if found:
                lost[f"{what} of interview {id_}, of which the file has no {why}"] += len(found)


def _readings(held: Held, notices: list[Notice], sha256: str, lost: Counter[str]) -> Iterator[Reading]:
    """One reading a source; those of the interview that are nobody's are with the first."""
    codings: dict[Whose, list[Coding]] = {whose: [] for whose in held.sources}
    first, header = next(iter(held.sources.items()))
    for coding in held.codings:
        turn = held.ids.get(coding.turn)
        if turn is None:
            lost[f"codings on turns that interview {coding.interview} has not"] += 1
            continue
        whose = _whose(coding, held.sources)
        change = {"turn": turn, "coder": whose[0], "round": whose[1]}
        same = (coding.turn, coding.coder, coding.round) == (turn, *whose)
        codings.setdefault(whose, []).append(coding if same else coding.model_copy(update=change))
    # An analyst's relations and memos are with their codings, where they have any.
    writers: dict[str | None, Whose] = {whose[0]: whose for whose in reversed(codings) if whose[0]}
    for whose, own in codings.items():
        source = held.sources.get(whose) or header.model_copy(
            update={"coder": whose[0], "round": whose[1], "codes_exported": True}
        )
        yield Reading(
            source,
            tuple(held.turns),
            tuple(own),
            tuple(notices) if whose == first else (),
            sha256,
            tuple(r for r in held.relations if writers.get(r.coder, first) == whose),
            tuple(m for m in held.memos if writers.get(m.coder, first) == whose),
            tuple(held.participants) if whose == first else (),
        )


def _whose(coding: Coding, sources: Iterable[Whose]) -> Whose:
    """Coder and round of the source that a coding is of, which need not be among those declared."""
    coded = [whose for whose in sources if whose[1] is not None]
    exact = (coding.coder, coding.round)
    if exact in coded:
        return exact
    if coding.round is None:
        near = [whose for whose in coded if coding.coder in (None, whose[0])]
        if len(near) == 1:
            return near[0]
    return (coding.coder, coding.round or _ROUND)
