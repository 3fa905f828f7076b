"""The names that a study uses, counted, and what each meant when the last load was done.

What a label means depends on all labels of the study (`kb.codebook.resolve`), so each load needs them
all, and must build again the interviews that use a name whose meaning has changed. Kept in one node,
they need not be gathered from every source at every load.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.codebook import Concept
from kb.ingest.relation_source import FORMAT
from kb.store.bolt import Tx

STATE = "State"  # label of the node that keeps it


@dataclass
class Vocabulary:
    """How many sources use each label, as written, and each name in a relation, as ``place:name``."""

    labels: Counter[str] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)

    def add(self, format_: str, names: Iterable[str], times: int = 1) -> None:
        """Count the names of one source; `times` -1 takes them out again."""
        counter = self.uses if format_ == FORMAT else self.labels
        for name in names:
            counter[name] += times
            if counter[name] <= 0:
                del counter[name]

    def copy(self) -> Vocabulary:
        """One that can be changed."""
        return Vocabulary(self.labels.copy(), self.uses.copy())

    @property
    def names(self) -> set[str]:
        """Every name that some source uses."""
        return {*self.labels, *(use.partition(":")[2] for use in self.uses)}


@dataclass(frozen=True)
class State:
    """The study as the last load left it.

    Attributes:
        version: Of the way interviews are built.
        vocabulary: Of all sources.
        meanings: A digest of what each name meant.
        shipped: Relations that kb ships which were held against their interviews, as ``id sha256``.
    """

    version: int
    vocabulary: Vocabulary
    meanings: Mapping[str, str]
    shipped: frozenset[str]

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> State:
        """Undo `row`."""
        return cls(
            row["version"],
            Vocabulary(
                Counter(dict(zip(row["labels"], row["label_counts"], strict=True))),
                Counter(dict(zip(row["uses"], row["use_counts"], strict=True))),
            ),
            dict(zip(row["names"], row["meanings"], strict=True)),
            frozenset(row["shipped"]),
        )

    def row(self) -> dict[str, Any]:
        """As the properties of a node."""
        labels, uses = sorted(self.vocabulary.labels), sorted(self.vocabulary.uses)
        return {
            "version": self.version,
            "labels": labels,
            "label_counts": [self.vocabulary.labels[label] for label in labels],
            "uses": uses,
            "use_counts": [self.vocabulary.uses[use] for use in uses],
            "names": list(self.meanings),
            "meanings": list(self.meanings.values()),
            "shipped": sorted(self.shipped),
        }

    def changed(self, meanings: Mapping[str, str], concepts: Mapping[str, Concept]) -> set[str]:
        """Names of the study that mean something else now, or whose issue does."""
        other = {name for name, digest in meanings.items() if self.meanings.get(name) != digest}
        return {
            name
            for name in self.vocabulary.names & set(meanings)
            if name in other or concepts[name].issue in other
        }


def meanings(concepts: Mapping[str, Concept]) -> dict[str, str]:
    """A digest of what each name means, by name, in order."""
    texts = {id(concept): str(concept) for concept in concepts.values()}
    return {
        name: hashlib.sha256(texts[id(concepts[name])].encode()).hexdigest()[:16] for name in sorted(concepts)
    }


def write_state(tx: Tx, state: State | None) -> None:
    """Keep the state; None: it is not known."""
    after = f" CREATE (t:{STATE}) SET t = $p" if state else ""
    tx.run(
        f"OPTIONAL MATCH (s:{STATE}) DELETE s WITH count(*) AS gone{after} RETURN gone",
        {"p": state.row()} if state else None,
    )
