"""The labels of one document, and how a line of several is cut into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

Tokens = tuple[str, ...]

# Letters and digits around a joint, an inner capital, or a letter with a number.
_LONGEST = 200  # a word that is longer is no code; the shapes go over it several times
_SHAPES = (
    re.compile(r"^(?=.*[^\W\d_])[^\W_]+([-_/.:&+>]+[^\W_]+)+(\(\w+\)|\[\w+\])?$"),
    re.compile(r"^[^\W\d_]*[a-z][A-Z]\w*$"),
    re.compile(r"^[^\W\d_]{1,4}\d+[a-z]?$"),
)
_LONG_WORD = re.compile(r"[^\W_]{4,}")
_TAG = re.compile(r"^(\[[^\[\]]+\]|\([^()]+\))$")


def has_code_shape(token: str) -> bool:
    """Whether a word looks as codes do and speech does not.

    >>> [has_code_shape(word) for word in ("Data-no-signal", "Q5.4", "noSignal", "Misc", "right.")]
    [True, True, True, False, False]
    """
    return len(token) <= _LONGEST and any(shape.match(token) for shape in _SHAPES)


def is_tag(token: str) -> bool:
    """Whether a word stands in brackets, as the second of ``Model-deployment-issues [MD]``."""
    return _TAG.match(token) is not None


def is_shaped(tokens: Sequence[str]) -> bool:
    """Whether every word has a code's shape, tags in brackets after the first aside."""
    return has_code_shape(tokens[0]) and all(has_code_shape(token) or is_tag(token) for token in tokens)


class Inventory:
    """The labels that are known so far; each is the tuple of its words.

    Args:
        codebook: Labels known from elsewhere; they are never cut.
        recurring: Whole lines that come more than once; they are cut only on strong evidence.

    Attributes:
        labels: The labels.
        words: The longer words within them, in small letters.
    """

    def __init__(self, codebook: Collection[Tokens], recurring: Collection[Tokens]) -> None:
        self._codebook = frozenset(codebook)
        self._recurring = frozenset(recurring)
        self.labels: set[Tokens] = set()
        self.words: set[str] = set()
        self._plain = _Plain()
        self._mixed = False
        for label in codebook:
            self._add(label)

    def learn(self, lines: Collection[Tokens]) -> None:
        """Take up the labels of lines that are codes for sure.

        Short lines first: what stands alone cuts the lines where it stands with others.
        """
        for tokens in sorted(lines, key=lambda tokens: (len(tokens), tokens)):
            for label in self.cut(tokens):
                self._add(label)

    def _add(self, label: Tokens) -> None:
        if label in self.labels:
            return
        self.labels.add(label)
        self.words.update(word.casefold() for word in _LONG_WORD.findall(" ".join(label)))
        if not is_shaped(label):
            self._plain.add(label)
            self._mixed = self._mixed or has_code_shape(label[0])

    def cut(self, tokens: Tokens) -> list[Tokens]:
        """The labels of one line."""
        if tokens in self._codebook:
            return [tokens]
        pieces = self._cut_by_known(tokens)
        unknown = [piece for piece in pieces if piece not in self.labels]
        if len(pieces) > 1 and all(self._may_stand_beside(piece) for piece in unknown):
            return [
                label
                for piece in pieces
                for label in ([piece] if piece in self.labels else self._cut_by_form(piece))
            ]
        return self._cut_by_form(tokens)

    def _cut_by_known(self, tokens: Tokens) -> list[Tokens]:
        """The cut into two or more that leaves the fewest words unknown, then has the fewest pieces."""
        best: list[tuple[int, int, list[Tokens]]] = [(0, 0, [])]
        for end in range(1, len(tokens) + 1):
            unknown, count, pieces = best[end - 1]
            if pieces and pieces[-1] not in self.labels:  # the unknown piece grows by this word
                options = [(unknown + 1, count, [*pieces[:-1], (*pieces[-1], tokens[end - 1])])]
            else:
                options = [(unknown + 1, count + 1, [*pieces, (tokens[end - 1],)])]
            for start in range(end):
                piece = tokens[start:end]
                if piece in self.labels and piece != tokens:
                    unknown, count, pieces = best[start]
                    options.append((unknown, count + 1, [*pieces, piece]))
            best.append(min(options, key=lambda option: option[:2]))
        return best[-1][2]

    def _cut_by_form(self, tokens: Tokens) -> list[Tokens]:
        """Cut what no known label cuts."""
        if is_shaped(tokens):
            return _cut_by_shape(tokens)
        for i in range(2, len(tokens) - 1):
            if tokens[i : i + 2] == tokens[:2]:  # a label of the same family: ``Data gap Data gap fix``
                return [*self.cut(tokens[:i]), *self.cut(tokens[i:])]
        if any(self._plain.capital_begins(token) for token in tokens[1:]):
            return _cut_before(tokens, self._plain.capital_begins)
        if tokens in self.labels or tokens in self._recurring:
            return [tokens]
        if any(self._plain.begins_family(token) for token in tokens[1:]):
            return _cut_before(tokens, self._plain.begins_family)
        # Where no label has both shaped and plain words, a line that has both holds several labels.
        return [tokens] if self._mixed else _cut_by_shape(tokens)

    def _may_stand_beside(self, piece: Tokens) -> bool:
        """Whether what is left beside known labels can be a label, not the rest of a longer one."""
        if is_tag(piece[0]):
            return False
        if is_shaped(piece) or self._plain.capital_begins(piece[0]) or self._plain.begins_family(piece[0]):
            return True
        # No label of this study has blanks: then a word beside a code is a code.
        return not self._plain.have_blanks


class _Plain:
    """How the labels without a code's shape are written."""

    def __init__(self) -> None:
        self._first: Counter[str] = Counter()  # words that labels begin with
        self._inner: set[str] = set()  # words that stand further in
        self._all_capital = True
        self._inner_capital = False

    @property
    def have_blanks(self) -> bool:
        """Whether some label has several words."""
        return bool(self._inner)

    def add(self, label: Tokens) -> None:
        """Take up one label."""
        self._first[label[0]] += 1
        self._inner.update(label[1:])
        self._all_capital = self._all_capital and label[0][0].isupper()
        self._inner_capital = self._inner_capital or any(map(_is_capital, label[1:]))

    def capital_begins(self, token: str) -> bool:
        """Whether a word has a capital, and labels have one at their beginning and nowhere else."""
        return (
            _is_capital(token) and self._first.total() > 1 and self._all_capital and not self._inner_capital
        )

    def begins_family(self, token: str) -> bool:
        """Whether several labels begin with a word that stands inside none."""
        return self._first[token] > 1 and token not in self._inner


def _cut_by_shape(tokens: Tokens) -> list[Tokens]:
    """Each word with a code's shape is a label, and each run of plain words; a tag joins on."""
    labels: list[Tokens] = []
    in_run = False
    for token in tokens:
        shaped = has_code_shape(token)
        if labels and (is_tag(token) or (in_run and not shaped)):
            labels[-1] = (*labels[-1], token)
        else:
            labels.append((token,))
        in_run = not shaped and not is_tag(token)
    return labels


def _cut_before(tokens: Tokens, begins: Callable[[str], bool]) -> list[Tokens]:
    starts = [0, *(i for i, token in enumerate(tokens) if i and begins(token)), len(tokens)]
    return [tokens[start:end] for start, end in pairwise(starts)]


def _is_capital(token: str) -> bool:
    """Whether a word begins with a capital and is no acronym, which may stand anywhere."""
    return token[0].isupper() and not (token.isupper() and len(token) > 1)
