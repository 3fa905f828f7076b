"""What the names of codes are made of: stems, words of absence, and whether a phrase is a description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from kb.suggest.cues import Cues
from kb.suggest.model import Codes
from kb.suggest.phrases import sentences

_MARK = re.compile(r"[\[(][^\])]{0,100}[\])]")  # Model-deployment-issues [MD]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Another name of a code has fewer words than this; what has as many describes it.
_SENTENCE_WORDS = 5
# `overfit` is nearly the word `overfitting`, `fairly` only of the stem of `fairness`: the beginning that
# two words share, of the shorter one.
_SAME_WORD = 0.75


class Name(NamedTuple):
    """A name of a code.

    Attributes:
        weights: Its stems with their weight.
        forms: The words as written, by stem.
        needs: Words of which one must stand by: those of absence for a name that says that something
            is missing or bad, those of presence for one that says it is plentiful or good.
        own: Its own words of absence or presence, which are no stems of it.
        described: Whether it is a description, a sentence of its own.
        total: The sum of the weights.
    """

    weights: dict[str, float]
    forms: dict[str, frozenset[str]]
    needs: frozenset[str]
    own: frozenset[str]
    described: bool
    total: float


# The words of a name by stem, the words it needs by them, its own of those, and if it is a description.
Part = tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str], bool]


class Names:
    """Takes the names of codes apart.

    Attributes:
        stem: Words to stems; words that mean nearly the same have one.

    Args:
        cues: Cue words; of them the stemmer, negators, words of absence and presence, generic words,
            stopwords.
    """

    def __init__(self, cues: Cues) -> None:
        self.stem = stemmer(cues.stemmer, cues.alike)
        self._absence = cues.words(cues.absence) | cues.words(cues.negators)
        self._presence = cues.words(cues.presence)
        self._empty = cues.words(cues.stopwords) | cues.words(cues.generic)
        self._empty_stems = frozenset(map(self.stem, self._empty))

    def all_of(self, code: str, codes: Codes) -> list[Part]:
        """The words of each name of a code."""
        own = self.own(code, codes)
        further = [(*self.part(phrase), is_sentence(phrase)) for phrase in codes.phrases.get(code, ())]
        return [part for part in ((*own, False), *further) if part[0]]

    def own(
        self, code: str, codes: Codes
    ) -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
        """The words of a code's own name, without its category."""
        own = self.part(code.removeprefix(f"{codes.categories.get(code, '')}-"))
        # `Shop-empty` in the category Shop says what is empty by its category alone.
        return own if own[0] else self.part(code)

    def part(self, name: str) -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
        """The words of one name by stem, the words it needs by it, and its own of those."""
        words = words_of(name)
        forms: dict[str, frozenset[str]] = {}
        for word in words - self._empty - self._absence - self._presence:
            if self.stem(word) in self._empty_stems:
                continue  # says, as `say`
            forms[self.stem(word)] = forms.get(self.stem(word), frozenset()) | {word}
        needs = (kind for kind in (self._absence, self._presence) if not words.isdisjoint(kind))
        needed = next(needs, frozenset[str]())
        return forms, needed, words & needed


def is_sentence(phrase: str) -> bool:
    """Whether a phrase of a code is a description rather than another name of it."""
    return len(phrase.split()) >= _SENTENCE_WORDS or phrase.rstrip().endswith(".")


def groups(alike: Iterable[str]) -> dict[str, frozenset[str]]:
    """The words that mean nearly the same as each word."""
    return {word: frozenset(words) for line in alike for words in [line.split("|")] for word in words}


def words_of(name: str) -> frozenset[str]:
    """The words that a name of a code is made of."""
    name = _CAMEL.sub(" ", _MARK.sub(" ", name)).replace("-", " ").replace("_", " ")
    return frozenset(word.text for sentence in sentences(name) for word in sentence)


def same_word(said: str, forms: frozenset[str], alike: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word is nearly one of a name's, or means nearly the same."""

    def likeness(form: str) -> float:
        shorter = min(len(said), len(form))
        common = next((i for i in range(shorter) if said[i] != form[i]), shorter)
        return common / shorter

    if not forms.isdisjoint(alike.get(said, frozenset())):
        return True
    return any(likeness(form) >= _SAME_WORD for form in forms)


def stemmer(name: str | None, alike: Iterable[str]) -> Callable[[str], str]:
    """Words to stems; words that mean nearly the same have the stem of the first of them."""
    if name is None:
        stem = str
    else:
        import snowballstemmer

        stem = snowballstemmer.stemmer(name).stemWord
    one: dict[str, str] = {}
    for line in alike:
        first, *others = line.split("|")
        one.update((other, stem(first)) for other in others)
        one.update((stem(other), stem(first)) for other in others)

    @cache
    def cached(word: str) -> str:
        if word in one:
            return one[word]
        stemmed = str(stem(word))
        return one.get(stemmed, stemmed)

    return cached
