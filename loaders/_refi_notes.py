"""The notes and descriptions of a REFI-QDA project, each on what refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kb.records import Memo
from loaders._refi_kept import Kept
from loaders._refi_model import Body, Content


class Notes:
    """Collects memos.

    Args:
        content: What the project's XML says.
        kept: What kb itself wrote down beside it.
        text_of: Gives a note's text; None if it is not in the file.
        writer: Gives the name of a user; None for no user.
        lost: How much has no place, which is added to.
    """

    def __init__(
        self,
        content: Content,
        kept: Kept,
        text_of: Callable[[Body], str | None],
        writer: Callable[[str], str | None],
        lost: Counter[str],
    ) -> None:
        self._content, self._kept, self._text_of, self._writer = content, kept, text_of, writer
        self._lost = lost
        self._memos: list[Memo] = []
        self._used: set[str] = set()

    def add(self, guids: Iterable[str], **on: Any) -> None:
        """Put notes on something (see `kb.records.Memo`)."""
        for guid in guids:
            for text, title, writer in self._read(guid):
                more = self._kept.beyond("notes", guid)
                also = {name: str(more[name]) for name in ("participant", "code") if more.get(name)}
                self._memos.append(Memo(text=text, title=title, coder=writer, **{**on, **also}))

    def describe(self, text: str | None, **on: Any) -> None:
        """Put a description on something."""
        if text and text.strip():
            self._memos.append(Memo(text=text.strip(), **on))

    def on_link(self, guids: Iterable[str]) -> tuple[str | None, str | None]:
        """What notes on a link say, and who wrote the first."""
        found = [each for guid in guids for each in self._read(guid)]
        return ("\n\n".join(text for text, _, _ in found), found[0][2]) if found else (None, None)

    def all(self) -> list[Memo]:
        """The memos, and those that nothing refers to; in an order of their own."""
        self.describe(self._content.description)
        self.add(self._content.project_notes)
        self.add(sorted(set(self._content.notes) - self._used))
        return sorted(set(self._memos), key=lambda memo: memo.model_dump_json())

    def _read(self, guid: str) -> Iterator[tuple[str, str | None, str | None]]:
        """Text, title and writer of a note, if it has words."""
        note = self._content.notes.get(guid)
        if note is None:
            self._lost["notes that are not in the file"] += 1
            return
        if guid not in self._used:
            coded = sum(len(s.codings) for s in note.selections) + len(note.codings)
            self._lost["codings of notes"] += coded
        self._used.add(guid)
        if self._kept.beyond("notes", guid).get("sum"):
            return  # what kb adds up of people's statements
        text = self._text_of(note)
        if text is None and (note.path or note.rich):
            self._lost["notes whose text is not in the file"] += 1
        if text and text.strip():
            yield text.strip(), note.name, self._writer(note.user)
