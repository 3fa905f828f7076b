"""What readers said no to: the list `refused` of a relations file (docs/suggestions.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import CodebookError
from kb.relation import by_name
from kb.text.yamlfile import MappingNode, Node, ScalarNode, SequenceNode

# A decision may be on one interview's passages, and one of several readers'.
_OPTIONAL = ("interview", "note", "reviewer")


class Refused(NamedTuple):
    """A relation that a reader refused.

    Attributes:
        kind: One of `kb.relation.KINDS`, by name.
        start, end: Cause and effect, or issue and fix.
        interview: Id of the one interview whose passages do not say it; None: it does not hold at all.
        note: Why, in the reader's own words.
        reviewer: Who refused it; None where only one person reads.
    """

    kind: str
    start: str
    end: str
    interview: str | None = None
    note: str | None = None
    reviewer: str | None = None

    @property
    def what(self) -> tuple[str, str, str, str | None, str | None]:
        """What makes it the same as another: all but the note."""
        return self.kind, self.start, self.end, self.interview, self.reviewer

    def entry(self) -> dict[str, Any]:
        """As it stands in a relations file."""
        kind = by_name()[self.kind]
        values = {
            "interview": self.interview,
            "kind": self.kind,
            kind.start: self.start,
            kind.end: self.end,
            "note": self.note,
            "reviewer": self.reviewer,
        }
        return {key: value for key, value in values.items() if value is not None}


def read_refused(node: Node | None, path: Path) -> tuple[Refused, ...]:
    """The entries of the list.

    Args:
        node: Of the list; None where the file has none.
        path: The file, for messages.

    Raises:
        CodebookError: It is no list, or an entry is not of this form; with its line.
    """
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        msg = "'refused' is a list of entries with kind and both ends; see docs/suggestions.md."
        raise CodebookError(msg, path)
    return tuple(_refused(item, path) for item in node.value)


def _refused(item: Node, path: Path) -> Refused:
    values = _values(item)
    kind = by_name().get(values.get("kind", ""))
    if kind is not None:
        must = {"kind", kind.start, kind.end}
        if must <= set(values) <= {*must, *_OPTIONAL}:
            interview = values.get("interview")
            return Refused(
                kind.name,
                values[kind.start],
                values[kind.end],
                None if interview is None else plain_id(interview),
                values.get("note"),
                values.get("reviewer"),
            )
    msg = (
        "An entry of 'refused' has a kind, its two ends (of causes: cause and effect) and perhaps "
        "an interview, a note and a reviewer."
    )
    raise CodebookError(msg, path, line=item.start_mark.line + 1)


def _values(item: Node) -> dict[str, str]:
    """The keys of an entry, if all its values are text."""
    if not isinstance(item, MappingNode):
        return {}
    pairs = [(key, value) for key, value in item.value if isinstance(value, ScalarNode)]
    whole = len(pairs) == len(item.value)
    return {str(key.value): str(value.value) for key, value in pairs} if whole else {}


def plain_id(value: object) -> str:
    """``11``, ``"11"`` and ``"011"`` are one interview."""
    text = str(value)
    return text.lstrip("0") or "0" if text.isdecimal() else text
