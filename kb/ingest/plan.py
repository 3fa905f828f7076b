"""Which interviews a load has to build, told by their fingerprints."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.codebook import Concept
from kb.ingest.reading import Reading
from kb.ingest.relation_source import FORMAT, RelationSource
from kb.ingest.sources import Sources
from kb.ingest.stored import read_readings
from kb.store.rows import canonical


class Due(NamedTuple):
    """An interview that is to be built.

    Attributes:
        fingerprint: Of what it will be built from.
        known: It is in the graph already.
    """

    interview: str
    fingerprint: str
    known: bool


@dataclass
class _Parts:
    """What one interview is built from, without its content."""

    digests: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    readings: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    again: bool = False


class Plan:
    """The interviews of a load, each with its sources, found in one pass over them.

    Args:
        sources: Of the load; nothing is refused any more.
        concepts: What every name means.
        version: Of the way interviews are built.
    """

    def __init__(self, sources: Sources, concepts: Mapping[str, Concept], version: int) -> None:
        self._sources = sources
        self._concepts = concepts
        self._version = version
        self._texts: dict[str, str] = {}
        self._meanings: dict[str, str] = {}
        self._brought = sources.brought
        self._replaced = sources.replaced
        self._parts: dict[str, _Parts] = defaultdict(_Parts)
        interviews = sources.interviews
        self._builds = sources.stored.builds_of(interviews)
        for stored in sources.stored.of_interviews(interviews).values():
            part = self._parts[stored.interview]
            if stored.id in self._replaced:
                new = self._brought.get(stored.id)
                # One that an older version wrote lacks what is kept with it now.
                part.again |= new is not None and stored.parts != new.parts
                continue
            part.digests[stored.id] = stored.sha256 + stored.digest
            part.names.update(_plain(stored.format, stored.labels))
        for id_, head in self._brought.items():
            part = self._parts[head.interview]
            part.digests[id_] = head.sha256 + head.digest
            part.names.update(_plain(head.format, head.names))
            (part.relations if head.format == FORMAT else part.readings).append(id_)

    def due(self) -> list[Due]:
        """The interviews that must be built: their sources, or what a name means, have changed."""
        found = []
        for interview in sorted(set(self._builds) | set(self._parts)):
            fingerprint = self._fingerprint(self._parts[interview])
            if fingerprint != self._builds.get(interview) or self._parts[interview].again:
                found.append(Due(interview, fingerprint, interview in self._builds))
        return found

    def take(self, due: Due) -> tuple[list[Reading], list[RelationSource]]:
        """Readings and relations of one interview, once: they are not held any longer."""
        readings: list[Reading] = []
        relations: list[RelationSource] = []
        if due.known:
            readings, relations = read_readings(self._sources.store, due.interview, self._replaced)
        part = self._parts[due.interview]
        readings += [self._sources.new.readings.pop(id_) for id_ in part.readings]
        return readings, relations + [self._sources.relation(id_) for id_ in part.relations]

    def _fingerprint(self, parts: _Parts) -> str:
        """Changes whenever what the interview is built from does: its sources, or what a name means.

        The SHA-256 of a canonical JSON, put together from pieces: most names are of many interviews.
        """
        concepts = self._concepts
        names = sorted(parts.names)
        meaning = ",".join(self._text(name) for name in names)
        issues = {
            self._said(issue) for name in names if (issue := concepts[name].issue) and issue in concepts
        }
        text = f"[{self._version},{canonical(parts.digests)},{{{meaning}}},{canonical(sorted(issues))}]"
        return hashlib.sha256(text.encode()).hexdigest()

    def _text(self, name: str) -> str:
        if name not in self._texts:
            self._texts[name] = f"{canonical(name)}:{canonical(self._said(name))}"
        return self._texts[name]

    def _said(self, name: str) -> str:
        if name not in self._meanings:
            self._meanings[name] = str(self._concepts[name])
        return self._meanings[name]


def _plain(format_: str, names: Iterable[str]) -> Iterable[str]:
    """Names of a source without their places."""
    return (name.partition(":")[2] for name in names) if format_ == FORMAT else names
