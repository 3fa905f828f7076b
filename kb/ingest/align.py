"""Several readings of one interview, one transcript: whose turn is whose.

The best source's turns are the interview's; the others' are laid beside them by their text, first
turn against turn, then word against word where they differ (an anonymised name, a heading lost at
a page break, two turns read as one). What the best source has without a heading the others put right
(`kb.ingest.mend`). Passages without their transcript are looked for in the others'
turns (`kb.text.passages`). What lies beside nothing is kept as a turn of its own and reported. The
result depends on the set of readings alone, not on their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kb.ingest.mend import mended
from kb.ingest.reading import Reading
from kb.records import Turn
from kb.text.passages import Spoken
from loaders import registry

# A turn belongs where at least half of its words are.
_HALF = 0.5
# Fewer aligned turns than this, and the source is another interview under the same name.
SAME_INTERVIEW = 0.3


@dataclass(frozen=True)
class Placed:
    """Where one source's turns ended up.

    Attributes:
        turns: For each of the source's turns (by index), the merged turns that hold its words,
            the one with most of them first.
        added: Indexes of turns that no other source has, kept as turns of their own.
        spans: Of a source of passages: for each of its turns where it stands in the text of each of
            the merged turns that it touches, in the order said; empty where it is the turn.
        doubtful: Indexes of passages that stand in several places, of which the first is taken.
    """

    turns: tuple[tuple[Turn, ...], ...]
    added: tuple[int, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    doubtful: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """Part of the source's turns that align, from 0 to 1."""
        return 1 - len(self.added) / len(self.turns)

    def words(self, index: int) -> list[tuple[Turn, int, int]]:
        """Where a passage stands: the turns that it touches, with its words in each; none if it is a turn."""
        if not self.spans or not self.spans[index]:
            return []
        return [(t, *span) for t, span in zip(self.turns[index], self.spans[index], strict=True)]


@dataclass(frozen=True)
class Merged:
    """One interview's turns in the order said, and where each source's turns are among them."""

    turns: tuple[Turn, ...]
    placed: dict[str, Placed]
    base: str


def ranked(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, the one whose turns count first."""
    # Cleanest first: a tool's own cut of the turns counts most, a noisy conversion's least; passages are
    # no transcript while there is one.
    rank = registry().rank
    return sorted(readings, key=lambda r: (r.source.passages, rank(r.source.format), r.id))


def merge(readings: Sequence[Reading]) -> Merged:
    """Align all readings of one interview.

    Args:
        readings: At least one, all of the same interview, each id once.
    """
    base, *others = ranked(readings)
    whole = [reading.turns for reading in others if not reading.source.passages]
    put_right = mended(base.turns, whole, _align, lambda a, b: words(a) == words(b))
    turns = list(put_right.turns)
    placed = {base.id: Placed(tuple((turn,) for turn in put_right.where), ())}
    inserted: Counter[str] = Counter()
    for reading in others:
        if reading.source.passages and not _same_turns(reading, base):
            placed[reading.id] = _place_passages(reading, turns, inserted)
            own = [placed[reading.id].turns[index][0] for index in placed[reading.id].added]
            turns = sorted([*turns, *own], key=_order)
            continue
        where = _align(tuple(turn.text for turn in reading.turns), tuple(turn.text for turn in turns))
        places: list[tuple[Turn, ...]] = []
        added: list[int] = []
        after: Turn | None = None
        for index, targets in enumerate(where):
            if targets:
                found = tuple(turns[at] for at in targets)
                after = max(found, key=lambda turn: (turn.index, turn.id))
            else:
                anchor = after.id if after else f"{base.interview}:start"
                found = (_extra(reading.turns[index], anchor, after, inserted),)
                added.append(index)
            places.append(found)
        turns = sorted([*turns, *(places[index][0] for index in added)], key=_order)
        placed[reading.id] = Placed(tuple(places), tuple(added))
    return Merged(tuple(turns), placed, base.id)


def _same_turns(reading: Reading, base: Reading) -> bool:
    """Whether two sources have the same passages, as two coders of one file do."""
    return base.source.passages and [t.text for t in reading.turns] == [t.text for t in base.turns]


def _place_passages(reading: Reading, turns: Sequence[Turn], inserted: Counter[str]) -> Placed:
    """Each passage where the transcript has its words; after its end what it has not."""
    spoken = Spoken(turns)
    places: list[tuple[Turn, ...]] = []
    spans: list[tuple[tuple[int, int], ...]] = []
    added: list[int] = []
    doubtful: list[int] = []
    for index, passage in enumerate(reading.turns):
        found = spoken.find(passage.text, passage.speaker)
        if not found:
            last = turns[-1]
            places.append((_extra(passage, last.id, last, inserted),))
            spans.append(())
            added.append(index)
            continue
        if len(found) > 1:
            doubtful.append(index)
        places.append(tuple(turns[span.turn] for span in found[0]))
        # What another coder of the file has added is this passage, and not words of a turn.
        own = "+" in places[-1][0].id and places[-1][0].text == passage.text
        spans.append(() if own else tuple((span.start, span.end) for span in found[0]))
    return Placed(tuple(places), tuple(added), tuple(spans), tuple(doubtful))


def _order(turn: Turn) -> tuple[int, int, str]:
    """By place; turns that one source alone has come after the turn they follow."""
    extra = 0 if ":start+" in turn.id else 2 if "+" in turn.id else 1
    return (turn.index, extra, turn.id)


def _extra(turn: Turn, anchor: str, after: Turn | None, inserted: Counter[str]) -> Turn:
    """A turn that only this source has, right after the turn it follows there."""
    anchor = anchor.split("+", maxsplit=1)[0]
    inserted[anchor] += 1
    return turn.model_copy(
        update={"id": f"{anchor}+{inserted[anchor]:02d}", "index": after.index if after else 0}
    )


def words(text: str) -> list[str]:
    """The words of a text, as compared: letters and digits of any script, case folded."""
    return re.findall(r"\w+", text.casefold())


@lru_cache(maxsize=64)  # a load aligns twice: to tell strangers, and to build
def _align(source: tuple[str, ...], target: tuple[str, ...]) -> list[list[int]]:
    """For each source text the target positions that hold its words, most words first."""
    left = [tuple(words(text)) for text in source]
    right = [tuple(words(text)) for text in target]
    if left == right:  # as two prints of one transcript are
        return [[at] for at in range(len(left))]
    result: list[list[int]] = [[] for _ in source]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                result[i] = [j]
        elif tag == "replace":
            _align_words(left, right, (i1, i2), (j1, j2), result)
    _place_repeats(left, right, result)
    return result


def _align_words(
    left: Sequence[tuple[str, ...]],
    right: Sequence[tuple[str, ...]],
    rows: tuple[int, int],
    columns: tuple[int, int],
    result: list[list[int]],
) -> None:
    """Align two runs of turns that differ, word by word."""
    a = [(word, i) for i in range(*rows) for word in left[i]]
    b = [(word, j) for j in range(*columns) for word in right[j]]
    matcher = SequenceMatcher(None, [word for word, _ in a], [word for word, _ in b], autojunk=False)
    shared: dict[int, Counter[int]] = {i: Counter() for i in range(*rows)}
    for at_a, at_b, size in matcher.get_matching_blocks():
        for offset in range(size):
            shared[a[at_a + offset][1]][b[at_b + offset][1]] += 1
    for i, votes in shared.items():
        if not left[i] or sum(votes.values()) < _HALF * len(left[i]):
            continue
        most = max(votes, key=lambda j: (votes[j], -j))
        also = [j for j in sorted(votes) if j != most and right[j] and votes[j] >= _HALF * len(right[j])]
        result[i] = [most, *also]


def _place_repeats(
    left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]], result: list[list[int]]
) -> None:
    """A turn of the same words between the same neighbours is the same turn, matched blocks or not."""
    taken = {j for targets in result for j in targets}
    for i, targets in enumerate(result):
        if targets:
            continue
        low = max((max(t) for t in result[:i] if t), default=-1)
        high = min((min(t) for t in result[i + 1 :] if t), default=len(right))
        same = [j for j in range(low + 1, high) if j not in taken and right[j] == left[i]]
        if same:
            result[i] = [same[0]]
            taken.add(same[0])
