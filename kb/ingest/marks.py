"""What the graph keeps of pseudonyms: which sources were loaded with them, and never the names.

A list of names is told again by a slow hash with a salt, so that the names cannot be found out from the
graph by trying.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import InputError
from kb.ingest.report import LoadReport, NotPlaced
from kb.ingest.stored import Stored
from kb.relations import relations_files
from kb.resources import data_dir
from kb.store.bolt import Store
from kb.store.marks import read_lists, write_lists
from kb.text.names import Names
from kb.text.words import plural


@dataclass
class Marks:
    """The sources and projects that were loaded with pseudonyms.

    Attributes:
        salt: Of the hashes, hex.
        lists: Hash of the list of names, by the id of what was loaded with it.
    """

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    lists: dict[str, str] = field(default_factory=dict)

    def of(self, names: Names | None) -> str | None:
        """The hash of a list; None for none."""
        if names is None:
            return None
        text = json.dumps(sorted(names.entries), ensure_ascii=False).encode()
        return hashlib.scrypt(text, salt=bytes.fromhex(self.salt), n=2**14, r=8, p=1, dklen=32).hex()


@dataclass
class Kept:
    """Which sources of the graph were loaded with pseudonyms, and what this load replaces.

    Attributes:
        marks: Of the graph.
        list_: Hash of this load's list; None where it has none.
    """

    marks: Marks = field(default_factory=Marks)
    list_: str | None = None

    def same(self, ids: Iterable[str]) -> bool:
        """Whether some sources were loaded with the list of this load, or both with none."""
        return all(self.marks.lists.get(id_) == self.list_ for id_ in ids)

    def refuse(self, stored: Stored, interviews: Iterable[str], sha256: Collection[str], path: Path) -> None:
        """Let no file in that would bring names back.

        Raises:
            InputError: One of its interviews, or the file itself, was loaded with pseudonyms, and this
                load has none.
        """
        if self.list_ is not None or not self.marks.lists:
            return
        marked = [s for id_, s in stored.sources.items() if id_ in self.marks.lists]
        names = {source.interview for source in marked}
        if names.intersection(interviews) or any(source.sha256 in sha256 for source in marked):
            raise InputError(
                "was loaded with pseudonyms, and would bring the names back: name their list with "
                "--pseudonyms FILE.",
                path,
            )


def kept(store: Store | None, names: Names | None) -> Kept:
    """What a load must know of pseudonyms."""
    found = read_lists(store) if store is not None else None
    marks = Marks(*found) if found else Marks()
    return Kept(marks, marks.of(names))


def write_marks(store: Store, marks: Marks, ids: Iterable[str], list_: str | None) -> None:
    """Keep that some sources were loaded with a list, or (None) without one."""
    for id_ in ids:
        if list_ is None:
            marks.lists.pop(id_, None)
        else:
            marks.lists[id_] = list_
    write_lists(store, marks.salt, marks.lists)


def mark_loaded(store: Store | None, stored: Stored, known: Kept, new: set[str], report: LoadReport) -> None:
    """Keep what is loaded with pseudonyms, before it is; tell what in the graph still has the names."""
    if store is not None and new:
        write_marks(store, known.marks, new, known.list_)
    shipped = {path.name for path in relations_files(data_dir() / "relations")}
    others = {
        id_
        for id_, source in stored.sources.items()
        if id_ not in new and not known.same([id_]) and source.file not in shipped
    }
    if known.list_ and others:
        message = (
            f"{plural(len(others), 'source')} of the graph came without this list of pseudonyms and may hold "
            f"its names: {', '.join(sorted(others)[:5])}; load them again with it, or remove them."
        )
        report.not_placed.append(NotPlaced(level="info", source="pseudonyms", message=message))
