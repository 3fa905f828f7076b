"""Where whole passages stand in a transcript: in one turn or across several, as `kb.text.quotes` compares.

A passage that a tool exported may run over turns, hold the speakers' labels between them and differ in
white space, punctuation and case; a transcript may have lost a filler or had a name replaced.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, takewhile
from typing import NamedTuple

from kb.records import Turn
from kb.text.quotes import Words, find_quote, letters_alike, windows, words_of
from kb.text.words import speaker_key

# Times as transcription tools write them between words: #00:01:02-3#, [00:01:02], (1:02:03.5).
_STAMP = re.compile(r"[#\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d{1,3})?[#\])]")
# Where it stands, as MAXQDA puts it behind a passage: (Interview 7, Pos. 12), (Interview 7, S. 3: 120).
_SOURCE = re.compile(
    r"\([^()\n]{1,200}, ?(?:Pos|Absatz|Abs|Para|Zeile|S|pp?)\.? ?\d[\d :;,.\u2013-]{0,60}\)\s*$"
)
_LEFT_OUT = re.compile(r"[\[(]\s*(?:…|\.{3})\s*[\])]|…|\.{3}")
_PART = 8  # letters and digits of a part beside what was left out that tell where it is
_LONGEST = 4000  # letters of a passage that is compared letter by letter; a longer one is found by its ends
_END = 400
# Of a passage of so many words that is like one in a transcript (one word in five replaced), two in five runs
# of three words are the same.
_LONG, _KNOWN = 8, 0.15
_SLACK = 0.1  # of its length that may be missing or too many between its ends


class Span(NamedTuple):
    """Words of one turn: its position among the turns, and where they stand in its text (end exclusive)."""

    turn: int
    start: int
    end: int


class Spoken:
    """A transcript, made ready to look for many passages in it.

    Args:
        turns: In the order said.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns
        self._text = " ".join(turn.text for turn in turns)
        self._starts = list(accumulate((len(turn.text) + 1 for turn in turns[:-1]), initial=0))
        # As it stands; with the labels between the turns, as exports have them; without fillers.
        self._lines = [
            _Line(turns, plain=False, labels=False),
            _Line(turns, plain=False, labels=True),
            _Line(turns, plain=True, labels=False),
        ]

    def find(self, passage: str, speaker: str = "") -> list[list[Span]]:
        """The places that a passage may mean, best first; each is what it touches, turn by turn.

        Args:
            passage: Its words.
            speaker: Label of who says them, if that is known: places where they speak come first.

        Returns:
            Places with the same words if there are any, else the most alike. More than one means that the
            words do not tell which; none that they are not in it.
        """
        folded = " ".join(passage.split())
        if verbatim := list(self._verbatim(folded)):
            return self._of(verbatim, speaker)
        for line in self._lines:
            if found := list(line.exact(passage)):
                return self._of([self._with_marks(place, passage) for place in found], speaker)
        # A selection may begin or end within a word.
        if letters_alike(folded) and (cut := list(self._verbatim(folded, within=True))):
            return self._of(cut, speaker)
        # What times stand in it are no words of a turn.
        if (plain := _SOURCE.sub("", _STAMP.sub(" ", passage))) != passage and plain.strip():
            return self.find(plain, speaker)
        if matches := find_quote(passage, self._turns) if "…" in passage or "..." in passage else []:
            position = {turn.id: n for n, turn in enumerate(self._turns)}
            return self._of([[Span(position[m.turn_id], m.start, m.end)] for m in matches], speaker)
        if parts := self._in_parts(passage):
            return [parts]
        return self._of([self._with_marks(p, passage) for p in self._lines[2].alike(passage)], speaker)

    def _in_parts(self, passage: str) -> list[Span]:
        """The parts of a passage of which something was left out, one after the other in several turns."""
        parts = [part for part in _LEFT_OUT.split(passage) if any(map(str.isalnum, part))]
        if len(parts) < 2 or min(sum(map(str.isalnum, part)) for part in parts) < _PART:
            return []
        place: list[Span] = []
        for part in parts:
            found = (each for line in self._lines for each in line.exact(part))
            later = [each for each in found if not place or each[0][:2] >= (place[-1].turn, place[-1].end)]
            if not later:
                return []
            first, *rest = self._with_marks(min(later), part)
            if place and place[-1].turn == first.turn:
                place[-1] = place[-1]._replace(end=first.end)
            else:
                place.append(first)
            place += rest
        return place

    def _verbatim(self, passage: str, *, within: bool = False) -> Iterator[list[Span]]:
        """Where the passage stands letter by letter, turns one after the other; its ends `within` words."""
        at = self._text.find(passage) if passage else -1
        while at >= 0:
            end = at + len(passage)
            if within or not (_within(self._text, at) or _within(self._text, end)):
                first, last = bisect_right(self._starts, at) - 1, bisect_left(self._starts, end) - 1
                yield [
                    Span(
                        n, max(0, at - self._starts[n]), min(len(self._turns[n].text), end - self._starts[n])
                    )
                    for n in range(first, last + 1)
                ]
            at = self._text.find(passage, end)

    def _with_marks(self, place: list[Span], passage: str) -> list[Span]:
        """A place with the marks that the passage begins and ends with, where they stand there too."""
        first, last = place[0], place[-1]
        text = self._turns[first.turn].text
        start = first.start
        for mark in reversed(_marks(passage)):
            if start == 0 or text[start - 1] != mark:
                break
            start -= 1
        place = [first._replace(start=start), *place[1:]]
        # What runs on into the next turn has all marks between them.
        inner = [s._replace(end=len(self._turns[s.turn].text)) for s in place[:-1]]
        place = [*inner, place[-1]]
        place = [place[0], *(s._replace(start=0) for s in place[1:])]
        text, end = self._turns[last.turn].text, last.end
        for mark in reversed(_marks(passage[::-1])):
            if text[end : end + 1] != mark:
                break
            end += 1
        return [*place[:-1], place[-1]._replace(end=end)]

    def _of(self, places: list[list[Span]], speaker: str) -> list[list[Span]]:
        """Only the places where somebody speaks, if there are any such."""
        key = speaker_key(speaker)
        theirs = [
            place
            for place in places
            if key and any(speaker_key(self._turns[s.turn].speaker) == key for s in place)
        ]
        return theirs or places


def _within(text: str, at: int) -> bool:
    """Whether a place falls within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _marks(text: str) -> str:
    """What a text has before its first letter or digit, without white space at its beginning."""
    return "".join(takewhile(lambda char: not char.isalnum() and not char.isspace(), text.lstrip()))


class _Line:
    """All words of a transcript in one line, and whose each is."""

    def __init__(self, turns: Sequence[Turn], *, plain: bool, labels: bool) -> None:
        self._plain = plain
        words: list[str] = []
        self._at: list[tuple[int, int, int] | None] = []  # None for a word of a label
        for n, turn in enumerate(turns):
            if labels and turn.speaker:
                label = words_of(turn.speaker, plain=False).words
                words += label
                self._at += [None] * len(label)
            reading = words_of(turn.text, plain)
            words += reading.words
            self._at += [(n, start, end) for start, end in reading.spans]
        starts, at = [], 1
        for word in words:
            starts.append(at)
            at += len(word) + 1
        ends = tuple(start + len(word) for start, word in zip(starts, words, strict=True))
        spans = tuple((n, n + 1) for n in range(len(words)))
        self._all = Words(tuple(words), spans, f" {' '.join(words)} ", tuple(starts), ends)

    def exact(self, passage: str) -> Iterator[list[Span]]:
        """Every place where the passage's words stand one after the other."""
        wanted = words_of(passage, self._plain).line
        if not wanted.strip():
            return
        at = self._all.line.find(wanted)
        while at >= 0:
            first = bisect_left(self._all.starts, at + 1)
            last = bisect_left(self._all.ends, at + len(wanted) - 1)
            if place := self._place(first, last):
                yield place
            at = self._all.line.find(wanted, at + len(wanted) - 1)

    def alike(self, passage: str) -> Iterator[list[Span]]:
        """The runs of words that are most like the passage."""
        wanted = " ".join(words_of(passage, self._plain).words)
        if not letters_alike(wanted) or self._strange(wanted.split(" ")):
            return
        if len(wanted) > _LONGEST:
            yield from self._by_ends(wanted)
            return
        found = windows(wanted, self._all, None)
        best = max((window.score for window in found), default=0.0)
        for window in sorted(found, key=lambda w: -w.score):
            if window.score == best and (place := self._place(window.first, window.last)):
                yield place

    def _strange(self, words: Sequence[str]) -> bool:
        """Whether hardly any three words of a long passage stand so in the transcript."""
        if len(words) < _LONG:
            return False
        runs = set(zip(words, words[1:], words[2:], strict=False))
        return len(runs & self._runs) < _KNOWN * len(runs)

    @cached_property
    def _runs(self) -> set[tuple[str, ...]]:
        """All runs of three words."""
        words = self._all.words
        return set(zip(words, words[1:], words[2:], strict=False))

    def _by_ends(self, wanted: str) -> Iterator[list[Span]]:
        """A long passage from where its first words stand to where its last ones do."""
        head, tail = wanted[:_END].rsplit(" ", 1)[0], wanted[-_END:].split(" ", 1)[1]
        starts, ends = windows(head, self._all, None), windows(tail, self._all, None)
        for start in sorted(starts, key=lambda w: -w.score)[:1]:
            sized = [
                (
                    -end.score,
                    abs(self._all.ends[end.last] - self._all.starts[start.first] - len(wanted)),
                    end.last,
                )
                for end in ends
                if end.first > start.last
            ]
            fitting = [each for each in sized if each[1] <= _SLACK * len(wanted)]
            if fitting and (place := self._place(start.first, min(fitting)[2])):
                yield place

    def _place(self, first: int, last: int) -> list[Span]:
        """The words from the first to the last one, turn by turn."""
        place: list[Span] = []
        for at in self._at[first : last + 1]:
            if at is None:
                continue
            turn, start, end = at
            if place and place[-1].turn == turn:
                place[-1] = Span(turn, place[-1].start, end)
            else:
                place.append(Span(turn, start, end))
        return place
