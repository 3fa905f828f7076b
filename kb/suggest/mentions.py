"""Which words of a sentence speak of which code: by the words of its name, as stems.

A word of a name weighs by how rare it is in what was said and among the names (inverse document
frequency over the turns, and over the codes), so that `overfitting` tells more than `data`. A name
that says that something is missing or bad (`no signal`, `low quality`) is spoken of only where a
word of absence stands by it, and `high quality` only where one of presence does; any other name is not
where a negator stands by it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from kb.suggest.cues import Cues
from kb.suggest.model import Codes
from kb.suggest.phrases import Word, sentences

_MARK = re.compile(r"[\[(][^\])]*[\])]")  # Model-deployment-issues [MD]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# At least this share of a name's weight must be said: a third where the code stands in the answer.
NEARBY, ELSEWHERE = 1 / 3, 1.0
# A negator (a word of absence) belongs to a word if at most this many words with content stand between.
_REACH = 1


# `overfit` is nearly the word `overfitting`, `fairly` only of the stem of `fairness`: the beginning that
# two words share, of the shorter one.
_SAME_WORD = 0.8


class Name(NamedTuple):
    """A name of a code.

    Attributes:
        weights: Its stems with their weight.
        forms: The words as written, by stem.
        needs: Words of which one must stand by: those of absence for a name that says that something
            is missing or bad, those of presence for one that says it is plentiful or good.
    """

    weights: dict[str, float]
    forms: dict[str, frozenset[str]]
    needs: frozenset[str]


class Vocabulary:
    """The names of codes, to be found in sentences.

    Args:
        codes: The codes with their phrases.
        cues: Cue words; of them the stemmer, negators, words of absence, generic words, stopwords.
        texts: The turns that are searched, from which the weight of a word is taken.
    """

    def __init__(self, codes: Codes, cues: Cues, texts: Iterable[str]) -> None:
        self._stem = _stemmer(cues.stemmer)
        self._negators = cues.words(cues.negators)
        self._absence = cues.words(cues.absence) | self._negators
        self._presence = cues.words(cues.presence)
        self._empty = cues.words(cues.stopwords) | cues.words(cues.generic)
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update({self._stem(word.text) for words in sentences(text) for word in words})
        parts = {code: self._parts(code, codes) for code in codes.kinds}
        shared = Counter(stem for of in parts.values() for stem in {s for forms, _ in of for s in forms})

        def weight(stem: str) -> float:
            rare_in_speech = math.log((count + 1) / (seen[stem] + 1))
            rare_in_names = math.log((len(parts) + 1) / (shared[stem] + 1))
            return 1 + rare_in_speech + rare_in_names

        self._names = {
            code: tuple(Name({s: weight(s) for s in sorted(forms)}, forms, needs) for forms, needs in of)
            for code, of in parts.items()
        }

    def speak_of(self, code: str, words: Sequence[Word], *, near: bool) -> bool:
        """Whether words speak of a code.

        Args:
            code: The code.
            words: A sentence, or a part of one.
            near: Whether the code stands near by. If it does, a third of the name by weight will do,
                in any form of the words; else all of it must be said, and in nearly the same words.
        """
        least = NEARBY if near else ELSEWHERE
        return any(self._share(name, words, strict=not near) >= least for name in self._names.get(code, ()))

    def denies(self, code: str, words: Sequence[Word]) -> bool:
        """Whether words speak of a code that stands near by, and say that it is not so."""
        names = [name for name in self._names.get(code, ()) if not name.needs]
        said = any(self._share(n, words, strict=False, heed=False) >= NEARBY for n in names)
        return said and not self.speak_of(code, words, near=True)

    def _share(self, name: Name, words: Sequence[Word], *, strict: bool, heed: bool = True) -> float:
        """The share of a name's weight that is said; `strict` of the form, `heed` of the words by it."""
        said = set()
        for i, word in enumerate(words):
            # Overfitting is heard as `over fitting` too.
            joined = word.text + words[i + 1].text if i + 1 < len(words) else ""
            # What follows an elided article is a word of its own: l'oubli.
            for text in (word.text, joined, word.text.partition("'")[2]):
                stem = self._stem(text)
                if stem not in name.weights or (strict and not _same_word(text, name.forms[stem])):
                    continue
                if not heed or self._meant(name, words, i):
                    said.add(stem)
        return sum(name.weights[stem] for stem in said) / sum(name.weights.values())

    def _meant(self, name: Name, words: Sequence[Word], i: int) -> bool:
        """Whether the words by word `i` let it speak of the name."""
        if name.needs:
            return self._near(words, i, name.needs, after=True)
        return not self._near(words, i, self._negators)

    def _near(self, words: Sequence[Word], i: int, wanted: frozenset[str], *, after: bool = False) -> bool:
        """Whether one of the wanted words stands shortly before word `i` (or after it)."""
        return self._within(words[:i][::-1], wanted) or (after and self._within(words[i + 1 :], wanted))

    def _within(self, words: Sequence[Word], wanted: frozenset[str]) -> bool:
        passed = 0
        for word in words:
            if word.text in wanted:
                return True
            passed += word.text not in self._empty
            if passed > _REACH:
                return False
        return False

    def _parts(self, code: str, codes: Codes) -> list[tuple[dict[str, frozenset[str]], frozenset[str]]]:
        """The words of each name of a code by stem, and the words it needs by it."""
        own = code.removeprefix(f"{codes.categories.get(code, '')}-")
        own = _CAMEL.sub(" ", _MARK.sub(" ", own)).replace("-", " ").replace("_", " ")
        found = []
        for name in (own, *codes.phrases.get(code, ())):
            words = {word.text for sentence in sentences(name) for word in sentence}
            forms: dict[str, frozenset[str]] = {}
            for word in words - self._empty - self._absence - self._presence:
                forms[self._stem(word)] = forms.get(self._stem(word), frozenset()) | {word}
            if forms:
                needs = (kind for kind in (self._absence, self._presence) if not words.isdisjoint(kind))
                found.append((forms, next(needs, frozenset[str]())))
        return found


def _same_word(said: str, forms: frozenset[str]) -> bool:
    def alike(form: str) -> float:
        shorter = min(len(said), len(form))
        common = next((i for i in range(shorter) if said[i] != form[i]), shorter)
        return common / shorter

    return any(alike(form) >= _SAME_WORD for form in forms)


def _stemmer(name: str | None) -> Callable[[str], str]:
    if name is None:
        return str
    import snowballstemmer

    stem = snowballstemmer.stemmer(name).stemWord

    @cache
    def cached(word: str) -> str:
        return str(stem(word))

    return cached
