"""An interview as plain text with selections, for another tool and for kb to read back.

One line a turn, the speaker before it; offsets count characters from 0, the end exclusive. A code on a whole
turn is on its words and the line end after them: that is how reading back tells it from a code on its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.export.project.codes import guid
from kb.export.project.study import Interview
from kb.records import Coding

_NAME = 80  # characters of a selection's words that name it


@dataclass
class Selection:
    """A part of the text, with its codings and the GUIDs of the notes on it."""

    guid: str
    start: int
    end: int
    name: str
    codings: list[tuple[str, Coding]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Text:
    """The text of one interview.

    Args:
        interview: The interview.

    Attributes:
        guid: Of its source.
        text: All of it.
    """

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.guid = guid("source", interview.id)
        self._places: dict[str, tuple[int, int]] = {}
        self._selections: dict[tuple[int, int], Selection] = {}
        # A text without speakers is whole one participant's, who is called as it is.
        alone = {turn.speaker for turn in interview.turns} == {" ".join(interview.title.split())}
        lines, at = [], 0
        for turn in interview.turns:
            label = f"{turn.speaker}: " if turn.speaker and not alone else ""
            start = at + len(label)
            self._places[turn.id] = (start, start + len(turn.text))
            lines.append(f"{label}{turn.text}\n")
            at += len(lines[-1]) + 1
        self.text = "\n".join(lines)
        self.bare: dict[str, bool] = {}
        for coding in interview.codings:
            own = self.selection(coding.turn, coding.start, coding.end)
            made = guid("coding", own.guid, coding.label, coding.coder or "", coding.round or "")
            own.codings.append((made, coding))
            if coding.label_without_underline:
                self.bare[made] = True

    def selection(self, turn: str, start: int | None, end: int | None) -> Selection:
        """The selection of words of a turn, or of the whole turn; the same one each time."""
        first, last = self._places[turn]
        span = (first, last + 1) if start is None or end is None else (first + start, first + end)
        if span not in self._selections:
            words = " ".join(self.text[slice(*span)].split())
            name = words if len(words) <= _NAME else f"{words[:_NAME].rstrip()}…"
            made = guid("selection", self.interview.id, *map(str, span))
            self._selections[span] = Selection(made, *span, name)
        return self._selections[span]

    def words(self, turn: str, quote: str | None) -> Selection:
        """The selection of a quote in a turn; of the whole turn without one."""
        first, last = self._places[turn]
        at = self.text.find(quote, first, last) if quote else -1
        return self.selection(turn, None, None) if at < 0 else self.selection(
            turn, at - first, at - first + len(quote or "")
        )  # fmt: skip

    def selections(self) -> Iterator[Selection]:
        """All of them, in the order of the text."""
        for _, selection in sorted(self._selections.items()):
            yield selection

    def kept(self) -> dict[str, Any]:
        """What `loaders._refi_kept` reads of it."""
        return {
            "interview": self.interview.id,
            "title": self.interview.title,
            "sha256": hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest(),
            "turns": [
                [*self._places[t.id], t.speaker, t.role, t.start, t.end, t.page, t.line]
                for t in self.interview.turns
            ],
            "coders": [list(coder) for coder in self.interview.coders],
        }
