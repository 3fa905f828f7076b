"""The codes of a QualCoder project: categories and codes as one tree, and the lines drawn between them.

Categories (`code_cat`) and codes (`code_name`) are numbered and named apart from each other. From database
version 16 a code may stand under a code (`supercid`), from 17 lines have a label and arrows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.records import Code, End, Relation
from loaders._link_names import link_kind, named_relation
from loaders._sqlite import Database
from loaders._study import Told

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SYSTEM = "📌"  # begins the names of QualCoder's own coder and category, those of speakers
_BACK, _BOTH = frozenset({"backward", "reverse", "back", "start"}), frozenset({"both", "bidirectional"})
_OTHER_ENDS = ("freetextid", "caseid", "fileid", "imid", "avid")


class _Entry(NamedTuple):
    name: str
    memo: str
    category: int | None
    code: int | None  # that it stands under
    colour: str | None


class Tree:
    """Codes and categories by their numbers.

    Args:
        db: The project.
        told: Told of what cannot be carried.
    """

    def __init__(self, db: Database, told: Told) -> None:
        self._told = told
        self._codes = {
            row.number(0): _Entry(
                row.text(1), row.text(2), row.number(3), row.number(4), _colour(row.text(5))
            )
            for row in db.rows("code_name", ("cid", "name", "memo", "catid", "supercid", "color"))
        }
        self._categories = {
            row.number(0): _Entry(row.text(1), row.text(2), row.number(3), None, None)
            for row in db.rows("code_cat", ("catid", "name", "memo", "supercatid"))
        }
        self._taken = {entry.name for entry in self._codes.values()}

    def code(self, number: int | None) -> str | None:
        """A code's name; None if there is none of this number."""
        entry = self._codes.get(number)
        return entry.name if entry and entry.name else None

    def category(self, number: int | None) -> str | None:
        """A category's name, told apart from a code's of the same name."""
        entry = self._categories.get(number)
        if not entry or not entry.name:
            return None
        return f"{entry.name} (category)" if entry.name in self._taken else entry.name

    def is_speaker(self, number: int | None) -> bool:
        """Whether a code is a speaker, which QualCoder's marking of speakers made."""
        entry = self._codes.get(number)
        above = self._categories.get(entry.category) if entry else None
        return above is not None and above.name.startswith(SYSTEM)

    def entries(self, used: set[int | None]) -> Iterator[Code]:
        """All of the tree but what stands for speakers alone.

        Args:
            used: Numbers of the codes that coders used.
        """
        for number, entry in self._codes.items():
            name = self.code(number)
            if name and (number in used or not self.is_speaker(number)):
                yield Code(
                    name=name,
                    parent=self._above(entry),
                    colour=entry.colour,
                    description=entry.memo.strip() or None,
                )
        for number, entry in self._categories.items():
            name = self.category(number)
            if name and not entry.name.startswith(SYSTEM):
                parent = None if self._in_itself(number) else self.category(entry.category)
                yield Code(name=name, parent=parent, description=entry.memo.strip() or None)

    def lines(self, db: Database) -> Iterator[Relation]:
        """The labelled lines of graphs between codes and categories, as relations."""
        known = ("fromcid", "fromcatid", "tocid", "tocatid", "label", "arrow_mode")
        others = [f"{side}{what}" for side in ("from", "to") for what in _OTHER_ENDS]
        for table, free in (("gr_cdct_line_item", False), ("gr_free_line_item", True)):
            for row in db.rows(table, (*known, *others)):
                label, mode = " ".join(row.text(4).split()), row.text(5).strip().casefold()
                if any(row.number(n) is not None for n in range(len(known), len(known) + len(others))):
                    self._told.lost("lines of graphs to texts, cases, files and media")
                    continue
                # A code's row may name its category too.
                start = self.code(row.number(0)) or self.category(row.number(1))
                end = self.code(row.number(2)) or self.category(row.number(3))
                if not start or not end:
                    self._told.lost("lines of graphs to codes that are not there")
                elif label:
                    yield from _related(label, start, end, mode)
                elif free:
                    self._told.lost("lines of graphs without a label")
                # Without a label, the others are the lines of the tree of codes.

    def _above(self, entry: _Entry) -> str | None:
        if entry.code is None:
            above = self._categories.get(entry.category)
            return None if above is None or above.name.startswith(SYSTEM) else self.category(entry.category)
        seen = {id(entry)}
        at = self._codes.get(entry.code)
        while at is not None:
            if id(at) in seen:
                self._told.lost("codes that stand under themselves; they are at the top")
                return None
            seen.add(id(at))
            at = self._codes.get(at.code)
        return self.code(entry.code)

    def _in_itself(self, number: int | None) -> bool:
        seen: set[int | None] = set()
        at: int | None = number
        while at in self._categories and at not in seen:
            seen.add(at)
            at = self._categories[at].category
        if at in seen:
            self._told.lost("categories that stand under themselves; they are at the top")
        return at in seen


def _related(label: str, start: str, end: str, mode: str) -> Iterator[Relation]:
    """One line; with arrows at both ends, each way."""
    found = link_kind(label)
    note = label if found and found.kind != label else None
    if mode not in _BACK:
        yield named_relation(label, End(code=start), End(code=end), note=note)
    if mode in _BACK | _BOTH:
        yield named_relation(label, End(code=end), End(code=start), note=note)


def _colour(text: str) -> str | None:
    return text.lower() if _COLOUR.fullmatch(text) else None
