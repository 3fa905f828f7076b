"""Cause and effect in sentences: which words stand on which side of a causal cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.suggest.phrases import Word, find
from kb.suggest.speech import Answer, Reader, Sentence, Where

# A side with fewer words of content than this (`So …`, `this leads to …`) points to the sentence before.
_OWN_CONTENT = 2
# `not because`, `does not lead to`: a negator this many words before the cue denies it.
_DENIED_WITHIN = 2


@dataclass(frozen=True)
class Side:
    """The words of a cause or an effect: stretches of sentences, by their index in the answer."""

    stretches: tuple[tuple[int, tuple[Word, ...]], ...]


@dataclass(frozen=True)
class Link:
    """A causal cue with both its sides.

    Attributes:
        sentence: Index of the cue's sentence in the answer.
        cue: Its words, as said.
        strong: Whether the cue says a cause, or only often does.
        cause, effect: The words on its sides.
        denied: Whether it is said not to be so (`not because`).
    """

    sentence: int
    cue: str
    strong: bool
    cause: Side
    effect: Side
    denied: bool = False


@dataclass(frozen=True)
class _Cue:
    start: int
    size: int
    strong: bool
    side: Where
    denied: bool


def links(answer: Answer, reader: Reader) -> Iterator[Link]:
    """The causal cues of an answer in order, denied ones too; none where a whole sentence denies."""
    for index, sentence in enumerate(answer.sentences):
        if not sentence.said:
            continue
        before = answer.sentences[index - 1] if index else None
        every = list(_cues(sentence.words, reader))
        for cue in every:
            cues = [other for other in every if other is cue or not other.denied]
            i = cues.index(cue)
            left_from = cues[i - 1].start + cues[i - 1].size if i else 0
            right_to = cues[i + 1].start if i + 1 < len(cues) else len(sentence.words)
            link = _link(sentence, index, before, cue, (left_from, right_to), reader)
            if link:
                yield replace(link, denied=cue.denied)


def _cues(words: tuple[Word, ...], reader: Reader) -> Iterator[_Cue]:
    """The causal cues of a sentence that are no part of another turn of phrase."""
    for start, size, phrase in find(words, reader.links.phrases):
        if reader.phrases("not_links").at(words, start):
            continue
        yield _Cue(start, size, *reader.links.meaning[phrase], _denied(words, start, reader))


def _denied(words: Sequence[Word], start: int, reader: Reader) -> bool:
    negators = reader.cues.words(reader.cues.negators)
    near = words[max(0, start - _DENIED_WITHIN) : start]
    # A comma between them ends the negation: `it is not good, because …`.
    return any(word.text in negators and not _comma(near[i:]) for i, word in enumerate(near))


def _comma(words: Sequence[Word]) -> bool:
    return any(word.comma for word in words)


def _link(
    sentence: Sentence,
    index: int,
    before: Sentence | None,
    cue: _Cue,
    bounds: tuple[int, int],
    reader: Reader,
) -> Link | None:
    words = sentence.words
    left = words[bounds[0] : cue.start]
    right = words[cue.start + cue.size : bounds[1]]
    if not reader.content(right):
        right = words[cue.start + cue.size :]
    said = " ".join(word.text for word in words[cue.start : cue.start + cue.size])
    joined = cue.start > 0 and words[cue.start - 1].text in reader.cues.words(reader.cues.joins)
    if cue.side == "after" and (joined or len(reader.content(words[: cue.start])) < _OWN_CONTENT):
        rest = words[cue.start + cue.size :]
        # Because Y, X: the cause runs to the first comma, and the effect follows it.
        cut = next((i + 1 for i, word in enumerate(rest) if word.comma), None)
        if cut is not None and reader.content(rest[:cut]) and reader.content(rest[cut:]):
            return Link(index, said, cue.strong, Side(((index, rest[:cut]),)), Side(((index, rest[cut:]),)))
        if joined or not cue.strong:  # when Y X: where Y ends is not told
            return None
    if len(reader.content(left)) < _OWN_CONTENT:
        left = words[: cue.start]
    near, far = _side(index, left, before, reader), Side(((index, right),))
    if not near.stretches or not reader.content(right):
        return None
    cause, effect = (far, near) if cue.side == "after" else (near, far)
    return Link(index, said, cue.strong, cause, effect)


def _side(index: int, words: tuple[Word, ...], before: Sentence | None, reader: Reader) -> Side:
    """The words before a cue; with too little content of their own, with the sentence before."""
    own = ((index, words),) if words else ()
    if len(reader.content(words)) >= _OWN_CONTENT:
        return Side(own)
    if before is None or not before.said:
        return Side(own if reader.content(words) else ())
    return Side(((index - 1, before.words), *own))
