"""Which labels a document has in one form, told from all its lines; see `loaders._labels`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from loaders._asides import count_asides, is_aside
from loaders._label import Heading
from loaders._label_doubt import no_speakers
from loaders._label_kinds import BY_RECURRENCE, LEAST, set_off_alike
from loaders._label_own import OFTEN, SMALL, Line, OwnLine, numbers_of
from loaders._label_words import (
    AUTHOR,
    BACKCHANNEL,
    MANY,
    is_known,
    is_name,
    is_noise,
    is_sound,
    is_stop,
)
from loaders._times import peel_left

_HANGS = 4  # blanks before a line that hangs
_SHARE = 0.05  # of the units that a label which is no name must have


class Forms:
    """Decides on each form by itself.

    Args:
        lines: All lines that are not blank.
        given: Keys of the labels that the user names.
        captions: The units are captions.

    Attributes:
        doubted: By form, what stands in the place of a label and may be none.
    """

    def __init__(self, lines: list[Line], given: Collection[str], *, captions: bool) -> None:
        self._lines, self._given, self._captions = lines, set(given), captions
        #: How many units there are, those that are only a time aside.
        self.units = len({line.unit for line in lines if not line.time})
        self.doubted: dict[str, set[str]] = {}
        self._every = False

    def decide(self, form: str) -> set[str]:
        """The labels of one form, if the document has that form."""
        if form == "colon":
            return self._colon()
        if form == "stamp":
            return self._stamp()
        if form == "own":
            own = OwnLine(self._lines, self._given, self.units, captions=self._captions)
            found = own.decide()
            if own.doubted is not None:
                self.doubted["own"] = own.doubted
            return found
        return numbers_of(self._lines, self.units) if form == "number" else self._inline(form)

    def _colon(self) -> set[str]:
        found = [(n, line.found["colon"]) for n, line in enumerate(self._lines) if "colon" in line.found]
        counts = Counter(h.key for _, h in found)
        spelling = {h.key: h.label for _, h in reversed(found)}
        count_asides(counts, spelling)
        share = _SHARE * self.units
        strong = {k for k in counts if is_known(spelling[k]) or k in self._given}
        if len([k for k in counts if counts[k] > 1]) > 1:  # ``Participants: two.`` is said by one of them
            strong -= {k for k in strong - self._given if counts[k] == 1 and k in MANY}
        names = {k for k in counts if is_name(spelling[k])} - strong - AUTHOR
        core = strong | {k for k in names if counts[k] >= OFTEN}
        odd = {
            k
            for k in set(counts) - core - names
            if counts[k] >= OFTEN and counts[k] >= share and not is_stop(spelling[k])
        }
        covered = sum(counts[k] for k in core)
        if covered < 0.9 * self.units:
            core |= odd
        rare = {k for k in names - core if counts[k] < OFTEN}
        accepted = core | self._rare(found, counts, core, rare)
        asides = {k for k in accepted if is_aside(spelling[k], counts, accepted) and k not in self._given}
        accepted -= asides
        accepted = self._spoken("colon", found, accepted)
        if self._every:  # each paragraph begins like one with a label, so what is none is not surely none
            odd = {k for k in counts if not is_stop(spelling[k])}
        heads = {k for k in counts if counts[k] > 1 and is_stop(spelling[k]) and k not in BACKCHANNEL}
        self.doubted["colon"] = ((names | odd | heads) - accepted - asides) if accepted else set()
        return accepted

    def _rare(
        self, found: list[tuple[int, Heading]], counts: Counter[str], core: set[str], rare: set[str]
    ) -> set[str]:
        """Those that come once or twice and are labels for all that."""
        if not rare:
            return set()
        either = core | rare
        place = {n: h for n, h in found if h.key in either}
        units = {self._lines[n].unit for n in place}
        first = min(units)
        under = {n + 1 for n, h in place.items() if not h.text.strip()}  # their words are the line below
        rest = {
            line.unit
            for n, line in enumerate(self._lines)
            if line.unit > first
            and n not in under
            and not line.time
            and not (is_noise(line.text) or not any(c.isalnum() for c in line.text))
        }
        also = {self._lines[n].unit for n, h in found if not is_stop(h.label)}
        self._every = rest <= units | also
        if self._every:  # no paragraph is without one, or without what looks like one
            if len(core) > 1:  # the talk is told by its labels: what stands there once is not surely one
                return {k for k in rare if counts[k] > 1} | set_off_alike(found, counts, core, rare)
            recurs = core or any(counts[k] > 1 for k in rare)
            return rare if recurs or (len(rare) <= 2 and len(units) == self.units) else set()
        out = set_off_alike(found, counts, core, rare)
        labels = sum(counts[k] for k in core)
        twice = {k for k in rare if counts[k] > 1}
        small = self.units <= SMALL
        if small and len(core | twice) > 1 and self._starts_with(place, core | twice):
            together = labels + sum(counts[k] for k in twice)
            if together >= self.units / 4:
                out |= twice
        return out

    def _starts_with(self, place: dict[int, Heading], keys: set[str]) -> bool:
        """Whether one of the labels stands among the first lines."""
        return any(h.key in keys for n, h in place.items() if n < 4 or n < len(self._lines) / 6)

    def stamped(self) -> list[tuple[int, Heading]]:
        """Lines of a label and a time that head words: what follows is neither of the same kind."""
        found = [(n, line.found["stamp"]) for n, line in enumerate(self._lines) if "stamp" in line.found]
        counts = Counter(h.key for _, h in found)
        out = []
        for n, heading in found:
            line = self._lines[n]
            if heading.key in BACKCHANNEL or is_sound(heading.label):
                continue
            below = self._lines[n + 1] if n + 1 < len(self._lines) else None
            if below is None or (self._captions and below.unit != line.unit):
                continue
            next_ = below.found.get("stamp")
            if next_ and next_.key != heading.key and (counts[next_.key] > 1 or is_known(next_.label)):
                continue
            if peel_left(line.text)[0] and peel_left(below.text)[0] and not below.time:
                continue
            out.append((n, heading))
        return out

    def _stamp(self) -> set[str]:
        heads = self.stamped()
        counts = Counter(h.key for _, h in heads)
        all_ = [line.found["stamp"] for line in self._lines if "stamp" in line.found]
        all_ = [h for h in all_ if counts[h.key] or is_name(h.label) or is_known(h.label)]
        if len(heads) < 2 and not self._given:
            heads = [(n, h) for n, h in heads if is_known(h.label)]
        if not heads or len(heads) < 0.7 * len(all_):
            return set()
        names = {h.key for _, h in heads if is_name(h.label) or is_known(h.label) or counts[h.key] >= OFTEN}
        # Stamped prose: each line with a time begins with other words.
        again = sum(counts[h.key] > 1 or is_known(h.label) for _, h in heads)
        if again * 2 < len(heads) and len(heads) > 4:
            return set()
        stamped_text = sum(
            peel_left(line.text)[0] is not None and "stamp" not in line.found
            for line in self._lines
            if not line.time
        )
        return set() if stamped_text > len(heads) else names

    def _inline(self, form: str) -> set[str]:
        found = [(n, line.found[form]) for n, line in enumerate(self._lines) if form in line.found]
        if form == "bracket":
            found = self._bracketed(found)
        counts = Counter(h.key for _, h in found)
        spelling = {h.key: h.label for _, h in reversed(found)}
        good = {k for k in counts if is_name(spelling[k]) or is_known(spelling[k]) or counts[k] >= OFTEN}
        good -= {k for k in good if is_stop(spelling[k]) and not is_known(spelling[k])}
        recur = {k for k in good if counts[k] > 1 or is_known(spelling[k]) or k in self._given}
        lines = len(found)
        least = LEAST.get(form, 0.3)
        total = sum(counts[k] for k in recur)
        quiet = len({line.unit for line in self._lines if not line.time and not self._is_quiet(line)})
        every = form in ("bracket", "bold", "timed") and sum(counts[k] for k in good) >= 0.8 * quiet
        if every and lines > 2 and len(good) > 1 and total > 1:
            return self._spoken(form, found, good)
        units = self.units
        if form == "gap":  # lines that hang below the words go on with them
            units -= len(
                {line.unit for line in self._lines if not line.found and line.text[:_HANGS].isspace()}
            )
        if len(recur) < 2 or lines < 3 or total * 2 < lines or total < least * units:
            return {k for k in good if k in self._given}
        if form in BY_RECURRENCE:
            return recur
        self.doubted[form] = set(counts) - good
        return self._spoken(form, found, good if total >= 0.6 * lines else recur)

    def _spoken(self, form: str, found: list[tuple[int, Heading]], accepted: set[str]) -> set[str]:
        """Those among what is accepted that stand as speakers do; the others are doubted."""
        spelling = {h.key: h.label for _, h in reversed(found)}
        sure = self._given | {k for k in accepted if is_known(spelling[k])}
        nobody = no_speakers([h for _, h in found], accepted, sure, cut=self._captions)
        self.doubted[form] = self.doubted.get(form, set()) | nobody
        return accepted - nobody

    def capitals(self) -> set[str]:
        """What stands in capitals before a colon, as those do in courts who neither ask nor answer."""
        found = [line.found["colon"] for line in self._lines if "colon" in line.found]
        return {
            h.key
            for h in found
            if not any(c.islower() for c in h.label)
            and sum(c.isupper() for c in h.label) > 1
            and not is_stop(h.label)
        }

    def timed(self, keys: Collection[str]) -> set[str]:
        """Those of the labels behind which a time in brackets stands once or again: ``Dana (0:20) Who …``."""
        found = [line.found["timed"] for line in self._lines if "timed" in line.found]
        return {h.key for h in found if h.key in keys and h.mark == "time"}

    def _bracketed(self, found: list[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
        """In captions also a name in brackets on a line of its own, before its words."""
        if not self._captions:
            return [(n, h) for n, h in found if h.text or h.start is not None or self._below(n)]
        return [(n, h) for n, h in found if h.text or self._below(n)]

    def _below(self, n: int) -> bool:
        line = self._lines[n]
        below = self._lines[n + 1] if n + 1 < len(self._lines) else None
        return below is not None and (not self._captions or (below.unit == line.unit and not line.last))

    def _is_quiet(self, line: Line) -> bool:
        """Whether a line is a sound in brackets and no label."""
        h = line.found.get("bracket")
        return is_noise(line.text) and (h is None or is_sound(h.label))
