"""An answer with its codes found: on its passages, in its words, and in its question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from kb.records import Turn
from kb.suggest.links import Link, Side, links
from kb.suggest.mentions import Vocabulary
from kb.suggest.phrases import Word
from kb.suggest.speech import Answer, Reader

# A quote of fewer words than this is found in many places of an interview: the whole turn is quoted.
_QUOTE_WORDS = 6
# A sentence of fewer words with content (`okay, perfect`) says nothing that could be evidence.
_CONTENT = 2


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

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its causal cues that are not denied."""
        return tuple(link for link in self._all_links if not link.denied)

    @cached_property
    def _all_links(self) -> tuple[Link, ...]:
        return tuple(links(self.answer, self.reader))

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

    def has_strong_cue(self, place: int) -> bool:
        """Whether a passage has a strong causal cue."""
        return any(self.answer.sentences[i].place == place for i in self.strong)

    @cached_property
    def spoken_at_all(self) -> frozenset[str]:
        """The codes that the question or the answer speaks of."""
        asked = (self.spoken(words) for words in self.answer.asked)
        return frozenset[str]().union(*self.said, *asked)

    @cached_property
    def said(self) -> tuple[frozenset[str], ...]:
        """The codes that each sentence speaks of."""
        return tuple(self.spoken(sentence.words) for sentence in self.answer.sentences)

    def spoken(self, words: Sequence[Word]) -> frozenset[str]:
        """The codes that words speak of."""
        return self._vocabulary.spoken(words, self.near, self._codes)

    def on_side(self, side: Side) -> frozenset[str]:
        """The codes that one side of a link speaks of."""
        return frozenset[str]().union(*(self.spoken(words) for _, words in side.stretches))

    @cached_property
    def topic(self) -> frozenset[str]:
        """What the question is about: its codes and words, else what is followed up."""
        of_question = frozenset[str]().union(*(p.codes | p.loose for p in self.answer.question))
        spoken = frozenset[str]().union(*(self.spoken(words) for words in self.answer.asked))
        followed = self.answer.before if {"cause", "effect", "fix"} & self.answer.asks else frozenset[str]()
        return of_question | spoken or followed

    def spoken_on(self, place: int) -> frozenset[str]:
        """The codes that the words of a passage speak of, denied sentences left out."""
        return frozenset[str]().union(
            *(
                codes
                for sentence, codes in zip(self.answer.sentences, self.said, strict=True)
                if sentence.place == place and sentence.said
            )
        )

    def denied_on(self, place: int) -> frozenset[str]:
        """The codes on a passage of which its words only say that they are not so (`no drift`)."""
        words = [s.words for s in self.answer.sentences if s.place == place]
        codes = self.answer.passages[place].codes - self.spoken_on(place)
        return frozenset[str]().union(*(self._vocabulary.denied(sentence, codes) for sentence in words))

    def usable(self, place: int) -> list[int]:
        """The sentences of a passage that can be evidence: not denied, and with something in them."""
        return [
            i
            for i, s in enumerate(self.answer.sentences)
            if s.place == place and s.said and len(self.reader.content(s.words)) >= _CONTENT
        ]

    def best_sentence(self, place: int, codes: Collection[str]) -> int | None:
        """The usable sentence of a passage that says most of the codes; with a cue; the longest."""
        return max(
            self.usable(place),
            key=lambda i: (
                self.answer.sentences[i].said,
                self.named(i, codes),
                i in self.strong,
                len(self.answer.sentences[i].words),
                -i,
            ),
            default=None,
        )

    def named(self, sentence: int, codes: Collection[str]) -> int:
        """How many of the codes a sentence speaks of."""
        return len(self.said[sentence].intersection(codes))

    def quote(self, first: int, last: int | None = None) -> str:
        """The words from one sentence to another of the same turn, as they stand there."""
        last = first if last is None else last
        a, b = self.answer.sentences[first], self.answer.sentences[last]
        text = self.turn(b.place).text
        if a.place != b.place:
            a = b
        start, end = a.words[0].start, b.words[-1].end
        if len(text[start:end].split()) < _QUOTE_WORDS:
            return text
        return text[start:end]

    def turn(self, place: int) -> Turn:
        """The turn of a passage."""
        return self.answer.passages[place].turn
