"""Numbers for names: P1 for an interview, P1-S1 for a speaker in it, R1 for a participant, C1 for a coder.

Names go in three ways: ids and the properties that hold an interview, a person or a coder are
replaced by what they name; properties that tell a file are dropped; what is left of a name in any
other text is searched for, word by word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from kb.figure.kinds import kind, natural, texts, unique
from kb.figure.options import FigureOptions
from kb.graph import Edge, Node, Subgraph
from kb.text.words import speaker_key

_INTERVIEW = frozenset({"interview", "interviews", "told_by", "only_in"})
_PERSON = frozenset({"person", "people", "speaker", "speakers", "teller", "tellers"})
_CODER = frozenset({"coder", "coders"})
#: Properties that lead back to a file, and so to a person, and say nothing in a figure.
_FILE = frozenset(
    {"file", "files", "sha256", "fingerprint", "path", "reading", "ref", "source", "sources", "project"}
)
#: Words of a speaker's label that name a role, not a person; they stay where they are in a text.
_ROLE = re.compile(
    r"interview\w*|speakers?|unknown|participants?|respondents?|moderators?|researchers?|person|the|and"
)
_WORDS = re.compile(r"[^\W\d_]+")
_PRIVATE_IDS = {"claim": "K", "source": "F", "project": "D", "memo": "M"}


class _Pattern:
    """What stands for a name in a text; `literal` is part of whatever it matches."""

    def __init__(self, pattern: str, alias: str, literal: str = "", flags: int = 0) -> None:
        self._source, self._flags, self._alias, self._literal = pattern, flags, alias, literal

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def sub(self, text: str) -> str:
        """The text with the pseudonym; of thousands of names few are in a text."""
        return self._compiled.sub(self._alias, text) if self._literal in text else text


class Pseudonyms:
    """Names for the interviews, speakers, participants and coders of a subgraph: P1, P1-S1, R1, C1.

    Numbers follow the sorted ids, of the whole study where the options list them; a text may speak of
    somebody of another interview.
    """

    def __init__(self, graph: Subgraph, options: FigureOptions) -> None:
        found: dict[str, list[str]] = {
            "interview": [*options.interviews],
            "person": [*options.people],
            "coder": [*options.coders],
        }
        items: list[Node | Edge] = [*graph.nodes, *graph.edges]
        for item in items:
            _collect(item, found)
        found["interview"] += [person.split("/", 1)[0] for person in found["person"] if "/" in person]
        self._interviews = numbered(found["interview"], "P")
        self._coders = numbered(found["coder"], "C")
        own = [n.id for n in graph.nodes if kind(n) == "participant"]
        self._participants = numbered([*options.participants, *own], "R")
        # Somebody of another interview may be called after a trade: what codes speak of stays as it is.
        self._terms = {
            word
            for node in graph.nodes
            if kind(node) not in ("interview", "speaker", "turn", "coder", "participant", *_PRIVATE_IDS)
            for word in _WORDS.findall(node.id.lower())
        }
        here = sorted({person for item in items for person in _people_of(item)}, key=natural)
        self._terms -= {
            word
            for name in [*self._coders, *own, *here]
            for word in _WORDS.findall(name.rpartition("/")[2].lower())
        }
        self._people = self._number_people(found["person"])
        self._private = {
            what: numbered([node.id for node in graph.nodes if kind(node) == what], letter)
            for what, letter in _PRIVATE_IDS.items()
        }
        self._patterns = [
            *self._person_patterns(found["person"]),
            *self._id_patterns(),
            *self._name_patterns([*here, *sorted(unique(found["person"]), key=natural)]),
        ]

    def _number_people(self, people: Iterable[str]) -> dict[str, str]:
        numbers: dict[str, int] = {}
        named: dict[str, str] = {}
        for person in sorted(unique(people), key=natural):
            key = _person_key(person)
            if key in named:
                continue
            interview, slash, label = person.partition("/")
            owner = self._interviews.get(interview, "") if slash else ""
            if label == "?":
                named[key] = f"{owner}-?"
                continue
            numbers[owner] = numbers.get(owner, 0) + 1
            named[key] = f"{owner}-S{numbers[owner]}".lstrip("-")
        return named

    def _person_patterns(self, people: Iterable[str]) -> list[_Pattern]:
        """Whole ids of people, as quotes are headed where an interview has several: ``7/Al``."""
        return [
            _Pattern(rf"(?<![\w/]){re.escape(person)}(?!\w)", self._people[_person_key(person)], person)
            for person in sorted({p for p in people if "/" in p}, key=lambda p: (-len(p), p))
        ]

    def _id_patterns(self) -> list[_Pattern]:
        """Interview ids in running text: ``11:0042``, ``11/Sara``, ``Interview 11``, ``I11``.

        A number alone stays: it may count anything.
        """
        patterns = []
        for name in sorted(self._interviews, key=len, reverse=True):
            alias, escaped = self._interviews[name], re.escape(name)
            if not name.isdigit():
                patterns.append(_Pattern(rf"(?<!\w){escaped}(?!\w)", alias, flags=re.IGNORECASE))
                continue
            patterns += [
                _Pattern(rf"\binterviews?[\W_]*0*{escaped}(?!\d)", alias, name, re.IGNORECASE),
                _Pattern(rf"\bI0*{escaped}\b(?!\.\d)", alias, name),  # I4.1 is an issue of a catalogue
                _Pattern(rf"(?<![\w.:/])0*{escaped}(?=:\d{{4}}|/[^\W\d]|/\?|\|)", alias, name),
                _Pattern(rf"^0*{escaped}(?=: )", alias, name, re.MULTILINE),  # as quotes are headed
            ]
        return patterns

    def _name_patterns(self, people: Iterable[str]) -> list[_Pattern]:
        """Names of persons in running text: the whole name first, then its words.

        Args:
            people: Of two of one name, the first is meant.
        """
        words: dict[str, str] = {}
        named = list(self._coders.items())
        named += [
            (person.partition("/")[2] or person, self._people[_person_key(person)]) for person in people
        ]
        named += self._participants.items()  # where a speaker has the name, the speaker's number shows
        for name, alias in named:
            parts = [part for part in _WORDS.findall(name) if len(part) > 2]
            personal = [p for p in parts if not _ROLE.fullmatch(p.lower()) and p.lower() not in self._terms]
            if personal or (parts == [] and name in self._coders):
                for text in (name, *personal):
                    words.setdefault(text, alias)
        return [
            _Pattern(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", words[text], flags=re.IGNORECASE)
            for text in sorted(words, key=lambda word: (-len(word), word))
        ]

    def scrub(self, text: str) -> str:
        """The text with every name that is known replaced."""
        for pattern in self._patterns:
            text = pattern.sub(text)
        return text

    def graph(self, graph: Subgraph) -> Subgraph:
        """The subgraph under pseudonyms, ids included."""
        ids: dict[str, str] = {}
        for node in graph.nodes:
            wanted = new = self._node_id(node)
            number = 1
            while new in ids.values():  # two names may become one word; their nodes stay two
                number += 1
                new = f"{wanted} ({number})"
            ids[node.id] = new
        nodes = [
            Node(id=ids[node.id], labels=node.labels, properties=self._properties(node, ids[node.id]))
            for node in graph.nodes
        ]
        edges = [
            Edge(
                type=edge.type,
                start=ids[edge.start],
                end=ids[edge.end],
                properties=self._properties(edge, None),
            )
            for edge in graph.edges
            if edge.start in ids and edge.end in ids
        ]
        return Subgraph(nodes=tuple(nodes), edges=tuple(edges))

    def _node_id(self, node: Node) -> str:
        what = kind(node)
        if what == "interview":
            return self._interviews[node.id]
        if what == "speaker":
            return self._people[_person_key(node.id)]
        if what == "participant":
            return self._participants[node.id]
        if what == "coder":
            return self._coders[node.id]
        if what in _PRIVATE_IDS:
            return self._private[what][node.id]
        return self.scrub(node.id)

    def _properties(self, item: Node | Edge, new_id: str | None) -> dict[str, Any]:
        what = kind(item) if isinstance(item, Node) else ""
        result: dict[str, Any] = {}
        for key, value in item.properties.items():
            if key in _FILE:
                continue
            if new_id is not None and (
                key == "id"
                or (
                    what in ("interview", "speaker", "coder", "participant")
                    and key in ("title", "name", "label")
                )
            ):
                result[key] = new_id
            elif key == "by_group" and isinstance(item, Edge):
                result[key] = {
                    group: self._properties(item.model_copy(update={"properties": told}), None)
                    for group, told in value.items()
                }
            elif key in _INTERVIEW:
                result[key] = _each(value, lambda text: self._interviews[text])
            elif key in _CODER:
                result[key] = _each(value, lambda text: self._coders[text])
            elif key in _PERSON:
                result[key] = _each(value, self._person(item.properties.get("interview")))
            else:
                result[key] = _each(value, self.scrub)
        return result

    def _person(self, interview: Any) -> Callable[[str], str]:
        """From a person as a property of that interview's names them, to the pseudonym."""
        return lambda text: self._people[_person_key(_full(text, interview))]


def _people_of(item: Node | Edge) -> list[str]:
    found: dict[str, list[str]] = {"interview": [], "person": [], "coder": []}
    _collect(item, found)
    return found["person"]


def _collect(item: Node | Edge, found: dict[str, list[str]]) -> None:
    """Note every interview, person and coder that a node or an edge names."""
    if isinstance(item, Node):
        what = kind(item)
        if what in ("interview", "coder"):
            found[what].append(item.id)
        elif what == "speaker":
            found["person"].append(item.id)
        elif what == "turn" and ":" in item.id:
            found["interview"].append(item.id.rpartition(":")[0])
    owner = item.properties.get("interview")
    for key, value in item.properties.items():
        named = [text for text in texts(value) if text]
        if key in _INTERVIEW:
            found["interview"] += named
        elif key in _CODER:
            found["coder"] += named
        elif key in _PERSON:
            found["person"] += [_full(text, owner) for text in named]


def _full(person: str, interview: Any) -> str:
    """A speaker's id from the label as written, where the record says which interview it is."""
    return person if "/" in person or interview is None else f"{interview}/{person}"


def _person_key(person: str) -> str:
    """Labels that differ in case, blanks or punctuation alone are one speaker's."""
    interview, slash, label = person.partition("/")
    return interview + slash + (speaker_key(label) or label)


def numbered(names: Iterable[str], letter: str) -> dict[str, str]:
    """Pseudonyms by name: the letter and a number in the names' natural order."""
    return {name: f"{letter}{i}" for i, name in enumerate(sorted(set(names), key=natural), start=1)}


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every string in it changed; empty strings and other types stay."""
    if isinstance(value, str):
        return change(value) if value else value
    if isinstance(value, dict):
        return {key: _each(inner, change) for key, inner in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [_each(inner, change) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(_each(inner, change) for inner in value)
    return value
