"""Which lines of a Delve text conversion are codes, without a list of known ones.

The evidence is the document's own: a code follows the passage it belongs to, has no sentence
punctuation, comes back elsewhere, has a shape that speech has not (``Data-no-signal``, ``Q5.4``,
``low_quality``), stands beside other codes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from loaders._delve_text_labels import Inventory, Tokens, has_code_shape, is_shaped, is_tag
from loaders._delve_text_layout import COLUMNS, fills_line
from loaders._delve_text_lines import Kind, Line

_PUNCTUATED = re.compile(r"[.?!,;:…\"”]$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MAX_WORDS = 40  # on a line of codes; speech of that length has punctuation
_ENOUGH = 2  # points of evidence for a line that comes once and has no code's shape


class CodeLines(NamedTuple):
    """The code lines of one document.

    Attributes:
        labels: Labels as written, by index of the line.
        doubtful: Indices of those that could be speech: they come once and have no code's shape.
    """

    labels: dict[int, Tokens]
    doubtful: frozenset[int]


def code_lines(lines: Sequence[Line], codebook: Collection[str] = ()) -> CodeLines:
    """Find the code lines and their labels.

    Args:
        lines: The lines of one file in their order.
        codebook: Labels that are known; they help and are not needed.
    """
    evidence = _Evidence(lines, codebook)
    sure = {i for i in evidence.candidates if evidence.is_sure(i)}
    evidence.inventory.learn({tokens for i in sure for tokens in _parts(lines[i])})
    probable = {i for i in evidence.candidates if i not in sure and evidence.is_probable(i, sure)}
    doubtful = frozenset(i for i in probable if not evidence.is_known(lines[i]))
    # A code may have become a heading, as any line; only a label that is known is taken from one.
    headings = {
        i
        for i, line in enumerate(lines)
        if line.kind is Kind.HEADING and tuple(line.text.split()) in evidence.inventory.labels
    }
    labels = {
        i: tuple(" ".join(label) for part in _parts(lines[i]) for label in evidence.inventory.cut(part))
        for i in sorted(sure | probable | headings)
    }
    return CodeLines(labels, doubtful)


class _Evidence:
    """What one document says about a line."""

    def __init__(self, lines: Sequence[Line], codebook: Collection[str]) -> None:
        self._lines = lines
        known = {tuple(label.split()) for label in codebook if label.strip()}
        self._codebook = {" ".join(label).casefold() for label in known}
        self.candidates = [
            i
            for i, (before, line) in enumerate(zip(lines, lines[1:], strict=False), start=1)  # noqa: RUF007
            if line.kind is Kind.PLAIN
            and not line.names_speaker
            and before.kind in (Kind.PLAIN, Kind.HEADING)
        ]
        self._counts = Counter(lines[i].text for i in self.candidates)
        self._spoken = self._words_of_speech()
        recurring = {tuple(text.split()) for text, count in self._counts.items() if count > 1}
        self.inventory = Inventory(known, recurring)

    def is_sure(self, i: int) -> bool:
        """Whether a candidate is a code by the codebook, by its shape or by coming back."""
        line = self._lines[i]
        tokens = line.text.split()
        if all(part.casefold() in self._codebook for part in line.parts):
            return True
        if not _is_label_shaped(tokens):
            return False
        recurs = self._counts[line.text] > 1
        if is_shaped(tokens):
            return recurs or len(tokens) > 1 or tokens[0].casefold() not in self._spoken
        if len(tokens) > 1 and is_tag(tokens[-1]) and tokens[-1].isupper():
            return True
        return recurs and not line.glued

    def is_probable(self, i: int, sure: Collection[int]) -> bool:
        """Whether a line that comes once and has no code's shape is a code all the same."""
        line, before = self._lines[i], self._lines[i - 1]
        tokens = line.text.split()
        if line.glued or not _is_label_shaped(tokens) or is_tag(line.text):  # ``[laughs]``
            return False
        if self.is_known(line):
            return True
        words = {word.casefold() for word in _WORD.findall(line.text)}
        points = 2 * any(word not in self._spoken for word in words)
        points += i - 1 in sure or i + 1 in sure
        points += min(2, sum(_is_alike(tokens, label) for label in self.inventory.labels))
        points += bool(words & self.inventory.words)
        if i - 1 not in sure:
            if tokens[0][0].islower() and not before.text.endswith((".", "?", "!", "…")):
                points -= 2  # it reads on from the line before
            if any(fills_line(before.text, line.text, column) for column in COLUMNS):
                points -= 1  # the line before may have been cut where a printed line ended
        return points >= _ENOUGH

    def is_known(self, line: Line) -> bool:
        """Whether a line is made of known labels, or has one that nobody would say."""
        pieces = [piece for part in _parts(line) for piece in self.inventory.cut(part)]
        known = [piece for piece in pieces if piece in self.inventory.labels]
        return len(known) == len(pieces) or any(has_code_shape(piece[0]) for piece in known)

    def _words_of_speech(self) -> set[str]:
        """The words of the lines that cannot be codes."""
        candidates = set(self.candidates)
        return {
            word.casefold()
            for i, line in enumerate(self._lines)
            if line.kind is Kind.PLAIN and (i not in candidates or not _is_label_shaped(line.text.split()))
            for word in _WORD.findall(line.text)
        }


def _parts(line: Line) -> list[Tokens]:
    return [tuple(part.split()) for part in line.parts if part]


def _is_label_shaped(tokens: Sequence[str]) -> bool:
    return len(tokens) <= _MAX_WORDS and not any(_PUNCTUATED.search(token) for token in tokens)


def _is_alike(tokens: Sequence[str], label: Sequence[str]) -> bool:
    """Whether two labels of plain words are written in one style."""
    if any(has_code_shape(token) for token in (*tokens, *label)) or abs(len(tokens) - len(label)) > 2:
        return False
    return [t[0].isupper() for t in tokens[:2]] == [t[0].isupper() for t in label[:2]]
