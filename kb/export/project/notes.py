"""Memos of a study as notes of REFI-QDA, each where it belongs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from kb.export.project.codes import guid
from kb.export.project.texts import Text
from kb.export.project.xml import Element, element
from kb.ingest.project import Project
from kb.records import Memo


class Users(Protocol):
    """Who there is."""

    def guid(self, coder: str | None, round_: str | None = None) -> str | None:
        """The GUID of a coder."""


class Notes:
    """All notes.

    Args:
        texts: The interviews.
        said: What files say of the study.
        users: Who there is.

    Attributes:
        on_codes, on_sources, on_study: GUIDs of notes, by label and interview.
        kept: What the format does not say of a note: the participant, or the code beside words.
        codes: Labels of codes that notes are on.
        lost: What has no place.
    """

    def __init__(self, texts: Sequence[Text], said: Sequence[Project], users: Users) -> None:
        self._users = users
        self._texts = {text.interview.id: text for text in texts}
        self._notes: dict[str, tuple[str, str | None, str | None]] = {}
        self.on_codes: dict[str, list[str]] = defaultdict(list)
        self.on_sources: dict[str, list[str]] = defaultdict(list)
        self.on_study: list[str] = []
        self.kept: dict[str, dict[str, Any]] = {}
        self.codes: set[str] = set()
        self.lost: Counter[str] = Counter()
        for text in texts:
            for memo in text.interview.memos:
                self._place(memo)
        for project in said:
            for memo in project.memos:
                self._place(memo)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._notes)

    def note(self, text: str, title: str | None, coder: str | None, *where: str) -> str:
        """Make a note; its GUID."""
        made = guid("note", text, title or "", coder or "", *where)
        self._notes[made] = (text, title, self._users.guid(coder))
        return made

    def _place(self, memo: Memo) -> None:
        where = (memo.interview, memo.turn, memo.quote, memo.code, memo.participant)
        made = self.note(memo.text, memo.title, memo.coder, *(each or "" for each in where))
        more = {name: getattr(memo, name) for name in ("participant",) if getattr(memo, name)}
        if memo.turn and memo.interview in self._texts:
            self._texts[memo.interview].words(memo.turn, memo.quote).notes.append(made)
            more |= {"code": memo.code} if memo.code else {}
        elif memo.interview in self._texts:
            self.on_sources[memo.interview].append(made)
            more |= {"code": memo.code} if memo.code else {}
        elif memo.code:
            self.on_codes[memo.code].append(made)
        else:
            self.on_study.append(made)
        if memo.code:
            self.codes.add(memo.code)
        if more:
            self.kept[made] = more

    def add(self, root: Element) -> None:
        """Write them."""
        if not self._notes:
            return
        notes = element(root, "Notes")
        for made, (text, title, user) in sorted(self._notes.items()):
            note = element(notes, "Note", guid=made, name=title, creatingUser=user)
            element(note, "PlainTextContent", text)
