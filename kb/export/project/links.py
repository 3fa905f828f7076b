"""Relations of a study as links of REFI-QDA: what analysts drew, and what people's statements add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kb.export.project.codes import guid
from kb.export.project.notes import Notes
from kb.export.project.texts import Text
from kb.export.project.xml import Element, element
from kb.ingest.project import Project
from kb.records import End, Relation
from kb.relation import by_edge, by_name
from kb.store.bolt import Store
from kb.text.words import plural

_QUOTES = 3  # in the note on a link


class _Link(NamedTuple):
    guid: str
    name: str
    ends: tuple[str, str]  # GUIDs, or ``code:`` and a label
    notes: list[str]


class Links:
    """All links.

    Args:
        store: The graph.
        texts: The interviews; selections are added for passages that nothing else is on.
        said: What files say of the study.
        notes: To which the notes on links are added.

    Attributes:
        concepts: Names of codes and concepts at their ends.
        kept: What each is beyond its name: the relation, or that it adds up statements.
        lost: What has no place.
    """

    def __init__(self, store: Store, texts: Sequence[Text], said: Sequence[Project], notes: Notes) -> None:
        self._texts = {text.interview.id: text for text in texts}
        self._of_turn = {turn.id: text for text in texts for turn in text.interview.turns}
        self._notes = notes
        self._links: list[_Link] = []
        self.concepts: set[str] = set()
        self.kept: dict[str, dict[str, Any]] = {}
        self.lost: Counter[str] = Counter()
        drawn = [relation for project in said for relation in project.relations]
        # One between codes and passages is kept twice: between the codes, and between the passages.
        twice = {_passages(relation) for relation in drawn}
        drawn += [r for text in texts for r in text.interview.relations if r not in twice]
        for number, relation in enumerate(drawn):
            self._drawn(relation, str(number))
        between = {(r.kind, r.start.code, r.end.code) for r in drawn if not (r.start.turn and r.end.turn)}
        self._sums(store, between)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._links)

    def add(self, root: Element, codes: Mapping[str, str]) -> None:
        """Write them."""
        if not self._links:
            return
        links = element(root, "Links")
        for link in sorted(self._links):
            origin, target = (codes[e[5:]] if e.startswith("code:") else e for e in link.ends)
            made = element(
                links, "Link", guid=link.guid, name=link.name, direction="OneWay", originGUID=origin,
                targetGUID=target,
            )  # fmt: skip
            for note in link.notes:
                element(made, "NoteRef", targetGUID=note)

    def _drawn(self, relation: Relation, number: str) -> None:
        """A relation of an analyst, along its name."""
        kind = by_name().get(relation.kind)
        made = guid("link", relation.model_dump_json(), number)
        noted = [self._notes.note(relation.note, None, relation.coder, made)] if relation.note else []
        ends = (self._end(relation.start), self._end(relation.end))
        self._links.append(_Link(made, kind.verb if kind else relation.kind, ends, noted))
        self.kept[made] = {"relation": relation.model_dump(exclude_defaults=True)}

    def _end(self, end: End) -> str:
        """What a link's end is: of a passage its selection; of a code on it the coding, if there is one."""
        if end.code:
            self.concepts.add(end.code)
        if end.turn is None:
            return f"code:{end.code}"
        selection = self._of_turn[end.turn].words(end.turn, end.quote)
        return next((g for g, coding in selection.codings if coding.label == end.code), selection.guid)

    def _sums(self, store: Store, between: set[tuple[str, str | None, str | None]]) -> None:
        """What people's statements add up to, unless an analyst drew the same."""
        kinds = by_edge()
        rows = store.read(
            f"MATCH (a:Concept)-[r:{'|'.join(kinds)}]->(b:Concept) RETURN type(r) AS edge, a.name AS start, "
            "b.name AS end, r.interviews AS interviews, r.people AS people, r.quotes AS quotes "
            "ORDER BY edge, start, end",
            timeout=0,
        ).rows
        for row in rows:
            kind = kinds[row["edge"]]
            if not row["interviews"] or (kind.name, row["start"], row["end"]) in between:
                continue
            made = guid("sum", kind.name, row["start"], row["end"])
            words = "\n".join(f"“{quote}”" for quote in (row["quotes"] or [])[:_QUOTES])
            people, interviews = _number(row["people"]), _number(row["interviews"])
            told = f"Told by {plural(people, 'person')} in {plural(interviews, 'interview')}."
            note = self._notes.note(f"{told}\n{words}".strip(), "Told in interviews", None, made)
            self._notes.kept[note] = {"sum": True}
            ends = (f"code:{row['start']}", f"code:{row['end']}")
            self.concepts |= {row["start"], row["end"]}
            self._links.append(_Link(made, kind.verb, ends, [note]))
            self.kept[made] = {"sum": True}


def _passages(relation: Relation) -> Relation:
    """A relation of codes on passages as one of the passages alone."""
    if not (relation.start.turn and relation.end.turn):
        return relation
    bare = {"start": relation.start, "end": relation.end}
    return relation.model_copy(
        update={name: end.model_copy(update={"code": None}) for name, end in bare.items()}
    )


def _number(value: Any) -> int:
    return len(value) if isinstance(value, list) else int(value or 0)
