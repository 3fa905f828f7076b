"""Who spoke a turn whose heading was lost, from how the file's other turns go.

A naive Bayes classifier over the turns that kept their heading: who follows whom, and which words
each speaker uses (an interviewer's turns have question marks). It is trained on the file itself,
so it knows no language and no study.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

# Words are no independent witnesses: at full weight a long turn's words outvote the order of speakers.
_WORDS_WEIGHT = 0.5
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\?")


def fill_speakers(turns: Sequence[tuple[str | None, str]]) -> list[str]:
    """The speaker of every turn.

    Args:
        turns: Label (None where the heading was lost, ``""`` for nobody) and text, in their order.

    Returns:
        A label for each turn: its own, else the likeliest of the file's; ``""`` if it has none.
    """
    model = _Model(turns)
    labels: list[str | None] = [label for label, _ in turns]
    for i, (label, text) in enumerate(turns):
        if label is None:
            before = labels[i - 1] if i else None
            after = labels[i + 1] if i + 1 < len(labels) else None
            labels[i] = model.likeliest(text, before, after, turns[i - 1][1] if i else "")
    return [label or "" for label in labels]


class _Model:
    """Counts of one file with one added to each, as Laplace's rule has it."""

    def __init__(self, turns: Sequence[tuple[str | None, str]]) -> None:
        known = [(label, text) for label, text in turns if label]
        self._labels = sorted({label for label, _ in known})
        self._turns = Counter(label for label, _ in known)
        self._words = {
            label: Counter(token for own, text in known if own == label for token in _tokens(text))
            for label in self._labels
        }
        self._vocabulary = len({word for words in self._words.values() for word in words}) + 1
        self._totals = {label: sum(words.values()) for label, words in self._words.items()}
        self._follows = Counter(
            (before, after) for (before, _), (after, _) in itertools.pairwise(turns) if before and after
        )
        self._ends = Counter(
            (before, _end(text), after)
            for (before, text), (after, _) in itertools.pairwise(turns)
            if before and after
        )

    def likeliest(self, text: str, before: str | None, after: str | None, text_before: str) -> str | None:
        """The label with the highest probability, None if the file has no label at all."""
        tokens = list(_tokens(text))

        def score(label: str) -> float:
            value = log(self._turns[label])
            if before:
                value = log(self._follows[before, label] + 1)
                value += log(self._ends[before, _end(text_before), label] + 1)
                value -= log(self._follows[before, label] + len(_ENDS))
            if after:
                value += log(self._follows[label, after] + 1) - log(self._turns[label] + len(self._labels))
            total = self._totals[label] + self._vocabulary
            return value + _WORDS_WEIGHT * sum(
                log((self._words[label][token] + 1) / total) for token in tokens
            )

        return max(self._labels, key=score, default=None)


_ENDS = ("?", ".", "")


def _end(text: str) -> str:
    """How a turn ends: asked, said, or cut within the sentence."""
    last = text[-1:]
    return "?" if last == "?" else "." if last in {".", "!", "…"} else ""


def _tokens(text: str) -> Iterable[str]:
    return (token.casefold() for token in _TOKEN.findall(text))
