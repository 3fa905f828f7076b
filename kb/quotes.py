"""Where a few words stand in a transcript: a search that forgives how they were written down.

Words are compared without case, punctuation, kind of quotation mark and white space. Three
attempts, each only if the one before found nothing:

1. the quote's words, one after the other;
2. the same without fillers ("uh", "you know" is not one) and without stammered repeats;
3. nearly the same letters: a misheard letter, a name that one copy has anonymised.

`…` or `...` in a quote stands for words left out within one turn.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from kb.model import Turn

# Sounds of hesitation, as transcription services spell them (English, German, French, Spanish).
FILLERS = frozenset(
    "uh uhh um umm uhm er erm eh ah hm hmm hmmm mm mmm mhm mmhm äh ähm öh öhm euh heu eee".split()
)
_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,}|(?:\. ){2,}\.)\]?")
# One character of a script written without blanks is a word; elsewhere letters, digits, combining
# marks and inner apostrophes make one.
_NO_BLANKS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_NO_BLANKS}]|[\u0300-\u036f]"
_WORD = re.compile(rf"[{_NO_BLANKS}]|(?:{_LETTER})+(?:['’ʼ`](?:{_LETTER})+)*")
_APOSTROPHES = re.compile("['’ʼ`]")
# Words that turn a statement round: likeness must not forgive one that is missing or too many.
_NEGATION = re.compile(r"no|not|nor|never|none|nothing|nobody|without|cannot|\w+nt")

# Likeness is rapidfuzz's `ratio` (100 = the same letters). A quote of a few words says little, so
# it may differ by two letters or so; a longer one may hold a replaced name.
_MIN_LETTERS = 12
_LONG = 40
_CUTOFF_SHORT = 90.0
_CUTOFF_LONG = 82.0
# Of like passages only those about as like as the best are candidates.
_MARGIN = 4.0
# The aligned window may cut into words or miss one: the true bounds are this near, in words.
_SLACK = 2
# The window's own score lies below that of the true bounds by at most this much.
_WINDOW_LOSS = 12.0


class Match(NamedTuple):
    """A place in a transcript that a quote may mean.

    Attributes:
        turn_id: Id of the turn.
        start, end: The passage in the turn's text, in code points, end exclusive.
        score: Likeness from 0 to 100; 100 for an exact match.
        exact: True if the words are the same but for case, punctuation, fillers and repeats.
    """

    turn_id: str
    start: int
    end: int
    score: float
    exact: bool


class _Reading(NamedTuple):
    """A text as words: `spans` in the text, `starts` and `ends` in `line`, which is `` a b c ``."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    line: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def find_quote(quote: str, turns: Sequence[Turn]) -> list[Match]:
    """The places that a quote may mean, best first, then in the order of the turns.

    Args:
        quote: A few words of a passage; ``…`` or ``...`` joins two parts within one turn.
        turns: The turns to look in.

    Returns:
        Exact matches if there are any, else the most alike passages. One match is the answer;
        none means that nobody said it, more than one that the quote needs more words.
    """
    parts = [part for part in _ELLIPSIS.split(quote) if _words(part, plain=False).words]
    if not parts:
        return []
    for plain in (False, True):
        wanted = [_words(part, plain).line for part in parts]
        if all(line.strip() for line in wanted):
            found = [match for turn in turns for match in _exact(wanted, turn, plain)]
            if found:
                return found
    return _alike(parts, turns)


def nearest_passage(quote: str, turns: Sequence[Turn]) -> Match | None:
    """The passage most like a quote that was not found, for a message; None if none is like it."""
    found = _alike([quote], turns, cutoff=60.0)
    return found[0] if found else None


@lru_cache(maxsize=8192)
def _words(text: str, plain: bool) -> _Reading:
    """Read a text as words; `plain` leaves out fillers and repeats of the word before."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", match.group())).casefold()
        if plain and word in FILLERS:
            continue
        if plain and words and words[-1] == word:
            spans[-1] = (spans[-1][0], match.end())
            continue
        words.append(word)
        spans.append(match.span())
    starts: list[int] = []
    at = 1
    for word in words:
        starts.append(at)
        at += len(word) + 1
    ends = tuple(start + len(word) for start, word in zip(starts, words, strict=True))
    return _Reading(tuple(words), tuple(spans), f" {' '.join(words)} ", tuple(starts), ends)


def _exact(wanted: Sequence[str], turn: Turn, plain: bool) -> Iterator[Match]:
    """Every place of a turn where the parts stand one after the other."""
    reading = _words(turn.text, plain)
    first, *rest = wanted
    spans: dict[int, int] = {}  # end -> start; a later start with the same end is the closer one
    at = reading.line.find(first)
    while at >= 0:
        end = at + len(first) - 1
        for part in rest:
            next_ = reading.line.find(part, end)
            if next_ < 0:
                return_early = True
                break
            end = next_ + len(part) - 1
        else:
            return_early = False
        if return_early:
            break
        spans[end] = at + 1
        at = reading.line.find(first, at + 1)
    for end, start in spans.items():
        first_word = bisect_left(reading.starts, start)
        last_word = bisect_left(reading.ends, end)
        yield Match(turn.id, reading.spans[first_word][0], reading.spans[last_word][1], 100.0, True)
