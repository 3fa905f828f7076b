"""Participants of a table, matched against the interviews and speakers of the graph.

The table is kept as a `Project` of its own, so that loading it again replaces it. Its rows are matched at
every load anew: the table may come before its interviews.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.ingest.project import Known, Project
from kb.ingest.report import NotPlaced
from kb.records import Participant, Value
from kb.store.bolt import Store
from kb.text.words import plural, speaker_key
from loaders._source import interview_id, name_parts

FORMAT = "participants"
# Labels that many transcripts have: they name a role and no person.
_ROLE = re.compile(r"(?:interview|speaker|participant|respondent|moderator|unknown|person)\w*", re.IGNORECASE)
_SHOWN = 5  # names in a sentence


@dataclass
class _Interview:
    """An interview as rows may name it; `speakers` are ids by key of the label."""

    id: str
    speakers: dict[str, str] = field(default_factory=dict)
    interviewees: list[str] = field(default_factory=list)


class _Graph:
    """The interviews, speakers and participants that a table's rows may mean."""

    def __init__(self, store: Store) -> None:
        self._by_id: dict[str, _Interview] = {}
        self._by_title: dict[str, _Interview] = {}
        self._by_label: dict[str, list[tuple[str, str]]] = {}
        for row in store.read("MATCH (i:Interview) RETURN i.id AS id, i.title AS title", timeout=0).rows:
            here = self._by_id[row["id"]] = _Interview(row["id"])
            self._by_title.setdefault((row["title"] or "").casefold(), here)
        for row in store.read(
            "MATCH (s:Speaker) RETURN s.id AS id, s.interview AS interview, s.label AS label, s.role AS role "
            "ORDER BY id",
            timeout=0,
        ).rows:
            here = self._by_id[row["interview"]]
            key = speaker_key(row["label"])
            here.speakers[key] = row["id"]
            if row["role"] == "interviewee":
                here.interviewees.append(row["id"])
            if row["role"] != "interviewer" and not _ROLE.fullmatch(row["label"].split(" ")[0]):
                self._by_label.setdefault(key, []).append((row["interview"], row["id"]))
        self._participants = {
            row["name"]
            for row in store.read(
                "MATCH (p:Participant)-[r:INTERVIEWED_IN]->(:Interview) WHERE r.project IS NULL "
                "RETURN DISTINCT p.name AS name",
                timeout=0,
            ).rows
        }

    def known(self, table: Project) -> Known:
        """Whom the rows of a table mean."""
        people: dict[str, dict[str, Value]] = {}
        links: dict[tuple[str, str, str | None], None] = {}
        unknown: list[str] = []
        vague: list[str] = []
        for row in table.participants:
            found = list(self._meant(row, vague))
            if not found:
                unknown.append(
                    row.name
                    if row.interview in (None, row.name)
                    else f"{row.name} (interview {row.interview}"
                    f"{f', speaker {row.speaker}' if row.speaker else ''})"
                )
            for name, interview, speaker in found:
                people.setdefault(name, {}).update(row.attributes)
                if interview is not None:
                    links[name, interview, speaker] = None
        return Known(
            tuple(Participant(name=name, attributes=known) for name, known in people.items()),
            tuple(links),
            tuple(dict.fromkeys(unknown)),
            tuple(dict.fromkeys(vague)),
        )

    def _meant(self, row: Participant, vague: list[str]) -> Iterable[tuple[str, str | None, str | None]]:
        """Name, interview and speaker's id, of each interview that a row is about."""
        if row.interview is not None:
            here = self._interview(row.interview)
            if here is not None:
                yield from self._in(here, row, vague)
            return
        if row.name in self._participants:
            yield row.name, None, None
            return
        exact = self._by_id.get(row.name) or self._by_title.get(row.name.casefold())
        labelled = self._by_label.get(speaker_key(row.speaker or row.name), [])
        if exact is None and labelled:
            yield from ((row.name, interview, speaker) for interview, speaker in labelled)
        elif here := exact or self._interview(row.name):
            yield from self._in(here, row, vague)

    def _in(
        self, here: _Interview, row: Participant, vague: list[str]
    ) -> Iterable[tuple[str, str | None, str | None]]:
        """Who a row is, in its interview."""
        if row.speaker:
            if speaker := here.speakers.get(speaker_key(row.speaker)):
                yield (speaker if row.name == row.interview else row.name), here.id, speaker
            return
        if row.name == row.interview and here.interviewees:
            # A row on an interview is about everybody who answers in it.
            yield from ((speaker, here.id, speaker) for speaker in here.interviewees)
        elif speaker := here.speakers.get(speaker_key(row.name)):
            yield row.name, here.id, speaker
        elif len(here.interviewees) == 1:
            yield row.name, here.id, here.interviewees[0]
        else:
            if here.interviewees:
                vague.append(f"{row.name} (interview {here.id})")
            yield row.name, here.id, None

    def _interview(self, written: str) -> _Interview | None:
        """The interview that a cell names: by its id, its title, or a file's name."""
        return (
            self._by_id.get(written)
            or self._by_title.get(written.casefold())
            or self._by_id.get(interview_id(written))
            or self._by_id.get(name_parts(Path(written)).interview)
        )


def matched(store: Store, projects: Mapping[str, Project]) -> dict[str, Known]:
    """Whom the rows of each table of participants mean in the graph, by the project's id."""
    tables = {id_: project for id_, project in projects.items() if project.format == FORMAT}
    if not tables:
        return {}
    graph = _Graph(store)
    return {id_: graph.known(project) for id_, project in tables.items()}


def tell_unmatched(project: Project, known: Known, tell: Callable[[NotPlaced], None]) -> None:
    """Say which rows of a table are nobody's."""
    for what, names in (
        ("that match no interview or speaker of the graph", known.unknown),
        ("on an interview with several interviewees, of whom no 'speaker' column tells which is meant, "
         "so that nothing said there counts as theirs alone", known.vague),
    ):  # fmt: skip
        if names:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            listed = ", ".join(names[:_SHOWN])
            message = f"{plural(len(names), 'row')} {what}: {listed}{more}."
            tell(NotPlaced(level="lost", source=project.file, message=message))
