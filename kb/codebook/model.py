"""A codebook as data: entries by label, names of categories, and where two codebooks meet."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from kb.codebook.labels import Kind, fold
from kb.records import Notice

# In a file: this code belongs to no category, this fix to no single issue, and no rule is asked.
NONE = "none"


class Entry(BaseModel):
    """What a codebook says of one code. What it leaves out, the rules decide.

    Attributes:
        kind: Kind of the concept.
        category: Id of a category; ``none`` where the code belongs to no category.
        aliases: Other labels of the same concept, as written in the sources.
        issue: For a fix, the label (or an alias) of its issue; ``none`` for a fix in general.
        description: What the code means.
        title: What it is called where people read it, as in figures; its label serves without one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind | None = None
    category: str | None = None
    aliases: tuple[str, ...] = ()
    issue: str | None = None
    description: str = ""
    title: str = ""


class Codebook(BaseModel):
    """Entries by label, and the full names of categories by their ids.

    Labels are folded (see `kb.codebook.labels.fold`) and case counts. Use `load_codebook`, which
    checks a file whole; a codebook made by hand is taken as it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    categories: dict[str, str] = Field(default_factory=dict)
    entries: dict[str, Entry] = Field(default_factory=dict)
    notices: tuple[Notice, ...] = ()  # what the reader passed over; no part of the content

    @classmethod
    def empty(cls) -> Codebook:
        """No entries: rules decide everything."""
        return cls()

    @cached_property
    def canonical_of(self) -> dict[str, str]:
        """Each label and alias to the label of its entry."""
        names = {label: label for label in self.entries}
        for label, entry in self.entries.items():
            for alias in entry.aliases:
                names.setdefault(alias, label)
        return names

    def canonical(self, label: str) -> str | None:
        """The label of the entry that a label or an alias belongs to; None if there is none."""
        return self.canonical_of.get(fold(label))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, whatever form, order or file it came from."""
        content = {
            "categories": self.categories,
            "entries": {label: _content(entry) for label, entry in self.entries.items()},
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def merge(self, other: Codebook) -> Codebook:
        """This codebook with another one over it, whose entries win, each as a whole.

        A label that `other` makes an alias loses its own entry here; the aliases it had follow it,
        unless `other` has a place for them. A fix keeps an issue only while that still is one.
        """
        entries: dict[str, Entry] = {}
        moved: dict[str, list[str]] = {}
        for label, entry in self.entries.items():
            free = tuple(alias for alias in entry.aliases if alias not in other.canonical_of)
            owner = other.canonical_of.get(label)
            if owner is None:
                entries[label] = entry.model_copy(update={"aliases": free})
            elif owner != label:
                moved.setdefault(owner, []).extend(free)
        for label, entry in other.entries.items():
            entries[label] = entry.model_copy(
                update={"aliases": tuple(dict.fromkeys((*entry.aliases, *moved.get(label, ()))))}
            )
        return Codebook(
            categories={**self.categories, **other.categories},
            entries=entries,
            notices=(*self.notices, *other.notices),
        )


def _content(entry: Entry) -> dict[str, object]:
    content = {**entry.model_dump(), "aliases": sorted(set(entry.aliases))}
    if not entry.title:  # a codebook from before there were titles is still the same
        del content["title"]
    return content
