"""Where a few words stand in a transcript: a search that forgives how they were written down.

Words are compared without case, punctuation, kind of quotation mark and white space. Three
attempts, each only if the one before found nothing:

1. the quote's words, one after the other;
2. the same without fillers ("uh", "um") and without stammered repeats ("the, the");
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

from kb.records import Turn

# Sounds of hesitation, as transcription services spell them (English, German, French, Spanish).
_FILLER = re.compile("[uea]h+|u[hm]m+|um+|er+m*|h+m+|m+h*m+|[äö]h+m?|euh|heu")
_LONGEST_FILLER = 30
_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,}|(?:\. ){2,}\.)\]?")
# One character of a script written without blanks is a word; elsewhere letters, digits, combining
# marks and inner apostrophes make one.
_NO_BLANKS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_NO_BLANKS}]|[\u0300-\u036f]"
_WORD = re.compile(rf"[{_NO_BLANKS}]|(?:{_LETTER})+(?:['’ʼ`](?:{_LETTER})+)*")
_APOSTROPHES = re.compile("['’ʼ`]")
# Words that turn a statement round: likeness must not forgive one that is missing or too many.
_NEGATION = re.compile(
    "no|nor|not|none|never|nothing|nobody|nowhere|without|cannot|(?:ca|ai|do|does|did|is|are|was|were|wo"
    "|would|could|should|has|have|had|must|need)nt|nicht|nichts|nie|keine?[nrms]?|pas|jamais|rien|aucune?"
)

# Likeness is rapidfuzz's `ratio` (100 = the same letters). A quote of a few words says little, so
# one letter may differ; the longer it is, the more, up to a replaced name from 40 letters on.
_MIN_LETTERS, _CUTOFF_SHORT = 12, 96.0
_LONG, _CUTOFF_LONG = 40, 82.0
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


class Words(NamedTuple):
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
    parts = [part for part in _ELLIPSIS.split(quote) if words_of(part, plain=False).words]
    if not parts:
        return []
    for plain in (False, True):
        wanted = [words_of(part, plain).line for part in parts]
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
def words_of(text: str, plain: bool) -> Words:
    """Read a text as words; `plain` leaves out fillers and repeats of the word before."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", match.group())).casefold()
        if plain and len(word) <= _LONGEST_FILLER and _FILLER.fullmatch(word):
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
    return Words(tuple(words), tuple(spans), f" {' '.join(words)} ", tuple(starts), ends)


def _exact(wanted: Sequence[str], turn: Turn, plain: bool) -> Iterator[Match]:
    """Every place of a turn where the parts stand one after the other."""
    reading = words_of(turn.text, plain)
    first, *rest = wanted
    start_of: dict[int, int] = {}  # by end: of two starts with one end, the later is the closer
    at = reading.line.find(first)
    while at >= 0:
        end = at + len(first) - 1
        for part in rest:
            found = reading.line.find(part, end)
            if found < 0:
                break
            end = found + len(part) - 1
        else:
            start_of[end] = at + 1
        at = reading.line.find(first, at + 1)
    for end, start in start_of.items():
        begin, last = bisect_left(reading.starts, start), bisect_left(reading.ends, end)
        yield Match(turn.id, reading.spans[begin][0], reading.spans[last][1], 100.0, True)


class Window(NamedTuple):
    """A run of words of a reading, `last` included, and how alike it is."""

    first: int
    last: int
    score: float


def _alike(parts: Sequence[str], turns: Sequence[Turn], cutoff: float | None = None) -> list[Match]:
    """The passages most like the quote, best first."""
    wanted = [" ".join(words_of(part, plain=True).words) for part in parts]
    if not all(wanted) or len(" ".join(wanted)) < _MIN_LETTERS:
        return []
    found: list[Match] = []
    for turn in turns:
        reading = words_of(turn.text, plain=True)
        for window in _joined(wanted, reading, cutoff):
            start, end = reading.spans[window.first][0], reading.spans[window.last][1]
            found.append(Match(turn.id, start, end, window.score, exact=False))
    if not found:
        return []
    best = max(match.score for match in found)
    # Sorting is stable: the order of the turns holds among equals.
    return sorted((m for m in found if m.score >= best - _MARGIN), key=lambda m: -m.score)


def _joined(wanted: Sequence[str], reading: Words, cutoff: float | None) -> list[Window]:
    """The windows that hold all parts in order; the score is that of the least like part."""
    joined: list[Window] = []
    for count, part in enumerate(wanted):
        found = windows(part, reading, cutoff)
        if count == 0:
            joined = found
            continue
        by_last: dict[int, Window] = {}  # of two starts with one end, the later is the closer
        for before in joined:
            after = min((w for w in found if w.first > before.last), default=None)
            if after is not None:
                score = min(before.score, after.score)
                by_last[after.last] = Window(before.first, after.last, score)
        joined = list(by_last.values())
    return joined


def windows(wanted: str, reading: Words, cutoff: float | None) -> list[Window]:
    """The runs of words that are like `wanted`, apart from each other, in order."""
    limit = _cutoff(len(wanted)) if cutoff is None else cutoff
    found: list[Window] = []
    pending = [(0, len(reading.words))]  # bounds, the second exclusive, that hold no window yet
    while pending:
        first, stop = pending.pop()
        window = _best_window(wanted, reading, (first, stop), limit - _WINDOW_LOSS)
        if window is None:
            continue
        if window.score >= limit and _same_sense(wanted, reading, window):
            found.append(window)
        pending += [(first, window.first), (window.last + 1, stop)]
    return sorted(found)


def _best_window(wanted: str, reading: Words, bounds: tuple[int, int], cutoff: float) -> Window | None:
    """The run of words within the bounds that is most like `wanted`; None if none comes near it."""
    first, stop = bounds
    if first >= stop:
        return None
    offset = reading.starts[first]
    line = reading.line[offset : reading.ends[stop - 1]]
    # The shorter text is the one that gets aligned: a turn of one word is in every quote.
    if len(line) < len(wanted):
        return _fitted(wanted, reading, (first, stop - 1), bounds)
    rough = fuzz.partial_ratio_alignment(wanted, line, score_cutoff=cutoff)
    if rough is None:
        return None
    left = max(first, bisect_right(reading.starts, offset + rough.dest_start) - 1)
    right = min(stop - 1, bisect_left(reading.ends, offset + rough.dest_end))
    return _fitted(wanted, reading, (left, right), bounds)


def letters_alike(wanted: str) -> bool:
    """Whether words are long enough for likeness of their letters to mean anything."""
    return len(wanted) >= _MIN_LETTERS


def _cutoff(letters: int) -> float:
    """How alike a passage must be to a quote of so many letters."""
    if letters < _MIN_LETTERS:
        return 100.0
    share = min(1.0, (letters - _MIN_LETTERS) / (_LONG - _MIN_LETTERS))
    return _CUTOFF_SHORT + share * (_CUTOFF_LONG - _CUTOFF_SHORT)


def _fitted(wanted: str, reading: Words, rough: tuple[int, int], bounds: tuple[int, int]) -> Window:
    """The run of whole words about a rough window that is most like `wanted`, the shorter of equals."""
    left, right = rough
    best = Window(left, right, -1.0)
    for begin in range(max(bounds[0], left - _SLACK), min(right, left + _SLACK) + 1):
        for last in range(max(begin, right - _SLACK), min(bounds[1] - 1, right + _SLACK) + 1):
            text = reading.line[reading.starts[begin] : reading.ends[last]]
            score = fuzz.ratio(wanted, text)
            if (score, begin - last) > (best.score, best.first - best.last):
                best = Window(begin, last, score)
    return best


def _same_sense(wanted: str, reading: Words, window: Window) -> bool:
    """Whether both have as many negations: "it does" is nearly "it does not" in letters alone."""
    words = reading.words[window.first : window.last + 1]
    return _negations(wanted.split()) == _negations(words)


def _negations(words: Sequence[str]) -> int:
    return sum(_NEGATION.fullmatch(word) is not None for word in words)
