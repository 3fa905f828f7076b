"""Which lines of a Delve text conversion are codes, and which codes, without a list of known ones.

The evidence is the document's own: a code follows the passage it belongs to, has no sentence
punctuation, comes back elsewhere, has a shape that speech has not (``Data-no-signal``, ``Q5.4``,
``low_quality``), stands beside other codes. A line of several codes is cut by the labels that stand
alone elsewhere in the document, then by shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from loaders._delve_text_layout import COLUMNS, fills_line
from loaders._delve_text_lines import Kind, Line

# Letters and digits around a joint, an inner capital, or a letter with a number.
_JOINED = re.compile(r"^(?=.*[^\W\d_])[^\W_]+([-_/.:&+>]+[^\W_]+)+(\(\w+\)|\[\w+\])?$")
_CAMEL = re.compile(r"^[^\W\d_]*[a-z][A-Z]\w*$")
_NUMBERED = re.compile(r"^[^\W\d_]{1,4}\d+[a-z]?$")
_TAG = re.compile(r"^(\[[^\[\]]+\]|\([^()]+\))$")
_PUNCTUATED = re.compile(r"[.?!,;:…\"”]$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MAX_WORDS = 12
_ENOUGH = 2  # points of evidence for a line that comes once and has no code's shape


def code_lines(lines: Sequence[Line], codebook: Collection[str] = ()) -> dict[int, tuple[str, ...]]:
    """The labels on each line that is a code line.

    Args:
        lines: The lines of one file in their order.
        codebook: Labels that are known; they help and are not needed.

    Returns:
        Labels as written, by the index of the line in `lines`.
    """
    return _Reader(lines, codebook).read()


def has_code_shape(token: str) -> bool:
    """Whether a word looks as codes do and speech does not.

    >>> [has_code_shape(word) for word in ("Data-no-signal", "Q5.4", "noSignal", "Misc", "right.")]
    [True, True, True, False, False]
    """
    return any(shape.match(token) for shape in (_JOINED, _CAMEL, _NUMBERED))


class _Reader:
    """The evidence of one document, and what follows from it."""

    def __init__(self, lines: Sequence[Line], codebook: Collection[str]) -> None:
        self._lines = lines
        self._codebook = {tuple(label.split()) for label in codebook if label.strip()}
        self._folded = {_key(label) for label in self._codebook}
        self._candidates = [
            i
            for i, line in enumerate(lines)
            if line.kind is Kind.PLAIN
            and i
            and lines[i - 1].kind in (Kind.PLAIN, Kind.HEADING)
            and not line.names_speaker
        ]
        self._counts = Counter(lines[i].text for i in self._candidates)
        self._spoken = self._words_of_speech()
        self._inventory: set[tuple[str, ...]] = set(self._codebook)

    def read(self) -> dict[int, tuple[str, ...]]:
        sure = {i for i in self._candidates if self._is_sure(i)}
        whole = {tokens for i in sure for tokens in _parts(self._lines[i])}
        # Short lines first: what stands alone cuts the lines where it stands with others.
        for tokens in sorted(whole, key=lambda tokens: (len(tokens), tokens)):
            self._inventory.update(self._split(tokens))
        sure |= {i for i in self._candidates if i not in sure and self._is_probable(i, sure)}
        # A code may have become a heading, as any line; only a label that is known is taken from one.
        sure |= {
            i
            for i, line in enumerate(self._lines)
            if line.kind is Kind.HEADING and tuple(line.text.split()) in self._inventory
        }
        return {
            i: tuple(" ".join(label) for part in _parts(self._lines[i]) for label in self._split(part))
            for i in sorted(sure)
        }

    def _words_of_speech(self) -> Counter[str]:
        """How often each word is said, by the lines that cannot be codes."""
        first = set(self._candidates)
        return Counter(
            word.casefold()
            for i, line in enumerate(self._lines)
            if line.kind is Kind.PLAIN and (i not in first or not _is_label_shaped(line.text.split()))
            for word in _WORD.findall(line.text)
        )

    def _is_sure(self, i: int) -> bool:
        line = self._lines[i]
        tokens = line.text.split()
        if all(_key(part.split()) in self._folded for part in line.parts):
            return True
        if not _is_label_shaped(tokens):
            return False
        recurs = self._counts[line.text] > 1
        if _is_shaped(tokens):
            return recurs or len(tokens) > 1 or tokens[0].casefold() not in self._spoken
        if _TAG.match(tokens[-1]) and len(tokens) > 1:
            return True
        return recurs and not line.glued and len(tokens) <= _MAX_WORDS

    def _is_probable(self, i: int, sure: Collection[int]) -> bool:
        """Whether a line that comes once and has no code's shape is a code all the same."""
        line = self._lines[i]
        tokens = tuple(line.text.split())
        if line.glued or not _is_label_shaped(tokens) or len(tokens) > _MAX_WORDS:
            return False
        pieces = self._split(tokens)
        known = [piece for piece in pieces if piece in self._inventory]
        if any(has_code_shape(token) for piece in known for token in piece) or len(known) == len(pieces):
            return True
        words = {word.casefold() for word in _WORD.findall(line.text)}
        points = 0
        points += 2 * any(word not in self._spoken for word in words)
        points += i - 1 in sure or i + 1 in sure
        points += any(_is_alike(tokens, label) for label in self._inventory)
        points += bool(words & self._words_of_labels())
        if tokens[0][0].islower() and i - 1 not in sure and not _ends_sentence(self._lines[i - 1].text):
            points -= 2  # it reads on from the line before
        if i - 1 not in sure and any(fills_line(self._lines[i - 1].text, line.text, c) for c in COLUMNS):
            points -= 2  # the line before was cut where a printed line ended
        return points >= _ENOUGH

    def _words_of_labels(self) -> set[str]:
        """The longer words within the known labels."""
        text = " ".join(token for label in self._inventory for token in label)
        return {word.casefold() for word in re.findall(r"[^\W_]{4,}", text)}

    def _split(self, tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Cut a line of codes into its labels."""
        pieces = self._cut_by_known(tokens)
        unknown = [piece for piece in pieces if piece not in self._inventory]
        if len(pieces) > 1 and all(self._may_stand_beside(piece) for piece in unknown):
            return [
                label
                for piece in pieces
                for label in ([piece] if piece in self._inventory else _cut_by_shape(piece))
            ]
        if not _is_shaped(tokens) and (tokens in self._inventory or self._counts[" ".join(tokens)] > 1):
            return [tokens]
        # Where no label has both shaped and plain words, a line that has both holds several labels.
        if any(has_code_shape(label[0]) and not _is_shaped(label) for label in self._inventory):
            return _cut_by_shape(tokens) if _is_shaped(tokens) else [tokens]
        return _cut_by_shape(tokens)

    def _may_stand_beside(self, piece: tuple[str, ...]) -> bool:
        """Whether what is left beside known labels can be a label, not the rest of a longer one."""
        if _is_shaped(piece):
            return has_code_shape(piece[0])
        begins = [label for label in self._inventory if len(label) > 1 and not has_code_shape(label[0])]
        if not begins:  # no label of this study has blanks: a word beside a code is a code
            return True
        # Labels that have a capital at their beginning only: then a capital begins one.
        capital = all(
            label[0][0].isupper() and not any(word[0].isupper() for word in label[1:]) for label in begins
        )
        return capital and piece[0][0].isupper()

    def _cut_by_known(self, tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The cut that leaves the fewest words unknown, then has the fewest pieces.

        A label is not cut into itself: the line as a whole counts as known only if its parts do not
        all stand alone elsewhere.
        """
        best: list[tuple[int, int, list[tuple[str, ...]]]] = [(0, 0, [])]
        for end in range(1, len(tokens) + 1):
            unknown, count, pieces = best[end - 1]
            grows = bool(pieces) and pieces[-1] not in self._inventory
            last = (*pieces[-1], tokens[end - 1]) if grows else (tokens[end - 1],)
            options = [(unknown + 1, count + (not grows), [*(pieces[:-1] if grows else pieces), last])]
            for start in range(end):
                piece = tokens[start:end]
                if piece in self._inventory and piece != tokens:
                    before = best[start]
                    options.append((before[0], before[1] + 1, [*before[2], piece]))
            best.append(min(options, key=lambda option: option[:2]))
        return best[-1][2]


def _cut_by_shape(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each word with a code's shape is a label, and each run of plain words.

    A tag in brackets belongs to the label before it.
    """
    labels: list[tuple[str, ...]] = []
    run = False
    for token in tokens:
        shaped = has_code_shape(token)
        if labels and (_TAG.match(token) or (run and not shaped)):
            labels[-1] = (*labels[-1], token)
        else:
            labels.append((token,))
        run = not shaped and not _TAG.match(token)
    return labels


def _is_shaped(tokens: Sequence[str]) -> bool:
    """Whether every word has a code's shape, tags in brackets aside."""
    return all(has_code_shape(token) or _TAG.match(token) for token in tokens)


def _parts(line: Line) -> list[tuple[str, ...]]:
    return [tuple(part.split()) for part in line.parts if part]


def _is_label_shaped(tokens: Sequence[str]) -> bool:
    return not any(_PUNCTUATED.search(token) for token in tokens)


def _is_alike(tokens: Sequence[str], label: Sequence[str]) -> bool:
    """Whether two labels of plain words are written in one style."""
    if any(has_code_shape(token) for token in (*tokens, *label)) or abs(len(tokens) - len(label)) > 2:
        return False
    return [t[0].isupper() for t in tokens[:2]] == [t[0].isupper() for t in label[:2]]


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", "?", "!", "…"))


def _key(tokens: Sequence[str]) -> str:
    return " ".join(tokens).casefold()
