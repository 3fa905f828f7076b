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
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from kb.suggest.cues import Cues
from kb.suggest.model import Codes
from kb.suggest.phrases import Word, sentences

_MARK = re.compile(r"[\[(][^\])]{0,100}[\])]")  # Model-deployment-issues [MD]
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# At least this share of a name's weight must be said: a third where the code stands in the answer.
NEARBY, ELSEWHERE = 1 / 3, 1.0
# A negator (a word of absence) belongs to a word if at most this many words with content stand between.
_REACH = 1


# `overfit` is nearly the word `overfitting`, `fairly` only of the stem of `fairness`: the beginning that
# two words share, of the shorter one.
_SAME_WORD = 0.8
# Letters at the beginning of a word that no stemmer takes away; two words that begin otherwise are not
# joined to see whether they are a word of a name.
_BEGINNING = 3


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


class _Said(NamedTuple):
    word: int
    text: str
    stem: str


class Vocabulary:
    """The names of codes, to be found in sentences.

    Attributes:
        inquiring: Codes whose name asks something (`how to judge a model`).
        praising: Codes whose name says that something is plentiful or good (`high quality`).

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
        words = {
            code: _words(code.removeprefix(f"{codes.categories.get(code, '')}-")) for code in codes.kinds
        }
        inquiries = cues.words(cues.inquiries)
        self.inquiring = frozenset(code for code, of in words.items() if of & inquiries)
        self.praising = frozenset(code for code, of in words.items() if of & self._presence)
        shared = Counter(stem for of in parts.values() for stem in {s for forms, _ in of for s in forms})

        def weight(stem: str) -> float:
            rare_in_speech = math.log((count + 1) / (seen[stem] + 1))
            rare_in_names = math.log((len(parts) + 1) / (shared[stem] + 1))
            return 1 + rare_in_speech + rare_in_names

        self._beginnings = {form[:_BEGINNING] for of in parts.values() for forms, _ in of
                            for words in forms.values() for form in words}  # fmt: skip
        self._codes_with: dict[str, set[str]] = {}
        for code, of in parts.items():
            for forms, _ in of:
                for stem in forms:
                    self._codes_with.setdefault(stem, set()).add(code)
        self._names = {
            code: tuple(Name({s: weight(s) for s in sorted(forms)}, forms, needs) for forms, needs in of)
            for code, of in parts.items()
        }

    def spoken(
        self, words: Sequence[Word], near: Collection[str], elsewhere: Collection[str]
    ) -> frozenset[str]:
        """The codes that words speak of.

        Args:
            words: A sentence, or a part of one.
            near: Codes that stand near by: of them a third of the name by weight will do, in any form
                of the words.
            elsewhere: Codes of which the whole name must be said, and in nearly the same words.
        """
        said = self._stems(words)
        found = set()
        for code in {code for word in said for code in self._codes_with.get(word.stem, ())}:
            if code in near:
                least, strict = NEARBY, False
            elif code in elsewhere:
                least, strict = ELSEWHERE, True
            else:
                continue
            if any(self._share(name, words, said, strict=strict) >= least for name in self._names[code]):
                found.add(code)
        return frozenset(found)

    def denied(self, words: Sequence[Word], codes: Collection[str]) -> frozenset[str]:
        """The codes, of those that stand near by, that words name and say not to be so."""
        said = self._stems(words)
        named = {
            code
            for code in codes
            for name in self._names.get(code, ())
            if not name.needs and self._share(name, words, said, heed=False) >= NEARBY
        }
        return frozenset(named) - self.spoken(words, codes, ())

    def _stems(self, words: Sequence[Word]) -> list[_Said]:
        """The stems that words may be taken for, with the word each begins at."""
        said = []
        for i, word in enumerate(words):
            texts = [word.text]
            joined = word.text + words[i + 1].text if i + 1 < len(words) else ""
            if joined[:_BEGINNING] in self._beginnings:
                texts.append(joined)  # overfitting, heard as `over fitting`
            if "'" in word.text:
                texts.append(word.text.partition("'")[2])  # l'oubli, with its elided article
            said += [_Said(i, text, self._stem(text)) for text in texts]
        return said

    def _share(
        self,
        name: Name,
        words: Sequence[Word],
        said: Sequence[_Said],
        *,
        strict: bool = False,
        heed: bool = True,
    ) -> float:
        """The share of a name's weight that is said; `strict` of the form, `heed` of the words by it."""
        stems = {
            stem
            for i, text, stem in said
            if stem in name.weights
            and not (strict and not _same_word(text, name.forms[stem]))
            and not (heed and not self._meant(name, words, i))
        }
        return sum(name.weights[stem] for stem in sorted(stems)) / sum(name.weights.values())

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
        own = self._part(code.removeprefix(f"{codes.categories.get(code, '')}-"))
        if not own[0]:  # `Shop-empty` in the category Shop says what is empty by its category alone
            own = self._part(code)
        return [part for part in (own, *map(self._part, codes.phrases.get(code, ()))) if part[0]]

    def _part(self, name: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
        words = _words(name)
        forms: dict[str, frozenset[str]] = {}
        for word in words - self._empty - self._absence - self._presence:
            forms[self._stem(word)] = forms.get(self._stem(word), frozenset()) | {word}
        needs = (kind for kind in (self._absence, self._presence) if not words.isdisjoint(kind))
        return forms, next(needs, frozenset[str]())


def _words(name: str) -> frozenset[str]:
    """The words that a name of a code is made of."""
    name = _CAMEL.sub(" ", _MARK.sub(" ", name)).replace("-", " ").replace("_", " ")
    return frozenset(word.text for sentence in sentences(name) for word in sentence)


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
