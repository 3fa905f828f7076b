"""Heads and feet of pages, and headings of sections, that stand between the turns of a text.

They come from a PDF or a word processor, on any line, and nothing but the document tells them from words:
the same short line comes again (but for its numbers), or their numbers run on, and they are no sentences
where the talk is of sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from loaders._headings import candidates
from loaders._heads import SENTENCE, SHORT, bare, is_no_speech
from loaders._label import Heading
from loaders._label_words import BACKCHANNEL, is_known, is_noise
from loaders._paras import Para
from loaders._times import EDGE, only_time, peel_left, peel_right

_FORMS = frozenset(
    {
        "colon",
        "bold",
        "bracket",
        "timed",
        "dotted",
        "stamp",
        "gap",
        "slant",
        "dashed",
        "arrow",
        "semi",
        "number",
    }
)
_DIGITS = re.compile(r"\d+")
_COUNTED = re.compile(r"(\d{1,2}|[IVX]{1,4})[.)]\s+(\S.{0,80})")
_PAGE = re.compile(r"[-–—\[(|/ ]{0,3}(\d{1,4})[-–—\])|/ ]{0,3}")
_PAGE_WORD = re.compile(
    r"\b(?:page|seite|página|pagina|p\.|s\.|strona|str\.|sayfa|sivu|oldal|side|sida|страница|стр\.)\s*(\d{1,4})\b"
    r"|\b(\d{1,4})\s?(?:/|of|von|de|di|van|z|из)\s?\d{1,4}$",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_OFTEN = 3  # times that a line comes which is said by nobody
_SENTENCES = 0.8  # of the turns end like one
_ALL = 0.9  # of the labelled lines are sentences: then what is none stands out
_FEW = 8  # words of a heading
_LONG = 120  # characters of a line beyond which it is no head


def running_heads(lines: Sequence[str]) -> set[int]:
    """Indexes of the lines that are heads or feet of pages, or headings of sections.

    Args:
        lines: All lines; ``""`` for those left out already.
    """
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE)]
    found = {n: [h for h in candidates(lines[n]) if h.form in _FORMS] for n in filled}
    # What comes again word for word is no label with other words behind it.
    once = set({_DIGITS.sub("#", bare(lines[n])): n for n in filled}.values())
    # A time that goes on makes a label of it for all that: ``Ruth (0:05):``, ``Ruth (0:31):``.
    written = Counter(lines[n].strip(EDGE) for n in filled)
    counts = Counter(
        key
        for n in filled
        for key in {
            h.key
            for h in found[n]
            if n in once
            or h.form == "stamp"
            or (
                h.form == "colon"
                and h.mark == "time"
                and not h.text.strip()
                and written[lines[n].strip(EDGE)] == 1
            )
        }
    )
    paged = _paged(lines, filled)
    filled = [n for n in filled if n not in paged]
    labelled = [n for n in filled if any(counts[h.key] > 1 or is_known(h.label) for h in found[n])]
    heads = set(labelled)
    loose = [n for n in filled if n not in heads and _may_run(lines[n])]
    if len(labelled) < 3:
        return paged
    first = labelled[0]
    below = dict(pairwise(filled))
    with_words = {n for n in labelled if any(h.text.strip() for h in found[n])}
    ends = [lines[n if n in with_words else below.get(n, n)] for n in labelled if n > first]
    if sum(SENTENCE.search(line.rstrip(EDGE)) is not None for line in ends) < _SENTENCES * len(ends):
        return paged
    timed = sum(any(h.form == "stamp" or h.mark == "time" for h in found[n]) for n in labelled) > 1
    pages = _page_numbers(lines, filled, len(labelled))
    return paged | _recurring(lines, loose, first, timed=timed) | _counted(lines, loose, labelled) | pages


def _paged(lines: Sequence[str], filled: Sequence[int]) -> set[int]:
    """Lines that are the same but for the number of a page, which is the next one each time."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n in filled:
        if len(lines[n]) <= _LONG and _PAGE_WORD.search(lines[n]):
            groups[_DIGITS.sub("#", bare(lines[n]))].append(n)
    out: set[int] = set()
    for group in groups.values():
        numbers = [int(match[1] or match[2]) for n in group if (match := _PAGE_WORD.search(lines[n]))]
        if len(group) > 2 and all(b == a + 1 for a, b in pairwise(numbers)):
            out.update(group)
    return out


def _page_numbers(lines: Sequence[str], filled: Sequence[int], labelled: int) -> set[int]:
    """Lines that are a number and no more, each the next one; too many are the numbers of paragraphs."""
    found = {n: int(match[1]) for n in filled if (match := _PAGE.fullmatch(lines[n].strip(EDGE)))}
    values = list(found.values())
    runs = all(b == a + 1 for a, b in pairwise(values))
    return set(found) if len(values) > 1 and runs and len(values) * 2 <= labelled else set()


def _may_run(line: str) -> bool:
    text = bare(line)
    return (
        0 < len(text) <= _LONG
        and len(text.split()) <= SHORT
        and not SENTENCE.search(text)
        and not is_noise(line)
        and not is_no_speech(line)
        and only_time(line) is None
        and text.casefold() not in BACKCHANNEL
        and not text[:1].islower()
        and any(c.isalpha() for c in text)
    )


def _with_times(lines: Sequence[str]) -> bool:
    """Whether each line begins or ends with a time, and no two with the same."""
    times = [peel_right(line.rstrip(EDGE + ":：*_"))[0] or peel_left(line)[0] for line in lines]
    starts = {time.start for time in times if time}
    return len(starts) == len(lines)


def _recurring(lines: Sequence[str], loose: Collection[int], first: int, *, timed: bool) -> set[int]:
    """Lines that come three times, or twice if one of them is above the talk or a number in them goes up."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n in loose:
        groups[_DIGITS.sub("#", bare(lines[n])).casefold()].append(n)
    out: set[int] = set()
    for text, places in groups.items():
        if len(text.split()) < 2 and "#" not in text:
            continue  # a name alone on its line may be a label
        if timed and _with_times([lines[n] for n in places]):
            continue  # a label with its time, whatever the label looks like
        numbers = [[int(d[:9]) for d in _DIGITS.findall(lines[n])] for n in places]
        rising = any(all(a < b for a, b in pairwise(one)) for one in zip(*numbers, strict=True))
        if len(places) >= _OFTEN or (len(places) > 1 and (places[0] < first or ("#" in text and rising))):
            out.update(places)
    return out


def _counted(lines: Sequence[str], loose: Collection[int], labelled: Collection[int]) -> set[int]:
    """``1. Background``, ``2. Causes``: numbers that run on, each line above somebody's turn."""
    starts = set(labelled)
    out: list[int] = []
    for n in loose:
        match = _COUNTED.fullmatch(bare(lines[n]))
        below = next((m for m in range(n + 1, min(n + 4, len(lines))) if lines[m].strip(EDGE)), None)
        value = _ROMAN.get(match[1]) or (int(match[1]) if match[1].isdecimal() else 0) if match else 0
        if match and below in starts and value == len(out) + 1:
            out.append(n)
    return set(out) if len(out) > 1 else set()


def like_titles(paras: Sequence[Para], lines: Sequence[str], headings: Mapping[int, Heading]) -> set[int]:
    """Indexes of lines between turns that may be headings or words: nobody is to be named there.

    They stand alone above a label, short and no sentence, where the labelled lines are sentences.

    Args:
        paras: The lines as they stand in the file.
        lines: What is read of them, ``""`` for what was left out.
        headings: The labels by the index of their line.
    """
    ends = [h.text for h in headings.values() if h.text.strip()]
    sentences = sum(SENTENCE.search(text.rstrip(EDGE)) is not None for text in ends)
    if len(ends) < 4 or sentences < _ALL * len(ends):
        return set()
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE)]
    out: set[int] = set()
    for before, n, after in zip(filled, filled[1:], filled[2:], strict=False):
        alone = paras[n].whole or (before < n - 1 and n + 1 < after)
        if (
            alone
            and n not in headings
            and after in headings
            and len(lines[n].split()) <= _FEW
            and SENTENCE.search(lines[before].rstrip(EDGE))
            and _may_run(lines[n])
        ):
            out.add(n)
    return out


def seams(lines: Sequence[str], left: Collection[int], headings: Mapping[int, Heading]) -> dict[int, int]:
    """Where a page's head stood within a sentence: the line that goes on, and the one that it goes on from.

    Args:
        lines: All lines, ``""`` for those left out.
        left: Indexes of the heads.
        headings: The labels by the index of their line.
    """
    out: dict[int, int] = {}
    for n in left:
        above = next((m for m in range(n - 1, max(-1, n - 8), -1) if lines[m].strip(EDGE)), None)
        below = next((m for m in range(n + 1, min(n + 8, len(lines))) if lines[m].strip(EDGE)), None)
        if above is None or below is None or below in headings:
            continue
        if lines[below].lstrip(EDGE)[:1].islower() and not SENTENCE.search(lines[above].rstrip(EDGE)):
            out[below] = above
    return out
