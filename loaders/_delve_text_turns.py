"""The turns of a Delve text conversion: what belongs together, and who spoke where the heading is lost.

A paragraph without a heading either continues the turn before it, cut by the conversion, or is a
turn whose heading was lost. Codes between them settle it (a code follows its passage); else the
print's layout does; else, where no cut of the file fits the layout, the sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loaders._delve_text_codes import CodeLines
from loaders._delve_text_labels import Tokens
from loaders._delve_text_layout import COLUMNS, fills_line
from loaders._delve_text_lines import Kind, Line


@dataclass
class Segment:
    """A turn while it is put together.

    Attributes:
        line: Line of its first words.
        speaker: The heading's words; None where there was no heading.
        texts: Its paragraphs; one, unless the conversion cut it.
        labels: Its codes in their order, each once.
        joined: Lines of the paragraphs that were taken for its continuation.
        is_name: Its words are nothing but a speaker's label, in a paragraph instead of a heading.
        doubtful: Its code lines that could be speech.
        named_above: There was no heading, and the paragraph above is such a label: its speaker.
    """

    line: int
    speaker: str | None
    texts: list[str]
    labels: list[str] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    doubtful: list[Line] = field(default_factory=list)
    is_name: bool = False
    named_above: bool = False

    @property
    def text(self) -> str:
        """The words of the turn on one line."""
        return " ".join(self.texts)


@dataclass(frozen=True)
class Assembly:
    """The segments, and what had no place: headings without words, codes without a passage."""

    segments: list[Segment]
    empty_headings: list[Line]
    stray_codes: list[tuple[Line, Tokens]]


def assemble(lines: Sequence[Line], codes: CodeLines) -> Assembly:
    """Put the lines of a file (without its title) together.

    Args:
        lines: All lines in their order.
        codes: Which of them are code lines, and their labels.
    """
    continues = _Continuation(lines, codes.labels)
    result = Assembly([], [], [])
    heading: Line | None = None
    for i, line in enumerate(lines):
        if line.kind is Kind.TITLE:
            continue
        if line.kind is Kind.SPEAKER:
            if heading is not None:
                result.empty_headings.append(heading)
            heading = line
        elif i in codes.labels:
            _place(codes.labels[i], line, result)
            if i in codes.doubtful and result.segments:
                result.segments[-1].doubtful.append(line)
        elif heading is None and result.segments and continues(i):
            result.segments[-1].texts.append(line.text)
            if not line.glued:
                result.segments[-1].joined.append(line.number)
        else:
            result.segments.append(_segment(line, heading, result.segments))
            heading = None
    if heading is not None:
        result.empty_headings.append(heading)
    return result


def _place(labels: Tokens, line: Line, result: Assembly) -> None:
    """Put codes on the passage above them, each once."""
    if not result.segments:
        result.stray_codes.append((line, labels))
        return
    own = result.segments[-1].labels
    own += [label for label in dict.fromkeys(labels) if label not in own]


def _segment(line: Line, heading: Line | None, before: Sequence[Segment]) -> Segment:
    """A new turn that begins in a line."""
    if heading is not None:
        return Segment(line.number, heading.text, [line.text])
    if line.names_speaker:
        return Segment(line.number, "", [line.text], is_name=True)
    if before and before[-1].is_name:
        return Segment(line.number, before[-1].text, [line.text], named_above=True)
    return Segment(line.number, None, [line.text])


# A printed line has some 90 letters: one word in 15 meets its end, whatever paragraph ends there.
_FULL_BY_CHANCE = 0.15


class _Continuation:
    """Decides for one file which lines without a heading continue the line before them."""

    def __init__(self, lines: Sequence[Line], codes: Mapping[int, Tokens]) -> None:
        self._lines = lines
        self._open = {
            i
            for i, (before, line) in enumerate(itertools.pairwise(lines), start=1)
            if line.kind in (Kind.PLAIN, Kind.HEADING) and before.kind in (Kind.PLAIN, Kind.HEADING)
            if i not in codes and i - 1 not in codes
            if not line.names_speaker and not before.names_speaker
        }
        cuts = [i for i in self._open if not lines[i].glued]
        full = {column: {i for i in cuts if self._fills(i, column)} for column in COLUMNS}
        self._full = max(full.values(), key=len)
        # Paragraphs cut within a sentence, and hardly one at a line's end: then this file's lines
        # were broken by something else than the print, and only the sentence can tell.
        rest = [i for i in cuts if i not in self._full]
        within = sum(self._is_within_sentence(i) for i in rest)
        by_chance = max(1, _FULL_BY_CHANCE * len(cuts))
        self._by_sentence = len(self._full) <= by_chance and within > 2 and within >= 0.5 * len(rest)

    def __call__(self, i: int) -> bool:
        """Whether line `i` continues the line before it."""
        if i not in self._open:
            return False
        if self._lines[i].glued:
            return True
        return self._is_within_sentence(i) if self._by_sentence else i in self._full

    def _fills(self, i: int, column: float) -> bool:
        return fills_line(self._lines[i - 1].text, self._lines[i].text, column)

    def _is_within_sentence(self, i: int) -> bool:
        return self._lines[i - 1].text[-1] not in ".?!…" and self._lines[i].text[0].islower()
