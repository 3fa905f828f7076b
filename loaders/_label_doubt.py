"""Which of the words that recur before a colon are no speakers, told by how they stand among the others.

Speakers answer each other: after somebody's words come another's, and then often the first one's again.
``Caveat: …`` opens paragraphs of one person only. It comes after the same speaker each time and is answered
by nobody; or all of it stands in one stretch of the document, between two turns of the talk; or what follows
it is written as what follows labels is not (in small letters, without a full stop, not set off).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from loaders._heads import SENTENCE
from loaders._label import Heading

_BY_TOOLS = frozenset({"time", "change"})  # marks that make a label of what comes once
_WIDE = 0.6  # of the talk lies between the first and the last turn of those who lead it
_MOST, _FEW = 0.9, 0.34  # a habit of the document, and what goes against it
_RARE = 0.25  # as often as the others, at most: one side may be set off from the other
_ENOUGH = 3  # turns that show a habit
_GROUP = 4  # labels; more are a group, in which people may be asked one after the other
_CYCLE = 3  # rounds that show that one follows another each time


def no_speakers(
    found: Sequence[Heading], accepted: Collection[str], sure: Collection[str], *, cut: bool
) -> set[str]:
    """Keys of what is accepted as a label and stands as none does.

    Args:
        found: The headings of the document in their order.
        accepted: Keys of those that are taken for labels.
        sure: Keys of those among them that say it themselves or by the user.
        cut: The text is cut for a screen, so it does not end with its sentence.
    """
    said = [h for h in found if h.key in accepted]
    if len({h.key for h in said}) < 3:
        return set()
    often = {key for key, count in Counter(h.key for h in said).items() if count > 1}
    asked = {h.key for h in said if h.key in often or h.mark not in _BY_TOOLS} - set(sure)
    asked -= {key for key in asked if key[-1:].isdigit()}  # people are counted: ``MALE 1``
    out = _written_else(said, asked, cut=cut)
    out |= _enclosed([h.key for h in said if h.key not in out], asked - out)
    out |= _never_answered([h.key for h in said if h.key not in out], asked - out)
    return out if len({h.key for h in said} - out) > 1 else set()


def _written_else(said: Sequence[Heading], asked: Collection[str], *, cut: bool) -> set[str]:
    """Those that are set off otherwise than the others, or whose text begins or ends otherwise."""
    out: set[str] = set()
    for habit in (_has_mark, _begins_large) if cut else (_has_mark, _begins_large, _ends_as_sentence):
        counts: Counter[str] = Counter()
        yes: Counter[str] = Counter()
        for h in said:
            if (one := habit(h)) is not None:
                counts[h.key] += 1
                yes[h.key] += one
        for key in asked & counts.keys():
            others = counts.total() - counts[key]
            if (
                (habit is not _ends_as_sentence or counts[key] > 1)
                and (habit is not _has_mark or counts[key] <= _RARE * others)
                and others >= _ENOUGH
                and yes[key] <= _FEW * counts[key]
                and yes.total() - yes[key] >= _MOST * others
            ):
                out.add(key)
    return out


def _has_mark(h: Heading) -> bool | None:
    return bool(h.mark)


def _begins_large(h: Heading) -> bool | None:
    """Whether the text begins with a capital; None where it cannot, or is a word such as ``mhm``."""
    if len(h.text.split()) < 2:
        return None
    first = next((c for c in h.text if c.isalnum()), "")
    return first.isupper() if first.lower() != first.upper() else None


def _ends_as_sentence(h: Heading) -> bool | None:
    return SENTENCE.search(h.text.rstrip()) is not None if len(h.text.split()) > 1 else None


def _enclosed(keys: Sequence[str], asked: Collection[str]) -> set[str]:
    """Those that stand in one stretch of the talk and nobody else in it: a list, or a talk that is told."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        places[key].append(n)
    if len(places) < 3:
        return set()
    span = {key: at[-1] - at[0] for key, at in places.items()}
    wide = {key for key in places if span[key] >= _WIDE * (len(keys) - 1)}
    lead = sorted(places, key=lambda key: -span[key])[:2]  # the talk goes on around the stretch
    out: set[str] = set()
    for inner, run in groupby(range(len(keys)), key=lambda n: keys[n] in asked and keys[n] not in wide):
        stretch = list(run)
        start, end = stretch[0], stretch[-1]
        here = {keys[n] for n in stretch}
        if (
            inner
            and len(stretch) > 1
            and all(places[key][0] >= start and places[key][-1] <= end for key in here)
            and all(places[key][0] < start and places[key][-1] > end for key in lead)
        ):
            out |= here
    return out


def _never_answered(keys: Sequence[str], asked: Collection[str]) -> set[str]:
    """Those that come after the same speaker each time, and after which that one never goes on.

    Between two who talk, also those that come after either and are answered by neither.
    """
    turns = [key for key, _ in groupby(keys)]
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for a, b in pairwise(turns):
        before[b].add(a)
        after[a].add(b)
    between = Counter(b for a, b, c in zip(turns, turns[1:], turns[2:], strict=False) if a == c)
    counts = Counter(turns)
    follows = Counter(pairwise(turns))
    out: set[str] = set()
    for key in asked:
        fewest = min((n for one, n in counts.items() if one != key), default=0)
        if len(counts) == _CYCLE <= counts[key] < fewest and not between[key]:
            out.add(key)  # two talk, and it never stands between two turns of the same one
            continue
        if len(before[key]) != 1 or not _CYCLE <= len(counts) <= _GROUP:
            continue
        (one,) = before[key]
        # Where three speak in turn, nobody ever answers the one before.
        open_end = turns[0] == key and turns[-1] == one
        in_turn = counts[key] >= _CYCLE and follows[one, key] == counts[one] - open_end
        least = 2 if len(counts) == _CYCLE and " " not in key else _CYCLE
        if counts[key] >= least and one not in after[key] and not in_turn:
            out.add(key)
    # Where several do so, it is the order in which people are asked.
    return out if len(out) == 1 else set()
