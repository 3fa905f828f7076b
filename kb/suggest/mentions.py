"""Which words of a sentence speak of which code: by the words of its name, as stems.

A word of a name weighs by how rare it is in what was said and among the names (inverse document
frequency over the turns, and over the codes), so that `overfitting` tells more than `data`. A name
that says that something is missing or bad (`no signal`, `low quality`) is spoken of only where a
word of absence stands by it, and `high quality` only where one of presence does; any other name is not
where a negator stands by it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.suggest.cues import Cues
from kb.suggest.model import Codes
from kb.suggest.names import Name, Names, groups, same_word, words_of
from kb.suggest.phrases import Word, word_texts

# At least this share of a name's weight must be said: a third where the code stands in the answer. A
# description is a sentence of which nobody says all: half will do, if that is two words or more.
NEARBY, ELSEWHERE, DESCRIBED = 1 / 3, 1.0, 0.5
_DESCRIBING_WORDS = 2
# Of a code on the passage itself, which clause speaks of it is all that is asked: any word of its will do.
HERE = 0.1
# What a name gains where its very word of absence (`wrong`) is said, and not only one like it.
_SAME_LACK = 0.15
# A negator (a word of absence) belongs to a word if at most this many words with content stand between.
_REACH = 1


# Letters at the beginning of a long word that no stemmer takes away; two words that begin otherwise are
# not joined to see whether they are a word of a name.
_BEGINNING = 6
_LEAST = 2


class Mention(NamedTuple):
    """Where words speak of a code.

    Attributes:
        share: How much of a name is said, by weight (0 to 1).
        first, last: The words that say it, by their index: the first and the last.
    """

    share: float
    first: int
    last: int


class Vocabulary:
    """The names of codes, to be found in sentences.

    Attributes:
        inquiring: Codes whose name asks something (`how to judge a model`), or says nothing (`Misc`).
        praising: Codes whose name says that something is plentiful or good (`high quality`).

    Args:
        codes: The codes with their phrases.
        cues: Cue words; of them the stemmer, negators, words of absence, generic words, stopwords.
        texts: The turns that are searched, from which the weight of a word is taken.
    """

    def __init__(self, codes: Codes, cues: Cues, texts: Iterable[str]) -> None:
        taken = Names(cues)
        self._stem = taken.stem
        self._alike = groups(cues.alike)
        self._negators = cues.words(cues.negators)
        self._absence = cues.words(cues.absence) | self._negators
        self._presence = cues.words(cues.presence)
        self._empty = cues.words(cues.stopwords) | cues.words(cues.generic)
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update(set(map(self._stem, set(word_texts(text)))))
        parts = {code: taken.all_of(code, codes) for code in codes.kinds}
        words = {
            code: words_of(code.removeprefix(f"{codes.categories.get(code, '')}-")) for code in codes.kinds
        }
        inquiries = cues.words(cues.inquiries)
        named = {code: taken.own(code, codes) for code in codes.kinds}
        self._own = {code: frozenset(forms) for code, (forms, *_) in named.items()}
        self._lack = {code: lack for code, (*_, lack) in named.items()}
        self.inquiring = frozenset(
            code
            for code, of in words.items()
            if of & inquiries or not (self._own[code] or of & self._absence)
        )
        self.praising = frozenset(code for code, of in words.items() if of & self._presence)
        # A category that people speak of (Data, not MD) is said of a code that stands nowhere near.
        self._home = {
            code: frozenset(stem for word in words_of(category) if seen[stem := self._stem(word)])
            for code, category in codes.categories.items()
        }
        shared = Counter(stem for of in parts.values() for stem in {s for forms, *_ in of for s in forms})

        def weight(stem: str) -> float:
            rare_in_speech = math.log((count + 1) / (seen[stem] + 1))
            rare_in_names = math.log((len(parts) + 1) / (shared[stem] + 1))
            return 1 + rare_in_speech + rare_in_names

        self._beginnings = {form[:_BEGINNING] for of in parts.values() for forms, *_ in of
                            for words in forms.values() for form in words}  # fmt: skip
        self._starts = {beginning[:_LEAST] for beginning in self._beginnings}
        self._codes_with: dict[str, set[str]] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self._touching: dict[str, frozenset[str]] = {}
        for code, of in parts.items():
            names = []
            for forms, needs, own, described in of:
                weights = {stem: weight(stem) for stem in sorted(forms)}
                names.append(Name(weights, forms, needs, own, described, sum(weights.values())))
                for stem in forms:
                    self._codes_with.setdefault(stem, set()).add(code)
            self._names[code] = tuple(names)

    def mentions(
        self,
        words: Sequence[Word],
        near: Collection[str],
        elsewhere: Collection[str],
        here: Collection[str] = (),
    ) -> dict[str, Mention]:
        """The codes that words speak of, with how much of them is said and where.

        Args:
            words: A sentence, or a part of one.
            near: Codes that stand near by: of them a third of the name by weight will do, in any form
                of the words.
            elsewhere: Codes of which the whole name must be said, and in nearly the same words, or half
                of the description.
            here: Codes on the passage itself: any word will do.
        """
        said = self._stems(words)
        found = {}
        for code in {code for stem in said for code in self._codes_with.get(stem, ())}:
            if code in here:
                least = HERE
            elif code in near:
                least = NEARBY
            elif code in elsewhere:
                least = ELSEWHERE
            else:
                continue
            best = max((self._mention(code, name, words, said, least) for name in self._names[code]),
                       key=lambda m: (m.share, -m.first), default=_NOWHERE)  # fmt: skip
            if best.share:
                found[code] = best
        return found

    def spoken(
        self, words: Sequence[Word], near: Collection[str], elsewhere: Collection[str]
    ) -> frozenset[str]:
        """The codes that words speak of; as `mentions`."""
        return frozenset(self.mentions(words, near, elsewhere))

    def touching(self, words: Sequence[Word], code: str) -> frozenset[str]:
        """The stems of words that stand in a code's name, its category's too, or in another of its names.

        Whatever else a name needs beside it; what only its description has is no name.
        """
        return frozenset(self._stems(words)) & self._stems_of(code)

    def _stems_of(self, code: str) -> frozenset[str]:
        """The stems of a code's name and its other names, gathered once."""
        if code not in self._touching:
            named = {
                stem for name in self._names.get(code, ()) if not name.described for stem in name.weights
            }
            self._touching[code] = frozenset(named | set(map(self._stem, word_texts(code))))
        return self._touching[code]

    def same(self, a: str, b: str) -> bool:
        """Whether the names of two codes say the same thing: neither is the cause of the other."""
        one, other = self._own[a], self._own[b]
        return bool(one and other) and (one <= other or other <= one) and self._lack[a] == self._lack[b]

    def denied(self, words: Sequence[Word], codes: Collection[str]) -> frozenset[str]:
        """The codes, of those that stand near by, that words name and say not to be so."""
        said = self._stems(words)
        named = {
            code
            for code in codes
            for name in self._names.get(code, ())
            if not name.needs
            and not name.described
            and sum(name.weights[stem] for stem in name.weights if stem in said) >= NEARBY * name.total
        }
        return frozenset(named) - self.spoken(words, named, ()) if named else frozenset()

    def _stems(self, words: Sequence[Word]) -> dict[str, list[tuple[int, str]]]:
        """The stems that words may be taken for, each with the words it begins at and their text."""
        said: dict[str, list[tuple[int, str]]] = {}
        for i, word in enumerate(words):
            said.setdefault(self._stem(word.text), []).append((i, word.text))
            if word.text[:_LEAST] in self._starts and i + 1 < len(words):
                joined = word.text + words[i + 1].text
                if joined[:_BEGINNING] in self._beginnings:  # overfitting, heard as `over fitting`
                    said.setdefault(self._stem(joined), []).append((i, joined))
            if "'" in word.text:  # l'oubli, with its elided article
                text = word.text.partition("'")[2]
                said.setdefault(self._stem(text), []).append((i, text))
        return said

    def _mention(
        self,
        code: str,
        name: Name,
        words: Sequence[Word],
        said: Mapping[str, Sequence[tuple[int, str]]],
        least: float,
    ) -> Mention:
        """How far words say a name, if at least so much of it; `ELSEWHERE` is strict of their form too."""
        total, at, stems = 0.0, [], 0
        strict = least == ELSEWHERE
        for stem, weight in name.weights.items():
            places = [
                i
                for i, text in said.get(stem, ())
                if not (strict and not same_word(text, name.forms[stem], self._alike))
                and self._meant(name, words, i)
            ]
            if places:
                total, stems = total + weight, stems + 1
                at += places
        share = total / name.total
        if name.described and least != HERE:
            enough = stems >= _DESCRIBING_WORDS and share >= (DESCRIBED if strict else NEARBY)
        else:
            enough = share >= least - _ROUNDING
        if not enough or (strict and not self._at_home(code, said, name)):
            return _NOWHERE
        if any(word.text in name.own for word in words):
            share = min(1.0, share + _SAME_LACK)
        return Mention(share, min(at), max(at))

    def _at_home(self, code: str, said: Mapping[str, object], name: Name) -> bool:
        """Whether a code that stands nowhere near is what is meant: its category is said with it."""
        home = self._home.get(code, frozenset())
        return not home or len(name.weights) > 1 or any(stem in said for stem in home)

    def _meant(self, name: Name, words: Sequence[Word], i: int) -> bool:
        """Whether the words by word `i` let it speak of the name."""
        if name.needs:
            if name.described:
                return any(word.text in name.needs for word in words)
            return words[i].text in name.needs or self._near(words, i, name.needs, after=True)
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


_NOWHERE = Mention(0.0, 0, 0)
_ROUNDING = 1e-9
