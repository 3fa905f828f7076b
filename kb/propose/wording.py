"""Words of a quote laid beside words of a transcript: what is a slip of the pen, and what is another word.

A slip is a letter, a word run together or parted, a contraction written out, a number in digits, or a
small word that carries nothing. Any other word that is missing, too many or different makes another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kb.text.quotes import words_of

# Words that may be missing or too many: they carry nothing, and no other word means something else by them.
_SMALL = frozenset(
    ["a", "an", "the", "and", "so", "well", "just", "like", "right", "okay", "ok", "yeah", "yes", "oh",
     "then", "basically", "actually", "you", "know", "i", "mean", "kind", "of", "sort"]
)  # fmt: skip
_ARTICLES = frozenset(["a", "an", "the"])
_PAIRS = frozenset({("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of")})
_ASIDES = (*_PAIRS, ("like",), ("well",), ("right",), ("okay",), ("basically",), ("actually",))
_PARTING = ",.;:?!–—-"
_ONLY_IN_PAIRS = frozenset(word for pair in _PAIRS for word in pair)
_NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_BARE_NOT = re.compile(
    "(ca|ai|do|does|did|is|are|was|were|wo|would|could|should|has|have|had|must|need|sha)nt", re.IGNORECASE
)
_AFTER = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_IS = frozenset(["it", "that", "there", "he", "she", "what", "who", "here", "where", "how", "this", "let"])
_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: str(n) for n, word in enumerate(_COUNTED)}
_WORD_OF = {number: word for word, number in _NUMBERS.items()}
# A letter away from others, and never a slip.
_MEANT = frozenset(["none", "never", "ever", "more", "most", "less", "least", "cannot", "nicht", "kein"])
_APOSTROPHE = re.compile("['’ʼ`]")
_LONGEST_STAMMER = 4  # words that are said again: `I was, uh, I was`
# Letters of a word in which a letter may be off, and in which the first one may be.
_SHORTEST, _LONG = 4, 6
_HIGH = 1000


class Word(NamedTuple):
    """A word as it is compared: its text, where it stands (from, to), and whether it may be passed over."""

    text: str
    start: int
    end: int
    spare: bool


@lru_cache(maxsize=16384)
def compared(text: str) -> tuple[Word, ...]:
    """The words of a text as they are compared, fillers and stammered repeats marked as spare."""
    reading = words_of(text, plain=False)
    words = [
        Word(part, start, end, spare=not words_of(word, plain=True).words)
        for word, (start, end) in zip(reading.words, reading.spans, strict=True)
        for part in _written_out(word, text[start:end])
    ]
    for n in _aside(words, text):
        words[n] = words[n]._replace(spare=True)
    said = [n for n, word in enumerate(words) if not word.spare]
    for size in range(1, _LONGEST_STAMMER + 1):
        for at in range(len(said) - 2 * size + 1):
            first, again = said[at : at + size], said[at + size : at + 2 * size]
            texts = [words[n].text for n in first]
            # `can't not` is no stammer.
            if texts == [words[n].text for n in again] and texts != ["not"]:
                for n in first:
                    words[n] = words[n]._replace(spare=True)
    return tuple(words)


def _aside(words: Sequence[Word], text: str) -> Iterator[int]:
    """The words of turns of phrase that stand between commas and say nothing: `, you know,`."""
    for n, word in enumerate(words):
        for phrase in _ASIDES:
            last = n + len(phrase) - 1
            if tuple(each.text for each in words[n : last + 1]) != phrase:
                continue
            before, after = text[: word.start].rstrip(), text[words[last].end :].lstrip()
            if (not before or before[-1] in _PARTING) and (not after or after[0] in _PARTING):
                yield from range(n, last + 1)


def _written_out(word: str, text: str) -> tuple[str, ...]:
    """A word in full: `don't` is `do not`, `two` is `2`."""
    if word == "cannot":
        return "can", "not"
    stem, mark, ending = _parted(text)
    if (bare := _BARE_NOT.fullmatch(word)) and (not mark or ending == "t"):
        return _NOT.get(bare[1], bare[1]), "not"
    if mark and ending in _AFTER and stem:
        return stem, _AFTER[ending]
    if mark and ending == "s" and stem in _IS:
        return stem, "is"
    return (_NUMBERS.get(word, word),)


def _parted(text: str) -> tuple[str, str, str]:
    stem, *ending = _APOSTROPHE.split(text.casefold())
    return stem, "'" if ending else "", "".join(ending)


def same_but_for_a_slip(written: str, said: str, known: Collection[str]) -> bool:
    """Whether a word is the other one with a slip of the pen: a letter off, two changed about.

    Args:
        written: The word of the quote.
        said: The word of the transcript.
        known: Words that people of the study say; one of them is meant as it is written.
    """
    said = _WORD_OF.get(said, said)
    if any(map(str.isdigit, written + said)) or written in _MEANT:
        return False
    longer, shorter = max(len(written), len(said)), min(len(written), len(said))
    if written + "s" == said or said + "s" == written:
        return longer >= _SHORTEST
    if written in known:
        return False
    if longer < _SHORTEST:
        return (
            shorter == longer == _SHORTEST - 1
            and sorted(written) == sorted(said)
            and (OSA.distance(written, said) == 1)
        )
    # `unstable` is no slip of `stable`, `able` none of `cable`: what a word begins with is meant.
    if written[0] != said[0] and not (written[:2] == said[1::-1] or (longer == shorter >= _LONG)):
        return False
    return OSA.distance(written, said, score_cutoff=2) == 1


class Alignment(NamedTuple):
    """A quote's words laid on a transcript's.

    Attributes:
        first, last: The transcript's words that it covers, by index.
        wrong: How many words are others, missing or too many; 0 if there are slips only.
        slips: How many slips there are.
        same: How many words of the quote are there, slips included.
    """

    first: int
    last: int
    wrong: int
    slips: int
    same: int


# Cost, first word of the transcript, wrong words, slips, words that are there.
_Cell = tuple[int, int, int, int, int]


def align(quote: Sequence[str], said: Sequence[str], known: Collection[str]) -> Alignment | None:
    """Lay a quote on the part of a transcript that is most like it; None if they share no word.

    Args:
        quote: Its words, without spare ones.
        said: Words of a stretch of the transcript, without spare ones.
        known: As `same_but_for_a_slip` takes it.
    """
    # For each word of the quote what it is to each word of the transcript: the same (0), a slip (1).
    alike = {word: {other: _alike(word, other, known) for other in set(said)} for word in set(quote)}
    small = [_small(said, j) for j in range(len(said))]
    before: list[_Cell] = []
    row: list[_Cell] = [(0, at, 0, 0, 0) for at in range(len(said) + 1)]
    for i, word in enumerate(quote):
        extra = word not in _ARTICLES and _small(quote, i)  # `The fell over`: a word is gone
        above, row = row, [_step(row[0], slip=extra)]
        for j, other in enumerate(said):
            how = alike[word][other]
            # Of two ways that cost the same the first one stands: a word that is the same.
            cost, first, wrong, slips, same = above[j]
            best = (
                (cost, first, wrong, slips, same + 1)
                if how == 0
                else (cost + 1, first, wrong, slips + 1, same + 1)
                if how == 1
                else (cost + _HIGH, first, wrong + 1, slips, same)
            )
            if row[j][0] < best[0]:
                best = min(best, _step(row[j], slip=small[j]), key=_cost)
            if above[j + 1][0] < best[0]:
                best = min(best, _step(above[j + 1], slip=extra), key=_cost)
            if (
                how > 1
                and j
                and above[j - 1][0] < best[0]
                and _run_together(word, said[j - 1] + other, known)
            ):
                best = min(best, _step(above[j - 1], slip=True, same=1), key=_cost)
            if how > 1 and i and before[j][0] < best[0] and _run_together(quote[i - 1] + word, other, known):
                best = min(best, _step(before[j], slip=True, same=2), key=_cost)
            row.append(best)
        before = above
    at = min(range(len(row)), key=lambda n: (row[n][0], n - row[n][1]))
    _, first, wrong, slips, same = row[at]
    return Alignment(first, at - 1, wrong, slips, same) if same and at > first else None


def _cost(cell: _Cell) -> int:
    return cell[0]


def _step(cell: _Cell, *, slip: bool, same: int = 0) -> _Cell:
    """A word more: one that is a slip, or a wrong one."""
    cost, first, wrong, slips, there = cell
    if slip:
        return cost + 1, first, wrong, slips + 1, there + same
    return cost + _HIGH, first, wrong + 1, slips, there + same


def _alike(word: str, other: str, known: Collection[str]) -> int:
    if word == other:
        return 0
    return 1 if abs(len(word) - len(other)) <= 1 and same_but_for_a_slip(word, other, known) else 2


def _run_together(one: str, two: str, known: Collection[str]) -> bool:
    return one == two or (len(one) > _LONG and same_but_for_a_slip(one, two, known))


def unstammered(words: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Words without those that are said again with a slip: `woudl have, would have`."""
    kept = list(words)
    for size in range(1, _LONGEST_STAMMER + 1):
        at = 0
        while at + 2 * size <= len(kept):
            first, again = kept[at : at + size], kept[at + size : at + 2 * size]
            pairs = list(zip(first, again, strict=True))
            if all(x == y or _alike(x, y, known) == 1 for x, y in pairs):
                del kept[at : at + size]
            elif all(x == y or _alike(y, x, known) == 1 for x, y in pairs):
                del kept[at + size : at + 2 * size]
            else:
                at += 1
    return tuple(kept)


def _small(words: Sequence[str], at: int) -> bool:
    """Whether a word may be missing; `you know` may, `you` and `know` may not."""
    word = words[at]
    if word not in _SMALL:
        return False
    if word not in _ONLY_IN_PAIRS:
        return True
    return tuple(words[at : at + 2]) in _PAIRS or (at > 0 and tuple(words[at - 1 : at + 1]) in _PAIRS)


def telling(words: Sequence[str]) -> list[str]:
    """The words that a transcript may not lack: all but the small ones."""
    return [word for word in words if word not in _SMALL]


def allowed_slips(words: int) -> int:
    """How many slips a quote of so many words may have: one, and one more for each six words."""
    return 1 + words // 6
