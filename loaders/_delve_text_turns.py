"""The turns of a Delve text conversion: what belongs together, and who spoke where the heading is lost.

A paragraph without a heading either continues the turn before it, cut by the conversion, or is a
turn whose heading was lost. Codes between them settle it (a code follows its passage); else the
print's layout does; else, where no cut of the file fits the layout, the sentence.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
        named_above: There was no heading, and the paragraph above is such a label: its speaker.
    """

    line: int
    speaker: str | None
    texts: list[str]
    labels: list[str] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
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
    stray_codes: list[tuple[Line, tuple[str, ...]]]


def assemble(lines: Sequence[Line], codes: Mapping[int, tuple[str, ...]]) -> Assembly:
    """Put the lines of a file (without its title) together.

    Args:
        lines: All lines in their order.
        codes: Labels of the code lines by index (`code_lines`).
    """
    continues = _Continuation(lines, codes)
    result = Assembly([], [], [])
    heading: Line | None = None
    for i, line in enumerate(lines):
        if line.kind is Kind.TITLE:
            continue
        if line.kind is Kind.SPEAKER:
            if heading is not None:
                result.empty_headings.append(heading)
            heading = line
        elif i in codes:
            if result.segments:
                labels = result.segments[-1].labels
                labels += [label for label in dict.fromkeys(codes[i]) if label not in labels]
            else:
                result.stray_codes.append((line, codes[i]))
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


def _segment(line: Line, heading: Line | None, before: Sequence[Segment]) -> Segment:
    """A new turn that begins in a line."""
    if heading is not None:
        return Segment(line.number, heading.text, [line.text])
    if line.names_speaker:
        return Segment(line.number, "", [line.text], is_name=True)
    if before and before[-1].is_name:
        return Segment(line.number, before[-1].text, [line.text], named_above=True)
    return Segment(line.number, None, [line.text])


class _Continuation:
    """Decides for one file which lines without a heading continue the line before them."""

    def __init__(self, lines: Sequence[Line], codes: Mapping[int, tuple[str, ...]]) -> None:
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
        within = [i for i in cuts if self._is_within_sentence(i)]
        # Cut paragraphs and none of them at a line's end: another tool broke this file's lines, and
        # only the sentence can tell.
        self._by_sentence = not self._full and len(within) > 2 and len(within) >= 0.6 * len(cuts)

    def __call__(self, i: int) -> bool:
        """Whether line `i` continues the line before it."""
        if i not in self._open:
            return False
        if self._lines[i].glued or i in self._full:
            return True
        return self._by_sentence and self._is_within_sentence(i)

    def _fills(self, i: int, column: float) -> bool:
        return fills_line(self._lines[i - 1].text, self._lines[i].text, column)

    def _is_within_sentence(self, i: int) -> bool:
        return self._lines[i - 1].text[-1] not in ".?!…" and self._lines[i].text[0].islower()
