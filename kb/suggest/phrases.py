"""Words with their place in the text, and cue phrases found among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD_AND_GAP = re.compile(f"({_WORD.pattern})" r"([\W_]*)")
# The end of a sentence: a full stop inside a number or an abbreviation has no blank after it.
_STOP = re.compile(r"[.?!…](?=\s|$)|[;:]\s")
_GAP = ".."
_NOT = "<not>"
GAP_WORDS = 3


class Word(NamedTuple):
    """One word of a turn.

    Attributes:
        text: In small letters, with a straight apostrophe.
        start, end: Its place in the turn's text, in code points, end exclusive.
        comma: Whether a comma (or a dash) stands between it and the next word.
    """

    text: str
    start: int
    end: int
    comma: bool = False


_word = partial(tuple.__new__, Word)  # without the function that a named tuple has for it


class Phrase(NamedTuple):
    """A cue phrase: for each place the words that may stand there; an empty set is a gap."""

    text: str
    parts: tuple[frozenset[str], ...]


class Phrases:
    """Phrases to be looked for together, by the words they may begin with.

    Args:
        phrases: In the order of preference where several fit at one place; kept by their first words.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.first: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.parts[0]:
                self.first.setdefault(word, []).append(phrase)

    def at(self, words: Sequence[Word], start: int) -> tuple[int, Phrase] | None:
        """The first phrase that stands at a place, and how many words it takes."""
        for phrase in self.first.get(words[start].text, ()):
            if size := match_at(words, start, phrase):
                return size, phrase
        return None


def parse_phrase(text: str, negators: Collection[str] = ()) -> Phrase:
    """A phrase as written in a file of cues: ``a|b`` either, ``..`` a gap, ``<not>`` a negator."""
    parts = []
    for part in text.casefold().replace("’", "'").split():
        if part == _GAP:
            parts.append(frozenset[str]())
        elif part == _NOT:
            parts.append(frozenset(negators))
        else:
            parts.append(frozenset(part.split("|")))
    return Phrase(text, tuple(parts))


@lru_cache(maxsize=1024)  # a turn is looked at several times while its interview is read
def sentences(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words of each sentence of a text; a sentence without words is passed over."""
    # Most of what `kb suggest` does over a study is this, so Python's own functions go through the words.
    small = text.casefold().replace("’", "'")
    even = len(small) == len(text)  # else a letter became two (ß, ﬁ): small word by word, to keep the places
    pairs = _WORD_AND_GAP.findall(small if even else text)
    if not pairs:
        return ()
    said, gaps = zip(*pairs, strict=True)
    lengths = list(map(len, said))
    sizes = map(add, lengths, map(len, gaps))
    *starts, whole = accumulate(sizes, initial=0)
    before = len(text) - whole  # what stands before the first word
    starts = [start + before for start in starts]
    ends = list(map(add, starts, lengths))
    if not even:
        said = tuple(word.casefold().replace("’", "'") for word in said)
    commas = [gap != " " and _parted(gap) for gap in gaps]
    bounds = [0]
    for stop in (*(match.end() for match in _STOP.finditer(text)), len(text)):
        upto = bisect_left(starts, stop)
        if upto > bounds[-1]:
            bounds.append(upto)
            commas[upto - 1] = _parted(text[ends[upto - 1] : stop])
    words = tuple(map(_word, zip(said, starts, ends, commas, strict=True)))
    return tuple(words[start:end] for start, end in pairwise(bounds))


def word_texts(text: str) -> list[str]:
    """The words of a text as `sentences` has them, without their places."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def _parted(between: str) -> bool:
    """Whether a comma or a dash stands between two words."""
    return between != " " and ("," in between or " - " in between or "–" in between or "—" in between)


def without(words: Sequence[Word], fillers: Phrases) -> list[Word]:
    """The words without fillers and the commas about them."""
    if fillers.first.keys().isdisjoint(word.text for word in words):
        return list(words)
    kept: list[Word] = []
    taken = 0
    for i, word in enumerate(words):
        if i < taken:
            continue
        filler = fillers.at(words, i) if word.text in fillers.first else None
        if filler is None:
            kept.append(word)
            continue
        if kept:
            kept[-1] = kept[-1]._replace(comma=False)
        taken = i + filler[0]
    return kept


def match_at(words: Sequence[Word], start: int, phrase: Phrase) -> int:
    """How many words the phrase takes from `start` on; 0 if it does not stand there."""
    return _match(words, start, phrase.parts, 0)


def _match(words: Sequence[Word], at: int, parts: tuple[frozenset[str], ...], taken: int) -> int:
    if not parts:
        return taken
    if not parts[0]:
        for gap in range(GAP_WORDS + 1):
            if any(word.comma for word in words[at - 1 : at + gap]):
                return 0
            if size := _match(words, at + gap, parts[1:], taken + gap):
                return size
        return 0
    if at >= len(words) or words[at].text not in parts[0]:
        return 0
    return _match(words, at + 1, parts[1:], taken + 1)


def find(words: Sequence[Word], phrases: Phrases) -> Iterator[tuple[int, int, Phrase]]:
    """Where phrases stand: start, number of words and phrase; they do not overlap."""
    taken, first = 0, phrases.first
    for i, word in enumerate(words):
        if i < taken or word.text not in first:
            continue
        if found := phrases.at(words, i):
            yield i, *found
            taken = i + found[0]


def has(words: Sequence[Word], phrases: Phrases) -> bool:
    """Whether any of the phrases stands among the words."""
    return next(find(words, phrases), None) is not None
