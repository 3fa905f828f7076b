"""Labels alone on their line, and numbers for labels, told from all lines; see `loaders._label_forms`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._label import Heading
from loaders._label_words import BACKCHANNEL, is_known, is_name, is_sound, is_stop
from loaders._roles import is_numbered_person

OFTEN = 3  # times that make a label of anything in its place
SMALL = 30  # units of a document so short that twice is often
_NUMBERS = 4  # speakers that have numbers for names


class Line(NamedTuple):
    """One line that is not blank, and what each form finds in it."""

    unit: int
    text: str
    found: dict[str, Heading]
    time: bool  # nothing but a time
    last: bool  # of its unit


class OwnLine:
    """Decides on the form of labels alone on their line.

    Args:
        lines: All lines that are not blank.
        given: Keys of the labels that the user names.
        units: How many units there are, those that are only a time aside.
        captions: The units are captions.

    Attributes:
        doubted: What stands in the place of a label and may be none; None where the form is not met.
    """

    def __init__(self, lines: list[Line], given: Collection[str], units: int, *, captions: bool) -> None:
        self._lines, self._given, self._units, self._captions = lines, set(given), units, captions
        self.doubted: set[str] | None = None

    def decide(self) -> set[str]:
        """The labels, if the document has that form."""
        if self._captions:
            return self._in_captions()
        found = [(n, line.found["own"]) for n, line in enumerate(self._lines) if "own" in line.found]
        groups: dict[str, list[tuple[int, Heading]]] = defaultdict(list)
        stops: dict[str, Counter[str]] = defaultdict(Counter)
        for n, h in found:
            if h.key in BACKCHANNEL or is_stop(h.label) or is_sound(h.label):
                stops[self._kind(n, h)][h.key] += h.key not in BACKCHANNEL
                continue
            groups[self._kind(n, h)].append((n, h))
        best: set[str] = set()
        weight = 0
        chosen: str | None = None
        for kind, heads in groups.items():
            keys = self._group(kind, heads)
            total = sum(h.key in keys for _, h in heads)
            if total > weight:
                best, weight, chosen = keys, total, kind
                told = kind not in ("", "word") and keys
                heads_ = {key for key, count in stops[kind].items() if count > 1}  # ``NOTES`` among names
                self.doubted = ({h.key for _, h in heads} | heads_) - keys if told else set()
        if chosen == "":  # among names, a role's word heads what the other side says
            best |= {key for key, n in self._recurring(groups["word"]).items() if n > 1}
        elif chosen == "word" and self.doubted is not None:
            names = {h.key for _, h in groups[""] if is_name(h.label)}
            self.doubted |= {key for key, n in self._recurring(groups[""]).items() if n >= OFTEN} & names
        return best

    @staticmethod
    def _recurring(heads: list[tuple[int, Heading]]) -> Counter[str]:
        return Counter(h.key for _, h in heads)

    def _in_captions(self) -> set[str]:
        """A name on the first line of nearly every caption, its words below."""
        firsts: dict[int, int] = {}
        for n, line in enumerate(self._lines):
            firsts.setdefault(line.unit, n)
        heads = [
            h
            for n in firsts.values()
            if (h := self._lines[n].found.get("own")) and not self._lines[n].last and is_name(h.label)
        ]
        counts = Counter(h.key for h in heads)
        if len(counts) < 2 or len(heads) < 3 or max(counts.values()) < 2 or len(heads) < 0.8 * len(firsts):
            return set()
        return set(counts) - BACKCHANNEL if len(counts) * 2 <= len(heads) + 1 else set()

    def _kind(self, n: int, h: Heading) -> str:
        around = self._lines[n + 1 : n + 2]
        if any(line.time for line in around):
            return "time"
        if h.mark:
            return h.mark
        return "word" if is_known(h.label) and len(h.label) > 3 else ""

    def _group(self, kind: str, heads: list[tuple[int, Heading]]) -> set[str]:
        local = Counter(h.key for _, h in heads)
        spelling = {h.key: h.label for _, h in heads}
        if kind == "word":
            keys = set(local)
        else:
            least = 2 if kind or self._units <= SMALL else OFTEN
            keys = {
                k
                for k in local
                if local[k] >= least and (is_name(spelling[k]) or is_known(spelling[k]) or local[k] > 4)
            }
            keys |= {k for k in local if is_numbered_person(spelling[k])}
        keys |= self._given & set(local)
        places = [n for n, h in heads if h.key in keys]
        if (len(keys) < 2 and not self._given) or len(places) < 2:
            return set()
        close = sum(self._lines[a + 1 : b] == [] for a, b in pairwise(places))
        nothing = sum(n + 1 >= len(self._lines) for n in places)
        if close + nothing > 0.1 * len(places) + 1 or (close and kind == "" and close > 0.05 * len(places)):
            return set()
        if len(places) * 12 < self._units:
            return set()
        if kind == "" and (places[0] > 5 or len(places) * 6 < self._units):
            return set()
        return keys


def numbers_of(lines: Sequence[Line], units: int) -> set[str]:
    """Numbers of speakers, ``1: …``: two to four that all come again and again, and count nothing."""
    found = [line.found["number"] for line in lines if "number" in line.found]
    counts = Counter(h.key for h in found)
    values = [int(h.label) for h in found]
    falls = sum(a > b for a, b in pairwise(values))
    if not 1 < len(counts) <= _NUMBERS or min(counts.values()) < 2 or len(found) < 0.8 * units:
        return set()
    steps = {b - a for a, b in pairwise(values)}
    counted = len(counts) > 2 and steps <= {1, 1 - len(counts)}  # the questions of each section
    return set(counts) if falls * len(counts) * 2 >= len(found) - 1 and not counted else set()
