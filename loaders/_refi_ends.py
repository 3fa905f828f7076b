"""What the GUIDs of a REFI-QDA project lead to, where something refers to something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.records import End, Relation
from kb.relation import KINDS
from loaders._link_names import named_relation
from loaders._passages import Place
from loaders._refi_model import Link, Selection

_KINDS = frozenset(kind.name for kind in KINDS)


class Passage(NamedTuple):
    """A selection: where it is, and its codes; of a coding, the one."""

    places: list[Place]
    codes: tuple[str, ...]


class Ends:
    """Everything with a GUID that something may refer to.

    Args:
        labels: Of the codes, by GUID.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._passages: dict[str, Passage] = {}
        self._sources: dict[str, list[str]] = defaultdict(list)
        self._bare: dict[str, bool] = {}

    def add_source(self, guid: str, interview: str) -> None:
        """Take in an interview; a recording may have several."""
        self._sources[guid].append(interview)

    def add_selection(self, selection: Selection, places: list[Place]) -> None:
        """Take in a selection with its codes."""
        codes = {self._labels[c.code]: None for c in selection.codings if c.code in self._labels}
        self._passages[selection.guid] = Passage(places, tuple(codes))
        self._bare[selection.guid] = not (selection.codings or selection.notes or selection.description)

    def add_coding(self, guid: str, label: str, places: list[Place]) -> None:
        """Take in one code on a selection."""
        if guid:
            self._passages[guid] = Passage(places, (label,))

    def source(self, guid: str) -> list[str]:
        """The interviews of a source."""
        return self._sources.get(guid, [])

    def places(self, guid: str) -> list[Place]:
        """The places of a selection or coding, if it is one."""
        self._bare.pop(guid, None)
        return self._passages[guid].places if guid in self._passages else []

    def bare(self) -> int:
        """How many selections nothing is on, and nothing refers to."""
        return sum(self._bare.values())

    def end(self, guid: str) -> tuple[End, tuple[str, ...]] | None:
        """What a link's end is, and the codes that are on it; None if it is neither code nor passage."""
        if guid in self._labels:
            return End(code=self._labels[guid]), (self._labels[guid],)
        self._bare.pop(guid, None)
        found = self._passages.get(guid)
        if found is None or not found.places:
            return None
        return End(turn=found.places[0].turn, quote=found.places[0].quote), found.codes


def relations(
    ends: Ends, links: Iterable[Link], lost: dict[str, int]
) -> Iterator[tuple[Link, Relation, bool]]:
    """The links as relations, without coder and note; and whether the name's direction was supposed.

    Args:
        ends: What GUIDs lead to.
        links: The project's.
        lost: How many have no place, by reason; added to.
    """
    links = list(links)
    drawn = {_pair(ends, link) for link in links}
    for link in links:
        found = [ends.end(guid) for guid in link.ends]
        if found[0] is None or found[1] is None:
            lost["links of sources, notes or things that are not in the file"] += 1
            continue
        (start, codes), (end, others) = found[0], found[1]
        if start.turn and end.turn:
            pair = _codes_of(link.name, codes, others, drawn)
            if pair:
                start = start.model_copy(update={"code": pair[0]})
                end = end.model_copy(update={"code": pair[1]})
        relation = named_relation(link.name, start, end)
        directed = relation.kind in _KINDS
        yield link, relation, directed and link.direction == "Associative"
        if link.direction == "Bidirectional" and start != end:
            yield link, named_relation(link.name, end, start), False


def _pair(ends: Ends, link: Link) -> tuple[str, str, str]:
    """Name and codes of a link between codes."""
    one, other = (ends.end(guid) for guid in link.ends)
    both = (one and one[0].code) or "", (other and other[0].code) or ""
    return (link.name.casefold(), *both)


def _codes_of(
    name: str, codes: tuple[str, ...], others: tuple[str, ...], drawn: set[tuple[str, str, str]]
) -> tuple[str, str] | None:
    """The codes that a link between two passages is about: the only ones, or those linked so themselves."""
    pairs = [(a, b) for a in codes for b in others]
    if len(pairs) == 1:
        return pairs[0]
    known = [(a, b) for a, b in pairs if (name.casefold(), a, b) in drawn]
    return known[0] if len(known) == 1 else None
