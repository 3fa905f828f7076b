"""Lines and code boxes, in the order they are printed, to turns and codings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Level, Notice, Role, Turn, turn_id
from loaders._delve_layout import CREDIT, Layout, goes_on, is_heading, is_text, is_title
from loaders._delve_lines import SMALL, Box, Line, glued, had_room, joined, spans
from loaders._roles import role_of
from loaders._source import SourceName

# A paragraph that is nothing but one of these was a speaker's heading that lost its formatting.
_LABEL = (
    r"(?:unknown\s+|other\s+)?(?:interview\w*|researcher|moderator|facilitator|participant|respondent|"
    r"informant|speaker)\s*#?\d*"
)
_LOST_HEADING = re.compile(rf"{_LABEL}\s*:?", re.IGNORECASE)
# A heading that was typed into the paragraph itself: `Interviewee: No.`
_INLINE = re.compile(rf"({_LABEL})\s*:\s", re.IGNORECASE)
_RTL = {"R", "AL"}  # Unicode's classes of Hebrew and Arabic letters


class TurnBuilder:
    """Collects one turn at a time: a heading, its paragraph, its code boxes, on whichever pages.

    A paragraph without a heading is a turn of its own, with the role of the turn before, unless it
    is itself nothing but the label of a speaker, or begins with one, which then sets the role.
    """

    def __init__(self, path: Path, layout: Layout, source: SourceName) -> None:
        self._path = path
        self._layout = layout
        self._source = source
        self._heading: list[Line] = []
        self._lines: list[Line] = []
        self._boxes: list[Box] = []
        self._credit: list[str] = []
        self._index = 0
        self._role: Role | None = None
        self._unheaded: list[int] = []
        self._roleless: dict[str, int] = {}
        self._right_to_left: int | None = None

    def add(self, item: Line | Box) -> Iterator[Turn | Coding | Notice]:
        """Take the next thing on the page; gives the turn before, once it is complete."""
        if isinstance(item, Box):
            if self._lines or self._heading:
                self._boxes.append(item)
            else:
                yield self.notice("lost", f"The code {item.label} stands on no text.", item.page)
        elif self._credit and item.size >= SMALL * self._layout.size:
            self._after_credit(item)
        elif is_heading(item, self._layout):
            if not self._wraps(item):
                yield from self._flush()
            self._heading.append(item)
        elif is_text(item, self._layout):
            yield from self._add_text(item)
        elif not (is_title(item, self._layout) and self._index == 0 and not self._heading):
            yield self.notice(
                "lost", f"Text that is no turn and no code was left out: “{item.text}”.", item.page
            )

    def finish(self) -> Iterator[Turn | Coding | Notice]:
        """The last turn, and what was derived on the way."""
        yield from self._flush()
        for label, page in self._roleless.items():
            yield self.notice("warning", f"The role of the speaker “{label}” cannot be told.", page)
        if self._right_to_left is not None:
            yield self.notice(
                "warning",
                "A PDF keeps right-to-left script as it is printed: its letters are in reverse order here.",
                self._right_to_left,
            )
        if self._unheaded:
            pages = ", ".join(map(str, dict.fromkeys(self._unheaded)))
            yield self.notice(
                "warning",
                f"Paragraphs without a speaker's heading: {len(self._unheaded)} (page {pages}); "
                "each has the role of the turn before it.",
                self._unheaded[0],
            )

    def notice(self, level: Level, message: str, page: int | None = None) -> Notice:
        """A notice on this source."""
        return Notice(
            level=level,
            message=message,
            source=self._path.name,
            interview=self._source.interview,
            page=page,
        )

    def _add_text(self, line: Line) -> Iterator[Turn | Coding | Notice]:
        starts = not self._lines or bool(self._boxes) or not goes_on(self._lines[-1], line, self._layout)
        headed = bool(self._heading) and not self._lines and not self._boxes
        if starts and not headed:
            yield from self._flush()
            if CREDIT.match(line.text):
                self._credit.append(line.text)
                return
        self._lines.append(line)

    def _after_credit(self, line: Line) -> None:
        """The credit closes the print; it may be broken over lines, but nothing comes after it."""
        if is_text(line, self._layout) and not joined(self._credit).endswith(")"):
            self._credit.append(line.text)
            return
        raise InputError(
            "the PDF goes on after the end of a Delve print: split it into one file a transcript.",
            self._path,
            page=line.page,
        )

    def _wraps(self, line: Line) -> bool:
        """Whether a bold line goes on with the heading before it, which was too long for one line."""
        if not self._heading or self._lines or self._boxes:
            return False
        return not had_room(self._heading[-1], line, self._layout.right)

    def _flush(self) -> Iterator[Turn | Coding | Notice]:
        heading, lines, boxes = self._heading, self._lines, self._boxes
        self._heading, self._lines, self._boxes = [], [], []
        speaker = joined(line.text for line in heading)
        if not lines and not boxes:
            if heading:
                yield self.notice(
                    "warning", f"The speaker “{speaker}” has no text and was left out.", heading[0].page
                )
            return
        text, marked = _text_of(lines)
        page = (heading or lines)[0].page
        if (
            self._right_to_left is None
            and not text.isascii()
            and any(unicodedata.bidirectional(letter) in _RTL for letter in text)
        ):
            self._right_to_left = page
        self._set_role(speaker, text, page)
        turn = turn_id(self._source.interview, self._index)
        yield Turn(
            id=turn,
            interview=self._source.interview,
            index=self._index,
            speaker=speaker,
            role=self._role,
            text=text,
            page=page,
            guessed="role" if self._role and not speaker else None,
        )
        self._index += 1
        # Spans of several codes are drawn as one underline, so each code has all that is underlined.
        start = next((at for at, mark in enumerate(marked) if mark), None)
        end = None if start is None else len(marked) - next(at for at, m in enumerate(reversed(marked)) if m)
        for label in dict.fromkeys(box.label for box in boxes):
            yield Coding(
                interview=self._source.interview,
                turn=turn,
                label=label,
                code=label,
                coder=self._source.coder,
                round=self._source.round,
                quote=None if start is None else text[start:end],
                start=start,
                end=end,
                label_without_underline=start is None,
            )
        if start is not None and not boxes:
            yield self.notice("lost", f"Coded words have no code: “{text[start:end]}”.", page)

    def _set_role(self, speaker: str, text: str, page: int) -> None:
        if not speaker:
            self._unheaded.append(page)
        label = speaker or (text if _LOST_HEADING.fullmatch(text) else "")
        inline = None if label else _INLINE.match(text)
        if inline and (role_of(inline[1]) or "speaker" in inline[1].casefold()):
            label = inline[1]
        if label:
            self._role = role_of(label)
            if self._role is None:
                self._roleless.setdefault(label, page)


def _text_of(lines: list[Line]) -> tuple[str, list[bool]]:
    """The paragraph's text, white space folded, and for each of its letters whether it is underlined."""
    letters: list[tuple[str, bool]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and not glued(before.text, line.text):
            letters.append((" ", False))
        letters += [(letter, mark) for text, mark in spans(line) for letter in text]
        before = line
    folded: list[tuple[str, bool]] = []
    for letter, mark in letters:
        if not letter.isspace():
            folded.append((letter, mark))
        elif folded and folded[-1][0] != " ":
            folded.append((" ", False))
    if folded and folded[-1][0] == " ":
        folded.pop()
    return "".join(letter for letter, _ in folded), [mark for _, mark in folded]
