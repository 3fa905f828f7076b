"""Where a proposed quote stands in an interview: in one place, in several, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from kb.propose.wording import Alignment, align, allowed_slips, compared, telling, unstammered
from kb.records import Turn
from kb.text.quotes import find_quote
from kb.text.words import speaker_key

#: Words of a quote at most, and at least.
MOST, LEAST = 250, 3
# `…`, `...`, `[…]` stand for words left out, and so does what an editor put into brackets.
_LEFT_OUT = re.compile(r"\[[^\[\]]{0,80}\]|…|\.{3,}|(?:\. ){2,}\.")
# An interviewer's turn of so few words that asks nothing (I see) ends no answer.
_ENCOURAGING = 3
# Stretches of an interview that are looked at, those with most of the quote's words; of a short quote more.
_STRETCHES, _MORE, _SHORT = 4, 12, 8
# A part of fewer words than this, beside what was left out, stands near the other part.
_OWN_PART, _NEAR = 3, 60


class Place(NamedTuple):
    """Words of one turn: its position among the turns, and where they stand in its text (end exclusive)."""

    turn: int
    start: int
    end: int


class Found(NamedTuple):
    """One place that a quote may mean.

    Attributes:
        places: The words it covers, turn by turn; several of one turn where words are left out.
        slips: How many slips the quote has.
    """

    places: tuple[Place, ...]
    slips: int


class Near(NamedTuple):
    """What is most like a quote that stands nowhere.

    Attributes:
        turn: Id of the turn.
        words: Its words there.
        share: How many of the quote's words are there, 0 to 1.
    """

    turn: str
    words: str
    share: float


def parts_of(quote: str) -> list[str]:
    """The parts of a quote, parted where words are left out."""
    return [part for part in _LEFT_OUT.split(quote) if wanted(part)]


def wanted(text: str) -> tuple[str, ...]:
    """The words of a text that must be there."""
    return tuple(word.text for word in compared(text) if not word.spare)


class Transcript:
    """An interview, made ready to look for quotes in it.

    Args:
        turns: In the order said.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = tuple(turns)
        self._words: list[str] = []
        self._at: list[Place] = []
        for n, turn in enumerate(self.turns):
            words = [word for word in compared(turn.text) if not word.spare]
            if turn.role == "interviewer" and "?" not in turn.text and len(words) <= _ENCOURAGING:
                continue
            self._words += [word.text for word in words]
            self._at += [Place(n, word.start, word.end) for word in words]

    @cached_property
    def known(self) -> frozenset[str]:
        """All words that are said in it."""
        return frozenset(self._words)

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self._words):
            found[word].append(at)
        return found

    @cached_property
    def _line(self) -> tuple[str, list[int]]:
        starts, at = [], 1
        for word in self._words:
            starts.append(at)
            at += len(word) + 1
        return f" {' '.join(self._words)} ", starts

    def without_labels(self, quote: str) -> str:
        """A quote without the ids and labels of turns that were copied with it."""
        labels = {turn.speaker for turn in self.turns if speaker_key(turn.speaker)}
        for label in sorted(labels, key=len, reverse=True):
            quote = re.sub(rf"(?:^|(?<=[\s\"“])){re.escape(label)}(?: \(\w+\))?: ", "", quote)
        ids = re.escape(self.turns[0].interview) if self.turns else ""
        return re.sub(rf"\[?\b{ids}:\d{{4}}\b\]?:? ?", "", quote)

    def find(self, quote: str, known: Collection[str]) -> list[Found]:
        """The places that a quote may mean, in their order; those without any slip if there are such.

        Args:
            quote: Its words; where some are left out it says so.
            known: Words that people of the study say.
        """
        parts = [wanted(part) for part in parts_of(quote)]
        return (
            self._find(parts, known)
            or self._find([unstammered(part, known) for part in parts], known)
            or [Found((place,), 0) for place in self._verbatim(quote)]
        )

    def _verbatim(self, quote: str) -> Iterator[Place]:
        """Where the same words stand, stammers and all."""
        at = {turn.id: n for n, turn in enumerate(self.turns)}
        for match in find_quote(quote, self.turns):
            if match.exact:
                yield Place(at[match.turn_id], match.start, match.end)

    def _find(self, parts: Sequence[tuple[str, ...]], known: Collection[str]) -> list[Found]:
        if len(parts) == 1:
            found = [self._found([place]) for place in self._places(parts[0], known)]
        else:
            found = self._chains([self._places(part, known, parts=True) for part in parts], parts)
        # Of parts that stand in one turn, and also in two, the one turn is meant.
        fewest = min((each.places[-1].turn - each.places[0].turn for each in found), default=0)
        return [e for e in found if e.places[-1].turn - e.places[0].turn == fewest or len(parts) == 1]

    def nearest(self, quote: str, known: Collection[str]) -> Near | None:
        """What is most like a quote; None if hardly a word of it is said."""
        words = tuple(word for part in parts_of(quote) for word in wanted(part))[:MOST]
        laid = list(self._aligned(words, known, 1))
        if not laid:
            return None
        best = max(laid, key=lambda each: (each.same - each.wrong, -each.first))
        first = self._at[best.first]
        same_turn = [at for at in self._at[best.first : best.last + 1] if at.turn == first.turn]
        turn = self.turns[first.turn]
        share = best.same / (len(words) + max(0, best.wrong - (len(words) - best.same)))
        return Near(turn.id, turn.text[first.start : same_turn[-1].end], share)

    def beginning(self, words: Sequence[str], *, last: bool = False) -> tuple[int, Place] | None:
        """How many of the first words stand somewhere together, and where; `last`: of the last words."""
        best: tuple[int, Place] | None = None
        low, high = 1, len(words) - 1
        while low <= high:  # what a long run has, a shorter one has
            size = (low + high) // 2
            run = words[-size:] if last else words[:size]
            found = self._exact(run)
            if found:
                best = size, self._at[found[0][0]]
                low = size + 1
            else:
                high = size - 1
        return best

    def _exact(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where words stand one after the other: the first and the last."""
        line, starts = self._line
        text = f" {' '.join(words)} "
        found = []
        at = line.find(text)
        while at >= 0:
            first = bisect_left(starts, at + 1)
            found.append((first, first + len(words) - 1))
            at = line.find(text, at + 1)
        return found

    def _places(
        self, words: tuple[str, ...], known: Collection[str], *, parts: bool = False
    ) -> list[tuple[int, int, int]]:
        """Where words stand, the first and the last, with how many slips; exactly, if they do."""
        if exact := self._exact(words):
            return [(first, last, 0) for first, last in exact]
        if len(words) < LEAST and parts:
            return []
        most = allowed_slips(len(words))
        found = {
            (laid.first, laid.last, laid.slips)
            for laid in self._aligned(words, known, len(telling(words)) - 2 * most)
            if not laid.wrong and laid.slips <= most
        }
        fewest = min((slips for *_, slips in found), default=0)
        return sorted(each for each in found if each[2] == fewest)

    def _aligned(self, words: tuple[str, ...], known: Collection[str], least: int) -> Iterator[Alignment]:
        """The stretches that share most words with a quote, each with the quote laid on it.

        Args:
            words: Of the quote.
            known: Words that people of the study say.
            least: How many of its telling words are in a stretch at least.
        """
        votes: dict[int, float] = defaultdict(float)
        width = max(8, len(words) // 2)
        for i, word in enumerate(words):
            at = self._positions.get(word, ())
            for place in at:
                votes[(place - i) // width] += 1 / len(at)
        telling_words = telling(words)
        ranked = sorted(votes, key=lambda n: (-(votes[n] + votes.get(n + 1, 0.0)), n))
        for n in ranked[: _MORE if len(words) <= _SHORT else _STRETCHES]:
            start = max(0, n * width - 4)
            stretch = self._words[start : (n + 2) * width + len(words) + len(words) // 4 + 4]
            there = set(stretch)
            if sum(word in there for word in telling_words) < least:
                continue
            if laid := align(words, stretch, known):
                yield laid._replace(first=laid.first + start, last=laid.last + start)

    def _found(self, runs: Sequence[tuple[int, int, int]]) -> Found:
        places: list[Place] = []
        for first, last, _ in runs:
            begun = len(places)
            for at in self._at[first : last + 1]:
                if len(places) > begun and places[-1].turn == at.turn:
                    places[-1] = places[-1]._replace(end=at.end)
                else:
                    places.append(at)
        return Found(tuple(places), sum(slips for *_, slips in runs))

    def _chains(
        self, found: Sequence[Sequence[tuple[int, int, int]]], parts: Sequence[Sequence[str]]
    ) -> list[Found]:
        """The parts one after the other: of several ways from one beginning the closest."""
        chains: dict[int, list[tuple[int, int, int]]] = {}
        for begin in found[0]:
            chain = [begin]
            for part, places in zip(parts[1:], found[1:], strict=True):
                after = min((place for place in places if place[0] > chain[-1][1]), default=None)
                short = len(part) < _OWN_PART or len(parts[len(chain) - 1]) < _OWN_PART
                if after is None or (short and after[0] - chain[-1][1] > _NEAR):
                    break
                chain.append(after)
            else:
                # Of two beginnings with one end, the later is the closer.
                chains[chain[-1][1]] = chain
        return [self._found(chain) for chain in chains.values()]
