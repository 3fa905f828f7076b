"""What a load has read, before anything is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kb.ingest.project import Project
from kb.ingest.reading import Reading
from kb.ingest.relation_source import RelationSource
from kb.ingest.spool import Spool
from kb.ingest.stored import StoredSource


@dataclass
class Gathered:
    """New or changed sources, by id; ids of sources that are no longer there; where each came from.

    Attributes:
        projects: What files say of the whole study, by id; `removed_projects` say nothing any more.
        met: SHA-256 of every source that the paths hold, unchanged ones too.
        unchanged: The relations among those that the graph has already.
    """

    readings: Spool[Reading] = field(default_factory=Spool)
    relations: Spool[RelationSource] = field(default_factory=Spool)
    removed: set[str] = field(default_factory=set)
    projects: dict[str, Project] = field(default_factory=dict)
    removed_projects: set[str] = field(default_factory=set)
    paths: dict[str, Path] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, StoredSource] = field(default_factory=dict)
