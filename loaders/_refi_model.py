"""A REFI-QDA project as plain data, before anything in it is understood; GUIDs as `guid_of` gives them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kb.records import Value
from kb.text.refi import TreeCode


@dataclass
class Coded:
    """A code on something: `guid` of the coding, `code`, `user` and `notes` by their GUIDs."""

    guid: str
    code: str
    user: str
    notes: list[str]


@dataclass
class Selection:
    """A part of a text, recording or picture.

    Attributes:
        kind: The element's name.
        start, end: Positions, or milliseconds; None where there are none.
        sync: GUIDs of the sync points that it runs between, of a transcript.
    """

    guid: str
    kind: str
    name: str | None
    start: int | None
    end: int | None
    sync: tuple[str, str]
    user: str
    description: str | None
    codings: list[Coded]
    notes: list[str]


@dataclass
class Body:
    """A text: of a source, a transcript, a note."""

    guid: str
    name: str | None
    content: str | None
    path: str | None
    rich: bool
    user: str
    description: str | None
    selections: list[Selection]
    codings: list[Coded]
    notes: list[str]
    values: list[tuple[str, Value]]
    # GUID, milliseconds (None where not said) and position of the sync points of a recording.
    sync: list[tuple[str, int | None, int]] = field(default_factory=list)


@dataclass
class Item:
    """A source: its texts, and parts of it that are no text."""

    guid: str
    kind: str
    name: str | None
    whole: Body  # its codings, notes and values; of a text its text, too
    texts: list[Body]
    regions: list[Selection]


@dataclass
class Case:
    """A participant, or another thing that the study is about."""

    guid: str
    name: str
    description: str | None
    values: list[tuple[str, Value]]
    sources: list[str]
    selections: list[str]
    codes: int


@dataclass
class Link:
    """Something related to something by an analyst; `edge` of a drawing that stands for no link."""

    guid: str
    name: str
    direction: str
    ends: tuple[str, str]
    user: str
    notes: list[str]
    edge: bool = False


@dataclass
class Content:
    """All of a project."""

    origin: str = ""
    name: str = ""
    creator: str = ""
    description: str | None = None
    users: dict[str, tuple[str, str]] = field(default_factory=dict)  # GUID: name, id
    codes: list[TreeCode] = field(default_factory=list)
    variables: dict[str, tuple[str, str]] = field(default_factory=dict)  # GUID: name, type
    cases: list[Case] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    notes: dict[str, Body] = field(default_factory=dict)
    project_notes: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
