"""From the paragraphs of a transcript, whatever file they stood in, to its turns.

One paragraph is one turn: that is how transcription services export and how coding tools cut what they
import, so a plain transcript has the turns that its coded exports have.

A paragraph without a label goes on with the speaker before, where the document's form says so: where
labels stand above passages, or only where the speaker changes. Where the document writes a label before
every paragraph (the same label again and again), one without it is nobody's: its speaker stays empty, and
a notice says so. Where only one side is labelled, or nearly nothing is, the transcript is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kb.errors import InputError
from kb.records import Notice, Role, Turn, turn_id
from loaders._carry import resumed, weigh
from loaders._columns import Row, Table, in_order, read_rows
from loaders._court import court
from loaders._headings import candidates
from loaders._heads import front_matter, head_lines, is_no_speech, is_running, label_key, meta_block
from loaders._label import Heading
from loaders._labels import Labels, without_count
from loaders._legend import legend
from loaders._legend_said import said_like_turns
from loaders._numbers import numbers_off
from loaders._paras import Para, Said, Told
from loaders._running import running_heads, seams
from loaders._said_times import clock_of_day, first_of_talk, peeled_ends, stamp_lines, with_times_said
from loaders._speakers import Speakers
from loaders._spelling import one_spelling
from loaders._text import fold
from loaders._times import (
    EDGE,
    only_time,
    peel_left,
)
from loaders._walk import Walk
from loaders._who import who_is_who
from loaders._wrapped import Wrapped

NO_LABELS = (
    "this is not read as an interview, since its paragraphs do not begin with a speaker's label: "
    "write each as “Interviewer: …” or “Anna: …”, or name the labels (--interviewer, --interviewee)."
)


class NoLabels(InputError):
    """The text has no speakers' labels."""


class Dialogue:
    """The conversation of one file.

    Args:
        path: The file, for errors and its name.
        interview: Id of the interview.
        paras: Its lines or paragraphs, blank ones too.
        interviewers, interviewees: Labels that the user names.

    Raises:
        NoLabels: It has no speakers' labels.
        InputError: Most speakers would be guessed.
    """

    def __init__(
        self,
        path: Path,
        interview: str,
        paras: Sequence[Para],
        interviewers: Collection[str] = (),
        interviewees: Collection[str] = (),
    ) -> None:
        self._path, self._interview = path, interview
        self.paras = list(paras)
        self._given = {label_key(label) for label in (*interviewers, *interviewees)}
        self._left: list[int] = []  # no speech
        self.told: list[Told] = []
        self.lines = [para.text for para in self.paras]
        self._drop(range(front_matter(self.lines)))
        self.rows: dict[int, Row] = {}
        numbered = joins = False
        running: set[int] = set()
        if table := read_rows(self.lines):
            self.rows = {row.at: row for row in table.rows}
            self._drop(table.header)
            self._tell_columns(table)
        elif trial := court(self.lines):
            self.lines, joins = trial.lines, trial.numbered
            self._drop(trial.left)
        elif running := running_heads(self.lines):
            self._drop(running)
        elif (bare := numbers_off(self.lines)) is not None:
            self.lines = bare
            numbered = True
        tools = {n: line for n, line in enumerate(self.lines) if n not in self.rows and is_no_speech(line)}
        self._drop(set(tools))
        roles: dict[str, Role | None] = {}
        if not self.rows:
            like_turns, more = said_like_turns(self.lines)
            who = who_is_who(self.lines)
            self._drop(who.lines | like_turns)
            met = {
                h.key
                for line in self.lines
                for h in candidates(line)
                if h.form in ("colon", "bold", "bracket", "timed")
            }
            lines, roles = legend(self.lines, met)
            self._drop(lines)
            roles.update(more | who.roles)
            self._drop(meta_block(self.lines, first_of_talk(self.lines)))
        self.labels = Labels(self.lines if not self.rows else [], [*interviewers, *interviewees])
        if not self.rows and not self.labels.enough:
            raise NoLabels(NO_LABELS, path)
        self.headings = clock_of_day(with_times_said(self._read_headings(), self.lines), self.lines)
        self._restore(tools)
        # Before the head is left out: it is no blank line before a label.
        wrapped = Wrapped(
            self.lines, self.paras, self.headings, self.rows, self.labels, numbered=numbered, joins=joins
        )
        self._leave_head()
        said = [(h.label, self._after(n, h)) for n, h in self.headings.items()]
        self.speakers = Speakers(path.name, interview, said, interviewers, interviewees, roles)
        self.pieces = list(wrapped.paragraphs())
        self.stamps = stamp_lines(self.lines, self.headings)
        self.peels = peeled_ends([*(h.text for h in self.headings.values()), *(t for _, t in self.pieces)])
        self.loose = self._loose_times()
        self.day = next((h.start for h in self.headings.values() if h.of_day), None)
        reach = weigh(self.pieces, self.headings, self.labels, self.speakers, self._given, bool(self.rows))
        #: Whether labels stand above what is said, and whether a paragraph without one goes on with the
        #: speaker before.
        self.above, self.carries = reach.above, reach.carries
        #: Indexes of paragraphs without a label after which the speaker before them has one again.
        self.resumed = (
            set()
            if self.above or self.rows
            else resumed(self.pieces, self.headings, self.labels, self.carries)
        )
        if reach.refusal:
            raise InputError(reach.refusal, path, line=self.paras[reach.at].line)

    def records(self) -> Iterator[Turn | Notice]:
        """The turns, each with what is to be told about it, then what concerns the whole."""
        index = 0
        for item in self.said():
            if isinstance(item, Told):
                yield self.notice(item)
                continue
            if notice := self.role_notice(item):
                yield notice
            yield self.turn(item, index)
            index += 1

    def turn(self, item: Said, index: int) -> Turn:
        """The record of one turn."""
        return Turn(
            id=turn_id(self._interview, index),
            interview=self._interview,
            index=index,
            speaker=item.speaker,
            role=item.role,
            text=item.text,
            page=item.para.page,
            line=item.para.line,
            start=item.start,
            end=item.end,
            guessed=item.guessed,
        )

    def role_notice(self, item: Said) -> Notice | None:
        """What is to be told about a turn's speaker, the first time."""
        notice = self.speakers.notice(item.speaker, item.para.line)
        return notice and notice.model_copy(update={"page": item.para.page})

    def said(self) -> Iterator[Said | Told]:
        """The turns in their order, and what is to be told."""
        yield from Walk(self).items()
        yield from self.told

    def notice(self, told: Told) -> Notice:
        """What is to be told, as a record."""
        return Notice(
            level=told.level,
            message=told.message,
            source=self._path.name,
            interview=self._interview,
            line=told.para.line,
            page=told.para.page,
        )

    # What is no speech.

    def _drop(self, numbers: Iterator[int] | range | set[int]) -> None:
        for n in sorted(numbers):
            if self.lines[n].strip(EDGE):
                self._left.append(n)
            self.lines[n] = ""

    def _tell_columns(self, table: Table) -> None:
        if table.left:
            words = "; ".join(fold(cell)[:40] for _, cell in table.left[:3])
            more = " …" if len(table.left) > 3 else ""
            message = (
                "cells of other columns than the speaker's, the times' and the words' were left out: "
                f"{len(table.left)} (“{words}”{more})."
            )
            self.told.append(Told("warning", message, self.paras[table.left[0][0]]))

    def _restore(self, tools: dict[int, str]) -> None:
        """Keep lines within the talk that a tool might have written: heads and feet are at the ends."""
        first = min(self.headings, default=len(self.lines))
        last = max((n for n, line in enumerate(self.lines) if line.strip(EDGE)), default=0)
        for n, line in tools.items():
            if first < n < last and not is_running(line):
                self.lines[n] = line
                self._left.remove(n)

    def _read_headings(self) -> dict[int, Heading]:
        if self.rows:
            spelled = one_spelling(row.speaker for row in self.rows.values())
            return {
                n: Heading(spelled[row.speaker], row.text, row.start, row.end, "row")
                for n, row in self.rows.items()
                if row.speaker
            }
        found = {n: h for n, line in enumerate(self.lines) if line and (h := self.labels.read(line))}
        found = without_count(found)
        spelled = one_spelling(h.label for h in found.values())
        return {n: h._replace(label=spelled[h.label]) for n, h in found.items()}

    def _leave_head(self) -> None:
        if not self.rows and self.headings:
            first = min(self.headings)
            while first and only_time(self.lines[first - 1]):
                first -= 1
            timed = self.labels.form == "stamp" or all(
                h.start is not None and not h.text for h in self.headings.values()
            )
            self._drop(head_lines(self.lines, first, everything=timed, stem=self._path.stem))
        self._drop({n for n, line in enumerate(self.lines) if n not in self.headings and _is_title(line)})
        if self._left:
            shown = sorted(self._left)
            words = "; ".join(fold(self.paras[n].text)[:40] for n in shown[:3])
            more = " …" if len(shown) > 3 else ""
            message = f"lines that are no speech were left out: {len(shown)} (“{words}”{more})."
            self.told.append(Told("info", message, self.paras[shown[0]]))

    def _after(self, n: int, found: Heading) -> str:
        """What is said after a label, up to the next one."""
        words = [found.text]
        for below in range(n + 1, min(n + 8, len(self.lines))):
            if below in self.headings:
                break
            words.append(self.lines[below])
        return " ".join(words)

    def _loose_times(self) -> bool:
        """Whether times without brackets begin the words, again and again."""
        texts = [h.text for h in self.headings.values() if h.text.strip()]
        stamps = [s for text in texts if (s := peel_left(text)[0]) and not s.bracketed]
        if texts and len(stamps) >= max(2, 0.8 * len(texts)):
            return in_order([s.start for s in stamps])
        return False


def _is_title(line: str) -> bool:
    """Whether a line is a heading in Markdown that nobody says."""
    text = line.lstrip(EDGE)
    hashes = len(text) - len(text.lstrip("#"))
    words = text[hashes:].split()
    return (
        0 < hashes <= 6
        and text[hashes : hashes + 1].isspace()
        and 0 < len(words) <= 14
        and words[-1][-1] not in ".?!…"
        and ":" not in text
        and not words[0][0].islower()
    )
