"""What a file says of the whole study rather than of one interview: its tree of codes and the like.

It stands beside the file's interviews in the graph, on a `Project` node (REFI-QDA's term for all that
one such file holds), and is written by itself: it reaches concepts and participants, and whom a table of
participants names (`kb.ingest.participants`), never turns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from kb.codebook import Concept
from kb.ingest.analyst import memo_rows
from kb.ingest.build import concept_rows
from kb.records import Code, Memo, Participant, Relation
from kb.store.bolt import Store, Tx
from kb.store.rows import EdgeRow, NodeRow, canonical
from kb.store.sync import PROJECT, Change, drop_orphans, sync_owned, sync_project_edges, upsert_shared


class Known(NamedTuple):
    """Whom the rows of a table of participants mean in the graph (`kb.ingest.participants`).

    Attributes:
        people: One record each, with all that is known of them.
        links: Name, interview, and the speaker's id there, if it can be told.
        unknown, vague: Rows of nobody, and of somebody among several.
    """

    people: tuple[Participant, ...]
    links: tuple[tuple[str, str, str | None], ...]
    unknown: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """One file's part on the whole study, and the names of the sources it holds.

    Attributes:
        file, format: Its name without folders, and its loader's: together they are its `id`.
        sha256: Of its bytes (hex).
        sources: Ids of the sources (`Reading.id`) in it, sorted.
        codes, relations, participants, memos: What it says.
        build: What the graph's part was made from, if it is there already.
    """

    file: str
    format: str
    sha256: str
    sources: tuple[str, ...]
    codes: tuple[Code, ...] = ()
    relations: tuple[Relation, ...] = ()
    participants: tuple[Participant, ...] = ()
    memos: tuple[Memo, ...] = ()
    build: str = ""

    @property
    def id(self) -> str:
        """What makes it the same file when it is loaded again: format and name."""
        return project_id(self.format, self.file)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of codes in it, each once, sorted."""
        names = {code.name for code in self.codes} | {code.parent for code in self.codes if code.parent}
        names.update(end.code for r in self.relations for end in (r.start, r.end) if end.code)
        names.update(memo.code for memo in self.memos if memo.code)
        return tuple(sorted(names))

    def dump(self) -> str:
        """What it says as JSON."""
        names = ("codes", "relations", "participants", "memos")
        data = {name: [r.model_dump(exclude_defaults=True) for r in getattr(self, name)] for name in names}
        return json.dumps({**data, "sources": self.sources}, ensure_ascii=False)

    @classmethod
    def load(cls, file: str, format: str, sha256: str, reading: str, build: str) -> Project:
        """Undo `row`."""
        data: dict[str, Any] = json.loads(reading)
        return cls(
            file,
            format,
            sha256,
            tuple(data["sources"]),
            tuple(Code(**fields) for fields in data["codes"]),
            tuple(Relation(**fields) for fields in data["relations"]),
            tuple(Participant(**fields) for fields in data["participants"]),
            tuple(Memo(**fields) for fields in data["memos"]),
            build,
        )

    def row(self, build: str) -> NodeRow:
        """The project as a node."""
        properties = {
            "file": self.file,
            "format": self.format,
            "sha256": self.sha256,
            "reading": self.dump(),
            "build": build,
        }
        return NodeRow("Project", self.id, ("Project",), properties)

    def fingerprint(self, concepts: Mapping[str, Concept], version: int, known: Known | None = None) -> str:
        """Changes whenever what its part of the graph is made from does."""
        meaning = {label: str(concepts[label]) for label in self.labels}
        parts = [version, self.sha256, self.dump(), meaning]
        text = canonical(parts if known is None else [*parts, known.links])
        return hashlib.sha256(text.encode()).hexdigest()


def project_id(format_: str, file: str) -> str:
    """Id of the project of a file."""
    return f"{format_}/{file}"


def described(concepts: Mapping[str, Concept], projects: Iterable[Project]) -> dict[str, Concept]:
    """The concepts, those that nobody described with the description of a code tree.

    Where several files describe one, the first by id counts.
    """
    said: dict[str, str] = {}
    for project in sorted(projects, key=lambda p: p.id):
        for code in sorted(project.codes, key=lambda c: c.name):
            if code.description and code.name in concepts:
                said.setdefault(concepts[code.name].name, code.description)
    if not said:
        return dict(concepts)
    return {
        label: replace(concept, description=concept.description or said.get(concept.name, ""))
        for label, concept in concepts.items()
    }


def sync_projects(
    store: Store,
    stored: Mapping[str, Project],
    wanted: Mapping[str, Project],
    concepts: Mapping[str, Concept],
    version: int,
    known: Mapping[str, Known],
) -> Change:
    """Bring the graph in step with what all files say of the study, a transaction a file.

    Args:
        store: The graph.
        stored: What it holds, by id.
        wanted: What it shall hold.
        concepts: What the codes mean.
        version: Of the way interviews are built.
        known: Whom tables of participants mean, by id.
    """
    steps = [partial(delete_project, project=id_) for id_ in sorted(set(stored) - set(wanted))]
    for id_, project in sorted(wanted.items()):
        table = known.get(id_)
        print_ = project.fingerprint(concepts, version, table)
        if id_ not in stored or stored[id_].build != print_:
            steps.append(
                partial(write_project, project=project, concepts=concepts, build=print_, known=table)
            )
    change = Change()
    for step in steps:
        change = change.plus(store.transaction(step))
    if steps:
        store.transaction(drop_orphans)
    return change


def write_project(
    tx: Tx, project: Project, concepts: Mapping[str, Concept], build: str, known: Known | None = None
) -> Change:
    """Bring the graph in step with what one file says of the study.

    What nothing speaks of any more stays, until `sync_projects` has written the last of them.
    """
    own = ("Project", project.id)
    nodes, owned = [project.row(build)], []
    child_of: dict[tuple[str, str], EdgeRow] = {}
    for number, memo in enumerate(project.memos, 1):
        node, edges = memo_rows(memo, f"{project.id}/memo/{number}", concepts, project=project.id)
        nodes.append(node)
        owned += edges or [EdgeRow("ON_PROJECT", node.ref, own, {})]
    for code in project.codes:
        concept = ("Concept", concepts[code.name].name)
        properties = {
            "label": code.name,
            "parent": code.parent,
            "colour": code.colour,
            "description": code.description,
        }
        owned.append(EdgeRow("CODE_OF", concept, own, properties))
        parent = concepts[code.parent].name if code.parent else concept[1]
        if parent != concept[1]:
            child_of[concept[1], parent] = EdgeRow("CHILD_OF", concept, ("Concept", parent), {})
    shared = [*child_of.values(), *(_related(relation, concepts) for relation in project.relations)]
    people, values = _participants(known.people if known else project.participants)
    owned += [EdgeRow("CASE_OF", node.ref, own, {}) for node in people if node.label == "Participant"]
    shared += values
    for name, interview, speaker in known.links if known else ():
        who = ("Participant", name)
        shared.append(EdgeRow("INTERVIEWED_IN", who, ("Interview", interview), {}))
        if speaker:
            shared.append(EdgeRow("SPEAKS_AS", who, ("Speaker", speaker), {}))
    names = sorted({concepts[label].name for label in project.labels})
    concept_nodes, concept_edges = concept_rows(names, concepts)
    upsert_shared(tx, [*concept_nodes, *people], concept_edges)
    change = sync_owned(tx, project.id, nodes, owned, PROJECT)
    return change.plus(sync_project_edges(tx, project.id, shared))


def delete_project(tx: Tx, project: str) -> Change:
    """Take what a file says of the study out of the graph; as in `write_project`, orphans stay."""
    change = sync_project_edges(tx, project, [])
    return change.plus(sync_owned(tx, project, [], [], PROJECT))


def _related(relation: Relation, concepts: Mapping[str, Concept]) -> EdgeRow:
    start, end = concepts[str(relation.start.code)].name, concepts[str(relation.end.code)].name
    properties = {
        "name": relation.kind,
        "note": relation.note,
        "coder": relation.coder,
        "turn": relation.start.turn,
        "quote": relation.start.quote,
        "to_turn": relation.end.turn,
        "to_quote": relation.end.quote,
    }
    return EdgeRow("RELATED_TO", ("Concept", start), ("Concept", end), properties)


def _participants(participants: Sequence[Participant]) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Participants and variables as nodes, and who has which value."""
    nodes: dict[tuple[str, str], NodeRow] = {}
    edges = []
    for person in participants:
        who = NodeRow("Participant", person.name, ("Participant",), {})
        nodes[who.ref] = who
        for name, value in sorted(person.attributes.items()):
            variable = NodeRow("Variable", name, ("Variable",), {})
            nodes[variable.ref] = variable
            edges.append(EdgeRow("HAS_VALUE", who.ref, variable.ref, {"value": value}))
    return list(nodes.values()), edges
