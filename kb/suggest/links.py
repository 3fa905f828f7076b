"""Cause and effect in sentences: which words stand on which side of a causal cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.suggest.phrases import Word, find
from kb.suggest.speech import Reader, Sentence, Where

# A side with fewer words of content than this (`So …`, `this leads to …`) points to the sentence before.
_OWN_CONTENT = 2
# Over so many sentences that say nothing of their own (`Yes. It happens a lot.`) it points on.
_POINTED_BACK = 2
# The question, as the index of a sentence.
ASKED = -1
# `not because`, `does not lead to`: a negator this many words before the cue denies it.
_DENIED_WITHIN = 2


@dataclass(frozen=True)
class Side:
    """The words of a cause or an effect.

    Attributes:
        stretches: Of sentences, by their index; the last one is the nearest to the cue.
        before: Whether they stand before the cue, so that their last words are the nearest to it.
    """

    stretches: tuple[tuple[int, tuple[Word, ...]], ...]
    before: bool = False


@dataclass(frozen=True)
class Link:
    """A causal cue with both its sides.

    Attributes:
        sentence: Index of the cue's sentence among those that were given.
        cue: Its words, as said.
        strong: Whether the cue says a cause, or only often does.
        cause, effect: The words on its sides.
        denied: Whether it is said not to be so (`not because`).
        opens: Whether a weak cue opens its sentence: in speech `So …` often only goes on.
    """

    sentence: int
    cue: str
    strong: bool
    cause: Side
    effect: Side
    denied: bool = False
    opens: bool = False


@dataclass(frozen=True)
class _Cue:
    start: int
    size: int
    strong: bool
    side: Where
    denied: bool


def links(sentences: Sequence[Sentence], reader: Reader, asked: Sentence | None = None) -> Iterator[Link]:
    """The causal cues of an answer in order, denied ones too; none where a whole sentence denies.

    Args:
        sentences: Of the answer.
        reader: It finds the cues.
        asked: The question's last sentence, to which the first words of the answer may point back; a
            side has it as sentence `ASKED`.
    """
    for index, sentence in enumerate(sentences):
        if not sentence.said:
            continue
        every = list(_cues(sentence.words, reader))
        if not every:
            continue
        before = _before(sentences, index, reader, asked)
        for cue in every:
            cues = [other for other in every if other is cue or not other.denied]
            i = cues.index(cue)
            left_from = cues[i - 1].start + cues[i - 1].size if i else 0
            right_to = cues[i + 1].start if i + 1 < len(cues) else len(sentence.words)
            link = _link(sentence, index, before, cue, (left_from, right_to), reader)
            if link:
                yield replace(link, denied=cue.denied)


def _before(
    sentences: Sequence[Sentence], index: int, reader: Reader, asked: Sentence | None
) -> tuple[int, Sentence] | None:
    """The sentence that a cue without words before it points to: one that says something."""
    for i in range(index - 1, max(-1, index - 1 - _POINTED_BACK), -1):
        if len(reader.telling(sentences[i].words)) >= _OWN_CONTENT:
            return (i, sentences[i]) if sentences[i].said else None
    return (ASKED, asked) if asked is not None and index <= _POINTED_BACK else None


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
    before: tuple[int, Sentence] | None,
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
    if cue.side == "after" and (joined or len(reader.telling(words[: cue.start])) < _OWN_CONTENT):
        rest = words[cue.start + cue.size :]
        # Because Y, X: the cause runs to the first comma, and the effect follows it.
        cut = next((i + 1 for i, word in enumerate(rest) if word.comma), None)
        if cut is not None and reader.content(rest[:cut]) and reader.content(rest[cut:]):
            return Link(index, said, cue.strong, Side(((index, rest[:cut]),)), Side(((index, rest[cut:]),)))
        answers = before is not None and before[0] == ASKED
        if joined or not (cue.strong or answers):  # when Y X: where Y ends is not told
            return None
    if len(reader.telling(left)) < _OWN_CONTENT:
        left = words[: cue.start]
    near, far = _side(index, left, before, reader), Side(((index, right),))
    if not near.stretches or not reader.content(right):
        return None
    cause, effect = (far, near) if cue.side == "after" else (near, far)
    return Link(index, said, cue.strong, cause, effect, opens=not cue.strong and cue.start == 0)


def _side(index: int, words: tuple[Word, ...], before: tuple[int, Sentence] | None, reader: Reader) -> Side:
    """The words before a cue; with too little content of their own, with the sentence before."""
    own = ((index, words),) if words else ()
    if len(reader.telling(words)) >= _OWN_CONTENT:
        return Side(own, before=True)
    if before is None:
        return Side(own if reader.telling(words) else (), before=True)
    return Side(((before[0], before[1].words), *own), before=True)
