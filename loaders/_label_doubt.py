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

_BY_TOOLS = frozenset({"time", "change"})  # marks that nobody writes before a remark
_WIDE = 0.6  # of the talk lies between the first and the last turn of those who lead it
_MOST, _FEW = 0.9, 0.34  # a habit of the document, and what goes against it
_ENOUGH = 4  # turns that show a habit
_CYCLE = 3  # rounds that show that one follows another each time


def no_speakers(found: Sequence[Heading], accepted: Collection[str], sure: Collection[str]) -> set[str]:
    """Keys of what is accepted as a label and stands as none does.

    Args:
        found: The headings of the document in their order.
        accepted: Keys of those that are taken for labels.
        sure: Keys of those among them that say it themselves or by the user.
    """
    said = [h for h in found if h.key in accepted]
    if len({h.key for h in said}) < 3:
        return set()
    asked = {h.key for h in said if h.mark not in _BY_TOOLS} - set(sure)
    out = _written_else(said, asked)
    out |= _enclosed([h.key for h in said if h.key not in out], asked - out)
    out |= _never_answered([h.key for h in said if h.key not in out], asked - out)
    return out if len({h.key for h in said} - out) > 1 else set()


def _written_else(said: Sequence[Heading], asked: Collection[str]) -> set[str]:
    """Those that are set off otherwise than the others, or whose text begins or ends otherwise."""
    out: set[str] = set()
    for habit in (_has_mark, _begins_large, _ends_as_sentence):
        counts: Counter[str] = Counter()
        yes: Counter[str] = Counter()
        for h in said:
            if (one := habit(h)) is not None:
                counts[h.key] += 1
                yes[h.key] += one
        for key in asked & counts.keys():
            others = counts.total() - counts[key]
            if (
                (counts[key] > 1 or habit is _has_mark)
                and others >= _ENOUGH
                and yes[key] <= _FEW * counts[key]
                and yes.total() - yes[key] >= _MOST * others
            ):
                out.add(key)
    return out


def _has_mark(h: Heading) -> bool | None:
    return bool(h.mark)


def _begins_large(h: Heading) -> bool | None:
    """Whether the text begins with a capital; None where it cannot."""
    first = next((c for c in h.text if c.isalnum()), "")
    return first.isupper() if first.lower() != first.upper() else None


def _ends_as_sentence(h: Heading) -> bool | None:
    return SENTENCE.search(h.text.rstrip()) is not None if h.text.strip() else None


def _enclosed(keys: Sequence[str], asked: Collection[str]) -> set[str]:
    """Those that stand in one stretch of the talk and nobody else in it: a list, or a talk that is told."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        places[key].append(n)
    if len(places) < 3:
        return set()
    wide = {key for key, at in places.items() if at[-1] - at[0] >= _WIDE * (len(keys) - 1)}
    out: set[str] = set()
    for inner, run in groupby(range(len(keys)), key=lambda n: keys[n] in asked and keys[n] not in wide):
        stretch = list(run)
        here = {keys[n] for n in stretch}
        before, after = set(keys[: stretch[0]]), set(keys[stretch[-1] + 1 :])
        if inner and len(stretch) > 1 and not here & (before | after) and len(before & after) > 1:
            out |= here
    return out


def _never_answered(keys: Sequence[str], asked: Collection[str]) -> set[str]:
    """Those that come after the same speaker each time, and after which that one never goes on."""
    turns = [key for key, _ in groupby(keys)]
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for a, b in pairwise(turns):
        before[b].add(a)
        after[a].add(b)
    counts = Counter(turns)
    follows = Counter(pairwise(turns))
    out: set[str] = set()
    for key in asked:
        if len(before[key]) != 1 or len(counts) < 3:
            continue
        (one,) = before[key]
        # Where three speak in turn, nobody ever answers the one before.
        open_end = turns[0] == key and turns[-1] == one
        in_turn = counts[key] >= _CYCLE and follows[one, key] == counts[one] - open_end
        if counts[key] > 1 and one not in after[key] and not in_turn and one not in out:
            out.add(key)
    return out
