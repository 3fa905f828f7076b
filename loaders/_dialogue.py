"""From the paragraphs of a transcript, whatever file they stood in, to its turns.

One paragraph is one turn: that is how transcription services export and how coding tools cut what they
import, so a plain transcript has the turns that its coded exports have.

A paragraph without a label goes on with the speaker before, where the document's form says so: where
labels stand above passages, or only where the speaker changes. Where the document writes a label before
every paragraph (the same label again and again), one without it is nobody's: its speaker stays empty, and
a notice says so. Where only one side is labelled, or nearly nothing is, the transcript is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kb.errors import InputError
from kb.records import Notice, Turn, turn_id
from loaders._carry import resumed, weigh
from loaders._columns import in_order
from loaders._dropped import dropped_colons
from loaders._headings import candidates
from loaders._heads import label_key
from loaders._label import Heading
from loaders._label_counted import without_count
from loaders._label_layout import by_layout, named
from loaders._label_like import Like, judged, label_like
from loaders._labels import Labels
from loaders._lines import Lines
from loaders._paras import Para, Said, Told
from loaders._running import like_titles, seams
from loaders._said_times import (
    clock_of_day,
    peeled_ends,
    stamp_lines,
    times_at_ends,
    unnamed_turns,
    with_times_said,
)
from loaders._speakers import Speakers
from loaders._spelling import one_spelling
from loaders._times import peel_left
from loaders._walk import Walk
from loaders._wrapped import Wrapped

NO_LABELS = (
    "this is not read as an interview, since its paragraphs do not begin with a speaker's label: "
    "write each as “Interviewer: …” or “Anna: …”, or name the labels (--interviewer, --interviewee)."
)

_TWO = 2  # who talk
_LISTED = re.compile(r"\s*[-*•–]\s")  # a point of a list


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
        read = Lines(self.paras)
        self.rows = read.rows
        self.lines = read.text
        self.labels = Labels(self.lines if not self.rows else [], [*interviewers, *interviewees])
        by_name = {} if self.rows else named(self.lines, {}, [*interviewers, *interviewees])
        if not self.rows and not self.labels.enough and len({h.key for h in by_name.values()}) < _TWO:
            raise NoLabels(NO_LABELS, path)
        self.odd: dict[int, str] = {}
        self._likes: dict[int, Like] = {}
        self.nameless: set[int] = set()
        self.headings = clock_of_day(with_times_said(self._read_headings(by_name), self.lines), self.lines)
        for n in read.undecided:
            self.headings.pop(n, None)
        read.restore(self.headings)
        self.headings.update(dropped_colons(self.lines, self.headings, self.labels.form))
        # Before the head is left out: it is no blank line before a label.
        wrapped = Wrapped(
            self.lines,
            self.paras,
            self.headings,
            self.rows,
            self.labels,
            numbered=read.numbered,
            joins=read.joins,
            seams=seams(self.lines, read.running, self.headings),
        )
        read.leave_head(self.headings, self.labels, path.stem)
        self.told: list[Told] = [*read.told, *([left] if (left := read.left()) else [])]
        said = [(h.label, self._after(n, h)) for n, h in self.headings.items()]
        self.speakers = Speakers(path.name, interview, said, interviewers, interviewees, read.roles)
        self.pieces = list(wrapped.paragraphs())
        self.nameless |= unnamed_turns(self.pieces, self.headings)
        self.stamps = stamp_lines(self.lines, self.headings)
        self.peels = peeled_ends([*(h.text for h in self.headings.values()), *(t for _, t in self.pieces)])
        self.tails = times_at_ends([text for _, text in self.pieces], len(self.headings))
        self.loose = self._loose_times()
        self.day = next((h.start for h in self.headings.values() if h.of_day), None)
        reach = weigh(self.pieces, self.headings, self.labels, self.speakers, self._given, bool(self.rows))
        #: Whether labels stand above what is said, and whether a paragraph without one goes on with the
        #: speaker before.
        self.above, self.carries = reach.above, reach.carries
        #: Indexes of lines that may be headings of sections.
        self.titles = set(read.undecided)
        if not self.above and not self.rows:
            self.titles |= like_titles(self.paras, self.lines, self.headings)
        #: Indexes of paragraphs without a label after which the speaker before them has one again.
        self.resumed = (
            set()
            if self.above or self.rows
            else resumed(self.pieces, self.headings, self.labels, self.carries)
        )
        like, told = judged(self._likes, self.pieces, self.headings, self.paras, self.lines)
        self.odd.update(like)
        self.told += [told] if told else []
        if reach.refusal:
            raise InputError(reach.refusal, path, line=self.paras[reach.at].line)

    def records(self) -> Iterator[Turn | Notice]:
        """The turns, each with what is to be told about it, then what concerns the whole."""
        index = 0
        if absent := self.speakers.absent(None):
            yield absent
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

    def _read_headings(self, by_name: dict[int, Heading]) -> dict[int, Heading]:
        if self.rows:
            spelled = one_spelling(row.speaker for row in self.rows.values())
            return {
                n: Heading(spelled[row.speaker], row.text, row.start, row.end, "row")
                for n, row in self.rows.items()
                if row.speaker
            }
        found = {n: h for n, line in enumerate(self.lines) if line and (h := self.labels.read(line))}
        found = {**by_name, **found}
        if found:
            form = self.labels.form
            judged = {
                n
                for n, line in enumerate(self.lines)
                if line and any(h.form == form for h in candidates(line))
            }
            more = by_layout(self.lines, found, judged, self._given)
            found.update(more.headings)
            self.odd, self.nameless = more.once, more.nameless
        self._likes, sure = label_like(self.lines, found, self._given, self.labels)
        found = without_count(dict(sorted({**found, **sure}.items())))
        # Points of a list after the talk, of which no turn is one: minutes, what is to do.
        last = max((n for n in found if not _LISTED.match(self.lines[n])), default=len(self.lines))
        for n in [n for n in found if n > last]:
            self.odd[n] = found.pop(n).label
        spelled = one_spelling(h.label for h in found.values())
        return {n: h._replace(label=spelled[h.label]) for n, h in found.items()}

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
