"""A relations file, open to be added to and taken from; its comments, order and form stay.

Entries are put in and taken out as lines: a file of five hundred relations takes 1.5 s to be read and
written by a YAML library that keeps comments, and a reader's decision must not wait for that. Only a file
whose lists are not written an entry below the other (JSON, `[…]`) goes that way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kb.errors import CodebookError, InputError
from kb.relations.lines import append_to, block, delete_from, end_of, end_of_list, in_lines, keys_of
from kb.relations.model import Relation
from kb.relations.read import load_relations
from kb.relations.refused import Refused, plain_id, read_refused
from kb.text.files import decoded, read_bounded, replace_file
from kb.text.yamlfile import (
    MAX_BYTES,
    CommentedMap,
    MappingNode,
    Node,
    RoundTrip,
    ScalarNode,
    SequenceNode,
    compose,
)

# What some take for the end of a line, and others do not.
_ODD_LINES = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_ID = re.compile(r"S(\d+)")
_NEW = "# Relations accepted from suggestions, and those refused. The form is in docs/relations.md.\n"


class RelationsText:
    r"""A relations file as text, with what it says.

    Args:
        path: The file; one that is not there is begun.

    Attributes:
        text: As it will be written, with ``\n`` at the ends of lines.
        relations: Its entries, in its order.
        refused: What readers said no to.

    Raises:
        CodebookError: The file is no relations file; with the line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.relations: list[Relation] = []
        self.refused: list[Refused] = []
        self.read()

    def read(self) -> None:
        """Read the file (again); what was changed here and not written is gone."""
        seen = _signature(self.path)
        text, newline = _NEW + "relations: []\n", "\n"
        relations: list[Relation] = []
        if seen is not None:
            relations = list(load_relations(self.path).relations)  # says what is wrong, with the line
            text = decoded(read_bounded(self.path, MAX_BYTES, CodebookError))
            newline = "\r\n" if "\r\n" in text else "\n"
        self._take(text.replace("\r\n", "\n"))
        # Only now: a file that could not be read counts as changed until it can, and is never written over.
        self.relations, self._newline, self._seen = relations, newline, seen

    @property
    def changed_meanwhile(self) -> bool:
        """Whether somebody else wrote the file since it was read or written here."""
        return _signature(self.path) != self._seen

    @property
    def interview(self) -> str | None:
        """The interview of the entries that name none."""
        return self._interview

    def add(self, values: Mapping[str, Any]) -> str | None:
        """Put in a relation.

        Args:
            values: Its entry without an id; `quotes` as a list.

        Returns:
            Its id; None if the file has an entry of the same interview, kind, ends and quotes.
        """
        new = Relation(id=self._new_id(), **values)
        if any(_same(old, new) for old in self.relations):
            return None
        self._put_in(new)
        return new.id

    def like(self, values: Mapping[str, Any]) -> Relation | None:
        """The entry that is there already with the interview, kind, ends and quotes of another."""
        new = Relation(id="new", **values)
        return next((old for old in self.relations if _same(old, new)), None)

    def hand_over(self, id_: str, reviewer: str | None) -> None:
        """Let a relation be another reviewer's; it keeps its id."""
        old = next(relation for relation in self.relations if relation.id == id_)
        self.take_out(id_)
        self._put_in(old.model_copy(update={"reviewer": reviewer}))

    def _put_in(self, new: Relation) -> None:
        self._put("relations", {"id": new.id, **_written(new, self._interview)}, new.id)
        self.relations.append(new)

    def take_out(self, id_: str) -> bool:
        """Take out a relation; False if there is none of that id."""
        at = next((i for i, relation in enumerate(self.relations) if relation.id == id_), None)
        if at is None:
            return False
        if not self._unput("relations", id_, len(self.relations)):
            self._remove("relations", [at])
        del self.relations[at]
        return True

    def refuse(self, refused: Refused) -> bool:
        """Remember what a reader said no to; False if that stands there already."""
        if refused.what in {old.what for old in self.refused}:
            return False
        self._put("refused", refused.entry(), refused.what)
        self.refused.append(refused)
        return True

    def forget(self, which: Callable[[Refused], bool]) -> bool:
        """Take out what was refused; whether there was any."""
        at = [i for i, refused in enumerate(self.refused) if which(refused)]
        if at:
            if len(at) > 1 or not self._unput("refused", self.refused[at[0]].what, len(self.refused)):
                self._remove("refused", at)
            self.refused = [refused for i, refused in enumerate(self.refused) if i not in at]
        return bool(at)

    def write(self) -> None:
        """Replace the file in one step, so that it is never seen half written.

        Raises:
            InputError: It cannot be written.
        """
        try:
            replace_file(self.path, self.text.replace("\n", self._newline).encode())
        except OSError as error:
            msg = f"The relations file cannot be written ({error.strerror}); choose another place."
            raise InputError(msg, self.path) from error
        self._seen = _signature(self.path)

    def _new_id(self) -> str:
        taken = [int(found[1]) for old in self.relations if (found := _ID.fullmatch(old.id))]
        return f"S{max(taken, default=0) + 1}"

    def _take(self, text: str) -> None:
        """Find where the lists stand."""
        root = compose(text, self.path, "relations file")
        self.text = text
        keys = keys_of(root)
        self.refused = list(read_refused(keys.get("refused"), self.path))
        said = keys.get("interview")
        self._interview = plain_id(said.value) if isinstance(said, ScalarNode) else None
        found = [keys[name] for name in ("relations", "refused") if name in keys]
        self._by_lines = isinstance(root, MappingNode) and not root.flow_style
        self._by_lines = self._by_lines and "\n..." not in text and not _ODD_LINES.search(text)
        self._by_lines = self._by_lines and all(in_lines(node, text) for node in found)
        self._nodes: dict[str, Node] | None = keys
        self._blocks: dict[tuple[str, object], str] = {}  # lines of entries that were put in since
        self._end: dict[str, int] = {}  # line after the last entry, from 0
        for name, node in keys.items():
            if self._by_lines and isinstance(node, SequenceNode) and node.value:
                self._end[name] = end_of_list(node, text)
        self._indent = next(
            (node.start_mark.column for node in found if isinstance(node, SequenceNode) and node.value), 0
        )

    def _put(self, key: str, entry: Mapping[str, Any], name: object) -> None:
        if not self._by_lines:
            self._round_trip(lambda document: append_to(document, key, entry))
            return
        lines = self.text.splitlines(keepends=True)
        put = block(entry, self._indent)
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        if key not in self._end:
            self._begin(lines, key)
        at = self._end[key]
        lines[at:at] = put
        self.text = "".join(lines)
        for each, end in self._end.items():
            if end > at or each == key:
                self._end[each] = end + len(put)
        self._nodes = None  # their lines are not where they were
        self._blocks[key, name] = "".join(put)

    def _unput(self, key: str, name: object, count: int) -> bool:
        """Take out the lines of an entry that was put in since the file was read, if they are told apart."""
        put = self._blocks.pop((key, name), None)
        if put is None or count < 2 or self.text.count(put) != 1:
            return False
        before, _, after = self.text.partition(put)
        at, lines = before.count("\n"), put.count("\n")
        self._end = {each: end - lines if end > at else end for each, end in self._end.items()}
        self.text = before + after
        self._nodes = None
        return True

    def _begin(self, lines: list[str], key: str) -> None:
        """Make an empty list one whose entries stand below, or begin one at the file's end."""
        node = self._fresh().get(key)
        if node is None:
            lines.append(f"{key}:\n")
            self._end[key] = len(lines)
            return
        at = node.start_mark.line
        lines[at] = re.sub(r":\s*\[\s*\]", ":", lines[at], count=1)
        self._end[key] = at + 1

    def _remove(self, key: str, at: list[int]) -> None:
        if not self._by_lines:
            self._round_trip(lambda document: delete_from(document, key, at))
            return
        node = self._fresh()[key]
        lines = self.text.splitlines(keepends=True)
        for i in sorted(at, reverse=True):
            item = node.value[i]
            del lines[item.start_mark.line : end_of(item)]
        if len(at) == len(node.value):
            line = next(n for n, text in enumerate(lines) if text.startswith(f"{key}:"))
            if key == "relations":
                lines[line] = lines[line].replace(":", ": []", 1)
            else:
                del lines[line]
        self._take("".join(lines))

    def _fresh(self) -> dict[str, Node]:
        if self._nodes is None:
            self._nodes = keys_of(compose(self.text, self.path, "relations file"))
        return self._nodes

    def _round_trip(self, change: Callable[[CommentedMap], None]) -> None:
        file = RoundTrip(self.text)
        change(file.document)
        self._take(file.dump())


def _signature(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return (0, 0, 0)  # reading it says what is wrong
    return found.st_mtime_ns, found.st_size, found.st_ino


def _written(relation: Relation, interview: str | None) -> dict[str, Any]:
    """A relation's entry without its id; the interview only where the file's is another."""
    entry = relation.entry()
    del entry["id"]
    if entry["interview"] == interview:
        del entry["interview"]
    if len(relation.quotes) == 1:
        place = list(entry).index("quotes")
        pairs = list(entry.items())
        pairs[place] = ("quote", relation.quotes[0])
        entry = dict(pairs)
    return entry


def _same(old: Relation, new: Relation) -> bool:
    ends = (old.interview, old.kind, old.start.name, old.end.name, old.quotes)
    return ends == (new.interview, new.kind, new.start.name, new.end.name, new.quotes)
