"""An answer with its codes found: on its passages, in its words, and in its question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from kb.records import Turn
from kb.suggest.links import Link, Side, links
from kb.suggest.mentions import Mention, Vocabulary
from kb.suggest.phrases import Word
from kb.suggest.speech import Answer, Passage, Reader

# A quote of fewer words than this is found in many places of an interview: the whole turn is quoted.
QUOTE_WORDS = 6
# A sentence of fewer words with content (`okay, perfect`) says nothing that could be evidence.
_CONTENT = 2
# How much less words say of a cue's end for each comma between them, and in the sentence before.
_FARTHER = 0.7


class Words(NamedTuple):
    """Words of one sentence of an answer.

    Attributes:
        sentence: Its index in the answer; `ASKED` for the question's last one.
        start, end: Where they stand in its turn's text, in code points, end exclusive.
    """

    sentence: int
    start: int
    end: int


class Spoken(NamedTuple):
    """A code that one side of a cue speaks of.

    Attributes:
        weight: How plainly: the share of its name that is said, less the farther it is from the cue.
        words: The clause that says it.
    """

    weight: float
    words: Words


class Located:
    """An answer, and where in it codes are spoken of.

    Args:
        answer: The answer.
        reader: The reader it came from.
        vocabulary: The names of the codes.
        codes: The codes that are looked for in its words even where they stand nowhere near.
    """

    def __init__(
        self, answer: Answer, reader: Reader, vocabulary: Vocabulary, codes: Collection[str]
    ) -> None:
        self.answer = answer
        self.reader = reader
        self._vocabulary = vocabulary
        self._codes = codes
        self.near = frozenset().union(
            *(p.codes | p.loose for p in (*answer.passages, *answer.question)), answer.before
        )

    @property
    def praising(self) -> frozenset[str]:
        """Codes whose name says that something is plentiful or good."""
        return self._vocabulary.praising

    def same(self, a: str, b: str) -> bool:
        """Whether the names of two codes say the same thing."""
        return self._vocabulary.same(a, b)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its causal cues that are not denied."""
        return tuple(link for link in self._all_links if not link.denied)

    @cached_property
    def _all_links(self) -> tuple[Link, ...]:
        asked = self.answer.asked[-1] if self.answer.asked else None
        return tuple(links(self.answer.sentences, self.reader, asked))

    @cached_property
    def unlinked(self) -> frozenset[tuple[int, frozenset[str]]]:
        """Passages, each with two codes of which its words say that neither comes from the other."""
        return frozenset(
            (self.answer.sentences[link.sentence].place, frozenset((cause, effect)))
            for link in self._all_links
            if link.denied
            for cause in self.on_side(link.cause)
            for effect in self.on_side(link.effect)
        )

    @cached_property
    def strong(self) -> frozenset[int]:
        """Its sentences with a strong causal cue."""
        return frozenset(link.sentence for link in self.links if link.strong)

    def has_strong_cue(self, place: int, spent: Collection[int] = ()) -> bool:
        """Whether a passage has a strong causal cue, in a sentence that is not among `spent`."""
        return any(self.answer.sentences[i].place == place and i not in spent for i in self.strong)

    @cached_property
    def spoken_at_all(self) -> frozenset[str]:
        """The codes that the question or the answer speaks of."""
        asked = (self.mentions(sentence.words) for sentence in self.answer.asked)
        return frozenset[str]().union(*self.said, *asked)

    @cached_property
    def said(self) -> tuple[dict[str, Mention], ...]:
        """The codes that each sentence speaks of, and where."""
        return tuple(self.mentions(sentence.words) for sentence in self.answer.sentences)

    def mentions(self, words: Sequence[Word]) -> dict[str, Mention]:
        """The codes that words speak of, and where."""
        return self._vocabulary.mentions(words, self.near, self._codes)

    def on_side(self, side: Side) -> dict[str, Spoken]:
        """The codes that one side of a link speaks of, with the clause that does."""
        sentences, passages = self.answer.sentences, self.answer.passages
        return self._on_side(
            side, {i: passages[sentences[i].place].codes for i, _ in side.stretches if i >= 0}
        )

    def asked_side(self, side: Side) -> dict[str, Spoken]:
        """The same for a link in the question."""
        return self._on_side(side, {})

    def _on_side(self, side: Side, coded: Mapping[int, frozenset[str]]) -> dict[str, Spoken]:
        found: dict[str, Spoken] = {}
        nearest = len(side.stretches) - 1
        for n, (index, words) in enumerate(side.stretches):
            here = coded.get(index, ())
            for code, mention in self._vocabulary.mentions(words, self.near, self._codes, here).items():
                between = words[mention.last : -1] if side.before else words[: mention.first]
                commas = sum(word.comma for word in between)
                weight = mention.share * _FARTHER ** (commas + nearest - n)
                if code not in found or weight > found[code].weight:
                    found[code] = Spoken(weight, _clause(index, words, mention))
        return found

    @staticmethod
    def nearest(side: Side) -> Words:
        """The clause of a side that is nearest to the cue."""
        index, words = side.stretches[-1]
        at = len(words) - 1 if side.before else 0
        return _clause(index, words, Mention(0.0, at, at))

    @cached_property
    def asked_for(self) -> frozenset[str]:
        """The codes that the question's words speak of."""
        return frozenset[str]().union(*(self.mentions(sentence.words) for sentence in self.answer.asked))

    @cached_property
    def topic(self) -> frozenset[str]:
        """What the question is about: its codes and words, else what is followed up."""
        of_question = frozenset[str]().union(*(p.codes | p.loose for p in self.answer.question))
        spoken = self.asked_for
        followed = self.answer.before if {"cause", "effect", "fix"} & self.answer.asks else frozenset[str]()
        return of_question | spoken or followed

    @cached_property
    def _by_place(self) -> tuple[tuple[int, ...], ...]:
        """The sentences of each passage."""
        found: list[list[int]] = [[] for _ in self.answer.passages]
        for i, sentence in enumerate(self.answer.sentences):
            found[sentence.place].append(i)
        return tuple(map(tuple, found))

    @cached_property
    def _spoken_on(self) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset[str]().union(*(self.said[i] for i in of if self.answer.sentences[i].said))
            for of in self._by_place
        )

    def spoken_on(self, place: int) -> frozenset[str]:
        """The codes that the words of a passage speak of, denied sentences left out."""
        return self._spoken_on[place]

    @cached_property
    def _denied_on(self) -> tuple[frozenset[str], ...]:
        return tuple(self._denied(place) for place in range(len(self.answer.passages)))

    def denied_on(self, place: int) -> frozenset[str]:
        """The codes on a passage of which its words only say that they are not so (`no drift`)."""
        return self._denied_on[place]

    def _denied(self, place: int) -> frozenset[str]:
        codes = self.answer.passages[place].codes - self.spoken_on(place)
        words = (self.answer.sentences[i].words for i in self._by_place[place])
        return (
            frozenset[str]().union(*(self._vocabulary.denied(of, codes) for of in words)) if codes else codes
        )

    @cached_property
    def _usable(self) -> tuple[tuple[int, ...], ...]:
        said = self.answer.sentences
        return tuple(
            tuple(i for i in of if said[i].said and len(self.reader.content(said[i].words)) >= _CONTENT)
            for of in self._by_place
        )

    def usable(self, place: int) -> tuple[int, ...]:
        """The sentences of a passage that can be evidence: not denied, and with something in them."""
        return self._usable[place]

    def best_of_run(self, places: Sequence[int], codes: Collection[str]) -> int | None:
        """The usable sentence of passages that says most of the codes; with a cue; the longest.

        Where a code begins, its own words are likely.
        """
        every = [i for place in places for i in self.usable(place)]
        starts = {place for place in places if any(self.begins(place, code) for code in codes)}

        def key(i: int) -> tuple[object, ...]:
            said, named, *rest = self._rank(i, codes)
            return (said, named, self.answer.sentences[i].place in starts, *rest)

        return max(every, key=key, default=None)

    def _rank(self, i: int, codes: Collection[str]) -> tuple[float, int, bool, int, int]:
        sentence = self.answer.sentences[i]
        return (sentence.said, self.named(i, codes), i in self.strong, len(sentence.words), -i)

    def said_by(self, sentence: int) -> frozenset[str]:
        """The codes that the sentences next to one of the same passage speak of."""
        sentences = self.answer.sentences
        beside = (i for i in (sentence - 1, sentence + 1) if 0 <= i < len(sentences))
        place = sentences[sentence].place
        return frozenset[str]().union(*(self.said[i] for i in beside if sentences[i].place == place))

    def begins(self, place: int, code: str) -> bool:
        """Whether a code's run of passages begins with this one, in the middle of the answer."""
        passages = self.answer.passages
        return place > 0 and code in passages[place].codes and code not in passages[place - 1].codes

    def run(self, place: int, code: str) -> int:
        """How many passages of the answer on end carry a code, about one of them."""
        passages = self.answer.passages
        first = last = place
        while first > 0 and code in passages[first - 1].codes:
            first -= 1
        while last + 1 < len(passages) and code in passages[last + 1].codes:
            last += 1
        return last - first + 1

    def named(self, sentence: int, codes: Collection[str]) -> int:
        """How many of the codes a sentence speaks of."""
        return len(self.said[sentence].keys() & set(codes))

    def where(self, sentence: int, code: str) -> Words | None:
        """The clause of a sentence that speaks of a code."""
        mention = self.said[sentence].get(code)
        return mention and _clause(sentence, self.answer.sentences[sentence].words, mention)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The place of the words from one sentence to another of the same turn, in its text."""
        a, b = self.answer.sentences[first], self.answer.sentences[last]
        return widened(self.turn(b.place).text, a.words[0].start, b.words[-1].end)

    def turn(self, place: int) -> Turn:
        """The turn of a passage."""
        return self.passage(place).turn

    def passage(self, place: int) -> Passage:
        """A passage by its index."""
        return self.answer.passages[place]


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a quote in a turn: the whole turn where the words are too few to be found again."""
    return (start, end) if len(text[start:end].split()) >= QUOTE_WORDS else (0, len(text))


def _clause(index: int, words: Sequence[Word], mention: Mention) -> Words:
    """The words between commas that a mention stands in."""
    first, last = mention.first, mention.last
    while first > 0 and not words[first - 1].comma:
        first -= 1
    while last + 1 < len(words) and not words[last].comma:
        last += 1
    return Words(index, words[first].start, words[last].end)
